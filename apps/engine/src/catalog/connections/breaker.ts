/**
 * The circuit of one connection, as all processes share it. Pure: the time is an argument, milliseconds of the database's clock. Closed: calls
 * go. Open: none goes until `openUntil`; then one probe over all processes, whose end decides.
 */
export interface Circuit {
  /** The last outcomes, oldest first, at most 20: `.` answered, `x` failed. */
  recent: string;
  /** How often in a row it opened without an answer in between. */
  openings: number;
  /** Undefined: closed. */
  openUntil: number | undefined;
}

/** `answered`: the system is there, even if it refused. `failed`: no answer, or one that says that it is broken. */
export type Outcome = 'answered' | 'failed';

export const closedCircuit: Circuit = { recent: '', openings: 0, openUntil: undefined };

const windowCalls = 20;
const failuresInARow = 5;
const failuresInWindow = 10;
const firstPauseMs = 2_000;
const growth = 3;
const longestPauseMs = 75_000;

/** 2 s, 6 s, 18 s, 54 s, then 75 s each: 26 probes in an outage of half an hour. */
export const pauseMs = (openings: number): number => Math.min(longestPauseMs, firstPauseMs * growth ** Math.max(0, openings - 1));

/** After calls that ended in this order. Open, only the probe counts: calls that began before say nothing new. */
export function afterCalls(circuit: Circuit, outcomes: readonly Outcome[], options: { probe: boolean; nowMs: number }): Circuit {
  if (circuit.openUntil !== undefined) {
    if (!options.probe || outcomes.length === 0) return circuit;
    if (outcomes.includes('answered')) return closedCircuit;
    return opened(circuit, options.nowMs);
  }
  const recent = (circuit.recent + outcomes.map((outcome) => (outcome === 'failed' ? 'x' : '.')).join('')).slice(-windowCalls);
  const next = { ...circuit, recent };
  const failures = recent.split('x').length - 1;
  return trailing(recent) >= failuresInARow || failures >= failuresInWindow ? opened(next, options.nowMs) : next;
}

/** Failures in a row, up to now. */
export const trailing = (recent: string): number => recent.length - (recent.lastIndexOf('.') + 1);

const opened = (circuit: Circuit, nowMs: number): Circuit => {
  const openings = circuit.openings + 1;
  return { ...circuit, openings, openUntil: nowMs + pauseMs(openings) };
};
