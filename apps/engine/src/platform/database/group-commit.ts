/** What one caller brings, and how its promise ends. */
interface Waiting<I, O> {
  item: I;
  weight: number;
  done: (result: O) => void;
  failed: (error: unknown) => void;
}

export interface GroupCommitOptions<I, O> {
  /** Stores the items in one commit; returns one result for each, in their order. */
  store(items: readonly I[]): Promise<readonly O[]>;
  /** May the items of a failed commit be tried one by one? Not when the database is away: then each caller gets the error. */
  mayBeOneBadItem(error: unknown): boolean;
  itemsMax: number;
  /** What an item weighs, and how much one commit may carry, in the same unit; an item heavier than all goes alone. */
  weigh(item: I): number;
  weightMax: number;
  /** After so long a commit that still runs no longer holds the next one back: it may wait for a lock that concerns its own items only. */
  patienceMs: number;
  commitsMax: number;
  /** How long the next commit rests before it begins; asked for each. What comes meanwhile goes with it. */
  restMs?(): number;
}

/**
 * Callers at the same time share one commit. The first goes at once; whoever comes while a commit runs goes with the next. So an idle engine
 * adds no delay, and a busy one pays one flush of the disk for hundreds of callers.
 */
export class GroupCommit<I, O> {
  private readonly waiting: Waiting<I, O>[] = [];
  private running = 0;
  /** Commits that run and have not outlasted our patience. */
  private holding = 0;
  private resting: NodeJS.Timeout | undefined;

  constructor(private readonly options: GroupCommitOptions<I, O>) {}

  /** Resolves when the item is committed. */
  add(item: I): Promise<O> {
    return new Promise<O>((done, failed) => {
      this.waiting.push({ item, weight: this.options.weigh(item), done, failed });
      this.next();
    });
  }

  private next(): void {
    if (this.waiting.length === 0 || this.resting !== undefined || !this.hasRoom()) return;
    const rest = this.options.restMs?.() ?? 0;
    if (rest === 0) return void this.commit(this.take());
    this.resting = setTimeout(() => {
      this.resting = undefined;
      if (this.hasRoom()) void this.commit(this.take());
    }, rest);
  }

  private hasRoom(): boolean {
    return this.holding === 0 && this.running < this.options.commitsMax;
  }

  private take(): Waiting<I, O>[] {
    const { itemsMax, weightMax } = this.options;
    let count = 0;
    for (let weight = 0; count < Math.min(itemsMax, this.waiting.length); count += 1) {
      weight += this.waiting[count]!.weight;
      if (count > 0 && weight > weightMax) break;
    }
    return this.waiting.splice(0, count);
  }

  private async commit(group: Waiting<I, O>[]): Promise<void> {
    this.running += 1;
    this.holding += 1;
    let holds = true;
    const letGo = () => {
      if (!holds) return;
      holds = false;
      this.holding -= 1;
      this.next();
    };
    const patience = setTimeout(letGo, this.options.patienceMs);
    await this.store(group);
    clearTimeout(patience);
    this.running -= 1;
    if (holds) letGo();
    else this.next();
  }

  /** Never throws: each caller hears of its own item. */
  private async store(group: readonly Waiting<I, O>[]): Promise<void> {
    try {
      const results = await this.options.store(group.map(({ item }) => item));
      group.forEach(({ done }, index) => done(results[index]!));
    } catch (error) {
      if (group.length === 1 || !this.options.mayBeOneBadItem(error)) for (const { failed } of group) failed(error);
      else for (const one of group) await this.store([one]);
    }
  }
}
