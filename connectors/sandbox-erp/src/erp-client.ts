import { isJsonObject, retryable, type ConnectorContext, type HttpRequest, type HttpResponse, type JsonObject } from '@waybill/sdk';
import { readJson } from './answer.js';
import { failureOf } from './refusals.js';

const settingOf = (context: ConnectorContext, name: string): string => String(context.settings[name] ?? '');
export const entityOf = (context: ConnectorContext): string => settingOf(context, 'entity');
const rootOf = (context: ConnectorContext): string => settingOf(context, 'baseUrl').replace(/\/+$/, '');

/** One call with the connection's token. Any status is an answer; a transport failure passes through as it is. */
export function call(context: ConnectorContext, request: Omit<HttpRequest, 'url'> & { path: string }): Promise<HttpResponse> {
  const { path, ...rest } = request;
  const headers = { authorization: `Bearer ${settingOf(context, 'token')}`, accept: 'application/json' };
  return context.http.request({ ...rest, url: `${rootOf(context)}/erp/v1${path}`, headers });
}

/** Reads one object. `undefined` for 404; anything but a JSON object is a failure that may be tried again. */
export async function read(context: ConnectorContext, path: string, query: HttpRequest['query'] = {}): Promise<JsonObject | undefined> {
  const response = await call(context, { method: 'GET', path, query });
  if (response.status === 404) return undefined;
  if (response.status !== 200) throw failureOf(response, { write: false });
  const body = readJson(response);
  if (!body)
    throw retryable({ code: 'not-json', message: `The ERP's answer to ${path} is not JSON.`, httpStatus: 200, vendorWords: response.text });
  return body;
}

/** Reads the rows of a list, first page. A list without `items` is no answer, never "nothing there". */
export async function rows(context: ConnectorContext, path: string, query: HttpRequest['query']): Promise<JsonObject[]> {
  return (await page(context, path, query)).items;
}

export async function page(
  context: ConnectorContext,
  path: string,
  query: HttpRequest['query'],
): Promise<{ items: JsonObject[]; next: string; more: boolean }> {
  const body = await read(context, path, query);
  const { items, next, more } = body ?? {};
  if (!Array.isArray(items) || typeof next !== 'string')
    throw retryable({ code: 'not-a-list', message: `The ERP's answer to ${path} is not a list.` });
  return { items: items.filter(isJsonObject), next, more: more === true };
}
