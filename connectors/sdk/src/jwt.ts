import { constants, createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { misconfigured } from './failure.js';
import { isJsonObject, type JsonObject } from './json.js';

export const jwtAlgorithms = ['RS256', 'PS256', 'ES256'] as const;
export type JwtAlgorithm = (typeof jwtAlgorithms)[number];

/** What is signed, RFC 7519. */
export interface JwtFacts {
  algorithm: JwtAlgorithm;
  /** PKCS#8 or PKCS#1 in PEM. */
  privateKey: string;
  /** `kid` of the header: how the other side finds the public key. */
  keyId?: string;
  /** More of the header, such as `x5t#S256`. */
  header?: JsonObject;
  /** `iss`, `sub`, `aud`, `scope` …; `iat` and `exp` are added. */
  claims: JsonObject;
  /** Default 300. */
  lifetimeSeconds?: number;
}

const encode = (value: JsonObject): string => Buffer.from(JSON.stringify(value)).toString('base64url');
/** RFC 7518: RS256 is PKCS#1 v1.5, PS256 is PSS with a salt as long as the hash, ES256 is r and s joined and not DER. */
const schemeOf = (algorithm: JwtAlgorithm, key: KeyObject) => ({
  key,
  ...(algorithm === 'PS256' ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : {}),
  ...(algorithm === 'ES256' ? { dsaEncoding: 'ieee-p1363' as const } : {}),
});
const familyOf = (algorithm: JwtAlgorithm): string => (algorithm === 'ES256' ? 'ec' : 'rsa');
const fits = (algorithm: JwtAlgorithm, key: KeyObject): boolean =>
  key.asymmetricKeyType === familyOf(algorithm) && (algorithm !== 'ES256' || key.asymmetricKeyDetails?.namedCurve === 'prime256v1');

/** A signed token. Throws `misconfigured` for a key that cannot be read or does not fit the algorithm; its words never hold the key. */
export function signJwt(facts: JwtFacts, now: Date): string {
  const key = privateKeyOf(facts.privateKey);
  if (!fits(facts.algorithm, key))
    throw misconfigured({
      code: 'key-does-not-fit',
      message: `${facts.algorithm} needs ${facts.algorithm === 'ES256' ? 'an EC key on P-256' : 'an RSA key'}; the private key is ${key.asymmetricKeyType ?? 'another'}.`,
      remedy: 'Enter the private key that belongs to the certificate at the other side, or choose its algorithm.',
    });
  const iat = Math.floor(now.getTime() / 1000);
  const header = { alg: facts.algorithm, typ: 'JWT', ...(facts.keyId === undefined ? {} : { kid: facts.keyId }), ...facts.header };
  const claims = { ...facts.claims, iat, exp: iat + (facts.lifetimeSeconds ?? 300) };
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), schemeOf(facts.algorithm, key)).toString('base64url')}`;
}

/**
 * The claims of a token whose signature holds; undefined for any other. Only the named algorithms count, so a token cannot choose `none` or turn a
 * public key into a shared secret. `now` refuses what is over (`exp`) or not yet valid (`nbf`), within a minute.
 */
export function verifyJwt(
  token: string,
  options: { publicKey: string; algorithms: readonly JwtAlgorithm[]; now: Date },
): JsonObject | undefined {
  const [head, body, signature, ...more] = token.split('.');
  if (!head || !body || !signature || more.length > 0 || token.length > 65_536) return undefined;
  const [header, claims] = [decode(head), decode(body)];
  const algorithm = options.algorithms.find((one) => one === header?.['alg']);
  if (!header || !claims || !algorithm) return undefined;
  try {
    const key = createPublicKey(options.publicKey);
    if (!fits(algorithm, key)) return undefined;
    const held = verify('sha256', Buffer.from(`${head}.${body}`), schemeOf(algorithm, key), Buffer.from(signature, 'base64url'));
    return held && isCurrent(claims, options.now) ? claims : undefined;
  } catch {
    return undefined; // a key that cannot be read verifies nothing
  }
}

function isCurrent({ exp, nbf }: JsonObject, now: Date): boolean {
  const seconds = now.getTime() / 1000;
  if (exp !== undefined && !(typeof exp === 'number' && seconds < exp + 60)) return false;
  return nbf === undefined || (typeof nbf === 'number' && nbf - 60 <= seconds);
}

function decode(part: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A key as it was entered: a form of one line strips the line breaks of a PEM, or turns them into spaces or the two characters `\\n`. */
function tidied(pem: string): string {
  const [, label, body] = /-----BEGIN ([A-Z ]+)-----(.*?)-----END \1-----/s.exec(pem.replaceAll('\\n', '\n')) ?? [];
  if (label === undefined || body === undefined || body.includes(':')) return pem; // no PEM, or one with headers, which is encrypted
  return `-----BEGIN ${label}-----\n${body.replace(/\s+/g, '').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END ${label}-----\n`;
}

function privateKeyOf(pem: string): KeyObject {
  try {
    return createPrivateKey(tidied(pem));
  } catch {
    throw misconfigured({
      code: 'private-key-unreadable',
      message: 'The private key of the connection cannot be read.',
      remedy: 'Enter it in PEM, with its first and last line, not encrypted.',
    });
  }
}

/** `x5t#S256` of a certificate in PEM: by it Entra ID finds the public key. */
export function certificateThumbprint(pem: string): string {
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  return createHash('sha256').update(der).digest('base64url');
}
