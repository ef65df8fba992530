import { Redis } from 'ioredis';

/** A boot that must not go on: this Redis may throw jobs away, or is not there. */
export class QueueRefused extends Error {}

/** A Redis that says nothing for so long is taken for gone; its commands fail and the connection is made anew. */
const silenceMsMax = 2_000;
/** Longer than a worker ever waits for a job in one command (10 s, by BullMQ). */
const workerSilenceMsMax = 15_000;
const backAfterMs = (times: number): number => Math.min(200 * times, 2_000);

/** For ringing: a command is answered soon or fails; nothing waits for a Redis that is away. */
export const redisForRinging = (url: string, onError: (error: Error) => void): Redis =>
  watched(
    new Redis(url, {
      maxRetriesPerRequest: 0,
      enableOfflineQueue: false,
      connectTimeout: silenceMsMax,
      socketTimeout: silenceMsMax,
      retryStrategy: backAfterMs,
    }),
    onError,
  );

/** For a worker, which waits for its Redis as long as it takes, on a new connection when the old one is dead. */
export const redisForWorking = (url: string, onError: (error: Error) => void): Redis =>
  watched(
    new Redis(url, {
      maxRetriesPerRequest: null,
      connectTimeout: 5_000,
      socketTimeout: workerSilenceMsMax,
      keepAlive: 10_000,
      retryStrategy: backAfterMs,
    }),
    onError,
  );

function watched(redis: Redis, onError: (error: Error) => void): Redis {
  redis.on('error', onError);
  return redis;
}

/** `noeviction`, or the policy under which this Redis may throw jobs away; `undefined` when it does not say. */
export async function evictionPolicy(redis: Redis): Promise<string | undefined> {
  return /maxmemory_policy:(\S+)/.exec(await redis.info('memory'))?.[1];
}

export const evicts = (policy: string | undefined): policy is string => policy !== undefined && policy !== 'noeviction';

/** BullMQ needs a Redis that never evicts: an evicted job is a doorbell that nobody hears, and an evicted lock rings twice. */
export async function refuseEviction(url: string): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1, connectTimeout: 5_000, retryStrategy: () => null });
  redis.on('error', () => undefined); // connect() below reports it
  try {
    await redis.connect();
    const policy = await evictionPolicy(redis);
    if (evicts(policy))
      throw new QueueRefused(`Redis may evict jobs (maxmemory-policy ${policy}). Set it to noeviction, then start again.`);
  } catch (error) {
    if (error instanceof QueueRefused) throw error;
    throw new QueueRefused(
      `Redis does not answer at ${url.replace(/\/\/[^@]*@/, '//')} (${(error as Error).message}). Start it, or unset REDIS_URL to let PostgreSQL carry the queue.`,
    );
  } finally {
    redis.disconnect();
  }
}
