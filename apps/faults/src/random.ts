import { createHash } from 'node:crypto';

/** Dice that follow from a seed: the same seed throws the same numbers. A fork has its own dice, so that one part's throws do not move another's. */
export interface Dice {
  /** 0 (included) to 1 (not). */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number;
  /** True for this share of the throws. */
  chance(share: number): boolean;
  pick<T>(from: readonly T[]): T;
  shuffled<T>(from: readonly T[]): T[];
  fork(name: string): Dice;
}

export function diceOf(seed: string): Dice {
  let at = 0;
  let block = Buffer.alloc(0);
  const next = (): number => {
    const offset = (at % 8) * 4;
    if (offset === 0)
      block = createHash('sha256')
        .update(`${seed} ${Math.floor(at / 8)}`)
        .digest();
    at += 1;
    return block.readUInt32BE(offset) / 2 ** 32;
  };
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    whole,
    chance: (share) => next() < share,
    pick: (from) => from[whole(0, from.length - 1)]!,
    shuffled(from) {
      const list = [...from];
      for (let i = list.length - 1; i > 0; i -= 1) {
        const j = whole(0, i);
        [list[i], list[j]] = [list[j]!, list[i]!];
      }
      return list;
    },
    fork: (name) => diceOf(`${seed}/${name}`),
  };
}
