// The door of the usage ledger: acknowledged after COMMIT, each event once for ever, and whoever is refused hears why and where.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { openBench, type Bench } from './test-bench.js';
import { send, sendBatch, sendRaw, types, usage } from './usage-sender.js';

jest.setTimeout(180_000);
let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench?.stop());

const ledgered = async (source: string) =>
  (await bench.sql<{ n: number }>('select count(*)::int as n from usage_event where source = $1', [source]))[0]!.n;

describe('one event', () => {
  it('is in the ledger when it is acknowledged, as it was sent', async () => {
    const event = usage({
      source: '/one',
      id: 'first',
      time: '2026-11-20T08:00:00.123456+01:00',
      region: 'eu',
      attempt: 3,
      data: { z: 1, a: { b: [true, null, 'ä'] } },
    });
    expect(await send(bench, event)).toMatchObject({ status: 202, accepted: 1, duplicates: 0, conflicts: 0, rejected: [] });
    const { items } = await bench.api.call('listUsageEvents', { query: { source: '/one', id: 'first' } });
    expect(items).toHaveLength(1);
    const found = await bench.api.call('getUsageEvent', { params: { id: items[0]!.id } });
    expect(found).toMatchObject({
      state: 'accepted',
      kind: 'event',
      registered: false,
      occurredAt: '2026-11-20T07:00:00.123Z',
      data: event['data'],
      commit: { events: 1, via: 'http', by: expect.stringMatching(/^.+ \(key_\w+\)$/), roll: null },
    });
    expect(found.cloudEvent).toEqual(event);
  });

  it('without a time happened when it was received', async () => {
    const event = usage({ source: '/one', id: 'timeless', subject: undefined, time: undefined });
    expect(await send(bench, event)).toMatchObject({ status: 202, accepted: 1 });
    const { items } = await bench.api.call('listUsageEvents', { query: { source: '/one', id: 'timeless' } });
    expect(items[0]).toMatchObject({ subject: null, attributes: { time: null } });
    expect(items[0]!.occurredAt).toBe(items[0]!.receivedAt);
    const { cloudEvent } = await bench.api.call('getUsageEvent', { params: { id: items[0]!.id } });
    expect(cloudEvent).not.toHaveProperty('time');
  });

  it('again is a duplicate, whatever the order of its keys; with other content it is 409, and the first stays', async () => {
    const event = usage({ source: '/twice', id: 'a' });
    const turned = Object.fromEntries(Object.entries(event).reverse());
    expect(await send(bench, event)).toMatchObject({ status: 202, accepted: 1, duplicates: 0 });
    expect(await send(bench, turned)).toMatchObject({ status: 202, accepted: 0, duplicates: 1 });
    const other = { ...event, data: { calls: 13, region: 'eu' } };
    for (let n = 0; n < 2; n += 1)
      expect(await send(bench, other)).toMatchObject({
        status: 409,
        code: 'USAGE_CONFLICT',
        path: '/id',
        detail: expect.stringMatching(/^ue_\d+ has the id a/),
      });
    const { items } = await bench.api.call('listUsageEvents', { query: { source: '/twice' } });
    expect(items).toHaveLength(1);
    expect(items[0]!.data).toEqual({ calls: 12, region: 'eu' });
    const found = await bench.api.call('getUsageEvent', { params: { id: items[0]!.id } });
    expect(found.duplicates.times).toBe(1);
    expect(found.conflicts).toMatchObject([{ times: 2, event: { id: 'a', data: { calls: 13 } } }]);
    const { items: conflicts } = await bench.api.call('listUsageConflicts', { query: { source: '/twice' } });
    expect(conflicts).toMatchObject([{ source: '/twice', eventId: 'a', first: items[0]!.id, times: 2 }]);
  });

  it('keeps every digit of a number, and tells numbers apart that a double does not', async () => {
    const body = (n: string, id: string) =>
      `{"specversion":"1.0","id":"${id}","source":"/digits","type":"bytes","subject":"acme","data":{"n":${n}}}`;
    const post = (n: string, id: string) => sendRaw(bench, body(n, id), { 'content-type': types.one });
    for (const n of ['12345678901234567890.123456789', '-0.1', '1e-20', '1.50', '1e400', '9007199254740993'])
      expect([n, (await post(n, `n${n}`)).status]).toEqual([n, 202]);
    const rows = await bench.sql<{ id: string; n: string }>("select id, data->>'n' as n from usage_event where source = '/digits'");
    expect(Object.fromEntries(rows.map(({ id, n }) => [id, n]))).toMatchObject({
      'n12345678901234567890.123456789': '12345678901234567890.123456789',
      n9007199254740993: '9007199254740993',
      n1e400: `1${'0'.repeat(400)}`,
    });
    expect(await post('9007199254740993', 'near')).toMatchObject({ status: 202 });
    expect(await post('9007199254740992', 'near')).toMatchObject({ status: 409 });
  });
});

