import { describe, expect, it } from '@jest/globals';
import { readOptions } from './options.js';

describe('the options', () => {
  it('play both books by default; the real ERP has fewer customers', () =>
    expect(readOptions([])).toEqual({ seed: 'month', books: ['sandbox', 'tryton'], json: false, customers: { sandbox: 500, tryton: 40 } }));
  it('take one of the books and a number of customers', () =>
    expect(readOptions(['--books', 'tryton', '--customers', '12'])).toMatchObject({
      books: ['tryton'],
      customers: { sandbox: 12, tryton: 12 },
    }));
  it.each([
    [['--books', 'sap'], 'takes sandbox, tryton or both, not sap'],
    [['--customers', '9'], 'from 10 to 2000, not 9'],
    [['--customers', '2001'], 'from 10 to 2000, not 2001'],
    [['--customers', 'many'], 'not many'],
  ])('refuse %p', (args, sentence) => expect(() => readOptions(args)).toThrow(sentence));
});
