import { isJsonObject, rejected, retryable, type Consent, type JsonObject } from '@waybill/sdk';
import { connectionsUrlOf, consentPageOf, grantOf, scopesOf } from './settings.js';

/** Without it the answer brings no refresh token. */
const stay = 'offline_access';

/**
 * Xero, "The standard authorization code flow". Which organisations a person chose is told by `GET /connections` alone; a token may reach several, also of earlier
 * consents of the same app.
 */
export const consent: Consent = {
  pkce: true,
  needs: ['clientId', 'clientSecret'],
  keptIn: 'refreshToken',
  ask: (settings) => {
    const { tokenUrl, client } = grantOf(settings);
    const scopes = scopesOf(settings);
    return { authorizeUrl: consentPageOf(settings), tokenUrl, client, scopes: scopes.includes(stay) ? scopes : [...scopes, stay] };
  },
  grant: grantOf,
  async account({ http, settings }, { token }) {
    const response = await http.request({
      method: 'GET',
      url: connectionsUrlOf(settings),
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    });
    const tenants = response.status === 200 ? organisationsIn(response.text) : undefined;
    if (!tenants)
      throw retryable({
        code: `connections-http-${response.status}`,
        message: 'Xero did not say which organisations the consent is for.',
        httpStatus: response.status,
        vendorWords: response.text,
      });
    const wanted = typeof settings['tenantId'] === 'string' ? settings['tenantId'].toLowerCase() : undefined;
    const found = wanted === undefined && tenants.length === 1 ? tenants[0] : tenants.find(({ id }) => id === wanted);
    if (found) return { settings: { tenantId: found.id }, title: found.name };
    const named = tenants.map(({ id, name }) => `${name} (${id})`).join(', ');
    throw rejected({
      code: 'which-organisation',
      category: 'api-failure',
      message:
        wanted === undefined
          ? `The consent reaches ${tenants.length} organisations: ${named || 'none'}.`
          : `The consent does not reach the organisation ${wanted}; it reaches ${named || 'none'}.`,
      remedy: 'Enter the tenant ID of the one that this connection is for, save, and connect again.',
    });
  },
};

function organisationsIn(text: string): { id: string; name: string }[] | undefined {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(list)) return undefined;
  return list
    .filter((one): one is JsonObject => isJsonObject(one as JsonObject) && (one as JsonObject)['tenantType'] === 'ORGANISATION')
    .map(({ tenantId, tenantName }) => ({ id: String(tenantId).toLowerCase(), name: String(tenantName) }));
}
