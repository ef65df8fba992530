/** Every room of the console: how one comes there in a living company, and what is seen when it is all there. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { eventually, root, type LivingCompany } from './living-company.js';

/** A room, the address of one, and what it shows when it is all there. */
export interface Room {
  name: string;
  path: (company: LivingCompany) => string | Promise<string>;
  shows: (page: Page) => ReturnType<Page['locator']>;
  signedOut?: true;
  /** It tells of something that is not there yet, and the browser writes the 404 in red. */
  absent?: true;
  /** What a person does there before it is shown. */
  first?: (page: Page) => Promise<void>;
}

const table = (name: string) => (page: Page) => page.getByRole('table', { name }).getByRole('row').nth(1);
const editor = (name: string) => (page: Page) => page.getByRole('textbox', { name, exact: true }).locator('.cm-line').nth(1);

/** A draft with a row of each kind: added, changed from some day on, and one that does not fit. */
async function draftOf({ api }: LivingCompany): Promise<string> {
  const row = (country: string, entity: string | null, validFrom?: string) => ({
    key: { country },
    values: { entity, zone: 'Europe/Vienna', functionalCurrency: 'EUR' },
    ...(validFrom ? { validFrom } : {}),
  });
  const { data, error } = await api.POST('/v1/tables/{name}/drafts', {
    params: { path: { name: 'legal-entity' } },
    body: { put: [row('AT', 'DE'), row('US', 'US', '2027-01-01'), row('CH', null)], reason: 'Austria is sold to from Berlin' },
  });
  if (!data) throw new Error(`No draft could be made: ${JSON.stringify(error)}`);
  return data.id;
}

/** A draft of a flow that changes a word of its file. */
async function releaseOf({ api }: LivingCompany): Promise<string> {
  const flow = await api.GET('/v1/flows/{name}', { params: { path: { name: 'erp-us-invoices' } } });
  const { data, error } = await api.PUT('/v1/flows/{name}', {
    params: { path: { name: 'erp-us-invoices' } },
    body: { yaml: flow.data!.yaml.replace('description: ', 'description: Drafted. '), note: 'A better description', draft: true },
  });
  if (!data?.made) throw new Error(`No draft could be made: ${JSON.stringify(error)}`);
  return data.made.id;
}

/** Offices in New York, closed at Thanksgiving and Christmas; every other legal entity works in UTC. */
async function worksInOffices({ api }: LivingCompany): Promise<void> {
  const week = (['mon', 'tue', 'wed', 'thu', 'fri'] as const).map((day) => ({ day, from: '09:00', to: '17:30' }));
  const freeDays = [
    { day: '2026-11-26', name: 'Thanksgiving' },
    { day: '2026-12-25', name: 'Christmas Day' },
  ];
  for (const [legalEntity, body] of [
    ['US', { timeZone: 'America/New_York', shifts: week, freeDays, hours: { 'api-failure': 4 } }],
    ['*', { timeZone: 'UTC', shifts: week }],
  ] as const) {
    const { error } = await api.PUT('/v1/working-hours/{legalEntity}', { params: { path: { legalEntity } }, body });
    if (error) throw new Error(`No working hours could be set: ${JSON.stringify(error)}`);
  }
}

