import { catalogue, type ProblemCode } from './catalogue.js';

export { catalogue, type ProblemCode } from './catalogue.js';

export interface ProblemItem {
  code: string;
  detail: string;
  path?: string;
  remedy?: string;
  line?: number;
  column?: number;
}

const mark = Symbol.for('waybill.problem');

/** A refusal that a caller can act on; becomes an RFC 9457 answer. */
export class Problem extends Error {
  readonly [mark] = true;
  constructor(
    readonly code: ProblemCode,
    detail: string,
    readonly more: { path?: string; remedy?: string; problems?: ProblemItem[]; retryAfterSeconds?: number } = {},
  ) {
    super(detail);
    this.name = 'Problem';
  }
  get status(): number {
    return catalogue[this.code].status;
  }
  /** The body of the answer. */
  body(requestId?: string) {
    const { title, status, remedy } = catalogue[this.code];
    return {
      type: `urn:waybill:problem:${this.code.toLowerCase().replaceAll('_', '-')}`,
      title,
      status,
      code: this.code,
      detail: this.message,
      ...(this.more.path === undefined ? {} : { path: this.more.path }),
      remedy: this.more.remedy ?? remedy,
      ...(this.more.problems ? { problems: this.more.problems } : {}),
      ...(requestId ? { requestId } : {}),
    };
  }
}

export function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[mark] === true;
}
