import { Redis } from 'ioredis';
import { within } from './within.js';

/** A boot that must not go on: this Redis may throw jobs away, or is not there. */
export class QueueRefused extends Error {}

/** A Redis that says nothing for so long is taken for gone. */
const silenceMsMax = 2_000;
const backAfterMs = (times: number): number => Math.min(200 * times, 2_000);

/** For ringing: a command is answered soon or fails; nothing waits for a Redis that is away. */
export const redisForRinging = (url: string, onError: (error: Error) => void): Redis =>
  watched(
    new Redis(url, {
      maxRetriesPerRequest: 0,
      enableOfflineQueue: false,
      connectTimeout: silenceMsMax,
      retryStrategy: backAfterMs,
    }),
    onError,
  );

/**
 * For a worker, which waits for its Redis as long as it takes. BullMQ makes a second connection of it to wait for jobs on; `disconnect` ends
 * that one as well, which would else try to come back for ever when BullMQ could not close it.
 */
export function redisForWorking(url: string, onError: (error: Error) => void): { redis: Redis; disconnect(): void } {
  const redis = watched(
    new Redis(url, { maxRetriesPerRequest: null, connectTimeout: 5_000, keepAlive: 10_000, retryStrategy: backAfterMs }),
    onError,
  );
  const all = [redis];
  const duplicate = redis.duplicate.bind(redis);
  redis.duplicate = (options) => {
    const second = duplicate(options);
    all.push(second);
    return second;
  };
  return { redis, disconnect: () => all.forEach((one) => one.disconnect()) };
}

function watched(redis: Redis, onError: (error: Error) => void): Redis {
  redis.on('error', onError);
  return redis;
}

/**
 * Throws unless the connection answers soon. One that stands and says nothing is hung up, so that a new one is made: a wire that was cut
 * without a word would else be waited for until the system gives it up, which takes a quarter of an hour.
 */
export async function mustAnswer(redis: Redis): Promise<void> {
  const before = redis.status;
  if (before === 'ready' && (await within(silenceMsMax, redis.ping())) === 'done') return;
  if (before === 'ready' || before === 'connect') redis.stream?.destroy();
  throw new Error(before === 'ready' ? `no answer within ${silenceMsMax / 1000} s` : `not connected (${before})`);
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
