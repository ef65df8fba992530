import {
  isConnectorFailure, isJsonObject, isTransportFailure, misconfigured, rejected,
  type ConnectorContext, type Delivery, type JsonObject, type JsonSchema, type Page, type SourceRecord, type Stream,
} from '@waybill/sdk'; // prettier-ignore
import { list, readOne } from './api.js';
import { isPosted } from './master-data.js';
import { noticesOf } from './notices.js';
import { keepSubscription } from './subscriptions.js';

const pageMax = 1000; // a page may hold 20,000 (dynamics-current-limits); a delivery each is enough at a time
/** A row's time is set when its transaction begins, so a younger one may become visible before it. */
const overlapMs = 5 * 60_000;

interface Source {
  /** Entity set of the API. */
  set: string;
  /** Undefined: every row. Drafts are nobody's business until they are posted. */
  wanted?: (row: JsonObject) => boolean;
  /** What the record's identity rests on besides its time. */
  id: string;
}

export const sources = {
  customers: { set: 'customers', id: 'id' },
  invoices: { set: 'salesInvoices', id: 'id', wanted: isPosted },
  'credit-memos': { set: 'salesCreditMemos', id: 'id', wanted: isPosted },
  'ledger-entries': { set: 'generalLedgerEntries', id: 'id' },
} satisfies Record<string, Source>;
export type StreamName = keyof typeof sources;
const sourceOf = (stream: string): Source => sources[stream as StreamName];

/** `skip` rows of the instant `at` were read already: rows of one transaction share it, and a page may end among them. */
interface Cursor {
  at: string;
  skip: number;
}

async function readPage(context: ConnectorContext, ask: Parameters<NonNullable<Stream['poll']>['read']>[1]): Promise<Page> {
  const { set, wanted } = sourceOf(ask.stream);
  const from: Cursor = ask.cursor === null ? { at: instant(ask.since ?? '2000-01-01'), skip: 0 } : cursorOf(ask.cursor);
  const limit = Math.min(ask.limit, pageMax);
  const until = ask.until === undefined ? '' : ` and lastModifiedDateTime lt ${instant(ask.until, 86_400_000)}`;
  const filter = `lastModifiedDateTime ge ${from.at}${until}`;
  const rows = await list(context, set, { filter, orderBy: 'lastModifiedDateTime,id', top: limit, skip: from.skip }, `read ${ask.stream}`);
  const more = rows.length === limit;
  if (!more) await subscribed(context, set);
  const kept = wanted === undefined ? rows : rows.filter(wanted);
  return { deliveries: kept.map((row) => deliveryOf(ask.stream, row)), cursor: JSON.stringify(next(from, rows, more)), more };
}

/** Where the next page begins. Pure. */
export function next(from: Cursor, rows: readonly JsonObject[], more: boolean): Cursor {
  const last = rows.at(-1);
  if (!last) return from;
  const at = String(last['lastModifiedDateTime']);
  if (!more) return { at: instant(at, -overlapMs), skip: 0 };
  const sharing = rows.filter((row) => row['lastModifiedDateTime'] === at).length;
  return { at, skip: at === from.at ? from.skip + sharing : sharing };
}

/** Webhooks are a hint and the poll is the promise: when the subscription cannot be kept, the poll goes on and the check of the connection says so. */
async function subscribed(context: ConnectorContext, set: string): Promise<void> {
  try {
    await keepSubscription(context, set);
  } catch (error) {
    if (!isConnectorFailure(error) && !isTransportFailure(error)) throw error;
  }
}

function deliveryOf(stream: string, row: JsonObject): Delivery {
  const body = Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith('@odata.')));
  return { id: `${stream}/${String(row['id'])}/${String(row['lastModifiedDateTime'])}`, body: JSON.stringify(body), via: 'poll', stream };
}

