import type { Database } from '../../../platform/database/index.js';

/**
 * A question over many buckets or events. Its parts are too new for statistics, and the planner would take them for small ones and join them by a loop in
 * a loop: a thousand customers in a month would take hours. What has to be a loop stays one.
 */
export const askMany = <T>(db: Database, text: string, values: readonly unknown[]): Promise<T[]> =>
  db.transaction(async (tx) => {
    await tx.query('set local enable_nestloop = off; set local jit = off');
    return tx.query<T>(text, values);
  });
