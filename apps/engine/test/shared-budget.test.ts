// One budget per connection over all processes: concurrency, rate, days, pauses, the circuit with its one probe, and priorities.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Limits } from '@waybill/sdk';
import { GateStore, type Answer, type Ask } from '../src/catalog/connections/gate.store.js';
import { Database } from '../src/platform/database/index.js';
import { startTestPostgres, type TestPostgres } from './test-postgres.js';

let postgres: TestPostgres;
let db: Database;
let made = 0;

beforeAll(async () => {
  postgres = await startTestPostgres();
  const { url } = await postgres.database();
  db = new Database({ url, poolMax: 8, onIdleError: () => undefined });
}, 60_000);
afterAll(async () => {
  await db?.close();
  await postgres?.stop();
});

const process_ = (leaseSeconds = 60) => new GateStore(db, { leaseSeconds });
async function connection(own: object = {}): Promise<string> {
  made += 1;
  const name = `erp-${made}`;
  await db.query(
    "insert into connection (name, connector, settings, system, updated_by, limits) values ($1, 'sandbox-erp', '{}', $1, 'test', $2)",
    [name, JSON.stringify(own)],
  );
  return name;
}
const usual = (limits: Partial<Limits> = {}): Limits => ({ concurrency: 8, scope: 'account', ...limits });
const ask = (wanted: number, running = 0, requestsOver = 0): Ask => ({ running, requestsOver, wanted: [0, wanted, 0] });
const asks = (high: number, normal: number, low: number, running = 0): Ask => ({ running, requestsOver: 0, wanted: [high, normal, low] });
const total = (answer: Answer | undefined) => answer!.granted.reduce((sum, one) => sum + one, 0);

describe('concurrency', () => {
  it('is one number over all processes', async () => {
    const name = await connection();
    const [one, two] = [process_(), process_()];
    expect(total(await one.exchange(name, usual(), ask(5)))).toBe(5);
    expect(total(await two.exchange(name, usual(), ask(5)))).toBe(3);
    expect(total(await one.exchange(name, usual(), ask(5, 5)))).toBe(0);
    expect(total(await one.exchange(name, usual(), ask(5, 1)))).toBe(4);
  });
  it('is never exceeded by processes that ask at the same time', async () => {
    const name = await connection();
    const answers = await Promise.all(Array.from({ length: 16 }, () => process_().exchange(name, usual(), ask(2))));
    expect(answers.map(total).reduce((sum, one) => sum + one, 0)).toBe(8);
  });
  it('comes back from a process that went away, when its lease ends', async () => {
    const name = await connection();
    expect(total(await process_().exchange(name, usual(), ask(8)))).toBe(8);
    expect(total(await process_().exchange(name, usual(), ask(8)))).toBe(0);
    await db.query("update connection_share set until = now() - interval '1 second' where connection = $1 and running > 0", [name]);
    expect(total(await process_().exchange(name, usual(), ask(8)))).toBe(8);
  });
  it('is what an operator set, above or below the connector', async () => {
    expect(total(await process_().exchange(await connection({ concurrency: 3 }), usual(), ask(20)))).toBe(3);
    expect(total(await process_().exchange(await connection({ concurrency: 12 }), usual(), ask(20)))).toBe(12);
  });
});

