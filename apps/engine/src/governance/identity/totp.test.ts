// Codes as RFC 6238 has them, each good for one sign-in; recovery codes as people type them.
import { describe, expect, it } from '@jest/globals';
import { enrolmentAddress, plainRecoveryCode, recoveryCode, secretText, stepOfCode } from './totp.js';

/** The secret of RFC 6238, appendix B; its codes have eight digits, of which ours are the last six. */
const secret = secretText(Buffer.from('12345678901234567890'));
const vectors: [number, string][] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
];

describe('a code', () => {
  it.each(vectors)('of second %i is %s', (second, code) =>
    expect(stepOfCode(secret, code, second * 1000, 0)).toBe(Math.floor(second / 30)),
  );
  it.each(vectors)('of second %i is taken a step early and a step late, not two', (second, code) => {
    const at = (steps: number) => stepOfCode(secret, code, (second + steps * 30) * 1000, 0);
    expect([at(-2), at(-1) !== undefined, at(1) !== undefined, at(2)]).toEqual([undefined, true, true, undefined]);
  });
  it('that was used, or is older than one that was, is none', () => {
    const step = Math.floor(1_234_567_890 / 30);
    expect(stepOfCode(secret, '005924', 1_234_567_890_000, step)).toBeUndefined();
    expect(stepOfCode(secret, '005924', 1_234_567_890_000, step - 1)).toBe(step);
  });
  it.each(['', '28708', '2870822', '28708a', '-87082', '287 082 1'])('is not %p', (text) =>
    expect(stepOfCode(secret, text, 59_000, 0)).toBeUndefined(),
  );
  it('may have a space in it', () => expect(stepOfCode(secret, '287 082', 59_000, 0)).toBe(1));
});

it('the address of the QR code names product, person and secret', () => {
  const address = new URL(enrolmentAddress(secret, 'ada@example.org'));
  expect(decodeURIComponent(address.pathname)).toContain('Waybill:ada@example.org');
  expect(Object.fromEntries(address.searchParams)).toMatchObject({ issuer: 'Waybill', secret, digits: '6', period: '30' });
});

describe('a recovery code', () => {
  const code = recoveryCode(Uint8Array.from({ length: 16 }, (_, n) => n * 17));
  it('is four groups of what cannot be mistaken', () => expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/));
  it('is the same however it is typed', () => {
    const plain = plainRecoveryCode(code);
    expect(plainRecoveryCode(` ${code.toUpperCase().replaceAll('-', ' ')} `)).toBe(plain);
    expect(plainRecoveryCode(code.replaceAll('0', 'O').replaceAll('1', 'l'))).toBe(plain);
  });
});
