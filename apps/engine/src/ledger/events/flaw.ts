import type { ProblemCode } from '../../platform/problems/index.js';

/** What is wrong with one event: a code of the catalogue, where in the event, and a sentence. */
export class Flaw {
  constructor(
    readonly code: ProblemCode,
    /** JSON pointer into the event. */
    readonly path: string,
    readonly detail: string,
    /** The event's own id, where it has one that can be told. */
    readonly id: string | null = null,
  ) {}
}
