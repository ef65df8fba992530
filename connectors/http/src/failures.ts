import {
  inDoubt,
  misconfigured,
  rejected,
  retryable,
  throttled,
  unauthorized,
  type ConnectorFailure,
  type HttpResponse,
  type JsonObject,
} from '@waybill/sdk';
import { numbers } from './settings.js';

/** Milliseconds that `Retry-After` asks for, in seconds or as a date. */
export function pauseMs(response: { status: number; headers: Record<string, string> }): number | undefined {
  const after = response.headers['retry-after'] ?? '';
  if (/^\d{1,6}$/.test(after)) return Math.min(Number(after), 86_400) * 1000;
  return response.status === 429 ? 1000 : undefined;
}

/** Any status that is not success. The lists of the connection decide first; what they leave out is decided with care for money. */
export function failureOf(response: HttpResponse, settings: JsonObject, call: { what: string; writes: boolean }): ConnectorFailure {
  const { status } = response;
  const facts = {
    code: `http-${status}`,
    message: `HTTP ${status} when asked to ${call.what}.`,
    vendorWords: response.text,
    httpStatus: status,
  };
  if (status === 429) return throttled({ ...facts, retryAfterMs: pauseMs(response) ?? 1000 });
  if (numbers(settings, 'nothingDoneStatuses').includes(status)) return retryable(facts);
  if (status === 401) return unauthorized({ ...facts, remedy: 'Enter a valid credential in the connection.' });
  if (status === 403) return misconfigured({ ...facts, remedy: 'Give the credential the right to do this.' });
  if (numbers(settings, 'permanentStatuses').includes(status))
    return rejected({
      ...facts,
      category: status === 409 ? 'duplicate' : 'posting-rejection',
      cause: `http ${status} from ${call.what}`,
      remedy: 'Read what the target says, correct the document or the target, then replay.',
    });
  if (status >= 300 && status < 400) return misconfigured({ ...facts, remedy: 'Redirects are not followed; correct the address.' });
  if (status >= 400 && status < 500)
    return rejected({ ...facts, category: 'api-failure', remedy: 'Add the status to one of the lists of the connection.' });
  return call.writes ? inDoubt({ ...facts, remedy: 'It is looked up.' }) : retryable(facts);
}
