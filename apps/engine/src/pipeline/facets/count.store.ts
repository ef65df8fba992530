import type { ScopedDatabase } from '../../platform/database/index.js';
import { countsOf, type Counted, type FacetCounts } from './facets.js';

/** A count that takes longer is given up; the list is there without it. */
const statementMs = 5_000;

/**
 * Counts the values that a statement gives. It is planned for the values that are asked for: a plan for all values walks from the newest row to the last one where few
 * have the value. And rows that an index finds are not taken to lie far apart, or all rows would be walked through for some.
 */
export async function counting(
  db: ScopedDatabase,
  { text, values, most }: { text: string; values: readonly unknown[]; most: number },
): Promise<FacetCounts> {
  const asOf = new Date().toISOString();
  const counted = await db.transaction(async (tx) => {
    await tx.query(
      "select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('random_page_cost', '1', true), set_config('statement_timeout', $1, true)",
      [String(statementMs)],
    );
    return tx.query<Counted & Record<string, unknown>>(text, values);
  });
  return countsOf(counted, asOf, most);
}
