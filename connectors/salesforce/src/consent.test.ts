// A consent is for the org that the connection leads to, and for no other.
import { describe, expect, it } from '@jest/globals';
import { fetchHttp } from '@waybill/sdk/conformance';
import { consent } from './consent.js';

const context = { settings: { instanceUrl: 'https://acme.my.salesforce.com', clientId: 'app' }, http: fetchHttp(), now: () => new Date() };
const account = (answer: Record<string, string>) => consent.account(context, { callback: {}, answer, token: 'token' });

describe('a consent at Salesforce', () => {
  it('is asked for at the org’s own page', () =>
    expect(consent.ask(context.settings)).toMatchObject({
      authorizeUrl: 'https://acme.my.salesforce.com/services/oauth2/authorize',
      scopes: ['api', 'refresh_token'],
    }));
  it('is named by its org', async () =>
    expect(await account({ instance_url: 'https://acme.my.salesforce.com/' })).toEqual({ settings: {}, title: 'acme.my.salesforce.com' }));
  it.each([
    ['another org', { instance_url: 'https://globex.my.salesforce.com' }],
    ['a host that begins like it', { instance_url: 'https://acme.my.salesforce.com.evil.example' }],
    ['no address', { instance_url: 'acme' }],
    ['nothing', {}],
  ])('is refused for %s', async (_, answer) => {
    await expect(account(answer)).rejects.toMatchObject({ facts: { code: 'another-org', category: 'api-failure' } });
  });
});
