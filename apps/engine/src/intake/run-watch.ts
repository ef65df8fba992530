import type { Logger } from '../platform/telemetry/index.js';
import type { RunStore, RunTurn } from './runs.store.js';

/** Several times as often as a run is given up for silence. */
const beatEveryMs = 5_000;

export interface RunWatch {
  /** Aborted when the run is no longer to be read for. */
  signal: AbortSignal;
  /** After a failure: did it come of the run's end? A run that was cancelled is ended here; one that is lost is left to whoever has it. */
  isOver(): Promise<boolean>;
  stop(): void;
}

/** Beats for a run while it is under way, and stops the reading of a page when somebody cancels the run or another process has it. */
export function watchRun(runs: RunStore, run: RunTurn, log: Logger): RunWatch {
  const ended = new AbortController();
  let verdict: 'on' | 'cancelled' | 'lost' = 'on';
  const timer = setInterval(() => {
    runs.beat(run).then(
      (now) => {
        verdict = now;
        if (now !== 'on') ended.abort();
      },
      (error: unknown) => log.warn({ event: 'run-not-beating', run: run.id, error: (error as Error).message }),
    );
  }, beatEveryMs);
  return {
    signal: ended.signal,
    async isOver() {
      if (verdict === 'cancelled') await runs.end(run, 'cancelled');
      return verdict !== 'on';
    },
    stop: () => clearInterval(timer),
  };
}
