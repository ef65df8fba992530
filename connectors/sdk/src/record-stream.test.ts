// Records as deliveries and back: nothing is lost on the way, and what is no record is refused with what to do.
import { describe, expect, it } from '@jest/globals';
import type { Following, StreamRecord } from './following.js';
import { countWithin, pageOf, unpackRecord } from './record-stream.js';

const record = (more: Partial<StreamRecord> = {}): StreamRecord => ({
  at: '0:42@1000',
  headers: { a: 'b' },
  value: Buffer.from('{"id":7}'),
  key: 'seven',
  time: '2026-11-27T08:00:00.000Z',
  ...more,
});

/** Hands out what it has, so many at a time. */
function following(records: StreamRecord[], atOnce = records.length): Following & { closed: number } {
  let given = 0;
  const one = {
    closed: 0,
    next: ({ recordsMax }: { recordsMax: number }) => {
      const batch = records.slice(given, given + Math.min(atOnce, recordsMax));
      given += batch.length;
      return Promise.resolve({ records: batch, position: `p${1 + given}`, lag: records.length - given });
    },
    close: () => Promise.resolve(void (one.closed += 1)),
  };
  return one;
}

describe('a record stream', () => {
  it('makes deliveries of records, and records of deliveries', async () => {
    const source = following([record()]);
    const page = await pageOf('orders', source, 'p1', 100);
    expect(page).toMatchObject({ cursor: 'p2', more: false, deliveries: [{ id: 'orders/0:42@1000', via: 'poll', stream: 'records' }] });
    expect(source.closed).toBe(1);
    expect(unpackRecord(page.deliveries[0]!)).toEqual([
      {
        stream: 'records',
        body: { id: 7 },
        revision: '2026-11-27T08:00:00.000Z 00000000000000000000:00000000000000000042@00000000000000001000',
        occurredAt: '2026-11-27T08:00:00.000Z',
        delivery: { key: 'seven', at: '0:42@1000', headers: { a: 'b' } },
      },
    ]);
  });
  it('asks again at once when a page was full, and keeps the cursor when nothing came', async () => {
    expect((await pageOf('o', following([record(), record({ at: '0:43@1' })]), 'p1', 2)).more).toBe(true);
    expect(await pageOf('o', following([]), 'p1', 2)).toEqual({ deliveries: [], cursor: 'p1', more: false });
    expect((await pageOf('o', following([]), null, 2)).cursor).toBe('p1');
  });
  it('goes on until the page is full or nothing more comes, whatever the source hands out at a time', async () => {
    const five = ['1', '2', '3', '4', '5'].map((at) => record({ at }));
    const full = await pageOf('o', following(five, 1), 'p1', 3);
    expect([full.deliveries.map(({ id }) => id), full.cursor, full.more]).toEqual([['o/1', 'o/2', 'o/3'], 'p4', true]);
    const all = await pageOf('o', following(five, 2), 'p1', 100);
    expect([all.deliveries.length, all.cursor, all.more]).toEqual([5, 'p6', false]);
    const large = [1, 2, 3].map((n) => record({ at: String(n), value: Buffer.alloc(3 * 1024 * 1024, 0x20) }));
    expect((await pageOf('o', following(large, 1), 'p1', 100)).deliveries).toHaveLength(2);
  });
  it('closes also when reading fails', async () => {
    const source = following([]);
    source.next = () => Promise.reject(new Error('gone'));
    await expect(pageOf('o', source, null, 2)).rejects.toThrow('gone');
    expect(source.closed).toBe(1);
  });
  it.each([
    ['bytes that are no text', Buffer.from([0xff, 0xfe])],
    ['a list', Buffer.from('[]')],
    ['a text', Buffer.from('"x"')],
    ['nothing', null],
    ['a number that a double does not hold', Buffer.from('{"n":9007199254740993}')],
  ])('refuses %s', async (_, value) => {
    const { deliveries } = await pageOf('o', following([record({ value })]), null, 10);
    expect(() => unpackRecord(deliveries[0]!)).toThrow();
  });
  it('ends a batch by count and by bytes, and never has none where there is one', () => {
    const of = (...sizes: number[]) => sizes.map((size) => record({ value: Buffer.alloc(size) }));
    expect(countWithin(of(1, 1, 1), { recordsMax: 2, bytesMax: 100 })).toBe(2);
    expect(countWithin(of(60, 60), { recordsMax: 10, bytesMax: 100 })).toBe(1);
    expect(countWithin(of(500, 1), { recordsMax: 10, bytesMax: 100 })).toBe(1);
    expect(countWithin([], { recordsMax: 10, bytesMax: 100 })).toBe(0);
  });
});
