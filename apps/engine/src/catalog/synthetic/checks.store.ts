import { Inject, Injectable } from '@nestjs/common';
import { AuditStore } from '../../governance/index.js';
import { Database, real, realBook, type Row, type Sql } from '../../platform/database/index.js';
import type { Actor } from '../../platform/http/index.js';
import { contentHash } from '../../platform/json/index.js';
import { Problem, type ProblemItem } from '../../platform/problems/index.js';
import { connectorNamed } from '../connections/connections.store.js';
import { ReleaseStore } from '../flows/releases.store.js';
import { checkSynthetic, type SyntheticWorld } from './check-synthetic.js';
import type { SyntheticDefinition } from './definition.js';
import { readSyntheticFile } from './synthetic-file.js';

export interface SyntheticCheck {
  name: string;
  version: number;
  state: 'on' | 'paused';
  paused: { reason: string; by: string; at: string } | null;
  yaml: string;
  definition: SyntheticDefinition;
  note: string | null;
  nextAt: string;
  createdAt: string;
  createdBy: string;
}

interface Input {
  yaml: string;
  note?: string | undefined;
  /** May whoever saves it see this legal entity? Left out: they see all. */
  sees?: (legalEntity: string) => boolean;
}

/** Synthetic checks as files: each version for ever as it was saved, the newest one runs. */
@Injectable()
export class SyntheticCheckStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(AuditStore) private readonly audit: AuditStore,
  ) {}

  async all(sql: Sql = this.db): Promise<SyntheticCheck[]> {
    return (await sql.query<Row>(`${select} order by c.name`)).map(shape);
  }

  async find(name: string, sql: Sql = this.db): Promise<SyntheticCheck> {
    const [row] = await sql.query<Row>(`${select} where c.name = $1`, [name]);
    if (!row) throw new Problem('NOT_FOUND', `There is no synthetic check ${name}.`);
    return shape(row);
  }

  /** As it was when a run began. */
  async definition(name: string, version: number): Promise<SyntheticDefinition> {
    const [row] = await this.db.query<{ definition: SyntheticDefinition }>('select definition from synthetic_check_version where check_name = $1 and version = $2', [name, version]); // prettier-ignore
    if (!row) throw new Problem('NOT_FOUND', `There is no version ${version} of the synthetic check ${name}.`);
    return row.definition;
  }

  /** Saves a version, unless the newest says the same. Its first run is due in ten seconds: who brings it paused from elsewhere pauses it before. */
  async put(name: string, input: Input, actor: Actor): Promise<SyntheticCheck> {
    return this.db.transaction(async (tx) => {
      const { definition, problems } = await this.check(input.yaml, name, tx);
      if (!definition || problems.length > 0)
        throw new Problem(
          'SYNTHETIC_INVALID',
          `The file of the synthetic check ${name} has ${problems.length} problem${problems.length === 1 ? '' : 's'}: ${problems[0]!.path ?? ''} ${problems[0]!.detail}.`,
          { problems },
        );
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 18))', [name]);
      const before = (await this.all(tx)).find((one) => one.name === name);
      const entities = [definition.legalEntity, ...(before ? [before.definition.legalEntity] : [])];
      if (entities.some((entity) => input.sees?.(entity) === false))
        throw new Problem('SCOPE_WIDER', `The synthetic check ${name} is about a legal entity that you do not see.`, {
          path: '/legalEntity',
        });
      const hash = contentHash(definition).toString('hex');
      const [last] = await tx.query<{ version: number; hash: string }>('select version, hash from synthetic_check_version where check_name = $1 order by version desc limit 1', [name]); // prettier-ignore
      if (last?.hash === hash) return this.find(name, tx);
      const version = (last?.version ?? 0) + 1;
      await tx.query(
        'insert into synthetic_check_version (check_name, version, yaml, definition, hash, note, created_by, created_by_id) values ($1,$2,$3,$4,$5,$6,$7,$8)',
        [name, version, input.yaml, JSON.stringify(definition), hash, input.note ?? null, actor.name, actor.id],
      );
      await tx.query("insert into synthetic_check (name, active, next_at) values ($1, $2, now() + interval '10 seconds') on conflict (name) do update set active = excluded.active, next_at = excluded.next_at, updated_at = now()", [name, version]); // prettier-ignore
      await this.audit.record(tx, actor, {
        action: 'synthetic.saved',
        object: { kind: 'synthetic-check', id: name },
        summary: `${actor.name} saved version ${version} of the synthetic check ${name}`,
        reason: input.note,
        before: last,
        after: { version, hash, yaml: input.yaml },
      });
      return this.find(name, tx);
    });
  }

  async setState(name: string, { state, reason }: { state: 'on' | 'paused'; reason: string }, actor: Actor): Promise<SyntheticCheck> {
    return this.db.transaction(async (tx) => {
      const paused = state === 'paused';
      const changed = await tx.query(
        `update synthetic_check set state = $2, paused_reason = $3, paused_by = $4, paused_at = case when $5 then now() end, next_at = now(), updated_at = now() where name = $1 and state <> $2 returning name`,
        [name, state, paused ? reason : null, paused ? actor.name : null, paused],
      );
      if (changed.length > 0)
        await this.audit.record(tx, actor, {
          action: paused ? 'synthetic.paused' : 'synthetic.resumed',
          object: { kind: 'synthetic-check', id: name },
          summary: `${actor.name} ${paused ? 'paused' : 'resumed'} the synthetic check ${name}`,
          reason,
        });
      return this.find(name, tx);
    });
  }

  /** What stands against a run of it now: flows and connections change, and nobody is sent through what is not there. */
  async hindrances(definition: SyntheticDefinition): Promise<ProblemItem[]> {
    return checkSynthetic(definition, await this.world(definition, this.db));
  }

  /** Every problem at once, with lines; also what only the database knows. */
  private async check(yaml: string, name: string, sql: Sql): Promise<{ definition: SyntheticDefinition | undefined; problems: ProblemItem[] }> {
    const { definition, problems, locate } = readSyntheticFile(yaml);
    if (!definition) return { definition, problems };
    const found: ProblemItem[] = checkSynthetic(definition, await this.world(definition, sql));
    if (definition.synthetic !== name) found.push({ code: 'SYNTHETIC_NAME', path: '/synthetic', detail: `the file says ${definition.synthetic}, the address says ${name}` });
    problems.push(...found.map((problem) => ({ ...problem, ...locate(problem.path ?? '') })));
    return { definition, problems };
  } // prettier-ignore

  private async world({ customer }: SyntheticDefinition, sql: Sql): Promise<SyntheticWorld> {
    const connections = await sql.query<{ name: string; connector: string }>('select name, connector from connection');
    const [known] = await sql.query<{ found: boolean }>(
      `select exists (select 1 from message m where ${real('m')} and m.customer_folded = lower($1))
         or exists (select 1 from canonical_object o where o.source_id = $1 and o.type = 'customer' and ${realBook('o')}) as found`,
      [customer],
    );
    return {
      connections: new Map(connections.map(({ name, connector }) => [name, connectorNamed(connector)])),
      flows: new Map((await this.releases.flows(sql)).map(({ name, definition }) => [name, definition])),
      hasRealDocuments: known!.found,
    };
  }
}

const select =
  'select c.*, v.version, v.yaml, v.definition, v.note, v.created_at, v.created_by from synthetic_check c join synthetic_check_version v on v.check_name = c.name and v.version = c.active';
const instant = (value: unknown): string => (value as Date).toISOString();

const shape = (row: Row): SyntheticCheck => ({
  name: row['name'] as string,
  version: row['version'] as number,
  state: row['state'] as 'on' | 'paused',
  paused:
    row['paused_at'] === null
      ? null
      : { reason: row['paused_reason'] as string, by: row['paused_by'] as string, at: instant(row['paused_at']) },
  yaml: row['yaml'] as string,
  definition: row['definition'] as SyntheticDefinition,
  note: row['note'] as string | null,
  nextAt: instant(row['next_at']),
  createdAt: instant(row['created_at']),
  createdBy: row['created_by'] as string,
});
