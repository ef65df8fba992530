import {
  inDoubt,
  isJsonObject,
  reading,
  rejected,
  retryable,
  withToken,
  writeExact,
  type ConnectorContext,
  type ExactJson,
  type HttpRequest,
  type HttpResponse,
  type JsonObject,
} from '@waybill/sdk';
import { failureOf, type Call } from './failures.js';
import { dataPath, grantOf, instanceOf } from './settings.js';
import { objectOf } from './wire.js';

async function call(
  context: ConnectorContext,
  ask: Call & Pick<HttpRequest, 'method' | 'query' | 'body'> & { path: string },
): Promise<HttpResponse> {
  const run = (): Promise<HttpResponse> =>
    withToken(context, grantOf(context.settings), (token) =>
      context.http.request({
        method: ask.method,
        url: `${instanceOf(context.settings)}${dataPath}${ask.path}`,
        ...(ask.query ? { query: ask.query } : {}),
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(ask.body === undefined ? {} : { body: ask.body }),
      }),
    );
  return ask.writes ? run() : reading(ask.what, run);
}

const pathOf = (object: string, field: string, value: string): string => `/sobjects/${object}/${field}/${encodeURIComponent(value)}`;

export interface Written {
  id: string;
  created: boolean;
}

/** Writes the record that carries this value over, or makes it (dome_upsert). Several with it are refused with 300 and nothing is written. */
export async function upsert(
  context: ConnectorContext,
  of: { object: string; field: string; value: string; fields: { [field: string]: ExactJson } },
): Promise<Written> {
  const about = `${of.object} ${of.value}`;
  const what = `write ${about}`;
  const response = await call(context, {
    method: 'PATCH',
    path: pathOf(of.object, of.field, of.value),
    body: writeExact(of.fields),
    what,
    writes: true,
    about,
  });
  if (response.status === 300) throw severalOf(of, response);
  if (response.status !== 200 && response.status !== 201 && response.status !== 204)
    throw failureOf(response, { what, writes: true, about }, context.settings);
  const body = objectOf(response.text);
  if (typeof body?.['id'] === 'string') return { id: body['id'], created: body['created'] === true };
  // versions before 46 answer 204 with nothing: the record is asked for
  const there = await readBy(context, of);
  if (there) return { id: String(there['Id']), created: false };
  throw inDoubt({
    code: 'no-record',
    message: `Salesforce took "${what}" and shows no such record.`,
    httpStatus: response.status,
    vendorWords: response.text,
  });
}

/** The record with this value of an external id field; undefined when there is none. */
export async function readBy(
  context: ConnectorContext,
  of: { object: string; field: string; value: string },
): Promise<JsonObject | undefined> {
  const what = `read ${of.object} ${of.value}`;
  const response = await call(context, { method: 'GET', path: pathOf(of.object, of.field, of.value), what, writes: false });
  if (response.status === 404) return undefined;
  if (response.status === 300) throw severalOf(of, response);
  const record = response.status === 200 ? objectOf(response.text) : undefined;
  if (typeof record?.['Id'] === 'string') return record;
  if (response.status !== 200) throw failureOf(response, { what, writes: false }, context.settings);
  throw retryable({
    code: 'not-a-record',
    message: `Salesforce’s answer to "${what}" is not a record.`,
    httpStatus: 200,
    vendorWords: response.text,
  });
}

const severalOf = (of: { object: string; field: string; value: string }, response: HttpResponse) =>
  rejected({
    code: 'external-id-ambiguous',
    category: 'duplicate',
    message: `Salesforce holds several ${of.object} records whose ${of.field} is ${of.value}.`,
    cause: `${of.object} ${of.value} is there more than once`,
    remedy: `Merge them in Salesforce and make ${of.field} unique, then replay.`,
    httpStatus: 300,
    vendorWords: response.text,
  });

/** The rows of a SOQL query, one page. */
export async function soql(context: ConnectorContext, q: string, what: string): Promise<JsonObject[]> {
  const response = await call(context, { method: 'GET', path: '/query', query: { q }, what, writes: false });
  if (response.status !== 200) throw failureOf(response, { what, writes: false }, context.settings);
  const records = objectOf(response.text)?.['records'];
  if (Array.isArray(records) && records.every(isJsonObject)) return records;
  throw retryable({
    code: 'not-a-list',
    message: `Salesforce’s answer to "${what}" is not a list.`,
    httpStatus: 200,
    vendorWords: response.text,
  });
}

/** A text as a literal of SOQL. */
export const literal = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