/** Where documents are worked on. */
const operating: Room[] = [
  { name: 'sign-in', path: () => '/sign-in', shows: (page) => page.getByRole('button', { name: 'Sign in' }), signedOut: true },
  { name: 'nowhere', path: () => '/nowhere', shows: (page) => page.getByText('There is no page at this address') },
  {
    name: 'overview',
    path: () => '/overview',
    shows: (page) => page.getByRole('region', { name: 'Connections' }).getByRole('link').first(),
  },
  { name: 'messages', path: () => '/messages', shows: table('Messages') },
  {
    name: 'messages-views',
    path: async ({ api }) => {
      const { data } = await api.POST('/v1/views', {
        body: { page: 'messages', name: 'Posted today', search: { state: 'posted', from: 'now-24h' } },
      });
      // Kept once for all who look in here.
      if (data) await api.POST('/v1/views/{id}/share', { params: { path: { id: data.id } }, body: { shared: true } });
      return '/messages?state=posted';
    },
    shows: (page) => page.getByRole('dialog', { name: 'Views of this list' }).getByText(/^Shared by/),
    first: async (page) => {
      await page.getByRole('button', { name: 'Views' }).click();
      await page.getByRole('menuitem', { name: 'Manage views…' }).click();
    },
  },
  {
    name: 'message',
    path: async ({ api }) => {
      const { data } = await api.GET('/v1/messages', { params: { query: { state: 'posted', flow: 'erp-us-invoices', limit: 1 } } });
      return `/messages/${data!.items[0]!.id}`;
    },
    shows: (page) => page.getByRole('region', { name: /^Payload after/ }).getByText(/bytes$/),
  },
  {
    name: 'working-hours',
    path: async (company) => (await worksInOffices(company), '/exceptions/working-hours'),
    shows: table('Working hours'),
  },
  {
    name: 'working-hours-of-one',
    path: async (company) => (await worksInOffices(company), '/exceptions/working-hours?sel=US'),
    shows: (page) => page.getByRole('dialog', { name: 'Working hours of US' }).getByLabel('Sunday'),
  },
  {
    name: 'exceptions',
    path: () => '/exceptions',
    shows: (page) => page.getByRole('list', { name: 'Open exceptions by root cause' }).getByRole('listitem').first(),
  },
  {
    name: 'exception',
    path: async ({ api }) => {
      const { data } = await api.GET('/v1/exceptions/groups');
      return `/exceptions?sel=${data!.items.find((group) => group.fix.kind === 'table')!.sample}`;
    },
    shows: (page) => page.getByRole('dialog', { name: 'Exception' }).getByRole('button', { name: 'Preview replay' }),
  },
  {
    name: 'exception-edit',
    path: async ({ api }) => {
      const { data } = await api.GET('/v1/exceptions/groups');
      return `/exceptions?sel=${data!.items.find((group) => group.fix.kind === 'table')!.sample}`;
    },
    shows: (page) => page.getByRole('dialog', { name: 'Correct fields of the record' }).getByRole('list', { name: 'Fields of the record' }),
    first: (page) => page.getByRole('button', { name: 'Correct a field of the record…' }).click(),
  },
  { name: 'runs', path: () => '/runs', shows: table('Runs') },
  {
    name: 'runs-chart',
    path: () => '/runs?show=chart&height=read',
    shows: (page) => page.getByRole('region', { name: 'Runs over time' }).locator('[data-run]').first(),
  },
  {
    name: 'run',
    path: async ({ api }) => `/runs/${(await api.GET('/v1/runs')).data!.items[0]!.id}`,
    shows: (page) => page.getByRole('heading', { level: 2 }).first(),
  },
  { name: 'flows', path: () => '/flows', shows: table('Flows') },
  { name: 'flow', path: () => '/flows/erp-us-invoices', shows: (page) => page.getByRole('button', { name: /go to its line$/ }).first() },
  {
    name: 'flow-releases',
    path: async (company) => `/flows/erp-us-invoices?tab=releases&release=${await releaseOf(company)}&compare=100`,
    shows: (page) => page.getByRole('table', { name: 'Money before and after' }).getByRole('row').nth(1),
  },
  {
    name: 'flow-step',
    path: () => '/flows/erp-us-invoices',
    first: async (page) => {
      await page.getByText('Outline', { exact: true }).click();
      await page.getByRole('list', { name: 'Steps of the flow' }).getByRole('button', { name: 'permit' }).click();
      await page.getByRole('button', { name: 'Edit permit…' }).click();
      const form = page.getByRole('dialog', { name: 'Step permit' });
      await form.getByRole('textbox', { name: 'Role that approves, by rule 2' }).fill('admin');
      await form.getByText('The file has no problems then.').waitFor();
    },
    shows: (page) => page.getByRole('dialog', { name: 'Step permit' }).getByText('The file afterwards'),
  },
  {
    name: 'flow-timeline',
    path: () => '/flows/erp-us-invoices?tab=timeline',
    shows: (page) => page.getByRole('tabpanel', { name: 'Timeline' }).getByRole('listitem').first(),
  },
  { name: 'mappings', path: () => '/mappings', shows: table('Mappings') },
  { name: 'mapping', path: () => '/mappings/stripe-invoice', shows: editor('Output') },
  { name: 'tables', path: () => '/tables', shows: table('Tables') },
  { name: 'table', path: () => '/tables/legal-entity', shows: (page) => page.getByRole('row').nth(1) },
  {
    name: 'table-history',
    path: () => '/tables/legal-entity?tab=history&version=2',
    shows: (page) => page.getByRole('list', { name: 'Rows of version 2' }),
  },
  {
    name: 'table-draft',
    path: async (company) => `/tables/legal-entity/drafts/${await draftOf(company)}`,
    shows: (page) => page.getByRole('table', { name: 'Impact by flow' }).getByRole('row').nth(1),
  },
  {
    name: 'table-drafts',
    path: async (company) => (await draftOf(company), '/tables/legal-entity?tab=drafts'),
    shows: table('Drafts of Legal entity by customer country'),
  },
  {
    name: 'schemas',
    path: () => '/schemas',
    shows: (page) =>
      page
        .getByRole('table', { name: 'Schemas' })
        .getByText(/more field/)
        .first(),
  },
  { name: 'schema', path: () => '/schemas/canonical/invoice@1', shows: table('Fields of the schema') },
  { name: 'schema-drift', path: () => '/schemas/source/stripe.invoices?tab=drift', shows: table('Fields not in the schema') },
  {
    name: 'schema-inferred',
    path: () => '/schemas/source/stripe.invoices?tab=inferred',
    shows: (page) => page.getByRole('region', { name: 'The schema made of payloads' }),
  },
  { name: 'schema-used-by', path: () => '/schemas/canonical/invoice@1?tab=consumers', shows: table('Flows that use the schema') },
  { name: 'connections', path: () => '/connections', shows: table('Connections') },
  { name: 'connection', path: () => '/connections/erp-us', shows: (page) => page.getByLabel('entity', { exact: false }).first() },
];

