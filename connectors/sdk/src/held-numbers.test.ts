// A number that a double would change is refused, whole or not; every other document is read as JSON.parse reads it.
import { describe, expect, it } from '@jest/globals';
import { readHeld } from './held-numbers.js';

describe('a number', () => {
  it.each([
    '0',
    '-0',
    '0.10',
    '1e3',
    '9007199254740991',
    '123456789012.345',
    '0.8833333333333334',
    '1234567890.123450000000000',
    '1E-7',
    '0.000000000000000000012',
  ])('%s is carried', (written) => expect(readHeld(`{"a":[${written}]}`)).toEqual({ a: [Number(written)] }));
  it.each(['9007199254740993', '-12345678901234567890', '1e400', '1e20', '0.12345678901234567', '1234567890.12345678', '1e-320'])(
    '%s is refused, with its digits',
    (written) => {
      expect(() => readHeld(`{"a":${written}}`)).toThrow(`The number ${written} has more digits than can be carried exactly`);
    },
  );
});

it('text is left alone, whatever digits are in it', () => {
  const text = '{"id":"9007199254740993","say \\"1e400\\"":"0.12345678901234567","n":1}';
  expect(readHeld(text)).toEqual(JSON.parse(text));
});
it('what is no JSON is refused as JSON.parse does', () => expect(() => readHeld('{"a":01}')).toThrow(SyntaxError));
