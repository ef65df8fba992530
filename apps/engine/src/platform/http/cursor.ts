import { Problem } from '../problems/index.js';

/** A cursor is the sort key of the last row, opaque to callers. */
export const encodeCursor = (parts: readonly (string | number)[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');

export function decodeCursor(cursor: string | undefined, length: number): string[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
    if (Array.isArray(parts) && parts.length === length && parts.every((p) => typeof p === 'string')) return parts as string[];
  } catch {
    // falls through: whatever is wrong with it, it is not one of ours
  }
  throw new Problem('REQUEST_INVALID', 'The cursor is not one that a list gave.', { path: '/cursor' });
}

/** Cuts the one row too many that tells whether there is a next page. */
export function page<T>(rows: T[], limit: number, key: (row: T) => string[]): { items: T[]; next: string | null } {
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? encodeCursor(key(items.at(-1)!)) : null };
}