const usageOf = async ({ api }: LivingCompany, query: { state?: 'correction'; id?: string; source?: string }) =>
  (await api.GET('/v1/usage/events', { params: { query } })).data!.items[0]!.id;
const summaryOf = async ({ api }: LivingCompany) =>
  (await api.GET('/v1/usage/summaries', { params: { query: { state: 'sealed' } } })).data!.items[0]!.id;

/** A run of a control over the month of the company, as soon as it is over. */
async function controlRun({ api }: LivingCompany): Promise<string> {
  const begun = await api.POST('/v1/controls/{name}/runs', { params: { path: { name: 'erp-us-invoices' } }, body: {} });
  if (!begun.data) throw new Error(`No control could be run: ${JSON.stringify(begun.error)}`);
  const { id } = begun.data;
  await eventually('the run of the control is over', async () => {
    const { data } = await api.GET('/v1/control-runs/{id}', { params: { path: { id } } });
    return data?.state === 'done';
  });
  return id;
}

/** A type of usage events with two versions, the second of which asks for more. */
export async function eventTypeOf({ api }: LivingCompany): Promise<string> {
  const type = 'example.checked';
  for (const required of [[], ['calls']]) {
    const schema = { type: 'object', required, properties: { calls: { type: 'integer', minimum: 1, description: 'So many' } } };
    const { error } = await api.PUT('/v1/usage/event-types/{type}', {
      params: { path: { type } },
      body: { schema: schema as object as Record<string, never>, description: 'Calls' },
    });
    if (error) throw new Error(`No event type could be made: ${JSON.stringify(error)}`);
  }
  return type;
}

