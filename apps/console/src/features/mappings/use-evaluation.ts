import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Evaluator, type Outcome, type WorkerLike } from './evaluator.js';

export interface LiveOutput {
  /** The last good output, which may be older than the text. */
  output: string | undefined;
  /** Why the output does not belong to the text as it is. */
  stale: Extract<Outcome, { ok: false }>['failure'] | undefined;
  ms: number | undefined;
}

const startWorker = (): WorkerLike =>
  new Worker(new URL('./evaluate.worker.ts', import.meta.url), { type: 'module', name: 'evaluate' }) as WorkerLike;

/** The output as one types: 120 ms after the last key, in a worker, never blocking the page. */
export function useEvaluation(source: string, input: unknown, enriched: unknown, flow: unknown): LiveOutput {
  const [live, setLive] = useState<LiveOutput>({ output: undefined, stale: undefined, ms: undefined });
  const evaluator = useRef<Evaluator | undefined>(undefined);
  useEffect(() => {
    evaluator.current = new Evaluator(startWorker, (outcome) =>
      setLive((before) =>
        outcome.ok ? { output: outcome.output, stale: undefined, ms: outcome.ms } : { ...before, stale: outcome.failure, ms: outcome.ms },
      ),
    );
    return () => evaluator.current?.stop();
  }, []);
  const request = useMemo(() => ({ source, input, enriched, flow }), [source, input, enriched, flow]);
  const [settled] = useDebouncedValue(request, 120);
  useEffect(() => {
    if (settled.input !== undefined && settled.source.trim() !== '') evaluator.current?.run(settled);
  }, [settled]);
  return live;
}
