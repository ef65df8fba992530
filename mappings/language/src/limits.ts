/** Every limit of a mapping, in one place; the reference page and the tests read it. */
export const limits = {
  /** Depth of function calls. */
  stack: 500,
  /** Milliseconds that JSONata itself watches between steps; the process around it is killed at `wallMs`. */
  timeoutMs: 500,
  /** Items in one sequence. */
  sequence: 100_000,
  /** Milliseconds of wall time for one message, watched from outside, because a regular expression cannot be interrupted. */
  wallMs: 1_000,
  outputBytesMax: 256 * 1024,
  outputDepthMax: 32,
  sourceBytesMax: 100_000,
} as const;
