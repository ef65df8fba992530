// Two people change one text: what they did in different places is put together, and what they did in one place is left to a person.
import { describe, expect, it } from '@jest/globals';
import { mergeTexts } from './merge-texts.js';

const base = 'flow: a\nwhen: x\nmap: m\npermit:\n  - rule: one\nto: erp\n';

describe('two changes of one text', () => {
  it('are put together where they stand apart', () => {
    const mine = base.replace('when: x', 'when: y\n# mine');
    const theirs = base.replace('to: erp', 'to: erp-us');
    expect(mergeTexts(base, { mine, theirs })).toBe(base.replace('when: x', 'when: y\n# mine').replace('to: erp', 'to: erp-us'));
  });

  it('are one where both did the same', () => {
    const same = base.replace('map: m', 'map: n');
    expect(mergeTexts(base, { mine: same.replace('flow: a', 'flow: b'), theirs: same })).toBe(same.replace('flow: a', 'flow: b'));
  });

  it('are not put together where they meet', () => {
    expect(mergeTexts(base, { mine: base.replace('map: m', 'map: n'), theirs: base.replace('map: m', 'map: o') })).toBeUndefined();
    expect(mergeTexts(base, { mine: base.replace('when: x', 'when: y'), theirs: base.replace('map: m\n', '') })).toBeUndefined();
    expect(mergeTexts(base, { mine: `${base}mine\n`, theirs: `${base}theirs\n` })).toBeUndefined();
  });

  it('lose nothing at the ends, and keep a text that only one changed', () => {
    expect(mergeTexts(base, { mine: `# first\n${base}`, theirs: base })).toBe(`# first\n${base}`);
    expect(mergeTexts(base, { mine: base, theirs: `${base}last` })).toBe(`${base}last`);
    expect(mergeTexts('a\nb\nc\nd', { mine: 'a\nc\nd', theirs: 'a\nb\nc\nD' })).toBe('a\nc\nD');
  });
});
