import { Problem } from '../problems/index.js';
import { isInstant } from '../days/index.js';
import { isStorable } from './storable.js';

/** A cursor is the sort key of the last row, opaque to callers. */
export const encodeCursor = (parts: readonly (string | number)[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');

const kinds = {
  /** As lists write them, to the microsecond where the database told it. */
  instant: (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(\d{3})?Z$/.test(text) && isInstant(text),
  /** The same, as PostgreSQL writes it. */
  timestamp: (text: string) =>
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/.test(text) && isInstant(`${text.slice(0, 10)}T${text.slice(11, 19)}Z`),
  text: isStorable,
  /** A bigint of PostgreSQL, from 0. */
  count: (text: string) => /^\d{1,19}$/.test(text) && BigInt(text) < 2n ** 63n,
  /** A numeric of PostgreSQL, from 0. */
  decimal: (text: string) => /^\d{1,60}(\.\d{1,30})?$/.test(text),
} as const;

/** The sort key that a cursor stands for. What a person made up is refused here, before a statement would choke on it. */
export function decodeCursor(cursor: string | undefined, sortKey: readonly (keyof typeof kinds)[]): string[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
    if (
      Array.isArray(parts) &&
      parts.length === sortKey.length &&
      parts.every((part: unknown, at) => typeof part === 'string' && kinds[sortKey[at]!](part))
    )
      return parts as string[];
  } catch {
    // falls through: whatever is wrong with it, it is not one of ours
  }
  throw new Problem('REQUEST_INVALID', 'The cursor is not one that a list gave.', {
    path: '/cursor',
    remedy: 'Send the `next` of the page before, or none for the first page.',
  });
}

/** Cuts the one row too many that tells whether there is a next page. */
export function page<T>(rows: T[], limit: number, key: (row: T) => string[]): { items: T[]; next: string | null } {
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? encodeCursor(key(items.at(-1)!)) : null };
}
