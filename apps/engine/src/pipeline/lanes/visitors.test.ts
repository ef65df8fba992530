// Who may visit lanes: half of the workers for one target, the others in a row; suspects one lane at a time.
import { describe, expect, it } from '@jest/globals';
import { Visitors } from './visitors.js';

describe('visitors', () => {
  it('keeps half of the workers free of one target, and calls who waits in the order they came', () => {
    const visitors = new Visitors<string>(4);
    expect(['a', 'b', 'c', 'd', 'c'].map((lane) => visitors.enter('erp', lane, lane))).toEqual([true, true, false, false, false]);
    expect(visitors.enter('crm', 'x', 'x')).toBe(true);
    expect([visitors.leave('erp'), visitors.leave('erp'), visitors.leave('erp')]).toEqual(['c', 'd', undefined]);
  });
  it('lets one visit at least', () => expect(new Visitors<string>(1).enter('erp', 'a', 'a')).toBe(true));
  it('lets one lane at a time work on suspects', () => {
    const visitors = new Visitors<string>(4);
    expect([visitors.takeSuspects('a'), visitors.takeSuspects('b')]).toEqual([true, false]);
    visitors.leaveSuspects('b');
    expect(visitors.takeSuspects('b')).toBe(false);
    visitors.leaveSuspects('a');
    expect(visitors.takeSuspects('b')).toBe(true);
  });
});
