import {
  hashFields,
  isJsonObject,
  misconfigured,
  readExact,
  rejected,
  type ConnectorContext,
  type Delivery,
  type Page,
  type SourceRecord,
  type Stream,
} from '@waybill/sdk';
import { columnsOf, requireColumns, timestampOf } from './catalog.js';
import { withClient } from './client.js';
import { readFailure } from './failures.js';
import { quoted, quotedTable } from './names.js';
import { lagSecondsOf, text, texts } from './settings.js';

type Ask = Parameters<NonNullable<Stream['poll']>['read']>[1];

export const rowStream = 'rows';
const rowsMax = 500;
const timeFormat = `'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`;

/** The last row that was read: its watermark to the microsecond, and its key. Without a key: from that time on. */
interface Cursor {
  at: string;
  key?: string[];
}

export interface RowTable {
  table: string;
  watermark: string;
  key: string[];
}

/** The table of the stream; throws `misconfigured` when the connection names none. */
export function rowTableOf(settings: ConnectorContext['settings']): RowTable {
  const of = { table: text(settings, 'table'), watermark: text(settings, 'watermark'), key: texts(settings, 'keyColumns') };
  if (of.table !== '' && of.watermark !== '' && of.key.length > 0) return of;
  throw misconfigured({
    code: 'setting-missing',
    message: 'The connection does not name a table with rows, its watermark and its key.',
    remedy: 'Fill in all three, or pause the flows that begin at rows.',
  });
}

/**
 * The rows that changed after the cursor, by watermark and key, up to some seconds behind the server's clock: a row that is committed later than its
 * watermark says is still found, as long as its transaction took less than that. Clock, bound and rows are of one snapshot.
 */
export async function readRows(context: ConnectorContext, ask: Ask): Promise<Page> {
  const of = rowTableOf(context.settings);
  const cursor = ask.cursor === null ? undefined : parseCursor(ask.cursor, of.key.length);
  const limit = Math.min(ask.limit, rowsMax);
  try {
    const rows = await withClient(context, async (client) => {
      await client.query('begin isolation level repeatable read read only');
      const columns = await columnsOf(client, of.table);
      const [watermark, ...keys] = requireColumns(columns, of.table, [of.watermark, ...of.key]);
      const kind = timestampOf(watermark!, of.watermark);
      const { sql, values } = statement(of, { kind, keyTypes: keys.map(({ type }) => type), lagSeconds: lagSecondsOf(context.settings), cursor, ask, limit });
      return (await client.query<Record<string, string>>(sql, values)).rows;
    });
    const deliveries = rows.map((row) => deliveryOf(of.key.map((_, n) => row[`k${n}`]!), row));
    const last = rows.at(-1);
    const next: Cursor | undefined = last ? { at: last['at']!, key: of.key.map((_, n) => last[`k${n}`]!) } : cursor;
    return { deliveries, cursor: JSON.stringify(next ?? { at: timeOf(ask.since ?? '0001-01-01') }), more: rows.length === limit };
  } catch (error) {
    throw readFailure(error, { what: `read the table ${of.table}`, settings: context.settings });
  }
} // prettier-ignore

interface Terms {
  kind: 'timestamptz' | 'timestamp';
  keyTypes: string[];
  lagSeconds: number;
  cursor: Cursor | undefined;
  ask: Ask;
  limit: number;
}

