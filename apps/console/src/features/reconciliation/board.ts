import type { ControlRun } from '../../api/reconcile.js';

/** The last days, oldest first, as the board's columns. */
export function daysUntil(now: Date, count: number): string[] {
  return Array.from({ length: count }, (_, at) =>
    new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() - (count - 1 - at))).toISOString().slice(0, 10),
  );
}

/** Runs by control and day, the one that needs a person most first. */
export function dayCells(runs: readonly ControlRun[]): Map<string, ControlRun[]> {
  const cells = new Map<string, ControlRun[]>();
  for (const run of runs) {
    const key = `${run.control} ${run.day}`;
    cells.set(key, [...(cells.get(key) ?? []), run]);
  }
  for (const [key, all] of cells) cells.set(key, all.sort((a, b) => rank(a) - rank(b) || b.period.localeCompare(a.period)));
  return cells;
} // prettier-ignore

/** The newest run of each month, of the last day on which a control ran; the oldest month first. */
export function newestDay(runs: readonly ControlRun[], control: string): ControlRun[] {
  const own = runs.filter((run) => run.control === control);
  const day = own.map((run) => run.day).sort().at(-1); // prettier-ignore
  const months = new Map<string, ControlRun>();
  for (const run of own.filter((one) => one.day === day)) {
    const known = months.get(run.period);
    if (!known || known.startedAt < run.startedAt) months.set(run.period, run);
  }
  return [...months.values()].sort((a, b) => a.period.localeCompare(b.period));
}

const rank = ({ state, openGaps, drift }: ControlRun): number =>
  state === 'failed' ? 0 : openGaps > 0 && drift > 0 ? 1 : openGaps > 0 ? 2 : state === 'running' ? 3 : 4;

/** Bars of a waterfall in thousandths of its height, exact amounts aside: a picture needs no more. */
export interface Drawn {
  from: number;
  to: number;
}

/** Where each step of the way from the first sum to the last is drawn, between 0 and 1. */
export function stepsOf(start: number, changes: readonly number[]): { steps: Drawn[]; end: number } {
  let at = start;
  const steps = changes.map((change): Drawn => {
    const from = at;
    at += change;
    return { from, to: at };
  });
  return { steps, end: at };
}
