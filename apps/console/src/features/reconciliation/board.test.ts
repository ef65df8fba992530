// A day shows the month that needs a person most; the way from one sum to the other ends where the other is.
import { describe, expect, it } from '@jest/globals';
import type { ControlRun } from '../../api/reconcile.js';
import { dayCells, daysUntil, newestDay, stepsOf } from './board.js';

const run = (more: Partial<ControlRun>) => ({ control: 'us-invoices', day: '2026-11-27', period: '2026-11', state: 'done', openGaps: 0, drift: 0, ...more }) as ControlRun; // prettier-ignore

describe('the board', () => {
  it('has the days until today, oldest first, over the end of a month', () =>
    expect(daysUntil(new Date(2026, 10, 2), 4)).toEqual(['2026-10-30', '2026-10-31', '2026-11-01', '2026-11-02']));
  it('shows the worst month of a day first', () => {
    const all = [run({ id: 'a' }), run({ id: 'b', openGaps: 1, period: '2026-10' }), run({ id: 'c', openGaps: 1, drift: 1, period: '2026-09' }), run({ id: 'd', state: 'failed', period: '2026-08' })];
    expect(dayCells(all).get('us-invoices 2026-11-27')!.map(({ id }) => id)).toEqual(['d', 'c', 'b', 'a']);
  });
  it('says of the last day the newest run of each month, the oldest month first', () => {
    const all = [
      run({ id: 'late', startedAt: '2026-11-27T09:00:00.000Z' }), run({ id: 'early', startedAt: '2026-11-27T06:00:00.000Z' }),
      run({ id: 'october', period: '2026-10' }), run({ id: 'yesterday', day: '2026-11-26' }), run({ id: 'other', control: 'de-invoices' }),
    ];
    for (const given of [all, [...all].reverse()]) expect(newestDay(given, 'us-invoices').map(({ id }) => id)).toEqual(['october', 'late']);
    expect(newestDay(all, 'nobody')).toEqual([]);
  });
}); // prettier-ignore
describe('the waterfall', () => {
  it('goes from step to step', () =>
    expect(stepsOf(100, [-20, 5])).toEqual({ steps: [{ from: 100, to: 80 }, { from: 80, to: 85 }], end: 85 }));
}); // prettier-ignore
