import { readFileSync } from 'node:fs';
import { metric, readiness } from '../checks/health.js';
import { api, erpFaults } from '../load/company.js';
import { atPace } from '../load/pace.js';
import { redisCommand, ringAgain } from '../supervisor/redis.js';
import type { World } from '../supervisor/world.js';
import { sleep, until } from '../waiting.js';
import { defineRow } from './row.js';

/** How soon somebody is told of a queue in trouble. */
const alarmMs = 30_000;
const posted = async (world: World, prefix: string): Promise<number> =>
  (
    await world.postgres.sql<{ n: number }>(
      "select count(*)::int as n from message where flow like 'erp-%' and state = 'posted' and key like $1",
      [`${prefix}%`],
    )
  )[0]!.n;
const secondsSince = (began: number): number => Math.round((performance.now() - began) / 1_000);

const flushed = defineRow({
  id: '5',
  title: 'Redis FLUSHALL',
  inject: 'FLUSHALL while rings wait for an ERP that asked to slow down, and while documents wait behind a slow one',
  expected: 'the sweeper rings for all of them again',
  needsRedis: true,
  async run({ world, load, plan, times, count }) {
    const posts = { methods: ['POST'], path: '/erp/v1/' };
    for (let n = times(2, 5); n > 0; n -= 1) {
      // Whoever was asked to slow down rings again later; that ring is lost, and no other document rings for its lane.
      await erpFaults(world, [{ kind: 'throttle', times: 50, retryAfterSeconds: 5, ...posts }]);
      await load.bring(plan(4), 0);
      await sleep(2_500);
      await redisCommand(world.redisPort, 'FLUSHALL');
      count('flushes');
      await erpFaults(world, [{ kind: 'slow', afterMs: 200, ...posts }]);
      await sleep(8_000);
      load.start(plan(times(30, 400), { entities: ['US', 'DE'] }), 500);
      await sleep(1_000);
      await redisCommand(world.redisPort, 'FLUSHALL');
      count('flushes');
      await load.arrived();
    }
  },
});

const redisAway = defineRow({
  id: '6',
  title: 'Redis killed and absent',
  inject: 'kill -9 of Redis; away for a while; back, empty',
  expected: 'webhooks are answered 2xx all the while, readiness says so, workers come back by themselves',
  needsRedis: true,
  async run({ world, load, plan, times, count, claim }) {
    const incarnations = world.engines.map((engine) => engine.incarnation);
    for (let n = times(1, 2); n > 0; n -= 1) {
      await world.redis!.kill({ forGood: true });
      const refusedBefore = refusals(load.sender.answers);
      load.start(plan(20), times(5_000, 40_000));
      await sleep(times(6_000, 60_000));
      const { queue } = await api(world, 'GET', '/health/ready');
      claim(queue !== 'redis', `readiness says that the queue is ${String(queue)} while Redis is away`);
      await load.arrived();
      claim(refusals(load.sender.answers) === refusedBefore, 'a webhook was not answered with 2xx while Redis was away');
      await world.redis!.start();
      const back = await until('a queue that takes rings again', alarmMs, async () => (await readiness(world)).queue === 'redis').catch(
        () => false,
      );
      claim(back, `${alarmMs / 1_000} s after Redis was back the queue was still away`);
      count('absences');
    }
    // Nothing rings but Redis and the sweeper: a document that comes now shows that workers hear again.
    await load.bring(plan(3), 0);
    claim(world.engines.every((engine, n) => engine.incarnation === incarnations[n]), 'a process of the engine had to start again'); // prettier-ignore
  },
});

const refusals = (answers: ReadonlyMap<number, number>): number =>
  [...answers].filter(([status]) => status < 200 || status > 299).reduce((sum, [, times]) => sum + times, 0);

