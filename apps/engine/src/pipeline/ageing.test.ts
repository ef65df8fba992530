// Ageing: every instant is of one bucket, the one that the list filters by, and money of different currencies never meets.
import { describe, expect, it } from '@jest/globals';
import { ageing, ageOf, ages, isOfAge } from './ageing.js';

describe('ageing', () => {
  it('counts the edges that are behind: as many as a bucket has before it', () => {
    expect(ageOf('t').split(' + ')).toHaveLength(ages.length - 1);
    expect(ageOf('t')).toContain("(t <= now() - interval '1 days')::int");
  });
  it.each([
    ['0-1', "(not (t <= now() - interval '1 days'))"],
    ['3-7', "(t <= now() - interval '3 days' and not (t <= now() - interval '7 days'))"],
    ['30+', "(t <= now() - interval '30 days')"],
  ] as const)('the bucket %s is %s', (age, condition) => expect(isOfAge('t', age)).toBe(condition));
  it('has a line for each currency with every bucket, what has no amount last', () => {
    const { items } = ageing([
      { currency: null, age: 0, n: 9, amount: null },
      { currency: 'USD', age: 4, n: 1, amount: '10.00' },
      { currency: 'EUR', age: 1, n: 2, amount: '-3.50' },
      { currency: 'EUR', age: 2, n: 1, amount: null },
      { currency: 'EUR', age: 3, n: 1, amount: '0.10' },
    ]);
    expect(items.map(({ currency, count, amount }) => [currency, count, amount])).toEqual([
      ['EUR', 4, '-3.40'],
      ['USD', 1, '10.00'],
      [null, 9, null],
    ]);
    expect(items[0]!.ages).toEqual([
      { age: '0-1', count: 0, amount: '0' },
      { age: '1-3', count: 2, amount: '-3.50' },
      { age: '3-7', count: 1, amount: '0' },
      { age: '7-30', count: 1, amount: '0.10' },
      { age: '30+', count: 0, amount: '0' },
    ]);
    expect(items[2]!.ages.map(({ amount }) => amount)).toEqual([null, null, null, null, null]);
  });
  it('of nothing is empty', () => expect(ageing([])).toEqual({ items: [] }));
});
