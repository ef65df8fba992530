// The heat map's arithmetic: days by the clock that is shown, gaps by whole hours, levels that a busy hour does not flatten.
import { describe, expect, it } from '@jest/globals';
import { daysOf, gapsOf, levelOf } from './hours.js';

const at = (text: string) => Date.parse(text);
const hour = (from: string, events: number) => ({ from, events });

describe('days', () => {
  it('are those of the clock that is shown, newest first, and open hours are no zeros', () => {
    const span = { from: at('2026-10-01T22:00:00Z'), to: at('2026-10-03T00:00:00Z'), now: at('2026-10-02T01:30:00Z') };
    const days = daysOf([hour('2026-10-01T23:00:00Z', 7)], { ...span, timeZone: 'UTC' });
    expect(days.map(({ day, total }) => [day, total])).toEqual([['2026-10-02', 0], ['2026-10-01', 7]]); // prettier-ignore
    expect(days[1]!.hours.slice(21)).toEqual([undefined, 0, 7]);
    expect(days[0]!.hours.slice(0, 3)).toEqual([0, undefined, undefined]);
    const [inRome] = daysOf([hour('2026-10-01T23:00:00Z', 7)], { ...span, timeZone: 'Europe/Rome' });
    expect(inRome).toMatchObject({ day: '2026-10-02', total: 7 });
    expect(inRome!.hours.slice(0, 2)).toEqual([0, 7]);
  });
  it('of 25 hours hold both of the hour that comes twice, and of 23 have one that never was', () => {
    const both = [hour('2026-10-25T00:00:00Z', 2), hour('2026-10-25T01:00:00Z', 3)];
    const span = { from: at('2026-10-24T22:00:00Z'), to: at('2026-10-25T23:00:00Z'), now: at('2026-12-01T00:00:00Z') };
    expect(daysOf(both, { ...span, timeZone: 'Europe/Rome' })[0]!.hours[2]).toBe(5);
    const spring = { from: at('2026-03-28T23:00:00Z'), to: at('2026-03-29T22:00:00Z'), now: at('2026-12-01T00:00:00Z') };
    expect(daysOf([], { ...spring, timeZone: 'Europe/Rome' })[0]!.hours.slice(1, 4)).toEqual([0, undefined, 0]);
  });
});

it('gaps lie between hours with events, the longest first', () => {
  const hours = ['00', '01', '03', '07'].map((h) => hour(`2026-10-01T${h}:00:00Z`, 1));
  expect(gapsOf([...hours, hour('2026-10-01T09:00:00Z', 0)])).toEqual([
    { from: '2026-10-01T04:00:00.000Z', to: '2026-10-01T07:00:00.000Z', hours: 3 },
    { from: '2026-10-01T02:00:00.000Z', to: '2026-10-01T03:00:00.000Z', hours: 1 },
  ]);
  expect(gapsOf([])).toEqual([]);
});

it('levels go from nothing to the most', () => {
  expect([0, 1, 50, 10_000, 1_000_000].map((n) => levelOf(n, 1_000_000))).toEqual([0, 1, 2, 4, 5]);
  expect(levelOf(1, 1)).toBe(5);
});
