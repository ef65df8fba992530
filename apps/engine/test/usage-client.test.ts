// The client of Node against the real engine: what it sends is in the ledger once, also when an answer is lost after COMMIT.
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { WaybillClient } from '@waybill/client';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.js';
import { adminKey, openBench, type Bench } from './test-bench.js';
import { countOf } from './usage-in-streams.js';

jest.setTimeout(180_000);
let bench: Bench;
let wire: TcpProxy;
beforeAll(async () => {
  bench = await openBench({ settings: { roles: ['api'] } });
  wire = await startTcpProxy(Number(new URL(bench.api.url).port));
});
afterAll(async () => {
  await wire?.close();
  await bench?.stop();
});
const client = (more: Partial<ConstructorParameters<typeof WaybillClient>[0]> = {}) =>
  new WaybillClient({ url: bench.api.url, apiKey: adminKey, source: '/client', batchAgeMs: 20, ...more });
const event = (n: number, more: Record<string, unknown> = {}) => ({ type: 'api.calls', subject: 'acme', data: { calls: n }, ...more });

it('stores batches, and tells of each event that is refused what is wrong with it', async () => {
  const one = client({ batchEventsMax: 100 });
  const results = await one.send([...Array.from({ length: 250 }, (_, n) => event(n)), event(1, { time: 'never', Bad: true })]);
  expect(results.filter(({ stored }) => stored)).toHaveLength(250);
  expect(results.at(-1)).toMatchObject({ stored: false, code: 'USAGE_EVENT_INVALID', problems: [{ path: '/Bad' }, { path: '/time' }] });
  expect(await countOf(bench, '/client')).toBe(250);
  const [first] = results;
  const { items } = await bench.api.call('listUsageEvents', { query: { source: '/client', id: first!.event.id } });
  expect(items).toMatchObject([{ subject: 'acme', data: { calls: 0 }, occurredAt: first!.event.time }]);
});

it('an answer that is lost after COMMIT is no second event: the same goes again and is a duplicate', async () => {
  const retries: string[] = [];
  const one = client({ url: `http://127.0.0.1:${wire.port}`, source: '/lost', onRetry: ({ why }) => retries.push(why) });
  wire.cutAnswerTo('lost-answer');
  const sent = one.send(Array.from({ length: 20 }, (_, n) => event(n, { subject: 'lost-answer' })));
  while (wire.cuts() < 2) await new Promise((done) => setTimeout(done, 20));
  expect(await countOf(bench, '/lost')).toBe(20);
  wire.cutAnswerTo(undefined);
  expect((await sent).every(({ stored }) => stored)).toBe(true);
  expect(retries.length).toBeGreaterThanOrEqual(2);
  expect(await countOf(bench, '/lost')).toBe(20);
  const [counted] = await bench.sql<{ times: string }>(
    "select sum(d.times) as times from usage_duplicate d join usage_event e using (seq) where e.source = '/lost'",
  );
  expect(Number(counted!.times)).toBeGreaterThanOrEqual(40);
});

it('a key without the right is told once, with what to do', async () => {
  await expect(client({ apiKey: 'no-such-key' }).send(event(1))).rejects.toMatchObject({ name: 'RefusedError', status: 401 });
});
