// A connection that the database ends between two statements of a transaction: the transaction fails, the process lives, the next one works.
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { Database } from '../src/platform/database/index.js';
import { startTestPostgres, type TestPostgres } from './test-postgres.js';

jest.setTimeout(60_000);
let postgres: TestPostgres;
let database: Database;
beforeAll(async () => {
  postgres = await startTestPostgres();
  database = new Database({ url: (await postgres.database()).url, poolMax: 4, onIdleError: () => undefined });
});
afterAll(async () => {
  await database?.close();
  await postgres?.stop();
});

it('a connection that ends between two statements fails the transaction as unavailable, and nothing else', async () => {
  const pidOf = async () => (await database.query<{ pid: number }>('select pg_backend_pid() as pid'))[0]!.pid;
  expect(await pidOf()).toBeGreaterThan(0);
  const work = database.transaction(async (tx) => {
    const [own] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
    await database.query('select pg_terminate_backend($1)', [own!.pid]);
    await sleep(300); // the loss is told while no statement is under way
    await tx.query('select 1');
  });
  await expect(work).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await expect(database.transaction((tx) => tx.query('select 1 as one'))).resolves.toEqual([{ one: 1 }]);
});
