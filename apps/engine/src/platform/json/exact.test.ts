// Strict JSON: no digit lost, no prototype reached, no depth without end.
import { describe, expect, it } from '@jest/globals';
import { JsonRefused, parseExact } from './exact.js';

const code = (text: string) => {
  try {
    parseExact(text);
  } catch (error) {
    if (error instanceof JsonRefused) return error.code;
    throw error;
  }
  return 'accepted';
};

describe('parseExact', () => {
  it.each(['{"a":[1,2.5,-3e2,true,false,null,"x\\n\\u00e4"],"b":{}}', ' [ ] ', '"a"', '0', '{"":""}'])(
    'agrees with JSON.parse on %s',
    (text) => expect(parseExact(text)).toEqual(JSON.parse(text)),
  );
  it.each([
    ['9007199254740993', '9007199254740993'],
    ['12345678901234567890.12', '12345678901234567890.12'],
    ['0.1234567890123456789', '0.1234567890123456789'],
    ['1e400', '1e400'],
    ['1e-400', '1e-400'],
    ['1.2345678901234567890e3', '1.2345678901234567890e3'],
  ])('keeps the digits of %s as text', (text, expected) => expect(parseExact(text)).toBe(expected));
  it.each([
    ['{"__proto__":{}}', 'BODY_KEY_REFUSED'],
    ['{"a":1,"a":2}', 'BODY_KEY_REFUSED'],
    ['{"\\u005f_proto__":1}', 'BODY_KEY_REFUSED'],
    ['['.repeat(65) + ']'.repeat(65), 'BODY_TOO_DEEP'],
    ['['.repeat(60_000), 'BODY_TOO_DEEP'],
    ['', 'BODY_NOT_JSON'],
    ['{"a":1,}', 'BODY_NOT_JSON'],
    ['[1 2]', 'BODY_NOT_JSON'],
    ['01', 'BODY_NOT_JSON'],
    ['"a', 'BODY_NOT_JSON'],
    ['"a\nb"', 'BODY_NOT_JSON'],
    ['\ufeff{}', 'BODY_NOT_JSON'],
    ['{} {}', 'BODY_NOT_JSON'],
    ['nul', 'BODY_NOT_JSON'],
    ['NaN', 'BODY_NOT_JSON'],
  ])('refuses %s', (text, expected) => expect(code(text)).toBe(expected));
  it('reads 64 levels', () => expect(code('['.repeat(64) + ']'.repeat(64))).toBe('accepted'));
});