/** A polled row is one record. A notification names records without their content, and `complete` fetches each. */
export function unpack(delivery: Delivery): SourceRecord[] {
  const body = parsed(delivery.body);
  if (delivery.stream === undefined && Array.isArray(body?.['value'])) return noticesOf(body, sources);
  const [changed, stream] = [body?.['lastModifiedDateTime'], delivery.stream];
  if (
    !body ||
    typeof body['id'] !== 'string' ||
    typeof changed !== 'string' ||
    !isInstant(changed) ||
    stream === undefined ||
    !(stream in sources)
  )
    throw rejected({
      code: 'body-not-a-row',
      category: 'transformation',
      message: 'The body is neither a notification nor a row as the poll reads it.',
      remedy: 'Poll again from an older date.',
    });
  return [{ stream, body, revision: instant(changed), occurredAt: instant(changed) }];
}

/**
 * The record behind a notification, as it is now; a draft too, for its status says so and a flow's `when` can leave it out. One that was
 * deleted meanwhile is refused: there is nothing to map.
 */
async function complete(context: ConnectorContext, record: SourceRecord): Promise<SourceRecord> {
  const id = String(record.body['id']);
  const row = await readOne(context, `${sourceOf(record.stream).set}(${id})`, `read ${record.stream} ${id}`);
  if (!row)
    throw rejected({
      code: 'record-gone',
      category: 'posting-rejection',
      message: `The record ${id} is not in Business Central any more.`,
      cause: 'record deleted in Business Central',
      remedy: 'Resolve this, if the deletion was meant.',
    });
  const { partial: _, ...whole } = record;
  const body = Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith('@odata.')));
  const changed = instant(String(row['lastModifiedDateTime']));
  return { ...whole, body, revision: changed, occurredAt: changed };
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isInstant = (text: string): boolean => /^\d{4}-\d\d-\d\dT/.test(text) && Number.isFinite(Date.parse(text));

function instant(text: string, laterMs = 0): string {
  const at = Date.parse(text);
  if (Number.isFinite(at)) return new Date(at + laterMs).toISOString();
  throw misconfigured({
    code: 'date-unreadable',
    message: `${text} is not a date such as 2026-11-23.`,
    remedy: 'Give the range as ISO 8601 dates.',
  });
}

function cursorOf(text: string): Cursor {
  const found = parsed(text);
  const [at, skip] = [found?.['at'], found?.['skip']];
  if (typeof at === 'string' && isInstant(at) && typeof skip === 'number' && Number.isSafeInteger(skip) && skip >= 0) return { at, skip };
  throw misconfigured({
    code: 'cursor-unreadable',
    message: `The stored cursor ${text.slice(0, 80)} is not one of this connector.`,
    remedy: 'Start a backfill from a date.',
  });
}

const stream = (of: Pick<Stream, 'title' | 'summary'> & Partial<Stream>, required: string[]): Stream => {
  const text: JsonSchema = { type: 'string' };
  return {
    kind: 'bulk-extraction',
    key: 'id',
    hydrate: 'stale',
    complete,
    schema: {
      type: 'object',
      required: ['id', ...required],
      properties: { id: text, ...Object.fromEntries(required.map((name) => [name, text])) },
    },
    poll: { everySeconds: 300, read: readPage },
    ...of,
  };
};

export const streams = {
  customers: stream({ title: 'Customers', summary: 'Customers as they are now.', becomes: 'customer@1', kind: 'operational' }, [
    'number',
    'displayName',
  ]),
  invoices: stream({ title: 'Invoices', summary: 'Posted sales invoices with totals and what is open, for reconciliation.' }, [
    'number',
    'totalAmountIncludingTax',
    'currencyCode',
  ]),
  'credit-memos': stream({ title: 'Credit memos', summary: 'Posted sales credit memos with totals, for reconciliation.' }, [
    'number',
    'totalAmountIncludingTax',
    'currencyCode',
  ]),
  'ledger-entries': stream(
    { title: 'Ledger entries', summary: 'General ledger entries, payments and journals among them, for reconciliation.' },
    ['entryNumber', 'documentNumber'],
  ),
} satisfies Record<StreamName, Stream>;
