import { createPostgresBackend, Queue, runMigrations, Worker, type QueueOptions, type WorkerOptions } from 'bullmq';
import { randomUUID } from 'node:crypto';
import { queuePool } from '../database/index.js';
import { evictionPolicy, mustAnswer, redisForRinging, redisForWorking, QueueRefused, refuseEviction } from './redis.js';
import type { Ring, TimedRing } from './rings.js';
import { within } from './within.js';

const queueName = 'waybill';
const pulseKey = 'waybill:pulse';
const closeWithinMs = 5_000;

/** What carries the rings from process to process: BullMQ, on Redis or on PostgreSQL. */
export interface Carrier {
  /** Puts rings into the queue, all in one command. Each has a fresh id: a job under a fixed id would be ignored while an older one is active. */
  add(rings: readonly TimedRing[]): Promise<void>;
  /** Writes and reads something small; throws when the queue does not take it. Tells the eviction policy where there is one. */
  pulse(): Promise<{ policy?: string | undefined }>;
  /** Fetches no more rings; what is being answered goes on. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

export interface CarrierOptions {
  /** Redis when set, the same PostgreSQL otherwise. */
  redisUrl: string | undefined;
  databaseUrl: string;
  concurrency: number;
  onError: (error: Error) => void;
  /** Answers a ring; absent where nobody works. */
  answer: ((ring: Ring) => Promise<void>) | undefined;
}

export async function openCarrier(options: CarrierOptions): Promise<Carrier> {
  return options.redisUrl ? onRedis(options, options.redisUrl) : onPostgres(options);
}

async function onRedis(options: CarrierOptions, url: string): Promise<Carrier> {
  await refuseEviction(url);
  const redis = redisForRinging(url, options.onError);
  const working = options.answer ? redisForWorking(url, options.onError) : undefined;
  const queue = watched(new Queue(queueName, { connection: redis }), options);
  const worker = working ? makeWorker(options, { connection: working.redis }) : undefined;
  await queue.waitUntilReady();
  await worker?.waitUntilReady();
  return {
    add: (rings) => addAll(queue, rings),
    async pulse() {
      await Promise.all([redis, ...(working ? [working.redis] : [])].map(mustAnswer));
      // A write, since a Redis that is full still reads.
      await redis.set(pulseKey, '1', 'EX', 60);
      return { policy: await evictionPolicy(redis) };
    },
    quiet: async () => worker?.pause(true),
    async close() {
      // BullMQ waits for a Redis that is away; the end of the process does not, and BullMQ leaves connections that it was given open.
      await within(closeWithinMs, worker?.close());
      await within(closeWithinMs, queue.close());
      working?.disconnect();
      redis.disconnect();
    },
  };
}

async function onPostgres(options: CarrierOptions): Promise<Carrier> {
  const pool = queuePool(options.databaseUrl, options.onError);
  const client = await pool.connect();
  try {
    await runMigrations(client as never, 'bullmq');
  } catch (error) {
    client.release(true);
    await pool.end();
    throw new QueueRefused(
      `PostgreSQL does not take the queue's tables (${(error as Error).message}). Let the role of DATABASE_URL create the schema bullmq, or give it that schema; or set REDIS_URL.`,
    );
  }
  client.release();
  const connection = pool as unknown as QueueOptions['connection'];
  const queue = watched(new Queue(queueName, { connection }, createPostgresBackend as never), options);
  const worker = options.answer ? makeWorker(options, { connection }, createPostgresBackend) : undefined;
  await queue.waitUntilReady();
  await worker?.waitUntilReady();
  return {
    add: (rings) => addAll(queue, rings),
    async pulse() {
      await pool.query('select 1');
      return {};
    },
    quiet: async () => worker?.pause(true),
    async close() {
      await within(closeWithinMs, worker?.close());
      await within(closeWithinMs, queue.close());
      await within(closeWithinMs, pool.end());
    },
  };
}

async function addAll(queue: Queue, rings: readonly TimedRing[]): Promise<void> {
  await queue.addBulk(
    rings.map(({ ring, delayMs }) => ({
      name: ring.bell,
      data: ring,
      opts: {
        jobId: `ring-${randomUUID()}`,
        removeOnComplete: true,
        removeOnFail: true,
        ...(delayMs > 0 ? { delay: Math.ceil(delayMs) } : {}),
      },
    })),
  );
}

function makeWorker(options: CarrierOptions, where: { connection: QueueOptions['connection'] }, backend?: unknown): Worker {
  const work = (job: { data: Ring }) => options.answer!(job.data);
  const settings: WorkerOptions = { ...where, concurrency: options.concurrency, runRetryDelay: 1_000 };
  const worker = backend ? new Worker(queueName, work, settings, backend as never) : new Worker(queueName, work, settings);
  worker.on('failed', (_job, error) => options.onError(error));
  return watched(worker, options);
}

function watched<T extends { on(event: 'error', listener: (error: Error) => void): unknown }>(part: T, options: CarrierOptions): T {
  part.on('error', options.onError);
  return part;
}