const full = defineRow({
  id: '7',
  title: 'Redis full',
  inject: 'more is in Redis than CONFIG SET maxmemory allows, so that it refuses every write',
  expected:
    'rings fail and are counted, readiness says so within 30 s and as long as it lasts; webhooks are answered 2xx, documents are posted',
  needsRedis: true,
  async run({ world, load, plan, times, count, claim }) {
    const refusedBefore = refusals(load.sender.answers);
    const unrung = async () =>
      (await metric(world, 'waybill_doorbell_rings_total{end="failed"}')) +
      (await metric(world, 'waybill_doorbell_rings_total{end="dropped"}'));
    const unrungBefore = await unrung();
    await redisCommand(world.redisPort, 'SETRANGE faults:filler 8000000 x');
    await redisCommand(world.redisPort, 'CONFIG SET maxmemory 4mb');
    const began = performance.now();
    try {
      const documents = plan(times(20, 200));
      load.start(documents, times(3_000, 30_000));
      const alarmed = await until('an alarm', alarmMs, async () => (await readiness(world)).queue === 'away').catch(() => false);
      claim(alarmed, `readiness did not say within ${alarmMs / 1_000} s that the queue takes nothing`);
      count('alarm after s', secondsSince(began));
      const calls = new Set<string>();
      const all = await until('the posting of all', times(45_000, 90_000), async () => {
        calls.add(String((await readiness(world)).queue));
        return (await posted(world, documents.documents[0]!.id.split('-inv-')[0]!)) === documents.documents.length;
      }).catch(() => false); // prettier-ignore
      claim(all, 'documents were not posted while Redis was full');
      // A state that comes and goes tells nobody anything.
      for (let n = 0; n < 30; n += 1, await sleep(150)) calls.add(String((await readiness(world)).queue));
      claim(calls.size === 1 && calls.has('away'), `while Redis was full readiness called the queue ${[...calls].join(', ')}`);
      await load.arrived();
      claim(refusals(load.sender.answers) === refusedBefore, 'a webhook was not answered with 2xx while Redis was full');
      const lost = (await unrung()) - unrungBefore;
      claim(lost > 0, 'no ring was counted as failed or dropped');
      count('rings refused', lost);
    } finally {
      await redisCommand(world.redisPort, 'CONFIG SET maxmemory 0');
      await redisCommand(world.redisPort, 'DEL faults:filler');
    }
    await until('a queue that takes rings again', alarmMs, async () => (await readiness(world)).queue === 'redis');
    await load.bring(plan(3), 0);
  },
});

const evicting = defineRow({
  id: '8',
  title: 'Redis may evict',
  inject: 'CONFIG SET maxmemory-policy allkeys-lru while the engine runs, and a worker that has to start then',
  expected:
    'readiness is red and the metric is up within 30 s; the start is refused in a sentence until the policy is mended; documents flow',
  needsRedis: true,
  async run({ world, load, plan, times, count, claim }) {
    const [worker] = world.workers;
    for (let n = times(1, 3); n > 0; n -= 1) {
      const refused = wordsIn(world, worker!.name, 'Redis may evict jobs (maxmemory-policy allkeys-lru)');
      const before = refused();
      await redisCommand(world.redisPort, 'CONFIG SET maxmemory-policy allkeys-lru');
      const began = performance.now();
      try {
        const red = await until('a red readiness', alarmMs, async () => {
          const { http, detail } = await readiness(world);
          return http === 503 && detail.includes('allkeys-lru');
        }).catch(() => false); // prettier-ignore
        claim(red, `readiness was not red within ${alarmMs / 1_000} s of the policy`);
        claim((await metric(world, 'waybill_queue_evicts')) === 1, 'the metric of an evicting queue is not 1');
        count('alarm after s', secondsSince(began));
        await worker!.kill();
        const refusedNow = await until('a boot that is refused', 30_000, () => refused() > before).catch(() => false);
        claim(refusedNow, 'a worker started on a Redis that may evict');
        const documents = plan(times(10, 40));
        await load.bring(documents, 500);
        const all = await until('the posting of all', 45_000, async () =>
          (await posted(world, documents.documents[0]!.id.split('-inv-')[0]!)) === documents.documents.length,
        ).catch(() => false); // prettier-ignore
        claim(all, 'documents stood still while Redis might evict');
      } finally {
        await redisCommand(world.redisPort, 'CONFIG SET maxmemory-policy noeviction');
      }
      await until('a green readiness', alarmMs, async () => (await readiness(world)).http === 200);
      await worker!.ready();
      count('policies');
    }
  },
});

