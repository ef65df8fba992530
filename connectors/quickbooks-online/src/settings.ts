import { ownErrorRows, secret, Type, unauthorized, type JsonObject, type OAuthGrant } from '@waybill/sdk';

export const settings = Type.Object(
  {
    realmId: Type.Optional(
      Type.String({
        title: 'Company ID',
        description: 'The realm. Connect fills it in; where it is entered, a consent for another company is refused.',
        pattern: '^\\d{5,20}$',
      }),
    ),
    clientId: Type.String({ title: 'Client ID', description: 'Keys & credentials of your app.', minLength: 1, maxLength: 200 }),
    clientSecret: Type.Unsafe<string>(secret('Client secret')),
    refreshToken: Type.Optional(
      Type.Unsafe<string>(
        secret('Refresh token', {
          fromConsent: true,
          description: 'Connect brings it. Enter one only when the consent was given elsewhere.',
        }),
      ),
    ),
    environment: Type.Optional(
      Type.Unsafe<'production' | 'sandbox'>({
        type: 'string',
        enum: ['production', 'sandbox'],
        title: 'Environment',
        default: 'production',
        description: 'A sandbox company lives at another address.',
      }),
    ),
    minorVersion: Type.Optional(
      Type.Integer({
        title: 'Minor version of the API',
        description: 'Default 75, the lowest that Intuit still serves.',
        minimum: 75,
        maximum: 999,
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
    errors: Type.Optional(Type.Unsafe<JsonObject[]>(ownErrorRows)),
  },
  { additionalProperties: false },
);

const textOf = (given: JsonObject, name: string): string | undefined => (typeof given[name] === 'string' ? given[name] : undefined);

/** Throws before the first consent: then nobody has said which company it is. */
export function realmOf(given: JsonObject): string {
  const realm = textOf(given, 'realmId');
  if (realm !== undefined) return realm;
  throw unauthorized({
    code: 'not-connected',
    message: 'No company is connected yet.',
    remedy: 'Open the connection in the console and press Connect.',
  });
}
export const minorVersionOf = (given: JsonObject): number => (typeof given['minorVersion'] === 'number' ? given['minorVersion'] : 75);

/** developer.intuit.com, "Sandboxes": base URLs of production and sandbox. */
export function apiBaseOf(given: JsonObject): string {
  const usual = given['environment'] === 'sandbox' ? 'https://sandbox-quickbooks.api.intuit.com' : 'https://quickbooks.api.intuit.com';
  return (textOf(given, 'apiBase') ?? usual).replace(/\/+$/, '');
}

/** Intuit, OpenID discovery document, `authorization_endpoint`. */
export const consentPageOf = (given: JsonObject): string => textOf(given, 'consentUrl') ?? 'https://appcenter.intuit.com/connect/oauth2';

/** Access tokens live an hour; the refresh token rotates about daily, and the one before stays good for 24 hours (Intuit, "OAuth 2.0 FAQ"). */
export const grantOf = (given: JsonObject): OAuthGrant => ({
  type: 'refresh-token',
  tokenUrl: textOf(given, 'signInUrl') ?? 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer',
  client: { by: 'basic', id: textOf(given, 'clientId') ?? '', secret: textOf(given, 'clientSecret') ?? '' },
  refreshToken: textOf(given, 'refreshToken') ?? '',
});

/** The books are the company's: a connection that is made again to the same one keeps the identity of what was posted. */
export const account = (given: JsonObject): string | undefined => {
  const realm = textOf(given, 'realmId');
  return realm === undefined ? undefined : `quickbooks-online/${realm}`;
};
