import {
  inDoubt, misconfigured, rejected, retryable, throttled, unauthorized,
  type ConnectorFailure, type ExceptionCategory, type HttpResponse, type Recovery,
} from '@waybill/sdk'; // prettier-ignore

/** What one of Stripe's errors means. Rules are tried from the top; an absent field fits anything. */
export interface ErrorRule {
  status?: number;
  /** `error.type` of the body. */
  type?: string;
  /** `error.code`; a trailing `*` fits any ending. */
  code?: string;
  recovery: Exclude<Recovery, 'in-doubt'> | 'server';
  category?: ExceptionCategory;
  remedy: string;
}

/**
 * Sources: docs.stripe.com/error-codes, docs.stripe.com/api/errors, docs.stripe.com/rate-limits. `server` is Stripe's own
 * trouble: a read is tried again, a write is in doubt.
 */
export const errorRules: readonly ErrorRule[] = [
  { code: 'rate_limit', recovery: 'throttled', remedy: 'Nothing to do; it is tried again when Stripe allows.' },
  { code: 'lock_timeout', recovery: 'throttled', remedy: 'Nothing to do; another request holds the object.' },
  { status: 429, recovery: 'throttled', remedy: 'Nothing to do; it is tried again when Stripe allows.' },
  { status: 401, recovery: 'unauthorized', remedy: 'Enter a valid API key for this connection.' },
  { code: 'api_key_expired', recovery: 'unauthorized', remedy: 'Roll the key in the Stripe dashboard and enter the new one.' },
  { code: 'secret_key_required', recovery: 'misconfigured', remedy: 'Use a secret or restricted key, not a publishable one.' },
  { code: 'testmode_charges_only', recovery: 'misconfigured', remedy: 'Activate the Stripe account or use its test key.' },
  { code: 'livemode_mismatch', recovery: 'misconfigured', remedy: 'The key and the object belong to different modes; use the key of the same mode.' },
  { status: 403, recovery: 'misconfigured', remedy: 'Give the restricted key the permission that Stripe names.' },
  { code: 'idempotency_key_in_use', recovery: 'server', remedy: 'The first request with this key is still running; look again later.' },
  { type: 'idempotency_error', recovery: 'rejected', category: 'duplicate', remedy: 'This key was used with other content; compare the two and replay the right one.' },
  { code: 'resource_missing', recovery: 'rejected', category: 'master-data', remedy: 'Create the missing object in Stripe or correct its id, then replay.' },
  { code: 'no_meter', recovery: 'rejected', category: 'master-data', remedy: 'Create the meter with this event name in Stripe, then replay.' },
  { code: 'archived_meter', recovery: 'rejected', category: 'master-data', remedy: 'Reactivate the meter in Stripe or map to another one.' },
  { code: 'timestamp_too_far_in_past', recovery: 'rejected', category: 'posting-rejection', remedy: 'Stripe takes usage of the past 35 days only; bill it another way.' },
  { code: 'timestamp_in_future', recovery: 'rejected', category: 'transformation', remedy: 'Correct the event’s time.' },
  { code: 'parameter_*', recovery: 'rejected', category: 'transformation', remedy: 'Correct the mapping: Stripe refuses this parameter.' },
  { code: 'url_invalid', recovery: 'misconfigured', remedy: 'Correct the base address of the connection.' },
  { type: 'card_error', recovery: 'rejected', category: 'posting-rejection', remedy: 'Ask the customer for another way to pay.' },
  { status: 404, recovery: 'rejected', category: 'master-data', remedy: 'Create the missing object in Stripe or correct its id, then replay.' },
  { type: 'invalid_request_error', recovery: 'rejected', category: 'transformation', remedy: 'Correct the mapping: Stripe refuses the request as it is.' },
  { type: 'api_error', recovery: 'server', remedy: 'Stripe has trouble; it is tried again or looked up.' },
]; // prettier-ignore

interface ErrorBody {
  type?: string;
  code?: string;
  message?: string;
  param?: string;
}

function errorOf(response: HttpResponse): ErrorBody {
  try {
    const body = JSON.parse(response.text) as { error?: ErrorBody } | null;
    return body?.error ?? {};
  } catch {
    return {};
  }
}

const fits = (rule: ErrorRule, status: number, error: ErrorBody): boolean =>
  (rule.status === undefined || rule.status === status) &&
  (rule.type === undefined || rule.type === error.type) &&
  (rule.code === undefined || (rule.code.endsWith('*') ? (error.code ?? '').startsWith(rule.code.slice(0, -1)) : rule.code === error.code));

/** Milliseconds that a response asks us to stay away, from `Retry-After`. */
export function pauseMs(response: { status: number; headers: Record<string, string> }): number | undefined {
  const after = Number(response.headers['retry-after']);
  if (Number.isFinite(after) && after > 0) return Math.min(after, 3600) * 1000;
  return response.status === 429 ? 1000 : undefined;
}

/** The failure behind any answer that is not a 2xx. */
export function failureOf(response: HttpResponse, call: { what: string; writes: boolean }): ConnectorFailure {
  const error = errorOf(response);
  const rule = response.status >= 500 ? undefined : errorRules.find((one) => fits(one, response.status, error));
  const facts = {
    code: error.code ?? error.type ?? `http-${response.status}`,
    message: `Stripe refused to ${call.what}: ${error.message ?? `HTTP ${response.status}`}`,
    vendorWords: error.message ?? response.text,
    httpStatus: response.status,
    ...(error.param === undefined ? {} : { path: `/${error.param.replace(/\]?\[/g, '/').replace(/\]$/, '')}` }),
    ...(rule === undefined ? {} : { remedy: rule.remedy }),
  };
  switch (rule?.recovery ?? 'server') {
    case 'throttled':
      return throttled({ ...facts, retryAfterMs: pauseMs(response) ?? 1000 });
    case 'unauthorized':
      return unauthorized(facts);
    case 'misconfigured':
      return misconfigured(facts);
    case 'rejected':
      return rejected({
        ...facts,
        category: rule?.category ?? 'api-failure',
        cause: `stripe ${facts.code}${error.param ? ` ${error.param}` : ''}`,
      });
    case 'retryable':
      return retryable(facts);
    case 'server':
      if (response.status >= 400 && response.status < 500 && rule === undefined) return rejected({ ...facts, category: 'api-failure' });
      return call.writes ? inDoubt(facts) : retryable(facts);
  }
}
