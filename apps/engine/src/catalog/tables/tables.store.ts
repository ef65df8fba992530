import { Inject, Injectable } from '@nestjs/common';
import type { TableRows } from '@waybill/mapping-language';
import { AuditStore } from '../../governance/index.js';
import { Database, within, type Row, type Scope, type Sql, type Tx } from '../../platform/database/index.js';
import { decodeCursor, page, type Actor } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { Problem, type ProblemItem } from '../../platform/problems/index.js';
import { readCsv } from './csv.js';
import { planRow, rowProblems, type Column, type RowInput, type StoredRow, type TableShape } from './rows.js';

const rowColumns = `id, key, "values", to_char(valid_from, 'YYYY-MM-DD') as "validFrom", to_char(valid_to, 'YYYY-MM-DD') as "validTo"`;

interface TableRecord extends TableShape {
  title: string;
  description: string;
  columns: Column[];
  governed: boolean;
  version: number;
}

/** Effective-dated reference data. Every change of rows is a new version; rows are never overwritten, only ended or retired. */
@Injectable()
export class TableStore {
  private readonly cache = new Map<string, TableRows>();

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
  ) {}

  /** All tables as they are now, for a batch of messages: one short statement, rows only where a version is new. */
  async snapshot(): Promise<TableRows[]> {
    const versions = await this.db.query<{ name: string; version: number; key_columns: string[] }>(
      'select name, version, key_columns from reference_table order by name',
    );
    return Promise.all(
      versions.map(async ({ name, version, key_columns }) => {
        const known = this.cache.get(name);
        if (known?.version === version && known.key.join() === key_columns.join()) return known;
        const rows = await this.db.query<StoredRow>(
          `select ${rowColumns} from table_row where table_name = $1 and from_version <= $2 and (until_version is null or until_version > $2)`,
          [name, version],
        );
        const fresh: TableRows = { name, version, key: key_columns, rows };
        this.cache.set(name, fresh);
        return fresh;
      }),
    );
  }

  async shapes(sql: Sql = this.db): Promise<Map<string, TableRecord>> {
    const rows = await sql.query<Row>('select * from reference_table order by name');
    return new Map(rows.map((row) => [row['name'] as string, record(row)]));
  }

  async find(name: string, sql: Sql = this.db, lock = ''): Promise<TableRecord> {
    const [row] = await sql.query<Row>(`select * from reference_table where name = $1 ${lock}`, [name]);
    if (!row) throw new Problem('NOT_FOUND', `There is no table ${name}.`);
    return record(row);
  }

  async list(usedBy: (table: string) => string[]) {
    const rows = await this.db.query<Row>(
      `select t.*, (select count(*)::int from table_row r where r.table_name = t.name and r.until_version is null
         and (r.valid_from is null or r.valid_from <= current_date) and (r.valid_to is null or r.valid_to >= current_date)) as row_count
       from reference_table t order by name`,
    );
    return rows.map((row) => ({
      ...record(row),
      rows: row['row_count'] as number,
      usedBy: usedBy(row['name'] as string),
      updatedAt: (row['updated_at'] as Date).toISOString(),
    }));
  }

  async put(
    name: string,
    input: {
      title: string;
      description?: string | undefined;
      key: string[];
      columns: (Omit<Column, 'required'> & { required?: boolean | undefined })[];
      governed?: boolean | undefined;
      rows?: RowInput[] | undefined;
    },
    actor: Actor,
  ): Promise<void> {
    const columns = input.columns.map((column) => ({ ...column, required: column.required ?? false }));
    const twice = [...input.key, ...columns.map((c) => c.name)].find((column, i, all) => all.indexOf(column) !== i);
    if (twice !== undefined) throw new Problem('TABLE_INVALID', `The column ${twice} is named twice.`, { path: '/columns' });
    await this.db.transaction(async (tx) => {
      const [before] = await tx.query<Row>('select * from reference_table where name = $1 for update', [name]);
      const [held] = before
        ? await tx.query<{ n: number }>('select count(*)::int as n from table_row where table_name = $1 and until_version is null', [name])
        : [];
      if (before && (held?.n ?? 0) > 0 && (before['key_columns'] as string[]).join() !== input.key.join()) {
        throw new Problem('TABLE_INVALID', `The key of ${name} cannot change while it has rows.`, {
          path: '/key',
          remedy: 'Make a new table with the new key.',
        });
      }
      await tx.query(
        `insert into reference_table (name, title, description, key_columns, columns, governed) values ($1,$2,$3,$4,$5,$6)
         on conflict (name) do update set title = excluded.title, description = excluded.description, key_columns = excluded.key_columns, columns = excluded.columns, governed = excluded.governed, version = reference_table.version + 1, updated_at = now()`,
        [name, input.title, input.description ?? '', input.key, JSON.stringify(columns), input.governed ?? true],
      );
      await this.audit.record(tx, actor, {
        action: before ? 'table.changed' : 'table.created',
        object: { kind: 'table', id: name },
        summary: `${actor.name} ${before ? 'changed' : 'made'} the table ${name}`,
        before: before ? record(before) : undefined,
        after: { key: input.key, columns },
      });
      if (input.rows && input.rows.length > 0)
        await this.write(tx, await this.find(name, tx), input.rows, actor, undefined, (i) => ({ path: `/rows/${i}` }));
    });
  }

  async rows(
    name: string,
    query: {
      asOf?: string | undefined;
      history?: boolean | undefined;
      q?: string | undefined;
      limit?: number | undefined;
      cursor?: string | undefined;
    },
  ) {
    await this.find(name);
    const limit = query.limit ?? 200;
    const after = decodeCursor(query.cursor, ['text', 'text']);
    const rows = await this.db.query<Row>(
      `select ${rowColumns}, key::text as key_text, created_at, created_by from table_row where table_name = $1 and ($2::boolean or until_version is null)
         and ($2::boolean or ((valid_from is null or valid_from <= coalesce($3::date, current_date)) and (valid_to is null or valid_to >= coalesce($3::date, current_date))))
         and ($4::text is null or exists (select 1 from jsonb_each_text(key || "values") as cell(name, said) where said ilike $4))
         and ($5::text is null or (key::text, id) > ($5, $6)) order by key::text, id limit $7`,
      [
        name,
        query.history ?? false,
        query.asOf ?? null,
        query.q === undefined ? null : `%${query.q.replace(/[\\%_]/g, '\\$&')}%`,
        after?.[0] ?? null,
        after?.[1] ?? null,
        limit + 1,
      ],
    );
    const { items, next } = page(rows, limit, (row) => [row['key_text'] as string, row['id'] as string]);
    return {
      next,
      items: items.map((row) => ({
        ...(row as unknown as StoredRow),
        key_text: undefined,
        created_at: undefined,
        created_by: undefined,
        createdAt: (row['created_at'] as Date).toISOString(),
        createdBy: row['created_by'] as string,
      })),
    };
  }

  async change(
    name: string,
    input: {
      put?: RowInput[] | undefined;
      end?: { key: Record<string, string>; validTo: string }[] | undefined;
      reason?: string | undefined;
    },
    scope: Scope,
    actor: Actor,
  ) {
    return this.db.seenBy(scope).transaction(async (tx) => {
      const table = await this.find(name, tx, 'for update');
      const ends = await this.endsAsRows(tx, table, input.end ?? []);
      const result = await this.write(tx, table, [...(input.put ?? []), ...ends], actor, input.reason, (i) => ({
        path: i < (input.put?.length ?? 0) ? `/put/${i}` : `/end/${i - (input.put?.length ?? 0)}`,
      }));
      const keys = [...(input.put ?? [])].map((row) => JSON.stringify(row.key));
      const seen = within(scope, 'm.legal_entities', 3);
      const [cleared] = await tx.query<{ n: number }>(
        `select count(*)::int as n from exception e join message m on m.id = e.message_id where e.state in ('open','in-progress') and fix->>'kind' = 'table' and fix->>'table' = $1 and fix->'by' = any($2::jsonb[]) and ${seen.where}`,
        [name, keys, ...seen.values],
      );
      return { ...result, mayClear: cleared!.n };
    });
  }

  async importCsv(name: string, text: string, dryRun: boolean, actor: Actor) {
    const attempt = await this.db
      .transaction(async (tx) => {
        const table = await this.find(name, tx, 'for update');
        const { rows, problems } = readCsv(text, table);
        if (problems.length > 0)
          throw new Problem('TABLE_INVALID', `The file has ${problems.length} problem${problems.length === 1 ? '' : 's'}.`, {
            problems: problems.slice(0, 100),
          });
        const result = await this.write(tx, table, rows, actor, 'CSV import', (i) => ({ line: i + 2 }));
        if (dryRun) throw new DryRun(result);
        return result;
      })
      .catch((error: unknown) => {
        if (error instanceof DryRun) return error.result;
        throw error;
      });
    return { ...attempt, problems: [] as ProblemItem[] };
  }

  private async endsAsRows(tx: Tx, table: TableRecord, ends: { key: Record<string, string>; validTo: string }[]): Promise<RowInput[]> {
    const rows: RowInput[] = [];
    for (const [index, end] of ends.entries()) {
      const [open] = await tx.query<StoredRow>(
        `select ${rowColumns} from table_row where table_name = $1 and key = $2 and until_version is null and (valid_from is null or valid_from <= $3::date) and (valid_to is null or valid_to >= $3::date)`,
        [table.name, JSON.stringify(end.key), end.validTo],
      );
      if (!open) throw new Problem('TABLE_INVALID', `No row of this key is valid on ${end.validTo}.`, { path: `/end/${index}` });
      rows.push({ key: open.key, values: open.values, validFrom: open.validFrom, validTo: end.validTo });
    }
    return rows;
  }

  private async write(
    tx: Tx,
    table: TableRecord,
    inputs: RowInput[],
    actor: Actor,
    reason: string | undefined,
    at: (index: number) => { path?: string; line?: number },
  ) {
    const problems = rowProblems(table, inputs, at);
    if (problems.length > 0)
      throw new Problem(
        'TABLE_INVALID',
        `${problems.length} row problem${problems.length === 1 ? '' : 's'} in ${table.name}: ${problems[0]!.detail}.`,
        { problems: problems.slice(0, 100) },
      );
    const version = table.version + 1;
    const keys = [...new Set(inputs.map((row) => JSON.stringify(sorted(row.key))))];
    const existing = await tx.query<StoredRow>(
      `select ${rowColumns} from table_row where table_name = $1 and until_version is null and key = any($2::jsonb[])`,
      [table.name, keys],
    );
    const byKey = new Map<string, StoredRow[]>();
    for (const row of existing) byKey.set(keyText(row.key), [...(byKey.get(keyText(row.key)) ?? []), row]);
    let [added, ended, unchanged] = [0, 0, 0];
    const fresh: StoredRow[] = [];
    const retired: string[] = [];
    for (const [index, input] of inputs.entries()) {
      const current = byKey.get(keyText(input.key)) ?? [];
      const plan = planRow(current, input);
      if ('overlap' in plan)
        throw new Problem('TABLE_OVERLAP', `A row of ${JSON.stringify(input.key)} overlaps: ${plan.overlap}.`, at(index));
      if (plan.unchanged) {
        unchanged += 1;
        continue;
      }
      const made = plan.add.map((row) => ({ ...row, id: newId('row') }));
      retired.push(...plan.retire);
      fresh.push(...made);
      byKey.set(keyText(input.key), [...current.filter((row) => !plan.retire.includes(row.id)), ...made]);
      added += 1;
      ended += plan.retire.length;
    }
    if (added === 0) return { version: table.version, added, ended, unchanged };
    const kept = fresh.filter((row) => !retired.includes(row.id));
    await tx.query('update table_row set until_version = $2 where id = any($1)', [retired, version]);
    await tx.query(
      `insert into table_row (id, table_name, key, "values", valid_from, valid_to, from_version, created_by, created_by_id)
       select id, $2, key::jsonb, vals::jsonb, valid_from::date, valid_to::date, $3, $4, $9 from unnest($1::text[], $5::text[], $6::text[], $7::text[], $8::text[]) as t(id, key, vals, valid_from, valid_to)`,
      [
        kept.map((r) => r.id),
        table.name,
        version,
        actor.name,
        kept.map((r) => JSON.stringify(sorted(r.key))),
        kept.map((r) => JSON.stringify(r.values)),
        kept.map((r) => r.validFrom),
        kept.map((r) => r.validTo),
        actor.id,
      ],
    );
    await tx.query('update reference_table set version = $2, updated_at = now() where name = $1', [table.name, version]);
    await this.audit.record(tx, actor, {
      action: 'table.rows-written',
      object: { kind: 'table', id: table.name },
      summary: `${actor.name} wrote ${added} row${added === 1 ? '' : 's'} of ${table.name}, now version ${version}`,
      reason,
      before: existing.filter((row) => retired.includes(row.id)).slice(0, 50),
      after: kept.slice(0, 50).map(({ id: _, ...row }) => row),
    });
    return { version, added, ended, unchanged };
  }
}

class DryRun extends Error {
  constructor(readonly result: { version: number; added: number; ended: number; unchanged: number }) {
    super('dry run');
  }
}

const sorted = (key: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1)));
const keyText = (key: Record<string, string>): string => JSON.stringify(sorted(key));

const record = (row: Row): TableRecord => ({
  name: row['name'] as string,
  title: row['title'] as string,
  description: row['description'] as string,
  key: row['key_columns'] as string[],
  columns: row['columns'] as Column[],
  governed: row['governed'] as boolean,
  version: row['version'] as number,
});
