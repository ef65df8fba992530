import { parse } from 'csv-parse/sync';
import { BrokenFile } from './records.js';

/** How the rows of a connection's files are written. */
export interface RowShape {
  delimiter: string;
  encoding: string;
  hasHeader: boolean;
  /** Without a header the names of the columns; with one those that must be there. */
  columns: readonly string[];
}

export type Row =
  /** A line with nothing in it. */
  { kind: 'blank' } | { kind: 'row'; values: Record<string, string> } | { kind: 'bad'; code: string; reason: string };

const columnsMax = 200;
const columnNameMax = 100;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** A byte order mark belongs to the file and not to the first name in it. */
export const withoutMark = (bytes: Buffer): Buffer => (bytes.subarray(0, 3).equals(byteOrderMark) ? bytes.subarray(3) : bytes);

/** What windows-1252 has where ISO 8859-1 has control characters (encoding.spec.whatwg.org/index-windows-1252.txt); five places are empty. Node 20 decodes them as ISO 8859-1. */
const windows = '€\x00‚ƒ„…†‡ˆ‰Š‹Œ\x00Ž\x00\x00‘’“”•–—˜™š›œ\x00žŸ';

/** Throws TypeError when the bytes are not of this encoding. */
function decoded(bytes: Buffer, encoding: string): string {
  if (encoding === 'utf-8') return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  const text = bytes.toString('latin1');
  if (encoding === 'iso-8859-1') return text;
  return text.replace(/[\x80-\x9f]/g, (sign) => {
    const known = windows[sign.charCodeAt(0) - 0x80]!;
    if (known === '\x00') throw new TypeError('the byte is none of windows-1252');
    return known;
  });
}

type Fields = { fields: string[] } | { code: string; reason: string };

function fieldsOf(bytes: Buffer, { delimiter, encoding }: RowShape): Fields {
  let text: string;
  try {
    text = decoded(bytes, encoding);
  } catch {
    return { code: 'encoding', reason: `it is not written in ${encoding}` };
  }
  try {
    const [fields = []] = parse(text, { delimiter, relax_column_count: true, skip_empty_lines: true }) as string[][];
    return { fields };
  } catch (error) {
    return { code: 'quotes', reason: (error as Error).message };
  }
}

/** The names of the columns. Throws `BrokenFile` when they are none that rows can be read by. */
export function columnsOf(header: Buffer | undefined, shape: RowShape): string[] {
  if (!shape.hasHeader) return [...shape.columns];
  const broken = (code: string, words: string) => new BrokenFile(code, 1, words);
  if (!header || header.length === 0) throw broken('header-missing', 'the first row is empty; it must name the columns');
  const read = fieldsOf(header, shape);
  if (!('fields' in read)) throw broken('header-unreadable', `the header cannot be read: ${read.reason}`);
  const names = read.fields.map((name) => name.trim());
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  const missing = shape.columns.filter((name) => !names.includes(name));
  if (names.length > columnsMax) throw broken('header-too-long', `the header names ${names.length} columns; ${columnsMax} are the most`);
  if (names.includes('')) throw broken('column-without-name', `column ${names.indexOf('') + 1} has no name in the header`);
  if (names.some((name) => name.length > columnNameMax)) throw broken('column-name-too-long', `a name in the header is longer than ${columnNameMax} characters`);
  if (twice !== undefined) throw broken('column-twice', `the header names ${JSON.stringify(twice)} twice`);
  if (missing.length > 0) throw broken('column-missing', `the header has no column ${missing.map((name) => JSON.stringify(name)).join(', ')}`);
  return names;
} // prettier-ignore

/** One row by its columns. Total: what cannot be read says why. Pure. */
export function rowOf(bytes: Buffer, columns: readonly string[], shape: RowShape): Row {
  const read = fieldsOf(bytes, shape);
  if (!('fields' in read)) return { kind: 'bad', ...read };
  const { fields } = read;
  if (fields.length === 0) return { kind: 'blank' };
  if (fields.length !== columns.length)
    return { kind: 'bad', code: 'columns', reason: `it has ${fields.length} fields, and there are ${columns.length} columns` };
  return { kind: 'row', values: Object.fromEntries(columns.map((name, i) => [name, fields[i]!])) };
}
