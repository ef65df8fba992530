// One token for all workers: renewed once, kept with its rotated refresh token, and a refused one is renewed once and the same request goes again.
import { describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { sharedLogins, testContext } from './conformance/index.js';
import { isConnectorFailure } from './failure.js';
import { TransportFailure, type HttpClient, type HttpRequest, type HttpResponse } from './http.js';
import { verifyJwt } from './jwt.js';
import { accessToken, withToken, type OAuthGrant } from './oauth.js';

const start = new Date('2026-11-27T06:00:00Z');
const grant: OAuthGrant = {
  type: 'refresh-token',
  tokenUrl: 'https://vendor/token',
  client: { by: 'basic', id: 'app one', secret: 's:1' },
  refreshToken: 'first',
};

/** A vendor that rotates: each refresh token works once. */
function vendor() {
  let serial = 0;
  let good = 'first';
  const asked: HttpRequest[] = [];
  const answer = (status: number, body: object): HttpResponse => ({ status, headers: {}, text: JSON.stringify(body) });
  const http: HttpClient = {
    request(request) {
      asked.push(request);
      const form = new URLSearchParams(String(request.body));
      if (form.get('grant_type') === 'refresh_token' && form.get('refresh_token') !== good)
        return Promise.resolve(answer(400, { error: 'invalid_grant', error_description: 'token was used' }));
      serial += 1;
      good = `refresh-${serial}`;
      return Promise.resolve(
        answer(200, { access_token: `access-${serial}`, expires_in: 1800, refresh_token: good, token_type: 'bearer' }),
      );
    },
  };
  return { http, asked };
}
const factsOf = async (call: () => Promise<unknown>) => {
  const error: unknown = await call().catch((thrown: unknown) => thrown);
  return isConnectorFailure(error) ? error.facts : undefined;
};

describe('an access token', () => {
  it('is asked for once by many workers, and the rotated refresh token is used next', async () => {
    const { http, asked } = vendor();
    let now = start;
    const logins = sharedLogins();
    const worker = () => testContext({ settings: {}, http, now: () => now, logins });
    expect(new Set(await Promise.all([1, 2, 3, 4].map(() => accessToken(worker(), grant))))).toEqual(new Set(['access-1']));
    now = new Date(start.getTime() + 1_800_000 - 59_000); // within the margin before its end
    expect(await accessToken(worker(), grant)).toBe('access-2');
    expect(asked.map(({ body }) => new URLSearchParams(String(body)).get('refresh_token'))).toEqual(['first', 'refresh-1']);
    expect(asked[0]!.headers!['authorization']).toBe(`Basic ${Buffer.from('app+one:s%3A1').toString('base64')}`);
  });
  it('of another first refresh token is another login', async () => {
    const { http } = vendor();
    const logins = sharedLogins();
    const context = testContext({ settings: {}, http, now: () => start, logins });
    await accessToken(context, grant);
    expect(await factsOf(() => accessToken(context, { ...grant, refreshToken: 'stale' }))).toMatchObject({
      recovery: 'unauthorized',
      code: 'invalid_grant',
    });
  });
  it('with client credentials or a signed assertion asks as the RFCs say', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const facts = {
      algorithm: 'PS256' as const,
      privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
      claims: { iss: 'me' },
    };
    const { http, asked } = vendor();
    const context = () => testContext({ settings: {}, http, now: () => start });
    await accessToken(context(), {
      type: 'client-credentials',
      tokenUrl: 'https://vendor/token',
      client: { by: 'body', id: 'a', secret: 'b' },
      scope: 'x y',
    });
    await accessToken(context(), {
      type: 'client-credentials',
      tokenUrl: 'https://vendor/token',
      client: { by: 'assertion', id: 'a', assertion: facts },
    });
    await accessToken(context(), { type: 'jwt-bearer', tokenUrl: 'https://vendor/token', client: { by: 'none' }, assertion: facts });
    const forms = asked.map(({ body }) => Object.fromEntries(new URLSearchParams(String(body))));
    expect(forms[0]).toEqual({ grant_type: 'client_credentials', client_id: 'a', client_secret: 'b', scope: 'x y' });
    expect(forms[1]).toMatchObject({ client_id: 'a', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' });
    expect(forms[2]!['grant_type']).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    const spki = String(publicKey.export({ type: 'spki', format: 'pem' }));
    for (const token of [forms[1]!['client_assertion']!, forms[2]!['assertion']!])
      expect(verifyJwt(token, { publicKey: spki, algorithms: ['PS256'], now: start })).toMatchObject({ iss: 'me' });
  });
  it.each([
    ['the vendor is away', () => Promise.reject(new TransportFailure({ sent: true, code: 'timeout', message: 'late' })), 'retryable'],
    ['the vendor fails', () => Promise.resolve({ status: 503, headers: {}, text: '' }), 'retryable'],
    ['too many calls', () => Promise.resolve({ status: 429, headers: { 'retry-after': '3' }, text: '' }), 'throttled'],
    ['a client that is not known', () => Promise.resolve({ status: 401, headers: {}, text: '{"error":"invalid_client"}' }), 'unauthorized'],
    [
      'a scope that is not allowed',
      () => Promise.resolve({ status: 400, headers: {}, text: '{"error":"invalid_scope"}' }),
      'misconfigured',
    ],
    ['a page instead of an answer', () => Promise.resolve({ status: 200, headers: {}, text: '<html>' }), 'retryable'],
  ])('not given because of %s is never a doubt', async (_, request, recovery) => {
    const facts = await factsOf(() => accessToken(testContext({ settings: {}, http: { request } as HttpClient, now: () => start }), grant));
    expect(facts?.recovery).toBe(recovery);
  });
});

describe('a call with a token', () => {
  const call = async (statuses: number[]) => {
    const { http } = vendor();
    const sent: string[] = [];
    const context = testContext({ settings: {}, http, now: () => start });
    const send = (token: string): Promise<HttpResponse> => {
      sent.push(token);
      return Promise.resolve({ status: statuses[sent.length - 1] ?? 200, headers: {}, text: '' });
    };
    const facts = await factsOf(() => withToken(context, grant, send));
    return { sent, facts };
  };
  it('that is refused goes once more with a fresh one', async () => {
    expect(await call([401, 200])).toEqual({ sent: ['access-1', 'access-2'], facts: undefined });
  });
  it('that is refused again is unauthorized, and nothing goes a third time', async () => {
    const { sent, facts } = await call([401, 401]);
    expect(sent).toHaveLength(2);
    expect(facts).toMatchObject({ recovery: 'unauthorized', code: 'token-refused' });
  });
  it('that fails otherwise is left to the connector', async () => expect((await call([500])).sent).toEqual(['access-1']));
});
