import {
  bookedStream,
  isJsonObject,
  misconfigured,
  readExact,
  rejected,
  Type,
  unpackBooked,
  type ConnectorContext,
  type Delivery,
  type JsonObject,
  type Page,
  type SourceRecord,
  type Stream,
} from '@waybill/sdk';
import { get, list, type Kind } from './api.js';
import { dateIn } from './lookups.js';
import { tenantOf } from './settings.js';

type Ask = Parameters<NonNullable<Stream['poll']>['read']>[1];

const kinds = {
  invoices: { kind: 'Invoices', id: 'InvoiceID' },
  'credit-notes': { kind: 'CreditNotes', id: 'CreditNoteID' },
  payments: { kind: 'Payments', id: 'PaymentID' },
  'manual-journals': { kind: 'ManualJournals', id: 'ManualJournalID' },
  contacts: { kind: 'Contacts', id: 'ContactID' },
} as const satisfies Record<string, { kind: Kind; id: string }>;
type StreamName = keyof typeof kinds;
const isStream = (name: string): name is StreamName => name in kinds;

const pageMax = 100;
/** Read again behind the newest change seen. */
const overlapMs = 120_000;

/**
 * Where a reading stands: everything changed at `since` or later, oldest change first. A full page goes on from the time of its last row, so that rows
 * that change meanwhile make no other slip through; within one second it goes on by pages.
 */
interface Cursor {
  since: string;
  page: number;
  newest: string;
}

const changedAt = (row: JsonObject): string => dateIn(row['UpdatedDateUTC']) ?? '';
const seconds = (iso: string): string => `${iso.slice(0, 19)}Z`;

async function readPage(context: ConnectorContext, ask: Ask): Promise<Page> {
  const stream = ask.stream as StreamName;
  const { kind, id } = kinds[stream];
  const at = ask.cursor === null ? { since: seconds(instantOf(ask.since ?? '1970-01-02')), page: 1, newest: '' } : parseCursor(ask.cursor);
  const pageSize = Math.min(ask.limit, pageMax);
  const rows = await list(context, kind, {
    since: at.since,
    query: { order: 'UpdatedDateUTC ASC', page: at.page, pageSize, ...(stream === 'contacts' ? { includeArchived: 'true' } : {}) },
  });
  const newest = [at.newest, ...rows.map(changedAt)].reduce((a, b) => (a > b ? a : b));
  const more = rows.length === pageSize;
  const until =
    ask.until === undefined
      ? undefined
      : new Date(Date.parse(instantOf(ask.until)) + (ask.until.length === 10 ? 86_400_000 : 1)).toISOString();
  const deliveries = rows
    .filter((row) => until === undefined || changedAt(row) < until)
    .map((row): Delivery => ({ id: `${stream}/${String(row[id])}/${changedAt(row)}`, body: JSON.stringify(row), via: 'poll', stream }));
  return { deliveries, cursor: JSON.stringify(more ? onward(at, newest) : overlapping(at, newest)), more };
}

const onward = (at: Cursor, newest: string): Cursor =>
  newest !== '' && seconds(newest) > at.since ? { since: seconds(newest), page: 1, newest } : { ...at, page: at.page + 1, newest };
function overlapping(at: Cursor, newest: string): Cursor {
  const back = newest === '' ? at.since : seconds(new Date(Date.parse(newest) - overlapMs).toISOString());
  return { since: back > at.since ? back : at.since, page: 1, newest };
}

function instantOf(date: string): string {
  const at = Date.parse(date);
  if (Number.isFinite(at)) return new Date(at).toISOString();
  throw misconfigured({
    code: 'date-unreadable',
    message: `${date} is not a date such as 2026-11-23.`,
    remedy: 'Give the range as ISO 8601 dates.',
  });
}

