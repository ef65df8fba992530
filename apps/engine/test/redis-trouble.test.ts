// A doorbell that is lost, flushed, full, hanging or evicting costs time, never data, and no request fails or waits because of it.
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { meters } from '../src/platform/telemetry/index.js';
import { Doorbell, QueueRefused } from '../src/platform/queue/index.js';
import { inBooks, messageIn, setUpCompany } from './demo-company.js';
import { eventually } from './eventually.js';
import { event, invoice, postHook } from './stripe-events.js';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.js';
import { openBench, type Bench } from './test-bench.js';
import { missingOwnRedis, startOwnRedis, type OwnRedis } from './test-redis.js';

jest.setTimeout(180_000);
const missing = missingOwnRedis();
let redis: OwnRedis;
let bench: Bench;

const names = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, n) => `in_${prefix}_${n}`);
/** Sends invoices side by side; each must be taken. */
async function send(ids: readonly string[]): Promise<void> {
  const answers = await Promise.all(ids.map((id) => postHook(bench, JSON.stringify(event(invoice({ id }))))));
  expect(answers.map((answer) => answer.status).filter((status) => status !== 200)).toEqual([]);
}
const posted = async (ids: readonly string[]) => {
  for (const id of ids) await messageIn(bench, { key: id }, 'posted');
  expect(ids.map((id) => inBooks(bench, id).length)).toEqual(ids.map(() => 1));
};
const ready = async () => {
  const response = await fetch(`${bench.api.url}/health/ready`);
  return {
    http: response.status,
    ...((await response.json()) as { status: string | number; queue?: string; warnings?: string[]; detail?: string }),
  };
};
const becomes = (facts: { http: number; status?: string }) =>
  eventually(
    async () => {
      const now = await ready();
      return now.http === facts.http && (facts.status === undefined || now.status === facts.status) && now;
    },
    { what: `readiness ${JSON.stringify(facts)}` },
  );
const counted = async (end: string) => (await meters.rings.get()).values.find((one) => one.labels.end === end)?.value ?? 0;

