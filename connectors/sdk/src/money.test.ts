// Money never passes through a float, keeps its digits, and rounds only where the caller names how.
import { describe, expect, it } from '@jest/globals';
import { add, allocate, compare, divide, fromMinor, minorUnits, MoneyError, multiply, round, subtract, sum, toMinor } from './money.js';

describe('money', () => {
  it('adds what floats cannot', () => {
    expect(add('0.1', '0.2')).toBe('0.3');
    expect(add('12345678901234567890.12', '0.01')).toBe('12345678901234567890.13');
    expect(sum([])).toBe('0');
  });
  it('keeps the decimals of its inputs', () => {
    expect(add('1.00', '2.50')).toBe('3.50');
    expect(subtract('5.00', '5.00')).toBe('0.00');
  });
  it('multiplies exactly', () => expect(multiply('1204112', '0.0125')).toBe('15051.4'));
  it.each([
    ['1.005', 2, 'half-up', '1.01'],
    ['15.425', 2, 'half-even', '15.42'],
    ['-0.004', 2, 'half-up', '0.00'],
    ['2.999', 2, 'down', '2.99'],
    ['2.001', 2, 'up', '2.01'],
  ] as const)('rounds %s to %i decimals %s', (amount, decimals, rounding, expected) =>
    expect(round(amount, decimals, rounding)).toBe(expected),
  );
  it('divides and rounds once', () => {
    expect(divide('10', '3', 2)).toBe('3.33');
    expect(divide('0.05', '2', 2, 'half-even')).toBe('0.02');
    expect(() => divide('1', '0', 2)).toThrow(MoneyError);
  });
  it('turns minor units into decimals and back without a digit lost', () => {
    expect(fromMinor('1000000000000000', 2)).toBe('10000000000000.00');
    expect(fromMinor(5, 3)).toBe('0.005');
    expect(fromMinor(500, 0)).toBe('500');
    expect(toMinor('10000000000000.00', 2)).toBe('1000000000000000');
    expect(() => toMinor('0.005', 2)).toThrow(/more than 2 decimals/);
  });
  it('allocates so that the parts sum to the whole', () => {
    expect(allocate('100.00', ['1', '1', '1'], 2)).toEqual(['33.34', '33.33', '33.33']);
    expect(allocate('-0.05', ['1', '2'], 2)).toEqual(['-0.01', '-0.04']);
  });
  it('knows currencies without cents', () => expect(['JPY', 'EUR', 'KWD'].map(minorUnits)).toEqual([0, 2, 3]));
  it('compares by value', () => expect(compare('1.0', '1.00')).toBe(0));
  it.each([0.1, 'abc', '1e5', '', null, '１'])('refuses %p', (bad) => expect(() => add(bad as string)).toThrow(MoneyError));
});