describe('a batch', () => {
  it('has a result for each item: accepted, duplicate, conflict, and each flaw with its place', async () => {
    const good = usage({ source: '/batch', id: 'good' });
    await send(bench, usage({ source: '/batch', id: 'was there' }));
    const answer = await sendBatch(bench, [
      good,
      { ...good },
      { ...good, data: { calls: 99 } },
      usage({ source: '/batch', id: 'was there', data: null }),
      usage({ source: '' }),
      'no event',
      usage({ source: '/batch', id: 'last' }),
    ]);
    expect(answer).toMatchObject({ status: 202, accepted: 2, duplicates: 1, conflicts: 2 });
    expect(answer.rejected.map(({ index, code, path }) => [index, code, path])).toEqual([
      [2, 'USAGE_CONFLICT', '/id'],
      [3, 'USAGE_CONFLICT', '/id'],
      [4, 'USAGE_EVENT_INVALID', '/source'],
      [5, 'USAGE_EVENT_INVALID', ''],
    ]);
    expect(await ledgered('/batch')).toBe(3);
  });

  it('of one caller beside those of others makes commits whose events are counted right', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        sendBatch(
          bench,
          Array.from({ length: 50 }, (_, i) => usage({ source: '/beside', id: `${n}-${i}` })),
        ),
      ),
    );
    expect(await ledgered('/beside')).toBe(2_000);
    const [sums] = await bench.sql<{ events: number; rows: number; off: number }>(
      `select (select sum(events)::int from usage_commit) as events, (select count(*)::int from usage_event) as rows,
         (select count(*)::int from usage_commit c where events <> (select count(*) from usage_event e where e.seq >> 16 = c.id)) as off`,
    );
    expect(sums!.events).toBe(sums!.rows);
    expect(sums!.off).toBe(0);
  });
});

describe('what is refused', () => {
  const schema = {
    type: 'object',
    properties: {
      calls: { type: 'integer' },
      region: { type: 'string', maxLength: 3 },
      list: { type: 'array', items: { type: 'integer' } },
    },
    required: ['calls'],
    additionalProperties: false,
  };
  const wrong = { source: '/my source', type: 'checked', time: 'never', data: { region: 'eu-central', more: 1 } };
  const pathsOf = (problems: { path: string }[] | undefined) => problems?.map(({ path }) => path);

  it('hears all its problems at once, those of its data too', async () => {
    await bench.api.call('putUsageEventType', { params: { type: 'checked' }, body: { schema } });
    const all = ['/source', '/time', '/data', '/data/more', '/data/region'];
    const single = await send(bench, usage(wrong));
    expect(single).toMatchObject({ status: 400, code: 'USAGE_EVENT_INVALID', path: '/source' });
    expect(pathsOf(single.problems)).toEqual(all);
    const batch = await sendBatch(bench, [
      usage(wrong),
      usage({ type: 'checked', data: { calls: 1 } }),
      usage({ type: 'checked', data: {} }),
    ]);
    expect(batch).toMatchObject({ status: 202, accepted: 1 });
    expect(pathsOf(batch.rejected[0]!.problems)).toEqual(all);
    // One problem stands by itself.
    expect(batch.rejected[1]).toEqual({
      index: 2,
      id: expect.any(String),
      code: 'USAGE_DATA_INVALID',
      path: '/data',
      detail: expect.stringContaining('calls'),
    });
  });

  it('of large data hears the first, because each of thousands of items could have its own', async () => {
    const list = (n: number) => usage({ type: 'checked', data: { calls: 1, list: Array.from({ length: n }, () => 'no number') } });
    const small = await send(bench, list(30));
    expect(small.problems).toHaveLength(20);
    const large = await send(bench, list(5_000));
    expect(large).toMatchObject({ status: 422, code: 'USAGE_DATA_INVALID', path: '/data/list/0' });
    expect(large.problems).toBeUndefined();
  });
});

