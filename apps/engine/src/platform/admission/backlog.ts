export interface BacklogOptions {
  /** Counted at most up to the limit. Throws when it cannot be counted. */
  count(most: number): Promise<number>;
  most: number;
  /** Milliseconds on a clock that never goes back. */
  now(): number;
}

const freshMs = 1_000;
/** A measurement older than this says nothing about now. */
const staleMs = 5_000;

/** How much work waits, measured once a second while somebody asks. What is counted is what nobody has begun. */
export class Backlog {
  private counted = 0;
  private at = -Infinity;
  private counting: Promise<void> | undefined;

  constructor(private readonly options: BacklogOptions) {}

  get size(): number {
    return this.counted;
  }

  /** Is there room for more? Answers from the last measurement, and waits for a new one only when that is stale. */
  async hasRoom(): Promise<boolean> {
    const age = this.options.now() - this.at;
    if (age > freshMs) this.counting ??= this.count().finally(() => (this.counting = undefined));
    if (age > staleMs) await this.counting;
    return this.counted < this.options.most;
  }

  /** What cannot be counted now is taken to be as it was: whether the database takes more, storing will show. */
  private async count(): Promise<void> {
    const started = this.options.now();
    const counted = await this.options.count(this.options.most).catch(() => this.counted);
    this.counted = counted;
    this.at = started;
  }
}
