import type { Json } from './json.js';

/**
 * JSON with its numbers as they are written. Vendors send and want amounts as JSON numbers; as doubles they lose digits, so here they are text on our
 * side of the wire: `readExact('{"Total": 10.10}')` is `{ Total: '10.10' }`, `writeExact({ Total: amountOf('10.10') })` is `{"Total":10.10}`.
 */

/** A string, or a number outside of strings; whatever stands between is left as it is. */
const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const isNumber = /^-?(?:0|[1-9]\d{0,30})(?:\.\d{1,20})?$/;

/** Every number becomes the text that it was written as. Throws SyntaxError as JSON.parse does. */
export function readExact(text: string): unknown {
  JSON.parse(text); // `01` and `1.` are no numbers; quoted they would pass
  return JSON.parse(text.replace(token, (found) => (found.startsWith('"') ? found : `"${found}"`)));
}

const mark = Symbol('exact number');
export interface ExactNumber {
  readonly [mark]: string;
}

/** A number that is sent as it is written. Throws RangeError for anything but a plain decimal. */
export function amountOf(text: string): ExactNumber {
  if (!isNumber.test(text)) throw new RangeError(`${JSON.stringify(text)} is not a plain decimal number`);
  return { [mark]: text };
}

/** What `writeExact` takes: JSON, with exact numbers among it; fields that are undefined are left out. */
export type ExactJson = Json | ExactNumber | undefined | ExactJson[] | { [key: string]: ExactJson };

export function writeExact(value: ExactJson): string {
  if (value === undefined) return 'null';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(writeExact).join(',')}]`;
  if (mark in value) return (value as ExactNumber)[mark];
  const fields = Object.entries(value as Record<string, ExactJson>).filter(([, field]) => field !== undefined);
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${writeExact(field)}`).join(',')}}`;
}
