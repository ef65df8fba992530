/**
 * Does together what comes in while the last lot is under way. Each caller waits for the lot that holds its own item; a lot that fails
 * fails for all of its callers.
 */
export class Gathering<Item> {
  private items: Item[] = [];
  private next: Promise<void> | undefined;
  private current: Promise<void> = Promise.resolve();

  constructor(private readonly doTogether: (items: Item[]) => Promise<void>) {}

  add(item: Item): Promise<void> {
    this.items.push(item);
    this.next ??= this.afterCurrent();
    return this.next;
  }

  private async afterCurrent(): Promise<void> {
    await this.current.catch(() => undefined); // its own callers hear of it
    const items = this.items;
    this.items = [];
    const work = this.doTogether(items);
    this.current = work;
    this.next = undefined;
    await work;
  }
}
