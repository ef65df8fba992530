import { contentHash } from '../../platform/json/index.js';
import type { RowChange } from './changes.js';
import type { TableShape } from './rows.js';

export const draftStates = ['open', 'submitted', 'published', 'withdrawn'] as const;
export type DraftState = (typeof draftStates)[number];
export type DraftOrigin = 'hand' | 'csv' | 'exception';

/** Of exactly what is shown before a draft is approved: the table and its version, its columns, every change, and why. Other content is another hash. */
export function draftHash(table: TableShape, baseVersion: number, changes: readonly RowChange[], reason: string): string {
  const shown = changes.map(({ line: _, ...change }) => change);
  const columns = table.columns.map(({ name, type, required }) => ({ name, type, required }));
  return contentHash({ table: table.name, key: table.key, columns, baseVersion, changes: shown, reason }).toString('hex');
}