describe('rate and days', () => {
  it('gives what the bucket holds, and says when there is more', async () => {
    const name = await connection();
    const slow = usual({ concurrency: 50, perSecond: 10 });
    expect(total(await process_().exchange(name, slow, ask(50)))).toBe(1);
    const next = await process_().exchange(name, slow, ask(50));
    expect(total(next)).toBe(0);
    expect(next!.againMs).toBeGreaterThan(0);
    expect(next!.againMs).toBeLessThanOrEqual(100);
    await db.query("update connection_gate set refilled_at = refilled_at - interval '5 seconds' where connection = $1", [name]);
    expect(total(await process_().exchange(name, slow, ask(50)))).toBe(1); // what was not used is not saved up
  });
  it('is paid for requests, not for calls', async () => {
    const name = await connection();
    const one = process_();
    const slow = usual({ perSecond: 10 });
    await one.exchange(name, slow, ask(1));
    expect((await one.exchange(name, slow, ask(1, 0, 4)))!.againMs).toBeGreaterThan(300); // one call made five requests
  });
  it('ends the day when its requests are used up, and begins anew with the next', async () => {
    const name = await connection({ perDay: 10 });
    const one = process_();
    expect(total(await one.exchange(name, usual(), ask(7)))).toBe(7);
    expect(total(await one.exchange(name, usual(), ask(7, 0, 1)))).toBe(2);
    const spent = await one.exchange(name, usual(), ask(7));
    expect(spent).toMatchObject({ granted: [0, 0, 0], why: 'its 10 calls of this day are used up' });
    expect(spent!.restMs).toBeGreaterThan(0);
    expect(await one.rest(name, usual())).toMatchObject({ why: spent!.why });
    await db.query('update connection_gate set day = day - 1 where connection = $1', [name]);
    expect((await one.rest(name, usual())).restMs).toBe(0);
    expect(total(await one.exchange(name, usual(), ask(7)))).toBe(7);
  });
});

describe('pauses and the circuit', () => {
  it('keeps a pause for all processes and never shortens it', async () => {
    const name = await connection();
    const [one, two] = [process_(), process_()];
    await one.exchange(name, usual(), ask(1));
    await one.pause(name, 60_000, 'it asked to slow down');
    await one.pause(name, 10, 'it asked to slow down');
    const answer = await two.exchange(name, usual(), ask(1));
    expect(answer).toMatchObject({ granted: [0, 0, 0], why: 'it asked to slow down' });
    expect(answer!.restMs).toBeGreaterThan(50_000);
  });
  it('rests while a person paused it', async () => {
    const name = await connection();
    await db.query("update connection set state = 'paused' where name = $1", [name]);
    expect(await process_().exchange(name, usual(), ask(1))).toMatchObject({ granted: [0, 0, 0], why: 'a person paused it' });
  });
  it('opens over all processes, lets one probe go, and closes by its answer', async () => {
    const name = await connection();
    const [one, two, three] = [process_(), process_(), process_()];
    await one.exchange(name, usual(), ask(3));
    await two.exchange(name, usual(), ask(2));
    await one.report(name, ['failed', 'failed', 'failed'], false);
    expect((await two.exchange(name, usual(), ask(0, 2)))!.troubled).toBe(true);
    expect((await two.report(name, ['failed', 'failed'], false)).openUntil).toBeDefined();
    expect(await three.exchange(name, usual(), ask(1))).toMatchObject({ granted: [0, 0, 0], why: 'it failed several times in a row' });

    const pauseEnds = () =>
      db.query(
        "update connection_gate set open_until = now() - interval '1 millisecond' where connection = $1 and open_until is not null",
        [name],
      );
    await pauseEnds();
    await one.exchange(name, usual(), ask(0));
    await two.exchange(name, usual(), ask(0));
    const answers = await Promise.all([one, two, three].map((each) => each.exchange(name, usual(), ask(4))));
    expect(answers.map(total).sort()).toEqual([0, 0, 1]);
    const prober = [one, two, three][answers.findIndex((answer) => answer!.probe)]!;
    expect(answers.filter((answer) => !answer!.probe).map((answer) => answer!.why)).toEqual(
      Array(2).fill('one call is finding out whether it is back'),
    );
    for (const other of [one, two, three].filter((each) => each !== prober)) await other.report(name, ['answered'], true);
    expect((await prober.rest(name, usual())).restMs).toBe(500); // only the holder's word counts

    await prober.report(name, ['failed'], true);
    expect((await prober.rest(name, usual())).restMs).toBeGreaterThan(4_000);
    await pauseEnds();
    await prober.exchange(name, usual(), ask(1));
    expect((await prober.report(name, ['answered'], true)).openUntil).toBeUndefined();
    expect(total(await three.exchange(name, usual(), ask(4)))).toBe(4);
  });
  it('lets another probe go when the one that had it went away or made no call', async () => {
    const name = await connection();
    const [one, two] = [process_(), process_()];
    await one.exchange(name, usual(), ask(1));
    await one.report(name, Array(5).fill('failed'), false);
    await db.query("update connection_gate set open_until = now() - interval '1 millisecond' where connection = $1", [name]);
    expect(total(await one.exchange(name, usual(), ask(1)))).toBe(1);
    expect(total(await two.exchange(name, usual(), ask(1)))).toBe(0);
    await one.exchange(name, usual(), ask(0)); // it has none under way, so it did not call
    expect(total(await two.exchange(name, usual(), ask(1)))).toBe(1);
    await db.query("update connection_gate set probe_until = now() - interval '1 second' where connection = $1", [name]);
    await db.query("update connection_share set until = now() - interval '1 second' where connection = $1", [name]);
    expect(total(await one.exchange(name, usual(), ask(1)))).toBe(1);
  });
});

