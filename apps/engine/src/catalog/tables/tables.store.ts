import { Inject, Injectable } from '@nestjs/common';
import type { TableRows } from '@waybill/mapping-language';
import { AuditStore, voidApprovals, type Act } from '../../governance/index.js';
import { Database, within, type Row, type Scope, type Sql, type Tx } from '../../platform/database/index.js';
import { decodeCursor, page, type Actor } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { Problem, type ProblemItem } from '../../platform/problems/index.js';
import { planChanges, putChange, repeatedRows, versionEntries, type ChangePlan, type RowChange } from './changes.js';
import { forgottenCells, readCsv } from './csv.js';
import { keyText, sortedKey, type Column, type RowInput, type StoredRow, type TableShape } from './rows.js';

export const rowColumns = `id, key, "values", to_char(valid_from, 'YYYY-MM-DD') as "validFrom", to_char(valid_to, 'YYYY-MM-DD') as "validTo"`;

export interface TableRecord extends TableShape {
  title: string;
  description: string;
  columns: Column[];
  governed: boolean;
  /** The role that approves a change of rows; null: none needs to. */
  approver: string | null;
  version: number;
}

/** Who wrote rows, and what the version that they become is called. */
export interface Writing {
  author: { id: string; name: string };
  reason?: string | undefined;
  /** Of the draft that is published, and who approved it. */
  draft?: { id: string; approvedBy: string | null };
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

  /** One table as a mapping sees it, for who runs mappings elsewhere. */
  async seenByMappings(name: string) {
    await this.find(name);
    const { version, key, rows } = (await this.snapshot()).find((table) => table.name === name)!;
    const more = rows.length > snapshotRowsMax;
    const told = more ? [] : rows.map(({ key: of, values, validFrom, validTo }) => ({ key: of, values, validFrom, validTo }));
    return { name, version, key, rows: told, more };
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
      `with row_counts as (select r.table_name, count(*)::int as n from table_row r where r.until_version is null
           and (r.valid_from is null or r.valid_from <= current_date) and (r.valid_to is null or r.valid_to >= current_date) group by r.table_name),
         draft_counts as (select d.table_name, count(*)::int as n from table_draft d where d.state in ('open','submitted') group by d.table_name)
       select t.*, coalesce(r.n, 0) as row_count, coalesce(d.n, 0) as draft_count
       from reference_table t left join row_counts r on r.table_name = t.name left join draft_counts d on d.table_name = t.name order by t.name`,
    );
    return rows.map((row) => ({
      ...record(row),
      rows: row['row_count'] as number,
      liveDrafts: row['draft_count'] as number,
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
      if (before) await this.sendDraftsBack(tx, name, undefined);
      const now = await this.find(name, tx);
      await this.keepVersion(tx, now.name, now.version, { author: actor, reason: before ? 'columns changed' : 'table made' });
      await this.audit.record(tx, actor, {
        action: before ? 'table.changed' : 'table.created',
        object: { kind: 'table', id: name },
        summary: `${actor.name} ${before ? 'changed' : 'made'} the table ${name}`,
        before: before ? record(before) : undefined,
        after: { key: input.key, columns },
      });
      if (input.rows && input.rows.length > 0) {
        const plan = this.checked(
          now,
          await this.plan(
            tx,
            now,
            input.rows.map((row) => putChange(row)),
            (i) => ({ path: `/rows/${i}` }),
          ),
        );
        refuseUnapproved(now, before !== undefined);
        await this.write(tx, now, plan, { author: actor }, actor);
      }
    });
  }

