export interface GatheringOptions<Item> {
  doTogether: (items: Item[]) => Promise<void>;
  /** Is another item likely to come within the patience? Asked when the first of a lot has come. */
  moreComes: (waiting: number) => boolean;
  /** The patience. */
  pause: () => Promise<void>;
}

/**
 * Does together what comes in while the last lot is under way, and what comes within a short patience where more is to be expected: a lot costs
 * the same for one as for fifty. Each caller waits for the lot that holds its own item; a lot that fails fails for all of its callers.
 */
export class Gathering<Item> {
  private items: Item[] = [];
  private next: Promise<void> | undefined;
  private current: Promise<void> = Promise.resolve();

  constructor(private readonly options: GatheringOptions<Item>) {}

  add(item: Item): Promise<void> {
    this.items.push(item);
    this.next ??= this.afterCurrent();
    return this.next;
  }

  private async afterCurrent(): Promise<void> {
    await this.current.catch(() => undefined); // its own callers hear of it
    if (this.options.moreComes(this.items.length)) await this.options.pause();
    const items = this.items;
    this.items = [];
    const work = this.options.doTogether(items);
    this.current = work;
    this.next = undefined;
    await work;
  }
}
