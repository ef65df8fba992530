// A stream into the usage ledger, on a real Redis: at least once in, once in the ledger, whatever is struck; what cannot go in is kept and shown.
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Redis } from 'ioredis';
import { RollUp } from '../src/ledger/index.js';
import { limits } from '../src/ledger/streams/limits.js';
import { armFailPoints } from '../src/platform/failpoints/index.js';
import { SETTINGS } from '../src/platform/tokens.js';
import type { Settings } from '../src/config/index.js';
import { serve } from '../src/serve.js';
import { startChildEngine, type ChildEngine } from './child-engine.js';
import { eventually } from './eventually.js';
import { person } from './people.js';
import { adminKey, openBench, type Bench } from './test-bench.js';
import { freePort, missingOwnRedis, startOwnRedis, type OwnRedis } from './test-redis.js';
import { connect, countOf, endLeases, idsOf, pauseAll, streamOf, streamWhen } from './usage-in-streams.js';
import { send, sendBatch, usage } from './usage-sender.js';

jest.setTimeout(180_000);
const missing = missingOwnRedis();
const suite = missing ? describe.skip : describe;
const title = `usage from a stream${missing ? ` (skipped: ${missing})` : ''}`;

let redis: OwnRedis;
let client: Redis;
const add = (key: string, fields: Record<string, string | Buffer>) =>
  client.call('XADD', key, '*', ...Object.entries(fields).flatMap(([name, value]) => [name, value]));
const addAll = async (key: string, events: readonly unknown[]) => {
  for (let from = 0; from < events.length; from += 500) {
    const pipeline = client.pipeline();
    for (const event of events.slice(from, from + 500)) pipeline.call('XADD', key, '*', 'data', JSON.stringify(event));
    await pipeline.exec();
  }
};
const many = (source: string, count: number) =>
  Array.from({ length: count }, (_, n) => usage({ source, id: `e-${String(n).padStart(6, '0')}` }));
const settingsOf = (more: Record<string, unknown> = {}) => ({ address: `127.0.0.1:${redis.port}`, ...more });

