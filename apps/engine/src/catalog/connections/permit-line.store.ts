import { priorities, type Priority } from '../flows/priority.js';
import type { Answer, Ask } from './gate.store.js';

/** What somebody who asked for calls gets. */
export interface Granted {
  /** Calls that may be made; each is given back when it ended. */
  count: number;
  /** Above zero: the connection rests. */
  restMs: number;
  /** Why there are none. */
  why: string;
  probe: boolean;
}

interface Waiter {
  wanted: number;
  priority: Priority;
  /** Milliseconds of the monotonic clock. */
  until: number;
  resolve(granted: Granted): void;
  reject(error: unknown): void;
}

const takenMs = 100;
const restKnownMs = 1_000;
/** So long after somebody went away without a call, others are asked before they bring work. */
const tightMs = 2_000;
const tellWithinMs = 25;
const taken = 'all its calls are taken';
const noRest = { knownUntil: 0, until: 0, why: '' };

/**
 * The calls of one connection in this process. Whoever wants calls waits here in a row; one statement at a time carries what all of them
 * want, and what ended since, to the gate that all processes share.
 */
export class PermitLine {
  private running = 0;
  private requestsOver = 0;
  private waiters: Waiter[] = [];
  /** A rest as it was told, believed until `knownUntil`. */
  private rest = noRest;
  private tightUntil = 0;
  private untold = false;
  private pumping = false;
  /** Something happened since the last statement was sent. */
  private stirred = false;
  private closed = false;
  private wake: (() => void) | undefined;
  private timer: NodeJS.Timeout | undefined;

  /** `exchange` asks the gate; `leaseMs` is how long the gate remembers a process that says nothing. */
  constructor(
    private readonly exchange: (ask: Ask) => Promise<Answer>,
    private readonly leaseMs: number,
    private readonly onTrouble: (error: unknown) => void,
  ) {}

  /** At least one call if there is one within `patienceMs`, at most `wanted`. At once with none when the connection rests. */
  take(wanted: number, priority: Priority, patienceMs: number): Promise<Granted> {
    const now = performance.now();
    if (this.rest.knownUntil > now)
      return Promise.resolve({ count: 0, restMs: Math.ceil(this.rest.until - now), why: this.rest.why, probe: false });
    return new Promise((resolve, reject) => {
      this.waiters.push({ wanted, priority, until: now + patienceMs, resolve, reject });
      this.stir();
    });
  }

  /** Calls that ended, or were not needed, and how many requests they made. */
  give(calls: number, requests: number): void {
    this.running -= calls;
    this.requestsOver += requests - calls;
    this.untold = true;
    if (this.waiters.length > 0) this.stir();
    else this.later(tellWithinMs);
  }

  /** Milliseconds for which nobody is called, as far as this process knows without asking; 0 when it knows of no rest. */
  restingMs(): number {
    const now = performance.now();
    return this.rest.knownUntil > now ? Math.ceil(this.rest.until - now) : 0;
  }

  /** A rest that somebody heard of elsewhere. */
  heard(restMs: number, why: string): void {
    const now = performance.now();
    if (restMs > 0) this.rest = { knownUntil: now + Math.min(restKnownMs, restMs), until: now + restMs, why };
  }

  /** Did somebody go away without a call lately, because others had all of them? */
  get tight(): boolean {
    return this.tightUntil > performance.now();
  }

  /** The gate may have changed: what is known of a rest is asked again. */
  forget(): void {
    this.rest = noRest;
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.wake?.();
  }

  private stir(): void {
    this.stirred = true;
    this.wake?.();
    if (!this.pumping) void this.pump();
  }

  /** Tells the gate after a while what ended, and that this process lives while calls are under way. */
  private later(ms: number): void {
    clearTimeout(this.timer);
    if (!this.closed) this.timer = setTimeout(() => this.stir(), ms).unref();
  }

  private async pump(): Promise<void> {
    this.pumping = true;
    let tellMs = tellWithinMs;
    try {
      do {
        const againMs = await this.round();
        this.dismissLate();
        if (this.waiters.length > 0 && !this.stirred && !this.closed) await this.pausing(againMs);
      } while (this.waiters.length > 0 && !this.closed);
    } catch (error) {
      for (const waiter of this.waiters.splice(0)) waiter.reject(error);
      this.untold = true;
      tellMs = restKnownMs;
      this.onTrouble(error);
    } finally {
      this.pumping = false;
      if (this.untold) this.later(tellMs);
      else if (this.running > 0) this.later(this.leaseMs / 4);
    }
  }

  /** One statement. Returns after how many milliseconds it is worth asking again. */
  private async round(): Promise<number> {
    const wanted = priorities.map((priority) => sum(this.waiters.filter((one) => one.priority === priority))) as unknown as Ask['wanted'];
    const { running, requestsOver } = this;
    this.requestsOver = 0;
    this.untold = false;
    this.stirred = false;
    const answer = await this.exchange({ running, requestsOver, wanted }).catch((error: unknown) => {
      this.requestsOver += requestsOver;
      throw error;
    });
    this.running += sum(answer.granted.map((count) => ({ wanted: count })));
    if (answer.restMs > 0) {
      this.heard(answer.restMs, answer.why);
      for (const waiter of this.waiters.splice(0)) waiter.resolve({ count: 0, restMs: answer.restMs, why: answer.why, probe: false });
      return 0;
    }
    const left = [...answer.granted];
    for (const waiter of [...this.waiters]) {
      const row = priorities.indexOf(waiter.priority);
      const count = Math.min(waiter.wanted, left[row]!);
      if (count === 0) continue;
      left[row]! -= count;
      this.waiters.splice(this.waiters.indexOf(waiter), 1);
      waiter.resolve({ count, restMs: 0, why: '', probe: answer.probe });
    }
    return answer.againMs > 0 ? Math.min(answer.againMs, takenMs) : takenMs;
  }

  private dismissLate(): void {
    const now = performance.now();
    for (const waiter of this.waiters.filter((one) => one.until <= now)) {
      this.waiters.splice(this.waiters.indexOf(waiter), 1);
      this.tightUntil = now + tightMs;
      waiter.resolve({ count: 0, restMs: 0, why: taken, probe: false });
    }
  }

  /** Until it is worth asking again, or a call ended here, or somebody's patience does. */
  private pausing(ms: number): Promise<void> {
    const patience = Math.min(...this.waiters.map((one) => one.until)) - performance.now();
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.wake?.(), Math.max(1, Math.min(ms, patience)));
      this.wake = () => {
        clearTimeout(timer);
        this.wake = undefined;
        resolve();
      };
    });
  }
}

const sum = (all: readonly { wanted: number }[]): number => all.reduce((total, one) => total + one.wanted, 0);
