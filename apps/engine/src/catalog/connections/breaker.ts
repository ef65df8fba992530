/** Health of one connection as calls see it. Pure: the time is an argument. */
export interface BreakerState {
  failures: number;
  /** Milliseconds; calls before it are not made. */
  openUntil: number;
  openings: number;
}

export const closedBreaker: BreakerState = { failures: 0, openUntil: 0, openings: 0 };
const failuresToOpen = 5;
const firstPauseMs = 2_000;
const longestPauseMs = 60_000;

/** May a call be made now? After the pause one probe goes; its end decides. */
export const mayCall = (state: BreakerState, nowMs: number): boolean => nowMs >= state.openUntil;

export const afterSuccess = (): BreakerState => closedBreaker;

/** Five failures in a row open it for 2 s; each failed probe doubles the pause, up to a minute. */
export function afterFailure(state: BreakerState, nowMs: number): BreakerState {
  const failures = state.failures + 1;
  if (failures < failuresToOpen) return { ...state, failures };
  return { failures, openings: state.openings + 1, openUntil: nowMs + Math.min(longestPauseMs, firstPauseMs * 2 ** state.openings) };
}
