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
  writeExact,
  type ConnectorContext,
  type ErrorEvidence,
  type ExactJson,
  type HttpRequest,
  type HttpResponse,
  type JsonObject,
} from '@waybill/sdk';
import { unitDecimals } from './documents.js';
import { errorTable } from './errors.js';
import { apiBaseOf, grantOf, tenantOf } from './settings.js';

interface Call {
  /** Finishes the sentence "Xero refused to …". */
  what: string;
  writes: boolean;
  about?: string;
}

/** Kinds of objects, as Xero names them in addresses and in answers. */
export type Kind = 'Invoices' | 'CreditNotes' | 'Payments' | 'ManualJournals' | 'Contacts' | 'Accounts' | 'Items' | 'TaxRates' | 'Currencies' | 'Organisations' | 'Allocations'; // prettier-ignore

async function exchange(
  context: ConnectorContext,
  request: Pick<HttpRequest, 'method' | 'query' | 'headers'> & { path: string; body?: string },
  call: Call,
): Promise<JsonObject> {
  const { method, path, query, body } = request;
  const response = await withToken(
    context,
    grantOf(context.settings),
    (token) =>
      context.http.request({
        method,
        url: `${apiBaseOf(context.settings)}${path}`,
        ...(query === undefined ? {} : { query }),
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          'xero-tenant-id': tenantOf(context.settings),
          ...request.headers,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body }),
      }),
    // A right that is missing is a 401 too (`insufficient_scope`), and a fresh token changes nothing about it.
    {
      refused: ({ status, text }) => status === 401 && !text.includes('insufficient_scope') && !text.includes('AuthorizationUnsuccessful'),
    },
  );
  return answerOf(response, context, call);
}

/** The body of an answer, its numbers as text. An element with errors is a failure, also within HTTP 200 (`summarizeErrors=false`). */
function answerOf(response: HttpResponse, { settings }: ConnectorContext, call: Call): JsonObject {
  const body = parsed(response.text);
  const good = response.status >= 200 && response.status <= 299;
  const refused = body === undefined ? [] : sentencesOf(body);
  if (!good || (call.writes && refused.length > 0))
    throw classedFailure(errorTable, evidenceOf(response, body, refused, call), ownRowsOf(settings));
  if (body) return body;
  const facts = {
    code: 'answer-not-json',
    message: `The answer to "${call.what}" is HTTP ${response.status} but not Xero’s JSON.`,
    vendorWords: response.text,
    httpStatus: response.status,
    remedy: 'Check the address and any proxy before Xero.',
  };
  throw call.writes ? inDoubt(facts) : retryable(facts);
}

/** `ValidationErrors[].Message` of every element, where an answer holds elements; the list is as deep as the document. */
function sentencesOf(body: JsonObject): string[] {
  const lists = ['Elements', 'Invoices', 'CreditNotes', 'Payments', 'ManualJournals', 'Contacts', 'Allocations'].flatMap((name) => {
    const list = body[name];
    return Array.isArray(list) ? list.filter(isJsonObject) : [];
  });
  const errors = lists.flatMap(({ ValidationErrors: list, HasErrors, HasValidationErrors, StatusAttributeString: status }) => {
    const words = (Array.isArray(list) ? list.filter(isJsonObject) : []).map(({ Message }) => String(Message));
    const marked = HasErrors === true || HasValidationErrors === true || status === 'ERROR';
    return words.length > 0 ? words : marked ? ['The element has errors and Xero does not say which.'] : [];
  });
  return [...new Set(errors)];
}

function evidenceOf(response: HttpResponse, body: JsonObject | undefined, refused: readonly string[], call: Call): ErrorEvidence {
  const { Type, Title, Message, Detail } = body ?? {};
  const words = refused.length > 0 ? refused.join('; ') : [Message, Detail, Title].find((one) => typeof one === 'string' && one !== '');
  // An element that was refused within a 200 carries no type: it is a validation all the same.
  const codes = refused.length > 0 ? ['ValidationException'] : [Type, Title].filter((one) => typeof one === 'string' && one !== '');
  const waitMs = retryAfterMs(response);
  const limit = response.headers['x-rate-limit-problem'];
  return {
    system: 'Xero',
    what: call.what,
    writes: call.writes,
    // An element that was refused within a 200 was refused.
    httpStatus: refused.length > 0 && response.status < 300 ? 400 : response.status,
    codes: codes as string[],
    words: limit === undefined ? String(words ?? '') : `the limit per ${limit} is used up`,
    raw: response.text,
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    ...(call.about === undefined ? {} : { about: call.about }),
  };
}

function parsed(text: string): JsonObject | undefined {
  try {
    const body = readExact(text);
    return isJsonObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

const pathOf = (kind: Kind): string => (kind === 'Organisations' ? '/Organisation' : `/${kind}`);

/** Rows of a kind, one page. An answer without the list is no answer, never "nothing there". */
export async function list(
  context: ConnectorContext,
  kind: Kind,
  options: { query?: HttpRequest['query']; since?: string; id?: string } = {},
): Promise<JsonObject[]> {
  const { query, since, id } = options;
  const what = id === undefined ? `list ${kind}` : `read ${kind} ${id}`;
  const path = `${pathOf(kind)}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`;
  const headers: Record<string, string> = since === undefined ? {} : { 'if-modified-since': since };
  const body = await reading(what, () =>
    exchange(context, { method: 'GET', path, headers, ...(query === undefined ? {} : { query }) }, { what, writes: false }),
  );
  const rows = body[kind];
  if (!Array.isArray(rows)) throw retryable({ code: 'answer-without-list', message: `Xero was asked to ${what} and gave no list.` });
  return rows.filter(isJsonObject);
}

export async function get(context: ConnectorContext, kind: Kind, id: string): Promise<JsonObject> {
  const [found] = await list(context, kind, { id });
  if (found) return found;
  throw retryable({ code: 'answer-without-object', message: `Xero was asked to read ${kind} ${id} and named none.` });
}

/** A text inside `where`: its only special characters are the quote and the backslash. */
export const quoted = (value: string): string => `"${value.replace(/["\\]/g, (found) => `\\${found}`)}"`;

/**
 * One write under an idempotency key, at most 128 characters: the same key again within some minutes gets the same answer (Accounting OpenAPI,
 * `idempotencyKey`). `PUT` makes and refuses what is there; `POST` writes over what is there. The one element that it made or changed.
 */
export async function write(
  context: ConnectorContext,
  options: { method: 'PUT' | 'POST'; kind: Kind; path?: string; body: ExactJson; key: string; what: string; about?: string },
): Promise<JsonObject> {
  const { method, kind, path = pathOf(kind), body, key, what, about } = options;
  const summarized = method === 'PUT' || path === '/Contacts';
  const answer = await exchange(
    context,
    {
      method,
      path,
      query: {
        ...(summarized ? { summarizeErrors: 'false' } : {}),
        // Prices with four decimals; with two, which is what Xero does otherwise, a line's amount is no longer quantity times price.
        ...(kind === 'Invoices' || kind === 'CreditNotes' ? { unitdp: unitDecimals } : {}),
      },
      headers: { 'idempotency-key': key },
      body: writeExact(body),
    },
    { what, writes: true, ...(about === undefined ? {} : { about }) },
  );
  const rows = answer[kind];
  const [made] = Array.isArray(rows) ? rows.filter(isJsonObject) : [];
  if (made) return made;
  throw inDoubt({
    code: 'answer-without-element',
    message: `Xero was asked to ${what} and did not name what it made.`,
    vendorWords: JSON.stringify(answer),
  });
}
