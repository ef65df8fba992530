import { createHmac, randomUUID } from 'node:crypto';
import { defaultErpToken } from '@waybill/sandbox';
import createClient, { type Client } from 'openapi-fetch';
import type { paths } from '../src/api/schema.js';
import { hostile, hostileLink } from './hostile-words.js';
import { access, eventually, nothingMoves, startCompany, webhookSecret, type LivingCompany } from './living-company.js';

/** Documents that stand in every state a page tells of, by their key. */
export const documents = {
  posted: 'in_posted',
  held: 'in_held',
  unmapped: 'in_unmapped',
  refused: 'in_refused',
  rejected: 'in_rejected',
  resolved: 'in_resolved',
  /** The vendor's own id is hostile, too. */
  hostileKey: `in_${hostile('key')}`,
} as const;

/** A company in which every text that a person, a program or a vendor may write is hostile, and so is the name of whoever wrote it. */
export async function startHostileCompany(): Promise<LivingCompany> {
  const company = await startCompany();
  try {
    const writer = await hostileWriter(company);
    await writeHostileSettings(writer, company);
    await bringHostileDocuments(company);
    await workOnThem(writer, company);
    return { ...company, api: writer };
  } catch (error) {
    await company.stop();
    throw error;
  }
}

/** A key whose name is hostile: it stands as maker and actor of all that follows. */
async function hostileWriter({ api, url }: LivingCompany): Promise<Client<paths>> {
  const { value } = await done(api.POST('/v1/api-keys', { body: { name: hostile('key name'), roles: ['admin'] } }));
  return createClient<paths>({ baseUrl: url, headers: { authorization: `Bearer ${value}` } });
}

async function writeHostileSettings(api: Client<paths>, { url, sandbox }: LivingCompany): Promise<void> {
  const own = { email: 'hostile@example.org', password: 'a hostile password 1' };
  await done(
    api.POST('/v1/users', { body: { ...own, name: hostile('user name'), roles: ['admin'], legalEntities: [hostile('entity'), 'US'] } }),
  );
  await done(api.POST('/v1/users/invitations', { body: { email: 'guest@example.org', name: hostile('guest name'), roles: ['viewer'] } }));
  await signInFrom(url, { email: access.email, password: access.password });
  await signInFrom(url, own);
  const account = await done(
    api.POST('/v1/service-accounts', {
      body: { name: hostile('account name'), purpose: hostile('purpose'), permissions: ['flow.read'] },
    }),
  );
  await done(api.POST('/v1/api-keys', { body: { name: hostile('its key'), serviceAccountId: account.id } }));

  await done(
    api.PUT('/v1/connections/{name}', {
      params: { path: { name: 'hostile' } },
      body: {
        connector: 'sandbox-erp',
        description: hostile('connection'),
        settings: { baseUrl: sandbox.url, token: hostile('token'), entity: 'US' },
      },
    }),
  );
  await done(
    api.PUT('/v1/connections/{name}', {
      params: { path: { name: 'hostile-http' } },
      body: {
        connector: 'http',
        description: hostile('second connection'),
        settings: { system: 'hostile', baseUrl: sandbox.url, pollSinceParameter: hostile('parameter') },
      },
    }),
  );
  await done(api.POST('/v1/connections/{name}/check', { params: { path: { name: 'hostile' } } }));
  await done(
    api.PUT('/v1/tables/{name}', {
      params: { path: { name: 'hostile' } },
      body: {
        title: hostile('table'),
        description: hostile('table description'),
        key: ['word'],
        columns: [
          { name: 'said', type: 'text', required: true, description: hostile('column') },
          { name: 'link', type: 'text', required: false },
        ],
      },
    }),
  );
  await rows(api, 'hostile', { word: hostile('cell key') }, { said: hostile('cell'), link: hostileLink });
  await rows(api, 'customer', { customer: 'cus_known' }, { number: 'CUST-HOSTILE' });
  await rows(api, 'customer', { customer: 'cus_refused' }, { number: hostile('number') });

  const quoted = JSON.stringify(hostile('literal'));
  for (const source of ['{ "first": 1 }', `/* ${hostile('comment')} */ { "said": ${quoted} }`])
    await done(
      api.PUT('/v1/mappings/{name}', { params: { path: { name: 'hostile' } }, body: { source, note: hostile('note of a mapping') } }),
    );
  // The sentence of a rule is a template itself, and braces in it that are none are refused.
  const yaml = [
    'flow: hostile',
    `description: ${JSON.stringify(hostile('flow'))}`,
    `# ${hostile('comment of a flow')}`,
    'from: { canonical: invoice@1 }',
    `when: ${JSON.stringify(`sourceId = ${JSON.stringify(hostile('condition'))}`)}`,
    'map: erp-invoice',
    'permit:',
    `  - { rule: hostile, when: 'total = "1"', then: { hold: master-data, say: ${JSON.stringify(hostile('rule').replace('{{struck(3)}}', ''))} } }`,
    'to: { connection: hostile, operation: invoice }',
    '',
  ].join('\n');
  await done(api.PUT('/v1/flows/{name}', { params: { path: { name: 'hostile' } }, body: { yaml, note: hostile('note of a flow') } }));
}

const rows = (api: Client<paths>, name: string, key: Record<string, string>, values: Record<string, string>) =>
  done(api.POST('/v1/tables/{name}/rows', { params: { path: { name } }, body: { put: [{ key, values }] } }));

/** A draft of the hostile table. */
export async function draftOf(api: Client<paths>): Promise<string> {
  const { data, error } = await api.POST('/v1/tables/{name}/drafts', {
    params: { path: { name: 'hostile' } },
    body: { put: [{ key: { word: hostile('draft key') }, values: { said: hostile('draft cell') } }], reason: hostile('draft reason') },
  });
  if (!data) throw new Error(`no draft was made: ${JSON.stringify(error)}`);
  return data.id;
}

