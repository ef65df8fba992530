import { hash } from 'node:crypto';

/** The 32 bytes of a SHA-256, a character each. Thousands a second of them are texts, because a Buffer each costs more than the hash. */
export type Digest = string;

/**
 * Which event it is, for ever: SHA-256 over source and id, each with its length in bytes before it. Without the lengths the source `a` with
 * the id `b-c` and the source `a-b` with the id `c` could become one text, and one of two events would be taken for the other. Texts are
 * compared as they come: no trimming, no case, no normalisation of Unicode. Pure.
 */
export const eventKey = (source: string, id: string): Digest =>
  hash('sha256', `${Buffer.byteLength(source)}:${source}${Buffer.byteLength(id)}:${id}`, 'binary');

/** The bytes of a hash, as PostgreSQL has them. */
export const bytesOf = (digest: Digest): Buffer => Buffer.from(digest, 'latin1');
export const digestOf = (bytes: Buffer): Digest => bytes.toString('latin1');

/** `ue_` and the event's place in the ledger. */
export const eventName = (seq: string | number | bigint): string => `ue_${seq}`;

/** The place in the ledger that a name of ours stands for; undefined when it is none. */
export function seqOf(name: string): string | undefined {
  const digits = /^ue_([1-9]\d{0,18})$/.exec(name)?.[1];
  return digits !== undefined && BigInt(digits) <= 9_223_372_036_854_775_807n ? digits : undefined;
}
