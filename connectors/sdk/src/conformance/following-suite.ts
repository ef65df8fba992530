import type { Connector } from '../connector.js';
import type { Dial } from '../dial.js';
import type { Following, StreamBatch, StreamRecord, UsageSource } from '../following.js';
import { TransportFailure } from '../http.js';
import type { JsonObject } from '../json.js';
import { casesOf, recoveryOf, testContext, type Harness, type Skips } from './harness.js';
import { unreachableHttp } from './http-clients.js';

export interface FollowingSuite extends Harness {
  /** Of a connection to a system that runs. */
  settings(): JsonObject;
  dial: Dial;
  /** Makes a stream of its own for a test; its name as `streams` would give it. */
  stream(): Promise<string>;
  /** Writes these values into a stream, in this order, to one partition where it has several. */
  write(stream: string, values: readonly string[]): Promise<void>;
  skip?: Skips;
}

const most = { recordsMax: 1_000, bytesMax: 10_000_000, waitMs: 1_000 };
const none: Dial = ({ host, port }) => {
  throw new TransportFailure({ sent: false, code: 'refused', message: `${host}:${port} does not accept connections` });
};

/**
 * The promise of a stream that feeds the usage ledger, against a live system: nothing skipped, nothing out of order, and every position a place to go on
 * from. `describeFollowing(kafka, { describe, it, expect, settings, dial, stream, write })`.
 */
export function describeFollowing(connector: Connector, suite: FollowingSuite): void {
  const { describe, expect } = suite;
  const source = connector.usage as UsageSource;
  const open = (stream: string, position: string | null = null, dial = suite.dial) =>
    source.open(testContext({ settings: suite.settings(), http: unreachableHttp(), dial }), { stream, position });
  const values = (count: number, length = 10) => Array.from({ length: count }, (_, n) => `${n}:`.padEnd(length, 'x'));
  const textOf = ({ value }: StreamRecord): string => value?.toString('utf8') ?? '';

  /** Opens, reads until so many records came or nothing comes any more, and closes. */
  async function readAll(stream: string, position: string | null, count: number, ask: Partial<typeof most> = {}): Promise<StreamBatch[]> {
    const following = await open(stream, position);
    const batches: StreamBatch[] = [];
    let read = 0;
    try {
      for (let empty = 0; read < count && empty < 10;) {
        const batch = await following.next({ ...most, ...ask });
        empty = batch.records.length === 0 ? empty + 1 : 0;
        read += batch.records.length;
        batches.push(batch);
      }
    } finally {
      await following.close();
    }
    return batches;
  }
  const recordsOf = (batches: readonly StreamBatch[]) => batches.flatMap(({ records }) => records);

  describe(`usage of ${connector.name}`, () => {
    const { test, end } = casesOf(suite, suite.skip);

    test('gives every record in its order, in batches as small as asked', async () => {
      const stream = await suite.stream();
      const written = values(25);
      await suite.write(stream, written);
      const batches = await readAll(stream, null, 25, { recordsMax: 4 });
      expect(recordsOf(batches).map(textOf)).toEqual(written);
      expect(batches.filter(({ records }) => records.length > 4).length).toBe(0);
    });
    test('goes on from every position exactly where that was', async () => {
      const stream = await suite.stream();
      const written = values(12);
      await suite.write(stream, written);
      const batches = await readAll(stream, null, 12, { recordsMax: 5 });
      let read = 0;
      for (const { records, position } of batches) {
        read += records.length;
        await suite.write(stream, ['one more']);
        written.push('one more');
        const rest = recordsOf(await readAll(stream, position, written.length - read));
        expect(rest.map(textOf)).toEqual(written.slice(read));
      }
    });
    test('ends a batch by its bytes, and gives what is larger alone', async () => {
      const stream = await suite.stream();
      const written = ['small', 'y'.repeat(40_000), ...values(6, 3_000)];
      await suite.write(stream, written);
      const batches = (await readAll(stream, null, written.length, { bytesMax: 10_000 })).filter(({ records }) => records.length > 0);
      expect(recordsOf(batches).map(textOf)).toEqual(written);
      for (const { records } of batches)
        expect(records.length === 1 || records.reduce((sum, record) => sum + textOf(record).length, 0) <= 10_000).toBe(true);
    });
    test('says that nothing came, with a position that holds what comes later', async () => {
      const stream = await suite.stream();
      await suite.write(stream, ['first']);
      const [before] = await readAll(stream, null, 1);
      const [nothing] = await readAll(stream, before!.position, 1, { waitMs: 100 });
      expect(nothing!.records).toEqual([]);
      expect(nothing!.lag === null || nothing!.lag === 0).toBe(true);
      await suite.write(stream, ['second']);
      expect(recordsOf(await readAll(stream, nothing!.position, 1)).map(textOf)).toEqual(['second']);
    });
    test('names a record once and for ever, and gives its bytes as they are', async () => {
      const stream = await suite.stream();
      const written = ['ä€😀', '{"a":1}', '"', ' padded '];
      await suite.write(stream, written);
      const [once, again] = [recordsOf(await readAll(stream, null, 4)), recordsOf(await readAll(stream, null, 4))];
      expect(once.map(textOf)).toEqual(written);
      expect(again).toEqual(once);
      expect(new Set(once.map(({ at }) => at)).size).toBe(4);
      for (const { at, time } of once) {
        expect(at.length >= 1 && at.length <= 200).toBe(true);
        expect(new Date(time).toISOString()).toBe(time);
      }
    });
    test('counts what lies behind, where it counts', async () => {
      const stream = await suite.stream();
      await suite.write(stream, values(10));
      const reads = (await readAll(stream, null, 10, { recordsMax: 4 })).filter(({ records }) => records.length > 0);
      const lags = reads.map(({ lag }) => lag);
      // However many a read brought: what lies behind is all that no read has brought yet.
      const behind = reads.map((_, at) => 10 - reads.slice(0, at + 1).reduce((sum, { records }) => sum + records.length, 0));
      if (lags.some((lag) => lag !== null)) expect(lags).toEqual(behind);
    });
    test('says by a failure of its own kind that it cannot be reached, and that a position is none of its own', async () => {
      const stream = await suite.stream();
      expect(await recoveryOf(() => open(stream, null, none))).toBe('retryable');
      expect(await recoveryOf(() => open(stream, 'nonsense'))).toBe('misconfigured');
    });
    test('skips nothing when its connection is cut, whether it fails or connects again; and is closed without a word', async () => {
      const stream = await suite.stream();
      const written = values(6);
      await suite.write(stream, written);
      const sockets: ReturnType<Dial>[] = [];
      const following: Following = await open(stream, null, (to) => {
        sockets.push(suite.dial(to));
        return sockets.at(-1)!;
      });
      const read = recordsOf([await following.next({ ...most, recordsMax: 2 })]);
      for (const socket of sockets) socket.destroy();
      const outcome = await recoveryOf(async () => {
        for (let n = 0; n < 10 && read.length < written.length; n += 1) read.push(...(await following.next(most)).records);
      });
      expect(['retryable', 'answered undefined']).toContain(outcome);
      expect(read.map(textOf)).toEqual(written.slice(0, read.length));
      await following.close();
    });
    end();
  });
}
