import {
  isJsonObject,
  misconfigured,
  readExact,
  rejected,
  Type,
  type ConnectorContext,
  type Delivery,
  type JsonObject,
  type Page,
  type SourceRecord,
  type Stream,
} from '@waybill/sdk';
import { page, read } from './api.js';
import { organizationOf, repairDaysOf } from './settings.js';

type Ask = Parameters<NonNullable<Stream['poll']>['read']>[1];

/** Kinds of objects that have a stream of their own: the name in webhooks and the list in the API. All other webhooks are notices. */
const objects = {
  invoice: { stream: 'invoices', list: 'invoices', from: 'issuing_date_from', to: 'issuing_date_to' },
  credit_note: { stream: 'credit-notes', list: 'credit_notes', from: 'issuing_date_from', to: 'issuing_date_to' },
  payment: { stream: 'payments', list: 'payments', from: undefined, to: undefined },
  customer: { stream: 'customers', list: 'customers', from: undefined, to: undefined },
  subscription: { stream: 'subscriptions', list: 'subscriptions', from: undefined, to: undefined },
} as const;
type ObjectName = keyof typeof objects;
const objectNames = Object.keys(objects) as ObjectName[];
const objectOf = (stream: string): ObjectName | undefined => objectNames.find((name) => objects[name].stream === stream);

/** Order among states that one instant may bring together. */
const ranks: Partial<Record<ObjectName, readonly string[]>> = {
  invoice: ['draft', 'pending', 'failed', 'finalized', 'deleted', 'voided'],
  payment: ['pending', 'processing', 'failed', 'succeeded'],
  subscription: ['pending', 'incomplete', 'active', 'canceled', 'terminated'],
};

const text = (row: JsonObject, name: string): string => (typeof row[name] === 'string' ? row[name] : '');
/** Lago's objects tell when they changed; payments and subscriptions tell the instants of their states instead. */
function changedAt(row: JsonObject): string {
  const times = ['updated_at', 'terminated_at', 'canceled_at', 'activated_at', 'started_at', 'trial_ended_at', 'created_at']
    .map((name) => Date.parse(text(row, name)))
    .filter(Number.isFinite);
  const [updated] = [Date.parse(text(row, 'updated_at'))];
  if (Number.isFinite(updated)) return new Date(updated!).toISOString();
  return times.length === 0 ? '' : new Date(Math.max(...times)).toISOString();
}
const statusOf = (name: ObjectName, row: JsonObject): string => text(row, name === 'payment' ? 'payment_status' : 'status');
const rankOf = (name: ObjectName, row: JsonObject): string =>
  String(Math.max(0, ranks[name]?.indexOf(statusOf(name, row)) ?? 0)).padStart(2, '0');

/** The state of an object, so that a webhook and a poll that bring the same state are one delivery. */
export function stateId(name: ObjectName, row: JsonObject): string | undefined {
  const [id, at] = [text(row, 'lago_id'), changedAt(row)];
  if (id === '' || at === '') return undefined;
  return `${objects[name].stream}/${id}/${at}/${[statusOf(name, row), text(row, 'payment_status')].filter(Boolean).join('+') || 'now'}`;
}

/** The object that a webhook shows where it has a stream of its own. */
export function objectIn(body: JsonObject): { name: ObjectName; row: JsonObject } | undefined {
  const name = objectNames.find((one) => one === body['object_type']);
  const row = name && body[name];
  return name && isJsonObject(row) ? { name, row } : undefined;
}

function recordOf(name: ObjectName, row: JsonObject, delivery?: JsonObject): SourceRecord | undefined {
  const at = changedAt(row);
  if (text(row, 'lago_id') === '' || at === '') return undefined;
  const voided = name === 'invoice' && text(row, 'status') === 'voided';
  return {
    stream: objects[name].stream,
    body: row,
    revision: `${at} ${rankOf(name, row)}`,
    occurredAt: at,
    ...(voided ? { effect: 'void' as const } : {}),
    ...(delivery ? { delivery } : {}),
  };
}

/** Drafts are no documents yet. */
const isDraft = (name: ObjectName, row: JsonObject): boolean =>
  name === 'invoice' && ['draft', 'pending', 'failed'].includes(text(row, 'status'));

/**
 * A webhook is one object of a stream, or a notice; a row of a poll is one object. A notice keeps Lago's whole body; it carries no time of its own where
 * its object has none, and then stands at the beginning of time, for the order among notices means nothing.
 */
export function unpack(delivery: Delivery, settings: JsonObject): SourceRecord[] {
  const body = parsed(delivery.body);
  if (delivery.via !== 'webhook') {
    const name = objectOf(delivery.stream ?? '');
    const record = name && body && recordOf(name, body);
    if (!record) throw nonsense(delivery, `row of ${delivery.stream ?? 'no stream'}`);
    return isDraft(name, body) ? [] : [record];
  }
  const type = body?.['webhook_type'];
  if (!body || typeof type !== 'string' || typeof body['object_type'] !== 'string') throw nonsense(delivery, 'webhook');
  const organization = organizationOf(settings);
  if (organization !== undefined && body['organization_id'] !== undefined && body['organization_id'] !== organization) return [];
  const facts = { type, organization: body['organization_id'] ?? null };
  const found = objectIn(body);
  if (found && isDraft(found.name, found.row)) return [];
  const record = found && recordOf(found.name, found.row, facts);
  if (record) return [record];
  const object = body[String(body['object_type'])];
  const at = (isJsonObject(object) && changedAt(object)) || '1970-01-01T00:00:00.000Z';
  return [{ stream: 'notices', body: { ...body, noticeId: delivery.id }, revision: at, occurredAt: at, delivery: facts }];
}

