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
  /** Finishes the sentence "Lago refused to …". */
  what: string;
  writes: boolean;
  about?: string;
}

async function exchange(
  context: ConnectorContext,
  request: Omit<HttpRequest, 'url' | 'headers'> & { path: string },
  call: Call,
): Promise<JsonObject> {
  const { path, ...rest } = request;
  const response = await context.http.request({
    ...rest,
    url: `${apiBaseOf(context.settings)}${path}`,
    headers: { authorization: `Bearer ${apiKeyOf(context.settings)}`, accept: 'application/json' },
  });
  const body = parsed(response.text);
  if (response.status < 200 || response.status > 299) throw failureFrom(response, body, context, call);
  if (body) return body;
  const facts = {
    code: 'answer-not-json',
    message: `The answer to "${call.what}" is HTTP ${response.status} but not Lago’s JSON.`,
    vendorWords: response.text,
    httpStatus: response.status,
    remedy: 'Check the address and any proxy before Lago.',
  };
  throw call.writes ? inDoubt(facts) : retryable(facts);
}

/** `x-ratelimit-reset` is seconds to wait (Lago's own client); absent on a Lago of one's own without limits. */
function failureFrom(response: HttpResponse, body: JsonObject | undefined, { settings }: ConnectorContext, call: Call) {
  const details = codesOf(body?.['error_details']);
  const reset = Number(response.headers['x-ratelimit-reset']);
  const waitMs = retryAfterMs(response) ?? (reset > 0 && reset < 86_400 ? reset * 1_000 : undefined);
  return classedFailure(
    errorTable,
    {
      system: 'Lago',
      what: call.what,
      writes: call.writes,
      httpStatus: response.status,
      codes: [...details.map(({ code }) => code), body?.['code']].filter((code) => typeof code === 'string'),
      words: [body?.['error'], ...details.map(({ at, code }) => `${at} ${code}`)].filter((word) => typeof word === 'string').join(', '),
      raw: response.text,
      ...(details[0] ? { path: `/${details[0].at}` } : {}),
      ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
      ...(call.about === undefined ? {} : { about: call.about }),
    },
    ownRowsOf(settings),
  );
}

/** `{ "0": { "transaction_id": ["value_already_exist"] } }`, as deep as it goes, to places and codes. */
function codesOf(details: unknown, at = ''): { at: string; code: string }[] {
  if (typeof details === 'string') return [{ at, code: details }];
  if (Array.isArray(details)) return details.flatMap((one) => codesOf(one, at));
  if (!isJsonObject(details)) return [];
  return Object.entries(details).flatMap(([name, inner]) => codesOf(inner, at === '' ? name : `${at}/${name}`));
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

export const post = (
  context: ConnectorContext,
  path: string,
  body: JsonObject,
  call: { what: string; about?: string },
): Promise<JsonObject> => exchange(context, { method: 'POST', path, body }, { ...call, writes: true });

/** One page of a list, and whether there are more. */
export async function page(
  context: ConnectorContext,
  list: string,
  query: HttpRequest['query'],
): Promise<{ rows: JsonObject[]; more: boolean }> {
  const body = await read(context, `/${list}`, query, `list ${list}`);
  const { [list]: rows, meta } = body;
  if (!Array.isArray(rows) || !isJsonObject(meta))
    throw retryable({ code: 'answer-without-list', message: `Lago was asked to list ${list} and gave no list.` });
  return { rows: rows.filter(isJsonObject), more: meta['next_page'] !== null && meta['next_page'] !== undefined };
}
