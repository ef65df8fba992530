import {
  isJsonObject,
  misconfigured,
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
import { hasMoreLines, isStream, objects, stateId, type StreamName } from './records.js';

type Ask = Parameters<NonNullable<Stream['poll']>['read']>[1];

/** A change that was committed late carries an older time. */
const overlapSeconds = 300;
/** Source: apidocs.chargebee.com, "List operations": limit 1 to 100; lines 1 to 300. */
const rowsMax = 100;
const linesMax = 300;
const linePagesMax = 20;

/** Where a sweep stands: since when it reads, Chargebee's place in the list, and the newest change that it has seen. Seconds since 1970. */
interface Cursor {
  from: number;
  offset?: string;
  newest: number;
}

/**
 * One page of what changed since `from`, newest first: what changes meanwhile goes to the front and pushes another onto the next page, where it is read
 * twice and folded by its id, never missed. The next sweep begins some minutes before the newest change that this one saw, by Chargebee's clock alone.
 */
async function readPage(context: ConnectorContext, ask: Ask): Promise<Page> {
  if (!isStream(ask.stream)) throw misconfigured({ code: 'no-such-stream', message: `There is no stream ${ask.stream}.` });
  const { object, list, sort, only } = objects[ask.stream];
  const at = ask.cursor === null ? startOf(ask) : parseCursor(ask.cursor);
  const { rows, next } = await page(context, list, object, {
    limit: Math.min(ask.limit, rowsMax),
    include_deleted: 'true',
    // "After" leaves the second itself out.
    'updated_at[after]': Math.max(0, at.from - 1),
    'sort_by[desc]': sort,
    ...only,
    ...(at.offset === undefined ? {} : { offset: at.offset }),
  });
  const until = ask.until === undefined ? Infinity : secondsOf(ask.until) + (ask.until.length === 10 ? 86_400 : 1);
  const deliveries = rows.flatMap((row): Delivery[] => {
    const id = stateId(ask.stream as StreamName, row);
    if (id === undefined) throw rejected({ code: 'row-without-version', category: 'api-failure', message: `Chargebee listed a ${object} without an id or a version.` }); // prettier-ignore
    return changedAt(row) < until ? [{ id, body: JSON.stringify(row), via: 'poll', stream: ask.stream }] : [];
  });
  const newest = Math.max(at.newest, ...rows.map(changedAt).filter((seconds) => seconds < until));
  const cursor: Cursor =
    next === undefined ? { from: Math.max(at.from, newest - overlapSeconds), newest } : { from: at.from, offset: next, newest };
  return { deliveries, cursor: JSON.stringify(cursor), more: next !== undefined };
}

const changedAt = (row: JsonObject): number => Number(row['updated_at'] ?? row['created_at'] ?? 0) || 0;

/** From the start of the site when nobody asks for a range: Chargebee keeps its documents, and versions that are there already are folded. */
function startOf({ since }: Ask): Cursor {
  const from = since === undefined ? 0 : secondsOf(since);
  return { from, newest: from };
}

function secondsOf(date: string): number {
  const at = Date.parse(date);
  if (Number.isFinite(at)) return Math.floor(at / 1_000);
  throw misconfigured({
    code: 'date-unreadable',
    message: `${date} is not a date such as 2026-11-23.`,
    remedy: 'Give the range as ISO 8601 dates.',
  });
}

function parseCursor(given: string): Cursor {
  try {
    const { from, offset, newest } = JSON.parse(given) as Cursor;
    if ([from, newest].every(Number.isSafeInteger) && (offset === undefined || typeof offset === 'string'))
      return { from, newest, ...(offset === undefined ? {} : { offset }) };
  } catch {
    // falls through to the sentence below
  }
  throw misconfigured({
    code: 'cursor-unreadable',
    message: `The stored cursor ${given.slice(0, 80)} is not one of this connector.`,
    remedy: 'Start a backfill from a date.',
  });
}

/** The record as Chargebee's list has it now, deleted ones too, with all of its lines. */
async function complete(context: ConnectorContext, record: SourceRecord): Promise<SourceRecord> {
  const { object, list } = objects[record.stream as StreamName];
  const id = String(record.body['id']);
  const { rows } = await page(context, list, object, { 'id[is]': id, include_deleted: 'true', limit: 1 });
  const row = rows.find((one) => one['id'] === id);
  if (!row)
    throw rejected({
      code: 'record-not-there',
      category: 'master-data',
      message: `A delivery names the ${object} ${id}, and Chargebee has none.`,
      remedy: 'If it was sent by Chargebee, replay this; else change the webhook’s password.',
    });
  return { ...record, body: hasMoreLines(row) ? await withLines(context, { list, object, row }) : row, partial: false };
}

const lineFields = ['line_items', 'line_item_taxes', 'line_item_discounts', 'line_item_tiers', 'line_item_credits', 'line_item_addresses'];

/** A page may show again what one before it showed; entries are taken once. */
async function withLines(context: ConnectorContext, of: { list: string; object: string; row: JsonObject }): Promise<JsonObject> {
  const id = String(of.row['id']);
  const seen = new Map(lineFields.map((field) => [field, new Map<string, JsonObject>()]));
  const keep = (body: JsonObject) => {
    for (const [field, entries] of seen)
      for (const entry of Array.isArray(body[field]) ? body[field].filter(isJsonObject) : []) entries.set(JSON.stringify(entry), entry);
  };
  keep(of.row);
  let offset = String(of.row['line_items_next_offset']);
  for (let pages = 0; offset !== ''; pages += 1) {
    if (pages === linePagesMax)
      throw rejected({ code: 'too-many-lines', category: 'transformation', message: `The ${of.object} ${id} has more than ${linePagesMax * linesMax} lines.` }); // prettier-ignore
    const path = `${of.list}/${encodeURIComponent(id)}`;
    const answer = await read(context, path, { line_items_limit: linesMax, line_items_offset: offset }, `list the lines of ${id}`);
    const body = isJsonObject(answer[of.object]) ? answer[of.object] : {};
    keep(body as JsonObject);
    const next = (body as JsonObject)['line_items_next_offset'];
    offset = typeof next === 'string' ? next : '';
  }
  const lines = [...seen].filter(([, entries]) => entries.size > 0).map(([field, entries]) => [field, [...entries.values()]] as const);
  return { ...of.row, ...Object.fromEntries(lines), line_items_next_offset: undefined };
}

type Shape = Pick<Stream, 'title' | 'summary' | 'becomes'> & { kind?: Stream['kind']; fields?: Parameters<typeof Type.Object>[0] };
const stream = ({ title, summary, becomes, kind = 'financial-posting', fields = {} }: Shape): Stream => ({
  title,
  summary,
  kind,
  ...(becomes === undefined ? {} : { becomes }),
  key: 'id',
  schema: Type.Object({ id: Type.String(), ...fields }),
  hydrate: 'stale',
  complete,
  poll: { everySeconds: 300, read: readPage },
});
const amount = Type.String({ description: 'Minor units, as text' });
const currency_code = Type.String();

export const streams = {
  invoices: stream({ title: 'Invoices', summary: 'Invoices made, changed, paid and voided; pending ones do not come. A voided or deleted one reverses.', becomes: 'invoice@1', fields: { customer_id: Type.String(), status: Type.String(), currency_code } }),
  'credit-notes': stream({ title: 'Credit notes', summary: 'Credit notes made, allocated, refunded and voided. A voided or deleted one reverses.', becomes: 'credit-memo@1', fields: { customer_id: Type.String(), status: Type.String(), currency_code } }),
  payments: stream({ title: 'Payments', summary: 'Payments that succeeded. One that failed later, or was deleted, reverses.', becomes: 'payment@1', fields: { amount, currency_code } }),
  refunds: stream({ title: 'Refunds', summary: 'Refunds and reversals of payments that succeeded.', becomes: 'payment@1', fields: { amount, currency_code } }),
  customers: stream({ title: 'Customers', summary: 'Customers made, changed and deleted.', becomes: 'customer@1', kind: 'operational' }),
  subscriptions: stream({ title: 'Subscriptions', summary: 'Subscriptions made, changed and ended.', becomes: 'subscription@1', kind: 'operational', fields: { customer_id: Type.String(), status: Type.String() } }),
} satisfies Record<StreamName, Stream>; // prettier-ignore
