import { nameOf, type Ring } from './rings.js';

/**
 * Answers rings in this process while the queue is away: so many at a time, each lane once at a time and at most once more afterwards.
 * The lease of a lane keeps processes that do so at the same time apart.
 */
export class AnswerHere {
  private readonly waiting = new Map<string, Ring>();
  private readonly busy = new Map<string, Promise<void>>();
  private stopped = false;

  constructor(
    private readonly answer: (ring: Ring) => Promise<void>,
    private readonly concurrency: number,
    private readonly onError: (error: Error) => void,
  ) {}

  take(ring: Ring): void {
    if (this.stopped) return;
    this.waiting.set(nameOf(ring), ring);
    this.next();
  }

  /** Takes nothing more, and waits for what is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.waiting.clear();
    await Promise.allSettled(this.busy.values());
  }

  private next(): void {
    for (const [name, ring] of this.waiting) {
      if (this.busy.size >= this.concurrency) return;
      if (this.busy.has(name)) continue;
      this.waiting.delete(name);
      const work = this.answer(ring)
        .catch(this.onError)
        .finally(() => {
          this.busy.delete(name);
          this.next();
        });
      this.busy.set(name, work);
    }
  }
}
