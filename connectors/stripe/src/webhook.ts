import { verifyHmac, withinTolerance, type JsonObject, type Webhook, type WebhookRequest, type WebhookVerdict } from '@waybill/sdk';
import { webhookSecretsOf } from './settings.js';

const headerBytesMax = 4096;
const refuse = (code: string, reason: string): WebhookVerdict => ({ ok: false, code, reason });

/**
 * `Stripe-Signature: t=<seconds>,v1=<hex>,v1=<hex>`: HMAC-SHA256 over `<t>.<body>`, one v1 for every live secret.
 * Source: docs.stripe.com/webhooks#verify-manually. Other schemes in the header (v0) are test signatures and never count.
 */
function verify(request: WebhookRequest, settings: JsonObject, now: Date): WebhookVerdict {
  const header = request.headers['stripe-signature'] ?? '';
  if (header === '' || header.length > headerBytesMax) return refuse('signature-missing', 'The request has no Stripe-Signature header.');
  const parts = header.split(',').map((part) => part.trim().split('='));
  const timestamps = parts.filter(([name]) => name === 't').map(([, value]) => value ?? '');
  const signatures = parts.flatMap(([name, value]) => (name === 'v1' && value ? [value] : []));
  const timestamp = timestamps.length === 1 && /^\d{1,12}$/.test(timestamps[0]!) ? timestamps[0]! : undefined;
  if (timestamp === undefined || signatures.length === 0)
    return refuse('signature-malformed', 'Stripe-Signature must hold one t=… and at least one v1=….');
  const secrets = webhookSecretsOf(settings);
  if (secrets.length === 0) return refuse('secret-missing', 'The connection has no webhook signing secret, so no webhook can be trusted.');
  const payload = Buffer.concat([Buffer.from(`${timestamp}.`), request.body]);
  if (!verifyHmac({ payload, secrets, signatures, encoding: 'hex' }))
    return refuse('signature-wrong', 'No v1 signature fits the body with the connection’s signing secrets.');
  if (!withinTolerance(Number(timestamp), now))
    return refuse('timestamp-outside-tolerance', `The request was signed at ${timestamp}, more than 300 seconds away from now.`);
  const deliveryId = eventId(request.body);
  return deliveryId ? { ok: true, deliveryId } : refuse('event-id-missing', 'The signed body is not an event with an id (evt_…).');
}

/** Parsed only after the signature held. */
function eventId(body: Buffer): string | undefined {
  try {
    const event: unknown = JSON.parse(body.toString('utf8'));
    const id = typeof event === 'object' && event !== null ? (event as Record<string, unknown>)['id'] : undefined;
    return typeof id === 'string' && /^[\w-]{1,255}$/.test(id) ? id : undefined;
  } catch {
    return undefined;
  }
}

export const webhook: Webhook = {
  summary: 'Stripe signs every event with the endpoint’s secret; events outside 300 seconds are refused.',
  verify,
};
