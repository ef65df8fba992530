import {
  inDoubt,
  isJsonObject,
  isTransportFailure,
  readExact,
  retryable,
  withToken,
  writeExact,
  type ConnectorContext,
  type HttpRequest,
  type HttpResponse,
  type JsonObject,
} from '@waybill/sdk';
import { errorsOf, failureOf, type Call } from './failures.js';
import { apiBaseOf, grantOf } from './settings.js';
import { objectOf, type ExactObject } from './wire.js';

/** NetSuite itself ends a request after 15 minutes (subsect_1559222360); nobody waits that long, a look-up comes later. */
const writeTimeoutMs = 120_000;

interface Ask extends Call {
  method: HttpRequest['method'];
  /** After the host: `/services/rest/record/v1/invoice`. */
  path: string;
  query?: HttpRequest['query'];
  body?: ExactObject;
  headers?: Record<string, string>;
}

/** One call with the connection's token. Any status is an answer. A read whose answer is lost may be asked again. */
async function call(context: ConnectorContext, ask: Ask): Promise<HttpResponse> {
  const send = (token: string): Promise<HttpResponse> =>
    context.http.request({
      method: ask.method,
      url: `${apiBaseOf(context.settings)}${ask.path}`,
      ...(ask.query ? { query: ask.query } : {}),
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...ask.headers,
      },
      ...(ask.body === undefined ? {} : { body: writeExact(ask.body) }),
      ...(ask.writes ? { timeoutMs: writeTimeoutMs } : {}),
    });
  try {
    return await withToken(context, grantOf(context.settings), send);
  } catch (error) {
    if (!isTransportFailure(error) || ask.writes) throw error;
    throw retryable({ code: error.code, message: `No answer from NetSuite when asked to ${ask.what}: ${error.message}` });
  }
}

const recordPath = (kind: string, id?: string): string => `/services/rest/record/v1/${kind}${id === undefined ? '' : `/${id}`}`;

/** A record, numbers as text; undefined when NetSuite itself says that there is none. A 404 that is not NetSuite's is no answer. */
export async function readRecord(context: ConnectorContext, kind: string, id: string, what: string): Promise<JsonObject | undefined> {
  const response = await call(context, { method: 'GET', path: recordPath(kind, id), what, writes: false });
  if (response.status === 404 && errorsOf(response.text).some(({ code }) => code === 'NONEXISTENT_ID' || code === 'RCRD_DSNT_EXIST'))
    return undefined;
  if (response.status !== 200) throw failureOf(response, { what, writes: false }, context.settings);
  const record = objectOf(response.text);
  if (typeof record?.['id'] === 'string') return record;
  throw retryable({
    code: 'not-a-record',
    message: `NetSuite’s answer to "${what}" is not a record.`,
    httpStatus: 200,
    vendorWords: response.text,
  });
}

/** Makes a record and returns its id, from the Location that comes with 204. */
export async function createRecord(context: ConnectorContext, kind: string, body: ExactObject, of: Omit<Call, 'writes'>): Promise<string> {
  const response = await call(context, { method: 'POST', path: recordPath(kind), body, ...of, writes: true });
  return writtenId(context, response, kind, of);
}

/** Writes over the record with this external id, or makes it. Never for money documents: it would overwrite what finance edited. */
export async function upsertRecord(
  context: ConnectorContext,
  kind: string,
  externalId: string,
  body: ExactObject,
  of: Omit<Call, 'writes'> & { replace?: string },
): Promise<string> {
  const { replace, ...rest } = of;
  const query = replace === undefined ? undefined : { replace };
  const response = await call(context, {
    method: 'PUT',
    path: recordPath(kind, `eid:${externalId}`),
    ...(query ? { query } : {}),
    body,
    ...rest,
    writes: true,
  });
  return writtenId(context, response, kind, rest);
}

function writtenId(context: ConnectorContext, response: HttpResponse, kind: string, of: Omit<Call, 'writes'>): string {
  if (response.status === 200 || response.status === 201 || response.status === 204) {
    const id = new RegExp(`/${kind}/([0-9]+)$`, 'i').exec(response.headers['location'] ?? '')?.[1];
    if (id !== undefined) return id;
    throw inDoubt({
      code: 'no-location',
      message: `NetSuite took "${of.what}" without naming the record.`,
      httpStatus: response.status,
      vendorWords: response.text,
    });
  }
  throw failureOf(response, { ...of, writes: true }, context.settings);
}

/** The rows of a SuiteQL query, every value as text. A page holds 1,000 at most (section_157909186990). */
export async function suiteql(
  context: ConnectorContext,
  q: string,
  ask: { what: string; limit: number; offset?: number },
): Promise<JsonObject[]> {
  const response = await call(context, {
    method: 'POST',
    path: '/services/rest/query/v1/suiteql',
    query: { limit: ask.limit, offset: ask.offset ?? 0 },
    headers: { prefer: 'transient' },
    body: { q },
    what: ask.what,
    writes: false,
  });
  if (response.status !== 200) throw failureOf(response, { what: ask.what, writes: false }, context.settings);
  const items = itemsOf(response.text);
  if (items) return items;
  throw retryable({
    code: 'not-a-list',
    message: `NetSuite’s answer to "${ask.what}" is not a list.`,
    httpStatus: 200,
    vendorWords: response.text,
  });
}

function itemsOf(body: string): JsonObject[] | undefined {
  try {
    const value = readExact(body);
    const items = isJsonObject(value) ? value['items'] : undefined;
    return Array.isArray(items) && items.every(isJsonObject) ? items : undefined;
  } catch {
    return undefined;
  }
}

/** Text as a literal of SuiteQL: quotes doubled; a NUL ends some parsers early, so none goes in. */
export function literal(value: string): string {
  return `'${value.replaceAll('\u0000', '').replaceAll("'", "''")}'`;
}
