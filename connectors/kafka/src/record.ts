import type { StreamRecord } from '@waybill/sdk';
import type { Message } from 'kafkajs/src/consumer/batch.js';

/** A record as the engine takes it. Its time is part of its name: a topic that is made anew begins at offset 0 again. Pure. */
export function recordOf(partition: number, { offset, timestamp, key, value, headers = {} }: Message): StreamRecord {
  return {
    at: `${partition}:${offset}@${timestamp}`,
    headers: Object.fromEntries(Object.entries(headers).map(([name, given]) => [name, lastOf(given)])),
    value,
    key: key === null ? null : key.toString('utf8'),
    time: timeOf(timestamp),
  };
}

/** Milliseconds of the producer's clock, which may be anything that fits 64 bits; what is no time is the beginning of time. */
function timeOf(timestamp: string): string {
  const ms = Number(timestamp);
  return new Date(ms >= 0 && ms < 8.64e15 ? ms : 0).toISOString();
}

/** A header that comes twice has its last value. */
function lastOf(given: Buffer | string | (Buffer | string)[] | null): string {
  const last = Array.isArray(given) ? given.at(-1) : given;
  return last?.toString('utf8') ?? '';
}
