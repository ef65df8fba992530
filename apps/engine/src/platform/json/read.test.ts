// The fast reader refuses what the exact one refuses, and gives what it gives; numbers that a double does not hold keep their digits.
import { describe, expect, it } from '@jest/globals';
import { JsonRefused, parseExact, WrittenNumber } from './exact.js';
import { readJson } from './read.js';

const codeOf = (read: () => unknown): string => {
  try {
    read();
    return 'read';
  } catch (error) {
    if (error instanceof JsonRefused) return error.code;
    throw error;
  }
};
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('readJson', () => {
  it.each([
    '{"a":1}',
    '[]',
    ' { "a" : [ 1 , -2.5 , true , null , "x\\"y" ] } ',
    '"a:b"',
    '{"a":":{}[]\\\\"}',
    '{"a":"\\u00e4"}',
    '12',
    '{"value":"constructor"}',
    '{"e":"1e5"}',
    nested(64),
  ])('reads %s like the exact one', (text) => expect(readJson(text).value).toEqual(parseExact(text)));

  it.each([
    ['', 'BODY_NOT_JSON'],
    ['{', 'BODY_NOT_JSON'],
    ['{"a":1,}', 'BODY_NOT_JSON'],
    ['{"a":1}x', 'BODY_NOT_JSON'],
    ['\ufeff{}', 'BODY_NOT_JSON'],
    ['01', 'BODY_NOT_JSON'],
    ['{"a":"\u0000"}', 'BODY_NOT_JSON'],
    [nested(65), 'BODY_TOO_DEEP'],
    [`{"a":${nested(64)}}`, 'BODY_TOO_DEEP'],
    ['['.repeat(100_000), 'BODY_TOO_DEEP'],
    ['{"a":1,"a":1}', 'BODY_KEY_REFUSED'],
    ['[{"b":{"a":1,"c":2,"a":3}}]', 'BODY_KEY_REFUSED'],
    ['{"a":1,"\\u0061":2}', 'BODY_KEY_REFUSED'],
    ['{"__proto__":1}', 'BODY_KEY_REFUSED'],
    ['{"x":{"\\u005f_proto__":{"admin":true}}}', 'BODY_KEY_REFUSED'],
    ['{"constructor":1}', 'BODY_KEY_REFUSED'],
    ['{"prototype":1}', 'BODY_KEY_REFUSED'],
  ])('refuses %j: %s', (text, code) => {
    expect(codeOf(() => readJson(text))).toBe(code);
    expect(codeOf(() => parseExact(text))).toBe(code);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it('gives a number that a double does not hold as it was written, wherever it stands', () => {
    const { value, written } = readJson('{"a":[12345678901234567890,0.1,1e400,-9007199254740993],"b":1.5}');
    expect(written).toBe(true);
    expect(value).toEqual({
      a: [new WrittenNumber('12345678901234567890'), 0.1, new WrittenNumber('1e400'), new WrittenNumber('-9007199254740993')],
      b: 1.5,
    });
  });

  it('says whether its text was written with escapes', () => {
    expect(readJson('{"a":"b"}')).toMatchObject({ escaped: false, written: false });
    expect(readJson('{"a":"\\ud800"}')).toMatchObject({ escaped: true });
  });

  it('agrees with the exact one on ten thousand texts that were broken by chance', () => {
    let seed = 7;
    const chance = (most: number) => (seed = (seed * 48_271) % 2_147_483_647) % most;
    const texts = ['{"a":[1,2,{"b":null}],"c":"d\\"e"}', '[{"x":1.25e3,"y":"\\u00e9"},[],{}]', '{"k":{"k":{"k":[true,false]}}}'];
    const signs = ['"', '{', '}', '[', ']', ',', ':', '\\', '1', 'e', '-', ' ', 'u', 'k', '.'];
    for (let n = 0; n < 10_000; n += 1) {
      const text = texts[chance(texts.length)]!;
      const at = chance(text.length);
      const broken = text.slice(0, at) + signs[chance(signs.length)]! + text.slice(at + chance(3));
      const code = codeOf(() => readJson(broken));
      expect([broken, code]).toEqual([broken, codeOf(() => parseExact(broken))]);
      if (code === 'read') expect(readJson(broken).value).toEqual(parseExact(broken, { inexact: (written) => new WrittenNumber(written) }));
    }
  });
});