/** Where usage is accounted for. */
const accounting: Room[] = [
  { name: 'lineage', path: () => '/trace', shows: (page) => page.getByRole('button', { name: 'Show its way' }) },
  {
    name: 'trace',
    path: async ({ api }) => {
      const { data } = await api.GET('/v1/messages', { params: { query: { state: 'posted', flow: 'erp-us-invoices', limit: 1 } } });
      return `/trace/message/${data!.items[0]!.id}`;
    },
    shows: (page) => page.getByRole('list', { name: 'In their targets' }).getByRole('listitem').first(),
  },
  {
    name: 'trace-of-usage',
    path: async (company) => `/trace/usage-summary/${await summaryOf(company)}`,
    shows: (page) => page.getByRole('list', { name: 'Summaries' }).getByRole('listitem').first(),
  },
  {
    name: 'reconciliation',
    path: () => '/recon',
    shows: (page) => page.getByRole('list', { name: 'Runs of erp-us-invoices by day' }).getByRole('listitem').first(),
  },
  {
    name: 'control-run',
    path: async (company) => `/recon/erp-us-invoices/${await controlRun(company)}`,
    shows: (page) => page.getByRole('heading', { name: 'Gaps' }),
  },
  { name: 'usage', path: () => '/usage', shows: table('Usage events') },
  {
    name: 'usage-event',
    path: async (company) => `/usage?sel=${await usageOf(company, { state: 'correction' })}`,
    shows: (page) => page.getByRole('region', { name: 'Summaries and documents' }).getByRole('link').first(),
  },
  { name: 'usage-summaries', path: () => '/usage?tab=summaries', shows: table('Usage summaries') },
  {
    name: 'usage-summary',
    path: async (company) => `/usage/summaries/${await summaryOf(company)}`,
    shows: table('Events of the summary'),
  },
  { name: 'usage-activity', path: () => '/usage?tab=activity&days=62', shows: table('Events of api-calls by day and hour') },
  {
    name: 'usage-comparison',
    path: () => '/usage?tab=compare&period=2026-10-05&otherPeriod=2026-10-06',
    shows: table('Comparison of usage'),
  },
  { name: 'usage-unattributed', path: () => '/usage?tab=unattributed', shows: table('Unattributed usage') },
  {
    name: 'schema-of-usage',
    path: async (company) => `/schemas/event/${await eventTypeOf(company)}?tab=versions`,
    shows: table('Differences of version 2'),
  },
  {
    name: 'schema-of-usage-new',
    path: async (company) => `/schemas/event/${await eventTypeOf(company)}?tab=new`,
    shows: (page) => page.getByRole('list', { name: 'Events that it would refuse' }).or(page.getByText('There are none to try it on')),
    first: (page) => page.getByRole('button', { name: 'Try on the newest events' }).click(),
  },
  { name: 'schema-of-usage-unwritten', path: () => '/schemas/event/api.call', shows: editor('Schema of the data'), absent: true },
  { name: 'usage-conflicts', path: () => '/usage?tab=conflicts', shows: table('Conflicts') },
  { name: 'usage-refused', path: () => '/usage?tab=refused', shows: (page) => page.getByText('Nothing refused') },
  { name: 'usage-streams', path: () => '/usage?tab=streams', shows: (page) => page.getByText('No streams') },
  { name: 'usage-meters', path: () => '/usage?tab=meters', shows: table('Meters') },
  { name: 'usage-meter', path: () => '/usage/meters/api-calls', shows: editor('Meter file') },
];

/** Where people, their rights and what they did are looked after. */
const governing: Room[] = [
  { name: 'approvals', path: () => '/approvals', shows: table('Approvals') },
  {
    name: 'approval',
    path: async ({ api }) => `/approvals?sel=${(await api.GET('/v1/approvals')).data!.items[0]!.id}`,
    shows: (page) => page.getByRole('dialog', { name: 'Approval' }).getByRole('button', { name: 'Approve…' }),
  },
  { name: 'audit', path: () => '/audit', shows: (page) => page.getByRole('main').getByRole('button', { expanded: false }).first() },
  { name: 'access', path: () => '/access', shows: (page) => page.getByRole('row').nth(1) },
  { name: 'sessions', path: () => '/access?tab=sessions', shows: (page) => page.getByRole('row').nth(1) },
  { name: 'keys', path: () => '/access?tab=keys', shows: (page) => page.getByRole('row').nth(1) },
  {
    name: 'service-accounts',
    path: () => '/access?tab=service-accounts',
    shows: (page) => page.getByRole('button', { name: /service account/i }).first(),
  },
  { name: 'erasures', path: () => '/erasures', shows: (page) => page.getByRole('button', { name: 'Ask for an erasure' }) },
  { name: 'profile', path: () => '/profile', shows: (page) => page.getByRole('button', { name: 'Set up' }) },
  { name: 'forgotten', path: () => '/forgotten', shows: (page) => page.getByText('Ask an administrator'), signedOut: true },
  { name: 'welcome', path: () => '/welcome#a-link-that-is-over', shows: (page) => page.getByRole('alert'), signedOut: true },
  { name: 'roles', path: () => '/access?tab=roles', shows: (page) => page.getByRole('region', { name: 'Finance approver' }) },
];

