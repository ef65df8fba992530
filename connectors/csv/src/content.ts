import { rejected, type Json, type JsonObject } from '@waybill/sdk';
import { stringify } from 'csv-stringify/sync';

export const fileBytesMax = 5 * 1024 * 1024;

/** Some spreadsheets cut leading blanks before they look for a formula, so those count as its beginning; full-width signs count too. */
const formula = /^\s*[=+\-@＝＋－＠\t\r\n\0]/;
const decimal = /^-?\d+(\.\d+)?$/;

/** A text that a spreadsheet would run gets an apostrophe before it; `-12.50` begins like a formula and is a number. */
const safe = (cell: string): string => (formula.test(cell) && !decimal.test(cell) ? `'${cell}` : cell);

const textOf = (cell: Json | undefined): string => (cell === null || cell === undefined ? '' : String(cell));

/** A file with its header, as RFC 4180 has it, in UTF-8. A row of another length, or a file that is too large, is refused. Pure. */
export function contentOf(document: JsonObject, { delimiter, formulaSafe }: { delimiter: string; formulaSafe: boolean }): Buffer {
  const columns = document['columns'] as string[];
  const rows = document['rows'] as Json[][];
  rows.forEach((row, i) => {
    if (row.length !== columns.length)
      throw rejected({
        code: 'row-length',
        category: 'transformation',
        message: `Row ${i + 1} has ${row.length} cells, and there are ${columns.length} columns.`,
        remedy: 'Let the mapping give each row one cell a column.',
        path: `/rows/${i}`,
      });
  });
  const lines = [columns, ...rows.map((row) => row.map(textOf))].map((line) => (formulaSafe ? line.map(safe) : line));
  // By itself the library quotes a line break only when it is the one that ends rows.
  const content = Buffer.from(stringify(lines, { delimiter, record_delimiter: 'windows', quoted_match: /[\r\n]/ }), 'utf8');
  if (content.length <= fileBytesMax) return content;
  throw rejected({
    code: 'file-too-large',
    category: 'transformation',
    message: `The file would have ${content.length} bytes; ${fileBytesMax} are the most.`,
    remedy: 'Let the mapping make several smaller files.',
    path: '/rows',
  });
}
