import { ConnectorFailure, type ExceptionCategory, type FailureFacts, type Recovery } from './failure.js';
import type { Json, JsonObject, JsonSchema } from './json.js';

/**
 * What a vendor's error means, as data. `transient` and `throttled` say that certainly nothing was done; `in-doubt` that nobody knows. All others are
 * definite refusals.
 */
export const errorClasses = {
  'master-data': 'A customer, account, item, tax code or currency is missing, inactive or does not fit. Put it right, then replay.',
  'period-closed': 'The accounting period is closed. Reopen it, or date the document into an open one.',
  'posting-rejection': 'A rule of the target refuses this document as it is.',
  transformation: 'The mapping made something that the target cannot take.',
  duplicate: 'Something with this number or key is there already.',
  'api-failure': 'The interface refuses, whatever the document says.',
  throttled: 'Too many calls. Nothing was done; waits as told.',
  unauthorized: 'The sign-in was refused.',
  misconfigured: 'A setting or a right is wrong; no document will pass.',
  transient: 'Nothing was done, and a moment later it may pass.',
  'in-doubt': 'Whether it was done is unknown; it is looked up.',
} as const;
export type ErrorClass = keyof typeof errorClasses;

/** One error of a vendor. */
export interface ErrorRow {
  /** The vendor's code, exactly. There is no row for "any code". */
  code: string;
  /** Phrases that the vendor's words must all contain, whatever their case: for vendors whose codes say little. The row with the most phrases decides. */
  words?: readonly string[];
  class: ErrorClass;
  /** One sentence: what is wrong. */
  reason: string;
  /** One sentence: what a person does about it. */
  remedy?: string;
}

/** What is known of an error answer. */
export interface ErrorEvidence {
  /** Finishes the sentence "… refused to <what>", such as `post the invoice INV-7`. */
  what: string;
  /** Who refused, for people: `Xero`. */
  system: string;
  /** May the request have changed anything? */
  writes: boolean;
  httpStatus: number;
  /** The vendor's codes in this answer, the most telling first: `['6240', 'ValidationFault']`. */
  codes: readonly string[];
  /** The vendor's sentence. */
  words?: string;
  /** The raw answer, for the record; default `words`. */
  raw?: string;
  retryAfterMs?: number;
  path?: string;
  /** What groups it with others of the same root, `customer 17`; the row's code stands before it. */
  about?: string;
}

export interface Classified {
  class: ErrorClass;
  /** What decided: a row of the connection, a row of the connector, or the HTTP status because no row knows the codes. */
  by: 'own-row' | 'row' | 'status';
  row?: ErrorRow;
  /** Codes that no row knew. */
  unknown: readonly string[];
}

/**
 * Total: whatever comes in has a class, and it is told when no row knew the code. Rows of the connection go before those of the connector. Pure.
 * A row of a connection cannot turn a server error on a write into something that is sent again by itself: that could post twice.
 */
export function classify(table: readonly ErrorRow[], evidence: ErrorEvidence, own: readonly ErrorRow[] = []): Classified {
  const words = (evidence.words ?? '').toLowerCase();
  const safe = own.filter((row) => !resends(row.class) || !evidence.writes || (evidence.httpStatus >= 400 && evidence.httpStatus < 500));
  for (const [at, code] of evidence.codes.entries()) {
    const unknown = evidence.codes.slice(0, at);
    const ownRow = bestOf(safe, code, words);
    if (ownRow) return { class: ownRow.class, by: 'own-row', row: ownRow, unknown };
    const row = bestOf(table, code, words);
    if (row) return { class: row.class, by: 'row', row, unknown };
  }
  return { class: byStatus(evidence), by: 'status', unknown: evidence.codes };
}

const resends = (one: ErrorClass): boolean => one === 'transient' || one === 'throttled';

function bestOf(rows: readonly ErrorRow[], code: string, words: string): ErrorRow | undefined {
  const fitting = rows.filter((row) => row.code === code && (row.words ?? []).every((phrase) => words.includes(phrase.toLowerCase())));
  return fitting.reduce<ErrorRow | undefined>((best, row) => (best && sizeOf(best) >= sizeOf(row) ? best : row), undefined);
}
const sizeOf = (row: ErrorRow): number => row.words?.length ?? 0;

/** What HTTP alone tells. A refusal in the 400s is definite; anything else that is no success may have been done. */
function byStatus({ httpStatus: status, writes }: ErrorEvidence): ErrorClass {
  const unsure = writes ? 'in-doubt' : 'transient';
  if (status === 401) return 'unauthorized';
  if (status === 403 || (status >= 300 && status < 400)) return 'misconfigured';
  if (status === 408) return unsure;
  if (status === 429) return 'throttled';
  if (status === 409) return 'duplicate';
  if (status >= 400 && status < 500) return 'posting-rejection';
  return unsure;
}

