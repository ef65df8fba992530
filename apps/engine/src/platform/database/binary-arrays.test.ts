// Arrays in binary form have the bytes that PostgreSQL documents: head, then length and bytes of each element. The suites of the ledger send them to a server.
import { describe, expect, it } from '@jest/globals';
import { byteaArray, int4Array, jsonbArray, textArray, timestamptzArray } from './binary-arrays.js';

const head = (oid: number, length: number) => {
  const buffer = Buffer.alloc(20);
  [1, 1, oid, length, 1].forEach((value, n) => buffer.writeInt32BE(value, n * 4));
  return buffer.toString('hex');
};

describe('binary arrays', () => {
  it.each<[string, Buffer, string]>([
    ['text', textArray(['ab', null, 'ä', '']), `${head(25, 4)}000000026162ffffffff00000002c3a400000000`],
    ['jsonb', jsonbArray(['{}', null]), `${head(3802, 2)}00000003017b7dffffffff`],
    ['bytea', byteaArray([Buffer.from([0, 255]), '\u0001\u00fe']), `${head(17, 2)}0000000200ff0000000201fe`],
    ['int4', int4Array([1, -1]), `${head(23, 2)}0000000400000001${'00000004ffffffff'}`],
    ['timestamptz', timestamptzArray([{ ms: Date.UTC(2000, 0, 1), micros: 7 }, null, { ms: Date.UTC(1999, 11, 31, 23, 59, 59, 999), micros: 999 }]), `${head(1184, 3)}000000080000000000000007ffffffff00000008ffffffffffffffff`],
    ['nothing', textArray([]), head(25, 0)],
  ])('%s', (_, buffer, hex) => expect(buffer.toString('hex')).toBe(hex)); // prettier-ignore

  it('long and wide texts are whole', () => {
    for (const text of ['x'.repeat(1_000), 'ä'.repeat(99), `${'x'.repeat(99)}\u{1f680}`, '\u{1f680}'.repeat(300)])
      expect(textArray([text]).subarray(24).toString()).toBe(text);
  });
});
