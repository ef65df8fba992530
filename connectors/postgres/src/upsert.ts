import {
  isJsonObject,
  misconfigured,
  rejected,
  type ConnectorContext,
  type Json,
  type JsonObject,
  type Operation,
  type Receipt,
} from '@waybill/sdk';
import type pg from 'pg';
import { columnsOf, requireColumns, type Columns } from './catalog.js';
import { connectTo, letGo } from './client.js';
import { readFailure, writeFailure } from './failures.js';
import { quoted, quotedTable } from './names.js';
import { text, texts } from './settings.js';

export interface Target {
  table: string;
  key: string[];
  version: string;
}

/** Throws `misconfigured` when the connection names none. */
export function targetOf(settings: JsonObject): Target {
  const of = { table: text(settings, 'target'), key: texts(settings, 'targetKey'), version: text(settings, 'targetVersion') };
  if (of.table !== '' && of.key.length > 0 && of.version !== '') return of;
  throw misconfigured({
    code: 'setting-missing',
    message: 'The connection does not name a table to write to, its key and its version.',
    remedy: 'Fill in all three in the connection.',
  });
}

/**
 * One statement, committed by itself. A try that was cut off may commit after a later one: so a row is written over only by a version that is not older.
 * Text is compared byte by byte, as the engine compares revisions, not as the database's language sorts. Pure.
 */
export function statement(of: Target, row: JsonObject, columns: Columns): { sql: string; values: unknown[] } {
  const names = Object.keys(row);
  const { type } = requireColumns(columns, of.table, [...names, of.version]).at(-1)!;
  const ordered = (side: string): string => `${side}.${quoted(of.version)}${/^(text|character)/.test(type) ? ' collate "C"' : ''}`;
  const others = names.filter((name) => !of.key.includes(name));
  const sql =
    `insert into ${quotedTable(of.table)} as t (${names.map(quoted).join(', ')}) values (${names.map((_, n) => `$${n + 1}`).join(', ')}) ` +
    `on conflict (${of.key.map(quoted).join(', ')}) do update set ${others.map((name) => `${quoted(name)} = excluded.${quoted(name)}`).join(', ')} ` +
    `where t.${quoted(of.version)} is null or ${ordered('excluded')} >= ${ordered('t')} returning 1 as written`;
  return { sql, values: names.map((name) => valueOf(row[name])) };
}

/** As text, which the server reads as the type of the column; objects and lists are JSON. */
function valueOf(value: Json | undefined): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A key or a version that is empty would be written beside the row that it means, each time. */
function requireValues({ key, version }: Target, row: JsonObject): void {
  const missing = [...key, version].find((name) => row[name] === undefined || row[name] === null);
  if (missing === undefined) return;
  throw rejected({
    code: 'key-missing',
    category: 'transformation',
    message: `The row has no value for ${missing}, a column of its ${missing === version ? 'version' : 'key'}.`,
    remedy: 'Let the mapping give it.',
    path: `/row/${missing}`,
  });
}

async function send(context: ConnectorContext, { document }: { document: JsonObject }): Promise<Receipt> {
  const of = targetOf(context.settings);
  const row = isJsonObject(document['row']) ? document['row'] : {};
  requireValues(of, row);
  const named = of.key.map((name) => String(row[name])).join('/');
  const call = { what: `write ${named} to ${of.table}`, settings: context.settings, about: of.table };
  let client: pg.Client | undefined;
  let ready: ReturnType<typeof statement>;
  try {
    client = await connectTo(context);
    ready = statement(of, row, await columnsOf(client, of.table));
  } catch (error) {
    await letGo(client);
    throw readFailure(error, call);
  }
  try {
    const { rowCount } = await client.query(ready.sql, ready.values);
    return { documentId: named, details: { table: of.table, written: rowCount === 1 } };
  } catch (error) {
    throw writeFailure(error, call);
  } finally {
    await letGo(client);
  }
}

export const upsert = {
  title: 'Row',
  summary: 'A row, written over by its key; an older version is never written over a newer one.',
  kind: 'operational',
  document: 'row',
  effects: ['create', 'void', 'apply', 'refund', 'write-off'],
  input: {
    type: 'object',
    additionalProperties: false,
    required: ['row'],
    properties: {
      row: {
        type: 'object',
        title: 'Row',
        description:
          'Columns and their values: text, which the column reads as its type; truth values; null; objects and lists for JSON columns.',
        minProperties: 2,
        maxProperties: 200,
        propertyNames: { pattern: '^[A-Za-z_][A-Za-z0-9_$]{0,62}$' },
        additionalProperties: { type: ['string', 'boolean', 'null', 'object', 'array', 'integer'] },
      },
    },
  },
  writes: 'upsert',
  idempotency: { mode: 'unique-external-id' },
  // The server ends a statement after 20 seconds; a commit that waits for a replica may take longer.
  maxUpstreamSeconds: 60,
  send,
} satisfies Operation;
