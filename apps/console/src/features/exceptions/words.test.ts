// What is read of an address, when a snooze ends, and how a history is worded.
import { describe, expect, it } from '@jest/globals';
import { noEntry } from '../../../test/fixtures.js';
import { outcomeWords, snoozeChoices } from './acts.js';
import { entryWords } from './history-words.js';
import { filterOf, filtersIn, isGrouped } from './search.js';

describe('the address', () => {
  it('asks for nothing that the engine does not know', () =>
    expect(filterOf({ state: 'nonsense', due: 'x', snoozed: 'y', category: 'z', age: '2-3', currency: 'euro', owner: 'me' })).toEqual({
      owner: 'me',
    }));
  it.each([
    [{}, true],
    [{ state: 'in-progress', flow: 'f' }, true],
    [{ state: 'resolved' }, false],
    [{ causeKey: 'k' }, false],
    [{ sort: 'oldest' }, false],
    [{ view: 'list' }, false],
  ])('%j is shown by cause: %s', (search, grouped) => expect(isGrouped(search)).toBe(grouped));
  it('names its filters in words', () =>
    expect(filtersIn({ state: 'open', owner: 'usr_1', due: 'breached', q: 'x' }, [{ value: 'usr_1', label: 'Ada' }])).toEqual([
      { key: 'q', word: 'text “x”' },
      { key: 'state', word: 'state open' },
      { key: 'owner', word: 'owner ada' },
      { key: 'due', word: 'over time' },
    ]));
});

describe('a snooze', () => {
  it.each([
    [new Date(2026, 2, 2, 15), 9], // a Monday: the next one
    [new Date(2026, 2, 1, 15), 2], // a Sunday: tomorrow
    [new Date(2026, 2, 4, 15), 9], // a Wednesday
  ])('until Monday from %s is the %dth', (now, date) => {
    const monday = snoozeChoices(now).find(({ label }) => label === 'Monday morning')!.until;
    expect([monday.getDay(), monday.getDate(), monday.getHours()]).toEqual([1, date, 9]);
  });
  it('never ends before it begins', () => {
    const now = new Date(2026, 11, 31, 23, 59);
    expect(snoozeChoices(now).every(({ until }) => until > now)).toBe(true);
  });
});

describe('words', () => {
  const at = (instant: string) => `<${instant}>`;
  it.each([
    [{ kind: 'assigned', by: 'Ada', assignee: 'Ada' }, { did: 'took it up' }],
    [{ kind: 'assigned', by: 'Ada', assignee: 'Ben' }, { did: 'assigned it to Ben' }],
    [{ kind: 'snoozed', by: 'Ada', until: 't' }, { did: 'snoozed it until <t>' }],
    [{ kind: 'moved', to: 'posted', words: null }, { did: 'posted it' }],
    [{ kind: 'moved', to: 'not-known-yet' }, { did: 'moved it to not-known-yet' }],
  ])('%j', (entry, words) =>
    expect(entryWords({ ...noEntry, at: '2026-01-01T00:00:00.000Z', ...entry } as never, at)).toMatchObject(words),
  );

  it('tell what was refused with the first reason', () => {
    expect(outcomeWords('resolved', { done: 1, refused: [] })).toBe('1 exception resolved');
    expect(outcomeWords('resolved', { done: 1200, refused: [{ exceptionId: 'e', code: 'c', reason: 'It has ended.' }] })).toBe(
      '1,200 exceptions resolved; 1 refused: It has ended.',
    );
  });
});
