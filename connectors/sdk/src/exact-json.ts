import { isDecimal } from './money.js';
import type { Json, JsonObject } from './json.js';

/**
 * JSON with amounts that no float has touched: vendors such as NetSuite and Business Central write them as JSON numbers, and
 * `JSON.parse` keeps 15 to 17 digits of one. Pure.
 */

const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Parses JSON text; every number comes back as the text that was written. Throws SyntaxError as `JSON.parse` does. */
export function readExactJson(text: string): Json {
  JSON.parse(text); // what is not JSON is refused before the numbers are quoted: 01 or 1. would become strings
  return JSON.parse(text.replace(stringOrNumber, (token) => (token.startsWith('"') ? token : `"${token}"`))) as Json;
}

const mark = Symbol.for('waybill.exact-number');

/** An amount that `writeExactJson` writes as a JSON number, digit by digit. */
export interface ExactNumber {
  readonly [mark]: string;
}

/** `exactNumber('12.50')` is written as 12.50. Throws for text that is not a decimal. */
export function exactNumber(decimal: string): ExactNumber {
  if (!isDecimal(decimal)) throw new RangeError(`${JSON.stringify(decimal)} is not a decimal such as "12.50"`);
  const sign = decimal.startsWith('-') ? '-' : '';
  return { [mark]: sign + decimal.replace(/^-/, '').replace(/^0+(?=\d)/, '') }; // JSON knows no leading zeros
}

export type ExactJson = null | boolean | number | string | ExactNumber | ExactJson[] | { [key: string]: ExactJson | undefined };
export type ExactObject = { [key: string]: ExactJson | undefined };

/** JSON text in which an `ExactNumber` stands as the digits it was made of. Undefined members are left out. */
export function writeExactJson(value: ExactJson): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(writeExactJson).join(',')}]`;
  const exact = (value as ExactNumber)[mark];
  if (exact !== undefined) return exact;
  const members = Object.entries(value as ExactObject).flatMap(([key, member]) =>
    member === undefined ? [] : [`${JSON.stringify(key)}:${writeExactJson(member)}`],
  );
  return `{${members.join(',')}}`;
}

/** The object that a text holds, numbers as text; undefined when it holds none: an error page, a list, nothing. */
export function readExactObject(text: string): JsonObject | undefined {
  try {
    const value = readExactJson(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
