import { verifyHmac, type JsonObject, type Webhook, type WebhookRequest, type WebhookVerdict } from '@waybill/sdk';
import { webhookKeyOf } from './settings.js';

const refuse = (code: string, reason: string): WebhookVerdict => ({ ok: false, code, reason });

/**
 * `x-xero-signature`: base64 of HMAC-SHA256 over the body with the webhooks key. Before Xero sends anything it sends an "intent to receive": several
 * bodies, some signed wrongly on purpose, and wants 2xx for the right ones and 401 for the others, which is what verifying does anyway. Events carry
 * no id; the numbers of their sequence and Xero's random string name the delivery. No time is signed, so there is no tolerance.
 */
function verify(request: WebhookRequest, settings: JsonObject): WebhookVerdict {
  const signature = request.headers['x-xero-signature'] ?? '';
  if (signature === '' || signature.length > 200) return refuse('signature-missing', 'The request has no x-xero-signature.');
  const key = webhookKeyOf(settings);
  if (key === undefined) return refuse('secret-missing', 'The connection has no webhooks key, so no webhook can be trusted.');
  if (!verifyHmac({ payload: request.body, secrets: [key], signatures: [signature], encoding: 'base64' }))
    return refuse('signature-wrong', 'The signature does not fit the body with the connection’s webhooks key.');
  const deliveryId = idOf(request.body);
  return deliveryId === undefined
    ? refuse('event-id-missing', 'The signed body has no sequence numbers and no entropy.')
    : { ok: true, deliveryId };
}

function idOf(body: Buffer): string | undefined {
  try {
    const { firstEventSequence: first, lastEventSequence: last, entropy } = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    return Number.isSafeInteger(first) && Number.isSafeInteger(last) && typeof entropy === 'string' && /^[\w-]{1,100}$/.test(entropy)
      ? `${String(first)}-${String(last)}-${entropy}`
      : undefined;
  } catch {
    return undefined;
  }
}

export const webhook: Webhook = {
  summary: 'Xero signs each delivery with the app’s webhooks key and tries the address out with wrong signatures before it sends events.',
  verify,
};
