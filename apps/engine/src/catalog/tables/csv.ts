import { parse } from 'csv-parse/sync';
import { plainCell } from '../../platform/csv/index.js';
import type { ProblemItem } from '../../platform/problems/index.js';
import type { RowInput, TableShape } from './rows.js';

const rowsMax = 10_000;

/** Rows of a CSV text (RFC 4180): a header of key columns, value columns, `validFrom` and `validTo`; empty cells are null. */
export function readCsv(text: string, table: TableShape, most = rowsMax): { rows: RowInput[]; problems: ProblemItem[] } {
  let cells: string[][];
  try {
    cells = parse(text, { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true }) as string[][];
  } catch (error) {
    return { rows: [], problems: [{ code: 'TABLE_INVALID', detail: (error as Error).message }] };
  }
  const [header, ...lines] = cells;
  if (!header) return { rows: [], problems: [{ code: 'TABLE_INVALID', detail: 'the file is empty; it needs a header' }] };
  const known = [...table.key, ...table.columns.map((c) => c.name), 'validFrom', 'validTo'];
  const problems: ProblemItem[] = [];
  for (const name of header)
    if (!known.includes(name))
      problems.push({
        code: 'TABLE_INVALID',
        line: 1,
        detail: `${JSON.stringify(name)} is no column of ${table.name}; it has ${known.join(', ')}`,
      });
  for (const name of table.key)
    if (!header.includes(name)) problems.push({ code: 'TABLE_INVALID', line: 1, detail: `the key column ${name} is missing` });
  if (lines.length > most) problems.push({ code: 'TABLE_INVALID', detail: `${lines.length} rows; ${most} can be read at once` });
  lines.forEach((line, i) => {
    if (line.length !== header.length)
      problems.push({ code: 'TABLE_INVALID', line: i + 2, detail: `has ${line.length} cells; the header has ${header.length}` });
  });
  if (problems.length > 0) return { rows: [], problems };
  const rows = lines.map((line) => {
    const cell = Object.fromEntries(header.map((name, i) => [name, plainCell(line[i] ?? '')]));
    return {
      key: Object.fromEntries(table.key.map((name) => [name, cell[name] ?? ''])),
      values: Object.fromEntries(table.columns.map((c) => [c.name, cell[c.name] || null])),
      validFrom: cell['validFrom'] || null,
      validTo: cell['validTo'] || null,
    };
  });
  return { rows, problems };
}
