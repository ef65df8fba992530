import { ownErrorRows, secret, Type, type JsonObject } from '@waybill/sdk';

export const settings = Type.Object(
  {
    site: Type.String({
      title: 'Site',
      description:
        'The first part of the address: acme in acme.chargebee.com, acme-test for a test site. Names the source system for ever.',
      pattern: '^[a-z0-9][a-z0-9-]{0,59}$',
    }),
    apiKey: Type.Unsafe<string>(secret('API key', { description: 'Settings → Configure Chargebee → API keys and webhooks.' })),
    webhookUser: Type.Optional(
      Type.String({ title: 'Webhook user name', description: 'Of the webhook’s basic authentication.', minLength: 1, maxLength: 200 }),
    ),
    webhookPassword: Type.Optional(
      Type.Unsafe<string>(
        secret('Webhook password', { description: 'Of the webhook’s basic authentication. Without it every webhook is refused.' }),
      ),
    ),
    apiBase: Type.Optional(
      Type.String({
        title: 'Address of the API',
        description: 'Only for a proxy: instead of https://<site>.chargebee.com/api/v2.',
        format: 'uri',
        pattern: '^https?://',
        maxLength: 500,
      }),
    ),
    errors: Type.Optional(Type.Unsafe<JsonObject[]>(ownErrorRows)),
  },
  { additionalProperties: false },
);

const textOf = (given: JsonObject, name: string): string | undefined => (typeof given[name] === 'string' && given[name] !== '' ? given[name] : undefined); // prettier-ignore

export const apiKeyOf = (given: JsonObject): string => textOf(given, 'apiKey') ?? '';
export const webhookUserOf = (given: JsonObject): string | undefined => textOf(given, 'webhookUser');
export const webhookPasswordOf = (given: JsonObject): string | undefined => textOf(given, 'webhookPassword');

/** Source: apidocs.chargebee.com, "Introduction": `https://{site}.chargebee.com/api/v2`. */
export const apiBaseOf = (given: JsonObject): string =>
  (textOf(given, 'apiBase') ?? `https://${textOf(given, 'site') ?? ''}.chargebee.com/api/v2`).replace(/\/+$/, '');

export const account = (given: JsonObject): string | undefined => {
  const site = textOf(given, 'site');
  return site === undefined ? undefined : `chargebee/${site}`;
};
