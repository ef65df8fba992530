import { ownErrorRows, secret, type JsonObject, type JsonSchema, type OAuthGrant } from '@waybill/sdk';

/** The version of the REST API that the calls name; Salesforce keeps versions for years. */
export const vendorApi = 'REST v62.0';
export const dataPath = '/services/data/v62.0';

export const settingsSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['instanceUrl', 'clientId'],
  properties: {
    instanceUrl: { type: 'string', title: 'My Domain', pattern: '^https?://[^/?#]+$', description: 'Such as https://acme.my.salesforce.com, or https://acme--uat.sandbox.my.salesforce.com.' },
    clientId: { type: 'string', title: 'Consumer key', minLength: 1, maxLength: 500, description: 'Of the connected app or external client app.' },
    clientSecret: secret('Consumer secret', { description: 'For the client credentials flow. Leave empty to sign in with a key.' }),
    refreshToken: secret('Refresh token', { fromConsent: true, description: 'Connect brings it, and calls then act as the user who gave the consent.' }),
    username: { type: 'string', title: 'User', minLength: 1, maxLength: 200, description: 'For the JWT bearer flow: who the integration acts as.' },
    privateKey: secret('Private key', { description: 'For the JWT bearer flow: PEM, of the certificate that the app has.' }),
    audience: { type: 'string', title: 'Audience', enum: ['https://login.salesforce.com', 'https://test.salesforce.com'], default: 'https://login.salesforce.com', description: 'For the JWT bearer flow; test for sandboxes.' },
    errors: ownErrorRows,
  },
}; // prettier-ignore

export function setting(settings: JsonObject, name: string): string | undefined {
  const value = settings[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export const instanceOf = (settings: JsonObject): string => setting(settings, 'instanceUrl') ?? '';

/** After a consent its refresh token; with a key the JWT bearer flow, else client credentials. All end in a token of a user. */
export function grantOf(settings: JsonObject): OAuthGrant {
  if (setting(settings, 'refreshToken') !== undefined) return consentGrantOf(settings);
  const tokenUrl = tokenUrlOf(settings);
  const [id, privateKey] = [setting(settings, 'clientId') ?? '', setting(settings, 'privateKey')];
  if (privateKey === undefined)
    return { type: 'client-credentials', tokenUrl, client: { by: 'body', id, secret: setting(settings, 'clientSecret') ?? '' } };
  const aud = setting(settings, 'audience') ?? 'https://login.salesforce.com';
  return {
    type: 'jwt-bearer',
    tokenUrl,
    client: { by: 'none' },
    assertion: { algorithm: 'RS256', privateKey, claims: { iss: id, sub: setting(settings, 'username') ?? '', aud }, lifetimeSeconds: 180 },
  };
}

const tokenUrlOf = (settings: JsonObject): string => `${instanceOf(settings)}/services/oauth2/token`;

/** A client without a secret is one that the app does not ask it of; PKCE stands in for it. */
export function consentGrantOf(settings: JsonObject): OAuthGrant {
  const [id, secretOfClient] = [setting(settings, 'clientId') ?? '', setting(settings, 'clientSecret')];
  return {
    type: 'refresh-token',
    tokenUrl: tokenUrlOf(settings),
    client: secretOfClient === undefined ? { by: 'none', id } : { by: 'body', id, secret: secretOfClient },
    refreshToken: setting(settings, 'refreshToken') ?? '',
  };
}

export function accountOf(settings: JsonObject): string | undefined {
  const instance = setting(settings, 'instanceUrl');
  return instance === undefined ? undefined : `salesforce/${instance.replace(/^https?:\/\//, '').toLowerCase()}`;
}
