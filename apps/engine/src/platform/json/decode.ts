import { isAscii, isUtf8 } from 'node:buffer';
import { Problem } from '../problems/index.js';
import { JsonRefused, parseExact } from './exact.js';

/** The text and the value of a JSON body, or a Problem. Bytes that are no UTF-8 and byte order marks are refused. */
export function decodeJson(bytes: Buffer): { text: string; value: unknown } {
  const text = decodeText(bytes);
  try {
    return { text, value: parseExact(text) };
  } catch (error) {
    if (error instanceof JsonRefused) throw new Problem(error.code, `The body cannot be read: ${error.message}.`);
    throw error;
  }
}

/** The text of UTF-8 bytes, or a Problem. */
export function decodeText(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString('latin1'); // a byte a character: nothing to decode
  if (!isUtf8(bytes)) throw new Problem('BODY_NOT_JSON', 'The body is not UTF-8.');
  return bytes.toString('utf8');
}
