// What is typed into the filter of a list: the word under the caret, the text that is left without it, and which offers a filter has.
import { describe, expect, it } from '@jest/globals';
import { picked } from './chosen-filter.js';
import { offersOf } from './facets.js';
import { textOf, withoutWord, wordAt } from './typed-query.js';

describe('a typed query', () => {
  it.each([
    ['flow:erp', 8, { name: 'flow', rest: 'erp', from: 0, to: 8 }],
    ['INV-1 State:pos more', 13, { name: 'state', rest: 'pos', from: 6, to: 15 }],
    ['INV-1 fl', 8, { name: undefined, rest: 'fl', from: 6, to: 8 }],
    ['INV-1 ', 6, undefined],
    ['', 0, undefined],
    ['a:b:c', 5, { name: 'a', rest: 'b:c', from: 0, to: 5 }],
  ])('%j at %d: the word there', (text, caret, word) => expect(wordAt(text, caret)).toEqual(word));

  it('leaves the rest of the text when its word has become a filter', () => {
    const text = 'INV-1 flow:erp 2026';
    expect(withoutWord(text, wordAt(text, 10)!)).toBe('INV-1 2026');
    expect(withoutWord('flow:erp', { from: 0, to: 8 })).toBe('');
  });

  it('is text only where no filter is meant, also while one is half typed', () => {
    expect(textOf('INV-1 flow: FLOW:erp', ['flow', 'state'])).toBe('INV-1');
    expect(textOf('http://a fl', ['flow'])).toBe('http://a fl');
  });
});

describe('a filter', () => {
  it('of one value is set, and set off by the same; of several it is added and taken away', () => {
    expect([picked({ value: undefined }, 'a'), picked({ value: 'a' }, 'b'), picked({ value: 'a' }, 'a')]).toEqual(['a', 'b', undefined]);
    const several = (value: string | undefined, one: string) => picked({ value, multiple: true }, one);
    expect([several(undefined, 'a'), several('a', 'b'), several('a,b', 'a'), several('a', 'a')]).toEqual(['a', 'a,b', 'b', undefined]);
  });

  const choices = ['posted', 'held', 'blocked'].map((value) => ({ value, label: value.toUpperCase() }));
  const answer = { items: [{ value: 'held', count: 1_204 }, { value: 'odd', count: 3 }], more: false, atLeast: false, asOf: '' }; // prettier-ignore

  it('offers what is counted first, then what is known, which is nowhere when everything was counted', () =>
    expect(offersOf(choices, answer)).toEqual([
      { value: 'held', label: 'HELD', count: '1,204' },
      { value: 'odd', label: 'odd', count: '3' },
      { value: 'posted', label: 'POSTED', count: '0' },
      { value: 'blocked', label: 'BLOCKED', count: '0' },
    ]));

  it('says no number of what was not counted, and a plus where not all was', () =>
    expect(offersOf(choices, { ...answer, atLeast: true }).map(({ count }) => count)).toEqual(['1,204+', '3+', undefined, undefined]));

  it('offers what has the letters, in its value or its name, and all that is known before it was counted', () => {
    expect(offersOf(choices, answer, ' OD').map(({ value }) => value)).toEqual(['odd']);
    expect(offersOf(choices, undefined)).toEqual(choices);
  });
});
