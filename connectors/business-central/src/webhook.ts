import { createHash, timingSafeEqual } from 'node:crypto';
import { isJsonObject, type JsonObject, type Webhook, type WebhookRequest, type WebhookVerdict } from '@waybill/sdk';

const noticesMax = 1_000;
const refuse = (code: string, reason: string): WebhookVerdict => ({ ok: false, code, reason });

/** Compared as hashes: equal length, and no time tells how much fits. */
const same = (given: unknown, secret: string): boolean =>
  typeof given === 'string' && timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(secret).digest());

/**
 * Business Central signs nothing: what it was given as `clientState` comes back in every entry of a notification, and each must be ours
 * (dynamics-subscriptions). So a notification is never believed further than to fetch what it names.
 */
function verify(request: WebhookRequest, settings: JsonObject): WebhookVerdict {
  const secret = settings['clientState'];
  if (typeof secret !== 'string' || secret === '')
    return refuse('secret-missing', 'The connection has no client state, so no notification can be trusted.');
  const notices = noticesIn(request.body);
  if (notices === undefined) return refuse('body-not-a-notification', 'The body is not a notification with entries.');
  if (notices.length > noticesMax) return refuse('too-many-entries', `The notification holds more than ${noticesMax} entries.`);
  if (!notices.every((notice) => isJsonObject(notice) && same(notice['clientState'], secret)))
    return refuse('client-state-wrong', 'An entry of the notification does not carry the client state of this connection.');
  return { ok: true, deliveryId: `bcn_${createHash('sha256').update(request.body).digest('hex').slice(0, 40)}` };
}

function noticesIn(body: Buffer): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    const notices = isJsonObject(value) ? value['value'] : undefined;
    return Array.isArray(notices) && notices.length > 0 ? notices : undefined;
  } catch {
    return undefined;
  }
}

/** When a subscription is made or renewed, `validationToken` stands in the address and has to come back as it is. Only what cannot be markup does. */
function handshake({ query }: WebhookRequest): string | undefined {
  const token = query['validationToken'];
  return token !== undefined && /^[A-Za-z0-9 ._~:/+=%-]{1,500}$/.test(token) ? token : undefined;
}

export const webhook: Webhook = {
  summary:
    'Notifications carry the client state of the connection; each names records that are then fetched. The handshake of a subscription is answered.',
  verify,
  handshake,
};
