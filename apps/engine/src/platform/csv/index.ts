import { stringify } from 'csv-stringify/sync';

/**
 * A line of CSV as RFC 4180 has it, every text quoted. A text that a spreadsheet would take for a formula gets an apostrophe before it; numbers, and
 * decimals marked as such, stay what they are. Some spreadsheets cut leading blanks before they look for a formula, so those count as its beginning.
 */
export function csvLine(cells: readonly (string | number | Decimal)[]): string {
  const safe = cells.map((cell) => {
    return typeof cell === 'string' && /^\s*[=+\-@＝＋－＠\t\r\n\0]/.test(cell) ? `'${cell}` : cell;
  });
  return stringify([safe], {
    quoted_string: true,
    record_delimiter: 'windows',
    cast: { object: (cell) => ({ value: (cell as unknown as Decimal).text, quoted: false }) },
  });
}

/** A cell of a file that `csvLine` wrote, as it was: without the apostrophe that kept a spreadsheet from taking it for a formula. */
export const plainCell = (cell: string): string => (/^'\s*[=+\-@＝＋－＠\t\r\n\0]/.test(cell) ? cell.slice(1) : cell);

/** A number whose digits no double holds, written as it is: `-12.50` begins like a formula and is none. Anything else is refused. */
export class Decimal {
  constructor(readonly text: string) {
    if (!/^-?\d+(\.\d+)?$/.test(text)) throw new TypeError(`${JSON.stringify(text)} is no decimal`);
  }
}
