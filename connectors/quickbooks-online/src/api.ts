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
import { errorTable } from './errors.js';
import { apiBaseOf, grantOf, minorVersionOf, realmOf } from './settings.js';

interface Call {
  /** Finishes the sentence "QuickBooks refused to …". */
  what: string;
  writes: boolean;
  /** What groups failures of the same root. */
  about?: string;
}

/** Kinds of transactions and lists, as QuickBooks names them. */
export type Entity = 'Invoice' | 'CreditMemo' | 'Payment' | 'RefundReceipt' | 'Purchase' | 'JournalEntry' | 'Customer' | 'Item' | 'Account' | 'TaxCode' | 'TaxRate' | 'CompanyCurrency' | 'CompanyInfo' | 'Preferences'; // prettier-ignore

async function exchange(
  context: ConnectorContext,
  request: Pick<HttpRequest, 'method' | 'query'> & { path: string; body?: string },
  call: Call,
): Promise<JsonObject> {
  const { method, path, body } = request;
  const response = await withToken(context, grantOf(context.settings), (token) =>
    context.http.request({
      method,
      url: `${apiBaseOf(context.settings)}/v3/company/${realmOf(context.settings)}${path}`,
      query: { minorversion: minorVersionOf(context.settings), ...request.query },
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
    }),
  );
  return answerOf(response, context, call);
}

/** The body of an answer, its numbers as text. A fault is a failure whatever the status: QuickBooks sends faults with HTTP 200 too. */
function answerOf(response: HttpResponse, { settings }: ConnectorContext, call: Call): JsonObject {
  const body = parsed(response.text);
  const evidence = evidenceOf(response, body, call);
  if (evidence.codes.length > 0 || response.status < 200 || response.status > 299)
    throw classedFailure(errorTable, evidence, ownRowsOf(settings));
  if (body) return body;
  const facts = {
    code: 'answer-not-json',
    message: `The answer to "${call.what}" is HTTP ${response.status} but not QuickBooks’ JSON.`,
    vendorWords: response.text,
    httpStatus: response.status,
    remedy: 'Check the address and any proxy before QuickBooks.',
  };
  throw call.writes ? inDoubt(facts) : retryable(facts);
}

/** `Fault.Error[]` of the accounting API, and `fault.error[]` in lower case of the gateway before it. */
function evidenceOf(response: HttpResponse, body: JsonObject | undefined, call: Call): ErrorEvidence {
  const fault = body?.['Fault'] ?? body?.['fault'];
  const { type, Error: upper, error: lower } = isJsonObject(fault) ? fault : ({} as JsonObject);
  const list = upper ?? lower;
  const errors = Array.isArray(list) ? list.filter(isJsonObject) : [];
  const words = errors.map((one) =>
    [one['Message'] ?? one['message'], one['Detail'] ?? one['detail']].filter((part) => typeof part === 'string' && part !== '').join(': '),
  );
  const codes = [...errors.map((one) => one['code']), ...(isJsonObject(fault) ? [type ?? 'Fault'] : [])];
  const element = errors.map((one) => one['element']).find((one) => typeof one === 'string' && one !== '');
  const waitMs = retryAfterMs(response);
  return {
    system: 'QuickBooks',
    what: call.what,
    writes: call.writes,
    httpStatus: response.status,
    codes: codes.filter((code) => typeof code === 'string'),
    words: words.join('; '),
    raw: response.text,
    ...(typeof element === 'string' ? { path: `/${element}` } : {}),
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

/** One object by its id, or the company's only one of its kind (`/preferences`). */
export async function get(context: ConnectorContext, entity: Entity, id?: string): Promise<JsonObject> {
  const what = `read ${entity}${id === undefined ? '' : ` ${id}`}`;
  const path = `/${entity.toLowerCase()}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`;
  const body = await reading(what, () => exchange(context, { method: 'GET', path }, { what, writes: false }));
  const found = body[entity];
  if (isJsonObject(found)) return found;
  throw retryable({ code: 'answer-without-object', message: `QuickBooks was asked to ${what} and named none.` });
}

/** A query's rows, one page of at most 1,000. Answers without `QueryResponse` are no answer, never "nothing there". */
export async function query(context: ConnectorContext, entity: Entity, where: string): Promise<JsonObject[]> {
  const what = `list ${entity}`;
  const body = await reading(what, () =>
    exchange(context, { method: 'GET', path: '/query', query: { query: `select * from ${entity}${where}` } }, { what, writes: false }),
  );
  const found = body['QueryResponse'];
  if (!isJsonObject(found)) throw retryable({ code: 'answer-without-list', message: `QuickBooks was asked to ${what} and gave no list.` });
  const rows = found[entity] ?? [];
  return Array.isArray(rows) ? rows.filter(isJsonObject) : [];
}

/** A value inside a query: its only special characters are the quote and the backslash. */
export const quoted = (value: string): string => `'${value.replace(/['\\]/g, (found) => `\\${found}`)}'`;

/**
 * One write under a request id: the same id again gets the same answer and changes nothing (Intuit, "Request ID update", at most 50 characters).
 * The object as the books hold it now.
 */
export async function write(
  context: ConnectorContext,
  entity: Entity,
  options: { body: ExactJson; requestId: string; what: string; about?: string; query?: HttpRequest['query'] },
): Promise<JsonObject> {
  const { what, about, requestId } = options;
  const answer = await exchange(
    context,
    {
      method: 'POST',
      path: `/${entity.toLowerCase()}`,
      query: { requestid: requestId, ...options.query },
      body: writeExact(options.body),
    },
    { what, writes: true, ...(about === undefined ? {} : { about }) },
  );
  const made = answer[entity];
  if (isJsonObject(made) && typeof made['Id'] === 'string') return made;
  throw inDoubt({
    code: 'answer-without-id',
    message: `QuickBooks was asked to ${what} and did not name what it made.`,
    vendorWords: JSON.stringify(answer),
  });
}
