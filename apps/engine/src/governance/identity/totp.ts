import { Secret, TOTP } from 'otpauth';

/** RFC 6238 as every authenticator app knows it: SHA-1, six digits, thirty seconds. */
const periodSeconds = 30;
/** A clock may be one step off either way. */
const window = 1;

const totpOf = (secret: string, label = '') =>
  new TOTP({ issuer: 'Waybill', label, algorithm: 'SHA1', digits: 6, period: periodSeconds, secret: Secret.fromBase32(secret) });

/** What the QR code says. */
export const enrolmentAddress = (secret: string, email: string): string => totpOf(secret, email).toString();

/** The time step whose code this is, or undefined. Steps up to `lastStep` are used up: a code that was seen in passing is worth nothing. */
export function stepOfCode(secret: string, code: string, at: number, lastStep: number): number | undefined {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return undefined;
  const delta = totpOf(secret).validate({ token, timestamp: at, window });
  if (delta === null) return undefined;
  const step = Math.floor(at / (periodSeconds * 1000)) + delta;
  return step > lastStep ? step : undefined;
}

/** 20 bytes in Base32, as RFC 4226 recommends. */
export const secretText = (bytes: Uint8Array): string => new Secret({ buffer: Uint8Array.from(bytes).buffer }).base32;

/** Crockford's alphabet: nothing that looks like something else. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
export const recoveryCodesMax = 10;

/** 80 bits in four groups: `k3fd-9x0m-…`. */
export function recoveryCode(bytes: Uint8Array): string {
  const letters = [...bytes.subarray(0, 16)].map((byte) => alphabet[byte & 31]!).join('');
  return letters.match(/.{4}/g)!.join('-');
}

/** As somebody may type it: any case, with or without the dashes, o for 0, i and l for 1. */
export const plainRecoveryCode = (text: string): string =>
  text.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1');
