import { hash } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';

export { canonicalText, quoted, sorted } from './canonical.js';
export { decodeJson, decodeText } from './decode.js';
export { JsonRefused, parseExact, WrittenNumber } from './exact.js';
export { readJson, type JsonRead } from './read.js';

/** SHA-256 over RFC 8785 canonical JSON: equal for equal data, whatever the order of keys. */
export const contentHash = (value: unknown): Buffer => hash('sha256', contentText(value), 'buffer');
/** The text that `contentHash` is over. */
export const contentText = (value: unknown): string => canonicalize(value);
export const textHash = (text: string): Buffer => hash('sha256', text, 'buffer');
