// Canonical text is RFC 8785's, as the library makes it; numbers beyond a double keep their digits.
import { describe, expect, it } from '@jest/globals';
import { canonicalize } from 'json-canonicalize';
import { canonicalText } from './canonical.js';
import { WrittenNumber } from './exact.js';

describe('canonicalText', () => {
  it.each([
    null,
    true,
    'ä\u2028"\\\n\ud83d\ude80',
    -0,
    1e21,
    1e-7,
    333333333.33333329,
    [],
    {},
    [1, [2, { b: 1, a: null }]],
    { '10': 1, '9': 2, b: 1, a: 2, '€': 1, '\ud83d\ude80': 2, '\ufb33': 3, '': 4 },
  ])('of %j is what the library makes', (value) => expect(canonicalText(value)).toBe(canonicalize(value)));

  it('of a thousand values made by chance is what the library makes', () => {
    let seed = 11;
    const chance = (most: number) => (seed = (seed * 48_271) % 2_147_483_647) % most;
    const made = (depth: number): unknown => {
      const kind = chance(depth > 3 ? 4 : 6);
      if (kind === 0) return chance(1_000_000) / 997;
      if (kind === 1) return String.fromCharCode(...Array.from({ length: chance(6) }, () => 32 + chance(900)));
      if (kind < 4) return [null, true, false, -chance(99)][chance(4)];
      if (kind === 4) return Array.from({ length: chance(5) }, () => made(depth + 1));
      return Object.fromEntries(Array.from({ length: chance(6) }, () => [String.fromCharCode(40 + chance(300)), made(depth + 1)]));
    };
    for (let n = 0; n < 1_000; n += 1) {
      const value = made(0);
      expect(canonicalText(value)).toBe(canonicalize(value));
    }
  });

  it('keeps the digits of a number that a double does not hold', () =>
    expect(canonicalText({ b: new WrittenNumber('12345678901234567890.5'), a: 1 })).toBe('{"a":1,"b":12345678901234567890.5}'));
});
