import {
  bookedStream,
  misconfigured,
  rejected,
  isJsonObject,
  readExact,
  Type,
  unpackBooked,
  type ConnectorContext,
  type Delivery,
  type JsonObject,
  type Page,
  type SourceRecord,
  type Stream,
} from '@waybill/sdk';
import { query, quoted, type Entity } from './api.js';

type Ask = Parameters<NonNullable<Stream['poll']>['read']>[1];

const entities = { invoices: 'Invoice', 'credit-memos': 'CreditMemo', payments: 'Payment', 'journal-entries': 'JournalEntry', customers: 'Customer' } as const satisfies Record<string, Entity>; // prettier-ignore
type StreamName = keyof typeof entities;
const isStream = (name: string): name is StreamName => name in entities;

/** Read again behind the newest change seen: a change that was committed late may carry an earlier time. */
const overlapMs = 120_000;
const pageMax = 1_000;

/**
 * Where a reading stands: everything changed at `since` or later, from place `start` on. A full page goes on from the time of its last row, so that
 * rows that change meanwhile, and move to the end, make no other row slip through; only within one second it goes on by places.
 */
interface Cursor {
  since: string;
  start: number;
  newest: string;
}

const changedAt = (row: JsonObject): string => {
  const meta = row['MetaData'];
  const at = isJsonObject(meta) ? Date.parse(String(meta['LastUpdatedTime'])) : NaN;
  return Number.isFinite(at) ? new Date(at).toISOString() : '';
};
/** Seconds, as queries take them. */
const seconds = (iso: string): string => `${iso.slice(0, 19)}Z`;

async function readPage(context: ConnectorContext, ask: Ask): Promise<Page> {
  const stream = ask.stream as StreamName;
  const limit = Math.min(ask.limit, pageMax);
  const at = ask.cursor === null ? startOf(ask) : parseCursor(ask.cursor);
  const rows = await query(
    context,
    entities[stream],
    ` where MetaData.LastUpdatedTime >= ${quoted(at.since)} orderby MetaData.LastUpdatedTime startposition ${at.start} maxresults ${limit}`,
  );
  const times = rows.map(changedAt).filter((time) => time !== '');
  const newest = [at.newest, ...times].reduce((a, b) => (a > b ? a : b));
  const more = rows.length === limit;
  const within = (row: JsonObject): boolean => ask.until === undefined || changedAt(row) < endOf(ask.until);
  const deliveries = rows
    .filter(within)
    .map((row): Delivery => ({ id: idOf(stream, row), body: JSON.stringify(row), via: 'poll', stream }));
  return { deliveries, cursor: JSON.stringify(more ? onward(at, newest, limit) : overlapping(at, newest)), more };
}

const onward = (at: Cursor, newest: string, limit: number): Cursor => {
  const since = newest === '' ? at.since : seconds(newest);
  return since > at.since ? { since, start: 1, newest } : { since: at.since, start: at.start + limit, newest };
};
const overlapping = (at: Cursor, newest: string): Cursor => {
  if (newest === '') return { ...at, start: 1 };
  const back = seconds(new Date(Date.parse(newest) - overlapMs).toISOString());
  return { since: back > at.since ? back : at.since, start: 1, newest };
};

/** The record's version: QuickBooks counts changes of a document, and a payment changes its balance without counting. */
const idOf = (stream: string, row: JsonObject): string => `${stream}/${String(row['Id'])}/${String(row['SyncToken'])}/${changedAt(row)}`;

const startOf = (ask: Ask): Cursor => ({ since: seconds(instantOf(ask.since ?? '1970-01-01')), start: 1, newest: '' });
const endOf = (until: string): string => new Date(Date.parse(instantOf(until)) + (until.length === 10 ? 86_400_000 : 1)).toISOString();

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
    const { since, start, newest } = JSON.parse(text) as Cursor;
    if (typeof since === 'string' && typeof newest === 'string' && Number.isSafeInteger(start) && start >= 1)
      return { since, start, newest };
  } catch {
    // falls through to the sentence below
  }
  throw misconfigured({
    code: 'cursor-unreadable',
    message: `The stored cursor ${text.slice(0, 80)} is not one of this connector.`,
    remedy: 'Start a backfill from a date.',
  });
}

/** One row, as it was read; its numbers are text. */
export function unpack(delivery: Delivery): SourceRecord[] {
  if (delivery.stream === bookedStream) return unpackBooked(delivery);
  const stream = delivery.stream ?? delivery.id.split('/')[0] ?? '';
  const row = rowOf(delivery.body);
  const at = row && changedAt(row);
  if (!isStream(stream) || !row || typeof row['Id'] !== 'string' || !at)
    throw rejected({
      code: 'not-a-row',
      category: 'transformation',
      message: `QuickBooks’ row in ${stream || 'no stream'} has no id or no time of change.`,
      vendorWords: delivery.body,
    });
  const count = String(row['SyncToken'] ?? '0').padStart(10, '0');
  return [{ stream, body: row, revision: `${at} ${count}`, occurredAt: at }];
}

function rowOf(body: string): JsonObject | undefined {
  try {
    const row = readExact(body);
    return isJsonObject(row) ? row : undefined;
  } catch {
    return undefined;
  }
}

const stream = (title: string, summary: string, schema: Record<string, ReturnType<typeof Type.String>>, key = 'Id'): Stream => ({
  title,
  summary,
  kind: 'bulk-extraction',
  key,
  hydrate: 'never',
  schema: Type.Object({ Id: Type.String(), SyncToken: Type.String(), ...schema }),
  poll: { everySeconds: 300, read: readPage },
});
const transaction = { TotalAmt: Type.String() };

export const streams = {
  invoices: {
    ...stream('Invoices', 'Invoices made or changed, with what is open on them; what reconciliation compares with.', transaction),
  },
  'credit-memos': { ...stream('Credit memos', 'Credit memos made or changed, with what is left of them.', transaction) },
  payments: { ...stream('Payments', 'Payments made or changed, with what they are applied to.', transaction) },
  'journal-entries': { ...stream('Journal entries', 'Journal entries made or changed.', {}) },
  customers: {
    ...stream('Customers', 'Customers made or changed, for keeping a customer table in step.', { DisplayName: Type.String() }),
    becomes: 'customer@1',
  },
} satisfies Record<StreamName, Stream>;