const outcomes: Record<ErrorClass, { recovery: Recovery; category?: ExceptionCategory }> = {
  'master-data': { recovery: 'rejected', category: 'master-data' },
  'period-closed': { recovery: 'rejected', category: 'posting-rejection' },
  'posting-rejection': { recovery: 'rejected', category: 'posting-rejection' },
  transformation: { recovery: 'rejected', category: 'transformation' },
  duplicate: { recovery: 'rejected', category: 'duplicate' },
  'api-failure': { recovery: 'rejected', category: 'api-failure' },
  throttled: { recovery: 'throttled' },
  unauthorized: { recovery: 'unauthorized' },
  misconfigured: { recovery: 'misconfigured' },
  transient: { recovery: 'retryable' },
  'in-doubt': { recovery: 'in-doubt' },
};

/** The failure to throw. A read is never in doubt: nothing can have been done, so it is retryable instead. */
export function classedFailure(table: readonly ErrorRow[], evidence: ErrorEvidence, own: readonly ErrorRow[] = []): ConnectorFailure {
  const found = classify(table, evidence, own);
  const outcome = found.class === 'in-doubt' && !evidence.writes ? outcomes.transient : outcomes[found.class];
  const code = found.row?.code ?? evidence.codes[0] ?? `http-${evidence.httpStatus}`;
  const raw = evidence.raw ?? evidence.words;
  const facts: FailureFacts = {
    ...outcome,
    code,
    message: messageOf(found, evidence),
    httpStatus: evidence.httpStatus,
    ...(raw === undefined ? {} : { vendorWords: raw }),
    ...(found.row?.remedy === undefined ? {} : { remedy: found.row.remedy }),
    ...(evidence.path === undefined ? {} : { path: evidence.path }),
    ...(evidence.about === undefined ? {} : { cause: `${code} ${evidence.about}` }),
    ...(outcome.recovery === 'throttled' ? { retryAfterMs: evidence.retryAfterMs ?? 1_000 } : {}),
  };
  return new ConnectorFailure(facts);
}

function messageOf({ by, row, unknown }: Classified, { system, what, words, httpStatus }: ErrorEvidence): string {
  const said = words === undefined || words === '' ? `HTTP ${httpStatus}` : words;
  const told = `${system} refused to ${what}: ${said.replace(/[\s.]+$/, '')}.`;
  const passed = unknown.length === 0 ? '' : ` No row knows ${unknown.join(', ')}; ${row?.code ?? ''} decides.`;
  if (row) return `${told} ${row.reason}${by === 'own-row' ? ' (a row of this connection)' : ''}${passed}`;
  const codes = unknown.length === 0 ? 'It gave no code' : `No row of the error table knows ${unknown.join(', ')}`;
  return `${told} ${codes}; HTTP ${httpStatus} decides.`;
}

const ownRowsMax = 200;
const rowSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['code', 'class', 'reason'],
  properties: {
    code: { type: 'string', minLength: 1, maxLength: 200 },
    words: { type: 'array', maxItems: 5, items: { type: 'string', minLength: 2, maxLength: 200 } },
    class: { enum: Object.keys(errorClasses) },
    reason: { type: 'string', minLength: 5, maxLength: 300 },
    remedy: { type: 'string', minLength: 5, maxLength: 300 },
  },
};

/** The field `errors` of a connector's settings: rows that go before those of the connector. A change of it is a change of the connection, and audited. */
export const ownErrorRows: JsonSchema = {
  type: 'array',
  title: 'Error rows of this connection',
  description:
    'Each {code, words?, class, reason, remedy?} decides before the connector’s own table what an error of the vendor means. The classes are on the reference page.',
  maxItems: ownRowsMax,
  items: rowSchema,
};

/** The rows of a connection's settings; they passed `ownErrorRows` when they were saved, and what no longer fits is left out. */
export function ownRowsOf(settings: JsonObject): ErrorRow[] {
  const rows: Json = settings['errors'] ?? [];
  return (Array.isArray(rows) ? rows : []).flatMap((row) => (isRow(row) ? [row as unknown as ErrorRow] : []));
}

function isRow(row: Json): boolean {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return false;
  const { code, class: of, reason, words } = row;
  const phrases = words === undefined || (Array.isArray(words) && words.every((word) => typeof word === 'string'));
  return typeof code === 'string' && typeof reason === 'string' && typeof of === 'string' && of in errorClasses && phrases;
}
