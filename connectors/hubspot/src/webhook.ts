import { verifyHmac, withinTolerance, type JsonObject, type Webhook, type WebhookRequest, type WebhookVerdict } from '@waybill/sdk';
import { createHash } from 'node:crypto';
import { eventsIn } from './records.js';
import { clientSecretOf, webhookUrlOf } from './settings.js';

const refuse = (code: string, reason: string): WebhookVerdict => ({ ok: false, code, reason });
const headerBytesMax = 1_000;

/**
 * What HubSpot decodes in the address before it signs it (developers.hubspot.com, "Validating requests", v3). Its own npm client signs the address as it is:
 * for an address without encoded characters, as ours are, both are the same.
 */
const encoded: Record<string, string> = { '%3A': ':', '%2F': '/', '%3F': '?', '%40': '@', '%21': '!', '%24': '$', '%27': "'", '%28': '(', '%29': ')', '%2A': '*', '%2C': ',', '%3B': ';' }; // prettier-ignore
export const asSigned = (url: string): string => url.replace(/%[0-9A-F]{2}/gi, (code) => encoded[code.toUpperCase()] ?? code);

/**
 * `X-HubSpot-Signature-v3`: base64 of HMAC-SHA256 over method, address, body and timestamp, with the app's client secret; refused when the timestamp is
 * more than five minutes away. Older signatures in the same request cover less, and are not looked at.
 */
function verify(request: WebhookRequest, settings: JsonObject, now: Date): WebhookVerdict {
  const signature = request.headers['x-hubspot-signature-v3'] ?? '';
  const timestamp = request.headers['x-hubspot-request-timestamp'] ?? '';
  if (signature === '' || signature.length > headerBytesMax) return refuse('signature-missing', 'The request has no X-HubSpot-Signature-v3.');
  if (!/^\d{10,15}$/.test(timestamp)) return refuse('timestamp-missing', 'The request has no X-HubSpot-Request-Timestamp in milliseconds.');
  const [secret, url] = [clientSecretOf(settings), webhookUrlOf(settings)];
  if (secret === undefined || url === undefined)
    return refuse('secret-missing', 'The connection has no client secret or no address of the webhook, so no webhook can be trusted.');
  const payload = Buffer.concat([Buffer.from(`POST${asSigned(url)}`, 'utf8'), request.body, Buffer.from(timestamp, 'latin1')]);
  if (!verifyHmac({ payload, secrets: [secret], signatures: [signature], encoding: 'base64' }))
    return refuse('signature-wrong', 'The signature does not fit the body with the connection’s secret and the address of its webhook.');
  if (!withinTolerance(Number(timestamp) / 1_000, now)) return refuse('timestamp-too-old', 'The request was signed more than five minutes away from now.');
  const events = eventsIn(request.body.toString('utf8'));
  if (!events) return refuse('body-not-events', 'The signed body is no list of events.');
  // A repeat has the same events with a higher attempt; HubSpot does not promise that an event's id is its own for ever.
  const names = events.map((event) => ['subscriptionId', 'eventId', 'subscriptionType', 'objectId', 'occurredAt'].map((name) => String(event[name] ?? '')));
  return { ok: true, deliveryId: `events/${createHash('sha256').update(JSON.stringify(names)).digest('hex')}` };
} // prettier-ignore

export const webhook: Webhook = {
  summary: 'HubSpot signs each webhook (signature v3) with the app’s client secret and the address; it names objects, which are then read.',
  verify,
};
