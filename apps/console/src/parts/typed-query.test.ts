// What is typed into the filter of a list: the word under the caret, the text that is left without it, and which offers a filter has.
import { describe, expect, it } from '@jest/globals';
import { chosenOf, knownOf, picked, saidOf, wordOf } from './chosen-filter.js';
import { ageAskedFor, amountAskedFor, comparedAge, comparedAmount, comparedOffers, wordOfAge } from './compared.js';
import { offersOf } from './facets.js';
import { textOf, withoutWord, wordAt } from './typed-query.js';

describe('a typed query', () => {
  it.each([
    ['flow:erp', 8, { name: 'flow', not: false, rest: 'erp', from: 0, to: 8 }],
    ['INV-1 State:pos more', 13, { name: 'state', not: false, rest: 'pos', from: 6, to: 15 }],
    ['INV-1 fl', 8, { name: undefined, not: false, rest: 'fl', from: 6, to: 8 }],
    ['INV-1 -Flow:erp-us', 18, { name: 'flow', not: true, rest: 'erp-us', from: 6, to: 18 }],
    ['-fl', 3, { name: undefined, not: true, rest: 'fl', from: 0, to: 3 }],
    ['amount:-5..0 x', 3, { name: 'amount', not: false, rest: '-5..0', from: 0, to: 12 }],
    ['INV-1 ', 6, undefined],
    ['', 0, undefined],
    ['a:b:c', 5, { name: 'a', not: false, rest: 'b:c', from: 0, to: 5 }],
  ])('%j at %d: the word there', (text, caret, word) => expect(wordAt(text, caret)).toEqual(word));

  it('leaves the rest of the text when its word has become a filter', () => {
    const text = 'INV-1 flow:erp 2026';
    expect(withoutWord(text, wordAt(text, 10)!)).toBe('INV-1 2026');
    expect(withoutWord('flow:erp', { from: 0, to: 8 })).toBe('');
  });

  it('is text only where no filter is meant, also while one is half typed', () => {
    expect(textOf('INV-1 flow: FLOW:erp', ['flow', 'state'])).toBe('INV-1');
    expect(textOf('http://a fl', ['flow'])).toBe('http://a fl');
    expect(textOf('-flow:erp -INV-1 -state: a-flow:x', ['flow', 'state'])).toBe('-INV-1 a-flow:x');
  });
});