const nonsense = (delivery: Delivery, what: string) =>
  rejected({
    code: 'not-a-record',
    category: 'transformation',
    message: `Lago’s ${what} has no type, no id or no time.`,
    vendorWords: delivery.body,
  });

function parsed(body: string): JsonObject | undefined {
  try {
    const value = readExact(body);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

interface Cursor {
  from: string;
  page: number;
}

/**
 * A sweep: every page of what was issued since `from`, or of everything where Lago has no date to ask for; the next sweep begins `repairDays` back.
 * Lists are newest first, so a document that comes meanwhile pushes another onto the next page, where it is read twice: never missed. What did not
 * change has the id it had and is folded.
 */
async function readPage(context: ConnectorContext, ask: Ask): Promise<Page> {
  const name = objectOf(ask.stream)!;
  const { list, from, to } = objects[name];
  const at = ask.cursor === null ? { from: dayOf(ask.since ?? '1970-01-01'), page: 1 } : parseCursor(ask.cursor);
  const { rows, more } = await page(context, list, {
    page: at.page,
    per_page: Math.min(ask.limit, 100),
    ...(from === undefined ? {} : { [from]: at.from }),
    ...(to === undefined || ask.until === undefined ? {} : { [to]: dayOf(ask.until) }),
    ...(name === 'subscription' ? { 'status[]': 'active' } : {}),
  });
  const deliveries = rows.flatMap((row): Delivery[] => {
    const id = stateId(name, row);
    return id === undefined ? [] : [{ id, body: JSON.stringify(row), via: 'poll', stream: ask.stream }];
  });
  const back = dayOf(new Date(context.now().getTime() - repairDaysOf(context.settings) * 86_400_000).toISOString());
  const next: Cursor = more ? { ...at, page: at.page + 1 } : { from: back, page: 1 };
  return { deliveries, cursor: JSON.stringify(next), more };
}

function dayOf(date: string): string {
  const at = Date.parse(date);
  if (Number.isFinite(at)) return new Date(at).toISOString().slice(0, 10);
  throw misconfigured({
    code: 'date-unreadable',
    message: `${date} is not a date such as 2026-11-23.`,
    remedy: 'Give the range as ISO 8601 dates.',
  });
}

function parseCursor(given: string): Cursor {
  try {
    const { from, page: at } = JSON.parse(given) as Cursor;
    if (typeof from === 'string' && Number.isSafeInteger(at) && at >= 1) return { from, page: at };
  } catch {
    // falls through to the sentence below
  }
  throw misconfigured({
    code: 'cursor-unreadable',
    message: `The stored cursor ${given.slice(0, 80)} is not one of this connector.`,
    remedy: 'Start a backfill from a date.',
  });
}

/** Lists and some webhooks leave the fees out; an invoice without them is fetched whole before it is mapped. */
async function withFees(context: ConnectorContext, record: SourceRecord): Promise<SourceRecord> {
  if (Array.isArray(record.body['fees'])) return record;
  const id = text(record.body, 'lago_id');
  const { invoice } = await read(context, `/invoices/${encodeURIComponent(id)}`, undefined, `read the invoice ${id}`);
  return isJsonObject(invoice) ? { ...record, body: { ...record.body, ...invoice }, partial: false } : record;
}

type Shape = {
  title: string;
  summary: string;
  becomes?: string;
  kind?: Stream['kind'];
  fields?: Record<string, ReturnType<typeof Type.String>>;
};
const stream = ({ title, summary, becomes, kind = 'financial-posting', fields = {} }: Shape): Stream => ({
  title,
  summary,
  kind,
  ...(becomes === undefined ? {} : { becomes }),
  key: 'lago_id',
  schema: Type.Object({ lago_id: Type.String(), ...fields }),
  hydrate: 'never',
  poll: { everySeconds: 900, read: readPage },
});
const amount = Type.String({ description: 'Minor units, as text' });

export const streams = {
  invoices: {
    ...stream({ title: 'Invoices', summary: 'Finalized, changed and voided invoices with their fees; drafts do not come. A voided one reverses.', becomes: 'invoice@1', fields: { total_amount_cents: amount, status: Type.String() } }),
    hydrate: 'always',
    complete: withFees,
  },
  'credit-notes': stream({ title: 'Credit notes', summary: 'Credit notes made or changed.', becomes: 'credit-memo@1', fields: { total_amount_cents: amount } }),
  payments: stream({ title: 'Payments', summary: 'Payments of invoices and payment requests, by their state.', becomes: 'payment@1', fields: { amount_cents: amount } }),
  customers: stream({ title: 'Customers', summary: 'Customers made or changed.', becomes: 'customer@1', kind: 'operational', fields: { external_id: Type.String() } }),
  subscriptions: stream({ title: 'Subscriptions', summary: 'Subscriptions started, changed and ended.', becomes: 'subscription@1', kind: 'operational', fields: { external_id: Type.String() } }),
  notices: {
    title: 'Notices',
    summary: 'Everything else that Lago tells by webhook: alerts, errors of payment, tax and accounting providers, plans, metrics, wallets, fees.',
    kind: 'event-notice',
    key: 'noticeId',
    schema: Type.Object({ webhook_type: Type.String(), object_type: Type.String(), noticeId: Type.String() }),
    hydrate: 'never',
  },
} satisfies Record<string, Stream>; // prettier-ignore
