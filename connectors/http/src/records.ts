import {
  isJsonObject,
  rejected,
  retryable,
  misconfigured,
  type ConnectorContext,
  type Delivery,
  type Json,
  type JsonObject,
  type Page,
  type SourceRecord,
  type Stream,
} from '@waybill/sdk';
import { headersOf, parse } from './exchange.js';
import { failureOf } from './failures.js';
import { at, plainText } from './pointer.js';
import { text } from './settings.js';

const overlapMs = 300_000;

/** The records of a delivery. A polled delivery holds one record; a webhook's body holds what the pointer finds. */
export function unpack(delivery: Delivery, settings: JsonObject): SourceRecord[] {
  const body = parse(delivery.body);
  const found = delivery.via === 'poll' ? body : at(body, text(settings, 'recordsPointer'));
  const records = Array.isArray(found) ? found : [found];
  return records.map((record, index) => toRecord({ record, body, index, settings }));
}

function toRecord(of: { record: unknown; body: unknown; index: number; settings: JsonObject }): SourceRecord {
  const { record, body, settings } = of;
  const wrong = (what: string) =>
    rejected({
      code: 'record-unreadable',
      category: 'transformation',
      message: `Record ${of.index} of the delivery ${what}.`,
      remedy: 'Correct the pointers of the connection, or what the source sends.',
    });
  if (!isJsonObject(record)) throw wrong('is not an object');
  const key = plainText(at(record, text(settings, 'keyPointer')));
  if (key === undefined || key === '') throw wrong(`has no key at ${text(settings, 'keyPointer')}`);
  const pointer = text(settings, 'occurredAtPointer');
  const occurredAt = instantOf(at(record, pointer) ?? at(body, pointer));
  if (occurredAt === undefined) throw wrong(`has no instant at ${pointer}`);
  const revision = text(settings, 'revisionPointer') === '' ? occurredAt : revisionOf(at(record, text(settings, 'revisionPointer')));
  if (revision === undefined) throw wrong(`has no revision at ${text(settings, 'revisionPointer')}`);
  return { stream: 'records', body: record, revision, occurredAt, delivery: { key } };
}

/** Whole numbers are padded, so that text order is number order. */
function revisionOf(value: Json | undefined): string | undefined {
  const plain = plainText(value);
  return plain !== undefined && /^\d{1,30}$/.test(plain) ? plain.padStart(30, '0') : plain || undefined;
}

/** ISO 8601 with an offset or a plain date, or seconds or milliseconds since 1970, as ISO 8601 UTC. */
export function instantOf(value: Json | undefined): string | undefined {
  const milliseconds =
    typeof value === 'number' ? (Math.abs(value) < 1e11 ? value * 1000 : value) : typeof value === 'string' ? isoMs(value) : NaN;
  return Number.isFinite(milliseconds) && Math.abs(milliseconds) < 8e15 ? new Date(milliseconds).toISOString() : undefined;
}

/** A time without an offset would mean this machine's zone, so it is no instant. */
const isoMs = (value: string): number => (/^\d{4}-\d\d-\d\d(T.*(Z|[+-]\d\d:?\d\d))?$/.test(value) ? Date.parse(value) : NaN);

/** Where a sweep stands: from when, on which page, and how far the records seen reach. */
interface Cursor {
  since: string;
  page: string | null;
  reached: string;
}

/** One page of changes. A sweep ends when no next page is told; the next one starts a little before the last instant seen. */
async function readPage(context: ConnectorContext, ask: Parameters<NonNullable<Stream['poll']>['read']>[1]): Promise<Page> {
  const { settings } = context;
  const path = text(settings, 'pollPath');
  const start = instantOf(ask.since ?? '1970-01-01') ?? new Date(0).toISOString();
  const cursor: Cursor = ask.cursor === null ? { since: start, page: null, reached: start } : parseCursor(ask.cursor);
  if (path === '') return { deliveries: [], cursor: JSON.stringify(cursor), more: false };
  const response = await context.http.request({
    method: 'GET',
    url: `${text(settings, 'baseUrl')}${path}`,
    query: {
      [text(settings, 'pollSinceParameter')]: cursor.since,
      [text(settings, 'pollLimitParameter')]: ask.limit,
      ...(cursor.page === null ? {} : { [text(settings, 'pollCursorParameter')]: cursor.page }),
    },
    headers: headersOf(settings),
  });
  if (response.status !== 200) throw failureOf(response, settings, { what: `list ${path}`, writes: false });
  const body = parse(response.text, () =>
    retryable({ code: 'answer-not-json', message: `The answer to a poll of ${path} is not JSON.`, vendorWords: response.text }),
  );
  const found = at(body, text(settings, 'recordsPointer'));
  if (!Array.isArray(found))
    throw misconfigured({
      code: 'records-missing',
      message: `The answer of ${path} has no list at ${text(settings, 'recordsPointer') || 'its top'}.`,
      remedy: 'Correct the pointer to the records.',
    });
  const deliveries = found.map((record): Delivery => {
    const body = JSON.stringify(record);
    const [unpacked] = unpack({ id: 'poll', body, via: 'poll', stream: 'records' }, settings);
    return { id: `${String(unpacked!.delivery!['key'])}.${unpacked!.revision}`.slice(0, 255), body, via: 'poll', stream: 'records' };
  });
  const reached = deliveries.reduce((latest, one) => {
    const { occurredAt } = unpack(one, settings)[0]!;
    return occurredAt > latest ? occurredAt : latest;
  }, cursor.reached);
  const next = plainText(at(body, text(settings, 'pollNextPointer')));
  if (next !== undefined && next !== '' && next !== cursor.page)
    return { deliveries, cursor: JSON.stringify({ since: cursor.since, page: next, reached }), more: true };
  const since = new Date(Math.max(Date.parse(cursor.since), Date.parse(reached) - overlapMs)).toISOString();
  return { deliveries, cursor: JSON.stringify({ since, page: null, reached }), more: false };
}

function parseCursor(cursor: string): Cursor {
  try {
    const { since, page, reached } = JSON.parse(cursor) as Cursor;
    if (instantOf(since) && instantOf(reached)) return { since, page: page ?? null, reached };
  } catch {
    // falls through to the sentence below
  }
  throw misconfigured({
    code: 'cursor-unreadable',
    message: `The stored cursor ${cursor.slice(0, 80)} is not one of this connector.`,
    remedy: 'Start a backfill from a date.',
  });
}

export const records: Stream = {
  title: 'Records',
  summary: 'Whatever the source sends: the pointers of the connection say where its records, keys, instants and revisions are.',
  kind: 'event-notice',
  key: '$delivery.key',
  hydrate: 'never',
  schema: { type: 'object' },
  poll: { everySeconds: 300, read: readPage },
};
