import {
  inDoubt, isJsonObject, reading, retryable, withToken, writeExact,
  type ConnectorContext, type HttpRequest, type HttpResponse, type JsonObject,
} from '@waybill/sdk'; // prettier-ignore
import { failureOf, type Call } from './failures.js';
import { apiRootOf, grantOf, setting } from './settings.js';
import { objectOf, type ExactObject } from './wire.js';

/** Business Central ends a request after 8 minutes with 408 or 10 with 504 (dynamics-current-limits); a look-up comes later. */
const writeTimeoutMs = 120_000;

type Of = Omit<Call, 'writes'>;
interface Ask extends Call {
  method: HttpRequest['method'];
  /** Below the company, `salesInvoices(id)/Microsoft.NAV.post`; with a leading slash below the API itself. */
  path: string;
  query?: Record<string, string | number | undefined>;
  body?: ExactObject;
  etag?: string;
}

async function call(context: ConnectorContext, ask: Ask): Promise<HttpResponse> {
  const root = apiRootOf(context.settings);
  const url = ask.path.startsWith('/') ? `${root}${ask.path}` : `${root}/companies(${setting(context.settings, 'companyId')})/${ask.path}`;
  const send = (token: string): Promise<HttpResponse> =>
    context.http.request({
      method: ask.method,
      url,
      ...(ask.query ? { query: ask.query } : {}),
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json;odata.metadata=minimal',
        ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(ask.etag === undefined ? {} : { 'if-match': ask.etag }),
      },
      ...(ask.body === undefined ? {} : { body: writeExact(ask.body) }),
      ...(ask.writes ? { timeoutMs: writeTimeoutMs } : {}),
    });
  const run = (): Promise<HttpResponse> => withToken(context, grantOf(context.settings), send);
  return ask.writes ? run() : reading(ask.what, run);
}

/** One entity, numbers as text; undefined when it is not there. */
export async function readOne(context: ConnectorContext, path: string, what: string): Promise<JsonObject | undefined> {
  const response = await call(context, { method: 'GET', path, what, writes: false });
  if (response.status === 404 && objectOf(response.text)?.['error'] !== undefined) return undefined;
  if (response.status !== 200) throw failureOf(response, { what, writes: false }, context.settings);
  const entity = objectOf(response.text);
  if (entity && !Array.isArray(entity['value'])) return entity;
  throw retryable({
    code: 'not-an-entity',
    message: `Business Central’s answer to "${what}" is not a record.`,
    httpStatus: 200,
    vendorWords: response.text,
  });
}

export interface ListAsk {
  filter?: string;
  orderBy?: string;
  top?: number;
  skip?: number;
  expand?: string;
}

/** The rows of a list. An answer without rows is no answer, never "nothing there". */
export async function list(context: ConnectorContext, path: string, ask: ListAsk, what: string): Promise<JsonObject[]> {
  const query = { $filter: ask.filter, $orderby: ask.orderBy, $top: ask.top, $skip: ask.skip, $expand: ask.expand };
  const response = await call(context, { method: 'GET', path, query, what, writes: false });
  if (response.status !== 200) throw failureOf(response, { what, writes: false }, context.settings);
  const value = objectOf(response.text)?.['value'];
  if (Array.isArray(value) && value.every(isJsonObject)) return value;
  throw retryable({
    code: 'not-a-list',
    message: `Business Central’s answer to "${what}" is not a list.`,
    httpStatus: 200,
    vendorWords: response.text,
  });
}

/** Makes an entity and returns it. */
export async function create(context: ConnectorContext, path: string, body: ExactObject, of: Of): Promise<JsonObject> {
  return written(context, await call(context, { method: 'POST', path, body, ...of, writes: true }), of);
}

/** Changes an entity that is still as it was read. */
export async function change(context: ConnectorContext, path: string, body: ExactObject, of: Of & { etag: string }): Promise<JsonObject> {
  return written(context, await call(context, { method: 'PATCH', path, body, ...of, writes: true }), of);
}

function written(context: ConnectorContext, response: HttpResponse, of: Of): JsonObject {
  if (response.status !== 200 && response.status !== 201) throw failureOf(response, { ...of, writes: true }, context.settings);
  const entity = objectOf(response.text);
  if (typeof entity?.['@odata.etag'] === 'string' || typeof entity?.['id'] === 'string') return entity;
  throw inDoubt({
    code: 'no-entity',
    message: `Business Central took "${of.what}" without showing the record.`,
    httpStatus: response.status,
    vendorWords: response.text,
  });
}

/** A bound action, such as `salesInvoices(id)/Microsoft.NAV.post`; answered with 204. */
export async function act(context: ConnectorContext, path: string, of: Of): Promise<void> {
  const response = await call(context, { method: 'POST', path, ...of, writes: true });
  if (response.status === 204 || (response.status === 200 && response.text === '')) return;
  if (response.status === 200)
    throw inDoubt({
      code: 'no-word',
      message: `The answer to "${of.what}" is not Business Central’s.`,
      httpStatus: 200,
      vendorWords: response.text,
    });
  throw failureOf(response, { ...of, writes: true }, context.settings);
}

/** Takes away what was not posted yet. That it is gone already is as good. */
export async function remove(context: ConnectorContext, path: string, of: Of & { etag: string }): Promise<void> {
  const response = await call(context, { method: 'DELETE', path, ...of, writes: true });
  if (![200, 204, 404].includes(response.status)) throw failureOf(response, { ...of, writes: true }, context.settings);
}

export const etagOf = (entity: JsonObject): string => (typeof entity['@odata.etag'] === 'string' ? entity['@odata.etag'] : '*');
