/** Runs as dots over time: pure, so that it is tested without a browser. */
import type { Run } from '../../api/operate.js';
import { t } from '../../language/index.js';

/** What the height of a dot says. */
export const measures = { took: t('How long it took'), read: t('How much it read') } as const;
export type Measure = keyof typeof measures;

export interface Dot {
  run: Run;
  x: number;
  y: number;
  /** Milliseconds, or deliveries. */
  value: number;
}

export interface Scatter {
  dots: Dot[];
  across: { x: number; at: string }[];
  /** Milliseconds between two instants of the axis. */
  stepMs: number;
  up: { y: number; value: number }[];
}

interface Size {
  width: number;
  height: number;
}

/** From one to the next ten times as much or less, so that a second and an hour are seen beside each other. */
const ladders: Record<Measure, readonly number[]> = {
  took: [1_000, 10_000, 60_000, 600_000, 3_600_000, 6 * 3_600_000, 86_400_000, 10 * 86_400_000, 100 * 86_400_000],
  read: Array.from({ length: 10 }, (_, n) => 10 ** n),
};
const acrossSteps = 5;
/** Around a single instant. */
const aroundMs = 30 * 60_000;

export function valueOf(run: Run, measure: Measure, now: number): number {
  if (measure === 'read') return run.read;
  return Math.max(0, (run.endedAt === null ? now : Date.parse(run.endedAt)) - Date.parse(run.startedAt));
}

/** `now`: what a run that goes on has taken until now. The order of the runs is kept. */
export function scatterOf(runs: readonly Run[], measure: Measure, now: number, { width, height }: Size): Scatter {
  const starts = runs.map(({ startedAt }) => Date.parse(startedAt));
  const [first, last] = [Math.min(...starts), Math.max(...starts)];
  const [from, to] = first === last ? [first - aroundMs, last + aroundMs] : [first, last];
  const values = runs.map((run) => valueOf(run, measure, now));
  const ladder = ladders[measure];
  const rungs =
    1 +
    Math.max(
      0,
      ladder.findIndex((rung) => rung >= Math.max(0, ...values)),
    );
  const marks = ladder.slice(0, values.some((value) => value > ladder.at(-1)!) ? ladder.length : rungs);
  const top = Math.max(marks.at(-1)!, ...values);
  // A step of the ladder is a step of the height; what is below the first is between it and the ground.
  const unit = ladder[0]!;
  const scale = (value: number) => Math.log1p(value / unit) / Math.log1p(top / unit);
  const y = (value: number) => height - scale(value) * height;
  const x = (at: number) => ((at - from) / (to - from)) * width;
  return {
    dots: runs.length === 0 ? [] : runs.map((run, n) => ({ run, x: x(starts[n]!), y: y(values[n]!), value: values[n]! })),
    across:
      runs.length === 0
        ? []
        : Array.from({ length: acrossSteps + 1 }, (_, n) => from + ((to - from) * n) / acrossSteps).map((at) => ({ x: x(at), at: new Date(at).toISOString() })), // prettier-ignore
    stepMs: (to - from) / acrossSteps,
    up: [0, ...marks].map((value) => ({ y: y(value), value })),
  };
}
