// Each event once, for ever: adversarial keys, overlapping batches from many sides, conflicting content, and an engine that is killed while it takes events.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { adversarialPairs } from '../src/ledger/events/adversarial-pairs.fixture.js';
import { ApiCaller } from './api-caller.js';
import { startChildEngine } from './child-engine.js';
import { adminKey, openBench, type Bench } from './test-bench.js';
import { freePort } from './test-redis.js';
import { sendBatch, usage } from './usage-sender.js';

jest.setTimeout(400_000);
let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench?.stop());

const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
const events = (source: string, count: number, data: unknown = 1) =>
  Array.from({ length: count }, (_, n) => ({ specversion: '1.0', id: `e${n}`, source, type: 't', data }));

it('ten thousand adversarial pairs of source and id are ten thousand events, and sent again ten thousand duplicates', async () => {
  const pairs = adversarialPairs().slice(0, 10_000);
  const batches = chunks(
    pairs.map(([source, id]) => usage({ source, id, type: 'adversarial' })),
    1_000,
  );
  let [accepted, duplicates, conflicts] = [0, 0, 0];
  for (const batch of batches) {
    const answer = await sendBatch(bench, batch);
    expect(answer.rejected).toEqual([]);
    accepted += answer.accepted;
  }
  for (const batch of batches) {
    const answer = await sendBatch(bench, batch);
    duplicates += answer.duplicates;
    conflicts += answer.conflicts;
  }
  expect([accepted, duplicates, conflicts]).toEqual([10_000, 10_000, 0]);
  const [row] = await bench.sql<{ n: number }>("select count(*)::int as n from usage_event where type = 'adversarial'");
  expect(row!.n).toBe(10_000);
});

it('sixteen clients with overlapping batches in orders of their own never deadlock, and every key is there once', async () => {
  const all = events('/overlap', 2_000);
  const deadlocks = async () =>
    (await bench.sql<{ n: number }>('select deadlocks::int as n from pg_stat_database where datname = current_database()'))[0]!.n;
  const before = await deadlocks();
  let seed = 3;
  const chance = (most: number) => (seed = (seed * 48_271) % 2_147_483_647) % most;
  const shuffled = () => {
    const order = [...all];
    for (let n = order.length - 1; n > 0; n -= 1) {
      const other = chance(n + 1);
      [order[n], order[other]] = [order[other]!, order[n]!];
    }
    return order;
  };
  // On a machine that stands still for seconds a client hears 503; it sends the same again, as every sender should.
  let unavailable = 0;
  const answers = await Promise.all(
    Array.from({ length: 16 }, async () => {
      const told = [];
      for (const batch of chunks(shuffled(), 250)) {
        let answer = await sendBatch(bench, batch);
        for (; answer.status === 503; answer = await sendBatch(bench, batch)) unavailable += 1;
        told.push(answer);
      }
      return told;
    }),
  );
  const flat = answers.flat();
  expect(flat.filter(({ status, rejected }) => status !== 202 || rejected.length > 0)).toEqual([]);
  const sum = (of: 'accepted' | 'duplicates') => flat.reduce((all, answer) => all + answer[of], 0);
  // Who heard 503 may have stored before, and meets itself.
  if (unavailable === 0) expect([sum('accepted'), sum('duplicates')]).toEqual([2_000, 30_000]);
  expect(sum('accepted') + sum('duplicates')).toBe(32_000);
  const [row] = await bench.sql<{ rows: number; keys: number }>(
    "select count(*)::int as rows, count(distinct id)::int as keys from usage_event where source = '/overlap'",
  );
  expect(row).toEqual({ rows: 2_000, keys: 2_000 });
  await sleep(1_500); // a server process tells its counts a second late
  expect(await deadlocks()).toBe(before);
});

it('of a thousand pairs with one key and two contents the first stays, and there are a thousand conflicts', async () => {
  const [first, second] = [events('/pairs', 1_000, 'first'), events('/pairs', 1_000, 'second')];
  expect(await sendBatch(bench, first)).toMatchObject({ accepted: 1_000 });
  const answer = await sendBatch(bench, second);
  expect(answer).toMatchObject({ status: 202, accepted: 0, duplicates: 0, conflicts: 1_000 });
  expect(answer.rejected).toHaveLength(1_000);
  const [row] = await bench.sql<{ firsts: number; conflicts: number; seconds: number }>(
    `select (select count(*)::int from usage_event where source = '/pairs' and data = '"first"') as firsts,
       (select count(*)::int from usage_conflict where source = '/pairs') as conflicts,
       (select count(*)::int from usage_conflict c join usage_event e on e.seq = c.first_seq and e.id = c.event_id where c.source = '/pairs' and c.event->>'data' = 'second') as seconds`,
  );
  expect(row).toEqual({ firsts: 1_000, conflicts: 1_000, seconds: 1_000 });
  expect((await bench.api.call('listUsageConflicts', { query: { source: '/pairs', count: true, limit: 1 } })).count).toBe(1_000);
});

