// Where reading goes on, and what is gone, from what the server says.
import { describe, expect, it } from '@jest/globals';
import { placed, readPosition, writePosition } from './position.js';

const now = { created: '2026-11-27T08:00:00Z', firstSeq: 11, lastSeq: 20 };

describe('a position of a stream', () => {
  it('is written and read, and refuses what is none', () => {
    const position = { created: now.created, seq: 7 };
    expect(readPosition(writePosition(position))).toEqual(position);
    expect(readPosition(null)).toBeUndefined();
    for (const wrong of ['', '{}', '{"seq":1}', '{"created":"x","seq":1.5}']) expect(() => readPosition(wrong)).toThrow('not one of NATS');
  });
  it('begins before the first message that is there, or behind the last', () => {
    expect(placed(undefined, now, 'earliest')).toEqual({ seq: 10 });
    expect(placed(undefined, now, 'latest')).toEqual({ seq: 20 });
    expect(placed(undefined, { ...now, firstSeq: 0, lastSeq: 0 }, 'earliest')).toEqual({ seq: 0 });
  });
  it('goes on where it was when nothing is missing', () => {
    for (const seq of [10, 15, 20]) expect(placed({ created: now.created, seq }, now, 'earliest')).toEqual({ seq });
  });
  it('says which were removed before they were read', () => {
    expect(placed({ created: now.created, seq: 7 }, now, 'earliest')).toEqual({
      seq: 10,
      lost: { at: `8-11@${now.created}`, detail: 'The messages from 8 to before 11 were removed from the stream before they were read.' },
    });
  });
  it('reads a stream that was made anew from its beginning, and says so', () => {
    for (const known of [
      { created: '2026-01-01T00:00:00Z', seq: 15 },
      { created: now.created, seq: 21 },
    ]) {
      const { seq, lost } = placed(known, now, 'latest');
      expect(seq).toBe(10);
      expect(lost?.detail).toContain('made anew');
    }
  });
});
