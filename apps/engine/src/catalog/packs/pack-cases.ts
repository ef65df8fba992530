import type { Expectation, TableRows } from '@waybill/mapping-language';
import { parse } from 'yaml';
import { readCsv } from '../tables/csv.js';
import type { Pack } from './packs.store.js';

type Row = Record<string, string | null>;
interface FileCase {
  name: string;
  source?: unknown;
  sourceFile?: string;
  enriched?: unknown;
  tables?: Record<string, Row[]>;
  flow?: unknown;
  revision?: string;
  delivery?: unknown;
  expect?: unknown;
  expectError?: { category: string; contains: string };
}

export interface PackCase {
  name: string;
  inputText: string;
  enriched?: unknown;
  flow?: unknown;
  delivery?: unknown;
  revision: string;
  asOf: string;
  tables: TableRows[];
  expects: Expectation;
}

/** Day that the cases of packs are read on, where they do not say their own. */
const packDay = '2026-11-23T00:00:00Z';

/** The cases of a file, each with the rows that it needs: its own, or those that the pack comes with. What is kept in another file stays there. */
export function casesOf(yaml: string, tables: Pack['tables']): { cases: PackCase[]; elsewhere: string[] } {
  const { cases } = parse(yaml, { merge: true }) as { cases: FileCase[] };
  const here = cases.filter(({ sourceFile }) => sourceFile === undefined);
  return {
    cases: here.map((one) => ({
      name: one.name,
      inputText: JSON.stringify(one.source),
      ...(one.enriched === undefined ? {} : { enriched: one.enriched }),
      ...(one.flow === undefined ? {} : { flow: one.flow }),
      ...(one.delivery === undefined ? {} : { delivery: one.delivery }),
      revision: one.revision ?? '0',
      asOf: packDay,
      tables: tables.map((table) => (one.tables?.[table.name] ? rowsOf(table.name, table.key, one.tables[table.name]!) : rowsOfCsv(table))),
      expects: one.expectError ? { kind: 'failure', ...one.expectError } : { kind: 'whole', output: one.expect ?? {} },
    })),
    elsewhere: cases.filter(({ sourceFile }) => sourceFile !== undefined).map(({ name }) => name),
  };
}

function rowsOfCsv(table: Pack['tables'][number]): TableRows {
  const { name, key, csv } = table;
  const { rows } = csv === undefined ? { rows: [] } : readCsv(csv, { ...table, columns: table.columns.map((column) => ({ required: false, ...column })) });
  return { name, version: 0, key, rows: rows.map(({ key: of, values, validFrom, validTo }) => ({ key: of, values, validFrom: validFrom ?? null, validTo: validTo ?? null })) };
} // prettier-ignore

function rowsOf(name: string, key: string[], rows: readonly Row[]): TableRows {
  const known = [...key, 'validFrom', 'validTo'];
  return {
    name,
    version: 0,
    key,
    rows: rows.map((row) => ({
      key: Object.fromEntries(key.map((column) => [column, String(row[column])])),
      values: Object.fromEntries(Object.entries(row).filter(([column]) => !known.includes(column))),
      validFrom: row['validFrom'] ?? null,
      validTo: row['validTo'] ?? null,
    })),
  };
}
