import {
  classedFailure,
  isJsonObject,
  ownRowsOf,
  retryAfterMs,
  type ConnectorFailure,
  type HttpResponse,
  type JsonObject,
} from '@waybill/sdk';
import { errorTable } from './status-codes/index.js';
import { objectOf } from './wire.js';

export interface Call {
  /** Finishes the sentence "NetSuite refused to …". */
  what: string;
  /** May the call change anything? */
  writes: boolean;
  /** What groups a failure with others of the same root, `customer CUST-1 on invoice INV-7`. */
  about?: string;
}

export interface RestError {
  code?: string;
  words?: string;
  path?: string;
}

/** `{type, title, status, "o:errorDetails": [{detail, "o:errorCode", "o:errorPath"}]}` (section_156570709583); RESTlets say `{error: {code, message}}`. */
export function errorsOf(text: string): RestError[] {
  const body = objectOf(text);
  const details = body?.['o:errorDetails'];
  const listed = Array.isArray(details) ? details.filter(isJsonObject) : [];
  const single = body?.['error'];
  const found = listed.map((one) => errorOf(one['o:errorCode'], one['detail'], one['o:errorPath']));
  if (found.length > 0) return found;
  if (isJsonObject(single)) return [errorOf(single['code'], single['message'], undefined)];
  return body === undefined ? [] : [errorOf(body['o:errorCode'], body['title'], undefined)];
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const errorOf = (code: unknown, words: unknown, path: unknown): RestError => {
  const [c, w, p] = [text(code), text(words)?.replace(/^Error while accessing a resource\. /, ''), text(path)];
  return { ...(c === undefined ? {} : { code: c }), ...(w === undefined ? {} : { words: w }), ...(p === undefined ? {} : { path: p }) };
};

/** What an answer that is no success means, by the table. The status 401 outranks every code: there INVALID_ACCT is the sign-in's, not the document's. */
export function failureOf(response: HttpResponse, call: Call, settings: JsonObject): ConnectorFailure {
  const errors = errorsOf(response.text);
  const words = errors.flatMap(({ words: said }) => said ?? []).join(' ');
  const path = errors.find((error) => error.path !== undefined)?.path;
  const pause = retryAfterMs(response);
  return classedFailure(
    errorTable,
    {
      what: call.what,
      system: 'NetSuite',
      writes: call.writes,
      httpStatus: response.status,
      codes: response.status === 401 ? [] : errors.flatMap(({ code }) => code ?? []),
      ...(words === '' ? {} : { words }),
      raw: response.text,
      ...(pause === undefined ? {} : { retryAfterMs: pause }),
      ...(path === undefined ? {} : { path: pointerOf(path) }),
      ...(call.about === undefined ? {} : { about: call.about }),
    },
    ownRowsOf(settings),
  );
}

/** NetSuite's `item.items[0].taxCode` as the pointer `/item/items/0/taxCode`: where in NetSuite's record, which the mapping's document resembles. */
const pointerOf = (path: string): string =>
  `/${path
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter(Boolean)
    .join('/')}`;
