import { Inject, Injectable } from '@nestjs/common';
import { ControlStore, isOfUsage, type ControlVersion, type UsageControl } from '../../catalog/index.js';
import { failPoint } from '../../platform/failpoints/index.js';
import type { Actor } from '../../platform/http/index.js';
import type { Logger } from '../../platform/telemetry/index.js';
import { LOGGER } from '../../platform/tokens.js';
import { gapsMax } from './findings.store.js';
import { Judging } from './judging.store.js';
import { monthsUntil } from './period.js';
import { ControlRunStore, type RunRecord } from './runs.store.js';
import { rowsMax, SnapshotStore, type RunLimits, type RunOf } from './snapshot.store.js';
import { UsageJudging } from './usage/judging.store.js';
import { UsageSnapshotStore } from './usage/snapshot.store.js';

/** Runs controls: each day by itself, and when somebody asks. */
@Injectable()
export class ControlRunner {
  private readonly stopping = new AbortController();
  private readonly background = new Set<Promise<void>>();

  constructor(
    @Inject(ControlStore) private readonly controls: ControlStore,
    @Inject(ControlRunStore) private readonly runs: ControlRunStore,
    @Inject(SnapshotStore) private readonly snapshot: SnapshotStore,
    @Inject(Judging) private readonly judging: Judging,
    @Inject(UsageSnapshotStore) private readonly usageSnapshot: UsageSnapshotStore,
    @Inject(UsageJudging) private readonly usageJudging: UsageJudging,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Begins a run; it goes on in the background. */
  async start(control: ControlVersion, period: string, actor: Actor): Promise<RunRecord> {
    const run = await this.runs.begin(control, period, actor);
    const work = this.run(run, control);
    this.background.add(work);
    void work.finally(() => this.background.delete(work));
    return run;
  }

  /** What is due today, one after another: an ERP is not asked for two months at once. */
  async runDue(leads: () => boolean = () => true): Promise<void> {
    for (const id of await this.runs.endAbandoned()) this.log.warn({ event: 'control-run-abandoned', run: id });
    for (const { control: name, day } of await this.runs.dueToday()) {
      const control = await this.controls.find(name);
      for (const period of monthsUntil(day, control.definition.daily.months)) {
        if (this.stopping.signal.aborted || !leads()) return;
        const run = await this.runs.beginDaily(control, period, day);
        if (run) await this.run(run, control);
      }
    }
    await this.runs.forgetOld();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.allSettled(this.background);
  }

  /** Never throws: what went wrong stands in the run. Other limits are for tests of them. */
  async run(record: RunRecord, control: ControlVersion, limits: RunLimits = { rows: rowsMax, gaps: gapsMax }): Promise<void> {
    const { definition } = control;
    const run = { ...record, signal: this.stopping.signal, touch: () => this.runs.touch(record.id), limits };
    try {
      await (isOfUsage(definition) ? this.compareUsage({ ...run, definition }) : this.compareDocuments({ ...run, definition }));
      await failPoint('control.ended');
      await this.snapshot.forgetOlder(run);
    } catch (error) {
      this.log.warn({ event: 'control-run-failed', run: run.id, control: run.control, error: (error as Error).message });
      await this.end(run.id, error as Error);
    }
  }

  private async compareDocuments(run: RunOf): Promise<void> {
    const erp = await this.snapshot.loadErp(run);
    const billing = await this.snapshot.loadBilling(run);
    await this.snapshot.join(run);
    await failPoint('control.copied');
    await this.judging.judge(run, { erp, billing });
  }

  /** Billing is read before the ledger, so that whatever it counts was in the ledger before. */
  private async compareUsage(run: RunOf<UsageControl>): Promise<void> {
    const billing = await this.usageSnapshot.loadBilling(run);
    const ledger = await this.usageSnapshot.loadLedger(run);
    await failPoint('control.copied');
    await this.usageJudging.judge(run, { billing, ledger });
  }

  private async end(id: string, { message }: Error): Promise<void> {
    try {
      // A run that had ended before keeps what it found, and its copies.
      const failed = await this.runs.fail(id, this.stopping.signal.aborted ? 'Interrupted: the engine was stopped.' : message);
      if (failed) await this.snapshot.forget(id);
    } catch (error) {
      // The database is away; whoever schedules finds the run by its silence.
      this.log.warn({ event: 'control-run-not-ended', run: id, error: (error as Error).message });
    }
  }
}
