// A consent lets a connection in once, for the session and the connection it was begun for; what it brings is sealed, and it never goes to another account or address.
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { accessToken, isConnectorFailure } from '@waybill/sdk';
import { ConnectionCalls } from '../src/catalog/index.js';
import type { ApiCaller } from './api-caller.js';
import { ConsentDouble } from './consent-double.js';
import { person } from './people.js';
import { openBench, type Bench } from './test-bench.js';

jest.setTimeout(180_000);

describe('a consent', () => {
  let bench: Bench;
  let vendor: ConsentDouble;
  let ada: ApiCaller;
  let made = 0;

  /** A connection of Xero that was saved with its client alone. */
  async function unconnected(more: Record<string, unknown> = {}): Promise<string> {
    const name = `books-${(made += 1)}`;
    await bench.api.call('putConnection', { params: { name }, body: { connector: 'xero', settings: settings(more) } });
    return name;
  }
  const settings = (more: Record<string, unknown> = {}) => ({
    clientId: vendor.client.id,
    clientSecret: vendor.client.secret,
    signInUrl: `${vendor.url}/token`,
    consentUrl: `${vendor.url}/authorize`,
    connectionsUrl: `${vendor.url}/connections`,
    ...more,
  });
  const begin = async (name: string, by = ada) => (await by.call('beginConsent', { params: { name }, body: {} })).address;
  const finish = (search: string, by = ada, connector = 'xero') => by.call('finishConsent', { body: { connector, search } });
  const refused = (search: string, by = ada, connector = 'xero') => by.problem('finishConsent', { body: { connector, search } });
  const shown = async (name: string) => (await bench.api.call('getConnection', { params: { name } })).consent!;
  const tokenOf = (name: string, drop = false) =>
    bench.engine.app.get(ConnectionCalls).call(name, async (context, { connector }) => {
      const grant = connector.consent!.grant(context.settings);
      const token = await accessToken(context, grant);
      if (!drop) return token;
      context.session.drop();
      return accessToken(context, grant);
    });

  beforeAll(async () => {
    vendor = await ConsentDouble.start();
    bench = await openBench();
    vendor.redirectUris = ['xero', 'quickbooks-online'].map(
      (connector) => `${bench.api.url.replace('127.0.0.1', 'localhost')}/consent/${connector}`,
    );
    ada = await person(bench, { roles: ['integrator'], name: 'Ada' });
  });
  afterAll(async () => {
    await bench?.stop();
    await vendor?.stop();
  });
  beforeEach(() => {
    vendor.person = 'agrees';
    vendor.scopesTold = undefined;
    vendor.staysAway = false;
    vendor.tenants = [{ tenantId: 'aef86862-2015-4b6b-88bc-d89032cecc50', tenantType: 'ORGANISATION', tenantName: 'Umbrella US' }];
  });

  it('is begun at the page of the vendor, with PKCE and a state that the database does not hold', async () => {
    const name = await unconnected();
    expect(await shown(name)).toMatchObject({ redirectUri: vendor.redirectUris[0], missing: [], given: null, login: null });
    const address = new URL(await begin(name));
    expect(address.origin + address.pathname).toBe(`${vendor.url}/authorize`);
    const asked = Object.fromEntries(address.searchParams);
    expect(asked).toMatchObject({
      response_type: 'code',
      client_id: vendor.client.id,
      redirect_uri: vendor.redirectUris[0],
      scope: 'accounting.transactions accounting.contacts accounting.settings.read offline_access',
      state: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    expect(address.href).not.toContain(vendor.client.secret);
    expect(JSON.stringify(await bench.sql('select * from consent_attempt'))).not.toContain(asked['state']);
  });

  it('connects the account that it names, keeps its tokens sealed, and says who, when and for what', async () => {
    const name = await unconnected();
    vendor.scopesTold = 'accounting.transactions accounting.settings.read';
    const before = vendor.tokenRequests.length;
    expect(await finish(await vendor.visit(await begin(name)))).toEqual({ connection: name, account: 'Umbrella US' });
    const connection = await bench.api.call('getConnection', { params: { name } });
    expect(connection).toMatchObject({
      system: 'xero/aef86862-2015-4b6b-88bc-d89032cecc50',
      settings: { tenantId: 'aef86862-2015-4b6b-88bc-d89032cecc50', refreshToken: { set: true } },
      updatedBy: 'Ada',
      consent: {
        given: { by: 'Ada', account: 'Umbrella US', scopesMissing: ['accounting.contacts'] },
        login: { goodUntil: expect.any(String), refusedAt: null },
      },
    });
    expect(await tokenOf(name)).toBe(vendor.issued.at(-1));
    expect(vendor.tokenRequests.slice(before).map((form) => form['grant_type'])).toEqual(['authorization_code']); // the login of the consent was used
    expect(await tokenOf(name, true)).toBe(vendor.issued.at(-1));
    expect(vendor.tokenRequests.slice(before).map((form) => form['grant_type'])).toEqual(['authorization_code', 'refresh_token']);
    const { items } = await bench.api.call('listAudit', { query: { object: `connection/${name}`, limit: 50 } });
    expect(items.map(({ action }) => action)).toEqual(['connection.connected', 'connection.consent-begun', 'connection.created']);
    const everything = JSON.stringify([
      connection,
      items,
      await bench.sql("select *, encode(ciphertext, 'escape') as text from secret"),
      await bench.sql('select * from connection_login'),
    ]);
    expect(everything).not.toMatch(/-of-the-consent-|app-secret-of-the-bench/);
    expect(
      await bench.sql("select 1 from secret where owner like 'consent/%' and owner not in (select 'consent/' || id from consent_attempt)"),
    ).toEqual([]);
  });

  it('works once, for its session alone, and for ten minutes', async () => {
    const name = await unconnected();
    const eve = await person(bench, { roles: ['integrator'], name: 'Eve' });
    const search = await vendor.visit(await begin(name));
    const tokens = vendor.tokenRequests.length;
    expect(await refused(search, eve)).toMatchObject({ status: 400, code: 'CONSENT_ATTEMPT' });
    expect(await bench.api.problem('finishConsent', { body: { connector: 'xero', search } })).toMatchObject({ code: 'CONSENT_SESSION' });
    expect(await bench.api.problem('beginConsent', { params: { name }, body: {} })).toMatchObject({ status: 409, code: 'CONSENT_SESSION' });
    expect(vendor.tokenRequests).toHaveLength(tokens); // nobody else's answer ever leaves
    await finish(search);
    expect(await refused(search)).toMatchObject({ code: 'CONSENT_ATTEMPT' });
    const [first, second] = [await begin(name), await begin(name)];
    expect(await refused(await vendor.visit(first))).toMatchObject({ code: 'CONSENT_ATTEMPT' });
    const late = await vendor.visit(second);
    const [open] = await bench.sql<{ minutes: string }>(
      'select round(extract(epoch from expires_at - now()) / 60) as minutes from consent_attempt where connection = $1',
      [name],
    );
    expect(Number(open!.minutes)).toBe(10);
    await bench.sql("update consent_attempt set expires_at = now() - interval '1 second' where connection = $1", [name]);
    expect(await refused(late)).toMatchObject({ code: 'CONSENT_ATTEMPT' });
    expect(vendor.tokenRequests).toHaveLength(tokens + 1);
  });

  it.each([
    ['no state', (search: URLSearchParams) => search.delete('state')],
    ['another state', (search: URLSearchParams) => search.set('state', 'A'.repeat(43))],
    ['two codes', (search: URLSearchParams) => search.append('code', 'another')],
    ['no code', (search: URLSearchParams) => search.delete('code')],
  ])('is refused with %s, and no code leaves', async (_, change) => {
    const search = new URLSearchParams(await vendor.visit(await begin(await unconnected())));
    change(search);
    const tokens = vendor.tokenRequests.length;
    expect(await refused(search.toString())).toMatchObject({ status: 400, code: 'CONSENT_ATTEMPT' });
    expect(vendor.tokenRequests).toHaveLength(tokens);
  });

  it('that comes back at the address of another vendor, or to a connection that leads elsewhere since, gives its code to nobody', async () => {
    const name = await unconnected();
    const tokens = vendor.tokenRequests.length;
    expect(await refused(await vendor.visit(await begin(name)), ada, 'quickbooks-online')).toMatchObject({ code: 'CONSENT_ATTEMPT' });
    const search = await vendor.visit(await begin(name));
    await bench.api.call('putConnection', {
      params: { name },
      body: { connector: 'xero', settings: settings({ signInUrl: `${vendor.url}/token?elsewhere` }) },
    });
    expect(await refused(search)).toMatchObject({ code: 'CONSENT_ATTEMPT' });
    expect(vendor.tokenRequests).toHaveLength(tokens);
  });

  it('that the person or the vendor refuses keeps nothing, and shows none of the words that came in the address', async () => {
    const name = await unconnected();
    vendor.person = 'refuses';
    const problem = await refused(await vendor.visit(await begin(name)));
    expect(problem).toMatchObject({ status: 409, code: 'CONSENT_REFUSED', detail: expect.stringContaining('access_denied') });
    expect(JSON.stringify(problem)).not.toContain('0800');
    vendor.person = 'agrees';
    const forged = new URLSearchParams(await vendor.visit(await begin(name)));
    forged.set('code', 'a-code-that-was-never-given');
    expect(await refused(forged.toString())).toMatchObject({ status: 502, code: 'CONSENT_FAILED' });
    vendor.staysAway = true;
    expect(await refused(await vendor.visit(await begin(name)))).toMatchObject({
      code: 'CONSENT_FAILED',
      detail: expect.stringContaining('refresh token'),
    });
    expect(await shown(name)).toMatchObject({ given: null, login: null });
    expect((await bench.api.call('getConnection', { params: { name } })).settings['refreshToken']).toEqual({ set: false });
  });

  it('for another account, or for several, is refused and keeps nothing', async () => {
    const other = await unconnected({ tenantId: '11111111-2222-3333-4444-555555555555' });
    expect(await refused(await vendor.visit(await begin(other)))).toMatchObject({
      code: 'CONSENT_FAILED',
      detail: expect.stringContaining('Umbrella US'),
    });
    vendor.tenants = [
      ...vendor.tenants,
      { tenantId: '11111111-2222-3333-4444-555555555555', tenantType: 'ORGANISATION', tenantName: 'Umbrella DE' },
    ];
    const open = await unconnected();
    expect(await refused(await vendor.visit(await begin(open)))).toMatchObject({
      code: 'CONSENT_FAILED',
      detail: expect.stringContaining('2 organisations'),
    });
    expect(await finish(await vendor.visit(await begin(other)))).toMatchObject({ account: 'Umbrella DE' });

    const name = 'quickbooks';
    const { clientId, clientSecret, signInUrl, consentUrl } = settings();
    await bench.api.call('putConnection', {
      params: { name },
      body: { connector: 'quickbooks-online', settings: { clientId, clientSecret, signInUrl, consentUrl } },
    });
    expect(await finish(await vendor.visit(await begin(name)), ada, 'quickbooks-online')).toMatchObject({ account: 'Company 9130357' });
    vendor.realmId = '9130358';
    expect(await refused(await vendor.visit(await begin(name)), ada, 'quickbooks-online')).toMatchObject({
      status: 409,
      code: 'CONSENT_OTHER_ACCOUNT',
      detail: expect.stringContaining('9130358'),
    });
    expect(await bench.api.call('getConnection', { params: { name } })).toMatchObject({ system: 'quickbooks-online/9130357' });
  });

  it('that is taken back is told with the day, until somebody connects again', async () => {
    const name = await unconnected();
    await finish(await vendor.visit(await begin(name)));
    vendor.revoke();
    const error: unknown = await tokenOf(name, true).catch((thrown: unknown) => thrown);
    expect(isConnectorFailure(error) && error.facts).toMatchObject({ recovery: 'unauthorized', code: 'invalid_grant' });
    expect((await shown(name)).login).toMatchObject({
      refusedAt: expect.any(String),
      refusedBecause: expect.stringContaining('invalid_grant'),
    });
    await finish(await vendor.visit(await begin(name)));
    expect((await shown(name)).login).toMatchObject({ refusedAt: null, refusedBecause: null });
    expect(await tokenOf(name)).toBe(vendor.issued.at(-1));
  });

  it('is not told of any more once somebody enters a refresh token by hand', async () => {
    const name = await unconnected();
    await finish(await vendor.visit(await begin(name)));
    await bench.api.call('putConnection', {
      params: { name },
      body: { connector: 'xero', settings: settings({ tenantId: 'aef86862-2015-4b6b-88bc-d89032cecc50', refreshToken: 'typed-by-hand' }) },
    });
    expect(await shown(name)).toMatchObject({ given: null, login: null });
  });

  it('needs a connector that asks for one, and its settings', async () => {
    await bench.api.call('putConnection', { params: { name: 'crm' }, body: { connector: 'hubspot', settings: { clientId: 'one' } } });
    expect(await shown('crm')).toMatchObject({ missing: ['clientSecret'], scopesWanted: [] });
    expect(await ada.problem('beginConsent', { params: { name: 'crm' }, body: {} })).toMatchObject({ code: 'CONSENT_SETTINGS' });
    await bench.api.call('putConnection', {
      params: { name: 'sandbox' },
      body: { connector: 'sandbox-erp', settings: { baseUrl: bench.sandbox.url, token: 'any', entity: 'US' } },
    });
    expect(await bench.api.call('getConnection', { params: { name: 'sandbox' } })).toMatchObject({ consent: null });
    expect(await ada.problem('beginConsent', { params: { name: 'sandbox' }, body: {} })).toMatchObject({ code: 'CONSENT_NONE' });
    expect(await ada.problem('beginConsent', { params: { name: 'no-such' }, body: {} })).toMatchObject({ status: 404 });
  });
});
