import {
  classedFailure,
  inDoubt,
  isJsonObject,
  ownRowsOf,
  readExact,
  reading,
  retryable,
  retryAfterMs,
  writeExact,
  type ConnectorContext,
  type ErrorEvidence,
  type ExactJson,
  type HttpRequest,
  type HttpResponse,
  type JsonObject,
} from '@waybill/sdk';
import { errorTable } from './errors.js';
import { setting } from './settings.js';

/** Kinds of documents, as Frappe names them in addresses. */
export type DocType =
  | 'Sales Invoice' | 'Payment Entry' | 'Journal Entry' | 'Customer' | 'Company' | 'Account' | 'Item' | 'Currency' | 'Country' | 'Fiscal Year'
  | 'Accounting Period' | 'Accounts Settings' | 'Custom Field'; // prettier-ignore

interface Words {
  /** Finishes the sentence "ERPNext refused to …". */
  what: string;
  /** What groups a refusal with others of the same root. */
  about?: string;
}
type Asked = Pick<HttpRequest, 'method' | 'query'> & { path: string; body?: ExactJson };

async function exchange(context: ConnectorContext, asked: Asked, call: Words & { writes: boolean }): Promise<JsonObject> {
  const { settings } = context;
  const { method, path, query, body } = asked;
  const response = await context.http.request({
    method,
    url: `${setting(settings, 'baseUrl')}${path}`,
    ...(query === undefined ? {} : { query }),
    headers: {
      authorization: `token ${setting(settings, 'apiKey')}:${setting(settings, 'apiSecret')}`,
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: writeExact(body) }),
    timeoutMs: 120_000,
  });
  const answer = parsed(response.text);
  const good = response.status >= 200 && response.status <= 299;
  if (good && answer && !('exc_type' in answer)) return answer;
  if (!good || answer) throw classedFailure(errorTable, evidenceOf(response, answer, call), ownRowsOf(settings));
  const facts = {
    code: 'answer-not-json',
    message: `The answer to "${call.what}" is HTTP ${response.status} but not Frappe’s JSON.`,
    vendorWords: response.text,
    httpStatus: response.status,
    remedy: 'Check the address and any proxy before ERPNext.',
  };
  throw call.writes ? inDoubt(facts) : retryable(facts);
}

function evidenceOf(response: HttpResponse, body: JsonObject | undefined, call: Words & { writes: boolean }): ErrorEvidence {
  const type = body?.['exc_type'];
  const words = body === undefined ? undefined : (messagesOf(body['_server_messages']) ?? sentenceOf(body['exception']));
  const waitMs = retryAfterMs(response);
  return {
    system: 'ERPNext',
    what: call.what,
    writes: call.writes,
    httpStatus: response.status,
    codes: typeof type === 'string' ? [type] : [],
    ...(words === undefined ? {} : { words }),
    // The traceback (`exc`) says nothing to people and names paths of the server.
    raw: body === undefined ? response.text : JSON.stringify({ exc_type: type ?? null, words: words ?? null }),
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    ...(call.about === undefined ? {} : { about: call.about }),
  };
}

/** `_server_messages` is JSON text: a list of JSON texts, each `{ message, title, indicator }`; messages are HTML for a dialog. */
function messagesOf(value: unknown): string | undefined {
  try {
    const list: unknown = JSON.parse(String(value));
    if (!Array.isArray(list)) return undefined;
    const words = list.map((one) => {
      const { message } = JSON.parse(String(one)) as { message?: unknown };
      return plainText(String(message ?? ''));
    });
    return words.filter((one) => one !== '').join('; ') || undefined;
  } catch {
    return undefined; // none were sent, or not in this form; the exception itself speaks then
  }
}
/** `frappe.exceptions.ValidationError: words`. */
const sentenceOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? plainText(value.replace(/^[\w.]+: ?/, '')) : undefined;
const plainText = (html: string): string => html.replace(/<[^<>]{0,500}>/g, ' ').replace(/\s+/g, ' ').trim(); // prettier-ignore

function parsed(text: string): JsonObject | undefined {
  try {
    const body = readExact(text);
    return isJsonObject(body) ? body : undefined;
  } catch {
    return undefined; // whoever asks says that it is no JSON
  }
}

const pathOf = (type: DocType, name?: string): string =>
  `/api/resource/${encodeURIComponent(type)}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;

export type Filter = [
  field: string,
  operator: '=' | '!=' | '>' | '>=' | '<=' | 'in',
  value: string | number | readonly (string | number)[],
];

/** Rows of a kind, by name. An answer without the list is no answer, never "nothing there". */
export async function list(
  context: ConnectorContext,
  type: DocType,
  asked: { fields: readonly string[]; filters: readonly Filter[]; either?: readonly Filter[]; limit?: number },
): Promise<JsonObject[]> {
  const { fields, filters, either, limit = 5 } = asked;
  const what = `list ${type}`;
  const query = {
    fields: JSON.stringify(fields),
    filters: JSON.stringify(filters),
    ...(either === undefined ? {} : { or_filters: JSON.stringify(either) }),
    order_by: 'name asc',
    limit_page_length: limit,
  };
  const body = await reading(what, () => exchange(context, { method: 'GET', path: pathOf(type), query }, { what, writes: false }));
  const rows = body['data'];
  if (!Array.isArray(rows)) throw retryable({ code: 'answer-without-list', message: `ERPNext was asked to ${what} and gave no list.` });
  return rows.filter(isJsonObject);
}

/** One document with its child tables. */
export async function get(context: ConnectorContext, type: DocType, name: string): Promise<JsonObject> {
  const what = `read ${type} ${name}`;
  const body = await reading(what, () => exchange(context, { method: 'GET', path: pathOf(type, name) }, { what, writes: false }));
  if (isJsonObject(body['data'])) return body['data'];
  throw retryable({ code: 'answer-without-document', message: `ERPNext was asked to ${what} and gave none.` });
}

async function written(context: ConnectorContext, asked: Asked, words: Words): Promise<JsonObject> {
  const body = await exchange(context, asked, { ...words, writes: true });
  const { data } = body;
  if (isJsonObject(data) && typeof data['name'] === 'string') return data;
  throw inDoubt({
    code: 'answer-without-document',
    message: `ERPNext was asked to ${words.what} and did not name what it wrote.`,
    vendorWords: JSON.stringify(body),
  });
}

export const create = (context: ConnectorContext, type: DocType, values: ExactJson, words: Words): Promise<JsonObject> =>
  written(context, { method: 'POST', path: pathOf(type), body: values }, words);

/** Fields that are not named stay as they are; a child table that is named is replaced. */
export const write = (
  context: ConnectorContext,
  of: { type: DocType; name: string; values: ExactJson },
  words: Words,
): Promise<JsonObject> => written(context, { method: 'PUT', path: pathOf(of.type, of.name), body: of.values }, words);

export async function remove(context: ConnectorContext, type: DocType, name: string): Promise<void> {
  const what = `delete the half-made ${type} ${name}`;
  await exchange(context, { method: 'DELETE', path: pathOf(type, name) }, { what, writes: true });
}

/** Of a text field, which is `null` or empty where there is nothing. */
export const textIn = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
/** Of a check, which is 0 or 1. */
export const isOn = (value: unknown): boolean => String(value) === '1';
