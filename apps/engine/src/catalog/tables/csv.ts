import { parse } from 'csv-parse/sync';
import { plainCell } from '../../platform/csv/index.js';
import type { ProblemItem } from '../../platform/problems/index.js';
import { dayBefore, keyText, type RowInput, type StoredRow, type TableShape } from './rows.js';

const rowsMax = 10_000;

export interface CsvRead {
  rows: RowInput[];
  /** The line of the file that each row begins on. */
  lines: number[];
  /** Columns of the table that the file does not have. */
  absent: string[];
  problems: ProblemItem[];
}

const nothing = { rows: [], lines: [], absent: [] };

/** Rows of a CSV text (RFC 4180): a header of key columns, value columns, `validFrom` and `validTo`; empty cells are null. */
export function readCsv(text: string, table: TableShape, most = rowsMax): CsvRead {
  let records: Record[];
  try {
    records = parse(text, options) as unknown as Record[];
  } catch (error) {
    return { ...nothing, problems: [{ code: 'TABLE_INVALID', detail: (error as Error).message }] };
  }
  const [header, ...cells] = records.map(({ record }) => record);
  if (!header) return { ...nothing, problems: [{ code: 'TABLE_INVALID', detail: 'the file is empty; it needs a header' }] };
  const [headerLine, ...lines] = linesOf(records);
  const known = [...table.key, ...table.columns.map((c) => c.name), 'validFrom', 'validTo'];
  const problems: ProblemItem[] = [];
  const ofHeader = (detail: string) => void problems.push({ code: 'TABLE_INVALID', line: headerLine!, detail });
  for (const name of new Set(header)) {
    if (!known.includes(name)) ofHeader(`${JSON.stringify(name)} is no column of ${table.name}; it has ${known.join(', ')}`);
    const times = header.filter((other) => other === name).length;
    if (times > 1) ofHeader(`the column ${JSON.stringify(name)} stands there ${times} times`);
  }
  for (const name of table.key) if (!header.includes(name)) ofHeader(`the key column ${name} is missing`);
  if (cells.length > most) problems.push({ code: 'TABLE_INVALID', detail: `${cells.length} rows; ${most} can be read at once` });
  cells.forEach((row, i) => {
    if (row.length !== header.length)
      problems.push({ code: 'TABLE_INVALID', line: lines[i]!, detail: `has ${row.length} cells; the header has ${header.length}` });
  });
  if (problems.length > 0) return { ...nothing, problems };
  const rows = cells.map((line) => {
    const cell = Object.fromEntries(header.map((name, i) => [name, plainCell(line[i] ?? '')]));
    return {
      key: Object.fromEntries(table.key.map((name) => [name, cell[name] ?? ''])),
      values: Object.fromEntries(table.columns.map((c) => [c.name, cell[c.name] || null])),
      validFrom: cell['validFrom'] || null,
      validTo: cell['validTo'] || null,
    };
  });
  return { rows, lines, absent: known.filter((name) => !header.includes(name)), problems };
}

interface Record {
  record: string[];
  info: { lines: number };
}

const options = {
  bom: true,
  trim: true,
  skip_empty_lines: true,
  relax_column_count: true,
  info: true,
  record_delimiter: ['\r\n', '\n', '\r'],
};

/** Where each record begins. The parser says where it ends, and counts a CR LF within quotes as two lines. */
function linesOf(records: readonly Record[]): number[] {
  let counted = 0;
  return records.map(({ record, info }) => {
    const breaks = record.join('').match(/[\r\n]/g)?.length ?? 0;
    const begins = info.lines - breaks - counted;
    counted += record.join('\u0000').match(/\r\n/g)?.length ?? 0;
    return begins;
  });
}

/** Does it end before its time? The row that follows it would end it anyway. */
const isEnded = ({ key, validTo }: StoredRow, existing: readonly StoredRow[]): boolean =>
  validTo !== null &&
  !existing.some((row) => row.validFrom !== null && dayBefore(row.validFrom) === validTo && keyText(row.key) === keyText(key));

/**
 * A file corrects a row by naming its key and first day. What it has no column for, it says nothing of; a row that says something there would lose it, so
 * it is refused.
 */
export function forgottenCells({ rows, lines, absent }: CsvRead, existing: readonly StoredRow[]): ProblemItem[] {
  if (absent.length === 0) return [];
  const byRow = new Map(existing.map((row) => [`${keyText(row.key)} ${row.validFrom ?? ''}`, row]));
  return rows.flatMap((row, i): ProblemItem[] => {
    const before = byRow.get(`${keyText(row.key)} ${row.validFrom ?? ''}`);
    const lost =
      before === undefined ? [] : absent.filter((name) => (name === 'validTo' ? isEnded(before, existing) : Boolean(before.values[name])));
    return lost.map((name) => ({
      code: 'TABLE_INVALID',
      line: lines[i]!,
      detail: `the row has a ${name}, and the file has no column ${name}; add the column, with an empty cell where it is to be empty`,
    }));
  });
}
