import { createPostgresBackend, Queue, Worker, type QueueOptions } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { invoice } from './documents.js';

/** BullMQ alone on the queue of the run: jobs that do nothing, processed per second. What the doorbell could do if it rang once a message. */
export async function noopJobs(options: { redisUrl: string | undefined; databaseUrl: string; jobs: number }): Promise<number> {
  const { redisUrl, databaseUrl, jobs } = options;
  const clients = redisUrl
    ? [new Redis(redisUrl, { maxRetriesPerRequest: null }), new Redis(redisUrl, { maxRetriesPerRequest: null })]
    : [];
  const connection = (n: number) =>
    (clients[n] ?? {
      connectionString: databaseUrl,
      schema: 'bullmq_bench',
      migrate: true,
      max: 8,
    }) as unknown as QueueOptions['connection'];
  const backend = (redisUrl ? [] : [createPostgresBackend]) as never[];
  const queue = new Queue('bench-noop', { connection: connection(0) }, ...backend);
  queue.on('error', () => undefined); // the server is stopped under it when the bench is over
  for (let from = 0; from < jobs; from += 1000)
    await queue.addBulk(Array.from({ length: Math.min(1000, jobs - from) }, () => ({ name: 'n', data: {}, opts: { removeOnComplete: true } }))); // prettier-ignore
  let done = 0;
  const began = performance.now();
  await new Promise<void>((finished) => {
    const worker = new Worker('bench-noop', () => Promise.resolve(), { connection: connection(1), concurrency: 64 }, ...backend);
    worker.on('completed', () => {
      done += 1;
      if (done === jobs) void worker.close().then(finished);
    });
  });
  const perSecond = jobs / ((performance.now() - began) / 1000);
  await queue.close();
  for (const client of clients) client.disconnect();
  return perSecond;
}

export const bareInsertSql = 'insert into bench_bare (id, body) select * from unnest($1::text[], $2::text[]) on conflict (id) do nothing';

/** Rows of one table with one unique key and the same body, 100 a statement, best of 1, 2 and 4 connections: what the disk and PostgreSQL allow. */
export async function bareInsert(url: string, rows: number): Promise<number> {
  const owner = new pg.Pool({ connectionString: url, max: 4 });
  let best = 0;
  for (const connections of [1, 2, 4]) {
    await owner.query('drop table if exists bench_bare; create table bench_bare (id text primary key, body text not null)');
    let next = 0;
    const began = performance.now();
    await Promise.all(
      Array.from({ length: connections }, async () => {
        while (next < rows) {
          const from = next;
          next += 100;
          const ids = Array.from({ length: 100 }, (_, n) => String(from + n));
          await owner.query(bareInsertSql, [ids, ids.map((id) => invoice(id, '2026-10-31T00:00:00.000Z'))]);
        }
      }),
    );
    best = Math.max(best, next / ((performance.now() - began) / 1000));
  }
  await owner.query('drop table bench_bare');
  await owner.end();
  return best;
}
