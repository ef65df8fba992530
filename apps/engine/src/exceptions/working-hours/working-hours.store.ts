import { Inject, Injectable } from '@nestjs/common';
import { exceptionCategories, type ExceptionCategory } from '@waybill/sdk';
import { AuditStore } from '../../governance/index.js';
import { Database, type Row, type Scope, type Sql, type Tx } from '../../platform/database/index.js';
import type { Actor } from '../../platform/http/index.js';
import { Problem } from '../../platform/problems/index.js';
import { anyEntity, hoursProblems, inOrder, weekdays, type WorkingHours } from './hours.js';

export interface WorkingHoursRecord extends WorkingHours {
  legalEntity: string;
  version: number;
  changedAt: string;
  changedBy: string;
}

/** What a change did to exceptions that have not ended: so many were counted again, so many are still to be. */
export interface Recounted {
  recounted: number;
  left: number;
}

type Saving = WorkingHours & { expectedVersion?: number | undefined; reason?: string | undefined };

/** Rows of one statement, and statements that whoever made the change waits for; the scheduler counts the rest. */
const rowsAtOnce = 2_000;
const batchesAwaited = 5;
/** A change that was committed while an exception opened is seen so much later at the most. */
const lookAgainMs = 60_000;

/** Who sees an entity says how it works; what is for every entity is said by who sees them all. */
const maySay = ({ entities }: Scope, legalEntity: string): boolean =>
  entities === null || (legalEntity !== anyEntity && entities.includes(legalEntity));

/** When the clock of exceptions runs, by legal entity; and counts again what is due when that changes. */
@Injectable()
export class WorkingHoursStore {
  private settled = { version: 0, untilMs: 0 };

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
  ) {}

  /** Of what the caller sees, and what is for every legal entity, which comes first. */
  async all({ entities }: Scope): Promise<WorkingHoursRecord[]> {
    const rows = await this.db.query<Row>(`${select} where legal_entity = '${anyEntity}' or $1::text[] is null or legal_entity = any($1) order by legal_entity <> '${anyEntity}', legal_entity`, [entities]); // prettier-ignore
    return rows.map(shape);
  }

  async put(legalEntity: string, saving: Saving, scope: Scope, actor: Actor): Promise<WorkingHoursRecord & Recounted> {
    const { expectedVersion, reason, ...given } = saving;
    this.refuseWider(legalEntity, scope);
    const hours = inOrder(given);
    const problems = hoursProblems(given);
    if (problems.length > 0) throw new Problem('WORKING_HOURS_INVALID', `The working hours have ${problems.length} problem${problems.length === 1 ? '' : 's'}: ${problems[0]!.path} ${problems[0]!.detail}.`, { problems }); // prettier-ignore
    const saved = await this.db.transaction(async (tx) => {
      const before = await this.locked(tx, legalEntity, expectedVersion);
      await this.refuseForeignZone(tx, hours.timeZone);
      const [row] = await tx.query<Row>(
        `insert into working_hours as w (legal_entity, zone, weekdays, begins, ends, free_days, free_names, hours, changed_by, changed_by_id)
         values ($1,$2,$3,$4::text[]::time[],$5::text[]::time[],$6::text[]::date[],$7,$8,$9,$10)
         on conflict (legal_entity) do update set zone = excluded.zone, weekdays = excluded.weekdays, begins = excluded.begins, ends = excluded.ends, free_days = excluded.free_days,
           free_names = excluded.free_names, hours = excluded.hours, version = w.version + 1, changed_at = now(), changed_by = excluded.changed_by, changed_by_id = excluded.changed_by_id
         returning ${columns}`,
        [
          legalEntity,
          hours.timeZone,
          hours.shifts.map(({ day }) => weekdays.indexOf(day) + 1),
          hours.shifts.map(({ from }) => from),
          hours.shifts.map(({ to }) => to),
          hours.freeDays.map(({ day }) => day),
          hours.freeDays.map(({ name }) => name),
          JSON.stringify(hours.hours),
          actor.name,
          actor.id,
        ],
      );
      const after = shape(row!);
      await tellAll(tx);
      await this.audit.record(tx, actor, {
        action: before ? 'working-hours.changed' : 'working-hours.set',
        object: { kind: 'working-hours', id: legalEntity },
        summary: `${actor.name} ${before ? 'changed' : 'set'} the working hours of ${ofWhom(legalEntity)}`,
        before: before && contentOf(before),
        reason,
        after: contentOf(after),
      });
      return after;
    });
    return { ...saved, ...(await this.recountNow()) };
  }

  /** From then on its clock runs in the hours that are for every entity, or in plain hours. */
  async remove(legalEntity: string, scope: Scope, actor: Actor): Promise<Recounted> {
    this.refuseWider(legalEntity, scope);
    await this.db.transaction(async (tx) => {
      const before = await this.locked(tx, legalEntity);
      if (!before) throw new Problem('NOT_FOUND', `There are no working hours of ${ofWhom(legalEntity)}.`);
      await tx.query('delete from working_hours where legal_entity = $1', [legalEntity]);
      await tellAll(tx);
      await this.audit.record(tx, actor, {
        action: 'working-hours.removed',
        object: { kind: 'working-hours', id: legalEntity },
        summary: `${actor.name} removed the working hours of ${ofWhom(legalEntity)}`,
        before: contentOf(before),
      });
    });
    return this.recountNow();
  }

  /** The hours of each category as the settings have them; a process that starts with others is an act, with its entry. */
  async adopt(hours: Record<ExceptionCategory, number>, actor: Actor): Promise<void> {
    await this.db.transaction(async (tx) => {
      const rows = await tx.query<{ category: string; hours: number }>('select category, hours from exception_hours order by category for update');
      const before = Object.fromEntries(rows.map((row) => [row.category, row.hours]));
      const changed = exceptionCategories.filter((category) => before[category] !== hours[category]);
      if (changed.length === 0) return;
      await tx.query(
        'insert into exception_hours (category, hours) select * from unnest($1::text[], $2::int[]) on conflict (category) do update set hours = excluded.hours',
        [changed, changed.map((category) => hours[category])],
      );
      await tellAll(tx);
      const of = (values: Record<string, number | undefined>) => Object.fromEntries(changed.map((category) => [category, values[category] ?? null]));
      await this.audit.record(tx, actor, {
        action: 'exception-hours.changed',
        object: { kind: 'setting', id: 'WAYBILL_EXCEPTION_HOURS' },
        summary: `The hours of exceptions are others: ${changed.map((category) => `${category} ${hours[category]}`).join(', ')}`,
        before: of(before),
        after: of(hours),
      });
    });
  } // prettier-ignore

  /** What the scheduler does: counts what was not counted since the newest change, a batch at a time, until nothing is left. */
  async recountDue(): Promise<void> {
    const [clock] = await this.db.query<{ version: number }>('select version from exception_clock');
    const { version } = clock!;
    if (this.settled.version === version && performance.now() < this.settled.untilMs) return;
    while ((await this.recount()) === rowsAtOnce);
    this.settled = { version, untilMs: performance.now() + lookAgainMs };
  }

  private async recountNow(): Promise<Recounted> {
    let recounted = 0;
    for (let batch = 0; batch < batchesAwaited; batch += 1) {
      const n = await this.recount();
      recounted += n;
      if (n < rowsAtOnce) return { recounted, left: 0 };
    }
    const [row] = await this.db.query<{ n: number }>(`select count(*)::int as n from exception e where ${stale}`);
    return { recounted, left: row!.n };
  }

  private async recount(): Promise<number> {
    const [row] = await this.db.query<{ n: number }>(
      `with found as (select e.id, e.opened_at, e.category, e.held_entity from exception e where ${stale} limit ${rowsAtOnce} for update skip locked),
       counted as (update exception e set due_at = t.due, soon_at = t.soon, clock_version = c.version from exception_clock c, found f cross join lateral exception_due(f.opened_at, f.category, f.held_entity) t
         where e.id = f.id returning e.id)
       select count(*)::int as n from counted`,
    );
    return row!.n;
  }

  /** As it is, until the end of the transaction; whoever else changes it waits. */
  private async locked(tx: Tx, legalEntity: string, expectedVersion?: number): Promise<WorkingHoursRecord | undefined> {
    await tx.query('select pg_advisory_xact_lock(hashtext($1))', [`working hours ${legalEntity}`]);
    const [row] = await tx.query<Row>(`${select} where legal_entity = $1`, [legalEntity]);
    const version = (row?.['version'] as number | undefined) ?? 0;
    if (expectedVersion !== undefined && expectedVersion !== version)
      throw new Problem('CONFLICT', `The working hours of ${ofWhom(legalEntity)} are at version ${version}, not ${expectedVersion}: somebody saved in between.`, { path: '/expectedVersion' }); // prettier-ignore
    return row && shape(row);
  }

  private refuseWider(legalEntity: string, scope: Scope): void {
    if (maySay(scope, legalEntity)) return;
    if (legalEntity === anyEntity) throw new Problem('SCOPE_WIDER', 'These hours would be those of legal entities that you do not see.', { path: '/legalEntity' }); // prettier-ignore
    throw new Problem('NOT_FOUND', `There is no legal entity ${legalEntity} that you see.`);
  }

  /** The database counts with its own list of zones, which may be older than ours. */
  private async refuseForeignZone(tx: Sql, zone: string): Promise<void> {
    const [known] = await tx.query('select 1 from pg_timezone_names where name = $1', [zone]);
    if (!known)
      throw new Problem('WORKING_HOURS_INVALID', `The database does not know the time zone ${zone}.`, {
        path: '/timeZone',
        remedy: 'Use an older name of the zone, such as Europe/Kiev for Europe/Kyiv.',
      });
  }
}

