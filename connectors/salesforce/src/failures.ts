import {
  classedFailure,
  isJsonObject,
  ownRowsOf,
  retryAfterMs,
  type ConnectorFailure,
  type HttpResponse,
  type JsonObject,
} from '@waybill/sdk';
import { errorTable } from './error-codes.js';
import { parsed } from './wire.js';

export interface Call {
  /** Finishes the sentence "Salesforce refused to …". */
  what: string;
  writes: boolean;
  about?: string;
}

/** `[{"errorCode": "…", "message": "…", "fields": ["Name"]}]` (api_rest/errorcodes). */
export function errorsOf(text: string): { code?: string; words?: string; field?: string }[] {
  const body = parsed(text);
  return (Array.isArray(body) ? body : []).filter(isJsonObject).map(({ errorCode, message, fields }) => ({
    ...(typeof errorCode === 'string' ? { code: errorCode } : {}),
    ...(typeof message === 'string' ? { words: message } : {}),
    ...(Array.isArray(fields) && typeof fields[0] === 'string' ? { field: fields[0] } : {}),
  }));
}

export function failureOf(response: HttpResponse, call: Call, settings: JsonObject): ConnectorFailure {
  const errors = errorsOf(response.text);
  const words = errors.flatMap(({ words: said }) => said ?? []).join(' ');
  const [field, pause] = [errors.find((error) => error.field !== undefined)?.field, retryAfterMs(response)];
  return classedFailure(
    errorTable,
    {
      what: call.what,
      system: 'Salesforce',
      writes: call.writes,
      httpStatus: response.status,
      codes: errors.flatMap(({ code }) => code ?? []),
      ...(words === '' ? {} : { words }),
      raw: response.text,
      ...(pause === undefined ? {} : { retryAfterMs: pause }),
      ...(field === undefined ? {} : { path: `/fields/${field}` }),
      ...(call.about === undefined ? {} : { about: call.about }),
    },
    ownRowsOf(settings),
  );
}
