import { createPostgresBackend, Queue, Worker, type QueueOptions } from 'bullmq';
import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { failPoint } from '../failpoints/index.js';

/**
 * What a doorbell says: there is work, and where. Never a payload, never a secret. `epoch`: rung for a lane as it was left at that epoch; when
 * somebody visited it since, the bell says nothing new.
 */
export type Ring = { bell: 'inbox' } | { bell: 'lane'; flow: string; lane: number; epoch?: string };

export interface DoorbellOptions {
  /** Redis when set, the same PostgreSQL otherwise. */
  redisUrl: string | undefined;
  databaseUrl: string;
  concurrency: number;
  onError: (error: Error) => void;
}

/** A boot that must not go on: this Redis may throw jobs away. */
export class QueueRefused extends Error {}

const queueName = 'waybill';

/**
 * The queue is a doorbell. Losing every job in it costs time, never data: the sweeper finds due rows by their state and rings again.
 * Each ring has a fresh id, because a job under a fixed id would be ignored while an older one is active.
 */
export class Doorbell {
  private readonly queue: Queue;
  private readonly worker: Worker | undefined;
  private readonly redis: Redis | undefined;
  /** The worker's own connection: BullMQ leaves one that it was given open. */
  private workerRedis: Redis | undefined;
  private failures = 0;

  private constructor(
    private readonly options: DoorbellOptions,
    answer: ((ring: Ring) => Promise<void>) | undefined,
  ) {
    this.redis = options.redisUrl
      ? new Redis(options.redisUrl, { maxRetriesPerRequest: null, enableOfflineQueue: false, lazyConnect: false })
      : undefined;
    this.redis?.on('error', options.onError);
    this.queue = this.makeQueue();
    this.queue.on('error', options.onError);
    this.worker = answer ? this.makeWorker(answer) : undefined;
  }

  static async open(options: DoorbellOptions, answer: ((ring: Ring) => Promise<void>) | undefined): Promise<Doorbell> {
    if (options.redisUrl) await refuseEviction(options.redisUrl);
    const bell = new Doorbell(options, answer);
    await bell.queue.waitUntilReady();
    await bell.worker?.waitUntilReady();
    return bell;
  }

  /** Best effort and never awaited by a request: what is not rung is swept. */
  ring(ring: Ring, delayMs = 0): void {
    this.add(ring, delayMs).then(
      () => (this.failures = 0),
      (error: Error) => {
        this.failures += 1;
        this.options.onError(error);
      },
    );
  }

  private async add(ring: Ring, delayMs: number): Promise<void> {
    await failPoint('bell.rings');
    await this.queue.add(ring.bell, ring, {
      jobId: `ring-${randomUUID()}`,
      removeOnComplete: true,
      removeOnFail: true,
      ...(delayMs > 0 ? { delay: Math.ceil(delayMs) } : {}),
    });
  }

  /** For readiness: rings that failed in a row. */
  get failuresInARow(): number {
    return this.failures;
  }

  get backend(): 'redis' | 'postgres' {
    return this.options.redisUrl ? 'redis' : 'postgres';
  }

  async close(): Promise<void> {
    await this.worker?.close();
    await this.queue.close();
    this.workerRedis?.disconnect();
    this.redis?.disconnect();
  }

  private connection(): QueueOptions['connection'] {
    if (this.redis) return this.redis;
    return {
      connectionString: this.options.databaseUrl,
      schema: 'bullmq',
      migrate: true,
      max: 6,
      application_name: 'waybill-queue',
    } as unknown as QueueOptions['connection'];
  }

  private makeQueue(): Queue {
    const options = { connection: this.connection() };
    return this.redis ? new Queue(queueName, options) : new Queue(queueName, options, createPostgresBackend as never);
  }

  private makeWorker(answer: (ring: Ring) => Promise<void>): Worker {
    this.workerRedis = this.redis?.duplicate();
    this.workerRedis?.on('error', this.options.onError);
    const options = { connection: this.workerRedis ?? this.connection(), concurrency: this.options.concurrency };
    const work = async (job: { data: Ring }) => {
      await answer(job.data);
      await failPoint('bell.answered');
    };
    const worker = this.redis ? new Worker(queueName, work, options) : new Worker(queueName, work, options, createPostgresBackend as never);
    worker.on('error', this.options.onError);
    worker.on('failed', (_job, error) => this.options.onError(error));
    return worker;
  }
}

/** BullMQ needs a Redis that never evicts: an evicted job is a doorbell that nobody hears, and an evicted lock rings twice. */
async function refuseEviction(url: string): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1, connectTimeout: 5_000, retryStrategy: () => null });
  redis.on('error', () => undefined); // connect() below reports it
  try {
    await redis.connect();
    const policy = /maxmemory_policy:(\S+)/.exec(await redis.info('memory'))?.[1];
    if (policy !== undefined && policy !== 'noeviction') {
      throw new QueueRefused(`Redis may evict jobs (maxmemory-policy ${policy}). Set it to noeviction, then start again.`);
    }
  } catch (error) {
    if (error instanceof QueueRefused) throw error;
    throw new QueueRefused(
      `Redis does not answer at ${url.replace(/\/\/[^@]*@/, '//')} (${(error as Error).message}). Start it, or unset REDIS_URL to let PostgreSQL carry the queue.`,
    );
  } finally {
    redis.disconnect();
  }
}
