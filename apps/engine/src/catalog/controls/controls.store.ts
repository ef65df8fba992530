import { Inject, Injectable } from '@nestjs/common';
import { countedUsageLookup } from '@waybill/sdk';
import { AuditStore } from '../../governance/index.js';
import { Database, type Row, type Sql } from '../../platform/database/index.js';
import type { Actor } from '../../platform/http/index.js';
import { contentHash } from '../../platform/json/index.js';
import { Problem, type ProblemItem } from '../../platform/problems/index.js';
import { connectorNamed } from '../connections/connections.store.js';
import { meterTableProblems, readControlFile } from './control-file.js';
import { isOfUsage, legalEntityOf, readBackOf, type ControlDefinition } from './definition.js';

export interface ControlVersion {
  name: string;
  version: number;
  state: 'on' | 'paused';
  yaml: string;
  definition: ControlDefinition;
  hash: string;
  note: string | null;
  createdAt: string;
  createdBy: string;
  createdById: string;
}

export interface ControlInput {
  yaml: string;
  note?: string | undefined;
  /** May whoever saves it see this legal entity? Left out: they see all. */
  sees?: (legalEntity: string) => boolean;
}

/** Controls as files: each version for ever as it was saved, the newest one runs. */
@Injectable()
export class ControlStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
  ) {}

  async all(sql: Sql = this.db): Promise<ControlVersion[]> {
    return (await sql.query<Row>(`${select} order by v.control`)).map(shape);
  }

  async find(name: string, sql: Sql = this.db): Promise<ControlVersion> {
    const [row] = await sql.query<Row>(`${select} where v.control = $1`, [name]);
    if (!row) throw new Problem('NOT_FOUND', `There is no control ${name}.`);
    return shape(row);
  }

  /** As it was when something ran by it. */
  async version(name: string, version: number): Promise<ControlVersion> {
    const [row] = await this.db.query<Row>('select v.*, c.state from control c join control_version v on v.control = c.name where v.control = $1 and v.version = $2', [name, version]); // prettier-ignore
    if (!row) throw new Problem('NOT_FOUND', `There is no version ${version} of the control ${name}.`);
    return shape(row);
  }

  /** Saves a version, unless the newest says the same. */
  async put(name: string, input: ControlInput, actor: Actor): Promise<ControlVersion> {
    return this.db.transaction(async (tx) => {
      const { definition, problems } = await this.check(input.yaml, name, tx);
      if (!definition || problems.length > 0)
        throw new Problem(
          'CONTROL_INVALID',
          `The control file of ${name} has ${problems.length} problem${problems.length === 1 ? '' : 's'}: ${problems[0]!.path ?? ''} ${problems[0]!.detail}.`,
          { problems },
        );
      const entities = [definition, (await this.all(tx)).find((one) => one.name === name)?.definition].flatMap((one) =>
        one ? legalEntityOf(one) : [],
      );
      const foreign = entities.find((entity) => input.sees?.(entity) === false);
      if (foreign !== undefined) throw new Problem('SCOPE_WIDER', `The control ${name} is about a legal entity that you do not see.`, { path: definition.compare === 'usage' ? '/ledger/legalEntity' : '/billing/legalEntity' }); // prettier-ignore
      const hash = contentHash(definition).toString('hex');
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 16))', [name]);
      const [last] = await tx.query<{ version: number; hash: string }>('select version, hash from control_version where control = $1 order by version desc limit 1', [name]); // prettier-ignore
      if (last?.hash === hash) return this.find(name, tx);
      const version = (last?.version ?? 0) + 1;
      await tx.query(
        'insert into control_version (control, version, yaml, definition, hash, note, created_by, created_by_id) values ($1,$2,$3,$4,$5,$6,$7,$8)',
        [name, version, input.yaml, JSON.stringify(definition), hash, input.note ?? null, actor.name, actor.id],
      );
      await tx.query('insert into control (name, active) values ($1,$2) on conflict (name) do update set active = excluded.active, updated_at = now()', [name, version]); // prettier-ignore
      await this.audit.record(tx, actor, {
        action: 'control.saved',
        object: { kind: 'control', id: name },
        summary: `${actor.name} saved version ${version} of the control ${name}`,
        reason: input.note,
        before: last,
        after: { version, hash, yaml: input.yaml },
      });
      return this.find(name, tx);
    });
  }

  async setState(name: string, state: 'on' | 'paused', actor: Actor): Promise<ControlVersion> {
    return this.db.transaction(async (tx) => {
      const changed = await tx.query('update control set state = $2, updated_at = now() where name = $1 and state <> $2 returning name', [name, state]); // prettier-ignore
      if (changed.length > 0)
        await this.audit.record(tx, actor, {
          action: state === 'on' ? 'control.resumed' : 'control.paused',
          object: { kind: 'control', id: name },
          summary: `${actor.name} ${state === 'on' ? 'resumed' : 'paused'} the control ${name}`,
        });
      return this.find(name, tx);
    });
  }

  /** Every problem at once, with lines; also what only the database knows. */
  private async check(yaml: string, name: string, sql: Sql): Promise<{ definition: ControlDefinition | undefined; problems: ProblemItem[] }> {
    const { definition, problems, locate } = readControlFile(yaml);
    if (!definition) return { definition, problems };
    const tell = (code: string, path: string, detail: string) => void problems.push({ code, path, detail, ...locate(path) });
    if (definition.control !== name) tell('CONTROL_NAME', '/control', `the file says ${definition.control}, the address says ${name}`);
    const { connection, path } = readBackOf(definition);
    const [known] = await sql.query<{ connector: string }>('select connector from connection where name = $1', [connection]);
    if (!known) tell('CONTROL_CONNECTION', path, `there is no connection ${connection}`);
    else if (isOfUsage(definition)) {
      const { lookups, title } = connectorNamed(known.connector);
      if (!lookups[countedUsageLookup]) tell('CONTROL_LOOKUP', path, `${title} does not tell what it has counted: its connector has no look-up ${countedUsageLookup}`);
    } else {
      const { stream } = definition.erp;
      const { streams, name: connector } = connectorNamed(known.connector);
      const able = Object.keys(streams).filter((one) => streams[one]!.readsBack === true);
      if (!able.includes(stream)) tell('CONTROL_STREAM', '/erp/stream', able.length === 0 ? `the connector ${connector} cannot read its books back` : `${connector} reads back by ${able.join(', ')}, not by ${stream}`); // prettier-ignore
    }
    if (isOfUsage(definition)) {
      const [table] = await sql.query<{ key: string[]; columns: { name: string }[] }>('select key_columns as key, columns from reference_table where name = $1', [definition.billing.meters.table]);
      for (const { code, path: at, detail } of meterTableProblems(definition, table)) tell(code, at ?? '', detail);
    }
    const { timeZone } = definition.daily;
    if ((await sql.query('select 1 as one from pg_timezone_names where name = $1', [timeZone])).length === 0)
      tell('CONTROL_FIELD', '/daily/timeZone', `the database does not know the time zone ${timeZone}`);
    return { definition, problems };
  } // prettier-ignore
}

const select = 'select v.*, c.state from control c join control_version v on v.control = c.name and v.version = c.active';

const shape = (row: Row): ControlVersion => ({
  name: row['control'] as string,
  version: row['version'] as number,
  state: row['state'] as 'on' | 'paused',
  yaml: row['yaml'] as string,
  definition: row['definition'] as ControlDefinition,
  hash: row['hash'] as string,
  note: row['note'] as string | null,
  createdAt: (row['created_at'] as Date).toISOString(),
  createdBy: row['created_by'] as string,
  createdById: row['created_by_id'] as string,
});
