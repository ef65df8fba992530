/**
 * How a call to an outside system can fail, classed by what happens next.
 *
 * | recovery      | what the engine does                                                                            |
 * |---------------|--------------------------------------------------------------------------------------------------|
 * | retryable     | nothing was done; tries again with growing delay; after the flow's attempts an exception         |
 * | throttled     | waits as told; costs no attempt                                                                  |
 * | rejected      | the vendor said no; an exception of the given category with the vendor's words                   |
 * | unauthorized  | one refresh for the connection, then an exception that names the connection                      |
 * | misconfigured | a setting is wrong; an exception that names the setting; nobody retries                          |
 * | in-doubt      | bytes left and no definite answer came: looked up after a quiet time, never sent again blindly   |
 */
export type Recovery = 'retryable' | 'throttled' | 'rejected' | 'unauthorized' | 'misconfigured' | 'in-doubt';

export const exceptionCategories = ['master-data', 'transformation', 'api-failure', 'duplicate', 'posting-rejection'] as const;
export type ExceptionCategory = (typeof exceptionCategories)[number];

export interface FailureFacts {
  recovery: Recovery;
  /** The vendor's own code (`TRAN_PRD_CLOSED`), or a stable word of the connector's (`http-503`). Never a sentence. */
  code: string;
  /** One plain sentence for a person: what happened, naming the field and the values. */
  message: string;
  /** Only for `rejected`. */
  category?: ExceptionCategory;
  /** The vendor's own words, verbatim, cut to 2,000 characters. */
  vendorWords?: string;
  /** Where in the document, as a JSON pointer (`/lines/0/taxCode`). */
  path?: string;
  /** What a person can do about it, one sentence. */
  remedy?: string;
  /** What groups this failure with others of the same root cause, such as `customer CUST-1999 inactive in US`. */
  cause?: string;
  /** Only for `throttled`: milliseconds to wait, from the vendor's headers where it sends them. */
  retryAfterMs?: number;
  httpStatus?: number;
}

const mark = Symbol.for('waybill.connector-failure');

/** A failure of a connector call. Recognised by a mark, not by class, so two copies of the SDK understand each other. */
export class ConnectorFailure extends Error {
  readonly [mark] = true;
  readonly facts: FailureFacts;
  constructor(facts: FailureFacts, options?: { cause?: unknown }) {
    super(facts.message, options);
    this.name = 'ConnectorFailure';
    this.facts = { ...facts, ...(facts.vendorWords === undefined ? {} : { vendorWords: facts.vendorWords.slice(0, 2000) }) };
  }
}

export function isConnectorFailure(error: unknown): error is ConnectorFailure {
  return typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[mark] === true;
}

type Without<K extends keyof FailureFacts> = Omit<FailureFacts, 'recovery' | K>;

export const retryable = (facts: Without<'category'>) => new ConnectorFailure({ ...facts, recovery: 'retryable' });
export const throttled = (facts: Without<'category'>) => new ConnectorFailure({ ...facts, recovery: 'throttled' });
export const rejected = (facts: Without<never> & { category: ExceptionCategory }) =>
  new ConnectorFailure({ ...facts, recovery: 'rejected' });
export const unauthorized = (facts: Without<'category'>) => new ConnectorFailure({ ...facts, recovery: 'unauthorized' });
export const misconfigured = (facts: Without<'category'>) => new ConnectorFailure({ ...facts, recovery: 'misconfigured' });
export const inDoubt = (facts: Without<'category'>) => new ConnectorFailure({ ...facts, recovery: 'in-doubt' });
