import { Inject, Injectable } from '@nestjs/common';
import { AuditStore } from '../../../governance/index.js';
import { Database, type Row, type Sql, type Tx } from '../../../platform/database/index.js';
import type { Actor } from '../../../platform/http/index.js';
import { contentHash } from '../../../platform/json/index.js';
import { Problem, type ProblemItem } from '../../../platform/problems/index.js';
import { columnsOf, type MeterColumns, type MeterDefinition } from './definition.js';
import { readMeterFile } from './meter-file.js';

export interface MeterVersion {
  id: string;
  meter: string;
  version: number;
  active: boolean;
  yaml: string;
  definition: MeterDefinition;
  hash: string;
  note: string | null;
  createdAt: string;
  createdBy: string;
  /** Is it rolled up, and how far. */
  rolls: boolean;
  rolled: string;
}

/** A meter's file and its versions: each for ever as it was saved, one of them active. */
@Injectable()
export class MeterStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
  ) {}

  /** The active version of every meter that has one. */
  async active(sql: Sql = this.db): Promise<MeterVersion[]> {
    return (await sql.query<Row>(`${select} where m.active = v.version order by v.meter`)).map(shape);
  }

  async find(name: string, version?: number, sql: Sql = this.db): Promise<MeterVersion> {
    const [row] = await sql.query<Row>(
      `${select} where v.meter = $1 and case when $2::int is null then v.version = coalesce(m.active, (select max(version) from usage_meter_version l where l.meter = $1)) else v.version = $2 end`,
      [name, version ?? null],
    );
    if (!row) throw new Problem('NOT_FOUND', version === undefined ? `There is no meter ${name}.` : `The meter ${name} has no version ${version}.`); // prettier-ignore
    return shape(row);
  }

  async versions(name: string): Promise<MeterVersion[]> {
    return (await this.db.query<Row>(`${select} where v.meter = $1 order by v.version desc limit 100`, [name])).map(shape);
  }

  /** Reads and checks a file; every problem at once, with lines. */
  async check(yaml: string, name: string | undefined, sql: Sql = this.db): Promise<{ definition: MeterDefinition | undefined; problems: ProblemItem[] }> {
    const { definition, problems, locate } = readMeterFile(yaml);
    if (!definition) return { definition, problems };
    if (name !== undefined && definition.meter !== name)
      problems.push({ code: 'METER_NAME', path: '/meter', detail: `the file says ${definition.meter}, the address says ${name}`, ...locate('/meter') });
    const { timeZone } = definition.period;
    if ((await sql.query('select 1 as one from pg_timezone_names where name = $1', [timeZone])).length === 0)
      problems.push({ code: 'METER_FIELD', path: '/period/timeZone', detail: `the database does not know the time zone ${timeZone}`, ...locate('/period/timeZone') });
    return { definition, problems };
  } // prettier-ignore

  /** Saves a version, unless the newest says the same, and makes it the active one unless told not to. */
  async put(name: string, input: { yaml: string; note?: string | undefined; activate: boolean }, actor: Actor): Promise<MeterVersion> {
    return this.db.transaction(async (tx) => {
      const { definition, problems } = await this.check(input.yaml, name, tx);
      if (!definition || problems.length > 0)
        throw new Problem(
          'METER_INVALID',
          `The meter file of ${name} has ${problems.length} problem${problems.length === 1 ? '' : 's'}: ${problems[0]!.path ?? ''} ${problems[0]!.detail}.`,
          { problems },
        );
      await tx.query('insert into usage_meter (name) values ($1) on conflict (name) do nothing', [name]);
      const [{ active }] = (await tx.query<{ active: number | null }>('select active from usage_meter where name = $1 for update', [name])) as [{ active: number | null }]; // prettier-ignore
      const [last] = await tx.query<{ version: number; hash: string }>('select version, hash from usage_meter_version where meter = $1 order by version desc limit 1', [name]); // prettier-ignore
      const hash = contentHash(definition).toString('hex');
      const version = last?.hash === hash ? last.version : (last?.version ?? 0) + 1;
      if (last?.hash !== hash) {
        await insertVersion(tx, { version, definition, hash, yaml: input.yaml, note: input.note ?? null }, actor);
        await this.audit.record(tx, actor, {
          action: 'meter.saved',
          object: { kind: 'meter', id: name },
          summary: `${actor.name} saved version ${version} of the meter ${name}`,
          reason: input.note,
          before: last,
          after: { version, hash, yaml: input.yaml },
        });
      }
      if (input.activate && active !== version) await this.makeActive(tx, { name, from: active, to: version, reason: input.note }, actor);
      return this.find(name, version, tx);
    });
  }

  /** From now on open periods are counted by this version, over all their usage; sealed ones stay with theirs. */
  async activate(name: string, version: number, reason: string | undefined, actor: Actor): Promise<MeterVersion> {
    return this.db.transaction(async (tx) => {
      await this.find(name, version, tx);
      const [{ active }] = (await tx.query<{ active: number | null }>('select active from usage_meter where name = $1 for update', [name])) as [{ active: number | null }]; // prettier-ignore
      if (active !== version) await this.makeActive(tx, { name, from: active, to: version, reason }, actor);
      return this.find(name, version, tx);
    });
  }

  private async makeActive(tx: Tx, change: { name: string; from: number | null; to: number; reason: string | undefined }, actor: Actor) {
    const { name, from, to, reason } = change;
    await tx.query('update usage_meter set active = $2 where name = $1', [name, to]);
    // What nobody reads any more is not counted on: neither active, nor what a period was sealed with. Coming back, it goes on where it stood.
    await tx.query(
      `update usage_meter_version v set rolls = (v.version = $2 or exists (select 1 from usage_seal s where s.version = v.id)) where v.meter = $1`,
      [name, to],
    );
    await this.audit.record(tx, actor, {
      action: 'meter.activated',
      object: { kind: 'meter', id: name },
      summary: `${actor.name} made version ${to} of the meter ${name} the active one`,
      reason,
      before: { active: from },
      after: { active: to },
    });
  }
}

const select = `select v.*, m.active = v.version as is_active from usage_meter_version v join usage_meter m on m.name = v.meter`;

interface NewVersion {
  version: number;
  definition: MeterDefinition;
  hash: string;
  yaml: string;
  note: string | null;
}

async function insertVersion(tx: Tx, { version, definition, hash, yaml, note }: NewVersion, actor: Actor): Promise<void> {
  const c: MeterColumns = columnsOf(definition);
  await tx.query(
    `insert into usage_meter_version (meter, version, yaml, definition, hash, note, created_by, created_by_id, types, matches, value_path, dimensions, path1, path2, path3, path4, path5, aggregate, grain, zone, every, starts_on)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22)`,
    [
      ...[definition.meter, version, yaml, JSON.stringify(definition), hash, note, actor.name, actor.id],
      ...[c.types, c.matches, c.valuePath, c.dimensions, ...c.paths, c.aggregate, c.grain, c.zone, c.every, c.startsOn],
    ],
  );
}

const shape = (row: Row): MeterVersion => ({
  id: row['id'] as string,
  meter: row['meter'] as string,
  version: row['version'] as number,
  active: row['is_active'] === true,
  yaml: row['yaml'] as string,
  definition: row['definition'] as MeterDefinition,
  hash: row['hash'] as string,
  note: row['note'] as string | null,
  createdAt: (row['created_at'] as Date).toISOString(),
  createdBy: row['created_by'] as string,
  rolls: row['rolls'] as boolean,
  rolled: row['rolled'] as string,
});
