import type { DoubleRequest } from '@waybill/sdk/double';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Signature Version 4 as "Authenticating Requests: Using the Authorization Header" of the S3 API reference writes it down, calculated without the library that
 * signs. What is wrong in the words of S3's error code; undefined when the request is signed with this secret.
 */
export function wrongWith(
  request: Pick<DoubleRequest, 'method' | 'path' | 'query' | 'headers' | 'bytes'>,
  { secret, region, accessKeyId, now }: { secret: string; region: string; accessKeyId: string; now: Date },
): string | undefined {
  const given = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/.exec(request.headers['authorization'] ?? '');
  if (!given) return 'AccessDenied';
  const [, key, day, of, names, signature] = given as unknown as [string, string, string, string, string, string];
  if (key !== accessKeyId) return 'InvalidAccessKeyId';
  if (of !== region) return 'AuthorizationHeaderMalformed';
  const at = request.headers['x-amz-date'] ?? '';
  const time = Date.parse(at.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (!(Math.abs(time - now.getTime()) <= 15 * 60_000)) return 'RequestTimeTooSkewed';
  const hash = request.headers['x-amz-content-sha256'] ?? '';
  if (hash !== hex(request.bytes)) return 'XAmzContentSHA256Mismatch';
  const signed = names.split(';');
  const must = ['host', ...Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'))];
  if (must.some((name) => !signed.includes(name))) return 'AccessDenied';
  const query = Object.entries(request.query).map(([name, value]) => `${encoded(name)}=${encoded(value)}`).sort().join('&');
  const headers = signed.map((name) => `${name}:${(request.headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`).join('');
  const canonical = [request.method, request.path, query, headers, names, hash].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', at, scope, hex(Buffer.from(canonical))].join('\n');
  const signingKey = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>((before, part) => hmac(before, part), `AWS4${secret}`);
  return timingSafeEqual(hmac(signingKey, toSign), Buffer.from(signature, 'hex')) ? undefined : 'SignatureDoesNotMatch';
} // prettier-ignore

const hex = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
/** As RFC 3986: also ! ' ( ) * are encoded. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
