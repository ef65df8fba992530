/** A bound on a whole run, by a clock that nobody sets. */
export class Deadline {
  private readonly endsAt: number;

  constructor(
    readonly minutes: number,
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    this.endsAt = nowMs() + minutes * 60_000;
  }

  get leftMs(): number {
    return Math.max(0, this.endsAt - this.nowMs());
  }

  get isOver(): boolean {
    return this.leftMs === 0;
  }

  get sentence(): string {
    return `the ${this.minutes} minutes of this run were over`;
  }
}

export class TimeOver extends Error {}

/** The work's end, or `TimeOver` with the sentence. The work itself is not ended by it: whoever asks closes what it works with. */
export async function within<T>(ms: number, sentence: string, work: Promise<T>): Promise<T> {
  let clock: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, fail) => {
    clock = setTimeout(() => fail(new TimeOver(sentence)), ms);
  });
  work.catch(() => undefined); // it may fail after its time, when nobody waits for it any more
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(clock);
  }
}
