// Who may visit lanes: half of the workers for one target, the others in a row; suspects one lane at a time.
import { describe, expect, it } from '@jest/globals';
import { together } from './together.js';
import { Visitors } from './visitors.js';

const later = (_: string, come: string) => come;

describe('visitors', () => {
  it('keeps half of the workers free of one target, and serves who waits in the order of coming', () => {
    const visitors = new Visitors<string>(4, later);
    expect(['a', 'b', 'c', 'd', 'c'].map((lane) => visitors.enter('erp', lane, lane))).toEqual(['a', 'b', undefined, undefined, undefined]);
    expect(visitors.enter('crm', 'x', 'x')).toBe('x');
    expect(visitors.leave('erp')).toBe('c');
    expect(visitors.enter('erp', 'e', 'e')).toBe('c'); // e does not overtake c and d
    expect(visitors.leave('erp')).toBe('d');
    expect(visitors.enter('erp', 'd', 'd')).toBe('d');
    expect(visitors.leave('erp')).toBe('e');
    expect(visitors.enter('erp', 'e', 'e')).toBe('e');
    expect([visitors.leave('erp'), visitors.leave('erp')]).toEqual([undefined, undefined]);
  });
  it('knows who stands in a row, and not who is visited', () => {
    const visitors = new Visitors<string>(2, later);
    for (const lane of ['a', 'b']) visitors.enter('erp', lane, lane);
    expect([visitors.awaits('a'), visitors.awaits('b'), visitors.awaits('x')]).toEqual([false, true, false]);
    visitors.leave('erp');
    visitors.enter('erp', 'b', 'b');
    expect(visitors.awaits('b')).toBe(false);
  });
  it('lets one visit at least', () => expect(new Visitors<string>(1, later).enter('erp', 'a', 'a')).toBe('a'));
  it('lets one lane at a time work on suspects', () => {
    const visitors = new Visitors<string>(4, later);
    expect([visitors.takeSuspects('a'), visitors.takeSuspects('b')]).toEqual([true, false]);
    visitors.leaveSuspects('b');
    expect(visitors.takeSuspects('b')).toBe(false);
    visitors.leaveSuspects('a');
    expect(visitors.takeSuspects('b')).toBe(true);
  });
  it('swallow no bell of a lane that stands in a row: the newest epoch stays, and that one without came', () => {
    const rung = (epoch?: string) => ({ flow: 'f', lane: 7, ...(epoch === undefined ? {} : { epoch }) });
    const said = (...epochs: (string | undefined)[]) => epochs.map(rung).reduce(together);
    expect(said('9', undefined)).toEqual({ flow: 'f', lane: 7, epoch: '9', plain: true });
    expect(said(undefined, '9')).toEqual({ flow: 'f', lane: 7, epoch: '9', plain: true });
    expect(said('9', '10', '9')).toEqual({ flow: 'f', lane: 7, epoch: '10' });
    expect(said(undefined, '9', '10')).toEqual({ flow: 'f', lane: 7, epoch: '10', plain: true });
    expect(said(undefined, undefined)).toEqual({ flow: 'f', lane: 7 });
    const visitors = new Visitors(2, together);
    visitors.enter('erp', 'a', rung());
    visitors.enter('erp', 'b', rung('9'));
    visitors.enter('erp', 'b', rung()); // a message came meanwhile
    expect(visitors.leave('erp')).toEqual({ flow: 'f', lane: 7, epoch: '9', plain: true });
  });
});
