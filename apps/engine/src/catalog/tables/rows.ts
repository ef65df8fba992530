import { anyValue } from '@waybill/mapping-language';
import { isDay } from '../../platform/days/index.js';
import type { ProblemItem } from '../../platform/problems/index.js';
import { money } from '@waybill/sdk';

export type ColumnType = 'text' | 'decimal' | 'date' | 'boolean';
export interface Column {
  name: string;
  type: ColumnType;
  required: boolean;
  description?: string;
}
export interface TableShape {
  name: string;
  key: readonly string[];
  columns: readonly Column[];
}
export interface RowInput {
  key: Record<string, string>;
  values: Record<string, string | null>;
  validFrom?: string | null | undefined;
  validTo?: string | null | undefined;
}
export interface StoredRow {
  id: string;
  key: Record<string, string>;
  values: Record<string, string | null>;
  validFrom: string | null;
  validTo: string | null;
}

/** Characters of a cell. */
export const keyLengthMax = 255;
export const valueLengthMax = 1_000;

/** What is wrong with rows that someone wants to write, each with its place, down to the cell. */
export function rowProblems(
  table: TableShape,
  rows: readonly RowInput[],
  at: (index: number) => { path?: string; line?: number },
): ProblemItem[] {
  return rows.flatMap((row, index) => {
    const { path = '', ...where } = at(index);
    const problems: ProblemItem[] = [];
    const tell = (cell: string, detail: string) => void problems.push({ code: 'TABLE_INVALID', detail, ...where, path: `${path}${cell}` });
    for (const column of table.key)
      if ((row.key[column]?.length ?? 0) > keyLengthMax) tell(`/key/${column}`, `${column} has more than ${keyLengthMax} characters`);
      else if (!row.key[column]) tell(`/key/${column}`, `the key column ${column} is empty; write ${anyValue} for any`);
    for (const name of Object.keys(row.key))
      if (!table.key.includes(name)) tell(`/key/${name}`, `${name} is no key column of ${table.name}`);
    for (const name of Object.keys(row.values))
      if (!table.columns.some((c) => c.name === name)) tell(`/values/${name}`, `${name} is no column of ${table.name}`);
    for (const column of table.columns) {
      const value = row.values[column.name] ?? null;
      if (value === null || value === '') {
        if (column.required) tell(`/values/${column.name}`, `${column.name} is required`);
      } else if (value.length > valueLengthMax) tell(`/values/${column.name}`, `${column.name} has more than ${valueLengthMax} characters`);
      else if (!fits(column.type, value))
        tell(`/values/${column.name}`, `${column.name} must be ${typeWords[column.type]}, not ${JSON.stringify(value)}`);
    }
    for (const [name, value] of [['validFrom', row.validFrom], ['validTo', row.validTo]] as const) if (value && !isDay(value)) tell(`/${name}`, `${name} must be a date such as 2026-01-31, not ${JSON.stringify(value)}`); // prettier-ignore
    if (row.validFrom && row.validTo && row.validTo < row.validFrom)
      tell('/validTo', `the row would end (${row.validTo}) before it begins (${row.validFrom})`);
    return problems;
  });
}

const typeWords: Record<ColumnType, string> = {
  text: 'text',
  decimal: 'a decimal such as 12.50',
  date: 'a date such as 2026-01-31',
  boolean: 'true or false',
};

function fits(type: ColumnType, value: string): boolean {
  if (type === 'decimal') return money.isDecimal(value);
  if (type === 'date') return isDay(value);
  return type === 'text' || value === 'true' || value === 'false';
}

export const dayBefore = (day: string): string => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);

/** What writing one row means for the rows of the same key that are there. */
export interface RowPlan {
  /** Rows that this version no longer has: corrected, or replaced by a shorter one. */
  retire: string[];
  /** Rows to write. */
  add: Omit<StoredRow, 'id'>[];
  unchanged: boolean;
}

/**
 * A row that begins later ends the one before it. A row with the same first day corrects it. A row that begins earlier than one that
 * is already known ends the day before that one. What was written stays in the table's history.
 */
export function planRow(existing: readonly StoredRow[], input: RowInput): RowPlan | { overlap: string } {
  const from = input.validFrom || null;
  let to = input.validTo || null;
  const values = Object.fromEntries(Object.entries(input.values).map(([name, value]) => [name, value === '' ? null : value]));
  const same = existing.find((row) => row.validFrom === from);
  const later = existing
    .filter((row) => row !== same && (row.validFrom ?? '') > (from ?? ''))
    .sort((a, b) => (a.validFrom! < b.validFrom! ? -1 : 1))[0];
  if (later && to !== null && to >= later.validFrom!) return { overlap: `a row from ${later.validFrom} is already there` };
  if (later && to === null) to = dayBefore(later.validFrom!);
  const before = existing.find(
    (row) => row !== same && (row.validFrom ?? '') < (from ?? '') && (row.validTo === null || row.validTo >= from!),
  );
  if (same && !before && same.validTo === to && sameValues(same.values, values)) return { retire: [], add: [], unchanged: true };
  const add: RowPlan['add'] = [{ key: input.key, values, validFrom: from, validTo: to }];
  if (before) add.push({ key: before.key, values: before.values, validFrom: before.validFrom, validTo: dayBefore(from!) });
  return { retire: [same, before].filter((row) => row !== undefined).map((row) => row.id), add, unchanged: false };
}

export const sameValues = (a: Record<string, string | null>, b: Record<string, string | null>): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => (a[name] ?? null) === (b[name] ?? null));

/** Columns of a key in one order, so that equal keys are equal texts. */
export const sortedKey = (key: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1)));
export const keyText = (key: Record<string, string>): string => JSON.stringify(sortedKey(key));
