// Lines come out whole, however the stream is cut, numbered as they stood; one that is too long is told, and holds no memory.
import { describe, expect, it } from '@jest/globals';
import { groupsOfLines } from './lines.js';

const limits = { linesMax: 3, groupBytesMax: 1_000, lineBytesMax: 10 };
async function read(pieces: string[], bounds = limits) {
  const groups: [number, string | null][][] = [];
  const stream = async function* () {
    for (const piece of pieces) yield await Promise.resolve(Buffer.from(piece));
  };
  for await (const group of groupsOfLines(stream(), bounds))
    groups.push(group.map(({ number, bytes }) => [number, bytes?.toString() ?? null]));
  return groups;
}

describe('groupsOfLines', () => {
  it('groups so many lines', async () =>
    expect(await read(['a\nb\nc\nd\n'])).toEqual([[[0, 'a'], [1, 'b'], [2, 'c']], [[3, 'd']]])); // prettier-ignore
  it('puts lines together that were cut anywhere', async () => {
    const text = 'one\r\ntwo\n\n  \nthree';
    for (let size = 1; size <= text.length; size += 1) {
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, n) => text.slice(n * size, (n + 1) * size));
      expect(await read(pieces)).toEqual([[[0, 'one\r'], [1, 'two'], [4, 'three']]]); // prettier-ignore
    }
  });
  it('tells a line that is too long, and goes on behind it', async () =>
    expect(await read(['0123456789\n', '0123', '4567', '89x', 'yz\n', 'b'])).toEqual([[[0, '0123456789'], [1, null], [2, 'b']]])); // prettier-ignore
  it('ends a group that has grown heavy', async () =>
    expect(await read(['aaaa\nbbbb\nc\n'], { ...limits, groupBytesMax: 8 })).toEqual([[[0, 'aaaa'], [1, 'bbbb']], [[2, 'c']]])); // prettier-ignore
  it('of nothing gives nothing', async () => expect(await read(['', '\n\n'])).toEqual([]));
});
