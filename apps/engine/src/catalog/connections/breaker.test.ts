// Five failures in a row rest a connection, each failed probe twice as long, and one success ends it.
import { describe, expect, it } from '@jest/globals';
import { afterFailure, afterSuccess, closedBreaker, mayCall, type BreakerState } from './breaker.js';

const failed = (times: number, from: BreakerState = closedBreaker, nowMs = 0): BreakerState =>
  times === 0 ? from : failed(times - 1, afterFailure(from, nowMs), nowMs);

describe('breaker', () => {
  it('lets calls go until the fifth failure', () => {
    expect(mayCall(failed(4), 0)).toBe(true);
    expect(mayCall(failed(5), 0)).toBe(false);
  });
  it('lets a probe go after two seconds, and not before', () => {
    expect(mayCall(failed(5), 1_999)).toBe(false);
    expect(mayCall(failed(5), 2_000)).toBe(true);
  });
  it('doubles the pause up to a minute', () => {
    let state = failed(5);
    const pauses = [];
    for (let n = 0; n < 7; n += 1) {
      pauses.push(state.openUntil);
      state = afterFailure(state, 0);
    }
    expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  });
  it('forgets everything at a success', () => expect(afterSuccess()).toEqual(closedBreaker));
});
