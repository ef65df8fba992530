import { isJsonObject, retryable, type Consent, type JsonObject } from '@waybill/sdk';
import { apiBaseOf, consentPageOf, grantOf, scopesOf } from './settings.js';

/**
 * developers.hubspot.com, "OAuth v3": the page takes client, redirect URI, scopes and state. PKCE is not among what it documents for apps with a secret. Which account
 * it was is read with the fresh token.
 */
export const consent: Consent = {
  pkce: false,
  needs: ['clientId', 'clientSecret'],
  keptIn: 'refreshToken',
  ask: (settings) => {
    const { tokenUrl, client } = grantOf(settings);
    return { authorizeUrl: consentPageOf(settings), tokenUrl, client, scopes: scopesOf(settings) };
  },
  grant: grantOf,
  async account({ http, settings }, { token }) {
    const response = await http.request({
      method: 'GET',
      url: `${apiBaseOf(settings)}/account-info/v3/details`,
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    });
    const portal = response.status === 200 ? portalIn(response.text) : undefined;
    if (portal !== undefined) return { settings: { portal }, title: `Hub ${portal}` };
    throw retryable({
      code: `account-http-${response.status}`,
      message: 'HubSpot did not say for which account the consent is.',
      httpStatus: response.status,
      vendorWords: response.text,
    });
  },
};

function portalIn(text: string): string | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  const portal = isJsonObject(body as JsonObject) ? (body as JsonObject)['portalId'] : undefined;
  return Number.isSafeInteger(portal) ? String(portal) : undefined;
}
