import { ownErrorRows, secret, Type, type JsonObject, type OAuthGrant } from '@waybill/sdk';

export const settings = Type.Object(
  {
    tenantId: Type.String({
      title: 'Tenant ID',
      description: 'The organisation: `tenantId` of https://api.xero.com/connections.',
      pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
    }),
    clientId: Type.String({ title: 'Client ID', minLength: 1, maxLength: 200 }),
    clientSecret: Type.Unsafe<string>(secret('Client secret')),
    refreshToken: Type.Optional(
      Type.Unsafe<string>(
        secret('Refresh token', {
          description:
            'From the consent, with offline_access. Leave it empty for a custom connection, which signs in with the client alone.',
        }),
      ),
    ),
    webhookKey: Type.Optional(
      Type.Unsafe<string>(secret('Webhooks key', { description: 'Of the app’s webhooks page. Without it every webhook is refused.' })),
    ),
    apiBase: Type.Optional(
      Type.String({
        title: 'Address of the API',
        description: 'Only to go through a proxy.',
        format: 'uri',
        pattern: '^https?://',
        maxLength: 500,
      }),
    ),
    signInUrl: Type.Optional(
      Type.String({
        title: 'Address of the sign-in',
        description: 'Only to go through a proxy.',
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

export const tenantOf = (given: JsonObject): string => (textOf(given, 'tenantId') ?? '').toLowerCase();
export const webhookKeyOf = (given: JsonObject): string | undefined => textOf(given, 'webhookKey');
export const apiBaseOf = (given: JsonObject): string =>
  (textOf(given, 'apiBase') ?? 'https://api.xero.com/api.xro/2.0').replace(/\/+$/, '');

/** Custom connections have one organisation and no refresh token; apps have one that rotates at each use and is good for 60 days (Xero, "OAuth 2.0"). */
export function grantOf(given: JsonObject): OAuthGrant {
  const refreshToken = textOf(given, 'refreshToken');
  const common = {
    tokenUrl: textOf(given, 'signInUrl') ?? 'https://identity.xero.com/connect/token',
    client: { by: 'basic' as const, id: textOf(given, 'clientId') ?? '', secret: textOf(given, 'clientSecret') ?? '' },
  };
  return refreshToken === undefined ? { ...common, type: 'client-credentials', scope } : { ...common, type: 'refresh-token', refreshToken };
}

export const scope = 'accounting.transactions accounting.contacts accounting.settings.read';

/** The books are the organisation's. */
export const account = (given: JsonObject): string | undefined => {
  const tenant = tenantOf(given);
  return tenant === '' ? undefined : `xero/${tenant}`;
};
