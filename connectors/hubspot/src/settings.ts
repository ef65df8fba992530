import { ownErrorRows, secret, Type, type JsonObject } from '@waybill/sdk';

const properties = (title: string) =>
  Type.Optional(
    Type.Array(Type.String({ pattern: '^[a-z][a-z0-9_]{0,99}$' }), {
      title,
      description: 'Internal names of properties that are read besides the usual ones.',
      maxItems: 200,
      uniqueItems: true,
    }),
  );

export const settings = Type.Object(
  {
    portal: Type.String({ title: 'Hub ID', description: 'Names the source system for ever. Webhooks of another account are ignored.', pattern: '^\\d{1,15}$' }),
    accessToken: Type.Unsafe<string>(secret('Access token', { description: 'Of the private app.' })),
    clientSecret: Type.Optional(Type.Unsafe<string>(secret('Client secret', { description: 'Of the app; signs its webhooks. Without it every webhook is refused.' }))),
    webhookUrl: Type.Optional(
      Type.String({
        title: 'Address of the webhook',
        description: 'Exactly as it is entered at HubSpot, for the signature covers it: https://<your host>/v1/hooks/<connection>.',
        format: 'uri',
        pattern: '^https?://',
        maxLength: 500,
      }),
    ),
    companyProperties: properties('Properties of companies'),
    contactProperties: properties('Properties of contacts'),
    dealProperties: properties('Properties of deals'),
    apiBase: Type.Optional(
      Type.String({ title: 'Address of the API', description: 'Only for a proxy: instead of https://api.hubapi.com.', format: 'uri', pattern: '^https?://', maxLength: 500 }),
    ),
    errors: Type.Optional(Type.Unsafe<JsonObject[]>(ownErrorRows)),
  },
  { additionalProperties: false },
); // prettier-ignore

const textOf = (given: JsonObject, name: string): string | undefined => (typeof given[name] === 'string' && given[name] !== '' ? given[name] : undefined); // prettier-ignore

export const accessTokenOf = (given: JsonObject): string => textOf(given, 'accessToken') ?? '';
export const clientSecretOf = (given: JsonObject): string | undefined => textOf(given, 'clientSecret');
export const webhookUrlOf = (given: JsonObject): string | undefined => textOf(given, 'webhookUrl');
export const portalOf = (given: JsonObject): string | undefined => textOf(given, 'portal');
export const apiBaseOf = (given: JsonObject): string => (textOf(given, 'apiBase') ?? 'https://api.hubapi.com').replace(/\/+$/, '');

export function propertiesOf(given: JsonObject, name: string): string[] {
  const value = given[name];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

export const account = (given: JsonObject): string | undefined => {
  const portal = portalOf(given);
  return portal === undefined ? undefined : `hubspot/${portal}`;
};
