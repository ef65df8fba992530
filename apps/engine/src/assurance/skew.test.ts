// Clocks that are certainly apart are told, and the time that an answer took is not taken for a difference.
import { describe, expect, it } from '@jest/globals';
import { skewSeconds, skewWarnings } from './skew.js';

const at = 1_800_000_000_000;

describe('skew of clocks', () => {
  it.each([
    ['the same time', { askedAt: at, heardAt: at + 5, said: at + 2, grainMs: 1 }, 0],
    ['a slow answer', { askedAt: at, heardAt: at + 90_000, said: at + 100, grainMs: 1 }, 0],
    ['whole seconds, cut off', { askedAt: at + 999, heardAt: at + 999, said: at, grainMs: 1000 }, 0],
    ['ten minutes ahead', { askedAt: at, heardAt: at + 5, said: at + 600_000, grainMs: 1000 }, 600],
    ['ten minutes behind', { askedAt: at, heardAt: at + 5, said: at - 601_000, grainMs: 1000 }, -600],
  ])('%s', (_, reading, seconds) => expect(skewSeconds(reading)).toBe(seconds));

  it('warns above a minute, in either direction, and says whose clock', () => {
    const skews = new Map([['the database', 61], ['erp.example', -600], ['near', 60]]); // prettier-ignore
    expect(skewWarnings(skews)).toEqual([
      expect.stringMatching(/the database is 61 seconds ahead/),
      expect.stringMatching(/erp\.example is 600 seconds behind/),
    ]);
  });
});
