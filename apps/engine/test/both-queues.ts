import { afterAll, beforeAll, describe } from '@jest/globals';
import { startTestPostgres, type TestPostgres } from './test-postgres.js';
import { missingQueue, openBench, queues, type Bench, type BenchOptions } from './test-bench.js';

/** The same suite on a PostgreSQL queue and on Redis, each with an engine and a database of its own on one server. */
export function onBothQueues(
  title: string,
  define: (bench: () => Bench) => void,
  options: Omit<BenchOptions, 'queue' | 'postgres'> & { prepare?: (bench: Bench) => Promise<void> } = {},
): void {
  const { prepare, ...more } = options;
  describe(title, () => {
    let postgres: TestPostgres;
    beforeAll(async () => {
      postgres = await startTestPostgres();
    });
    afterAll(() => postgres?.stop());
    for (const queue of queues) {
      const missing = missingQueue(queue);
      (missing ? describe.skip : describe)(`queue on ${queue}${missing ? ` (skipped: ${missing})` : ''}`, () => {
        let bench: Bench;
        beforeAll(async () => {
          bench = await openBench({ queue, postgres, ...more });
          await prepare?.(bench);
        });
        afterAll(() => bench?.stop());
        define(() => bench);
      });
    }
  });
}
