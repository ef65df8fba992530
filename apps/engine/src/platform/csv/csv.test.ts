// What a spreadsheet would compute stays text; amounts stay numbers, with their sign and every digit.
import { describe, expect, it } from '@jest/globals';
import { csvLine, Decimal, plainCell } from './index.js';

describe('a line of CSV', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r\n=1', '  =1', '＝1', '\0=1'])('keeps %j from being a formula', (text) =>
    expect(csvLine([text])).toBe(`"'${text}"\r\n`),
  );
  it.each(['=1+1', '-1', "'quoted", 'plain', ' +1', ''])('is read back as %j', (text) =>
    expect(plainCell(csvLine([text]).slice(1, -3))).toBe(text),
  );
  it('quotes texts, doubles their quotes and keeps their line ends', () => expect(csvLine(['a,"b"\nc', 7])).toBe('"a,""b""\nc",7\r\n'));
  it('leaves decimals as they are, however long, and refuses what only looks like one', () => {
    expect(csvLine([new Decimal('-12.50'), new Decimal('12345678901234567890.123')])).toBe('-12.50,12345678901234567890.123\r\n');
    for (const text of ['=1', '1e3', '', '1,5', '-']) expect(() => new Decimal(text)).toThrow(TypeError);
  });
});
