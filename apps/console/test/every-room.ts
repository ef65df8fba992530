import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxeResults, RunOptions } from 'axe-core';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { loaded, noBrowser, openBrowser, openProfile, openWindowIn, signIn } from './chromium.js';
import { eventually, root, startLivingCompany, type LivingCompany } from './living-company.js';
import { someUsage } from './some-usage.js';

/** Where nothing but colours differs, only the rules about colours are asked again. */
export const looks: readonly { colorScheme: 'light' | 'dark'; runOnly: RunOptions['runOnly'] }[] = [
  { colorScheme: 'light', runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] },
  { colorScheme: 'dark', runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } },
];

/** A room, the address of one, and what it shows when it is all there. */
export interface Room {
  name: string;
  path: (company: LivingCompany) => string | Promise<string>;
  shows: (page: Page) => ReturnType<Page['locator']>;
  signedOut?: true;
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

/** Where documents are worked on. */
const operating: Room[] = [
  { name: 'sign-in', path: () => '/sign-in', shows: (page) => page.getByRole('button', { name: 'Sign in' }), signedOut: true },
  {
    name: 'overview',
    path: () => '/overview',
    shows: (page) => page.getByRole('region', { name: 'Connections' }).getByRole('link').first(),
  },
  { name: 'messages', path: () => '/messages', shows: table('Messages') },
  {
    name: 'message',
    path: async ({ api }) => {
      const { data } = await api.GET('/v1/messages', { params: { query: { state: 'posted', flow: 'erp-us-invoices', limit: 1 } } });
      return `/messages/${data!.items[0]!.id}`;
    },
    shows: (page) => page.getByRole('region', { name: /^Payload after/ }).getByText(/bytes$/),
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
    name: 'run',
    path: async ({ api }) => `/runs/${(await api.GET('/v1/runs')).data!.items[0]!.id}`,
    shows: (page) => page.getByRole('heading', { level: 2 }).first(),
  },
  { name: 'flows', path: () => '/flows', shows: table('Flows') },
  { name: 'flow', path: () => '/flows/erp-us-invoices', shows: (page) => page.getByRole('button', { name: /go to its line$/ }).first() },
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

const halves = { operating, governing: [...accounting, ...governing] } as const;
export const rooms: readonly Room[] = [...operating, ...governing];
const suite = noBrowser ? describe.skip : describe;

/**
 * Every room of one half, in light and, without loading again, in dark: nothing red in the browser's console, nothing against the content
 * policy, nothing that axe finds. In halves, so that two workers share them.
 */
export const everyRoom = (half: keyof typeof halves): void =>
  suite(noBrowser ? `every room, ${half} (skipped: ${noBrowser})` : `every room, ${half}`, () => {
    const pictures = join(root, 'test-results');
    let company: LivingCompany;
    let browser: Browser;
    let axe: string;
    /** Of somebody who is signed in, and of nobody: each loads the program once. */
    let profiles: { known: BrowserContext; unknown: BrowserContext };

    beforeAll(async () => {
      axe = await axeSource();
      await mkdir(pictures, { recursive: true });
      browser = await openBrowser();
      company = await startLivingCompany({ lastScene: 'Umbrella orders a long list of services' });
      const { error } = await company.api.POST('/v1/flows/{name}/runs', {
        params: { path: { name: 'stripe-invoices' } },
        body: { kind: 'poll' },
      });
      if (error) throw new Error(`No run could be started: ${JSON.stringify(error)}`);
      if (half === 'governing') await someUsage(company);
      const profile = () => openProfile(browser, company.url, { colorScheme: 'light' });
      profiles = { known: await profile(), unknown: await profile() };
      const { page } = await openWindowIn(profiles.known);
      await page.goto('/');
      await signIn(page);
      await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
      await page.close();
    }, 600_000);

    afterAll(async () => {
      await browser?.close();
      await company?.stop();
    }, 60_000);

    it.each(halves[half])(
      '$name',
      async ({ name, path, shows, signedOut, first }) => {
        const { page, complaints } = await openWindowIn(signedOut ? profiles.unknown : profiles.known);
        try {
          await page.goto(await path(company));
          await page.getByRole('heading', { level: 1 }).waitFor();
          await first?.(page);
          await shows(page).waitFor();
          await loaded(page);
          for (const { colorScheme, runOnly } of looks) {
            await page.emulateMedia({ colorScheme });
            await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
            await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`), fullPage: true, animations: 'disabled' });
            expect({ colorScheme, found: await findings(page, axe, runOnly) }).toEqual({ colorScheme, found: [] });
          }
          // Who is not signed in is told so by a 401, and that a link is over by a 400; the browser writes both in red.
          expect(complaints.filter((line) => !(signedOut && /status of 40[01]/.test(line)))).toEqual([]);
        } finally {
          await page.close();
        }
      },
      90_000,
    );
  });

/** The program that looks for barriers. */
export const axeSource = (): Promise<string> => readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe says of the page, as `rule: element: why`. Its source is evaluated by the debugger, so the content policy stays on. */
export async function findings(page: Page, axe: string, runOnly: RunOptions['runOnly']): Promise<string[]> {
  await page.evaluate(axe);
  const options: RunOptions = { runOnly, resultTypes: ['violations'], preload: false };
  const { violations } = await page.evaluate(
    (given) =>
      (globalThis as unknown as { axe: { run(within: Document, options: RunOptions): Promise<AxeResults> } }).axe.run(document, given),
    options,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}: ${node.failureSummary ?? ''}`));
}
