import { describe, expect, it } from '@jest/globals';
import { daysToClose, endOf, monthsBefore, shareOf } from './value.js';

const at = (text: string) => ({ reviewedAt: new Date(text) });

describe('days to close', () => {
  it.each([
    ['the last sign-off counts', [at('2026-11-02T09:00:00Z'), at('2026-11-04T09:00:00Z')], 4],
    ['signed on the first instant', [at('2026-11-01T00:00:00Z')], 0],
    ['signed before the month was over', [at('2026-10-30T09:00:00Z')], 0],
    ['one is not signed', [at('2026-11-02T09:00:00Z'), { reviewedAt: null }], null],
    ['there is no control', [], null],
  ])('%s', (_, controls, days) => expect(daysToClose(endOf('2026-10'), controls)).toBe(days));
});

describe('a share', () => {
  it.each([
    [999, 1_000, 99.9],
    [9_999, 10_000, 99.9],
    [10, 10, 100],
    [0, 0, null],
  ])('%d of %d', (part, of, share) => expect(shareOf(part, of)).toBe(share));
});

describe('months', () => {
  it('go back over the turn of a year, in UTC', () =>
    expect(monthsBefore(new Date('2026-02-01T00:30:00Z'), 4)).toEqual(['2026-02', '2026-01', '2025-12', '2025-11']));
  it.each([
    ['2026-02', '2026-03-01T00:00:00.000Z'],
    ['2026-12', '2027-01-01T00:00:00.000Z'],
  ])('%s ends', (month, ends) => expect(endOf(month).toISOString()).toBe(ends));
});
