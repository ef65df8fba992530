import { type JsonObject, type Webhook, type WebhookRequest, type WebhookVerdict } from '@waybill/sdk';
import { timingSafeEqual, createHash } from 'node:crypto';
import { parsed, stateId, subjectOf } from './records.js';
import { webhookPasswordOf, webhookUserOf } from './settings.js';

const refuse = (code: string, reason: string): WebhookVerdict => ({ ok: false, code, reason });
const headerBytesMax = 4_096;

/** Compared by digest, so that neither length nor content can be told from the time it takes. */
const same = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a, 'utf8').digest(), createHash('sha256').update(b, 'utf8').digest());

/**
 * Chargebee signs nothing. It sends the basic authentication that its webhook is set up with (apidocs.chargebee.com, "Events"), which says who sent the
 * body and not that nobody altered it. So a webhook is a hint here: `complete` reads the record from Chargebee before anything is made of it.
 */
function verify(request: WebhookRequest, settings: JsonObject): WebhookVerdict {
  const header = request.headers['authorization'] ?? '';
  if (header === '' || header.length > headerBytesMax) return refuse('authorization-missing', 'The request has no basic authentication.');
  const [user, password] = [webhookUserOf(settings), webhookPasswordOf(settings)];
  if (user === undefined || password === undefined)
    return refuse('secret-missing', 'The connection has no webhook user and password, so no webhook can be trusted.');
  const given = /^Basic ([A-Za-z0-9+/]{1,2000}={0,2})$/i.exec(header)?.[1];
  if (given === undefined || !same(Buffer.from(given, 'base64').toString('utf8'), `${user}:${password}`))
    return refuse('authorization-wrong', 'The basic authentication is not the connection’s.');
  const event = parsed(request.body.toString('utf8'));
  const id = event?.['id'];
  if (!event || typeof id !== 'string' || !/^[\w-]{1,200}$/.test(id)) return refuse('event-id-missing', 'The body is no event with an id.');
  const subject = subjectOf(event);
  return { ok: true, deliveryId: (subject && stateId(subject.stream, subject.row)) ?? `event/${id}` };
}

export const webhook: Webhook = {
  summary: 'Chargebee proves itself by the basic authentication of its webhook; the body is a hint, and the record is read by the API.',
  verify,
};
