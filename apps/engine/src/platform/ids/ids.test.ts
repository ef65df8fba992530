// Ids are TypeIDs: the 128 bits of a UUIDv7 in base 32, sorted by time, never the same twice.
import { describe, expect, it } from '@jest/globals';
import { isId, newId } from './index.js';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const bitsOf = (id: string): bigint => [...id.slice(4)].reduce((bits, letter) => (bits << 5n) | BigInt(alphabet.indexOf(letter)), 0n);

describe('ids', () => {
  it('carry the time, the version and the variant of a UUIDv7', () => {
    const before = Date.now();
    const bits = bitsOf(newId('msg'));
    expect(Number(bits >> 80n)).toBeGreaterThanOrEqual(before);
    expect(Number(bits >> 80n)).toBeLessThanOrEqual(Date.now());
    expect((bits >> 76n) & 0xfn).toBe(7n);
    expect((bits >> 62n) & 0x3n).toBe(2n);
  });

  it('are different, more than one filling of the pool of chance, and look like ids', () => {
    const ids = Array.from({ length: 2_000 }, () => newId('att'));
    expect(new Set(ids).size).toBe(2_000);
    expect(new Set(ids.map((id) => bitsOf(id) & ((1n << 62n) - 1n))).size).toBe(2_000);
    expect(ids.every((id) => isId(id, 'att'))).toBe(true);
  });
});
