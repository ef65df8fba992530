import { createHash } from 'node:crypto';

/** What a posting does to the target's books. */
export const effects = ['create', 'void', 'apply', 'refund', 'write-off'] as const;
export type Effect = (typeof effects)[number];

/** The identity of one effect in one target ledger. The source's revision is deliberately not part of it. */
export interface PostingIdentity {
  /** Vendor and account or company, such as `tryton/acme`. A re-created connection to the same company keeps it. */
  ledger: string;
  effect: Effect;
  sourceSystem: string;
  /** Kind of document: `invoice`, `credit-memo`, `payment`, `journal-entry`, `customer`. */
  kind: string;
  sourceId: string;
  /** 1 unless the same effect may happen to one document several times. */
  effectNumber: number;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** SHA-256 over length-prefixed fields: joining with a separator would let ("a","b-c") meet ("a-b","c"). */
export function hashFields(fields: readonly string[]): Buffer {
  const hash = createHash('sha256');
  for (const field of fields) {
    const bytes = Buffer.from(field, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  }
  return hash.digest();
}

/**
 * The external id written into the target. It encodes exactly the identity: `wb-` and 26 base-32 characters, the first
 * 130 bits of the hash; letters, digits and `-` only, so it fits every vendor seen (NetSuite allows only those).
 */
export function postingKey(identity: PostingIdentity): string {
  const digest = hashFields([
    identity.ledger,
    identity.effect,
    identity.sourceSystem,
    identity.kind,
    identity.sourceId,
    String(identity.effectNumber),
  ]);
  let bits = 0;
  let value = 0;
  let text = '';
  for (const byte of digest) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5 && text.length < 26) {
      text += alphabet[(value >>> (bits - 5)) & 31];
      bits -= 5;
      value &= (1 << bits) - 1;
    }
  }
  return `wb-${text}`;
}
