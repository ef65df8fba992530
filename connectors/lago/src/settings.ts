import { ownErrorRows, secret, Type, type JsonObject } from '@waybill/sdk';

export const settings = Type.Object(
  {
    apiKey: Type.Unsafe<string>(secret('API key', { description: 'Developers → API keys & ID.' })),
    apiBase: Type.Optional(
      Type.String({
        title: 'Address of the API',
        description: 'https://api.getlago.com/api/v1 (default), https://api.eu.getlago.com/api/v1, or your own Lago with /api/v1.',
        format: 'uri',
        pattern: '^https?://',
        maxLength: 500,
      }),
    ),
    organization: Type.Optional(
      Type.String({
        title: 'Organization ID',
        description: 'Names the source system for ever. Webhooks of another organization are ignored.',
        pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
      }),
    ),
    hmacKey: Type.Optional(
      Type.Unsafe<string>(secret('Webhook HMAC key', { description: 'Developers → Webhooks, for endpoints with the signature HMAC.' })),
    ),
    publicKey: Type.Optional(
      Type.String({
        title: 'Webhook public key',
        description: 'For endpoints with the signature JWT: what GET /webhooks/json_public_key answers, or the key in PEM.',
        minLength: 100,
        maxLength: 8_000,
      }),
    ),
    repairDays: Type.Optional(
      Type.Integer({
        title: 'Days that each poll reads again',
        description: 'Lago has no list of what changed: each poll reads documents issued in these days. Default 35.',
        minimum: 1,
        maximum: 400,
      }),
    ),
    errors: Type.Optional(Type.Unsafe<JsonObject[]>(ownErrorRows)),
  },
  { additionalProperties: false },
);

const textOf = (given: JsonObject, name: string): string | undefined => (typeof given[name] === 'string' && given[name] !== '' ? given[name] : undefined); // prettier-ignore

export const apiKeyOf = (given: JsonObject): string => textOf(given, 'apiKey') ?? '';
export const apiBaseOf = (given: JsonObject): string => (textOf(given, 'apiBase') ?? 'https://api.getlago.com/api/v1').replace(/\/+$/, '');
export const hmacKeyOf = (given: JsonObject): string | undefined => textOf(given, 'hmacKey');
export const organizationOf = (given: JsonObject): string | undefined => textOf(given, 'organization');
export const repairDaysOf = (given: JsonObject): number => (typeof given['repairDays'] === 'number' ? given['repairDays'] : 35);

/** In PEM. Lago's answer is `{"webhook":{"public_key":"<base64 of PEM>"}}`; the base64 alone is taken too. */
export function publicKeyOf(given: JsonObject): string | undefined {
  const text = textOf(given, 'publicKey')?.trim();
  if (text === undefined || text.includes('-----BEGIN')) return text;
  const inner = /"public_key"\s*:\s*"([^"]+)"/.exec(text)?.[1] ?? text;
  return Buffer.from(inner, 'base64').toString('utf8');
}

export const account = (given: JsonObject): string | undefined => {
  const organization = organizationOf(given);
  return organization === undefined ? undefined : `lago/${organization}`;
};