  async rows(
    name: string,
    query: {
      asOf?: string | undefined;
      history?: boolean | undefined;
      everyDay?: boolean | undefined;
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
         and ($2::boolean or $8::boolean or ((valid_from is null or valid_from <= coalesce($3::date, current_date)) and (valid_to is null or valid_to >= coalesce($3::date, current_date))))
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
        query.everyDay ?? false,
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

  /** Who must approve a change of rows from now on; null for nobody. Drafts that wait for somebody else's approval go back. */
  async govern(name: string, approver: string | null, reason: string, actor: Actor): Promise<void> {
    await this.db.transaction(async (tx) => {
      const table = await this.find(name, tx, 'for update');
      if (table.approver === approver) return;
      await tx.query('update reference_table set approver = $2, updated_at = now() where name = $1', [name, approver]);
      await this.sendDraftsBack(tx, name, undefined, 'who approves changes of the table has changed');
      await this.audit.record(tx, actor, {
        action: 'table.governed',
        object: { kind: 'table', id: name },
        summary: `${actor.name} decided that changes of the table ${name} ${approver === null ? 'need no approval' : `need an approval by ${approver}`}`,
        reason,
        before: { approver: table.approver },
        after: { approver },
      });
    });
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
      const put = putChanges(input.put);
      const ends = await this.endChanges(tx, table, input.end ?? []);
      const plan = await this.plan(tx, table, [...put, ...ends], (i) => ({
        path: i < put.length ? `/put/${i}` : `/end/${i - put.length}`,
      }));
      this.checked(table, plan);
      refuseUnapproved(table);
      const result = await this.write(tx, table, plan, { author: actor, reason: input.reason }, actor);
      const keys = put.map((row) => JSON.stringify(row.key));
      const seen = within(scope, 'm.legal_entities', 3);
      const [cleared] = await tx.query<{ n: number }>(
        `select count(*)::int as n from exception e join message m on m.id = e.message_id where e.state in ('open','in-progress') and fix->>'kind' = 'table' and fix->>'table' = $1 and fix->'by' = any($2::jsonb[]) and ${seen.where}`,
        [name, keys, ...seen.values],
      );
      return { ...result, mayClear: cleared!.n };
    });
  }

  async importCsv(name: string, text: string, dryRun: boolean, actor: Actor) {
    return this.db.transaction(async (tx) => {
      const table = await this.find(name, tx, 'for update');
      const changes = await this.changesOfFile(tx, table, text);
      const plan = this.checked(table, await this.plan(tx, table, changes, (i) => ({ line: changes[i]!.line! })));
      if (dryRun) return { ...tally(table, plan), problems: [] as ProblemItem[] };
      refuseUnapproved(table);
      return { ...(await this.write(tx, table, plan, { author: actor, reason: 'CSV import' }, actor)), problems: [] as ProblemItem[] };
    });
  }

  /** The rows of a file, or what is wrong with it as a file; what does not fit the table is found when it is planned. */
  async changesOfFile(sql: Sql, table: TableRecord, text: string): Promise<RowChange[]> {
    const file = readCsv(text, table);
    const changes = file.rows.map((row, i) => putChange(row, file.lines[i]));
    const problems = [...file.problems, ...repeatedRows(changes), ...forgottenCells(file, await this.rowsOf(sql, table, changes))];
    if (problems.length > 0) throw fileProblem(problems);
    return changes;
  }

  private rowsOf(sql: Sql, table: TableRecord, changes: readonly RowChange[]): Promise<StoredRow[]> {
    const keys = [...new Set(changes.map((change) => keyText(change.key)))];
    return sql.query<StoredRow>(
      `select ${rowColumns} from table_row where table_name = $1 and until_version is null and key = any($2::jsonb[]) order by id`,
      [table.name, keys],
    );
  }

  /** Ends as changes: the row of the key that is valid on the day, with that day as its last. */
  async endChanges(sql: Sql, table: TableRecord, ends: readonly { key: Record<string, string>; validTo: string }[]): Promise<RowChange[]> {
    const changes: RowChange[] = [];
    for (const [index, end] of ends.entries()) {
      const [open] = await sql.query<StoredRow>(
        `select ${rowColumns} from table_row where table_name = $1 and key = $2 and until_version is null and (valid_from is null or valid_from <= $3::date) and (valid_to is null or valid_to >= $3::date)`,
        [table.name, JSON.stringify(end.key), end.validTo],
      );
      if (!open) throw new Problem('TABLE_INVALID', `No row of this key is valid on ${end.validTo}.`, { path: `/end/${index}` });
      changes.push(putChange({ key: open.key, values: open.values, validFrom: open.validFrom, validTo: end.validTo }));
    }
    return changes;
  }

  /** What changes do to the rows as they are now. */
  async plan(
    sql: Sql,
    table: TableRecord,
    changes: readonly RowChange[],
    at?: (index: number) => { path?: string; line?: number },
  ): Promise<ChangePlan> {
    return planChanges(table, await this.rowsOf(sql, table, changes), changes, at);
  }

  /** The table with changes that are not live, under a version that no other has; for trying what they do. */
  async withChanges(table: TableRecord, changes: readonly RowChange[], versionOfTrial: number): Promise<TableRows> {
    const plan = await this.plan(this.db, table, changes);
    const now = (await this.snapshot()).find(({ name }) => name === table.name)!;
    const gone = new Set(plan.retire);
    // Rows of a snapshot are stored rows; look-ups need no more of them than the language names.
    const kept = (now.rows as unknown as readonly StoredRow[]).filter(({ id }) => !gone.has(id));
    const added = plan.add.map((row, n) => ({ ...row, id: `trial ${n}` }));
    return { ...now, version: versionOfTrial, rows: [...kept, ...added] };
  }

