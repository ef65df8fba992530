import { createHmac, timingSafeEqual } from 'node:crypto';

export interface HmacInput {
  /** The exact bytes that were signed. */
  payload: Buffer;
  /** Every secret that is live now; during a rotation there are two. An empty list or an empty secret never verifies. */
  secrets: readonly (string | Buffer)[];
  /** The signatures that the request carries; any may match. */
  signatures: readonly string[];
  encoding: 'hex' | 'base64';
  algorithm?: 'sha256' | 'sha512';
}

/** Fails closed and compares in constant time. */
export function verifyHmac({ payload, secrets, signatures, encoding, algorithm = 'sha256' }: HmacInput): boolean {
  for (const secret of secrets) {
    if (secret.length === 0) continue;
    const expected = createHmac(algorithm, secret).update(payload).digest();
    for (const signature of signatures) {
      const given = Buffer.from(signature, encoding);
      if (given.length === expected.length && given.toString(encoding) === signature && timingSafeEqual(given, expected)) return true;
    }
  }
  return false;
}

/** Is `timestampSeconds` within the tolerance of `now`? Vendors say 300 s; a replay outside it is refused. */
export function withinTolerance(timestampSeconds: number, now: Date, toleranceSeconds = 300): boolean {
  return Number.isFinite(timestampSeconds) && Math.abs(now.getTime() / 1000 - timestampSeconds) <= toleranceSeconds;
}
