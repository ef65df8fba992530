import {
  ConnectorFailure,
  inDoubt,
  rejected,
  throttled,
  unauthorized,
  type ExceptionCategory,
  type HttpResponse,
  type JsonObject,
} from '@waybill/sdk';
import { readJson } from './answer.js';

interface Meaning {
  category: ExceptionCategory;
  remedy: string;
  /** What groups failures of the same root: built of the document's own values. */
  cause(document: JsonObject, field: string | undefined, message: string): string;
}

const entity = (document: JsonObject): string => String(document['entity'] ?? 'the entity');
/** The month the ERP names: for a void it is the original's, which the request does not hold. */
const month = (document: JsonObject, message: string): string =>
  /\d{4}-\d\d/.exec(message)?.[0] ?? String(document['postingDate'] ?? '').slice(0, 7);
const at = (document: JsonObject, field: string | undefined): string => {
  const found = field?.split('/').reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], document);
  return typeof found === 'string' ? found : Array.isArray(found) ? found.join(', ') : '';
};

/** What each of the ERP's codes means for the engine. A code that is not here is a posting rejection with the ERP's words. */
export const refusals: Record<string, Meaning> = {
  CUSTOMER_NOT_FOUND: {
    category: 'master-data',
    remedy: 'Create the customer in the ERP, then replay.',
    cause: (d) => `customer ${d['customer']} is unknown in ${entity(d)}`,
  },
  CUSTOMER_INACTIVE: {
    category: 'master-data',
    remedy: 'Activate the customer in the ERP, then replay.',
    cause: (d) => `customer ${d['customer']} is inactive in ${entity(d)}`,
  },
  INVALID_LEGAL_ENTITY: {
    category: 'master-data',
    remedy: 'Correct the entity in the connection, or create it in the ERP.',
    cause: (d) => `legal entity ${entity(d)} is unknown`,
  },
  TAX_CODE_NOT_FOUND: {
    category: 'master-data',
    remedy: 'Create the tax code in the ERP or correct the tax-code table, then replay.',
    cause: (d, field) => `tax code ${at(d, field)} is unknown in ${entity(d)}`,
  },
  TAX_CODE_REQUIRED: {
    category: 'master-data',
    remedy: 'Add the tax rate to the tax-code table, then replay.',
    cause: (d) => `tax without a tax code in ${entity(d)}`,
  },
  ACCOUNT_NOT_FOUND: {
    category: 'master-data',
    remedy: 'Create the account in the ERP or correct the account tables, then replay.',
    cause: (d, field) => `account ${at(d, field)} is unknown in ${entity(d)}`,
  },
  ITEM_NOT_FOUND: {
    category: 'master-data',
    remedy: 'Create the item in the ERP or correct the item table, then replay.',
    cause: (d, field) => `item ${at(d, field)} is unknown`,
  },
  CURRENCY_NOT_FOUND: {
    category: 'master-data',
    remedy: 'Add the currency in the ERP, then replay.',
    cause: (d) => `currency ${d['currency']} is unknown`,
  },
  PERIOD_CLOSED: {
    category: 'posting-rejection',
    remedy: 'Reopen the period in the ERP and replay, or date the document into an open one at its source.',
    cause: (d, _, words) => `period ${month(d, words)} is closed in ${entity(d)}`,
  },
  PERIOD_NOT_FOUND: {
    category: 'posting-rejection',
    remedy: 'Create and open the period in the ERP, then replay.',
    cause: (d, _, words) => `period ${month(d, words)} does not exist in ${entity(d)}`,
  },
  DOCUMENT_NOT_FOUND: {
    category: 'posting-rejection',
    remedy: 'Post the document that this one is applied to, then replay.',
    cause: (d, field) =>
      `nothing to apply to: ${at(d, field && `${field}/origin`) || at(d, field && `${field}/reference`) || 'document'} in ${entity(d)}`,
  },
  OVER_APPLIED: {
    category: 'posting-rejection',
    remedy: 'Compare the open amount in the ERP with billing, correct the application there, then replay.',
    cause: (d) => `more applied than is open in ${entity(d)}`,
  },
  HAS_APPLICATIONS: {
    category: 'posting-rejection',
    remedy: 'Take back the payments and credits applied to the document in the ERP, or post a credit memo.',
    cause: (d) => `settled document cannot be voided in ${entity(d)}`,
  },
  TOTALS_MISMATCH: {
    category: 'transformation',
    remedy: 'Correct the mapping: lines and tax must be the totals.',
    cause: () => 'totals do not add up',
  },
  NOT_BALANCED: {
    category: 'transformation',
    remedy: 'Correct the mapping: debits must equal credits.',
    cause: () => 'journal is not balanced',
  },
  TOO_MANY_DECIMALS: {
    category: 'transformation',
    remedy: 'Round to the currency in the mapping.',
    cause: () => 'more decimals than the currency has',
  },
  AMOUNT_NOT_TEXT: {
    category: 'transformation',
    remedy: 'Give amounts as decimal text in the mapping.',
    cause: () => 'amount is not decimal text',
  },
  FIELD_INVALID: {
    category: 'transformation',
    remedy: 'Correct the field in the mapping.',
    cause: (_, field) => `field ${field ?? 'unknown'} is not accepted`,
  },
  NOT_FOUND: {
    category: 'posting-rejection',
    remedy: 'Check that the document still exists in the ERP.',
    cause: () => 'document is gone from the ERP',
  },
};

