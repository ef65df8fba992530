import { ownErrorRows, secret, Type, type JsonObject, type OAuthGrant } from '@waybill/sdk';

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
    portal: Type.Optional(Type.String({ title: 'Hub ID', description: 'Names the source system for ever. Webhooks of another account are ignored. Connect fills it in.', pattern: '^\\d{1,15}$' })),
    accessToken: Type.Optional(Type.Unsafe<string>(secret('Access token', { description: 'Of a private app. An app that is connected by consent has none.' }))),
    clientId: Type.Optional(Type.String({ title: 'Client ID', description: 'Of an app that is connected by consent.', minLength: 1, maxLength: 200 })),
    clientSecret: Type.Optional(Type.Unsafe<string>(secret('Client secret', { description: 'Of the app; signs its webhooks, and a consent needs it. Without it every webhook is refused.' }))),
    refreshToken: Type.Optional(Type.Unsafe<string>(secret('Refresh token', { fromConsent: true, description: 'Connect brings it.' }))),
    scopes: Type.Optional(
      Type.Array(Type.String({ pattern: '^[a-z._-]{1,80}$' }), { title: 'Scopes', description: 'What a consent asks for, instead of reading and writing companies and contacts and reading deals. As the app has them.', maxItems: 60, uniqueItems: true }),
    ),
    webhookUrl: Type.Optional(
      Type.String({
        title: 'Address of the webhook',
        'x-destination': false,
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
    consentUrl: Type.Optional(
      Type.String({ title: 'Address of the consent page', description: 'Only for a proxy.', format: 'uri', pattern: '^https?://', maxLength: 500 }),
    ),
    errors: Type.Optional(Type.Unsafe<JsonObject[]>(ownErrorRows)),
  },
  { additionalProperties: false },
); // prettier-ignore

const textOf = (given: JsonObject, name: string): string | undefined => (typeof given[name] === 'string' && given[name] !== '' ? given[name] : undefined); // prettier-ignore

export const accessTokenOf = (given: JsonObject): string | undefined => textOf(given, 'accessToken');
export const clientSecretOf = (given: JsonObject): string | undefined => textOf(given, 'clientSecret');
export const webhookUrlOf = (given: JsonObject): string | undefined => textOf(given, 'webhookUrl');
export const portalOf = (given: JsonObject): string | undefined => textOf(given, 'portal');
export const apiBaseOf = (given: JsonObject): string => (textOf(given, 'apiBase') ?? 'https://api.hubapi.com').replace(/\/+$/, '');

export const consentPageOf = (given: JsonObject): string => textOf(given, 'consentUrl') ?? 'https://app.hubspot.com/oauth/authorize';

const usualScopes = ['companies', 'contacts', 'deals'].flatMap((type) => [`crm.objects.${type}.read`, ...(type === 'deals' ? [] : [`crm.objects.${type}.write`])]); // prettier-ignore

/** Every consent asks for `oauth`, which HubSpot gives to each app. */
export function scopesOf(given: JsonObject): string[] {
  const own = given['scopes'];
  return [...new Set(['oauth', ...(Array.isArray(own) && own.length > 0 ? own.map(String) : usualScopes)])];
}

/** developers.hubspot.com, "OAuth v3": id and secret in the body; access tokens live 30 minutes, and the refresh token stays the same. */
export const grantOf = (given: JsonObject): OAuthGrant => ({
  type: 'refresh-token',
  tokenUrl: `${apiBaseOf(given)}/oauth/v3/token`,
  client: { by: 'body', id: textOf(given, 'clientId') ?? '', secret: clientSecretOf(given) ?? '' },
  refreshToken: textOf(given, 'refreshToken') ?? '',
  isOver: ({ status }) => status === 'BAD_REFRESH_TOKEN',
});

export function propertiesOf(given: JsonObject, name: string): string[] {
  const value = given[name];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

export const account = (given: JsonObject): string | undefined => {
  const portal = portalOf(given);
  return portal === undefined ? undefined : `hubspot/${portal}`;
};
