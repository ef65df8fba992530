// An expression that is late on everything is stopped for a while; one that is late now and then is not.
import { describe, expect, it } from '@jest/globals';
import { lateInARowMax, Runaways, stoppedMs } from './runaways.js';

const lateTimes = (runaways: Runaways, times: number, now = 0): void => {
  for (let n = 0; n < times; n += 1) runaways.wasLate('f', now);
};

describe('an expression', () => {
  it('is stopped after three late answers in a row, and no other with it', () => {
    const runaways = new Runaways();
    lateTimes(runaways, lateInARowMax - 1);
    expect(runaways.stops('f', 0)).toBe(false);
    lateTimes(runaways, 1);
    expect([runaways.stops('f', 0), runaways.stops('g', 0)]).toEqual([true, false]);
  });

  it('is not stopped when an answer in time came between', () => {
    const runaways = new Runaways();
    lateTimes(runaways, lateInARowMax - 1);
    runaways.wasInTime('f');
    lateTimes(runaways, lateInARowMax - 1);
    expect(runaways.stops('f', 0)).toBe(false);
  });

  it('is tried by one record when its time is over, and is stopped again or free by what comes of it', () => {
    const runaways = new Runaways();
    lateTimes(runaways, lateInARowMax);
    expect(runaways.stops('f', stoppedMs - 1)).toBe(true);
    expect([runaways.stops('f', stoppedMs), runaways.stops('f', stoppedMs)]).toEqual([false, true]);
    runaways.wasLate('f', stoppedMs + 500);
    expect(runaways.stops('f', 2 * stoppedMs)).toBe(true);
    runaways.wasInTime('f');
    expect(runaways.stops('f', 2 * stoppedMs)).toBe(false);
  });
});
