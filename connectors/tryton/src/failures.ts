import {
  inDoubt, misconfigured, rejected, retryable, throttled, unauthorized,
  type ConnectorFailure, type ExceptionCategory, type FailureFacts, type HttpResponse,
} from '@waybill/sdk'; // prettier-ignore

/**
 * What an error text means. Nearly every error of Tryton's is HTTP 200 with a sentence and no code, so the sentences of
 * version 6.0 in English are the table; the first that fits decides. `$1`, `$2` are what the pattern caught.
 */
export interface ErrorRule {
  /** `UserError` is a refusal in words for people; `server` is a bare exception. */
  kind: 'UserError' | 'server';
  pattern: RegExp;
  code: string;
  recovery: 'rejected' | 'retryable' | 'misconfigured' | 'in-doubt';
  category?: ExceptionCategory;
  cause?: string;
  remedy: string;
}

const master = { kind: 'UserError', recovery: 'rejected', category: 'master-data' } as const;
const posting = { kind: 'UserError', recovery: 'rejected', category: 'posting-rejection' } as const;
const mapping = { kind: 'UserError', recovery: 'rejected', category: 'transformation' } as const;

export const errorRules: readonly ErrorRule[] = [
  { ...posting, pattern: /you must create a period for the date "(.+?)"/, code: 'period-missing', cause: 'no open period for $1', remedy: 'Open or create the period in Tryton, or let the policy post into the next open one, then replay.' },
  { ...posting, pattern: /journal-period in closed period "(.+?)"/, code: 'period-closed', cause: 'period $1 closed', remedy: 'Reopen the period in Tryton or post into the next open one, then replay.' },
  { ...posting, pattern: /you must set an accounting date after "(.+?)"/, code: 'number-out-of-order', cause: 'invoice numbers are used up to $1', remedy: 'Give an accounting date on or after the one that Tryton names.' },
  { ...posting, pattern: /you must balance all its lines/, code: 'move-unbalanced', remedy: 'Correct the mapping: debits and credits differ.' },
  { ...posting, pattern: /amount greater than the amount to pay/, code: 'payment-too-large', remedy: 'Post the surplus as a credit of the customer, or correct the payment.' },
  { ...posting, pattern: /Payment lines amount on invoice .+ can not be greater/, code: 'exchange-difference', cause: 'a payment in another currency is worth more than the receivable', remedy: 'Name a write-off method for exchange differences in the connection, then replay.' },
  { ...posting, pattern: /cannot (?:modify|cancel|delete|post).+(?:posted|paid|cancelled|closed)/, code: 'document-final', remedy: 'Correct it in Tryton by a document of its own.' },
  { ...posting, pattern: /outside the period/, code: 'date-outside-period', remedy: 'Correct the posting date.' },
  { ...master, pattern: /value for field "Account" in "(?:Account Move Line|Invoice Line)" is not valid/, code: 'account-not-usable', cause: 'account not usable on that line or date', remedy: 'Choose an account of the right kind that is open on the posting date, then replay.' },
  { ...master, pattern: /The value "(.+?)" for field "(.+?)" in ".+?" does not exist/, code: 'reference-unknown', cause: '$2 $1 unknown', remedy: 'Create it in Tryton or correct the table, then replay.' },
  { ...master, pattern: /A value is required for field "(Party|Account|Invoice Address|Tax|Journal)"/, code: 'value-missing', cause: '$1 missing', remedy: 'Complete the master data or the table, then replay.' },
  { ...master, pattern: /code on party must be unique/, code: 'party-code-taken', remedy: 'Replay: the customer was made at the same moment.' },
  { ...master, pattern: /no rate|currency rate|There is no rate/i, code: 'currency-rate-missing', remedy: 'Enter a rate for the currency and date in Tryton, then replay.' },
  { ...mapping, pattern: /number of digits in the value/, code: 'too-many-digits', remedy: 'Round in the mapping: Tryton takes fewer decimals.' },
  { ...mapping, pattern: /A value is required for field "(.+?)"/, code: 'value-missing', cause: '$1 missing', remedy: 'Correct the mapping.' },
  { ...mapping, pattern: /is not valid according to its domain|must be|selection/, code: 'value-invalid', remedy: 'Correct the mapping or the table.' },
  { kind: 'UserError', pattern: /You are not allowed to/, code: 'access-denied', recovery: 'misconfigured', remedy: 'Give the user the groups Accounting and Party Administration and access to the company.' },
  { kind: 'server', pattern: /could not obtain lock|could not serialize access|deadlock detected|database is locked/, code: 'database-locked', recovery: 'retryable', remedy: 'Nothing to do: it was rolled back and is tried again.' },
  { kind: 'server', pattern: /connection to server .*failed|could not connect/s, code: 'database-down', recovery: 'retryable', remedy: 'Start Tryton’s database.' },
  { kind: 'server', pattern: /server closed the connection|terminating connection/, code: 'database-lost', recovery: 'in-doubt', remedy: 'It is looked up: the database ended while it worked.' },
  { kind: 'server', pattern: /Missing context argument|has no attribute|^'\w+/, code: 'call-not-understood', recovery: 'misconfigured', remedy: 'This version of Tryton lacks a model or field that the connector uses; see its documentation.' },
]; // prettier-ignore

export interface Call {
  /** Finishes the sentence "Tryton refused to …". */
  what: string;
  writes: boolean;
}

type Facts = Omit<FailureFacts, 'recovery' | 'category'>;

function make(rule: ErrorRule, facts: Facts, call: Call): ConnectorFailure {
  if (rule.recovery === 'rejected') return rejected({ ...facts, category: rule.category ?? 'posting-rejection' });
  if (rule.recovery === 'misconfigured') return misconfigured(facts);
  return rule.recovery === 'in-doubt' && call.writes ? inDoubt(facts) : retryable(facts);
}

/** The failure behind `error` of an answer; UserWarning is not one, see `rpc.ts`. */
export function failureOfError(error: unknown, call: Call): ConnectorFailure {
  const [name, inner] = Array.isArray(error) ? (error as unknown[]) : [error];
  const kind = name === 'UserError' ? 'UserError' : 'server';
  const words = String(kind === 'UserError' ? (Array.isArray(inner) ? inner[0] : inner) : name).trim();
  const refused = `Tryton refused to ${call.what}: ${words}`;
  if (name === 'ConcurrencyException') return retryable({ code: 'changed-meanwhile', message: refused, vendorWords: words });
  for (const rule of errorRules) {
    const found = rule.kind === kind ? rule.pattern.exec(words) : null;
    if (!found) continue;
    const cause = rule.cause?.replace(/\$(\d)/g, (_, n: string) => found[Number(n)] ?? '');
    return make(rule, { code: rule.code, message: refused, vendorWords: words, remedy: rule.remedy, ...(cause ? { cause } : {}) }, call);
  }
  if (kind === 'UserError')
    return rejected({
      code: 'user-error',
      category: 'posting-rejection',
      message: refused,
      vendorWords: words,
      remedy: 'Read what Tryton says, correct it there or in the mapping, then replay.',
    });
  const facts = {
    code: 'server-error',
    message: `Tryton failed to ${call.what}: ${words}`,
    vendorWords: words,
    remedy: 'See Tryton’s log.',
  };
  return call.writes ? inDoubt(facts) : retryable(facts);
}

/** The failure behind an HTTP status that is not 200. 401 is handled by the caller, which logs in once more. */
export function failureOfStatus(response: HttpResponse, call: Call): ConnectorFailure {
  const facts = {
    code: `http-${response.status}`,
    message: `Tryton answered HTTP ${response.status} when asked to ${call.what}.`,
    vendorWords: response.text,
    httpStatus: response.status,
  };
  switch (response.status) {
    case 401:
      return unauthorized({ ...facts, remedy: 'Enter the user and password of this connection again.' });
    case 403:
      return misconfigured({ ...facts, remedy: 'This server does not offer the method; check the version of Tryton.' });
    case 404:
      return misconfigured({ ...facts, remedy: 'Correct the name of the database.' });
    case 405:
      return misconfigured({ ...facts, remedy: 'Correct the address: this is not Tryton’s JSON-RPC.' });
    case 429:
      return throttled({ ...facts, retryAfterMs: Number(response.headers['retry-after']) * 1000 || 60_000 });
    default:
      return call.writes ? inDoubt(facts) : retryable(facts);
  }
}
