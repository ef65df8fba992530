import { randomUUID } from 'node:crypto';
import type { Sql } from './platform/database/index.js';
import type { Logger } from './platform/telemetry/index.js';

/** Asked before each piece of work. False for a process that stood still until its lease was over, before it asked again. */
export type Leads = () => boolean;

export interface SchedulerWork {
  sweep(leads: Leads): Promise<unknown>;
  unpackNew(): Promise<unknown>;
  pollDue(leads: Leads): Promise<void>;
  resumeRuns(): Promise<void>;
  /** Sign-in tries, sessions and links that are over for good. */
  forgetOld(): Promise<void>;
  /** Counts usage that was committed. */
  rollUp(leads: Leads): Promise<unknown>;
  /** Counts it again, from the events, and compares. True when nothing came in meanwhile, so that nobody is kept waiting by it. */
  controlUsage(leads: Leads): Promise<boolean>;
  /** Periods of usage that have been over for long enough. */
  sealUsage(leads: Leads): Promise<unknown>;
  /** Erasures that were asked for or confirmed. */
  erase(leads: Leads): Promise<void>;
  /** The months that usage events will soon be received in. */
  makeMonths(): Promise<void>;
  /** Releases on a share whose messages stop too often. */
  watchShares(leads: Leads): Promise<unknown>;
  /** When exceptions are due, after working hours or hours of categories changed. */
  recountDue(): Promise<void>;
  /** Replays that end by themselves when too many of their messages stop again. */
  watchReplays(): Promise<void>;
  /** What came in, with the releases in the shadow. True when there was nothing. */
  mapShadows(leads: Leads): Promise<boolean>;
  /** Controls whose daily run has come. */
  runControls(leads: Leads): Promise<unknown>;
  /** Synthetic checks whose time has come, and runs of them that are open. */
  runSynthetic(leads: Leads): Promise<void>;
  /** Looks by every alert rule. */
  lookForAlerts(leads: Leads): Promise<void>;
  /** Notices that are due. */
  sendAlerts(leads: Leads): Promise<void>;
}

const tickMs = 1_000;
const sweepEveryTicks = 3;
const forgetEveryTicks = 600;
const controlEveryTicks = 5;
const eraseEveryTicks = 5;
const restsTimes = { busy: 19, quiet: 1 };
const sealUsageEveryTicks = 60;
const monthsEveryTicks = 3_600;
const controlsEveryTicks = 30;
const alertsEveryTicks = 15;
const noticesEveryTicks = 3;
const sharesEveryTicks = 5;
const leaseSeconds = 10;
/** We stop believing in the lease so much before the database does. */
const marginMs = 1_000;

/** What one node does for all: sweeping and polling. Leadership is a row with an epoch and an end, by the database's clock; whoever holds it works. */
export class Scheduler {
  private readonly holder = randomUUID();
  private timer: NodeJS.Timeout | undefined;
  private ticks = 0;
  private leadsUntil = -Infinity;
  private stopped = false;
  private readonly running = new Set<string>();
  private readonly restsUntil = new Map<string, number>();

  constructor(
    private readonly db: Sql,
    private readonly work: SchedulerWork,
    private readonly log: Logger,
    /** Monotonic, and goes on while the process stands still. */
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.tick(), tickMs);
  }

  /** Work that asks whether it still leads ends with what it has in hand. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    for (let i = 0; i < 100 && this.running.size > 0; i += 1) await new Promise((done) => setTimeout(done, 50));
  }

  /** One beat: asks for the lead, and begins what is due. */
  async tick(): Promise<void> {
    this.ticks += 1;
    try {
      if (!(await this.lead())) return;
    } catch (error) {
      this.log.warn({ event: 'scheduler-waits', error: (error as Error).message });
      return;
    }
    this.once('poll', () => this.work.pollDue(this.leads));
    this.once('roll-up', () => this.work.rollUp(this.leads));
    if (this.ticks % controlEveryTicks === 0) this.gently('usage-control', () => this.work.controlUsage(this.leads));
    if (this.ticks % sealUsageEveryTicks === 0) this.once('usage-seal', () => this.work.sealUsage(this.leads));
    if (this.ticks % eraseEveryTicks === 0) this.once('erase', () => this.work.erase(this.leads));
    if (this.ticks % monthsEveryTicks === 1) this.once('months', () => this.work.makeMonths());
    this.gently('shadows', () => this.work.mapShadows(this.leads));
    if (this.ticks % sharesEveryTicks === 0) this.once('shares', () => this.work.watchShares(this.leads));
    this.once('synthetic', () => this.work.runSynthetic(this.leads));
    if (this.ticks % controlsEveryTicks === 0) this.once('controls', () => this.work.runControls(this.leads));
    if (this.ticks % alertsEveryTicks === 0) this.once('alerts', () => this.work.lookForAlerts(this.leads));
    if (this.ticks % noticesEveryTicks === 0) this.once('notices', () => this.work.sendAlerts(this.leads));
    if (this.ticks % forgetEveryTicks === 0) this.once('forget', () => this.work.forgetOld());
    if (this.ticks % sweepEveryTicks !== 0) return;
    this.once('sweep', () => this.work.sweep(this.leads));
    this.once('due', () => this.work.recountDue());
    this.once('replays', () => this.work.watchReplays());
    this.once('unpack', () => this.work.unpackNew());
    this.once('runs', () => this.work.resumeRuns());
  }

  /**
   * As `once`, for work that is never done: it takes a twentieth of the time at most, so that who writes is not kept waiting by who counts again, and
   * half of it when nobody writes.
   */
  private gently(name: string, work: () => Promise<boolean>): void {
    if (this.nowMs() < (this.restsUntil.get(name) ?? -Infinity)) return;
    this.once(name, async () => {
      const began = this.nowMs();
      let quiet = false;
      try {
        quiet = await work();
      } finally {
        const ended = this.nowMs();
        this.restsUntil.set(name, ended + (ended - began) * restsTimes[quiet ? 'quiet' : 'busy']);
      }
    });
  }

  /** Runs a piece of work unless its last run is still going. */
  private once(name: string, work: () => Promise<unknown>): void {
    if (this.running.has(name) || !this.leads()) return;
    this.running.add(name);
    work()
      .catch((error: unknown) => this.log.warn({ event: 'scheduler-failed', work: name, error: (error as Error).message }))
      .finally(() => this.running.delete(name));
  }

  private readonly leads: Leads = () => !this.stopped && this.nowMs() < this.leadsUntil;

  private async lead(): Promise<boolean> {
    const askedAt = this.nowMs();
    const rows = await this.db.query(
      `insert into leader (name, epoch, holder, until) values ('scheduler', 1, $1, now() + interval '${leaseSeconds} seconds')
       on conflict (name) do update set holder = excluded.holder, until = excluded.until, epoch = case when leader.holder = excluded.holder then leader.epoch else leader.epoch + 1 end
       where leader.holder = excluded.holder or leader.until < now() returning epoch`,
      [this.holder],
    );
    this.leadsUntil = rows.length > 0 ? askedAt + leaseSeconds * 1_000 - marginMs : -Infinity;
    return rows.length > 0;
  }
}
