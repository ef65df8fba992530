// The pure rules of an exception's life: a snooze has an end that is near enough, an owner sees what they own.
import { describe, expect, it } from '@jest/globals';
import { exceptionMoves, exceptionStates, isToDo, sees, snoozeDaysMax, snoozeFlaw } from './life.js';

const now = new Date('2026-03-01T12:00:00Z');
const later = (ms: number) => new Date(now.getTime() + ms);

describe('a snooze', () => {
  it.each([
    ['now', 0, 'not in the future'],
    ['a moment ago', -1, 'not in the future'],
    ['a moment too far', snoozeDaysMax * 86_400_000 + 1, 'more than 92 days'],
  ])('until %s is refused', (_, ms, flaw) => expect(snoozeFlaw(later(ms), now)).toContain(flaw));

  it.each([1, snoozeDaysMax * 86_400_000])('of %d ms is taken', (ms) => expect(snoozeFlaw(later(ms), now)).toBeUndefined());
});

describe('the moves', () => {
  it('name every state, and lead out of none that is resolved', () => {
    expect(Object.keys(exceptionMoves).sort()).toEqual([...exceptionStates].sort());
    expect(exceptionMoves.resolved).toEqual([]);
  });
  it('lead to an end from everywhere else', () =>
    expect(exceptionStates.filter((state) => state !== 'resolved' && !exceptionMoves[state].includes('resolved'))).toEqual([]));
  it('a person is wanted before it is sent again', () => expect(exceptionStates.filter(isToDo)).toEqual(['open', 'in-progress']));
});

describe('who sees an exception', () => {
  it.each([
    [{ entities: null, unassigned: false }, ['US'], true],
    [{ entities: null, unassigned: false }, [], false],
    [{ entities: ['DE'], unassigned: true }, [], true],
    [{ entities: ['DE'], unassigned: true }, ['US'], false],
    [{ entities: ['DE', 'US'], unassigned: false }, ['US'], true],
  ])('%j sees %j: %s', (scope, entities, seen) => expect(sees(scope, entities)).toBe(seen));
});
