import { setTimeout as sleep } from 'node:timers/promises';

/** The budget of one connection in this process: calls at the same time, calls a second, and a pause that the vendor asked for. */
export class Limiter {
  private running = 0;
  private readonly queue: (() => void)[] = [];
  private nextAt = 0;
  private pausedUntil = 0;

  constructor(
    readonly concurrency: number,
    private readonly perSecond: number | undefined,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** Slots free now; an intent is committed only for that many calls. */
  get free(): number {
    return this.pausedUntil > this.nowMs() ? 0 : Math.max(0, this.concurrency - this.running);
  }

  /** How long the pause that was asked for still lasts. */
  get pausedMs(): number {
    return Math.max(0, this.pausedUntil - this.nowMs());
  }

  pause(ms: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.nowMs() + ms);
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.concurrency) await new Promise<void>((go) => this.queue.push(go));
    else this.running += 1;
    try {
      await this.turn();
      return await work();
    } finally {
      const next = this.queue.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  private async turn(): Promise<void> {
    const now = this.nowMs();
    const at = Math.max(now, this.nextAt, this.pausedUntil);
    if (this.perSecond !== undefined) this.nextAt = at + 1000 / this.perSecond;
    if (at > now) await sleep(at - now);
  }
}