describe('priorities', () => {
  it('gives to higher flows first', async () => {
    const name = await connection();
    expect((await process_().exchange(name, usual(), asks(5, 5, 5)))!.granted).toEqual([5, 3, 0]);
  });
  it('holds lower ones back while a higher one of another process waits', async () => {
    const name = await connection();
    const [one, two] = [process_(), process_()];
    await one.exchange(name, usual(), asks(0, 8, 0));
    expect(total(await two.exchange(name, usual(), asks(4, 0, 0)))).toBe(0);
    expect(total(await one.exchange(name, usual(), asks(0, 4, 0, 4)))).toBe(0); // four are free, but not for these
    expect(total(await two.exchange(name, usual(), asks(4, 0, 0)))).toBe(4);
  });
  it.each([1, 8])('gives a lower one that waits at least every tenth call, %i at a time', async (concurrency) => {
    const name = await connection({ concurrency });
    const [high, low] = [process_(), process_()];
    let [highCalls, lowCalls, run, longest] = [0, 0, 0, 0];
    await low.exchange(name, usual(), asks(0, 0, 1));
    await low.exchange(name, usual(), asks(0, 0, 0));
    for (let turn = 0; turn < 200; turn += 1) {
      const first = total(await high.exchange(name, usual(), asks(concurrency, 0, 0)));
      const second = total(await low.exchange(name, usual(), asks(0, 0, concurrency)));
      highCalls += first;
      lowCalls += second;
      run = second > 0 ? 0 : run + first;
      longest = Math.max(longest, run);
      await high.exchange(name, usual(), asks(0, 0, 0));
      await low.exchange(name, usual(), asks(0, 0, 0));
    }
    expect(lowCalls).toBeGreaterThanOrEqual(Math.floor((highCalls + lowCalls) / 10) - concurrency);
    expect(highCalls).toBeGreaterThan(5 * lowCalls);
    expect(longest).toBeLessThanOrEqual(9 + 2 * concurrency);
  });
  it('does not starve the middle one behind a low one that is due', async () => {
    const name = await connection({ concurrency: 1 });
    const one = process_();
    const got = [0, 0, 0];
    for (let turn = 0; turn < 200; turn += 1) {
      (await one.exchange(name, usual(), asks(1, 1, 1)))!.granted.forEach((count, row) => (got[row]! += count));
    }
    expect(got.reduce((sum, one) => sum + one, 0)).toBe(200);
    expect(got[0]).toBeGreaterThan(150);
    expect(Math.min(got[1]!, got[2]!)).toBeGreaterThanOrEqual(15);
  });
});
