import type { UsageEvent } from './event.js';

/** What the engine said when it took nothing: a code of its error catalogue and a sentence that says what to do. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly events: readonly UsageEvent[],
  ) {
    super(message);
  }
}

/** No try within the time succeeded; whether the last one did is not known. Send the same events again later: none is counted twice. */
export class UndeliveredError extends Error {
  override readonly name = 'UndeliveredError';
  constructor(
    message: string,
    readonly events: readonly UsageEvent[],
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** Nothing was taken. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError';
  readonly code = 'QUEUE_FULL';
}

export class ClosedError extends Error {
  override readonly name = 'ClosedError';
  readonly code = 'CLOSED';
}
