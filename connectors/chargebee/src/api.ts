import {
  classedFailure,
  inDoubt,
  isJsonObject,
  ownRowsOf,
  readExact,
  reading,
  retryable,
  retryAfterMs,
  type ConnectorContext,
  type HttpRequest,
  type HttpResponse,
  type JsonObject,
} from '@waybill/sdk';
import { errorTable } from './errors.js';
import { apiBaseOf, apiKeyOf } from './settings.js';

interface Call {
  /** Finishes the sentence "Chargebee refused to …". */
  what: string;
  writes: boolean;
  about?: string;
}

/** HTTP Basic, the key as user and no password. Source: apidocs.chargebee.com, "Authentication"; the npm package does the same. */
const authorization = (context: ConnectorContext): string =>
  `Basic ${Buffer.from(`${apiKeyOf(context.settings)}:`, 'utf8').toString('base64')}`;

async function exchange(
  context: ConnectorContext,
  { path, headers, ...rest }: Omit<HttpRequest, 'url'> & { path: string },
  call: Call,
): Promise<JsonObject> {
  const response = await context.http.request({
    ...rest,
    url: `${apiBaseOf(context.settings)}${path}`,
    headers: { ...headers, authorization: authorization(context), accept: 'application/json' },
  });
  const body = parsed(response.text);
  if (response.status < 200 || response.status > 299) throw failureFrom(response, body, context, call);
  if (body) return body;
  const facts = {
    code: 'answer-not-json',
    message: `The answer to "${call.what}" is HTTP ${response.status} but not Chargebee’s JSON.`,
    vendorWords: response.text,
    httpStatus: response.status,
    remedy: 'Check the site and any proxy before Chargebee.',
  };
  throw call.writes ? inDoubt(facts) : retryable(facts);
}

/** Errors are `{ message, type?, api_error_code, param? }`, flat. */
function failureFrom(response: HttpResponse, body: JsonObject | undefined, { settings }: ConnectorContext, call: Call) {
  const [code, words, param] = [body?.['api_error_code'], body?.['message'], body?.['param']];
  const waitMs = retryAfterMs(response);
  return classedFailure(
    errorTable,
    {
      system: 'Chargebee',
      what: call.what,
      writes: call.writes,
      httpStatus: response.status,
      codes: typeof code === 'string' ? [code] : [],
      words: typeof words === 'string' ? words : '',
      raw: response.text,
      ...(typeof param === 'string' ? { path: `/${param}` } : {}),
      ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
      ...(call.about === undefined ? {} : { about: call.about }),
    },
    ownRowsOf(settings),
  );
}

function parsed(text: string): JsonObject | undefined {
  try {
    const body = readExact(text);
    return isJsonObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

export function read(context: ConnectorContext, path: string, query: HttpRequest['query'], what: string): Promise<JsonObject> {
  return reading(what, () =>
    exchange(context, { method: 'GET', path, ...(query === undefined ? {} : { query }) }, { what, writes: false }),
  );
}

/** One form-encoded POST under an idempotency key (at most 100 characters, apidocs.chargebee.com, "Idempotent requests"). */
export function post(
  context: ConnectorContext,
  path: string,
  form: Record<string, string | undefined>,
  { key, ...call }: { what: string; key: string; about?: string },
): Promise<JsonObject> {
  const fields = Object.entries(form).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as [string, string]]));
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'chargebee-idempotency-key': key };
  return exchange(context, { method: 'POST', path, headers, body: new URLSearchParams(fields).toString() }, { ...call, writes: true });
}

/** One page of a list: `{ list: [{ invoice: {…} }], next_offset? }`. */
export async function page(
  context: ConnectorContext,
  path: string,
  object: string,
  query: HttpRequest['query'],
): Promise<{ rows: JsonObject[]; next: string | undefined }> {
  const body = await read(context, path, query, `list ${path.slice(1)}`);
  const { list, next_offset: next } = body;
  if (!Array.isArray(list))
    throw retryable({ code: 'answer-without-list', message: `Chargebee was asked to list ${path} and gave no list.` });
  const rows = list.map((entry) => (isJsonObject(entry) ? entry[object] : undefined)).filter(isJsonObject);
  if (rows.length < list.length)
    throw retryable({ code: 'answer-without-rows', message: `Chargebee’s list of ${path} holds entries without ${object}.` });
  return { rows, next: typeof next === 'string' && next !== '' ? next : undefined };
}
