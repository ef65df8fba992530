import { Inject, Injectable } from '@nestjs/common';
import { legalEntityOf, type ControlVersion } from '../../catalog/index.js';
import { AuditStore } from '../../governance/index.js';
import { Database, within, type Row, type Scope, type Sql } from '../../platform/database/index.js';
import { decodeCursor, page, type Actor } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { Problem } from '../../platform/problems/index.js';
import { monthOf } from './period.js';

/** Daily tries of one period; then it waits for the next day or for a person. */
const triesADay = 3;
const interruptedAfterMinutes = 5;
/** Runs without a checkpoint, with their gaps. */
export const keptDays = 400;

/** Somebody else ended it: its process had been silent for too long. */
export const givenUp = (id: string): Error => new Error(`the run ${id} was given up`);

export interface RunRecord {
  id: string;
  control: string;
  period: string;
}

/** Runs of controls: begun once, ended once, kept as they ended. */
@Injectable()
export class ControlRunStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
  ) {}

  /** A run that a person asks for. Of one control one runs at a time. */
  async begin(control: ControlVersion, period: string, actor: Actor): Promise<RunRecord> {
    return this.db.transaction(async (tx) => {
      const { starts, ends } = monthOf(period);
      const [begun] = await tx.query('select 1 as one where (now() at time zone $2)::date >= $1::date', [starts, control.definition.daily.timeZone]);
      if (!begun)
        throw new Problem('REQUEST_INVALID', `${period} has not begun.`, { path: '/period', remedy: 'Give this month or one before it.' });
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 17))', [control.name]);
      const [running] = await tx.query<{ id: string }>("select id from control_run where control = $1 and state = 'running'", [control.name]);
      if (running) throw new Problem('CONTROL_RUNNING', `The run ${running.id} of ${control.name} has not ended.`);
      const id = newId('ctr');
      await tx.query(
        `insert into control_run (id, control, version, period, starts, ends, legal_entities, day, kind, started_by, started_by_id)
         values ($1,$2,$3,$4,$5,$6,$7,(now() at time zone $8)::date,'demand',$9,$10)`,
        [id, control.name, control.version, period, starts, ends, [legalEntityOf(control.definition)], control.definition.daily.timeZone, actor.name, actor.id],
      );
      await this.audit.record(tx, actor, {
        action: 'control.run',
        object: { kind: 'control-run', id },
        summary: `${actor.name} ran the control ${control.name} over ${period}`,
      });
      return { id, control: control.name, period };
    });
  } // prettier-ignore

  /** A run of the schedule. Undefined when the day has one, when one is under way, or when the day's tries are used up. */
  async beginDaily(control: ControlVersion, period: string, day: string): Promise<RunRecord | undefined> {
    const id = newId('ctr');
    const { starts, ends } = monthOf(period);
    const begun = await this.db.query(
      `insert into control_run (id, control, version, period, starts, ends, legal_entities, day, kind, started_by, started_by_id)
       select $1,$2,$3,$4,$5,$6,$7,$8,'daily','schedule','engine' where not exists (select 1 from control_run where control = $2 and state = 'running')
         and (select count(*) from control_run where control = $2 and period = $4 and day = $8 and kind = 'daily') < ${triesADay}
       on conflict (control, period, day) where kind = 'daily' and state <> 'failed' do nothing returning id`,
      [id, control.name, control.version, period, starts, ends, [legalEntityOf(control.definition)], day],
    );
    return begun.length > 0 ? { id, control: control.name, period } : undefined;
  }

  /** The day of each control's own time zone, where the time of its daily run has come. */
  async dueToday(): Promise<{ control: string; day: string }[]> {
    return this.db.query<{ control: string; day: string }>(
      `select c.name as control, local.at::date::text as day from control c join control_version v on v.control = c.name and v.version = c.active
       cross join lateral (select now() at time zone (v.definition -> 'daily' ->> 'timeZone') as at) local
       where c.state = 'on' and local.at::time >= (v.definition -> 'daily' ->> 'at')::time order by c.name`,
    );
  }

  async touch(id: string): Promise<void> {
    const alive = await this.db.query("update control_run set touched_at = now() where id = $1 and state = 'running' returning id", [id]);
    if (alive.length === 0) throw givenUp(id);
  }

  /** False when it had ended already. A run that failed has no gaps: those that were written are taken back with its end. */
  async fail(id: string, error: string): Promise<boolean> {
    const rows = await this.db.query(
      `with failed as (update control_run set state = 'failed', ended_at = now(), error = $2 where id = $1 and state = 'running' returning id),
       gone as (delete from gap g using failed f where g.run_id = f.id) select id from failed`,
      [id, error.slice(0, 2000)],
    );
    return rows.length > 0;
  }

  /** Runs whose process went away. The schedule tries again. */
  async endAbandoned(): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `with failed as (update control_run set state = 'failed', ended_at = now(), error = 'Interrupted: the process that ran it went away.'
         where state = 'running' and touched_at < now() - interval '${interruptedAfterMinutes} minutes' returning id),
       gone as (delete from gap g using failed f where g.run_id = f.id) select id from failed`,
    );
    return rows.map(({ id }) => id);
  }

  async forgetOld(): Promise<void> {
    const old = `select id from control_run r where r.started_at < now() - interval '${keptDays} days' and not exists (select 1 from checkpoint c where c.run_id = r.id) limit 50`;
    const ids = (await this.db.query<{ id: string }>(old)).map(({ id }) => id);
    if (ids.length === 0) return;
    await this.db.transaction(async (tx) => {
      for (const table of ['control_row', 'control_usage_row', 'control_total', 'control_bar', 'control_quantity_total', 'control_quantity_bar', 'gap']) await tx.query(`delete from ${table} where run_id = any($1)`, [ids]);
      await tx.query('delete from control_run where id = any($1)', [ids]);
    });
  } // prettier-ignore

  async list(query: { control?: string | undefined; period?: string | undefined; limit?: number | undefined; cursor?: string | undefined }, scope: Scope) {
    const limit = query.limit ?? 50;
    const after = decodeCursor(query.cursor, ['instant', 'text']);
    const seen = within(scope, 'r.legal_entities', 3);
    const rows = await this.db.seenBy(scope).query<Row>(
      `${select} where ($1::text is null or r.control = $1) and ($2::text is null or r.period = $2) and ${seen.where}
       and ($5::timestamptz is null or (r.started_at, r.id) < ($5::timestamptz, $6::text)) order by r.started_at desc, r.id desc limit $7`,
      [query.control ?? null, query.period ?? null, ...seen.values, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    const { items, next } = page(rows, limit, (row) => [row['at_text'] as string, row['id'] as string]);
    return { items: items.map(shape), next };
  } // prettier-ignore

  /** The newest run of each day and control. */
  async board(days: number, scope: Scope) {
    const seen = within(scope, 'r.legal_entities', 2);
    const rows = await this.db.seenBy(scope).query<Row>(
      `select distinct on (r.control, r.day, r.period) * from (${select} where r.day > (now() - $1 * interval '1 day')::date and ${seen.where}) r
       order by r.control, r.day, r.period, r.started_at desc limit 10000`,
      [days, ...seen.values],
    );
    return rows.map(shape);
  }

  async find(id: string, scope: Scope) {
    const db = this.db.seenBy(scope);
    const seen = within(scope, 'r.legal_entities', 2);
    const [row] = await db.query<Row>(`${select} where r.id = $1 and ${seen.where}`, [id, ...seen.values]);
    if (!row) throw new Problem('NOT_FOUND', `There is no run ${id} of a control.`);
    const totals = await db.query<Row>('select *, erp - billing as difference from control_total where run_id = $1 order by legal_entity, currency', [id]); // prettier-ignore
    const bars = await db.query<Row>('select * from control_bar where run_id = $1 order by legal_entity, currency, kind', [id]);
    return {
      ...shape(row),
      totals: totals.map((one) => ({
        legalEntity: one['legal_entity'] as string,
        currency: one['currency'] as string,
        billingRows: one['billing_rows'] as number,
        erpRows: one['erp_rows'] as number,
        billing: one['billing'] as string,
        erp: one['erp'] as string,
        difference: one['difference'] as string,
        billingTax: one['billing_tax'] as string,
        erpTax: one['erp_tax'] as string,
      })),
      bars: bars.map((one) => ({
        legalEntity: one['legal_entity'] as string,
        currency: one['currency'] as string,
        kind: one['kind'] as string,
        gaps: one['gaps'] as number,
        amount: one['amount'] as string,
      })),
      ...(await this.quantities(id, db)),
    };
  }

  /** Sums of a control of usage, each in the unit of its meter. */
  private async quantities(id: string, db: Sql) {
    const totals = await db.query<Row>('select *, trim_scale(ledger)::text as ledger_text, trim_scale(billing)::text as billing_text, trim_scale(billing - ledger)::text as difference from control_quantity_total where run_id = $1 order by legal_entity, meter', [id]); // prettier-ignore
    const bars = await db.query<Row>('select *, trim_scale(quantity)::text as quantity_text from control_quantity_bar where run_id = $1 order by legal_entity, meter, kind', [id]); // prettier-ignore
    return {
      quantities: totals.map((one) => ({
        legalEntity: one['legal_entity'] as string,
        meter: one['meter'] as string,
        unit: one['unit'] as string | null,
        summaries: one['summaries'] as number,
        countedDays: one['counted_days'] as number,
        ledger: one['ledger_text'] as string,
        billing: one['billing_text'] as string,
        difference: one['difference'] as string,
      })),
      quantityBars: bars.map((one) => ({
        legalEntity: one['legal_entity'] as string,
        meter: one['meter'] as string,
        kind: one['kind'] as string,
        gaps: one['gaps'] as number,
        quantity: one['quantity_text'] as string,
      })),
    };
  }
}

const select = `select r.*, to_char(r.started_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at_text, r.day::text as day_text, r.starts::text as starts_text, r.ends::text as ends_text from control_run r`;
const instant = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);

const shape = (row: Row) => ({
  id: row['id'] as string,
  control: row['control'] as string,
  version: row['version'] as number,
  period: row['period'] as string,
  starts: row['starts_text'] as string,
  ends: row['ends_text'] as string,
  day: row['day_text'] as string,
  legalEntity: (row['legal_entities'] as string[])[0] ?? '',
  kind: row['kind'] as string,
  state: row['state'] as string,
  startedBy: row['started_by'] as string,
  startedAt: instant(row['started_at'])!,
  endedAt: instant(row['ended_at']),
  erpCutOff: instant(row['erp_cut_off']),
  billingCutOff: instant(row['billing_cut_off']),
  ledgerCutOff: instant(row['ledger_cut_off']),
  matched: row['matched'] as number,
  gaps: row['gaps'] as number,
  openGaps: row['open_gaps'] as number,
  drift: row['drift'] as number,
  gapsLeft: row['gaps_left'] as number,
  rowsKept: row['rows_kept'] as boolean,
  error: row['error'] as string | null,
});
export type ControlRun = ReturnType<typeof shape>;
