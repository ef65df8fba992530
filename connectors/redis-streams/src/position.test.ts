// Where reading goes on, and what is gone, from what the server says: nothing is stepped over in silence, and nothing is cried out that is not gone.
import { describe, expect, it } from '@jest/globals';
import { isBefore, placed, readPosition, writePosition, type StreamFacts } from './position.js';

const facts = (more: Partial<StreamFacts> = {}): StreamFacts => ({ length: 10, firstId: '100-0', lastId: '109-0', added: 10, ...more });

describe('a position of a stream', () => {
  it('is written and read, and refuses what is none', () => {
    expect(readPosition(writePosition({ id: '12-3', seen: 4 }))).toEqual({ id: '12-3', seen: 4 });
    expect(readPosition(null)).toBeUndefined();
    for (const wrong of ['', '{}', '{"id":"x","seen":1}', '{"0":"1"}']) expect(() => readPosition(wrong)).toThrow('not one of Redis');
  });
  it('compares ids by their two numbers, of 64 bits each', () => {
    expect(isBefore('9-0', '10-0')).toBe(true);
    expect(isBefore('10-9', '10-10')).toBe(true);
    expect(isBefore('18446744073709551614-0', '18446744073709551615-0')).toBe(true);
    expect(isBefore('10-0', '10-0')).toBe(false);
  });
  it('begins at the beginning, at the end, or waits for the key', () => {
    expect(placed(undefined, facts(), 'earliest')).toEqual({ id: '0-0', seen: 0 });
    expect(placed(undefined, facts({ added: 15 }), 'earliest')).toEqual({ id: '0-0', seen: 5 });
    expect(placed(undefined, facts(), 'latest')).toEqual({ id: '109-0', seen: 10 });
    expect(placed(undefined, null, 'earliest')).toEqual({ id: '0-0', seen: 0 });
    expect(placed({ id: '5-0', seen: 3 }, null, 'earliest')).toEqual({ id: '5-0', seen: 3 });
  });
  it('goes on where it was when all that was read is trimmed, and nothing more', () => {
    const at = { id: '104-0', seen: 5 };
    expect(placed(at, facts({ length: 5, firstId: '105-0' }), 'earliest')).toEqual(at);
    expect(placed(at, facts(), 'earliest')).toEqual(at);
    expect(placed({ id: '109-0', seen: 10 }, facts({ length: 0, firstId: null }), 'earliest')).toEqual({ id: '109-0', seen: 10 });
  });
  it('says how many were trimmed before they were read', () => {
    const { lost, ...at } = placed({ id: '104-0', seen: 5 }, facts({ length: 3, firstId: '107-0' }), 'earliest');
    expect(at).toEqual({ id: '104-0', seen: 7 });
    expect(lost).toEqual({ at: '104-0+2', detail: '2 entries after 104-0 were removed from the stream before they were read.' });
    expect(placed({ id: '104-0', seen: 5 }, facts({ length: 0, firstId: null }), 'earliest').lost?.detail).toMatch(/^5 entries/);
  });
  it('reads a stream that was made anew from its beginning, and says so', () => {
    for (const anew of [facts({ lastId: '50-0', firstId: '41-0' }), facts({ added: 3, length: 3, firstId: '200-0', lastId: '202-0' })]) {
      const { lost, ...at } = placed({ id: '104-0', seen: 50 }, anew, 'latest');
      expect(at).toEqual({ id: '0-0', seen: 0 });
      expect(lost?.detail).toContain('made anew');
    }
  });
  it('claims nothing where the server does not count', () => {
    const at = { id: '104-0', seen: null };
    expect(placed(at, facts({ added: null, length: 3, firstId: '107-0' }), 'earliest')).toEqual(at);
  });
});
