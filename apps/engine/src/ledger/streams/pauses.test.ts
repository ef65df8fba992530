// How long a stream rests: doubling to a minute, at once a minute for what only a person can mend, and what the system asks for.
import { expect, it } from '@jest/globals';
import { misconfigured, retryable, throttled, unauthorized } from '@waybill/sdk';
import { pauseAfter } from './pauses.js';

const facts = { code: 'x', message: 'x' };

it('doubles from a second to a minute', () => {
  expect([0, 1, 2, 5, 6, 7, 1_000].map((failures) => pauseAfter(retryable(facts), failures))).toEqual([
    1_000, 2_000, 4_000, 32_000, 60_000, 60_000, 60_000,
  ]);
  expect(pauseAfter(new Error('whatever'), 0)).toBe(1_000);
});
it('looks once a minute at what a person has to mend', () => {
  for (const error of [unauthorized(facts), misconfigured(facts)]) expect(pauseAfter(error, 0)).toBe(60_000);
});
it('waits as it is asked, a minute at most', () => {
  expect(pauseAfter(throttled({ ...facts, retryAfterMs: 7_000 }), 3)).toBe(7_000);
  expect(pauseAfter(throttled({ ...facts, retryAfterMs: 700_000 }), 3)).toBe(60_000);
});