/** Compared in the column's own type: a time that was rounded to milliseconds would read a row again for ever, or pass one by. Pure. */
export function statement(of: RowTable, { kind, keyTypes, lagSeconds, cursor, ask, limit }: Terms): { sql: string; values: unknown[] } {
  const values: unknown[] = [];
  const parameter = (value: unknown, type: string): string => `$${values.push(value)}::${type}`;
  const at = `t.${quoted(of.watermark)}`;
  const keys = of.key.map((name) => `t.${quoted(name)}`);
  const wall = kind === 'timestamptz' ? `${at} at time zone 'UTC'` : at;
  const now = kind === 'timestamptz' ? 'now()' : `(now() at time zone 'UTC')`;
  const since = cursor?.at ?? (ask.since === undefined ? '0001-01-01T00:00:00Z' : timeOf(ask.since));
  const conditions = [
    `isfinite(${at})`,
    `${at} < ${now} - make_interval(secs => ${parameter(lagSeconds, 'float8')})`,
    cursor?.key
      ? `(${[at, ...keys].join(', ')}) > (${[parameter(since, kind), ...cursor.key.map((key, n) => parameter(key, keyTypes[n]!))].join(', ')})`
      : `${at} >= ${parameter(since, kind)}`,
    ...(ask.until === undefined ? [] : [`${at} < ${parameter(endOf(ask.until), kind)}`]),
  ];
  const shown = [`to_char(${wall}, ${timeFormat}) as at`, ...keys.map((key, n) => `${key}::text as k${n}`), 'row_to_json(t)::text as row'];
  const sql = `select ${shown.join(', ')} from ${quotedTable(of.table)} t where ${conditions.join(' and ')} order by ${[at, ...keys].join(', ')} limit ${limit}`;
  return { sql, values };
}

/** Row and version. A long key is named by its digest. */
function deliveryOf(key: string[], { at, row }: Record<string, string>): Delivery {
  const named = key.map(encodeURIComponent).join('/');
  const short = named.length <= 150 ? named : `sha256-${hashFields(key).toString('hex')}`;
  return { id: `${rowStream}/${short}/${at}`, body: JSON.stringify({ at, key, row }), via: 'poll', stream: rowStream };
}

/** The row with its numbers as text, digit by digit. Pure. */
export function unpackRow(delivery: Delivery): SourceRecord[] {
  const kept = parsed(delivery.body, JSON.parse);
  const [at, key] = isJsonObject(kept) ? [kept['at'], kept['key']] : [];
  const body = isJsonObject(kept) && typeof kept['row'] === 'string' ? parsed(kept['row'], readExact) : undefined;
  if (!isJsonObject(body) || typeof at !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(at) || !Array.isArray(key))
    throw rejected({ code: 'row-unreadable', category: 'transformation', message: 'What is stored is no row of a table.' });
  return [
    {
      stream: rowStream,
      body,
      revision: at,
      occurredAt: new Date(at).toISOString(),
      delivery: { key: key.map((one) => encodeURIComponent(String(one))).join('/'), at },
    },
  ];
}

function parsed(body: string, read: (text: string) => unknown): unknown {
  try {
    return read(body);
  } catch {
    return undefined;
  }
}

function timeOf(date: string): string {
  const at = Date.parse(date);
  if (Number.isFinite(at)) return new Date(at).toISOString();
  throw misconfigured({
    code: 'date-unreadable',
    message: `${date} is not a date such as 2026-11-23.`,
    remedy: 'Give the range as ISO 8601 dates.',
  });
}

/** A day is included to its end. */
const endOf = (until: string): string => {
  const at = timeOf(until);
  return until.length === 10 ? new Date(Date.parse(at) + 86_400_000).toISOString() : new Date(Date.parse(at) + 1).toISOString();
};

function parseCursor(given: string, keys: number): Cursor {
  try {
    const { at, key } = JSON.parse(given) as Cursor;
    const fits = key === undefined || (Array.isArray(key) && key.length === keys && key.every((one) => typeof one === 'string'));
    if (typeof at === 'string' && Number.isFinite(Date.parse(at)) && fits) return { at, ...(key === undefined ? {} : { key }) };
  } catch {
    // falls through to the sentence below
  }
  throw misconfigured({
    code: 'cursor-unreadable',
    message: `The stored cursor ${given.slice(0, 80)} does not fit the key of the table.`,
    remedy: 'Start a backfill from a date.',
  });
}
