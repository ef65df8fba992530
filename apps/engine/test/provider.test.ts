// Sign-in through an OpenID Connect provider, against a certified one in a process of its own: groups are roles, the disabled stay out.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { problemIn } from './api-caller.js';
import { BrowserCaller } from './browser-caller.js';
import { openBench, type Bench } from './test-bench.js';
import { startTestProvider, type TestProvider } from './test-provider.js';
import { freePort } from './test-redis.js';

jest.setTimeout(180_000);
const password = 'seven green bicycles';

describe('sign-in through a provider', () => {
  let bench: Bench;
  let provider: TestProvider;
  const browser = () => new BrowserCaller(bench.api.url);
  const begin = async (window: BrowserCaller) => (await window.call('POST', '/v1/session/provider/begin', {}))['address'] as string;
  const enter = async (login: string, window = browser()) => {
    const search = await provider.signIn(await begin(window), login);
    return { window, response: await window.send('POST', '/v1/session/provider', { search }), search };
  };
  const user = async (email: string) => (await bench.api.call('listUsers')).items.find((one) => one.email === email);

  beforeAll(async () => {
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    provider = await startTestProvider(`${publicUrl}/sign-in/provider`);
    bench = await openBench({
      settings: {
        port,
        publicUrl,
        provider: {
          issuer: provider.issuer,
          clientId: provider.clientId,
          clientSecret: provider.clientSecret,
          title: 'the test provider',
          scopes: 'openid email profile groups',
          groupsClaim: 'groups',
          rolesOfGroup: { 'finance team': ['finance-operator', 'viewer'], admins: ['admin'] },
        },
      },
    });
    await provider.know({
      ada: { email: 'Ada@Example.org', email_verified: true, name: 'Ada Lovelace', groups: ['finance team', 'choir'] },
      eve: { email: 'eve@example.org', email_verified: true, name: 'Eve', groups: ['choir'] },
      max: { email: 'max@example.org', email_verified: false, name: 'Max', groups: ['admins'] },
      boss: { email: 'admin@waybill.local', email_verified: true, name: 'Boss', groups: ['finance team'] },
      thief: { email: 'local@example.org', name: 'Thief', groups: ['admins'] },
    });
  });
  afterAll(async () => {
    await bench?.stop();
    await provider?.stop();
  });

  it('is offered, and goes away with PKCE, state and nonce', async () => {
    expect(await browser().call('GET', '/v1/session/ways')).toMatchObject({ provider: { title: 'the test provider' } });
    const window = browser();
    const address = new URL(await begin(window));
    expect(address.origin).toBe(provider.issuer);
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{20,}$/),
      nonce: expect.stringMatching(/^[\w-]{20,}$/),
    });
    expect(window.cookie('__Host-waybill_attempt')).not.toContain(address.searchParams.get('state')!);
  });

  it('makes a user at the first sign-in, with the roles of the groups, and knows them at the second', async () => {
    const { response, window } = await enter('ada');
    expect(response.status).toBe(200);
    expect(await window.call('GET', '/v1/session')).toMatchObject({
      email: 'ada@example.org',
      name: 'Ada Lovelace',
      roles: ['finance-operator', 'viewer'],
    });
    const first = (await user('ada@example.org'))!;
    expect(first).toMatchObject({ rolesFrom: 'provider', provider: provider.issuer, hasPassword: false });
    expect((await enter('ada')).response.status).toBe(200);
    expect((await bench.api.call('listUsers')).items.filter(({ email }) => email === 'ada@example.org')).toHaveLength(1);
    expect(await bench.api.problem('changeUser', { params: { id: first.id }, body: { roles: ['admin'] } })).toMatchObject({
      code: 'ROLES_FROM_PROVIDER',
    });
    expect(await browser().signInProblem('ada@example.org', '')).toMatchObject({ code: 'SIGN_IN_FAILED' });
    expect(await window.problem('POST', '/v1/session/second-factor', { current: 'x' })).toMatchObject({ status: 403 });
  });

  it('takes an answer once, in the browser that began, and no other', async () => {
    const { window, search } = await enter('ada');
    expect(await window.problem('POST', '/v1/session/provider', { search })).toMatchObject({ status: 400, code: 'PROVIDER_ATTEMPT' });
    const [one, two] = [browser(), browser()];
    const theirs = await provider.signIn(await begin(one), 'ada');
    await begin(two);
    expect(await two.problem('POST', '/v1/session/provider', { search: theirs })).toMatchObject({ code: 'PROVIDER_ATTEMPT' });
    expect(await browser().problem('POST', '/v1/session/provider', { search: theirs })).toMatchObject({ code: 'PROVIDER_ATTEMPT' });
    const forged = new URLSearchParams(theirs);
    forged.set('code', 'a-code-that-was-never-given');
    expect(await one.problem('POST', '/v1/session/provider', { search: forged.toString() })).toMatchObject({ code: 'PROVIDER_FAILED' });
    const refused = new URLSearchParams({ error: 'access_denied', state: forged.get('state')!, iss: provider.issuer });
    expect(await one.problem('POST', '/v1/session/provider', { search: refused.toString() })).toMatchObject({
      status: 403,
      code: 'PROVIDER_REFUSED',
    });
  });

  it('keeps out who is in no group of ours, and whose address nobody has verified', async () => {
    expect(await problemIn((await enter('eve')).response)).toMatchObject({ status: 403, code: 'PROVIDER_NO_ROLE' });
    expect(await problemIn((await enter('max')).response)).toMatchObject({ status: 403, code: 'PROVIDER_EMAIL' });
    expect([await user('eve@example.org'), await user('max@example.org')]).toEqual([undefined, undefined]);
  });

  it('knows a user who was made here by a verified address, who keeps the roles from here; by no other', async () => {
    const { response, window } = await enter('boss');
    expect(response.status).toBe(200);
    expect(await window.call('GET', '/v1/session')).toMatchObject({ email: 'admin@waybill.local', roles: ['admin'] });
    await bench.api.call('createUser', { body: { email: 'local@example.org', name: 'Local', roles: ['admin'], password } });
    expect(await problemIn((await enter('thief')).response)).toMatchObject({ code: 'PROVIDER_EMAIL' });
  });

  it('refuses the next request of a user who is disabled, and the next sign-in', async () => {
    const { window } = await enter('ada');
    const { id } = (await user('ada@example.org'))!;
    await bench.api.call('changeUser', { params: { id }, body: { disabled: true } });
    expect((await window.send('GET', '/v1/session')).status).toBe(401);
    expect(await problemIn((await enter('ada')).response)).toMatchObject({ status: 403, code: 'PROVIDER_REFUSED' });
    await bench.api.call('changeUser', { params: { id }, body: { disabled: false } });
    expect((await enter('ada')).response.status).toBe(200);
  });

  it('follows the groups: other roles at the next sign-in, none for who has lost the last', async () => {
    const { window } = await enter('ada');
    const ada = (groups: string[]) => provider.know({ ada: { email: 'ada@example.org', email_verified: true, name: 'Ada', groups } });
    await ada(['admins']);
    const next = await enter('ada');
    expect(await next.window.call('GET', '/v1/session')).toMatchObject({ roles: ['admin'] });
    expect((await window.send('GET', '/v1/session')).status).toBe(401);
    await ada([]);
    expect(await problemIn((await enter('ada')).response)).toMatchObject({ code: 'PROVIDER_NO_ROLE' });
    expect((await next.window.send('GET', '/v1/session')).status).toBe(401);
    expect(await user('ada@example.org')).toMatchObject({ roles: [] });
    const actions = await bench.sql<{ action: string }>(
      "select action from audit_entry where object_id = $1 and action like 'user.%' order by at, id",
      [(await user('ada@example.org'))!.id],
    );
    expect(actions.map(({ action }) => action)).toEqual(['user.joined', 'user.changed', 'user.changed', 'user.changed', 'user.changed']);
  });

  it('goes through the guarded client: a provider inside is reached only where the operator allows it', async () => {
    await bench.restart(undefined, { egressAllow: [] });
    expect(await browser().problem('POST', '/v1/session/provider/begin', {})).toMatchObject({ status: 502, code: 'PROVIDER_FAILED' });
    await bench.restart(undefined, { provider: undefined });
    expect(await browser().problem('POST', '/v1/session/provider/begin', {})).toMatchObject({ status: 404, code: 'PROVIDER_OFF' });
  });
});