(missing ? describe.skip : describe)(`Redis in trouble${missing ? ` (skipped: ${missing})` : ''}`, () => {
  beforeAll(async () => {
    redis = await startOwnRedis();
    bench = await openBench({ settings: { redisUrl: redis.url } });
    await setUpCompany(bench);
    await send(['in_before']);
    await posted(['in_before']);
  });
  afterAll(async () => {
    await bench?.stop();
    await redis?.kill();
  });
  afterEach(() => becomes({ http: 200, status: 'ready' }));

  it('killed, absent and started again empty: everything is taken and posted meanwhile, and the workers come back by themselves', async () => {
    for (const cycle of [1, 2]) {
      await redis.kill();
      const absent = names(`absent_${cycle}`, 20);
      await send(absent);
      expect(await becomes({ http: 200, status: 'degraded' })).toMatchObject({
        queue: 'away',
        warnings: [expect.stringContaining('sweeping')],
      });
      await posted(absent);
      await redis.start();
      await becomes({ http: 200, status: 'ready' });
      const [rung, here] = [await counted('rung'), await counted('here')];
      const after = names(`after_${cycle}`, 5);
      await send(after);
      await posted(after);
      expect(await counted('rung')).toBeGreaterThan(rung);
      expect(await counted('here')).toBe(here);
    }
  });

  it('hanging: requests are answered and documents posted while it hangs, and nothing piles up', async () => {
    const pauseMs = 25_000;
    const began = performance.now();
    await redis.ask('CLIENT', 'PAUSE', String(pauseMs), 'ALL');
    const before = await counted('rung');
    const ids = names('paused', 40);
    await send(ids);
    await posted(ids);
    expect(performance.now() - began).toBeLessThan(pauseMs); // else it was the end of the pause that posted them
    expect(await counted('rung')).toBe(before);
    expect(await ready()).toMatchObject({ http: 200, status: 'degraded' });
    await becomes({ http: 200, status: 'ready' });
  });

  it('full: rings fail and are counted, nothing else happens', async () => {
    const failed = await counted('failed');
    await redis.ask('CONFIG', 'SET', 'maxmemory', '1');
    try {
      const ids = names('full', 10);
      await send(ids);
      await posted(ids);
      await becomes({ http: 200, status: 'degraded' });
      expect((await counted('failed')) + (await counted('here'))).toBeGreaterThan(failed);
    } finally {
      await redis.ask('CONFIG', 'SET', 'maxmemory', '0');
    }
  });

  it('evicting: readiness is red until it is mended, the metric says so, documents flow; a boot is refused', async () => {
    await redis.ask('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
    try {
      expect(await becomes({ http: 503 })).toMatchObject({ detail: expect.stringContaining('allkeys-lru') });
      expect((await meters.queueEvicts.get()).values[0]!.value).toBe(1);
      await send(['in_evicting']);
      await posted(['in_evicting']);
      await expect(
        Doorbell.open(
          { redisUrl: redis.url, databaseUrl: '', concurrency: 1, onError: () => undefined, onState: () => undefined },
          undefined,
        ),
      ).rejects.toThrow(QueueRefused);
    } finally {
      await redis.ask('CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
    }
    await becomes({ http: 200 });
    expect((await meters.queueEvicts.get()).values[0]!.value).toBe(0);
  });

  it('flushed with messages pending: every lane is rung again, and all are posted', async () => {
    const ids = names('flushed', 60);
    await bench.sql("update flow set state = 'paused' where name = 'erp-us-invoices'");
    await send(ids);
    for (const id of ids) await messageIn(bench, { key: id }, 'ready');
    await redis.ask('FLUSHALL');
    await bench.sql("update flow set state = 'on' where name = 'erp-us-invoices'");
    await posted(ids);
  });

  it('the same ring many times at once: one claim wins', async () => {
    const ids = names('doubled', 20);
    await bench.sql("update flow set state = 'paused' where name = 'erp-us-invoices'");
    await send(ids);
    for (const id of ids) await messageIn(bench, { key: id }, 'ready');
    const lanes = await bench.sql<{ flow: string; lane: number }>("select distinct flow, lane from message where state = 'ready'");
    await bench.sql("update flow set state = 'on' where name = 'erp-us-invoices'");
    const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
    const queue = new Queue('waybill', { connection });
    try {
      await queue.addBulk(
        lanes.flatMap((lane) =>
          Array.from({ length: 10 }, () => ({ name: 'lane', data: { bell: 'lane', ...lane }, opts: { removeOnComplete: true } })),
        ),
      );
      await posted(ids);
    } finally {
      await queue.close();
      connection.disconnect();
    }
  });

  it('a process that only works finds, while the queue is away, what others left', async () => {
    const alone = await openBench({ settings: { redisUrl: `${redis.url}/3`, roles: ['api', 'worker'] } });
    try {
      await setUpCompany(alone);
      await redis.kill();
      await eventually(() => alone.engine.app.get(Doorbell).state.is === 'away');
      // As another process would leave it: stored, and rung for by nobody who is heard.
      const body = JSON.stringify(event(invoice({ id: 'in_left' })));
      await alone.sql(
        "insert into inbox (id, connection, delivery_id, via, raw) values ('inb_left', 'stripe', 'evt_left', 'webhook', $1)",
        [Buffer.from(body)],
      );
      await messageIn(alone, { key: 'in_left' }, 'posted');
    } finally {
      await redis.start();
      await alone.stop();
    }
  });

  describe('behind a wire', () => {
    let proxy: TcpProxy;
    let bell: Doorbell | undefined;
    beforeAll(async () => {
      proxy = await startTcpProxy(redis.port);
    });
    afterAll(async () => {
      await bell?.close();
      await proxy.close();
    });

    it('a connection that says nothing more is made anew, for ringing and for answering', async () => {
      const heard: number[] = [];
      const states: string[] = [];
      // A queue of its own on the same server would be answered by the bench too: each ring here names a flow that the bench does not have.
      bell = await Doorbell.open(
        {
          redisUrl: `redis://127.0.0.1:${proxy.port}/5`,
          databaseUrl: '',
          concurrency: 2,
          onError: () => undefined,
          onState: (state) => states.push(state.is),
        },
        async (ring) => void heard.push(ring.bell === 'lane' ? ring.lane : -1),
      );
      bell.ring({ bell: 'lane', flow: 'x', lane: 1 });
      await eventually(() => heard.includes(1));
      proxy.freeze();
      bell.ring({ bell: 'lane', flow: 'x', lane: 2 });
      await eventually(() => heard.includes(2)); // answered here, without the queue
      expect(states).toContain('away');
      await eventually(() => bell!.state.is === 'ok');
      const here = await counted('here');
      bell.ring({ bell: 'lane', flow: 'x', lane: 3 });
      await eventually(() => heard.includes(3), { withinMs: 60_000 });
      expect(await counted('here')).toBe(here);
    });
  });
});