function parseCursor(text: string): Cursor {
  try {
    const { since, page, newest } = JSON.parse(text) as Cursor;
    if (typeof since === 'string' && typeof newest === 'string' && Number.isSafeInteger(page) && page >= 1) return { since, page, newest };
  } catch {
    // falls through to the sentence below
  }
  throw misconfigured({
    code: 'cursor-unreadable',
    message: `The stored cursor ${text.slice(0, 80)} is not one of this connector.`,
    remedy: 'Start a backfill from a date.',
  });
}

/** Categories of webhook events that a stream wants. */
const categories: Record<string, StreamName> = { INVOICE: 'invoices', CREDITNOTE: 'credit-notes', CONTACT: 'contacts' };

/** A row of a poll is one record. A webhook holds events of several; each names what changed, and the record is fetched before it is mapped. */
export function unpack(delivery: Delivery, settings: JsonObject): SourceRecord[] {
  if (delivery.via === 'poll' && delivery.stream === bookedStream) return unpackBooked(delivery);
  const body = parsed(delivery.body);
  if (delivery.via === 'webhook') return eventsOf(delivery, body, settings);
  const stream = delivery.stream ?? '';
  const at = body && changedAt(body);
  if (!isStream(stream) || !body || !at || typeof body[kinds[stream].id] !== 'string')
    throw nonsense(delivery, `row of ${stream || 'no stream'}`);
  return [{ stream, body, revision: at, occurredAt: at }];
}

function eventsOf(delivery: Delivery, body: JsonObject | undefined, settings: JsonObject): SourceRecord[] {
  const events = body?.['events'];
  if (!Array.isArray(events)) throw nonsense(delivery, 'webhook');
  return events.filter(isJsonObject).flatMap((event): SourceRecord[] => {
    const stream = categories[String(event['eventCategory'])];
    if (stream === undefined || String(event['tenantId']).toLowerCase() !== tenantOf(settings)) return [];
    const at = Date.parse(`${String(event['eventDateUtc']).replace(/Z$/, '')}Z`); // sent without a zone, and meant as UTC
    const id = event['resourceId'];
    if (typeof id !== 'string' || !Number.isFinite(at)) throw nonsense(delivery, 'event');
    const occurredAt = new Date(at).toISOString();
    return [
      {
        stream,
        body: { [kinds[stream].id]: id },
        revision: occurredAt,
        occurredAt,
        partial: true,
        delivery: { eventType: event['eventType'] ?? null, eventCategory: event['eventCategory'] ?? null },
      },
    ];
  });
}

const nonsense = (delivery: Delivery, what: string) =>
  rejected({
    code: 'not-a-record',
    category: 'transformation',
    message: `Xero’s ${what} has no id, no time or no form.`,
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

/** The record as it is now; its version is that of its own last change, so a poll of the same state is the same version. */
const complete =
  (stream: StreamName) =>
  async (context: ConnectorContext, record: SourceRecord): Promise<SourceRecord> => {
    if (!record.partial) return record;
    const { kind, id } = kinds[stream];
    const row = await get(context, kind, String(record.body[id]));
    const at = changedAt(row);
    return { ...record, body: row, partial: false, ...(at === '' ? {} : { revision: at, occurredAt: at }) };
  };

function stream(name: StreamName, title: string, summary: string): Stream {
  return {
    title,
    summary,
    kind: 'bulk-extraction',
    key: kinds[name].id,
    schema: Type.Object({ [kinds[name].id]: Type.String() }),
    hydrate: 'stale',
    complete: complete(name),
    poll: { everySeconds: 300, read: readPage },
  };
}

export const streams = {
  invoices: stream('invoices', 'Invoices', 'Invoices made or changed, with what is open on them; what reconciliation compares with.'),
  'credit-notes': stream('credit-notes', 'Credit notes', 'Credit notes made or changed, with their allocations.'),
  payments: stream('payments', 'Payments', 'Payments made or deleted.'),
  'manual-journals': stream('manual-journals', 'Manual journals', 'Manual journals made or changed.'),
  contacts: {
    ...stream('contacts', 'Contacts', 'Contacts made, changed or archived, for keeping a customer table in step.'),
    becomes: 'customer@1',
  },
} satisfies Record<StreamName, Stream>;
