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
import { objectOf } from './wire.js';

export interface Call {
  /** Finishes the sentence "Business Central refused to …". */
  what: string;
  /** May the call change anything? */
  writes: boolean;
  /** What groups a failure with others of the same root. */
  about?: string;
}

/** `{"error": {"code": "Internal_…", "message": "…  CorrelationId: …"}}` (dynamics-error-codes). */
export function errorOf(text: string): { code?: string; words?: string } {
  const error = objectOf(text)?.['error'];
  if (!isJsonObject(error)) return {};
  const { code, message } = error;
  return {
    ...(typeof code === 'string' && code !== '' ? { code } : {}),
    ...(typeof message === 'string' ? { words: message.replace(/\s*CorrelationId:\s*[0-9a-f-]+\.?/i, '') } : {}),
  };
}

/** What an answer that is no success means. A 5xx without a code of the table is a gateway's or the queue's: on a write it is in doubt. */
export function failureOf(response: HttpResponse, call: Call, settings: JsonObject): ConnectorFailure {
  const { code, words } = errorOf(response.text);
  const pause = retryAfterMs(response);
  return classedFailure(
    errorTable,
    {
      what: call.what,
      system: 'Business Central',
      writes: call.writes,
      httpStatus: response.status,
      codes: code === undefined || response.status === 429 || response.status === 401 ? [] : [code],
      ...(words === undefined ? {} : { words }),
      raw: response.text,
      ...(pause === undefined ? {} : { retryAfterMs: pause }),
      ...(call.about === undefined ? {} : { about: call.about }),
    },
    ownRowsOf(settings),
  );
}
