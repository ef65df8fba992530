import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { EvaluateTask } from './evaluate.worker.js';
import { Evaluator, killAfterMs, type Outcome, type WorkerLike } from './evaluator.js';

export interface LiveOutput {
  /** The last good output, which may be older than the text. */
  output: string | undefined;
  /** Why the output does not belong to the text as it is. */
  stale: Extract<Outcome, { ok: false }>['failure'] | undefined;
  ms: number | undefined;
}

const startWorker = (): WorkerLike =>
  new Worker(new URL('./evaluate.worker.ts', import.meta.url), { type: 'module', name: 'evaluate' }) as WorkerLike;

/** What became of the newest task, a moment after it stopped changing, in a worker; what was well before is kept meanwhile. */
export function useEvaluation(
  task: EvaluateTask | undefined,
  { delayMs, killMs = killAfterMs }: { delayMs: number; killMs?: number },
): LiveOutput {
  const [live, setLive] = useState<LiveOutput>({ output: undefined, stale: undefined, ms: undefined });
  const evaluator = useRef<Evaluator | undefined>(undefined);
  useEffect(() => {
    evaluator.current = new Evaluator(
      startWorker,
      (outcome) =>
        setLive((before) =>
          outcome.ok ? { output: outcome.output, stale: undefined, ms: outcome.ms } : { ...before, stale: outcome.failure, ms: outcome.ms },
        ),
      killMs,
    );
    return () => evaluator.current?.stop();
  }, [killMs]);
  const [settled] = useDebouncedValue(task, delayMs);
  useEffect(() => {
    if (settled) evaluator.current?.run(settled);
  }, [settled]);
  return live;
}

/** Asks a worker of its own, begun with the first question; only the newest question is answered, the others with nothing. */
export function useAsk(): (task: EvaluateTask) => Promise<Outcome | undefined> {
  const held = useRef<{ evaluator: Evaluator; answer: ((outcome: Outcome | undefined) => void) | undefined } | undefined>(undefined);
  useEffect(
    () => () => {
      held.current?.evaluator.stop();
      held.current?.answer?.(undefined);
      held.current = undefined;
    },
    [],
  );
  return useCallback((task) => {
    const known = (held.current ??= {
      answer: undefined,
      evaluator: new Evaluator(startWorker, (outcome) => {
        const { answer } = known;
        known.answer = undefined;
        answer?.(outcome);
      }),
    });
    known.answer?.(undefined);
    return new Promise((answer) => {
      known.answer = answer;
      known.evaluator.run(task);
    });
  }, []);
}