describe('what comes in beside the schema of its type', () => {
  const type = 'drifting';
  const drift = () => bench.api.call('getUsageEventTypeDrift', { params: { type } });

  it('says of a type without a schema what its events have, and what a schema of them would be', async () => {
    const sent = Array.from({ length: 20 }, (_, n) => usage({ type, data: { calls: n, at: '2026-11-01', ...(n > 0 ? { region: 'eu' } : {}) } }));
    expect(await sendBatch(bench, sent)).toMatchObject({ accepted: 20 });
    expect(await drift()).toMatchObject({ version: null, events: 20, unknown: [], unseen: [], otherTypes: [] });
    const marks = await bench.api.call('listUsageEventDrift');
    expect(marks.items.find((one) => one.type === type)).toEqual({ type, version: null, events: 20, unknown: 0, unseen: 0, otherTypes: 0 });
    expect(await bench.api.call('getInferredUsageEventType', { params: { type } })).toMatchObject({
      events: 20,
      schema: {
        type: 'object',
        required: ['at', 'calls'],
        properties: { calls: { type: 'integer' }, at: { type: 'string', format: 'date' }, region: { type: 'string' } },
      },
    });
    expect(await bench.api.problem('getUsageEventTypeDrift', { params: { type: 'never-seen' } })).toMatchObject({ status: 404 });
  });

  it('tries a schema on them before it counts: what it would refuse, and how it compares with the newest version', async () => {
    const schema = { type: 'object', required: ['region'], properties: { region: { type: 'string' }, calls: { type: 'number' } } };
    const tried = (given: object) => bench.api.call('tryUsageEventType', { params: { type }, body: { schema: given } });
    const first = await tried(schema);
    expect(first).toMatchObject({ events: 20, refused: 1, compatibility: null });
    expect(first.examples).toEqual([{ id: expect.stringMatching(/^ue_/), path: '/data', detail: expect.stringContaining('region') }]);
    await bench.api.call('putUsageEventType', { params: { type }, body: { schema: { ...schema, required: [] } } });
    expect(await tried(schema)).toMatchObject({ refused: 1, compatibility: { verdict: 'forward' } });
    expect(await bench.api.problem('tryUsageEventType', { params: { type }, body: { schema: { pattern: 'x' } } })).toMatchObject({
      code: 'USAGE_TYPE_INVALID',
      path: '/schema/pattern',
    });
    expect((await bench.api.call('getUsageEventType', { params: { type } })).versions).toHaveLength(1);
  });

  it('says what differs from the schema, notes who looked, and adds the fields that it has not', async () => {
    expect(await drift()).toMatchObject({ version: 1, unknown: [{ path: ['at'], filled: 20, of: 20, refused: false }], unseen: [], otherTypes: [] });
    expect((await bench.api.call('listAudit', { query: { object: `usage-type/${type}` } })).items.map(({ action }) => action)).toContain(
      'usage-type.events-read',
    );
    const { schema } = await bench.api.call('getInferredUsageEventType', { params: { type }, query: { onto: 'schema' } });
    expect(schema).toMatchObject({ required: [], properties: { calls: { type: 'number' }, at: { type: 'string', format: 'date' } } });
    const limited = await bench.api.call('createApiKey', { body: { name: 'of one entity', permissions: ['usage.read'], legalEntities: ['US'] } });
    expect(await bench.api.as(limited.value).call('listUsageEventDrift')).toEqual({ items: [], next: null });
  });
}); // prettier-ignore
