import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';
import { rootOf } from './merkle.js';

/** The key that signs seals and manifests; it is never in the database. */
export interface SealKey {
  readonly secret: KeyObject;
  /** The public half, 32 bytes in hex: what an auditor pins. */
  readonly publicKey: string;
}

/** Ed25519 from its 32 secret bytes (RFC 8032); Node takes them wrapped as PKCS #8. */
export function sealKeyOf(seed: Buffer): SealKey {
  const wrapped = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const secret = createPrivateKey({ key: wrapped, format: 'der', type: 'pkcs8' });
  const { x } = createPublicKey(secret).export({ format: 'jwk' }) as { x: string };
  return { secret, publicKey: Buffer.from(x, 'base64url').toString('hex') };
}

/** What is signed: numbers `firstSeq` to `lastSeq` of the log have the Merkle root `root`, and came after the seal with the hash `previous`. */
export interface SealBody {
  /** Of the log, made with its first seal: seals of another installation do not fit, even under the same key. */
  log: string;
  number: number;
  firstSeq: number;
  lastSeq: number;
  root: string;
  previous: string;
  sealedAt: string;
}

export interface MadeSeal {
  body: SealBody;
  /** The RFC 8785 text that is hashed and signed. */
  text: string;
  hash: Buffer;
  signature: Buffer;
}

/** The last seal, as far as the next one needs it. */
export interface LastSeal {
  log: string;
  number: number;
  lastSeq: number;
  hash: Buffer;
}

export function makeSeal(
  key: SealKey,
  last: LastSeal | undefined,
  of: { log: string; leaves: readonly Buffer[]; sealedAt: string },
): MadeSeal {
  const firstSeq = (last?.lastSeq ?? 0) + 1;
  const body: SealBody = {
    log: last?.log ?? of.log,
    number: (last?.number ?? 0) + 1,
    firstSeq,
    lastSeq: firstSeq + of.leaves.length - 1,
    root: rootOf(of.leaves).toString('hex'),
    previous: (last?.hash ?? Buffer.alloc(32)).toString('hex'),
    sealedAt: of.sealedAt,
  };
  return { body, ...signed(key, 2, { type: 'waybill-audit-seal', version: 1, publicKey: key.publicKey, ...body }) };
}

/** Text, hash and signature of a value; the byte before the text says what kind of thing is signed. */
export function signed(key: SealKey, domain: number, value: object): { text: string; hash: Buffer; signature: Buffer } {
  const text = canonicalize(value);
  const bytes = Buffer.concat([Buffer.from([domain]), Buffer.from(text)]);
  return { text, hash: createHash('sha256').update(bytes).digest(), signature: sign(null, bytes, key.secret) };
}

/** A seal as it leaves the house: one line, the same in the file, in the object and in an export. */
export const sealLine = (text: string, signature: Buffer): string => `{"seal":${text},"signature":"${signature.toString('hex')}"}`;
