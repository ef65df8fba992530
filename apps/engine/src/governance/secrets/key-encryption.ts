import type { Sealed } from './envelope.js';

export const KEY_ENCRYPTION = Symbol('key encryption');

/** A data key as the database holds it. */
export interface WrappedKey extends Sealed {
  /** Which key encryption key sealed it. */
  kekId: string;
}

/**
 * What holds the key encryption keys, and never gives one away: the keys of this process today, a key management service where somebody writes one.
 * `bound` must be authenticated with the data key.
 */
export interface KeyEncryption {
  /** The key that seals from now on. */
  currentId(): Promise<string>;
  wrap(dataKey: Buffer, bound: Buffer): Promise<WrappedKey>;
  /** Throws {@link UnknownKey} when it does not have that key, and another error when the wrapped key was changed. */
  unwrap(wrapped: WrappedKey, bound: Buffer): Promise<Buffer>;
}

export class UnknownKey extends Error {
  constructor(readonly kekId: string) {
    super(`sealed with the master key ${kekId}, which is not here`);
  }
}
