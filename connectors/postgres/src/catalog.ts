import { misconfigured } from '@waybill/sdk';
import type pg from 'pg';
import { quotedTable } from './names.js';

export interface Column {
  /** As `format_type` says it: `bigint`, `timestamp with time zone`, `numeric(12,2)`. */
  type: string;
  notNull: boolean;
  /** The expression of its default. */
  otherwise: string;
}

export type Columns = ReadonlyMap<string, Column>;

/** The columns of a table. Throws `misconfigured` when there is none, or the user may not see it. */
export async function columnsOf(client: pg.Client, table: string): Promise<Columns> {
  const { rows } = await client.query<{ name: string; type: string; not_null: string; otherwise: string | null }>(
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as not_null, pg_get_expr(d.adbin, d.adrelid) as otherwise
       from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped`,
    [quotedTable(table)],
  );
  if (rows.length > 0)
    return new Map(
      rows.map(({ name, type, not_null, otherwise }) => [name, { type, notNull: not_null === 't', otherwise: otherwise ?? '' }]),
    );
  throw misconfigured({
    code: 'table-missing',
    message: `There is no table ${table}, or the user may not see it.`,
    remedy: 'Make it, correct its name in the connection, or grant the user the use of its schema.',
  });
}

/** Throws `misconfigured` for the first column that is not there. */
export function requireColumns(columns: Columns, table: string, names: readonly string[]): Column[] {
  return names.map((name) => {
    const column = columns.get(name);
    if (column) return column;
    throw misconfigured({
      code: 'column-missing',
      message: `The table ${table} has no column ${name}.`,
      remedy: 'Make it, or correct its name in the connection.',
    });
  });
}

/** Whether a unique index has exactly these columns, is valid for every row and checked at once: a primary key, a constraint, or an index alone. */
export async function isUnique(client: pg.Client, table: string, columns: readonly string[]): Promise<boolean> {
  const { rows } = await client.query(
    `select 1 from pg_index i
      where i.indrelid = to_regclass($1) and i.indisunique and i.indisvalid and i.indimmediate and i.indpred is null and i.indexprs is null
        and (select array_agg(a.attname::text order by a.attname::text) from unnest(i.indkey::int2[]) with ordinality as k (attnum, place)
               join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum where k.place <= i.indnkeyatts)
          = (select array_agg(name order by name) from unnest($2::text[]) as name)
      limit 1`,
    [quotedTable(table), [...columns]],
  );
  return rows.length > 0;
}

const timestamps: Record<string, 'timestamptz' | 'timestamp'> = {
  'timestamp with time zone': 'timestamptz',
  'timestamp without time zone': 'timestamp',
};

/** What kind of timestamp a watermark is; `timestamp(3) …` counts too. */
export function timestampOf({ type }: Column, name: string): 'timestamptz' | 'timestamp' {
  const found = timestamps[type.replace(/\(\d\)/, '')];
  if (found) return found;
  throw misconfigured({
    code: 'watermark-no-time',
    message: `The watermark ${name} is of type ${type}, not a timestamp.`,
    remedy: 'Name a column of type timestamptz that each change sets anew, or use an outbox.',
  });
}
