/** An expression that never ends is killed; the page and the next expression live. */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { EvaluateAnswer, EvaluateRequest } from './evaluate.worker.js';
import { Evaluator, killAfterMs, type Outcome, type WorkerLike } from './evaluator.js';

class FakeWorker implements WorkerLike {
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  terminated = false;
  asked: EvaluateRequest[] = [];
  postMessage(request: EvaluateRequest) {
    this.asked.push(request);
  }
  terminate() {
    this.terminated = true;
  }
  answer(output: string) {
    const id = this.asked.at(-1)!.id;
    this.onmessage?.({ data: { id, ok: true, output, ms: 1 } } as MessageEvent<EvaluateAnswer>);
  }
}

describe('Evaluator', () => {
  let workers: FakeWorker[];
  let outcomes: Outcome[];
  let evaluator: Evaluator;
  const given = { input: {}, enriched: undefined, flow: undefined, delivery: {}, revision: '0', asOf: '2026-01-01T00:00:00Z', tables: [] };
  const request = (source: string) => ({ kind: 'run' as const, source, given });

  beforeEach(() => {
    jest.useFakeTimers();
    workers = [];
    outcomes = [];
    evaluator = new Evaluator(
      () => {
        const worker = new FakeWorker();
        workers.push(worker);
        return worker;
      },
      (outcome) => outcomes.push(outcome),
    );
  });
  afterEach(() => {
    evaluator.stop();
    jest.useRealTimers();
  });

  it('gives the output', () => {
    evaluator.run(request('1'));
    workers[0]!.answer('1');
    expect(outcomes).toEqual([{ ok: true, output: '1', ms: 1 }]);
  });

  it('kills what does not end, says so, and runs the next in a new worker', () => {
    evaluator.run(request('/(a+)+$/'));
    jest.advanceTimersByTime(killAfterMs);
    expect(workers[0]!.terminated).toBe(true);
    expect(outcomes).toMatchObject([{ ok: false, failure: { code: 'MAPPING_KILLED' } }]);
    evaluator.run(request('2'));
    workers[1]!.answer('2');
    expect(outcomes.at(-1)).toMatchObject({ ok: true, output: '2' });
  });

  it('shows only the newest of what was typed meanwhile', () => {
    evaluator.run(request('a'));
    evaluator.run(request('b'));
    evaluator.run(request('c'));
    workers[0]!.answer('A');
    expect(outcomes).toEqual([]);
    expect(workers[0]!.asked.map((asked) => asked.source)).toEqual(['a', 'c']);
    workers[0]!.answer('C');
    expect(outcomes).toMatchObject([{ output: 'C' }]);
  });
});