  /** The plan, when all of it can be done. */
  checked(table: TableRecord, plan: ChangePlan): ChangePlan {
    const problems = plan.entries.flatMap((entry) => entry.problems);
    const [first] = problems;
    if (!first) return plan;
    if (first.code === 'TABLE_OVERLAP') {
      const { key } = plan.entries.find((entry) => entry.problems.includes(first))!;
      throw new Problem('TABLE_OVERLAP', `A row of ${JSON.stringify(key)} overlaps: ${first.detail.replace(/^it overlaps: /, '')}.`, {
        ...(first.path === undefined ? {} : { path: first.path }),
        problems: problems.slice(0, 100),
      });
    }
    throw new Problem(
      'TABLE_INVALID',
      `${problems.length} row problem${problems.length === 1 ? '' : 's'} in ${table.name}: ${first.detail}.`,
      { problems: problems.slice(0, 100) },
    );
  }

  /** Writes a checked plan as the next version, under the lock of the table. */
  async write(tx: Tx, table: TableRecord, plan: ChangePlan, { author, reason, draft }: Writing, actor: Actor) {
    const result = tally(table, plan);
    if (result.added === 0) return result;
    const { version } = result;
    const before = await tx.query<StoredRow>(`update table_row set until_version = $2 where id = any($1) returning ${rowColumns}`, [
      plan.retire,
      version,
    ]);
    await tx.query(
      `insert into table_row (id, table_name, key, "values", valid_from, valid_to, from_version, created_by, created_by_id)
       select id, $2, key::jsonb, vals::jsonb, valid_from::date, valid_to::date, $3, $4, $9 from unnest($1::text[], $5::text[], $6::text[], $7::text[], $8::text[]) as t(id, key, vals, valid_from, valid_to)`,
      [
        plan.add.map(() => newId('row')),
        table.name,
        version,
        author.name,
        plan.add.map((r) => JSON.stringify(sortedKey(r.key))),
        plan.add.map((r) => JSON.stringify(r.values)),
        plan.add.map((r) => r.validFrom),
        plan.add.map((r) => r.validTo),
        author.id,
      ],
    );
    await tx.query('update reference_table set version = $2, updated_at = now() where name = $1', [table.name, version]);
    await this.keepVersion(tx, table.name, version, { author, reason, ...(draft ? { draft } : {}) });
    await this.sendDraftsBack(tx, table.name, draft?.id);
    const rows = `${result.added} row${result.added === 1 ? '' : 's'} of ${table.name}, now version ${version}`;
    const act: Pick<Act, 'action' | 'summary'> = draft
      ? { action: 'table.published', summary: `${actor.name} published ${rows}, drafted by ${author.name}` }
      : { action: 'table.rows-written', summary: `${actor.name} wrote ${rows}` };
    const after = plan.add.slice(0, 50);
    await this.audit.record(tx, actor, {
      ...act,
      object: { kind: 'table', id: table.name },
      reason,
      before: before.slice(0, 50),
      after: draft ? { version, draft: draft.id, draftedBy: author.name, approvedBy: draft.approvedBy, rows: after } : after,
    });
    return result;
  }

  /** Versions, newest first: who, when, why, by which draft. */
  async versions(name: string, query: { limit?: number | undefined; cursor?: string | undefined }) {
    await this.find(name);
    const limit = query.limit ?? 50;
    const [before] = decodeCursor(query.cursor, ['count']) ?? [];
    const rows = await this.db.query<Row>(
      `select v.*, (select count(*)::int from table_row r where r.table_name = v.table_name and r.from_version = v.version) as begun, (select count(*)::int from table_row r where r.table_name = v.table_name and r.until_version = v.version) as retired
       from table_version v where v.table_name = $1 and ($2::int is null or v.version < $2::bigint) order by v.version desc limit $3`,
      [name, before ?? null, limit + 1],
    );
    const { items, next } = page(rows, limit, (row) => [String(row['version'])]);
    return { items: items.map(versionOf), next };
  }

  /** What one version did, row by row. */
  async version(name: string, version: number) {
    const [row] = await this.db.query<Row>(
      `select v.*, (select count(*)::int from table_row r where r.table_name = v.table_name and r.from_version = v.version) as begun, (select count(*)::int from table_row r where r.table_name = v.table_name and r.until_version = v.version) as retired
       from table_version v where v.table_name = $1 and v.version = $2`,
      [name, version],
    );
    if (!row) throw new Problem('NOT_FOUND', `There is no version ${version} of the table ${name}.`);
    const of = (column: 'from_version' | 'until_version') =>
      this.db.query<StoredRow>(
        `select ${rowColumns} from table_row where table_name = $1 and ${column} = $2 order by key::text, valid_from nulls first limit ${shownRowsMax + 1}`,
        [name, version],
      );
    const [begun, retired] = [await of('from_version'), await of('until_version')];
    const more = begun.length > shownRowsMax || retired.length > shownRowsMax;
    return { ...versionOf(row), entries: versionEntries(retired.slice(0, shownRowsMax), begun.slice(0, shownRowsMax)), more };
  }