export interface ErpError {
  code: string;
  message: string;
  field?: string;
  /** The document that is in the way, for conflicts. */
  existing?: string;
}

/** The error in an answer, if the answer has one in the ERP's own form. */
export function erpError(response: HttpResponse): ErpError | undefined {
  const error = readJson(response)?.['error'];
  if (typeof error !== 'object' || error === null || Array.isArray(error)) return undefined;
  const { code, message, field, existing } = error;
  if (typeof code !== 'string' || typeof message !== 'string') return undefined;
  return { code, message, ...(typeof field === 'string' ? { field } : {}), ...(typeof existing === 'string' ? { existing } : {}) };
}

/**
 * What an answer that is not a success means. On a write a 5xx, and any answer that is not in the ERP's form, is in doubt:
 * a gateway may have spoken after the ERP had posted.
 */
export function failureOf(response: HttpResponse, call: { write: boolean; document?: JsonObject }): ConnectorFailure {
  const { status } = response;
  const facts = { httpStatus: status, vendorWords: response.text };
  if (status === 429) {
    const message = 'The ERP asks for fewer calls.';
    return throttled({ ...facts, code: 'TOO_MANY_REQUESTS', message, retryAfterMs: retryAfterMs(response) });
  }
  const error = erpError(response);
  if (status === 401)
    return unauthorized({
      ...facts,
      code: 'UNAUTHORIZED',
      message: 'The ERP refused the token.',
      remedy: 'Enter a valid token in the connection.',
    });
  if (error && status >= 400 && status < 500) return refusalOf(error, facts, call.document ?? {});
  const what = `The ERP answered ${status} without a definite word.`;
  if (call.write) return inDoubt({ ...facts, code: `http-${status}`, message: what });
  return new ConnectorFailure({ ...facts, recovery: 'retryable', code: `http-${status}`, message: what });
}

function refusalOf(error: ErpError, facts: { httpStatus: number; vendorWords: string }, document: JsonObject): ConnectorFailure {
  const meaning = refusals[error.code];
  return rejected({
    ...facts,
    code: error.code,
    message: error.message,
    category: meaning?.category ?? 'posting-rejection',
    cause: meaning ? meaning.cause(document, error.field, error.message) : `${error.code} in ${entity(document)}`,
    ...(meaning ? { remedy: meaning.remedy } : {}),
    ...(error.field ? { path: `/${error.field}` } : {}),
  });
}

/** Retry-After in seconds, as the ERP sends it; a second when it does not. */
export function retryAfterMs(response: { headers: Record<string, string> }): number {
  const seconds = Number(response.headers['retry-after']);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : 1000;
}
