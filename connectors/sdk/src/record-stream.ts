import type { Delivery, Page, SourceRecord } from './connector.js';
import { rejected } from './failure.js';
import type { Following, StreamRecord } from './following.js';
import { readHeld } from './held-numbers.js';
import type { JsonObject, JsonSchema } from './json.js';

/** The name under which connectors of streams offer their records to flows. */
export const recordStream = 'records';
const pageBytesMax = 4 * 1024 * 1024;
const waitMs = 1_000;

export const recordSchema: JsonSchema = { type: 'object', description: 'The value of the record: one JSON object.' };

/**
 * One page of a poll: what lies there now, and the position as cursor. A source hands out what it has at hand, often less than it was asked for; the page goes
 * on until it is full or nothing more comes.
 */
export async function pageOf(stream: string, following: Following, cursor: string | null, limit: number): Promise<Page> {
  const deliveries: Delivery[] = [];
  let bytes = 0;
  try {
    for (let position = cursor; ;) {
      const batch = await following.next({ recordsMax: limit - deliveries.length, bytesMax: pageBytesMax - bytes, waitMs });
      const more = batch.records.length > 0;
      position = more || position === null ? batch.position : position;
      for (const record of batch.records) {
        bytes += record.value?.length ?? 0;
        deliveries.push(deliveryOf(stream, record));
      }
      if (!more || deliveries.length >= limit || bytes >= pageBytesMax) return { deliveries, cursor: position, more };
    }
  } finally {
    await following.close();
  }
}

/** How many of these fit into one batch: up to `recordsMax`, ended by `bytesMax`, at least one. */
export function countWithin(records: readonly StreamRecord[], { recordsMax, bytesMax }: { recordsMax: number; bytesMax: number }): number {
  let bytes = 0;
  let count = 0;
  for (const { value } of records) {
    bytes += value?.length ?? 0;
    if (count === recordsMax || (count > 0 && bytes > bytesMax)) break;
    count += 1;
  }
  return count;
}

/** What is stored of a record. Bytes that are no UTF-8 are kept as base64, so that nothing is lost and `unpack` can say what is wrong. */
function deliveryOf(stream: string, { at, headers, value, key, time }: StreamRecord): Delivery {
  const text = value?.toString('utf8') ?? null;
  const kept = text === null || Buffer.from(text, 'utf8').equals(value!) ? { value: text } : { base64: value!.toString('base64') };
  return { id: `${stream}/${at}`, body: JSON.stringify({ at, time, key, headers, ...kept }), via: 'poll', stream: recordStream };
}

/** `unpack` of a record stream: the value is the record; key, headers and place are in `$delivery`. */
export function unpackRecord(delivery: Delivery): SourceRecord[] {
  const kept = parsed(delivery.body) as Partial<{
    at: string;
    time: string;
    key: string | null;
    headers: JsonObject;
    value: string | null;
  }>;
  if (typeof kept !== 'object' || kept === null || typeof kept.at !== 'string' || typeof kept.time !== 'string')
    throw refusal('record-unreadable', 'What is stored is no record of a stream.');
  const body = typeof kept.value === 'string' ? parsed(kept.value, readHeld) : undefined;
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw refusal('record-no-object', `The record at ${kept.at} is not one JSON object.`);
  return [
    {
      stream: recordStream,
      body: body as JsonObject,
      // The time comes first: numbers begin again when a stream is made anew.
      revision: `${kept.time} ${kept.at.replace(/\d+/g, (digits) => digits.padStart(20, '0'))}`,
      occurredAt: kept.time,
      delivery: { key: kept.key ?? kept.at, at: kept.at, headers: kept.headers ?? {} },
    },
  ];
}

function parsed(text: string, read: (text: string) => unknown = JSON.parse): unknown {
  try {
    return read(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const refusal = (code: string, message: string) =>
  rejected({ code, message, category: 'transformation', remedy: 'Let the source write one JSON object into each record.' });