  /** Rows of a day as they stand, for a file. */
  async exported(name: string, asOf: string | undefined) {
    const table = await this.find(name);
    const rows = await this.db.query<StoredRow>(
      `select ${rowColumns} from table_row where table_name = $1 and until_version is null
         and (valid_from is null or valid_from <= coalesce($2::date, current_date)) and (valid_to is null or valid_to >= coalesce($2::date, current_date)) order by key::text limit ${exportRowsMax + 1}`,
      [name, asOf ?? null],
    );
    if (rows.length > exportRowsMax)
      throw new Problem('EXPORT_TOO_LARGE', `The table ${name} has more than ${exportRowsMax} rows on that day.`);
    return { table, rows };
  }

  private async keepVersion(tx: Tx, name: string, version: number, { author, reason, draft }: Writing): Promise<void> {
    await tx.query(
      'insert into table_version (table_name, version, by_name, by_id, approved_by, reason, draft_id) values ($1,$2,$3,$4,$5,$6,$7)',
      [name, version, author.name, author.id, draft?.approvedBy ?? null, reason ?? null, draft?.id ?? null],
    );
  }

  /** What was shown for approval is not what is there any more: drafts of the table wait for nobody, and say so. */
  private async sendDraftsBack(
    tx: Tx,
    name: string,
    except: string | undefined,
    why = `the table ${name} has a newer version`,
  ): Promise<void> {
    const back = await tx.query<{ id: string }>(
      "update table_draft set state = 'open', revision = revision + 1 where table_name = $1 and state = 'submitted' and id is distinct from $2 returning id",
      [name, except ?? null],
    );
    await voidApprovals(
      tx,
      'table-draft',
      back.map(({ id }) => id),
      why,
    );
  }
}

/** Rows of a version or of a draft that an answer shows. */
export const shownRowsMax = 1_000;
/** Rows that an editor of mappings is given at once. */
const snapshotRowsMax = 5_000;
const exportRowsMax = 100_000;

/** Rows to write as they were asked for in JSON; which of two of one row is meant, nobody could say. */
export function putChanges(rows: readonly RowInput[] = []): RowChange[] {
  const put = rows.map((row) => putChange(row));
  const repeated = repeatedRows(put, (index) => ({ path: `/put/${index}` }));
  if (repeated.length > 0)
    throw new Problem('TABLE_INVALID', `${repeated[0]!.path!} ${repeated[0]!.detail}.`, {
      path: repeated[0]!.path!,
      problems: repeated.slice(0, 100),
    });
  return put;
}

const fileProblem = (problems: ProblemItem[]): Problem =>
  new Problem('TABLE_INVALID', `The file has ${problems.length} problem${problems.length === 1 ? '' : 's'}.`, {
    problems: problems.slice(0, 100),
  });

/** What is written past a draft where an approval is asked for would be a way around it. */
function refuseUnapproved({ name, approver }: TableRecord, exists = true): void {
  if (exists && approver !== null)
    throw new Problem('TABLE_NEEDS_APPROVAL', `Changes of the table ${name} need an approval by ${approver}.`);
}

function tally(table: TableRecord, { entries, retire }: ChangePlan) {
  const unchanged = entries.filter(({ kind }) => kind === 'unchanged').length;
  const added = entries.length - unchanged;
  return { version: table.version + (added > 0 ? 1 : 0), added, ended: retire.length, unchanged };
}

const versionOf = (row: Row) => ({
  version: row['version'] as number,
  at: (row['at'] as Date).toISOString(),
  by: row['by_name'] as string,
  approvedBy: row['approved_by'] as string | null,
  reason: row['reason'] as string | null,
  draftId: row['draft_id'] as string | null,
  begun: row['begun'] as number,
  retired: row['retired'] as number,
});

const record = (row: Row): TableRecord => ({
  name: row['name'] as string,
  title: row['title'] as string,
  description: row['description'] as string,
  key: row['key_columns'] as string[],
  columns: row['columns'] as Column[],
  governed: row['governed'] as boolean,
  approver: row['approver'] as string | null,
  version: row['version'] as number,
});