/** A session of a browser that says something hostile of itself. */
async function signInFrom(url: string, who: { email: string; password: string }): Promise<void> {
  const response = await fetch(`${url}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-waybill-request': '1', 'user-agent': hostile('device') },
    body: JSON.stringify(who),
  });
  if (!response.ok) throw new Error(`nobody was signed in: ${response.status} ${await response.text()}`);
}

async function bringHostileDocuments(company: LivingCompany): Promise<void> {
  await fetch(`${company.sandbox.url}/erp/v1/customers/CUST-HOSTILE`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${defaultErpToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ entity: 'US', name: hostile('name in the ERP'), active: true }),
  });
  const bring = (id: string, more: { customer?: string; country?: string; amount?: number } = {}) =>
    deliver(company.url, invoice(id, more));
  await bring(documents.posted);
  await bring(documents.hostileKey);
  await bring(documents.held, { amount: 6_000_000 });
  await bring(documents.rejected, { amount: 7_000_000 });
  await bring(documents.unmapped, { country: hostile('country') });
  await bring(documents.refused, { customer: 'cus_refused' });
  await bring(documents.resolved, { customer: 'cus_refused' });
  await bring('in_of_nobody', { customer: `cus_${hostile('customer')}` });
  await nothingMoves(company);
}

async function workOnThem(api: Client<paths>, company: LivingCompany): Promise<void> {
  const rejected = await messageOf(api, documents.rejected, 'held');
  const approvals = await done(api.GET('/v1/approvals'));
  const approval = approvals.items.find(({ messageId }) => messageId === rejected.id)!;
  await done(
    api.POST('/v1/approvals/{id}/reject', {
      params: { path: { id: approval.id } },
      body: { contentHash: approval.contentHash, reason: hostile('rejection') },
    }),
  );
  const refused = await messageOf(api, documents.refused, 'exception');
  await done(api.POST('/v1/replays', { body: { messages: [refused.id], reason: hostile('replay') } }));
  const resolved = await messageOf(api, documents.resolved, 'exception');
  await done(
    api.POST('/v1/exceptions/{id}/resolve', { params: { path: { id: resolved.exceptionId! } }, body: { reason: hostile('resolution') } }),
  );
  await nothingMoves(company);
  // A replay that fails again gives the exception back as it was.
  const again = await messageOf(api, documents.refused, 'exception');
  const path = { id: again.exceptionId! };
  await done(api.POST('/v1/exceptions/{id}/assign', { params: { path }, body: { assignee: 'hostile@example.org' } }));
  await done(api.POST('/v1/exceptions/{id}/comments', { params: { path }, body: { text: hostile('word of an exception') } }));
}

/** The newest message of a document, once it is in this state; on its way out, unless it stopped on its way in. */
export async function messageOf(api: Client<paths>, key: string, state: string) {
  let found: { id: string; exceptionId: string | null } | undefined;
  let seen = '';
  await eventually(`${key} is ${state}`, async () => {
    const { items } = await done(api.GET('/v1/messages', { params: { query: { key } } }));
    seen = items.map((item) => `${item.flow} ${item.state} ${item.reason ?? ''}`).join('; ');
    found = items.find((item) => item.state === state);
    return found !== undefined;
  }).catch((error: unknown) => {
    throw new Error(`${String((error as Error).message)}; there is ${seen}`);
  });
  return found!;
}

async function done<T>(call: Promise<{ data?: T; error?: unknown }>): Promise<T> {
  const { data, error } = await call;
  if (error !== undefined || data === undefined) throw new Error(`refused: ${JSON.stringify(error)}`);
  return data;
}

/** 1 November 2026, 12:00 in UTC. */
const at = 1_793_534_400;

/** A Stripe invoice in which every text that the vendor's users may write is hostile. */
function invoice(id: string, { customer = 'cus_known', country = 'US', amount = 10_000 }): object {
  return {
    id,
    object: 'invoice',
    number: hostile('number').slice(0, 120),
    status: 'open',
    created: at,
    currency: 'usd',
    customer,
    customer_name: hostile('customer name'),
    customer_email: 'ap@globex.example',
    customer_address: { country, city: hostile('city') },
    status_transitions: { finalized_at: at },
    due_date: null,
    description: hostile('memo'),
    footer: hostile('footer'),
    hosted_invoice_url: hostileLink,
    metadata: { [hostile('name of a fact')]: hostile('fact') },
    amount_shipping: 0,
    subtotal: amount,
    total_excluding_tax: amount,
    total: amount,
    total_taxes: [],
    lines: {
      has_more: false,
      data: [
        {
          id: `il_${hostile('line')}`,
          object: 'line_item',
          amount,
          currency: 'usd',
          description: hostile('description'),
          quantity: 1,
          period: { start: at - 86_400, end: at },
          discount_amounts: [],
          taxes: [],
          pricing: null,
          pretax_credit_amounts: [],
        },
      ],
    },
  };
}

/** As Stripe delivers it: signed. */
async function deliver(url: string, object: object): Promise<void> {
  const body = JSON.stringify({
    id: `evt_${randomUUID()}`,
    object: 'event',
    api_version: '2026-10-28',
    livemode: false,
    type: 'invoice.finalized',
    created: at,
    data: { object },
  });
  const now = Math.floor(Date.now() / 1000);
  const signed = createHmac('sha256', webhookSecret).update(`${now}.${body}`).digest('hex');
  const response = await fetch(`${url}/v1/hooks/stripe`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': `t=${now},v1=${signed}` },
    body,
  });
  if (!response.ok) throw new Error(`the webhook was refused: ${response.status} ${await response.text()}`);
}