suite(title, () => {
  let bench: Bench;
  beforeAll(async () => {
    redis = await startOwnRedis();
    client = new Redis(redis.url, { maxRetriesPerRequest: null });
    client.on('error', () => undefined); // a test kills the server
    bench = await openBench({ settings: { roles: ['api', 'worker'] } });
  });
  afterAll(async () => {
    client?.disconnect();
    await bench?.stop();
    await redis?.kill();
  });
  afterEach(() => armFailPoints(() => undefined));

  it('comes in both modes; the same event by HTTP is a duplicate, and other content a conflict', async () => {
    const event = usage({ source: '/modes', id: 'structured' });
    await add('modes', { data: JSON.stringify(event), 'content-type': 'application/cloudevents+json' });
    await add('modes', { ce_specversion: '1.0', ce_id: 'binary', ce_source: '/modes', ce_type: 'api.calls', 'content-type': 'application/json', data: '{"calls":3}' });
    await add('modes', { data: JSON.stringify({ ...event, data: { calls: 99 } }) });
    await add('modes', { data: JSON.stringify(event) });
    await connect(bench, 'modes', 'redis-streams', settingsOf({ usageStreams: ['modes'] }));
    const stream = await streamWhen(bench, 'modes', ({ read }) => read === 4);
    expect(stream).toMatchObject({ state: 'reading', followed: true, accepted: 2, duplicates: 1, conflicts: 1, refused: 0, lag: 0, failures: 0 });
    expect(await send(bench, event)).toMatchObject({ status: 202, accepted: 0, duplicates: 1 });
    const { items } = await bench.api.call('listUsageEvents', { query: { source: '/modes', id: 'binary' } });
    const { commit, cloudEvent } = await bench.api.call('getUsageEvent', { params: { id: items[0]!.id } });
    expect(commit).toMatchObject({ via: 'stream:modes/modes', by: 'connection modes' });
    expect(cloudEvent).toMatchObject({ id: 'binary', data: { calls: 3 }, datacontenttype: 'application/json' });
    const { items: conflicts } = await bench.api.call('listUsageConflicts', { query: { source: '/modes' } });
    expect(conflicts).toMatchObject([{ eventId: 'structured', via: 'stream:modes/modes' }]);
  }); // prettier-ignore

  it('what is no event is kept with all its problems and never stops the stream; somebody answers it once', async () => {
    await add('mixed', { data: JSON.stringify(usage({ source: '/mixed', id: 'before' })) });
    await add('mixed', { data: 'no event at all', trace: 'abc\0def' });
    await add('mixed', { data: Buffer.from([0xff, 0xfe, 0x00]) });
    await add('mixed', { data: JSON.stringify({ specversion: '1.0', id: 'x', source: 'not a uri', time: 'never' }) });
    await add('mixed', { data: 'x'.repeat(limits.recordBytesMax + 1) });
    await add('mixed', { nothing: 'at all' });
    await add('mixed', { data: JSON.stringify(usage({ source: '/mixed', id: 'behind' })) });
    await connect(bench, 'mixed', 'redis-streams', settingsOf({ usageStreams: ['mixed'] }));
    const stream = await streamWhen(bench, 'mixed', ({ read }) => read === 7);
    expect(stream).toMatchObject({ accepted: 2, refused: 5, state: 'reading' });
    expect(await idsOf(bench, '/mixed')).toEqual(['before', 'behind']);

    const { items, count } = await bench.api.call('listUsageRefusals', { query: { connection: 'mixed', state: 'open', count: true } });
    expect(count).toBe(5);
    expect(items.map(({ code, text, bytes }) => [code, text === null ? null : text.length, bytes])).toEqual([
      ['USAGE_EVENT_INVALID', 0, 0],
      ['USAGE_EVENT_TOO_LARGE', 400, limits.recordBytesMax + 1],
      ['USAGE_EVENT_INVALID', 66, 66],
      ['BODY_NOT_JSON', null, 3],
      ['BODY_NOT_JSON', 15, 15],
    ]);
    expect(items[2]!.problems.map(({ path }) => path)).toEqual(['/type', '/source', '/time']);
    const whole = await bench.api.call('getUsageRefusal', { params: { id: items[1]!.id } });
    expect([whole.keptBytes, Buffer.from(whole.base64, 'base64').length]).toEqual([limits.keptBytesMax, limits.keptBytesMax]);
    const first = await bench.api.call('getUsageRefusal', { params: { id: items[4]!.id } });
    expect(first).toMatchObject({ stream: 'mixed', headers: { trace: 'abc\0def' }, text: 'no event at all' });

    const answered = await bench.api.call('answerUsageRefusal', { params: { id: first.id }, body: { note: 'A test of the shop' } });
    expect(answered.answer).toMatchObject({ note: 'A test of the shop' });
    expect((await bench.api.problem('answerUsageRefusal', { params: { id: first.id }, body: { note: 'Again' } })).code).toBe('CONFLICT');
    const { items: open } = await bench.api.call('listUsageRefusals', { query: { connection: 'mixed', state: 'open' } });
    expect(open).toHaveLength(4);
    const { items: audit } = await bench.api.call('listAudit', { query: { object: `usage-refusal/${first.id}` } });
    expect(audit.map(({ action }) => action)).toEqual(expect.arrayContaining(['usage-refusal.answered', 'usage-refusal.read']));
    const viewer = await person(bench, { roles: ['viewer'], legalEntities: ['DE'] });
    expect((await viewer.call('listUsageRefusals')).items).toEqual([]);
    expect((await viewer.send('getUsageRefusal', { params: { id: first.id } })).status).toBe(404);
    const { streams } = await bench.api.call('getUsageControl');
    expect(streams).toMatchObject({ difference: 0 });
    expect(streams.open).toBeGreaterThanOrEqual(4);
  });

  it('a reader that ends between a read and its commit, or between the commit and knowing of it, loses nothing and counts nothing twice', async () => {
    await pauseAll(bench);
    const strikes: string[] = ['stream.read', 'stream.committed', 'stream.read'];
    armFailPoints((point) => {
      if (point !== strikes[0]) return;
      strikes.shift();
      throw new Error(`struck at ${point}`);
    });
    await connect(bench, 'struck', 'redis-streams', settingsOf({ usageStreams: ['struck'] }));
    await addAll('struck', many('/struck', 2_500));
    // The pause after a failure is not what is tested.
    const hurry = setInterval(() => void bench.sql("update usage_stream set next_at = now() where connection = 'struck'"), 100);
    const stream = await streamWhen(bench, 'struck', ({ read }) => read >= 2_500).finally(() => clearInterval(hurry));
    expect(strikes).toEqual([]);
    expect(stream).toMatchObject({ accepted: 2_500, duplicates: 0, refused: 0 });
    expect(await countOf(bench, '/struck')).toBe(2_500);
  });

  it('a reader whose lease ended while it held a batch commits nothing; the other process has all of it, once', async () => {
    await pauseAll(bench);
    let release: (() => void) | undefined;
    armFailPoints((point) => (point === 'stream.read' && !release ? new Promise<void>((done) => (release = done)) : undefined));
    await addAll('fenced', many('/fenced', 1_200));
    await connect(bench, 'fenced', 'redis-streams', settingsOf({ usageStreams: ['fenced'] }));
    await eventually(() => release !== undefined);
    const { epoch } = (await bench.sql<{ epoch: string }>("select epoch from usage_stream where connection = 'fenced'"))[0]!;
    const other = await serve({ ...bench.engine.app.get<Settings>(SETTINGS), roles: ['worker'], port: await freePort() });
    try {
      // The lease of the one that is held is ended again and again: its clock renews it, as that of a process that stands still does not.
      await eventually(async () => {
        await bench.sql("update usage_stream set lease_until = '-infinity' where connection = 'fenced' and epoch = $1", [epoch]);
        return (await streamOf(bench, 'fenced'))?.read === 1_200;
      });
      release!();
      await streamWhen(bench, 'fenced', ({ lag }) => lag === 0);
      await addAll('fenced', [usage({ source: '/fenced', id: 'last' })]);
      const stream = await streamWhen(bench, 'fenced', ({ read }) => read >= 1_201);
      expect(stream).toMatchObject({ read: 1_201, accepted: 1_201, duplicates: 0, failures: 0 });
      expect(await countOf(bench, '/fenced')).toBe(1_201);
    } finally {
      await other.stop();
    }
  });

  it('a process that is killed in the middle leaves the stream to the next, which goes on at the position', async () => {
    const { databaseUrl, databaseMigrateUrl, dataDir } = bench.engine.app.get<Settings>(SETTINGS);
    await bench.restart(undefined, { roles: ['api'] });
    const start = async () =>
      startChildEngine({
        DATABASE_URL: databaseUrl!,
        DATABASE_MIGRATE_URL: databaseMigrateUrl!,
        WAYBILL_DATA_DIR: dataDir,
        WAYBILL_PORT: String(await freePort()),
        WAYBILL_ROLES: 'worker',
        WAYBILL_EGRESS_ALLOW: '127.0.0.0/8',
        WAYBILL_LOG_LEVEL: 'warn',
        WAYBILL_CONSOLE_DIR: 'none',
        WAYBILL_MAPPING_CHILDREN: '1',
        WAYBILL_BOOTSTRAP_API_KEY: adminKey,
      });
    const total = 8_000;
    await addAll('killed', many('/killed', total));
    await connect(bench, 'killed', 'redis-streams', settingsOf({ usageStreams: ['killed'] }));
    let child: ChildEngine | undefined;
    const reached: number[] = [];
    try {
      for (const share of [0.3]) {
        child = await start();
        reached.push((await streamWhen(bench, 'killed', ({ read }) => read >= share * total)).read);
        child.signal('SIGKILL');
        await child.ended;
        await endLeases(bench);
      }
      child = await start();
      const stream = await streamWhen(bench, 'killed', ({ read }) => read >= total);
      expect(reached.filter((read) => read < total).length).toBeGreaterThan(0);
      expect(stream).toMatchObject({ read: total, accepted: total, duplicates: 0, refused: 0 });
      expect(await countOf(bench, '/killed')).toBe(total);
    } finally {
      child?.signal('SIGKILL');
      await child?.ended;
      await endLeases(bench);
      await bench.restart(undefined, { roles: ['api', 'worker'] });
    }
  }, 300_000);

  it('reads no more while the ledger takes no more, and goes on when there is room', async () => {
    await pauseAll(bench);
    await bench.restart(undefined, { roles: ['api', 'worker'], usageBacklogMax: 1_500 });
    try {
      const rollUp = bench.engine.app.get(RollUp);
      // The backlog is measured once a second; what waits before the stream begins is known to be too much.
      for (const n of [1, 2]) await sendBatch(bench, many(`/before-${n}`, 1_000));
      await addAll('pressed', many('/pressed', 2_500));
      await connect(bench, 'pressed', 'redis-streams', settingsOf({ usageStreams: ['pressed'] }));
      const resting = await streamWhen(bench, 'pressed', ({ state }) => state === 'resting');
      expect(resting.detail).toMatch(/wait to be rolled up/);
      expect(resting.read).toBe(0);
      const stream = await eventually(async () => {
        await rollUp.run();
        const now = await streamOf(bench, 'pressed');
        return now?.read === 2_500 && now.state === 'reading' ? now : undefined;
      });
      expect(stream).toMatchObject({ accepted: 2_500, failures: 0, detail: null });
    } finally {
      await bench.restart(undefined, { roles: ['api', 'worker'] });
    }
  });

  it('commits batches of 1,000 records and 2 MB at most', async () => {
    const large = (n: number) => usage({ source: '/large', id: `l-${n}`, data: { text: 'x'.repeat(200_000) } });
    await addAll(
      'large',
      Array.from({ length: 25 }, (_, n) => large(n)),
    );
    await addAll('small', many('/small', 2_300));
    await connect(bench, 'sizes', 'redis-streams', settingsOf({ usageStreams: ['large', 'small'] }));
    await eventually(async () => (await countOf(bench, '/large')) === 25 && (await countOf(bench, '/small')) === 2_300);
    const commits = await bench.sql<{ via: string; most: number }>(
      "select via, max(events) as most from usage_commit where via like 'stream:sizes/%' group by via order by via",
    );
    expect(commits[0]!.most).toBeLessThanOrEqual(11);
    expect(commits[1]!.most).toBeLessThanOrEqual(limits.batchRecordsMax);
  });

  it('stops with its connection, says what is wrong with it, and goes on when that is mended', async () => {
    await client.call('SET', 'text', 'no stream');
    await connect(bench, 'wrong', 'redis-streams', settingsOf({ usageStreams: ['text'] }));
    const failing = await streamWhen(bench, 'wrong', ({ state }) => state === 'failing');
    expect(failing.detail).toMatch(/WRONGTYPE.*Name a key that holds a stream/);
    expect(Date.parse(failing.nextTryAt!) - Date.now()).toBeGreaterThan(30_000);
    const { health } = await bench.api.call('getConnection', { params: { name: 'wrong' } });
    expect(health).toMatchObject({ state: 'failing' });
    await client.call('DEL', 'text');
    await addAll('mended', [usage({ source: '/mended', id: '1' })]);
    // A change of the connection ends the pause.
    await connect(bench, 'wrong', 'redis-streams', settingsOf({ usageStreams: ['mended'] }));
    await eventually(async () => (await countOf(bench, '/mended')) === 1);
    await bench.api.call('pauseConnection', { params: { name: 'wrong' } });
    await eventually(async () => {
      const { items } = await bench.api.call('listUsageStreams', { query: { connection: 'wrong' } });
      return items.every(({ followed, state }) => !followed && state !== 'reading');
    });
    await addAll('mended', [usage({ source: '/mended', id: '2' })]);
    await bench.api.call('resumeConnection', { params: { name: 'wrong' } });
    await eventually(async () => (await countOf(bench, '/mended')) === 2);
    expect(await bench.api.call('checkConnection', { params: { name: 'wrong' } })).toMatchObject({
      ok: true,
      steps: [{ ok: true }, { ok: true }],
    });
  });

  it('an address that this installation may not reach is refused before a byte leaves', async () => {
    await connect(bench, 'inside', 'redis-streams', { address: '10.0.0.1:6379', usageStreams: ['any'] });
    expect((await streamWhen(bench, 'inside', ({ state }) => state === 'failing')).detail).toMatch(/10\.0\.0\.1.*WAYBILL_EGRESS_ALLOW/);
    await connect(bench, 'open', 'redis-streams', { address: '8.8.8.8:6379', usageStreams: ['any'] });
    expect((await streamWhen(bench, 'open', ({ state }) => state === 'failing')).detail).toMatch(/not encrypted/);
  });

  it('a server that is lost and comes back anew is read from its beginning, and what was lost is said', async () => {
    await addAll('anew', many('/anew', 10));
    await connect(bench, 'anew', 'redis-streams', settingsOf({ usageStreams: ['anew'] }));
    await streamWhen(bench, 'anew', ({ read }) => read === 10);
    await redis.kill();
    const failing = await streamWhen(bench, 'anew', ({ state, failures }) => state === 'failing' && failures >= 2);
    expect(failing.detail).toMatch(/ECONNREFUSED/);
    await redis.start();
    await addAll('anew', many('/anew', 4));
    await bench.sql('update usage_stream set next_at = now()');
    const stream = await streamWhen(bench, 'anew', ({ read }) => read === 14);
    expect(stream).toMatchObject({ state: 'reading', accepted: 10, duplicates: 4, refused: 0, failures: 0 });
    const { items } = await bench.api.call('listUsageRefusals', { query: { connection: 'anew' } });
    expect(items).toMatchObject([{ code: 'USAGE_RECORDS_LOST', bytes: 0 }]);
    expect(items[0]!.detail).toContain('made anew');
  });
});
