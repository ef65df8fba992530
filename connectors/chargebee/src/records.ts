import { isJsonObject, readExact, rejected, type Delivery, type Effect, type JsonObject, type SourceRecord } from '@waybill/sdk';

/**
 * The streams: the object, where it is listed, what a list may be sorted by (npm chargebee 3.33.0, `List…SortBySchema`; credit notes only by date) and
 * which of a list are asked for.
 */
export const objects = {
  invoices: { object: 'invoice', list: '/invoices', sort: 'updated_at', only: {} },
  'credit-notes': { object: 'credit_note', list: '/credit_notes', sort: 'date', only: {} },
  payments: { object: 'transaction', list: '/transactions', sort: 'updated_at', only: { 'type[is]': 'payment' } },
  refunds: { object: 'transaction', list: '/transactions', sort: 'updated_at', only: { 'type[in]': '["refund","payment_reversal"]' } },
  customers: { object: 'customer', list: '/customers', sort: 'updated_at', only: {} },
  subscriptions: { object: 'subscription', list: '/subscriptions', sort: 'updated_at', only: {} },
} as const;
export type StreamName = keyof typeof objects;
export const isStream = (name: string): name is StreamName => name in objects;

/** The object that an event is about, by the beginning of its type. Whatever else its content shows is told by an event of its own. */
const subjects: readonly [RegExp, string][] = [
  [/^invoice_(generated|updated|deleted|generated_with_backdating)$/, 'invoice'],
  [/^credit_note_(created|updated|deleted|created_with_backdating)$/, 'credit_note'],
  [/^(payment_(succeeded|failed|refunded|initiated)|refund_initiated|transaction_(created|updated|deleted))$/, 'transaction'],
  [/^customer_(created|changed|deleted)$/, 'customer'],
  [/^subscription_(?!entitlements|ramp|moved|movement|advance)/, 'subscription'],
];

const text = (row: JsonObject, name: string): string => (typeof row[name] === 'string' ? row[name] : '');

/** Milliseconds since 1970 of this version. `resource_version` orders versions (apidocs.chargebee.com, "Events"); `updated_at` is in seconds. */
function versionOf(row: JsonObject): string | undefined {
  const version = text(row, 'resource_version');
  if (/^\d{1,15}$/.test(version)) return version;
  const seconds = text(row, 'updated_at') || text(row, 'created_at');
  return /^\d{1,12}$/.test(seconds) ? `${seconds}000` : undefined;
}

export function streamOf(object: string, row: JsonObject): StreamName | undefined {
  if (object === 'transaction') return { payment: 'payments', refund: 'refunds', payment_reversal: 'refunds' }[text(row, 'type')] as StreamName | undefined; // prettier-ignore
  return (Object.keys(objects) as StreamName[]).find((name) => objects[name].object === object);
}

/** Record and version, the same by webhook and by poll. */
export function stateId(stream: StreamName, row: JsonObject): string | undefined {
  const [id, version] = [text(row, 'id'), versionOf(row)];
  return id === '' || version === undefined ? undefined : `${stream}/${id}/${version}`;
}

/** A pending invoice is a draft; money that did not move is no document. A payment that was taken back after it had succeeded is one. */
function isDocument(stream: StreamName, row: JsonObject): boolean {
  const status = text(row, 'status');
  if (stream === 'invoices') return status !== 'pending';
  if (stream === 'payments' || stream === 'refunds') return ['success', 'voided', 'late_failure'].includes(status);
  return true;
}

function effectOf(stream: StreamName, row: JsonObject): Effect {
  const gone = row['deleted'] === true || ['voided', 'late_failure'].includes(text(row, 'status'));
  if (gone && stream !== 'customers' && stream !== 'subscriptions') return 'void';
  return stream === 'refunds' ? 'refund' : 'create';
}

/** Lines beyond the first part of a long document are paged: `line_items_next_offset`. */
export const hasMoreLines = (row: JsonObject): boolean => text(row, 'line_items_next_offset') !== '';

export function recordOf(stream: StreamName, row: JsonObject, event?: JsonObject): SourceRecord | undefined {
  const version = versionOf(row);
  if (text(row, 'id') === '' || version === undefined) return undefined;
  return {
    stream,
    body: row,
    revision: version.padStart(15, '0'),
    effect: effectOf(stream, row),
    occurredAt: new Date(Number(version)).toISOString(),
    // Nobody signs the body of a webhook: it is a hint, and the record is read from Chargebee itself.
    ...(event || hasMoreLines(row) ? { partial: true } : {}),
    ...(event
      ? { delivery: { event: event['id'] ?? null, type: event['event_type'] ?? null, apiVersion: event['api_version'] ?? null } }
      : {}),
  };
}

/** The object that an event is about, where a stream wants it. */
export function subjectOf(event: JsonObject): { stream: StreamName; row: JsonObject } | undefined {
  const object = subjects.find(([type]) => type.test(text(event, 'event_type')))?.[1];
  const row = object !== undefined && isJsonObject(event['content']) ? event['content'][object] : undefined;
  const stream = isJsonObject(row) ? streamOf(object!, row) : undefined;
  return stream && { stream, row: row as JsonObject };
}

export function parsed(body: string): JsonObject | undefined {
  try {
    const value = readExact(body);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A webhook is one event with the object that it is about; a row of a poll is one object. Numbers are text by both ways. */
export function unpack(delivery: Delivery): SourceRecord[] {
  const body = parsed(delivery.body);
  if (delivery.via === 'webhook') {
    if (!body || text(body, 'event_type') === '') throw nonsense(delivery, 'webhook has no event type');
    if (body['api_version'] !== undefined && body['api_version'] !== 'v2')
      throw rejected({
        code: 'event-of-another-version',
        category: 'transformation',
        message: `The event ${text(body, 'id')} is of API version ${text(body, 'api_version')}, not v2.`,
        remedy: 'Set the webhook to API version 2 in Chargebee, then send the event again.',
      });
    const subject = subjectOf(body);
    if (!subject || !isDocument(subject.stream, subject.row)) return [];
    const record = recordOf(subject.stream, subject.row, body);
    if (!record) throw nonsense(delivery, 'webhook shows an object without an id or a version');
    return [record];
  }
  const stream = delivery.stream ?? '';
  const record = isStream(stream) && body ? recordOf(stream, body) : undefined;
  if (!record) throw nonsense(delivery, `row of ${stream || 'no stream'} has no id or no version`);
  return isDocument(record.stream as StreamName, record.body) ? [record] : [];
}

const nonsense = (delivery: Delivery, what: string) =>
  rejected({ code: 'not-a-record', category: 'transformation', message: `Chargebee’s ${what}.`, vendorWords: delivery.body });
