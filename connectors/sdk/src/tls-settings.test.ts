// Certificates and keys come out of a form in one line, and must have their lines again; what has them is left alone.
import { expect, it } from '@jest/globals';
import { isEncrypted, tlsOf, withLines } from './tls-settings.js';

const pem = '-----BEGIN CERTIFICATE-----\nMIIB\nAbC=\n-----END CERTIFICATE-----\n';

it('gives a key its lines again', () => {
  expect(withLines(pem.trim().replaceAll('\n', ' '))).toBe(pem);
  expect(withLines(`${pem}${pem}`.trim().replaceAll('\n', ' '))).toBe(`${pem}${pem}`);
  expect(withLines(pem)).toBe(pem);
  const credentials =
    '-----BEGIN NATS USER JWT-----\neyJ0\n------END NATS USER JWT------\n-----BEGIN USER NKEY SEED-----\nSUAC\n------END USER NKEY SEED------\n';
  expect(withLines(credentials.trim().replaceAll('\n', ' '))).toBe(credentials);
});
it('encrypts unless it is told not to, and gives what it was given', () => {
  expect(isEncrypted({})).toBe(true);
  expect(isEncrypted({ encryption: 'none' })).toBe(false);
  expect(tlsOf({})).toEqual({});
  expect(tlsOf({ ca: pem, clientCertificate: pem, clientKey: pem.trim().replaceAll('\n', ' ') })).toEqual({ ca: pem, cert: pem, key: pem });
});
