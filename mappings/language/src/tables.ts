/** A table as an expression sees it: one version of its rows. Dates compare as text, so `validFrom` and `validTo` are `YYYY-MM-DD`. */
export interface TableRows {
  name: string;
  version: number;
  key: string[];
  rows: TableRow[];
}

export interface TableRow {
  key: Record<string, string>;
  values: Record<string, string | null>;
  validFrom: string | null;
  validTo: string | null;
}

/** In a key column: matches anything when no row names the value itself. */
export const anyValue = '*';

/**
 * The row valid on `asOf` whose key fits `by`. Exact columns beat `*`; among rows of equal exactness the later `validFrom` wins.
 * A key column that `by` leaves out fits only rows that say `*` there.
 */
export function findRow(table: TableRows, by: Record<string, string>, asOf: string): TableRow | undefined {
  const day = asOf.slice(0, 10);
  let best: TableRow | undefined;
  let bestScore = -1;
  for (const row of table.rows) {
    if (row.validFrom !== null && row.validFrom > day) continue;
    if (row.validTo !== null && row.validTo < day) continue;
    let score = 0;
    for (const column of table.key) {
      const wanted = by[column];
      const has = row.key[column];
      if (has === wanted) score += 1;
      else if (has !== anyValue) {
        score = -1;
        break;
      }
    }
    if (score > bestScore || (score === bestScore && best !== undefined && (row.validFrom ?? '') > (best.validFrom ?? ''))) {
      if (score >= 0) {
        best = row;
        bestScore = score;
      }
    }
  }
  return best;
}
