import { ownErrorRows, secret, type JsonObject, type JsonSchema, type OAuthGrant } from '@waybill/sdk';

/** REST record service v1; the status codes are those of the 2023.2 type list. */
export const vendorApi = 'REST v1, 2023.2';

export const settingsSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['accountId', 'clientId', 'certificateId', 'privateKey'],
  properties: {
    accountId: { type: 'string', title: 'Account id', pattern: '^[A-Za-z0-9]{1,30}([_-][A-Za-z0-9]{1,10})?$', description: 'Such as 1234567, or 1234567_SB1 for a sandbox account.' },
    subsidiaryId: { type: 'string', title: 'Internal id of the subsidiary', pattern: '^[0-9]{1,12}$', description: 'In a OneWorld account; one connection posts into one subsidiary. Empty in others.' },
    clientId: { type: 'string', title: 'Client id of the integration', minLength: 1, maxLength: 200, description: 'The consumer key that the integration record showed once.' },
    certificateId: { type: 'string', title: 'Certificate id', minLength: 1, maxLength: 200, description: 'From OAuth 2.0 Client Credentials (M2M) Setup.' },
    privateKey: secret('Private key', { description: 'PEM, of the certificate that was uploaded there.' }),
    algorithm: { type: 'string', title: 'Algorithm of the key', enum: ['PS256', 'ES256'], default: 'PS256', description: 'PS256 for an RSA key, ES256 for an EC key on P-256.' },
    taxPosting: { type: 'string', title: 'How the biller’s tax is posted', enum: ['tax-details', 'lines'], default: 'tax-details', description: 'tax-details overrides SuiteTax; lines posts each tax as a line of its own item, for accounts without SuiteTax.' },
    writeOffItem: { type: 'string', title: 'Item for write-offs', minLength: 1, maxLength: 100, description: 'A service item whose income account is bad debt. Needed for the effect write-off only.' },
    receivableAccount: { type: 'string', title: 'Receivables account', minLength: 1, maxLength: 100, description: 'Its number; needed for refunds, which are posted against it.' },
    apiBase: { type: 'string', title: 'Base address of the API', pattern: '^https?://[^/?#]+$', description: 'Only changed for a sandbox or a proxy; empty: the account’s own address.' },
    errors: ownErrorRows,
  },
}; // prettier-ignore

export function setting(settings: JsonObject, name: string): string | undefined {
  const value = settings[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const accountIdOf = (settings: JsonObject): string => (setting(settings, 'accountId') ?? '').toUpperCase().replace('-', '_');

/** `https://1234567-sb1.suitetalk.api.netsuite.com`: the account's own host, lower case, with a hyphen. */
export function apiBaseOf(settings: JsonObject): string {
  const host = accountIdOf(settings).toLowerCase().replace('_', '-');
  return setting(settings, 'apiBase') ?? `https://${host}.suitetalk.api.netsuite.com`;
}

export const tokenPath = '/services/rest/auth/oauth2/v1/token';

/** Client credentials with a signed assertion (section_162755359851, section_162790605110): the token lives 60 minutes. */
export function grantOf(settings: JsonObject): OAuthGrant {
  const tokenUrl = `${apiBaseOf(settings)}${tokenPath}`;
  return {
    type: 'client-credentials',
    tokenUrl,
    client: {
      by: 'assertion',
      assertion: {
        algorithm: setting(settings, 'algorithm') === 'ES256' ? 'ES256' : 'PS256',
        privateKey: setting(settings, 'privateKey') ?? '',
        keyId: setting(settings, 'certificateId') ?? '',
        claims: { iss: setting(settings, 'clientId') ?? '', scope: 'rest_webservices', aud: tokenUrl },
      },
    },
  };
}

/** Account and subsidiary: what a re-created connection shares with the one before it. */
export function accountOf(settings: JsonObject): string | undefined {
  if (setting(settings, 'accountId') === undefined) return undefined;
  const subsidiary = setting(settings, 'subsidiaryId');
  return `netsuite/${accountIdOf(settings)}${subsidiary === undefined ? '' : `/${subsidiary}`}`;
}

/** A link that a person can open; without an account of its own (a proxy) there is none. */
export function recordUrl(settings: JsonObject, kind: string, id: string): string | undefined {
  if (setting(settings, 'apiBase') !== undefined) return undefined;
  const pages: Record<string, string> = {
    invoice: 'custinvc',
    creditMemo: 'custcred',
    customerPayment: 'custpymt',
    journalEntry: 'journal',
  };
  const host = accountIdOf(settings).toLowerCase().replace('_', '-');
  return pages[kind] === undefined ? undefined : `https://${host}.app.netsuite.com/app/accounting/transactions/${pages[kind]}.nl?id=${id}`;
}
