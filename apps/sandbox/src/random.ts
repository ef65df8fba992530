import { createHash } from 'node:crypto';

/** Mulberry32: a small generator with 32 bits of state, good enough to choose faults and prices. Never for secrets. */
export function seededRandom(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readUInt32BE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A number in [0, 1) that depends on nothing but its seed and its place: what happened before does not shift it. */
export const seededAt = (seed: string, place: string | number): number => seededRandom(`${seed}\u0000${place}`)();

/** One element, by a number in [0, 1). */
export function pick<T>(choices: readonly T[], at: number): T {
  if (choices.length === 0) throw new RangeError('nothing to pick from');
  return choices[Math.min(choices.length - 1, Math.floor(at * choices.length))]!;
}
