// Amounts cross the wire with every digit they have, and nothing else of a document changes.
import { describe, expect, it } from '@jest/globals';
import { amountOf, readExact, writeExact } from './exact-json.js';

describe('exact JSON', () => {
  it('reads numbers as they are written, and leaves strings alone', () => {
    const text =
      '{"a":10.10,"b":-0.005,"c":12345678901234567890.12,"d":"say 1, \\"2\\" and 3.50","e":[1,{"f":1e3}],"g":null,"h":true,"1":2}';
    expect(readExact(text)).toEqual({ a: '10.10', b: '-0.005', c: '12345678901234567890.12', d: 'say 1, "2" and 3.50', e: ['1', { f: '1e3' }], g: null, h: true, 1: '2' }); // prettier-ignore
  });
  it.each(['', '{', '01', '{"a":1.}', '<html>'])('refuses %j as JSON.parse does', (text) =>
    expect(() => readExact(text)).toThrow(SyntaxError),
  );
  it('writes them as they are', () => {
    const value = { amount: amountOf('12345678901234567890.10'), gone: undefined, list: [amountOf('0.10'), 'x"y'], note: null, many: 3 };
    expect(writeExact(value)).toBe('{"amount":12345678901234567890.10,"list":[0.10,"x\\"y"],"note":null,"many":3}');
    expect(readExact(writeExact(value))).toMatchObject({ amount: '12345678901234567890.10' });
  });
  it.each(['', 'abc', '1e3', '01', '1.', '+1', '1,0', '--1', 'NaN'])('takes no %j for an amount', (text) =>
    expect(() => amountOf(text)).toThrow(RangeError),
  );
});
