import { createHash } from 'node:crypto';

/** The Merkle tree of RFC 6962: SHA-256, a one byte before two children, and the left child as large a power of two as fits. */
export function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) throw new RangeError('a tree has a leaf');
  if (leaves.length === 1) return leaves[0]!;
  const half = leftOf(leaves.length);
  return nodeOf(rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)));
}

/** The nodes that lead from the leaf at `index` to the root, the lowest first (RFC 6962, 2.1.1). */
export function pathOf(leaves: readonly Buffer[], index: number): Buffer[] {
  if (!(index >= 0 && index < leaves.length)) throw new RangeError(`there is no leaf ${index} of ${leaves.length}`);
  if (leaves.length === 1) return [];
  const half = leftOf(leaves.length);
  return index < half
    ? [...pathOf(leaves.slice(0, half), index), rootOf(leaves.slice(half))]
    : [...pathOf(leaves.slice(half), index - half), rootOf(leaves.slice(0, half))];
}

/** The paths of all leaves at once: each level is made once, where `pathOf` makes it again for each leaf. */
export function pathsOf(leaves: readonly Buffer[]): Buffer[][] {
  const paths: Buffer[][] = leaves.map(() => []);
  const build = (from: number, to: number): Buffer => {
    if (to - from === 1) return leaves[from]!;
    const half = from + leftOf(to - from);
    const [left, right] = [build(from, half), build(half, to)];
    for (let i = from; i < to; i += 1) paths[i]!.push(i < half ? right : left);
    return nodeOf(left, right);
  };
  if (leaves.length > 0) build(0, leaves.length);
  return paths;
}

const leftOf = (count: number): number => 2 ** Math.floor(Math.log2(count - 1));

const nodeOf = (left: Buffer, right: Buffer): Buffer =>
  createHash('sha256')
    .update(Buffer.from([1]))
    .update(left)
    .update(right)
    .digest();
