import { Inject, Injectable } from '@nestjs/common';
import { checkExpression, lintExpression } from '@waybill/mapping-language';
import { AuditStore } from '../../governance/index.js';
import { Database, type Row, type Sql, type Tx } from '../../platform/database/index.js';
import type { Actor } from '../../platform/http/index.js';
import { textHash } from '../../platform/json/index.js';
import { Problem, type ProblemItem } from '../../platform/problems/index.js';
import type { Proven } from './proof.js';

export interface MappingVersion {
  name: string;
  version: number;
  source: string;
  hash: string;
}

@Injectable()
export class MappingStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
  ) {}

  async current(sql: Sql = this.db): Promise<Map<string, MappingVersion>> {
    const rows = await sql.query<MappingVersion>(
      'select distinct on (name) name, version, source, hash from mapping_version order by name, version desc',
    );
    return new Map(rows.map((row) => [row.name, row]));
  }

  async list() {
    const rows = await this.db.query<Row>(
      'select distinct on (name) name, version, created_at, created_by from mapping_version order by name, version desc',
    );
    return rows.map((row) => ({
      name: row['name'] as string,
      version: row['version'] as number,
      updatedAt: (row['created_at'] as Date).toISOString(),
      updatedBy: row['created_by'] as string,
    }));
  }

  async find(name: string, version?: number): Promise<MappingVersion & { versions: Row[] }> {
    const rows = await this.db.query<Row>('select * from mapping_version where name = $1 order by version desc', [name]);
    const chosen = version === undefined ? rows[0] : rows.find((row) => row['version'] === version);
    if (!chosen)
      throw new Problem(
        'NOT_FOUND',
        version === undefined ? `There is no mapping ${name}.` : `The mapping ${name} has no version ${version}.`,
      );
    return {
      name,
      version: chosen['version'] as number,
      source: chosen['source'] as string,
      hash: chosen['hash'] as string,
      versions: rows,
    };
  }

  /** A new version, or the one that is there when nothing changed. In the caller's transaction, which also makes the releases. */
  async put(
    tx: Tx,
    name: string,
    input: { source: string; note?: string | undefined; expectedVersion?: number | undefined },
    actor: Actor,
    proven: Proven,
  ): Promise<{ version: number; unchanged: boolean }> {
    const problems = mappingProblems(input.source);
    if (problems.length > 0) throw new Problem('MAPPING_INVALID', `${name}: ${problems[0]!.detail}.`, { problems });
    await tx.query('select pg_advisory_xact_lock(hashtext($1))', [`mapping ${name}`]);
    const [last] = await tx.query<MappingVersion>(
      'select version, source, hash from mapping_version where name = $1 order by version desc limit 1',
      [name],
    );
    if (input.expectedVersion !== undefined && input.expectedVersion !== (last?.version ?? 0)) {
      throw new Problem(
        'CONFLICT',
        `${name} is at version ${last?.version ?? 0}, not ${input.expectedVersion}: somebody saved in between.`,
        { path: '/expectedVersion' },
      );
    }
    const hash = textHash(input.source).toString('hex');
    if (last?.hash === hash) return { version: last.version, unchanged: true };
    const overridden = await this.overridden(tx, name, proven);
    const version = (last?.version ?? 0) + 1;
    await tx.query(
      'insert into mapping_version (name, version, source, hash, note, created_by, created_by_id) values ($1,$2,$3,$4,$5,$6,$7)',
      [name, version, input.source, hash, input.note ?? null, actor.name, actor.id],
    );
    await this.audit.record(tx, actor, {
      action: 'mapping.saved',
      object: { kind: 'mapping', id: name },
      summary: `${actor.name} saved version ${version} of the mapping ${name}`,
      reason: input.note,
      before: last ? { version: last.version, hash: last.hash } : undefined,
      after: { version, hash },
    });
    if (overridden)
      await this.audit.record(tx, actor, {
        action: 'mapping.cases-overridden',
        object: { kind: 'mapping', id: name },
        summary: `${actor.name} saved version ${version} of the mapping ${name} although ${overridden.length} of its golden cases ${overridden.length === 1 ? 'is' : 'are'} red`,
        reason: proven.override,
        after: { version, cases: overridden },
      });
    return { version, unchanged: false };
  }

  /** Red cases that somebody answers for; a problem when nobody does. */
  private async overridden(tx: Tx, name: string, { proof, stands, names, override }: Proven): Promise<string[] | undefined> {
    if (!(await stands(tx))) throw new Problem('CONFLICT', `Golden cases of ${name} were changed while they were run: save again.`);
    if (proof.red.length === 0) return undefined;
    if (override !== undefined) return proof.red.map(({ id }) => id);
    throw new Problem('MAPPING_CASES_RED', `${names.length} golden case${names.length === 1 ? '' : 's'} of ${name} would be red: ${names.slice(0, 5).join('; ')}${names.length > 5 ? '; …' : ''}.`, {
      problems: proof.red.map(({ differences }, index) => {
        const first = differences[0]!;
        return { code: 'MAPPING_CASE_RED', path: first.path, detail: `${names[index]!}: ${first.words ?? `${first.path === '' ? 'the output' : first.path} is another value`}` };
      }),
    }); // prettier-ignore
  }
}

/** Problems of a mapping with line and column. */
export function mappingProblems(source: string): ProblemItem[] {
  return checkExpression(source)
    .filter((problem) => problem.severity === 'error')
    .map(({ code, message, position }) => ({ code, detail: message, ...(position === undefined ? {} : lineOf(source, position)) }));
}

/** What is probably not meant, as far as the text alone tells. */
export const mappingWarnings = (source: string): ProblemItem[] =>
  lintExpression(source).map(({ code, message, remedy, position }) => ({ code, detail: message, remedy, ...(position === undefined ? {} : lineOf(source, position)) })); // prettier-ignore

function lineOf(source: string, position: number): { line: number; column: number } {
  const before = source.slice(0, position).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
