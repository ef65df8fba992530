// Signed assertions: what a vendor verifies, with each algorithm, and that nothing else verifies.
import { describe, expect, it } from '@jest/globals';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { isConnectorFailure } from './failure.js';
import { certificateThumbprint, jwtAlgorithms, signJwt, verifyJwt, type JwtAlgorithm } from './jwt.js';

const now = new Date('2026-11-27T06:00:00Z');
const pem = (key: { export(options: object): string | Buffer }): string => String(key.export({ type: 'pkcs8', format: 'pem' }));
const rsa = pem(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
const ec = pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
const otherRsa = pem(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
const otherEc = pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
const keyOf = (algorithm: JwtAlgorithm): string => (algorithm === 'ES256' ? ec : rsa);
const publicOf = (key: string): string => String(createPublicKey(key).export({ type: 'spki', format: 'pem' }));
const make = (algorithm: JwtAlgorithm, more: object = {}) =>
  signJwt({ algorithm, privateKey: keyOf(algorithm), keyId: 'key-1', claims: { iss: 'app', aud: 'https://vendor/token' }, ...more }, now);

describe.each(jwtAlgorithms)('a token signed with %s', (algorithm) => {
  const publicKey = publicOf(keyOf(algorithm));
  const verify = (token: string, at = now) => verifyJwt(token, { publicKey, algorithms: [algorithm], now: at });

  it('verifies, and says what was claimed and until when', () => {
    expect(verify(make(algorithm))).toEqual({ iss: 'app', aud: 'https://vendor/token', iat: 1795759200, exp: 1795759500 });
    expect(JSON.parse(Buffer.from(make(algorithm).split('.')[0]!, 'base64url').toString())).toEqual({
      alg: algorithm,
      typ: 'JWT',
      kid: 'key-1',
    });
  });
  it('does not verify when a byte of it is another, when it is over, or with another key', () => {
    const token = make(algorithm);
    const [head, body, signature] = token.split('.') as [string, string, string];
    const forged = Buffer.from(JSON.stringify({ iss: 'other' })).toString('base64url');
    expect(verify(`${head}.${forged}.${signature}`)).toBe(undefined);
    expect(verify(`${head}.${body}.${signature.slice(0, -4)}AAAA`)).toBe(undefined);
    expect(verify(token, new Date(now.getTime() + 361_000))).toBe(undefined);
    expect(verifyJwt(token, { publicKey: publicOf(algorithm === 'ES256' ? otherEc : otherRsa), algorithms: [algorithm], now })).toBe(
      undefined,
    );
  });
  it('does not choose its own algorithm', () => {
    const [, body, signature] = make(algorithm).split('.') as [string, string, string];
    for (const alg of ['none', 'HS256', 'RS512'])
      expect(verify(`${Buffer.from(JSON.stringify({ alg })).toString('base64url')}.${body}.${signature}`)).toBe(undefined);
  });
});

describe('a key', () => {
  const failure = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      return isConnectorFailure(error) ? error.facts : undefined;
    }
    return undefined;
  };
  it('that does not fit the algorithm, or is none, is a wrong setting and never shown', () => {
    expect(failure(() => make('ES256', { privateKey: rsa }))).toMatchObject({ recovery: 'misconfigured', code: 'key-does-not-fit' });
    const facts = failure(() => make('RS256', { privateKey: 'PRIVATE-NONSENSE' }));
    expect(facts).toMatchObject({ recovery: 'misconfigured', code: 'private-key-unreadable' });
    expect(JSON.stringify(facts)).not.toContain('NONSENSE');
  });
  it('pasted into one line is read all the same', () => {
    for (const brk of ['\\n', '', ' ', '\r\n']) expect(make('RS256', { privateKey: rsa.replaceAll('\n', brk) }).split('.')).toHaveLength(3);
  });
  it('of a certificate has a thumbprint', () => {
    expect(certificateThumbprint('-----BEGIN CERTIFICATE-----\nAAEC\n-----END CERTIFICATE-----\n')).toBe(
      'rksygOVuL6-D9BSm49q-nV--GJdlRMBf7RIazLhbU_w',
    );
  });
});
