// The one list of what happened, made of several: nothing is told twice or left out at the edge of a page, and runs fold only where nothing stands between them.
import { describe, expect, it } from '@jest/globals';
import { pageOf, type Happening, type Told } from './timeline.js';
import type { RunsFact } from './timeline-fact.js';

const at = (second: number) => `2026-11-01T00:00:${String(second).padStart(2, '0')}.000000Z`;
const one = (second: number, key: string): Happening => ({ at: at(second), key, kind: 'pause', fact: { code: 'flow-paused' }, by: 'A', reason: null, link: '/' }); // prettier-ignore
const run = (second: number, more: Partial<RunsFact> = {}, by = 'schedule'): Happening => ({
  at: at(second),
  key: `run ${String(second).padStart(2, '0')}`,
  kind: 'run',
  fact: { code: 'runs', run: 'poll', state: 'succeeded', count: 1, firstAt: at(second), lastAt: at(second), read: 3, added: 2, error: null, ...more },
  by,
  reason: 'why',
  link: `/runs/${second}`,
}); // prettier-ignore
const all = (items: Happening[]): Told => ({ items, more: false });
const keys = (events: Happening[]) => events.map(({ key }) => key);

describe('a page of the timeline', () => {
  it('is the newest of all sources; equal times are in the order of their keys', () => {
    const { events, end } = pageOf([all([one(5, 'a 2'), one(3, 'a 1')]), all([one(5, 'b 1'), one(4, 'b 0')])], 10);
    expect(keys(events)).toEqual(['b 1', 'a 2', 'b 0', 'a 1']);
    expect(end).toBeUndefined();
  });

  it('ends where a source may have more, and goes on there', () => {
    const { events, end } = pageOf([{ items: [one(9, 'a 2'), one(8, 'a 1')], more: true }, all([one(8, 'b 1'), one(8, 'a 0'), one(1, 'b 0')])], 10);
    expect(keys(events)).toEqual(['a 2', 'b 1', 'a 1']);
    expect(end?.key).toBe('a 1');
  }); // prettier-ignore

  it('ends at its limit, with the last that is told', () => {
    const { events, end } = pageOf([all([one(3, 'c'), one(2, 'b'), one(1, 'a')])], 2);
    expect([keys(events), end?.key]).toEqual([['c', 'b'], 'b']);
  });

  it('folds runs of one kind that became the same, with their sums, and says who began them where it was one', () => {
    const { events } = pageOf([all([run(9), run(8), run(7)])], 1);
    expect(events).toEqual([
      { ...run(9), key: 'run 07', reason: null, fact: { ...run(9).fact, count: 3, firstAt: at(7), read: 9, added: 6 } },
    ]);
    expect(pageOf([all([run(9), run(8, {}, 'Ines')])], 1).events[0]).toMatchObject({ by: null });
  });

  it('does not fold over another event, another kind or another outcome; what failed last is what it says', () => {
    const failed = { state: 'failed' } as const;
    const { events } = pageOf(
      [all([run(9, { ...failed, error: 'new' }), run(8, { ...failed, error: 'old' }), run(7), run(5), run(4, { run: 'backfill' })]), all([one(6, 'x')])],
      10,
    );
    expect(events.map(({ fact }) => (fact.code === 'runs' ? [fact.run, fact.state, fact.count, fact.error] : fact.code))).toEqual([
      ['poll', 'failed', 2, 'new'],
      ['poll', 'succeeded', 1, null],
      'flow-paused',
      ['poll', 'succeeded', 1, null],
      ['backfill', 'succeeded', 1, null],
    ]);
  }); // prettier-ignore

  it('goes on after the oldest run of a fold, so that none is counted again', () => {
    expect(pageOf([all([run(9), run(8), one(7, 'x')])], 1).end).toMatchObject({ key: 'run 08', fact: { count: 1 } });
  });
});
