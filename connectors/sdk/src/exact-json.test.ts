// Amounts cross the border of a vendor that writes them as JSON numbers without losing a digit.
import { describe, expect, it } from '@jest/globals';
import { exactNumber, readExactJson, readExactObject, writeExactJson } from './exact-json.js';

describe('exact JSON', () => {
  it('reads every number as the text that was written', () => {
    const text = '{"a":12345678901234567.89,"b":[-0.10,1e3],"c":"7 \\"8\\" 9","d":null,"e":true}';
    expect(readExactJson(text)).toEqual({ a: '12345678901234567.89', b: ['-0.10', '1e3'], c: '7 "8" 9', d: null, e: true });
  });
  it('refuses what is not JSON', () => {
    for (const text of ['', '{', '01', '{"a":1.}', '<html>', '{"a":1}{']) expect(() => readExactJson(text)).toThrow(SyntaxError);
    for (const text of ['', '[]', 'null', '"x"', '<html>']) expect(readExactObject(text)).toBeUndefined();
  });
  it('writes a decimal as the digits it has', () => {
    const body = { total: exactNumber('12345678901234567.890'), sign: exactNumber('-007.5'), note: 'a "b"', left: undefined, n: 3 };
    expect(writeExactJson(body)).toBe('{"total":12345678901234567.890,"sign":-7.5,"note":"a \\"b\\"","n":3}');
    expect(readExactJson(writeExactJson(body))).toMatchObject({ total: '12345678901234567.890' });
    expect(writeExactJson([null, exactNumber('0.00'), []])).toBe('[null,0.00,[]]');
  });
  it('takes nothing that is not a decimal', () => {
    for (const text of ['', '1e3', 'NaN', '1,5', '--1', '1.']) expect(() => exactNumber(text)).toThrow(RangeError);
  });
});