const columns =
  'legal_entity, zone, weekdays, begins::text[] as begins, ends::text[] as ends, free_days::text[] as free_days, free_names, hours, version, changed_at, changed_by';
const select = `select ${columns} from working_hours`;
const stale = "e.state <> 'resolved' and e.clock_version <> (select version from exception_clock)";
const tellAll = (tx: Sql): Promise<unknown> => tx.query('update exception_clock set version = version + 1');
const ofWhom = (legalEntity: string): string => (legalEntity === anyEntity ? 'every other legal entity' : legalEntity);

const shape = (row: Row): WorkingHoursRecord => {
  const [begins, ends, names] = [row['begins'] as string[], row['ends'] as string[], row['free_names'] as string[]];
  return {
    legalEntity: row['legal_entity'] as string,
    timeZone: row['zone'] as string,
    shifts: (row['weekdays'] as number[]).map((day, at) => ({ day: weekdays[day - 1]!, from: begins[at]!.slice(0, 5), to: ends[at]!.slice(0, 5) })),
    freeDays: (row['free_days'] as string[]).map((day, at) => ({ day, name: names[at]! })),
    hours: row['hours'] as WorkingHours['hours'],
    version: row['version'] as number,
    changedAt: (row['changed_at'] as Date).toISOString(),
    changedBy: row['changed_by'] as string,
  };
}; // prettier-ignore

const contentOf = ({ timeZone, shifts, freeDays, hours }: WorkingHoursRecord): WorkingHours => ({ timeZone, shifts, freeDays, hours });