it('when both contents come at the same moment, one is first and the other a conflict, each time', async () => {
  const [first, second] = [events('/race', 400, 'first'), events('/race', 400, 'second')];
  const answers = await Promise.all(
    chunks(first, 40).flatMap((batch, n) => [sendBatch(bench, batch), sendBatch(bench, chunks(second, 40)[n]!)]),
  );
  expect(answers.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(400);
  expect(answers.reduce((sum, { conflicts }) => sum + conflicts, 0)).toBe(400);
  const [row] = await bench.sql<{ n: number; wrong: number }>(
    `select count(*)::int as n, count(*) filter (where e.data = c.event->'data')::int as wrong from usage_conflict c join usage_event e on e.seq = c.first_seq where c.source = '/race'`,
  );
  expect(row).toEqual({ n: 400, wrong: 0 });
});

describe('an engine that is killed with -9 while it takes events', () => {
  it('has lost nothing that it acknowledged, and what is sent again is there once', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'waybill-usage-kill-'));
    const env = {
      DATABASE_URL: bench.databaseUrl,
      DATABASE_MIGRATE_URL: bench.migrateUrl,
      WAYBILL_PORT: String(await freePort()),
      WAYBILL_DATA_DIR: dataDir,
      WAYBILL_ROLES: 'api',
      WAYBILL_BOOTSTRAP_API_KEY: adminKey,
      WAYBILL_LOG_LEVEL: 'error',
      WAYBILL_CONSOLE_DIR: 'none',
      WAYBILL_MAPPING_CHILDREN: '1',
    };
    const acknowledged = new Set<number>();
    const sent = new Set<number>();
    let next = 0;
    try {
      for (let round = 0; round < 4; round += 1) {
        const child = await startChildEngine(env);
        const door = { api: new ApiCaller(child.url, {}) };
        let alive = true;
        const clients = Array.from({ length: 8 }, async () => {
          while (alive) {
            const from = (next += 1) - 1;
            const batch = Array.from({ length: 50 }, (_, n) => ({ specversion: '1.0', id: `k${from}-${n}`, source: '/killed', type: 't' }));
            sent.add(from);
            const answer = await sendBatch(door, batch).catch(() => undefined);
            if (answer?.status === 202) acknowledged.add(from);
            else if (answer === undefined) return;
          }
        });
        const enough = acknowledged.size + 20;
        for (let n = 0; n < 600 && acknowledged.size < enough; n += 1) await sleep(50);
        await sleep(37 * round);
        child.signal('SIGKILL');
        await child.ended;
        alive = false;
        await Promise.all(clients);
      }
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
    expect(acknowledged.size).toBeGreaterThanOrEqual(80);
    expect(sent.size).toBeGreaterThan(acknowledged.size);
    const there = await bench.sql<{ batch: number; n: number }>(
      "select substring(split_part(id, '-', 1) from 2)::int as batch, count(*)::int as n from usage_event where source = '/killed' group by 1",
    );
    const counted = new Map(there.map(({ batch, n }) => [batch, n]));
    expect([...acknowledged].filter((batch) => counted.get(batch) !== 50)).toEqual([]);
    expect(there.filter(({ n }) => n !== 50)).toEqual([]); // a batch is there whole or not at all
    for (const batch of sent)
      expect(
        await sendBatch(
          bench,
          Array.from({ length: 50 }, (_, n) => ({ specversion: '1.0', id: `k${batch}-${n}`, source: '/killed', type: 't' })),
        ),
      ).toMatchObject({ status: 202, conflicts: 0, rejected: [] });
    const [row] = await bench.sql<{ rows: number; keys: number; commits: number; all: number }>(
      `select count(*)::int as rows, count(distinct id)::int as keys, (select sum(events)::int from usage_commit) as commits, (select count(*)::int from usage_event) as all from usage_event where source = '/killed'`,
    );
    expect(row).toMatchObject({ rows: sent.size * 50, keys: sent.size * 50 });
    expect(row!.commits).toBe(row!.all);
  });
});
