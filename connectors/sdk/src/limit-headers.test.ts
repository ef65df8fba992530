// A pause is as long as the vendor asks, whichever way it says so, and never longer than a day.
import { describe, expect, it } from '@jest/globals';
import { pauseAsked, retryAfterMs } from './limit-headers.js';

describe('Retry-After', () => {
  it.each([
    ['7', 7_000],
    ['0.5', 500],
    ['999999999', 86_400_000],
    ['soon', undefined],
    ['-1', undefined],
    ['', undefined],
  ])('%j is %p ms', (value, ms) => expect(retryAfterMs({ headers: { 'retry-after': value } })).toBe(ms));
  it('as a date counts from the answer’s own date', () => {
    const headers = { 'retry-after': 'Fri, 27 Nov 2026 06:00:30 GMT', date: 'Fri, 27 Nov 2026 06:00:00 GMT' };
    expect(retryAfterMs({ headers })).toBe(30_000);
    expect(retryAfterMs({ headers: { 'retry-after': headers['retry-after'] } })).toBe(undefined);
  });
});

describe('the pause that an answer asks for', () => {
  const pause = pauseAsked({
    otherwiseMs: 5_000,
    budgets: [
      { remaining: 'x-min', forMs: 60_000 },
      { remaining: 'x-day', resetSeconds: 'x-reset', forMs: 1 },
    ],
  });
  it('is none for an ordinary answer', () => expect(pause({ status: 200, headers: { 'x-min': '59' } })).toBe(undefined));
  it('is what a 429 says, or the usual', () => {
    expect(pause({ status: 429, headers: { 'retry-after': '2' } })).toBe(2_000);
    expect(pause({ status: 429, headers: {} })).toBe(5_000);
  });
  it('comes with the last call of a budget, before the vendor refuses one', () => {
    expect(pause({ status: 200, headers: { 'x-min': '0' } })).toBe(60_000);
    expect(pause({ status: 200, headers: { 'x-day': '0', 'x-reset': '120' } })).toBe(120_000);
    expect(pause({ status: 200, headers: { 'x-day': 'none' } })).toBe(undefined);
  });
});
