// The other side of a bench, in a process of its own: it sends webhooks and is the target that takes the documents.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { invoice, signature } from './documents.js';

export type Ask =
  | { do: 'send'; origin: string; path: string; from: number; count: number; connections: number }
  | { do: 'send-at'; origin: string; path: string; from: number; count: number; perSecond: number }
  | { do: 'taken' };
export type Told = { listening: string } | { sent: number; refused: number; ms: number } | { taken: number };

const tell = (told: Told): void => void process.send!(told);
const keys = new Set<string>();

/** Answers every POST with an id, at once; counts the keys it has seen. */
const target = createServer((request, response) => {
  const key = request.headers['idempotency-key'];
  request.resume();
  request.on('end', () => {
    if (typeof key === 'string') keys.add(key);
    response.writeHead(201, { 'content-type': 'application/json' }).end(`{"id":"doc-${keys.size}","number":"N-${keys.size}"}`);
  });
});
target.keepAliveTimeout = 60_000;
target.listen(0, '127.0.0.1', () => tell({ listening: `http://127.0.0.1:${(target.address() as AddressInfo).port}` }));

async function post(pool: Pool, path: string, id: string): Promise<boolean> {
  const body = invoice(id, new Date().toISOString());
  const headers = { 'content-type': 'application/json', 'x-signature': signature(body) };
  const answer = await pool.request({ method: 'POST', path, body, headers });
  await answer.body.dump();
  return answer.statusCode < 300;
}

/** As fast as so many connections are answered. A refusal with 429 is sent again. */
async function send({ origin, path, from, count, connections }: Extract<Ask, { do: 'send' }>): Promise<void> {
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const began = performance.now();
  let next = 0;
  let refused = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < count) {
        const id = String(from + next++);
        while (!(await post(pool, path, id))) {
          refused += 1;
          await sleep(100);
        }
      }
    }),
  );
  await pool.close();
  tell({ sent: count, refused, ms: performance.now() - began });
}

/** At a steady rate, whatever the answers do. */
async function sendAt({ origin, path, from, count, perSecond }: Extract<Ask, { do: 'send-at' }>): Promise<void> {
  const pool = new Pool(origin, { connections: 64, pipelining: 1 });
  const began = performance.now();
  let refused = 0;
  const sent: Promise<void>[] = [];
  for (let n = 0; n < count; n += 1) {
    const wait = began + (n * 1000) / perSecond - performance.now();
    if (wait > 0) await sleep(wait);
    sent.push(post(pool, path, String(from + n)).then((ok) => void (ok || (refused += 1))));
  }
  await Promise.all(sent);
  await pool.close();
  tell({ sent: count, refused, ms: performance.now() - began });
}

process.on('message', (ask: Ask) => {
  if (ask.do === 'taken') return tell({ taken: keys.size });
  void (ask.do === 'send' ? send(ask) : sendAt(ask));
});
process.on('disconnect', () => process.exit(0));
