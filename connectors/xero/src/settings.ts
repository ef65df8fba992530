import { ownErrorRows, secret, Type, unauthorized, type JsonObject, type OAuthGrant } from '@waybill/sdk';

export const settings = Type.Object(
  {
    tenantId: Type.Optional(
      Type.String({
        title: 'Tenant ID',
        description:
          'The organisation. Connect fills it in where the consent is for one; a custom connection needs it: `tenantId` of https://api.xero.com/connections.',
        pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
      }),
    ),
    clientId: Type.String({ title: 'Client ID', minLength: 1, maxLength: 200 }),
    clientSecret: Type.Unsafe<string>(secret('Client secret')),
    refreshToken: Type.Optional(
      Type.Unsafe<string>(
        secret('Refresh token', {
          fromConsent: true,
          description: 'Connect brings it. It stays empty for a custom connection, which signs in with the client alone.',
        }),
      ),
    ),
    webhookKey: Type.Optional(
      Type.Unsafe<string>(secret('Webhooks key', { description: 'Of the app’s webhooks page. Without it every webhook is refused.' })),
    ),
    scopes: Type.Optional(
      Type.Array(Type.String({ pattern: '^[a-z.]{1,60}$' }), {
        title: 'Scopes',
        description: 'Instead of the usual ones; apps that were made since March 2026 need the finer ones of the documentation.',
        maxItems: 30,
        uniqueItems: true,
      }),
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
    consentUrl: Type.Optional(
      Type.String({
        title: 'Address of the consent page',
        description: 'Only to go through a proxy.',
        format: 'uri',
        pattern: '^https?://',
        maxLength: 500,
      }),
    ),
    connectionsUrl: Type.Optional(
      Type.String({
        title: 'Address of the list of organisations',
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

/** Throws before the first consent: then nobody has said which organisation it is. */
export function tenantOf(given: JsonObject): string {
  const tenant = textOf(given, 'tenantId')?.toLowerCase();
  if (tenant !== undefined) return tenant;
  throw unauthorized({
    code: 'not-connected',
    message: 'No organisation is connected yet.',
    remedy: 'Open the connection in the console and press Connect; for a custom connection enter its tenant ID.',
  });
}
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
  return refreshToken === undefined
    ? { ...common, type: 'client-credentials', scope: scopesOf(given).join(' ') }
    : { ...common, type: 'refresh-token', refreshToken };
}

const usualScopes = ['accounting.transactions', 'accounting.contacts', 'accounting.settings.read'];

export function scopesOf(given: JsonObject): string[] {
  const own = given['scopes'];
  return Array.isArray(own) && own.length > 0 ? own.map(String) : usualScopes;
}

/** Xero, "The standard authorization code flow". */
export const consentPageOf = (given: JsonObject): string =>
  textOf(given, 'consentUrl') ?? 'https://login.xero.com/identity/connect/authorize';
export const connectionsUrlOf = (given: JsonObject): string => textOf(given, 'connectionsUrl') ?? 'https://api.xero.com/connections';

/** The books are the organisation's. */
export const account = (given: JsonObject): string | undefined => {
  const tenant = textOf(given, 'tenantId')?.toLowerCase();
  return tenant === undefined ? undefined : `xero/${tenant}`;
};
