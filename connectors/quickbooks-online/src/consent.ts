import { rejected, type Consent } from '@waybill/sdk';
import { consentPageOf, grantOf } from './settings.js';

/**
 * Intuit, "Set up OAuth 2.0": the company that the person chose comes as `realmId` of the callback. PKCE is not in Intuit's documentation, so it is not sent; code
 * and secret of the client go together, in one request, over TLS. The answer names no scopes.
 */
export const consent: Consent = {
  pkce: false,
  needs: ['clientId', 'clientSecret'],
  keptIn: 'refreshToken',
  ask: (settings) => {
    const { tokenUrl, client } = grantOf(settings);
    return { authorizeUrl: consentPageOf(settings), tokenUrl, client, scopes: ['com.intuit.quickbooks.accounting'] };
  },
  grant: grantOf,
  account: (_, { callback }) => {
    const { realmId } = callback;
    if (realmId === undefined || !/^\d{5,20}$/.test(realmId))
      return Promise.reject(
        rejected({ code: 'no-realm', category: 'api-failure', message: 'QuickBooks did not say for which company the consent is.' }),
      );
    return Promise.resolve({ settings: { realmId }, title: `Company ${realmId}` });
  },
};
