import type { components } from './schema.js';

export type Problem = components['schemas']['Problem'];
export type ProblemItem = { code: string; path?: string; detail: string; remedy?: string; line?: number; column?: number };

/** A problem in sentences: what is wrong, and what to do. The engine writes the first so that it may also stand behind a path, small and without its full stop. */
export const sentencesOf = ({ detail, remedy }: Pick<ProblemItem, 'detail' | 'remedy'>): string =>
  [`${detail.charAt(0).toUpperCase()}${detail.slice(1).replace(/(?<![.?!…])$/, '.')}`, remedy].filter(Boolean).join(' ');

/** A refused or failed request, in the engine's own words. `status` 0: the engine was not reached. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly remedy: string | undefined;
  readonly path: string | undefined;
  readonly problems: ProblemItem[];
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(init: { status: number; body: Partial<Problem>; requestId?: string; retryAfterSeconds?: number }) {
    super(init.body.detail ?? init.body.title ?? 'The request failed');
    this.name = 'ApiProblem';
    this.status = init.status;
    this.code = init.body.code ?? (init.status === 0 ? 'UNREACHABLE' : `HTTP_${init.status}`);
    this.detail = this.message;
    this.remedy = init.body.remedy;
    this.path = init.body.path;
    this.problems = init.body.problems ?? [];
    this.requestId = init.body.requestId ?? init.requestId;
    this.retryAfterSeconds = init.retryAfterSeconds;
  }
}

export function problemOf(response: Response | undefined, body: unknown): ApiProblem {
  if (!response) {
    return new ApiProblem({
      status: 0,
      body: { detail: 'The engine cannot be reached.', remedy: 'Check the network and that the engine is running, then try again.' },
    });
  }
  const known = typeof body === 'object' && body !== null ? (body as Partial<Problem>) : {};
  const wait = Number(response.headers.get('retry-after'));
  return new ApiProblem({
    status: response.status,
    body: { detail: `The engine answered ${response.status}.`, ...known },
    requestId: response.headers.get('x-request-id') ?? undefined,
    retryAfterSeconds: Number.isFinite(wait) && wait > 0 ? wait : undefined,
  });
}

/** Whatever was thrown, as something that can be shown. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem({ status: -1, body: { code: 'CONSOLE_FAULT', detail: error instanceof Error ? error.message : String(error) } });
}
