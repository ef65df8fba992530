/** Numbers that follow from a seed (mulberry32). */
export class Chance {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** 0 up to, without, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  happens(share: number): boolean {
    return this.next() < share;
  }

  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }
}

interface Event {
  at: number;
  order: number;
  run: () => void;
}

/** Virtual time: nothing waits, everything happens in the order of its time, one thing after the other. */
export class World {
  now = 0;
  private readonly events: Event[] = [];
  private count = 0;

  after(ms: number, run: () => void): void {
    const event = { at: this.now + Math.max(0, ms), order: this.count++, run };
    let at = this.events.length;
    this.events.push(event);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(event, this.events[parent]!)) break;
      this.events[at] = this.events[parent]!;
      at = parent;
    }
    this.events[at] = event;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((done) => this.after(ms, done));
  }

  /** Runs until `done` says so; false when the time is over first. */
  async run(until: number, done: () => boolean): Promise<boolean> {
    while (!done()) {
      const event = this.pop();
      if (!event || event.at > until) return false;
      this.now = event.at;
      event.run();
      // Whatever the event woke runs to its next wait.
      for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
    }
    return true;
  }

  private pop(): Event | undefined {
    const first = this.events[0];
    const last = this.events.pop();
    if (!first || !last || first === last) return first;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= this.events.length) break;
      const child = left + 1 < this.events.length && before(this.events[left + 1]!, this.events[left]!) ? left + 1 : left;
      if (!before(this.events[child]!, last)) break;
      this.events[at] = this.events[child]!;
      at = child;
    }
    this.events[at] = last;
    return first;
  }
}

const before = (a: Event, b: Event): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
