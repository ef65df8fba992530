import {
  isJsonObject,
  readExact,
  verifyHmac,
  verifyJwt,
  type JsonObject,
  type Webhook,
  type WebhookRequest,
  type WebhookVerdict,
} from '@waybill/sdk';
import { hmacKeyOf, publicKeyOf } from './settings.js';
import { objectIn, stateId } from './streams.js';

const refuse = (code: string, reason: string): WebhookVerdict => ({ ok: false, code, reason });
const headerBytesMax = 1_000_000;

/**
 * `X-Lago-Signature` under `X-Lago-Signature-Algorithm`: `hmac` is base64 of HMAC-SHA256 over the body, `jwt` an RS256 token whose claim `data` is the
 * body (docs.getlago.com, "Webhooks → signature"). What is not named, or has no key here, is refused. No time is signed, so there is no tolerance.
 */
function verify(request: WebhookRequest, settings: JsonObject, now: Date): WebhookVerdict {
  const signature = request.headers['x-lago-signature'] ?? '';
  const unique = request.headers['x-lago-unique-key'] ?? '';
  if (signature === '' || signature.length > headerBytesMax) return refuse('signature-missing', 'The request has no X-Lago-Signature.');
  if (!/^[\w-]{8,100}$/.test(unique)) return refuse('event-id-missing', 'The request has no X-Lago-Unique-Key.');
  const fits = signed(request, signature, settings, now);
  if (fits !== true) return fits;
  return { ok: true, deliveryId: idOf(request.body) ?? `notice/${unique}` };
}

function signed({ headers, body }: WebhookRequest, signature: string, settings: JsonObject, now: Date): true | WebhookVerdict {
  switch (headers['x-lago-signature-algorithm']) {
    case 'hmac': {
      const key = hmacKeyOf(settings);
      if (key === undefined) return refuse('secret-missing', 'The connection has no webhook HMAC key, so no webhook can be trusted.');
      return verifyHmac({ payload: body, secrets: [key], signatures: [signature], encoding: 'base64' }) || wrong;
    }
    case 'jwt': {
      const publicKey = publicKeyOf(settings);
      if (publicKey === undefined) return refuse('secret-missing', 'The connection has no webhook public key, so no token can be trusted.');
      const data = verifyJwt(signature, { publicKey, algorithms: ['RS256'], now })?.['data'];
      return (data !== undefined && isSame(data, body)) || wrong;
    }
    default:
      return refuse('algorithm-unknown', 'X-Lago-Signature-Algorithm must be hmac or jwt.');
  }
}

const wrong = refuse('signature-wrong', 'The signature does not fit the body with the connection’s key.');

/** The claim is the body as text, or as an object; the same bytes, or the same data to the last digit. */
function isSame(data: unknown, body: Buffer): boolean {
  const text = body.toString('utf8');
  if (data === text) return true;
  try {
    const claimed = typeof data === 'string' ? readExact(data) : readExact(JSON.stringify(data));
    return JSON.stringify(sorted(claimed)) === JSON.stringify(sorted(readExact(text)));
  } catch {
    return false;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, sorted(inner)])); // prettier-ignore
}

/** The state of the object that it shows, so that a poll of the same state is the same delivery; undefined for notices. */
function idOf(body: Buffer): string | undefined {
  try {
    const value = readExact(body.toString('utf8'));
    const found = isJsonObject(value) ? objectIn(value) : undefined;
    return found && stateId(found.name, found.row);
  } catch {
    return undefined;
  }
}

export const webhook: Webhook = { summary: 'Lago signs each webhook with an HMAC or as a JWT, as its endpoint is set.', verify };
