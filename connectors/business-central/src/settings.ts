import { ownErrorRows, secret, type JsonObject, type JsonSchema, type OAuthGrant } from '@waybill/sdk';

/** API v2.0; the entities are those of the metadata of version 26. */
export const vendorApi = 'API v2.0 (26)';

const guid = '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$';

export const settingsSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['tenantId', 'environment', 'companyId', 'clientId', 'clientSecret'],
  properties: {
    tenantId: { type: 'string', title: 'Entra tenant', pattern: '^[A-Za-z0-9.-]{1,100}$', description: 'Directory id, or a domain such as contoso.onmicrosoft.com.' },
    environment: { type: 'string', title: 'Environment', pattern: '^[A-Za-z0-9-]{1,30}$', description: 'Production, or the name of a sandbox.' },
    companyId: { type: 'string', title: 'Company id', pattern: guid, description: 'The id, not the name; one connection posts into one company.' },
    clientId: { type: 'string', title: 'Client id of the app', pattern: guid },
    clientSecret: secret('Client secret', { description: 'Of the app registration. It ends after two years at most.' }),
    taxPosting: { type: 'string', title: 'How the biller’s tax is posted', enum: ['computed', 'lines'], default: 'computed', description: 'computed lets Business Central compute and compares; lines posts each tax to its account, on lines with the tax code below.' },
    noTaxCode: { type: 'string', title: 'Tax code without tax', minLength: 1, maxLength: 20, description: 'A tax group, or VAT product posting group, at zero. Needed where tax is posted as lines.' },
    paymentJournal: { type: 'string', title: 'Customer payment journal', minLength: 1, maxLength: 10, description: 'Code. When given, payments are prepared there, applied to their invoice, and finance posts the journal. Empty: payments are posted and stay unapplied.' },
    notificationUrl: { type: 'string', 'x-destination': false, title: 'Address for webhooks', pattern: '^https://[^\\s]{1,400}$', description: 'The webhook address of this connection, as the outside reaches it. Empty: polls alone.' },
    clientState: secret('Client state', { description: 'A long random text. Business Central sends it with each notification; without it every webhook is refused.' }),
    apiBase: { type: 'string', title: 'Base address of the API', default: 'https://api.businesscentral.dynamics.com', pattern: '^https?://[^/?#]+$', description: 'Only changed for a sandbox, a proxy or an on-premises server.' },
    loginBase: { type: 'string', title: 'Base address of the sign-in', default: 'https://login.microsoftonline.com', pattern: '^https?://[^/?#]+$', description: 'Only changed for a national cloud or a sandbox.' },
    errors: ownErrorRows,
  },
}; // prettier-ignore

const defaults: Record<string, string> = {
  apiBase: 'https://api.businesscentral.dynamics.com',
  loginBase: 'https://login.microsoftonline.com',
};

export function setting(settings: JsonObject, name: string): string | undefined {
  const value = settings[name];
  return typeof value === 'string' && value !== '' ? value : defaults[name];
}

const part = (settings: JsonObject, name: string): string => encodeURIComponent(setting(settings, name) ?? '');

/** `…/v2.0/<tenant>/<environment>/api/v2.0`, where companies and subscriptions are (endpoints-apis-for-dynamics). */
export const apiRootOf = (settings: JsonObject): string =>
  `${setting(settings, 'apiBase')}/v2.0/${part(settings, 'tenantId')}/${part(settings, 'environment')}/api/v2.0`;

/** Entra ID, client credentials, for the app alone (automation-apis-using-s2s-authentication). A token lives about an hour. */
export function grantOf(settings: JsonObject): OAuthGrant {
  return {
    type: 'client-credentials',
    tokenUrl: `${setting(settings, 'loginBase')}/${part(settings, 'tenantId')}/oauth2/v2.0/token`,
    client: { by: 'body', id: setting(settings, 'clientId') ?? '', secret: setting(settings, 'clientSecret') ?? '' },
    scope: 'https://api.businesscentral.dynamics.com/.default',
  };
}

/** Tenant, environment and company: what a re-created connection shares with the one before it. */
export function accountOf(settings: JsonObject): string | undefined {
  const [tenant, environment, company] = ['tenantId', 'environment', 'companyId'].map((name) => setting(settings, name)?.toLowerCase());
  return tenant && environment && company ? `business-central/${tenant}/${environment}/${company}` : undefined;
}