describe('a filter', () => {
  it('of one value is set, and set off by the same; of several it is added and taken away', () => {
    expect([picked({ value: undefined }, 'a'), picked({ value: 'a' }, 'b'), picked({ value: 'a' }, 'a')]).toEqual(['a', 'b', undefined]);
    const several = (value: string | undefined, one: string) => picked({ value, multiple: true }, one);
    expect([several(undefined, 'a'), several('a', 'b'), several('a,b', 'a'), several('a', 'a')]).toEqual(['a', 'a,b', 'b', undefined]);
  });

  it('leaves out what is picked with a minus, several; what is wanted and what is not do not stand beside each other', () => {
    const next = (value: string | undefined, one: string, multiple = false) => picked({ value, multiple, not: true }, one);
    expect([next(undefined, '-a'), next('-a', '-b'), next('-a,-b', '-a'), next('-a', '-a')]).toEqual(['-a', '-a,-b', '-b', undefined]);
    expect([next('a', '-b'), next('-a,-b', 'c'), next('a,b', '-c', true), next('-c', 'a', true)]).toEqual(['-b', 'c', '-c', 'a']);
    // A number below zero is no value that is left out.
    expect(picked({ value: '-5..0' }, '-5..0')).toBeUndefined();
  });

  it('says part by part what it is set to', () => {
    const flow = { choices: [{ value: 'a', label: 'Flow A' }], not: true };
    expect(chosenOf({ value: '-a,-b', not: true }).map((part) => wordOf(flow, part))).toEqual(['not Flow A', 'not b']);
    expect(chosenOf({ value: 'Berlin, DE', not: true })).toEqual(['Berlin, DE']);
    expect(saidOf(['a', 'b'], (one) => one.toUpperCase())).toBe('A or B');
    expect(saidOf(['-a', '-b'], (one) => one.toUpperCase())).toBe('not A and not B');
  });

  it('of an address is asked only where all of it is known', () => {
    const known = (value: string, multiple = false) => knownOf(value, (one) => ['a', 'b'].includes(one), { multiple });
    expect(['a', '-a', '-a,-b', 'a,b', 'x', '-x', 'a,-b', '-'].map((value) => known(value))).toEqual(['a', '-a', '-a,-b', undefined, undefined, undefined, undefined, undefined]);
    expect(known('a,b', true)).toBe('a,b');
  }); // prettier-ignore

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

describe('how old', () => {
  it.each([
    ['>24h', 'older than 24 h'],
    ['>=1d', 'at least 1 day old'],
    ['<15m', 'newer than 15 min'],
    ['<=2w', 'at most 2 weeks old'],
    ['1h..2d', '1 h to 2 days old'],
    ['3-7', '3 to 7 days'],
  ])('%s: %s', (text, words) => expect([ageAskedFor(text), wordOfAge(text)]).toEqual([text, words]));

  it.each(['>yesterday', '24h', '>24', '>1.5h', '>-1h', '>1y', '2h..1h', '1h..', '1h..2h..3h', '2-3', '>3651d', ''])(
    'is not what the engine would refuse: %j',
    (text) => expect([ageAskedFor(text), comparedAge.words(text)]).toEqual([undefined, undefined]),
  );

  it('is begun while it may become something, and wrong as soon as it may not', () => {
    for (const text of ['', '>', '>=', '<1', '>24', '1d..', '1d.', '3-', '1d..7']) expect([text, comparedAge.isBegun(text)]).toEqual([text, true]);
    for (const text of ['>y', '>24x', '1d...7', '>1d..', 'a']) expect([text, comparedAge.isBegun(text)]).toEqual([text, text === '>1d..']);
    expect(comparedAge.problem('>yesterday')).toBe('“>yesterday” is no age. Write a number with m, h, d or w behind > or <, such as age:>24h.');
  }); // prettier-ignore
});

describe('how much', () => {
  const { words, isBegun, problem } = comparedAmount(undefined);
  it.each([
    ['>1000', 'more than 1,000.00'],
    ['>=1000', 'at least 1,000.00'],
    ['<250.5', 'less than 250.50'],
    ['<=250.505', 'at most 250.505'],
    ['1000..5000', '1,000.00 to 5,000.00'],
    ['-5..0', '-5.00 to 0.00'],
    ['12345678901234567890.1234567891', '12,345,678,901,234,567,890.1234567891'],
  ])('%s: %s, to the last digit', (text, said) => expect([amountAskedFor(text), words(text)]).toEqual([text, said]));

  it.each([
    '>abc',
    '1,000',
    '1e3',
    '.5',
    '5.',
    '=5',
    '5000..1000',
    '10..9.99',
    '-1..-2',
    '1..',
    '>123456789012345678901',
    '>0.12345678901',
  ])('is not what the engine would refuse: %j', (text) => expect(amountAskedFor(text)).toBeUndefined());

  it('is said in the currency that is asked for, and otherwise that each is compared in its own', () => {
    expect(comparedAmount('EUR').words('>=1000')).toBe('at least EUR\u00a01,000.00');
    expect(comparedAmount('EUR').note).toBeUndefined();
    for (const currency of [undefined, '-EUR', 'none']) expect(comparedAmount(currency).note).toMatch(/in the currency of each document/);
    expect([isBegun('>12.'), isBegun('-'), isBegun('>abc')]).toEqual([true, true, false]);
    expect(problem('>abc')).toBe('“>abc” is no amount. Write a number without separators of thousands, such as amount:>1000.');
  });

  it('is offered as it is typed so far, then by examples', () => {
    const values = (typed: string) => comparedOffers(comparedAge, typed).map(({ value }) => value);
    expect([values(''), values('>'), values('>2'), values('>3d')]).toEqual([['>24h', '<15m', '1d..7d'], ['>24h'], ['>24h'], ['>3d']]);
  });
});
