import { createHash, createPublicKey, verify } from 'node:crypto';

const sha256 = (domain: number, ...parts: (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256').update(Uint8Array.of(domain));
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export const leafHash = (text: string): string => sha256(0, text).toString('hex');
export const sealHash = (text: string): string => sha256(2, text).toString('hex');
const node = (left: Buffer, right: Buffer): Buffer => sha256(1, left, right);

/** The root of a tree, built level by level: what has no neighbour moves up as it is. */
export function treeRoot(leaves: readonly string[]): string {
  let level: Buffer[] = leaves.map((leaf) => Buffer.from(leaf, 'hex'));
  while (level.length > 1) {
    const above: Buffer[] = [];
    for (let i = 0; i < level.length; i += 2) above.push(i + 1 < level.length ? node(level[i]!, level[i + 1]!) : level[i]!);
    level = above;
  }
  return level[0]?.toString('hex') ?? '';
}

/** The root that a leaf and its path lead to (RFC 9162, 2.1.3.2); undefined when the path does not fit its place: too long, too short. */
export function rootByPath(leaf: string, place: { index: number; size: number }, path: readonly string[]): string | undefined {
  let { index } = place;
  let last = place.size - 1;
  if (!(index >= 0 && index <= last)) return undefined;
  let hash: Buffer = Buffer.from(leaf, 'hex');
  for (const step of path) {
    if (last === 0) return undefined;
    const other = Buffer.from(step, 'hex');
    if (index % 2 === 1 || index === last) {
      hash = node(other, hash);
      while (index % 2 === 0 && index !== 0) {
        index /= 2;
        last = Math.floor(last / 2);
      }
    } else hash = node(hash, other);
    index = Math.floor(index / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? hash.toString('hex') : undefined;
}

/** Ed25519 over the domain byte and the text. A key that is no key, or a signature of another length, is a wrong signature. */
export function signatureHolds(domain: number, text: string, signature: string, publicKey: string): boolean {
  if (!isHex(signature, 64) || !isHex(publicKey, 32)) return false;
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'hex').toString('base64url') },
    format: 'jwk',
  });
  return verify(null, Buffer.concat([Buffer.from([domain]), Buffer.from(text)]), key, Buffer.from(signature, 'hex'));
}

export const isHex = (value: unknown, bytes: number): value is string =>
  typeof value === 'string' && value.length === bytes * 2 && /^[0-9a-f]*$/.test(value);