/** Somebody to tell, something to tell, and a notice that did not arrive. */
async function toldOf({ api, sandbox }: LivingCompany): Promise<void> {
  const path = { name: 'finance-desk' };
  await api.PUT('/v1/alert-channels/{name}', {
    params: { path },
    body: { kind: 'slack', url: `${sandbox.url}/nowhere`, description: 'The finance desk' },
  });
  const { error } = await api.PUT('/v1/alert-rules/{name}', {
    params: { path: { name: 'stopped-documents' } },
    body: {
      description: '', watch: 'exceptions', where: {}, limits: { count: 1 }, severity: 'high', channels: ['finance-desk'], digestMinutes: 0, repeatHours: 24, tellEnd: true, quiet: null,
      highBreaksQuiet: true, subject: null, text: null,
    },
  }); // prettier-ignore
  if (error) throw new Error(`No rule could be made: ${JSON.stringify(error)}`);
  await api.POST('/v1/alert-channels/{name}/test', { params: { path } });
  await eventually('the rule has looked', async () => ((await api.GET('/v1/alerts')).data?.items.length ?? 0) > 0);
}

/** What is told, to whom, and whether it arrived. */
const telling: Room[] = [
  { name: 'alerts', path: async (company) => (await toldOf(company), '/alerts'), shows: table('Alerts') },
  { name: 'alert-rules', path: async (company) => (await toldOf(company), '/alerts?tab=rules'), shows: table('Alert rules') },
  {
    name: 'alert-rule',
    path: async (company) => (await toldOf(company), '/alerts?tab=rules&sel=stopped-documents'),
    shows: (page) => page.getByRole('dialog').getByRole('region', { name: 'What it would say now' }),
    first: (page) => page.getByRole('button', { name: 'Try it now' }).click(),
  },
  { name: 'alert-channels', path: async (company) => (await toldOf(company), '/alerts?tab=channels'), shows: table('Alert channels') },
  { name: 'alert-channel', path: () => '/alerts?tab=channels&sel=new', shows: (page) => page.getByRole('dialog').getByLabel('Name') },
  { name: 'alert-notices', path: async (company) => (await toldOf(company), '/alerts?tab=sent'), shows: table('Notices') },
];

const synthetic = 'stripe-to-erp-us';

/** A synthetic check that has passed; the room below sends another transaction by its button. */
async function checkOf({ api }: LivingCompany): Promise<void> {
  const yaml = await readFile(join(root, `mappings/sandbox-erp/${synthetic}.synthetic.yaml`), 'utf8');
  const { error } = await api.PUT('/v1/synthetic-checks/{name}', { params: { path: { name: synthetic } }, body: { yaml } });
  if (error) throw new Error(`No synthetic check could be saved: ${JSON.stringify(error)}`);
  await eventually('a synthetic transaction has come to nothing in the books', async () => {
    const { data } = await api.GET('/v1/synthetic-runs', { params: { query: { check: synthetic } } });
    return data!.items.length > 0 && data!.items.every(({ state }) => state === 'ended');
  });
}

/** Where it is kept running. */
const running: Room[] = [
  { name: 'operations', path: () => '/ops', shows: table('Calls of connections') },
  { name: 'operations-unread', path: () => '/ops?tab=unread', shows: (page) => page.getByText('Every delivery was understood') },
  {
    name: 'operations-synthetic',
    path: async (company) => (await checkOf(company), '/ops?tab=synthetic'),
    shows: (page) =>
      page
        .getByRole('table', { name: `Runs of ${synthetic}` })
        .getByRole('row')
        .nth(2),
    first: (page) => page.getByRole('button', { name: `Run ${synthetic} now` }).click(),
  },
  { name: 'operations-storage', path: () => '/ops?tab=storage', shows: table('Largest tables') },
];

/** In halves, so that two workers share them. */
export const halves = { operating, governing: [...accounting, ...governing, ...telling, ...running] } as const;
/** Those that need no usage, no alert and no check of their own. */
export const rooms: readonly Room[] = [...operating, ...governing];
export const everywhere: readonly Room[] = [...halves.operating, ...halves.governing];
