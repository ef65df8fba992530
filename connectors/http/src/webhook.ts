import { verifyHmac, withinTolerance, type JsonObject, type Webhook, type WebhookRequest, type WebhookVerdict } from '@waybill/sdk';
import { createHash, timingSafeEqual } from 'node:crypto';
import { at, plainText } from './pointer.js';
import { secretsOf, text } from './settings.js';

const refuse = (code: string, reason: string): WebhookVerdict => ({ ok: false, code, reason });
const headerBytesMax = 4096;

function verify(request: WebhookRequest, settings: JsonObject, now: Date): WebhookVerdict {
  const secrets = secretsOf(settings);
  if (secrets.length === 0) return refuse('secret-missing', 'The connection has no webhook secret, so no webhook can be trusted.');
  switch (text(settings, 'signing')) {
    case 'standard-webhooks':
      return standard(request, secrets, now);
    case 'hmac':
      return hmac(request, settings, secrets);
    case 'shared':
      return shared(request, settings, secrets);
    default:
      return refuse('signing-unknown', 'The connection names no way of signing that is known.');
  }
}

/**
 * Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, in a list of `v1,<base64>` parted by spaces; the secret is base64 after
 * `whsec_`. Source: standard-webhooks.md, "Signature scheme" and "Webhook headers". Asymmetric `v1a` signatures are not accepted.
 */
function standard({ headers, body }: WebhookRequest, secrets: readonly string[], now: Date): WebhookVerdict {
  const [id, timestamp, list] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => headers[name] ?? '') as [
    string,
    string,
    string,
  ];
  if (!/^[^\s.]{1,255}$/.test(id) || !/^\d{1,12}$/.test(timestamp) || list === '' || list.length > headerBytesMax)
    return refuse('signature-missing', 'The request lacks webhook-id, webhook-timestamp or webhook-signature.');
  const keys = secrets.map((secret) =>
    secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret, 'utf8'),
  );
  const signatures = list.split(' ').flatMap((one) => (one.startsWith('v1,') ? [one.slice(3)] : []));
  const payload = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  if (!verifyHmac({ payload, secrets: keys, signatures, encoding: 'base64' }))
    return refuse('signature-wrong', 'No v1 signature fits the id, the timestamp and the body.');
  if (!withinTolerance(Number(timestamp), now))
    return refuse('timestamp-outside-tolerance', `The request was signed at ${timestamp}, more than 300 seconds away from now.`);
  return { ok: true, deliveryId: id };
}

/** The value of the signature header without its prefix; undefined when the header or the prefix is not there. */
function signatureOf(headers: Record<string, string>, settings: JsonObject): string | undefined {
  const value = headers[text(settings, 'signatureHeader').toLowerCase()] ?? '';
  const prefix = text(settings, 'signaturePrefix');
  return value !== '' && value.length <= headerBytesMax && value.startsWith(prefix) ? value.slice(prefix.length) : undefined;
}

function hmac(request: WebhookRequest, settings: JsonObject, secrets: readonly string[]): WebhookVerdict {
  const signature = signatureOf(request.headers, settings);
  if (!signature) return refuse('signature-missing', `The request has no signature in ${text(settings, 'signatureHeader')}.`);
  const encoding = text(settings, 'signatureEncoding') === 'base64' ? 'base64' : 'hex';
  const algorithm = text(settings, 'signatureAlgorithm') === 'sha512' ? 'sha512' : 'sha256';
  const given = encoding === 'hex' ? signature.toLowerCase() : signature;
  if (!verifyHmac({ payload: request.body, secrets, signatures: [given], encoding, algorithm }))
    return refuse('signature-wrong', 'The signature does not fit the body.');
  return identify(request, settings);
}

/** The header must say exactly the secret. Hashes are compared, so that neither length nor content shows in the time taken. */
function shared(request: WebhookRequest, settings: JsonObject, secrets: readonly string[]): WebhookVerdict {
  const given = signatureOf(request.headers, settings);
  if (!given) return refuse('signature-missing', `The request has no value in ${text(settings, 'signatureHeader')}.`);
  const digest = (value: string) => createHash('sha256').update(value, 'utf8').digest();
  if (!secrets.some((secret) => timingSafeEqual(digest(secret), digest(given))))
    return refuse('signature-wrong', 'The shared value is another one.');
  return identify(request, settings);
}

/** The delivery's id: a header, a value of the body, or the body's hash, as the connection says; never guessed from elsewhere. */
function identify({ headers, body }: WebhookRequest, settings: JsonObject): WebhookVerdict {
  const [header, pointer] = [text(settings, 'deliveryIdHeader'), text(settings, 'deliveryIdPointer')];
  if (header === '' && pointer === '') return { ok: true, deliveryId: `sha256-${createHash('sha256').update(body).digest('hex')}` };
  const id = header === '' ? plainText(at(parsed(body), pointer)) : headers[header.toLowerCase()];
  if (id === undefined || id === '' || id.length > 255)
    return refuse('delivery-id-missing', `The request has no delivery id at ${header || pointer}.`);
  return { ok: true, deliveryId: id };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

export const webhook: Webhook = {
  summary: 'Standard Webhooks, an HMAC in a header, or a shared value in a header; always one of them.',
  verify,
};
