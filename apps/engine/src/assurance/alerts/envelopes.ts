import { createHmac } from 'node:crypto';
import type { JsonObject } from '@waybill/sdk';
import type { Around, Told } from './words.js';

export interface Envelope {
  /** The notice: the same for every try of it. */
  id: string;
  around: Around;
  subject: string;
  text: string;
  told: readonly Told[];
}

/** What an incoming webhook of Slack takes, and what speaks like it (Mattermost, Rocket.Chat): `text`, in which three characters are escaped (Slack's own rule). */
export function slackBody({ subject, text }: Envelope): JsonObject {
  const plain = (said: string) => said.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign]!);
  return { text: `*${plain(subject)}*\n${plain(text)}` };
}

export function webhookBody({ id, around, subject, text, told }: Envelope, at: Date): JsonObject {
  return {
    type: `alert.${around.occasion}`,
    timestamp: at.toISOString(),
    data: {
      notice: id,
      rule: around.rule,
      severity: around.severity,
      environment: around.environment,
      subject,
      text,
      alerts: told.map(({ id: alert, subject: about, title, detail, since, amounts, link }) => ({
        id: alert,
        about,
        title,
        detail,
        since,
        amounts: amounts.map(({ amount, currency }) => ({ amount, currency })),
        link: `${around.base}${link}`,
      })),
    },
  };
}

/**
 * Headers by the Standard Webhooks specification 1.0.0: HMAC-SHA256 over `id.timestamp.body`, in base64 behind `v1,`. A secret that begins with `whsec_` is base64 behind it, any other is taken as
 * its bytes. The id is the notice's, so a receiver knows a try that it has seen.
 */
export function signedHeaders(secret: string, id: string, at: Date, body: string): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret, 'utf8');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
