// Two sides of usage: what either has, exactly subtracted; what cannot be added up is left out and named, never guessed.
import { describe, expect, it } from '@jest/globals';
import { compare, type Quantity } from './comparison.js';

const used = (quantity: string, more: Partial<Quantity> = {}): Quantity => ({
  meter: 'calls',
  unit: 'call',
  aggregate: 'sum',
  dimensions: {},
  quantity,
  eventCount: 1,
  ...more,
});

describe('comparing usage', () => {
  it('subtracts every digit, and says the change in percent of the left', () => {
    const { items } = compare([used('12345678901234567890.1')], [used('12345678901234567890.3')]);
    expect(items).toMatchObject([{ left: '12345678901234567890.1', right: '12345678901234567890.3', difference: '0.2', percent: '0.0' }]);
    expect(compare([used('200')], [used('150')]).items).toMatchObject([{ difference: '-50', percent: '-25.0' }]);
  });
  it('shows what only one side has, without a percentage of nothing', () => {
    const { items } = compare([used('5', { meter: 'a' })], [used('7', { meter: 'b' })]);
    expect(items.map(({ meter, left, right, difference, percent }) => [meter, left, right, difference, percent])).toEqual([
      ['a', '5', null, '-5', '-100.0'],
      ['b', null, '7', '7', null],
    ]);
    expect(compare([used('0')], [used('3')]).items[0]!.percent).toBeNull();
  });
  it('adds up subscriptions and adjustments, takes the largest of the largest, and parts dimensions', () => {
    const eu = { dimensions: { region: 'eu' } };
    const { items } = compare([used('1.5'), used('2'), used('-0.5'), used('9', eu)], [used('4')]);
    expect(items.map(({ dimensions, left, leftEvents, right }) => [dimensions, left, leftEvents, right])).toEqual([
      [{ region: 'eu' }, '9', 1, null],
      [{}, '3.0', 3, '4'],
    ]);
    expect(compare([used('3', { aggregate: 'max' }), used('8', { aggregate: 'max' })], []).items[0]!.left).toBe('8');
  });
  it('leaves out counts of different values, averages and latest values of which there are several, by name', () => {
    const users = (quantity: string) => used(quantity, { meter: 'users', aggregate: 'unique' });
    expect(compare([users('3'), users('4')], [users('5')])).toEqual({ items: [], leftOut: ['users'] });
    expect(compare([users('3')], [users('5')]).items).toMatchObject([{ meter: 'users', difference: '2' }]);
  });
});
