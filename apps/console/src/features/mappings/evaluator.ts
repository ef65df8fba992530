import type { MappingFailureFacts } from '@waybill/mapping-language';
import { t } from '../../language/index.js';
import type { EvaluateAnswer, EvaluateRequest, EvaluateTask } from './evaluate.worker.js';

export type Outcome = { ok: true; output: string; ms: number } | { ok: false; failure: MappingFailureFacts; ms: number };
/** As much of a Worker as is used; a test gives its own. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'terminate'> & {
  onmessage: ((event: MessageEvent<EvaluateAnswer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
};

export const killAfterMs = 1500;

/**
 * Evaluates the newest request only. An expression that does not end (a bad regular expression blocks its thread and
 * no timer inside can stop it) is ended by killing the worker; the next request gets a new one.
 */
export class Evaluator {
  private worker: WorkerLike | undefined;
  private running: { id: number; timer: ReturnType<typeof setTimeout> } | undefined;
  private next: EvaluateRequest | undefined;
  private count = 0;

  constructor(
    private readonly start: () => WorkerLike,
    private readonly onOutcome: (outcome: Outcome) => void,
    private readonly killMs = killAfterMs,
  ) {}

  run(task: EvaluateTask): void {
    this.next = { ...task, id: ++this.count };
    if (!this.running) this.begin();
  }

  stop(): void {
    if (this.running) clearTimeout(this.running.timer);
    this.running = undefined;
    this.next = undefined;
    this.worker?.terminate();
    this.worker = undefined;
  }

  private begin(): void {
    const request = this.next;
    if (!request) return;
    this.next = undefined;
    const worker = (this.worker ??= this.start());
    worker.onmessage = ({ data }) => {
      if (data.id !== this.running?.id) return;
      this.finish(data.ok ? { ok: true, output: data.output, ms: data.ms } : { ok: false, failure: data.failure, ms: data.ms });
    };
    worker.onerror = () => this.kill(t('the evaluator could not be started'));
    this.running = {
      id: request.id,
      timer: setTimeout(
        () => this.kill(t('stopped after {{killMs}} ms: the expression does not end', { killMs: this.killMs })),
        this.killMs,
      ),
    };
    worker.postMessage(request);
  }

  private kill(message: string): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.finish({ ok: false, ms: this.killMs, failure: { code: 'MAPPING_KILLED', category: 'transformation', message } });
  }

  private finish(outcome: Outcome): void {
    if (this.running) clearTimeout(this.running.timer);
    this.running = undefined;
    // an answer that something newer overtook is not shown
    if (this.next) this.begin();
    else this.onOutcome(outcome);
  }
}
