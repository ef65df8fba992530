// The sender of the usage bench, in a process of its own.
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { benchBatch } from './usage-documents.js';

export interface UsageAsk {
  origin: string;
  apiKey: string;
  from: number;
  /** Events in all, in a request, and requests at a time. */
  count: number;
  batch: number;
  connections: number;
  recent?: boolean;
}
export interface UsageTold {
  accepted: number;
  refused: number;
  ms: number;
  /** Processor time of the sender. */
  cpuMs: number;
}

async function send({ origin, apiKey, from, count, batch, connections, recent }: UsageAsk): Promise<UsageTold> {
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const type = batch === 1 ? 'application/cloudevents+json' : 'application/cloudevents-batch+json';
  const headers = { 'content-type': type, authorization: `Bearer ${apiKey}` };
  const cpu = process.cpuUsage();
  const began = performance.now();
  let [next, accepted, refused] = [from, 0, 0];
  const end = from + count;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < end) {
        const first = next;
        next = Math.min(end, first + batch);
        const body = benchBatch(first, next, recent);
        for (;;) {
          const answer = await pool.request({ method: 'POST', path: '/v1/usage/events', body, headers });
          const text = await answer.body.text();
          if (answer.statusCode === 202) {
            accepted += (JSON.parse(text) as { accepted: number }).accepted;
            break;
          }
          if (answer.statusCode !== 429 && answer.statusCode !== 503) throw new Error(`${answer.statusCode} ${text}`);
          refused += 1;
          await sleep(100);
        }
      }
    }),
  );
  const ms = performance.now() - began;
  const used = process.cpuUsage(cpu);
  await pool.close();
  return { accepted, refused, ms, cpuMs: (used.user + used.system) / 1000 };
}

process.on('message', (ask: UsageAsk) => {
  send(ask).then(
    (told) => process.send!(told),
    (error: unknown) => process.send!({ failed: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
