import type { ConnectorContext, Login } from './context.js';
import { misconfigured, retryable, throttled, unauthorized, type ConnectorFailure } from './failure.js';
import { isTransportFailure, type HttpResponse } from './http.js';
import { isJsonObject, type JsonObject } from './json.js';
import { signJwt, type JwtFacts } from './jwt.js';
import { retryAfterMs } from './limit-headers.js';
import { hashFields } from './posting-key.js';

/** How the client shows who it is (RFC 6749, 2.3; RFC 7523, 2.2). */
export type ClientAuthentication =
  | { by: 'basic' | 'body'; id: string; secret: string }
  | { by: 'assertion'; id?: string; assertion: JwtFacts }
  | { by: 'none'; id?: string };

/** Where an access token comes from. */
export type OAuthGrant = {
  /** Absolute address of the token endpoint. */
  tokenUrl: string;
  client: ClientAuthentication;
  scope?: string;
  /** More form fields, such as `audience` or `resource`. */
  parameters?: Record<string, string>;
  /** Where the vendor has words of its own, beside `invalid_grant`, for a refresh token that is over for good. */
  isOver?: (body: JsonObject) => boolean;
} & (
  | /** RFC 6749, 6. The first refresh token comes from the consent; each answer may bring the next one, which is kept. */
    { type: 'refresh-token'; refreshToken: string }
    /** RFC 6749, 4.4. */
  | { type: 'client-credentials' }
  /** RFC 7523, 2.1: a signed assertion is the grant itself. */
  | { type: 'jwt-bearer'; assertion: JwtFacts }
);

const tokenTimeoutMs = 15_000;
/** A token is left this much before its end, at most a tenth of its life, so that none ends on its way. */
const marginMs = 60_000;
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** The access token of the connection: one for all processes, renewed once however many calls wait. Throws like `send`, never in doubt: nothing was posted. */
export function accessToken(context: ConnectorContext, grant: OAuthGrant): Promise<string> {
  return context.session.shared(loginMark(grant), (before) => requestToken(context, grant, before));
}

/**
 * One request with a token. A token that the system refuses (401) is renewed once and the same request goes again: a refused sign-in did nothing, so
 * this is no second attempt. The 401 after that is `unauthorized`.
 */
export async function withToken(
  context: ConnectorContext,
  grant: OAuthGrant,
  send: (token: string) => Promise<HttpResponse>,
  options: { refused?: (response: HttpResponse) => boolean } = {},
): Promise<HttpResponse> {
  const refused = options.refused ?? (({ status }) => status === 401);
  const first = await send(await accessToken(context, grant));
  if (!refused(first)) return first;
  context.session.drop();
  const second = await send(await accessToken(context, grant));
  if (!refused(second)) return second;
  throw unauthorized({
    code: 'token-refused',
    message: 'A fresh access token was refused.',
    httpStatus: second.status,
    vendorWords: second.text,
    remedy: 'Look whether the app still has access to this company, and with which rights; then connect it again.',
  });
}

/** Names what a login rests on. A hash, for it is stored beside the login; a new first refresh token makes the old login worthless. */
export function loginMark(grant: OAuthGrant): string {
  const { client } = grant;
  const proof = grant.type === 'refresh-token' ? grant.refreshToken : grant.type === 'jwt-bearer' ? JSON.stringify(grant.assertion) : '';
  const own = client.by === 'assertion' ? JSON.stringify(client.assertion) : 'secret' in client ? client.secret : '';
  return hashFields([
    grant.type,
    grant.tokenUrl,
    client.by,
    client.id ?? '',
    own,
    proof,
    grant.scope ?? '',
    JSON.stringify(grant.parameters ?? {}),
  ]).toString('hex');
}

async function requestToken(context: ConnectorContext, grant: OAuthGrant, before: Login | undefined): Promise<Login> {
  const now = context.now();
  const refreshToken = grant.type === 'refresh-token' ? (before?.renewWith ?? grant.refreshToken) : undefined;
  if (refreshToken === '')
    throw unauthorized({
      code: 'not-connected',
      message: 'Nobody has connected this account yet.',
      remedy: 'Open the connection in the console and press Connect.',
    });
  const response = await ask(context, grant.tokenUrl, formOf(grant, refreshToken, now), headersOf(grant.client));
  const body = parsed(response.text);
  const login = loginIn(response, body, refreshToken, now);
  if (login) return login;
  throw refusal(response, body, {
    remedy:
      grant.type === 'refresh-token'
        ? consentOver
        : 'Look whether the certificate and the user of this integration are still valid at the other side.',
    isOver: grant.isOver,
  });
}

const consentOver = 'The consent is over or was taken back: open the connection in the console and connect the account again.';

/**
 * The code of a consent for its first login (RFC 6749, 4.1.3; RFC 7636, 4.5), with the whole answer. Throws like `accessToken`; a code that was used or is
 * too old is `unauthorized`.
 */
