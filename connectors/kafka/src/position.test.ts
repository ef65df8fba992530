// Where reading goes on, and what is gone, from the bounds of each partition.
import { describe, expect, it } from '@jest/globals';
import { placed, readPosition, writePosition } from './position.js';

const bounds = { earliest: '100', next: '9007199254740995' };

describe('a position of a topic', () => {
  it('is written and read with every digit, and refuses what is none', () => {
    const position = writePosition(new Map([[10, '9007199254740993'], [2, '0']])); // prettier-ignore
    expect(position).toBe('{"2":"0","10":"9007199254740993"}');
    expect([...readPosition(position)]).toEqual([[2, '0'], [10, '9007199254740993']]); // prettier-ignore
    expect(readPosition(null).size).toBe(0);
    for (const wrong of ['', '{"a":"1"}', '{"0":"-1"}', '{"created":"x","seq":1}'])
      expect(() => readPosition(wrong)).toThrow('not one of Kafka');
  });
  it('goes on where it was while the broker has it', () => {
    for (const offset of ['100', '500', bounds.next]) expect(placed(0, offset, bounds)).toEqual({ offset });
  });
  it('says which offsets were deleted before they were read', () => {
    expect(placed(3, '40', bounds)).toEqual({
      offset: '100',
      lost: { at: '3:40-100', detail: 'Of partition 3 the records from 40 to before 100 were deleted before they were read.' },
    });
  });
  it('reads a topic that was made anew from its beginning, and says so', () => {
    const { offset, lost } = placed(0, '9007199254740996', bounds);
    expect(offset).toBe('100');
    expect(lost?.detail).toContain('made anew');
  });
});