/** How often these words stand in the log of a process. */
const wordsIn = (world: World, name: string, words: string) => (): number =>
  readFileSync(world.logFile(name), 'utf8').split(words).length - 1;

/** A difference below this is the machine's, not the engine's: other work on two cores moves a p99 by so much. */
const noiseMs = 750;

const hanging = defineRow({
  id: '9',
  alone: true,
  title: 'Redis hangs',
  inject: 'CLIENT PAUSE … ALL: connections stand, nothing is answered; webhooks keep coming at an even pace',
  expected:
    'the p99 of webhooks stays below twice that of the same pace before, or within 0.75 s; no requests pile up; documents are posted',
  needsRedis: true,
  async run({ world, load, plan, times, count, claim }) {
    const [perSecond, pauseMs] = [20, times(25_000, 30_000)];
    await atPace(load, plan(perSecond * 2), perSecond); // a cold process is no baseline
    const usual = await atPace(load, plan(perSecond * times(5, 15)), perSecond);
    await redisCommand(world.redisPort, `CLIENT PAUSE ${pauseMs} ALL`);
    const began = performance.now();
    const documents = plan(perSecond * times(5, 15));
    const hung = await atPace(load, documents, perSecond);
    const all = await until('the posting of all', pauseMs - (performance.now() - began), async () =>
      (await posted(world, documents.documents[0]!.id.split('-inv-')[0]!)) === documents.documents.length,
    ).catch(() => false); // prettier-ignore
    claim(all, 'documents waited for the end of the pause');
    claim((await readiness(world)).queue === 'away', 'readiness does not say that the queue is away');
    count('usual p99 ms', usual.p99Ms);
    count('p99 ms while it hung', hung.p99Ms);
    count('most waiting at once', hung.waitingMost);
    claim(
      hung.p99Ms < Math.max(2 * usual.p99Ms, usual.p99Ms + noiseMs),
      `the p99 was ${usual.p99Ms} ms before and ${hung.p99Ms} ms while Redis hung`,
    );
    claim(
      hung.waitingMost <= Math.max(2 * usual.waitingMost, perSecond),
      `${hung.waitingMost} webhooks waited at once, ${usual.waitingMost} before`,
    );
    claim(
      [...hung.answers.keys()].every((status) => status === 200),
      `webhooks were answered ${[...hung.answers.keys()].join(', ')}`,
    );
    await until('a queue that takes rings again', pauseMs + alarmMs, async () => (await readiness(world)).queue === 'redis');
  },
});

const rungTwice = defineRow({
  id: '11',
  title: 'The same ring many times at once',
  inject: 'every lane is rung for ten times while its documents are worked on',
  expected: 'one claim wins',
  needsRedis: true,
  async run({ world, load, plan, times, count, claim }) {
    const documents = times(60, 1_000);
    load.start(plan(documents), times(3_000, 60_000));
    for (let n = times(6, 40); n > 0; n -= 1) {
      const lanes = await world.postgres.sql<{ flow: string; lane: number }>(
        "select distinct flow, lane from message where key like 'r11-%'",
      );
      await ringAgain(world.redisPort, lanes, 10);
      count('rings', lanes.length * 10);
      await sleep(times(500, 1_500));
    }
    await load.arrived();
    // Each claim raises the epoch. Who went back to ready may be claimed again; everybody else is claimed once, however often it rings.
    const twice = await world.postgres.sql<{ key: string; epoch: number }>(
      `select m.key, m.epoch from message m where m.key like 'r11-%'
         and m.epoch > 1 + (select count(*) from message_history h where h.message_id = m.id and h.from_state is not null and h.to_state in ('ready','in_doubt'))`,
    );
    claim(twice.length === 0, `${twice.length} messages were claimed more often than they were free, first ${twice[0]?.key}`);
  },
});

export const redisRows = [flushed, redisAway, full, evicting, hanging, rungTwice];
