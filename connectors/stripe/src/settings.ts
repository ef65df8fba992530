import { secret, type JsonObject, type JsonSchema } from '@waybill/sdk';

/** The API version whose shapes the mappings of this connector's pack were written for. */
export const vendorApi = '2026-10-28';

export const settingsSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['apiKey'],
  properties: {
    apiKey: secret('API key', {
      description: 'A restricted key (rk_…) with the permissions listed in the documentation, or a secret key (sk_…).',
    }),
    webhookSecret: secret('Signing secret of the webhook endpoint', {
      description: 'Starts with whsec_. Without it every webhook is refused.',
    }),
    previousWebhookSecret: secret('Signing secret before the last rotation', {
      description: 'Also accepted. Remove it once Stripe has stopped using it.',
    }),
    accountId: {
      type: 'string',
      title: 'Account id',
      pattern: '^acct_[A-Za-z0-9]{1,60}$',
      description: 'Names the source system for ever (stripe/acct_…), so that a re-created connection keeps its documents.',
    },
    apiBase: {
      type: 'string',
      title: 'Base address of the API',
      default: 'https://api.stripe.com',
      pattern: '^https?://[^/?#]+$',
      description: 'Only changed for a sandbox or a proxy.',
    },
    apiVersion: {
      type: 'string',
      title: 'API version',
      maxLength: 60,
      description: 'Sent as Stripe-Version. Empty: the account’s own version. Events keep the version they were made with.',
    },
    firstPollDays: {
      type: 'integer',
      title: 'Days that the first poll reads back',
      minimum: 0,
      maximum: 30,
      default: 1,
      description: 'Later history is brought by a backfill.',
    },
  },
};

const text = (settings: JsonObject, name: string): string | undefined => {
  const value = settings[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

export const apiKeyOf = (settings: JsonObject): string => text(settings, 'apiKey') ?? '';
export const apiBaseOf = (settings: JsonObject): string => text(settings, 'apiBase') ?? 'https://api.stripe.com';
export const apiVersionOf = (settings: JsonObject): string | undefined => text(settings, 'apiVersion');
export const firstPollDaysOf = (settings: JsonObject): number =>
  typeof settings['firstPollDays'] === 'number' ? settings['firstPollDays'] : 1;

export function accountOf(settings: JsonObject): string | undefined {
  const id = text(settings, 'accountId');
  return id === undefined ? undefined : `stripe/${id}`;
}

/** Every signing secret that is live; during a rotation there are two. */
export const webhookSecretsOf = (settings: JsonObject): string[] =>
  ['webhookSecret', 'previousWebhookSecret'].flatMap((name) => text(settings, name) ?? []);
