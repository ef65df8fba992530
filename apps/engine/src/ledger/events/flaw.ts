import type { ProblemCode } from '../../platform/problems/index.js';

/** Problems of one event that are told at once. */
export const flawsMax = 20;

export interface FlawFacts {
  code: ProblemCode;
  /** JSON pointer into the event. */
  path: string;
  detail: string;
}

/** What is wrong with one event: a code of the catalogue, where in the event, and a sentence. The first of all its problems, which it brings along. */
export class Flaw implements FlawFacts {
  constructor(
    readonly code: ProblemCode,
    readonly path: string,
    readonly detail: string,
    /** The event's own id, where it has one that can be told. */
    readonly id: string | null = null,
    private readonly others: readonly FlawFacts[] = [],
  ) {}

  /** All problems of the event, this one first. */
  get all(): FlawFacts[] {
    return [this, ...this.others].slice(0, flawsMax).map(({ code, path, detail }) => ({ code, path, detail }));
  }

  /** One flaw of many, for an event with this id. There must be one. */
  static of(flaws: readonly Flaw[], id: string | null): Flaw {
    const [{ code, path, detail }, ...others] = flaws.flatMap((flaw) => flaw.all) as [FlawFacts, ...FlawFacts[]];
    return new Flaw(code, path, detail, id === null ? null : id.slice(0, 200), others);
  }
}
