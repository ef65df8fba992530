import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../../config/index.js';
import { Database, seesEverything, type Scope } from '../../../platform/database/index.js';
import { engineActor, type Actor } from '../../../platform/http/index.js';
import { isProblem, Problem } from '../../../platform/problems/index.js';
import type { Logger } from '../../../platform/telemetry/index.js';
import { LOGGER, SETTINGS } from '../../../platform/tokens.js';
import { MeterStore, type MeterVersion } from '../meters/meters.store.js';
import { kindOfPeriod, periodEnds, periodOf } from '../rollup/reading.js';
import { RollUp } from '../rollup/rollup.store.js';
import { SealPlans, type SealPlan } from './plan.store.js';
import { preview, type Planned } from './planned.js';
import { Seals } from './seal.store.js';

const shownMax = 200;
/** So many periods are sealed by one turn of the scheduler. */
const dueMax = 20;

/** Periods as people and the calendar seal them. */
@Injectable()
export class PeriodSealing {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(MeterStore) private readonly meters: MeterStore,
    @Inject(RollUp) private readonly rollUp: RollUp,
    @Inject(SealPlans) private readonly plans: SealPlans,
    @Inject(Seals) private readonly seals: Seals,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'usageSealAfterMs'>,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** One meter, or all that have periods of this kind. What is committed by now is counted first. */
  async seal(input: { period: string; meter?: string | undefined; dryRun: boolean; reason?: string | undefined }, scope: Scope, actor: Actor) {
    if (!input.dryRun && !seesEverything(scope))
      throw new Problem('FORBIDDEN', 'A period is sealed for every legal entity at once.', { remedy: 'Ask somebody who sees them all.' });
    const kind = kindOfPeriod(input.period);
    if (kind === undefined)
      throw new Problem('REQUEST_INVALID', `${input.period} is no period.`, { path: '/period', remedy: 'Write a month as 2026-10, a day as 2026-10-03.' }); // prettier-ignore
    const meters = input.meter === undefined ? await this.openMeters(input.period, kind) : [await this.activeMeter(input.meter)];
    if (meters.length === 0) throw new Problem('PERIOD_SEALED', `No meter has ${input.period} as a period that is not sealed.`, { path: '/period' });
    await this.rollUp.runAll();
    const items = [];
    for (const meter of meters) {
      const { sealed, plan } = input.dryRun
        ? { sealed: null, plan: await this.plans.plan(meter, input.period) }
        : await this.seals.seal(meter, input.period, input.reason, actor);
      items.push(await this.shape(plan, sealed?.id ?? null, scope));
    }
    return { dryRun: input.dryRun, items };
  } // prettier-ignore

  /** What came too late and waits for the next seal of its meter, with the documents that it touches. */
  async pending(meter: string | undefined, scope: Scope) {
    const found = [];
    for (const one of (await this.meters.active()).filter(({ meter: name }) => meter === undefined || name === meter)) {
      const into = { period: 'next', starts: new Date(0).toISOString(), ends: new Date(0).toISOString() };
      found.push(...(await this.plans.adjustments(one, into)).map((planned) => ({ ...planned, starts: planned.whole.starts, ends: planned.whole.ends })));
    }
    const items = await this.withDocuments(found.filter((planned) => seenBy(scope, planned)).slice(0, shownMax), scope);
    return { items, next: null };
  } // prettier-ignore

  /** Seals what has been over for as long as its meter, or the installation, wants to wait for late usage. */
  async sealDue(leads: () => boolean): Promise<number> {
    let sealed = 0;
    for (const meter of await this.meters.active()) {
      const waits = meter.definition.sealAfterMs ?? this.settings.usageSealAfterMs;
      if (waits === undefined) continue;
      for (const period of await this.duePeriods(meter, waits)) {
        if (!leads() || sealed === dueMax) return sealed;
        try {
          await this.seals.seal(meter, period, `${waits / 3_600_000} hours after its end`, engineActor);
          sealed += 1;
        } catch (error) {
          // The next meter is not kept waiting; what is wrong with this one shows in the control, and is tried again.
          if (!isProblem(error)) throw error;
          this.log.warn({ event: 'usage-seal-waits', meter: meter.meter, period, code: error.code, error: error.message });
          break;
        }
      }
    }
    return sealed;
  }

  /** Oldest first. */
  private async duePeriods(meter: MeterVersion, waitMs: number): Promise<string[]> {
    const rows = await this.db.query<{ period: string }>(
      `select period from (select distinct ${periodOf('b.starts')} as period, v.every, v.zone, v.starts_on from usage_bucket b join usage_meter_version v on v.id = b.version
         where b.version = $1 and not exists (select 1 from usage_seal z where z.meter = v.meter and b.starts >= z.starts and b.starts < z.ends)) v
       where ${periodEnds('period')} + $2 * interval '1 millisecond' <= now() order by period limit ${dueMax}`,
      [meter.id, waitMs],
    );
    return rows.map(({ period }) => period);
  }

  private async activeMeter(name: string): Promise<MeterVersion> {
    const meter = await this.meters.find(name);
    if (!meter.active) throw new Problem('NOT_FOUND', `No version of the meter ${name} is active.`, { remedy: 'Activate one first.' });
    return meter;
  }

  private async openMeters(period: string, kind: 'month' | 'day'): Promise<MeterVersion[]> {
    const sealed = new Set((await this.seals.list({ period })).map((seal) => seal.meter));
    return (await this.meters.active()).filter((one) => one.definition.period.every === kind && !sealed.has(one.meter));
  }

  private async shape(plan: SealPlan, seal: string | null, scope: Scope) {
    const shown = (all: readonly Planned[]) => all.filter((planned) => seenBy(scope, planned)).slice(0, shownMax);
    return {
      seal,
      meter: plan.meter.meter,
      meterVersion: plan.meter.version,
      period: plan.period,
      from: plan.starts,
      to: plan.ends,
      roll: plan.roll,
      summaries: plan.summaries.length,
      unattributed: plan.unattributed,
      unreadable: plan.unreadable,
      items: shown(plan.summaries).map((planned) => preview(planned, plan.roll)),
      adjustments: await this.withDocuments(shown(plan.adjustments), scope),
    };
  }

  private async withDocuments(planned: readonly Planned[], scope: Scope) {
    const touched = await this.seals.documents(planned.flatMap(({ adjusts }) => adjusts?.id ?? []), scope); // prettier-ignore
    return planned.map((one) => ({
      ...preview(one, one.whole.roll),
      documents: touched.flatMap(({ asked, ...document }) => (asked === one.adjusts?.id ? [document] : [])),
    }));
  }
}

/** A person of some legal entities is shown theirs; what a seal does is whole. */
function seenBy({ entities, unassigned }: Scope, { whole }: Planned): boolean {
  return whole.legalEntity === null ? unassigned : entities === null || entities.includes(whole.legalEntity);
}
