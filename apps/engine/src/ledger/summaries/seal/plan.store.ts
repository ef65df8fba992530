import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../../config/index.js';
import { Database, type Row } from '../../../platform/database/index.js';
import { Problem } from '../../../platform/problems/index.js';
import { SETTINGS } from '../../../platform/tokens.js';
import type { MeterVersion } from '../meters/meters.store.js';
import { kindOfPeriod, periodEnds, periodStarts } from '../rollup/reading.js';
import { askMany } from './ask.store.js';
import { accountsTable, wholes } from './paying.js';
import { differences, firstTime, wholeOf, type Part, type Planned, type Told, type Whole } from './planned.js';

/** What sealing a period of a meter would fix: nothing is written here. */
export interface SealPlan {
  meter: MeterVersion;
  period: string;
  starts: string;
  ends: string;
  roll: string;
  summaries: Planned[];
  adjustments: Planned[];
  /** Events of the period that nobody is known to pay for; they follow as adjustments when somebody is. */
  unattributed: number;
  unreadable: number;
}

interface Bounds {
  starts: Date;
  ends: Date;
  over: boolean;
  rolled: string;
  behind: boolean;
}

interface SealRow {
  period: string;
  version: string;
  starts: Date;
  ends: Date;
}

/** Works out what a seal would make: the summaries of its period, and what came too late for those before. */
@Injectable()
export class SealPlans {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'usageLate'>,
  ) {}

  async plan(meter: MeterVersion, period: string): Promise<SealPlan> {
    const { starts, ends, over, rolled, behind } = await this.bounds(meter, period);
    const told = `The period ${period} of the meter ${meter.meter}`;
    if (!over) throw new Problem('PERIOD_NOT_OVER', `${told} ends at ${ends.toISOString()}.`, { path: '/period' });
    const [sealed] = await this.db.query<{ id: string }>('select id from usage_seal where meter = $1 and period = $2', [meter.meter, period]); // prettier-ignore
    if (sealed) throw new Problem('PERIOD_SEALED', `${told} was sealed as ${sealed.id}.`, { path: '/period' });
    if (behind) throw new Problem('METER_BEHIND', `The meter ${meter.meter} has not counted everything yet.`);
    const now = await this.wholes(meter.id, starts, ends);
    const into = { period, starts: starts.toISOString(), ends: ends.toISOString() };
    const [rest] = await askMany<{ unattributed: string; unreadable: number }>(
      this.db,
      `with ${wholes(inSpan)} select (select coalesce(sum(events), 0) from paid where customer is null)::text as unattributed,
         (select count(*)::int from usage_unreadable where version = $1 and starts >= $2 and starts < $3) as unreadable`,
      [meter.id, starts, ends],
    );
    return {
      meter,
      ...into,
      roll: now[0]?.roll ?? rolled,
      summaries: firstTime(now),
      adjustments: await this.adjustments(meter, into),
      unattributed: Number(rest!.unattributed),
      unreadable: rest!.unreadable,
    };
  }

  /** What is late for every sealed period of a meter, as a seal of `into` would bill it. */
  async adjustments(meter: MeterVersion, into: { period: string; starts: string; ends: string }): Promise<Planned[]> {
    const policy = meter.definition.late ?? this.settings.usageLate;
    const found: Planned[] = [];
    for (const seal of await this.changedSince(meter.meter)) {
      const now = await this.wholes(seal.version, seal.starts, seal.ends);
      found.push(...differences(now, await this.told(meter.meter, seal.period), { ...into, policy }));
    }
    return found;
  }

  private async bounds(meter: MeterVersion, period: string): Promise<Bounds> {
    const { every } = meter.definition.period;
    if (kindOfPeriod(period) !== every)
      throw new Problem('REQUEST_INVALID', `The meter ${meter.meter} has periods of a ${every}; ${period} is none of them.`, {
        path: '/period',
        remedy: every === 'month' ? 'Write it as 2026-10.' : 'Write it as 2026-10-03.',
      });
    const [bounds] = await this.db.query<Bounds>(
      `select *, ends <= now() as over from (select ${periodStarts('$2::text')} as starts, ${periodEnds('$2::text')} as ends, v.rolled, v.rolled < r.roll as behind
         from usage_meter_version v, usage_rollup r where v.id = $1) b`,
      [meter.id, period],
    );
    return bounds!;
  }

  /** In one statement, so that buckets and the roll that they stand at belong together. */
  private async wholes(version: string, starts: Date, ends: Date): Promise<Whole[]> {
    const rows = await askMany<Row>(
      this.db,
      `with ${wholes(inSpan)} select w.*, trim_scale(w.quantity)::text as quantity_text, p.parts from whole w join parts p using (version, period, grain_key)
       order by w.customer collate "C", w.grain_key`,
      [version, starts, ends],
    );
    return rows.map(wholeOf);
  }

  /** Seals whose buckets were touched after them, or whose accounts were: the others have nothing new to tell. */
  private changedSince(meter: string): Promise<SealRow[]> {
    return this.db.query<SealRow>(
      `select z.period, z.version, z.starts, z.ends from usage_seal z
       cross join lateral (select coalesce(max(s.roll), 0) as roll, max(s.sealed_at) as at from usage_summary s where s.meter = z.meter and s.used_in = z.period) last
       where z.meter = $1 and (z.unattributed > 0
         or exists (select 1 from usage_bucket b where b.version = z.version and b.starts >= z.starts and b.starts < z.ends and b.roll > greatest(z.roll, last.roll))
         or exists (select 1 from table_row t where t.table_name = '${accountsTable}' and t.created_at > coalesce(last.at, z.sealed_at)))
       order by z.starts`,
      [meter],
    );
  }

  /** The newest summary of each payer of a sealed period. */
  private async told(meter: string, period: string): Promise<Told[]> {
    const rows = await this.db.query<Row>(
      `select distinct on (s.grain_key) s.*, v.version as meter_version, v.definition, s.used_in as period, z.starts, z.ends, s.whole_events::text as events,
         trim_scale(s.whole)::text as quantity_text, coalesce((select jsonb_agg(jsonb_build_object('subject', p.subject, 'starts', p.starts, 'ends', p.ends)) from usage_summary_part p where p.summary = s.id), '[]') as parts,
         s.version::text as version
       from usage_summary s join usage_meter_version v on v.id = s.version join usage_seal z on z.meter = s.meter and z.period = s.used_in
       where s.meter = $1 and s.used_in = $2 order by s.grain_key, s.roll desc, s.sealed_at desc`,
      [meter, period],
    );
    return rows.map((row) => ({ ...wholeOf(row), id: row['id'] as string, parts: row['parts'] as Part[] }));
  }
}

const inSpan = { versions: 'v.id = $1', buckets: 'b.starts >= $2 and b.starts < $3' };
