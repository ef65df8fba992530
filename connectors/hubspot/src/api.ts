import {
  classedFailure,
  inDoubt,
  isJsonObject,
  ownRowsOf,
  readExact,
  reading,
  retryable,
  retryAfterMs,
  withToken,
  type ConnectorContext,
  type HttpRequest,
  type HttpResponse,
  type JsonObject,
} from '@waybill/sdk';
import { errorTable } from './errors.js';
import { accessTokenOf, apiBaseOf, grantOf } from './settings.js';

export interface Call {
  /** Finishes the sentence "HubSpot refused to …". */
  what: string;
  writes: boolean;
  about?: string;
}

async function exchange(
  context: ConnectorContext,
  { path, ...rest }: Pick<HttpRequest, 'method' | 'query'> & { path: string; body?: JsonObject },
  call: Call,
): Promise<JsonObject> {
  const send = (token: string): Promise<HttpResponse> =>
    context.http.request({
      ...rest,
      url: `${apiBaseOf(context.settings)}${path}`,
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    });
  const own = accessTokenOf(context.settings);
  const response = own === undefined ? await withToken(context, grantOf(context.settings), send) : await send(own);
  const body = parsed(response.text);
  // 207 is a success as a whole and may hold errors of its parts.
  const refused = response.status === 207 && Array.isArray(body?.['errors']) ? body['errors'].find(isJsonObject) : undefined;
  if (refused) throw failureFrom({ ...response, status: statusOf(refused) }, refused, context, call);
  if (response.status < 200 || response.status > 299) throw failureFrom(response, body, context, call);
  if (body) return body;
  const facts = {
    code: 'answer-not-json',
    message: `The answer to "${call.what}" is HTTP ${response.status} but not HubSpot’s JSON.`,
    vendorWords: response.text,
    httpStatus: response.status,
    remedy: 'Check any proxy before HubSpot.',
  };
  throw call.writes ? inDoubt(facts) : retryable(facts);
}

/** An error of a part names no HTTP status; it was read and refused. */
const statusOf = (error: JsonObject): number => (error['category'] === 'OBJECT_NOT_FOUND' ? 404 : 400);

/** `{ status, message, category, errors: [{ code?, message, in? }], policyName? }`; a 429 has `errorType` in place of the category. */
function failureFrom(response: HttpResponse, body: JsonObject | undefined, { settings }: ConnectorContext, call: Call) {
  const parts = Array.isArray(body?.['errors']) ? body['errors'].filter(isJsonObject) : [];
  const codes = [...parts.map(({ code }) => code), body?.['category'], body?.['errorType'], `http-${response.status}`];
  const words = [body?.['message'], ...parts.map(({ message }) => message)].filter((word) => typeof word === 'string').join(' ');
  const field = parts.map((part) => part['in']).find((name) => typeof name === 'string');
  // The budget of a day begins again at midnight of the account's zone; an hour is asked again then.
  const waitMs = retryAfterMs(response) ?? (body?.['policyName'] === 'DAILY' ? 3_600_000 : undefined);
  return classedFailure(
    errorTable,
    {
      system: 'HubSpot',
      what: call.what,
      writes: call.writes,
      httpStatus: response.status,
      codes: codes.filter((code) => typeof code === 'string'),
      words,
      raw: response.text,
      ...(field === undefined ? {} : { path: `/properties/${field}` }),
      ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
      ...(call.about === undefined ? {} : { about: call.about }),
    },
    ownRowsOf(settings),
  );
}

export function parsed(text: string): JsonObject | undefined {
  try {
    const body = readExact(text);
    return isJsonObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

export const read = (context: ConnectorContext, path: string, query: HttpRequest['query'], what: string): Promise<JsonObject> =>
  reading(what, () => exchange(context, { method: 'GET', path, ...(query ? { query } : {}) }, { what, writes: false }));

/** A search is a POST that changes nothing. */
export const search = (context: ConnectorContext, path: string, body: JsonObject, what: string): Promise<JsonObject> =>
  reading(what, () => exchange(context, { method: 'POST', path, body }, { what, writes: false }));

export const write = (
  context: ConnectorContext,
  request: { method: 'POST' | 'PUT'; path: string; body?: JsonObject },
  call: Omit<Call, 'writes'>,
): Promise<JsonObject> => exchange(context, request, { ...call, writes: true });