export async function redeemCode(
  context: Pick<ConnectorContext, 'http' | 'now'>,
  given: { tokenUrl: string; client: ClientAuthentication; code: string; redirectUri: string; verifier?: string | undefined },
): Promise<{ login: Login; answer: JsonObject }> {
  const { tokenUrl, client, code, redirectUri, verifier } = given;
  const now = context.now();
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    ...(verifier === undefined ? {} : { code_verifier: verifier }),
    ...shownIn(client, now),
  });
  const response = await ask(context, tokenUrl, form, headersOf(client));
  const body = parsed(response.text);
  const login = loginIn(response, body, undefined, now);
  if (login) return { login, answer: body! };
  throw refusal(response, body, { remedy: 'Connect again: a consent is good for one try and for a few minutes.' });
}

/** `renewWith` of an answer that brings no new one. */
function loginIn(response: HttpResponse, body: JsonObject | undefined, renewWith: string | undefined, now: Date): Login | undefined {
  const { access_token: token, expires_in: life, refresh_token: next } = body ?? {};
  if (response.status !== 200 || typeof token !== 'string' || token === '') return undefined;
  const lifeMs = Number(life) * 1000;
  const kept = typeof next === 'string' && next !== '' ? next : renewWith;
  return {
    token,
    ...(lifeMs > 0 ? { until: new Date(now.getTime() + lifeMs - Math.min(marginMs, lifeMs / 10)).toISOString() } : {}),
    ...(kept === undefined ? {} : { renewWith: kept }),
  };
}

/** Whatever goes wrong on the way to a token, no document left: a lost answer here is no doubt. */
async function ask(
  context: Pick<ConnectorContext, 'http'>,
  url: string,
  form: URLSearchParams,
  headers: Record<string, string>,
): Promise<HttpResponse> {
  try {
    return await context.http.request({
      method: 'POST',
      url,
      headers: { ...headers, accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      timeoutMs: tokenTimeoutMs,
    });
  } catch (error) {
    if (!isTransportFailure(error) || !error.sent) throw error;
    throw retryable({ code: `token-${error.code}`, message: `No answer to the request for an access token: ${error.message}` });
  }
}

function formOf(grant: OAuthGrant, refreshToken: string | undefined, now: Date): URLSearchParams {
  const { client } = grant;
  const granted: Record<string, string> =
    grant.type === 'refresh-token'
      ? { grant_type: 'refresh_token', refresh_token: refreshToken ?? '' }
      : grant.type === 'client-credentials'
        ? { grant_type: 'client_credentials' }
        : { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: signJwt(grant.assertion, now) };
  return new URLSearchParams({
    ...granted,
    ...shownIn(client, now),
    ...(grant.scope === undefined ? {} : { scope: grant.scope }),
    ...grant.parameters,
  });
}

/** How the client shows in the form who it is. */
function shownIn(client: ClientAuthentication, now: Date): Record<string, string> {
  if (client.by === 'body') return { client_id: client.id, client_secret: client.secret };
  const named: Record<string, string> = client.by === 'basic' || client.id === undefined ? {} : { client_id: client.id };
  return client.by === 'assertion'
    ? { client_assertion_type: assertionType, client_assertion: signJwt(client.assertion, now), ...named }
    : named;
}

/** RFC 6749, 2.3.1: id and secret are form-encoded before they are joined. */
function headersOf(client: ClientAuthentication): Record<string, string> {
  if (client.by !== 'basic') return {};
  const pair = [client.id, client.secret].map((part) => new URLSearchParams({ '': part }).toString().slice(1)).join(':');
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** Errors of a token endpoint, RFC 6749, 5.2. `remedy`: of a grant that is refused. */
function refusal(
  response: HttpResponse,
  body: JsonObject | undefined,
  { remedy, isOver }: { remedy: string; isOver?: ((body: JsonObject) => boolean) | undefined },
): ConnectorFailure {
  const told = typeof body?.['error'] === 'string' ? body['error'] : undefined;
  const error = body !== undefined && isOver?.(body) === true ? grantRefused : told;
  const words =
    [body?.['error_description'], body?.['message']].find((one) => typeof one === 'string') ?? error ?? `HTTP ${response.status}`;
  const facts = {
    code: error ?? `token-http-${response.status}`,
    message: `No access token was given: ${String(words)}.`,
    httpStatus: response.status,
    vendorWords: response.text,
  };
  if (response.status === 429) return throttled({ ...facts, retryAfterMs: retryAfterMs(response) ?? 10_000 });
  if (error === grantRefused) return unauthorized({ ...facts, remedy });
  if (error === 'invalid_client') return unauthorized({ ...facts, remedy: 'Enter the client id and its secret or key again.' });
  if (error !== undefined || (response.status >= 400 && response.status < 500))
    return misconfigured({ ...facts, remedy: 'Compare client, scope and token address with what the vendor shows for this app.' });
  return retryable(facts);
}

/** The code of a failure after which only a new consent helps. */
export const grantRefused = 'invalid_grant';

function parsed(text: string): JsonObject | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return isJsonObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}
