import { rejected, type Consent } from '@waybill/sdk';
import { consentGrantOf, instanceOf } from './settings.js';

/**
 * Salesforce, "OAuth 2.0 Web Server Flow": page and token endpoint are of the org's own My Domain, so a consent can be for no other org; the answer's
 * `instance_url` says so once more. `refresh_token` is a scope there, and without it none is given.
 */
export const consent: Consent = {
  pkce: true,
  needs: ['instanceUrl', 'clientId'],
  keptIn: 'refreshToken',
  ask: (settings) => {
    const { tokenUrl, client } = consentGrantOf(settings);
    return { authorizeUrl: `${instanceOf(settings)}/services/oauth2/authorize`, tokenUrl, client, scopes: ['api', 'refresh_token'] };
  },
  grant: consentGrantOf,
  account: ({ settings }, { answer }) => {
    const mine = instanceOf(settings);
    const told = answer['instance_url'];
    if (typeof told === 'string' && URL.canParse(told) && new URL(told).host === new URL(mine).host)
      return Promise.resolve({ settings: {}, title: new URL(mine).host });
    return Promise.reject(
      rejected({
        code: 'another-org',
        category: 'api-failure',
        message: `The consent is for ${typeof told === 'string' ? told : 'an org that Salesforce did not name'}, and this connection leads to ${mine}.`,
        remedy: 'Enter My Domain as Setup → My Domain shows it, or sign in to the right org.',
      }),
    );
  },
};
