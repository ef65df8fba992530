// What several callers bring is put in the one order of all writers, and equal keys are folded on the first that came.
import { describe, expect, it } from '@jest/globals';
import { planCommit } from './arrivals.js';
import { bytesOf } from './event-key.js';
import { checkEvent, type CheckedEvent } from './cloud-event.js';

const event = (id: string, data: unknown = 1) =>
  checkEvent({ specversion: '1.0', id, source: '/s', type: 't', data }, () => undefined) as CheckedEvent;
const from = (by: string, ...ids: string[]) => ({ events: ids.map((id) => event(id)), via: 'http', by });

describe('planCommit', () => {
  it('orders by key, whoever brings them in whatever order', () => {
    const ids = Array.from({ length: 500 }, (_, n) => `e${n}`);
    const one = planCommit([from('a', ...ids)]).inKeyOrder.map((placed) => placed.event.id);
    const other = planCommit([from('a', ...ids.slice(250).reverse()), from('b', ...ids.slice(0, 250))]).inKeyOrder;
    expect(other.map((placed) => placed.event.id)).toEqual(one);
    for (let n = 1; n < other.length; n += 1)
      expect(Buffer.compare(bytesOf(other[n - 1]!.event.key), bytesOf(other[n]!.event.key))).toBe(-1);
  });

  it('orders keys that begin with the same six bytes by the rest', () => {
    const alike = [3, 1, 2].map((n) => ({ ...event(`x${n}`), key: `aaaaaa${'\u00ff'.repeat(25)}${n}` }));
    expect(planCommit([{ events: alike, via: 'http', by: 'a' }]).inKeyOrder.map((placed) => placed.event.id)).toEqual(['x1', 'x2', 'x3']);
  });

  it('gives each caller and way a row of its own, and its events places side by side', () => {
    const { slots, inOrder } = planCommit([from('a', 'e1', 'e2'), from('b', 'e3'), from('a', 'e4'), { ...from('a', 'e5'), via: 'bulk' }]);
    expect(slots).toMatchObject([{ by: 'a', via: 'http' }, { by: 'b' }, { by: 'a', via: 'bulk' }]);
    expect(inOrder.map(({ place }) => place)).toEqual([0, 1, 65_536, 2, 131_072]);
  });

  it('folds equal keys, and the first that came stays', () => {
    const { inKeyOrder, inOrder, folded } = planCommit([
      { events: [event('e1', 'first'), event('e2'), event('e1', 'second')], via: 'http', by: 'a' },
      { events: [event('e1', 'third'), event('e3')], via: 'http', by: 'b' },
    ]);
    expect(inOrder.map((placed) => placed.event.id)).toEqual(['e1', 'e2', 'e3']);
    expect(inKeyOrder).toHaveLength(3);
    expect(inOrder[0]!.event.data).toBe('"first"');
    expect(folded.map(({ event: { data }, arrival, at }) => [data, arrival, at])).toEqual([
      ['"second"', 0, 2],
      ['"third"', 1, 0],
    ]);
  });
});
