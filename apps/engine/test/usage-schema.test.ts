// The tables of the usage ledger hold what they promise: rows are added and never changed, a commit gets one roll, months are made, partitions are closed.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestPostgres, type TestDatabase, type TestPostgres } from './test-postgres.js';

let postgres: TestPostgres;
let urls: TestDatabase;
let app: pg.Pool;
let owner: pg.Pool;

beforeAll(async () => {
  postgres = await startTestPostgres();
  urls = await postgres.database();
  app = new pg.Pool({ connectionString: urls.url, max: 2 });
  owner = new pg.Pool({ connectionString: urls.migrateUrl, max: 2 });
  await app.query("insert into usage_commit (id, events, via, by) values (1, 1, 'http', 'test')");
  await app.query(
    "insert into usage_event (seq, received_at, occurred_at, source, id, type) values (65536, now(), now(), 'test', '1', 'call')",
  );
  await app.query("insert into usage_key (key, content, seq, received_at) values ('k', 'c', 65536, now())");
}, 120_000);
afterAll(async () => {
  await Promise.all([app.end(), owner.end()]);
  await postgres.stop();
});

const months = (pool: pg.Pool) =>
  pool.query<{ name: string }>(
    "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'usage_event'::regclass order by 1",
  );

describe('tables of the usage ledger', () => {
  it.each([
    ['an event', "update usage_event set data = '{}'"],
    ['an event', 'delete from usage_event'],
    ['events', 'truncate usage_event'],
    ['a key', "update usage_key set content = 'x'"],
    ['keys', 'truncate usage_key'],
    ['a commit', 'delete from usage_commit'],
    ['a commit', 'update usage_commit set events = 2'],
  ])('the application may not change %s: %s', async (_, statement) => {
    await expect(app.query(statement)).rejects.toThrow(/permission denied/);
    await expect(owner.query(statement)).rejects.toThrow(/never changed|gets its roll once/);
  });

  it('a partition is reached through its table alone, whose policies hold', async () => {
    const [first] = (await months(owner)).rows;
    for (const table of [first!.name, 'usage_key_0'])
      await expect(app.query(`select count(*) from ${table}`)).rejects.toThrow(/permission denied/);
    await expect(owner.query(`truncate ${first!.name}`)).rejects.toThrow(/never changed/);
    await expect(owner.query(`delete from ${first!.name}`)).rejects.toThrow(/never changed/);
  });

  it('a commit gets its roll once', async () => {
    await app.query('update usage_commit set roll = 7 where id = 1');
    await expect(app.query('update usage_commit set roll = 8 where id = 1')).rejects.toThrow(/gets its roll once/);
    await expect(app.query('update usage_commit set roll = null where id = 1')).rejects.toThrow(/gets its roll once/);
  });

  it('the application makes a month that is missing, and cannot make one that is far away', async () => {
    const before = (await months(owner)).rows.length;
    expect(before).toBe(3);
    const { rows } = await app.query<{ made: boolean }>("select usage_event_month(now() + interval '3 months 2 days') as made");
    expect(rows[0]!.made).toBe(true);
    expect((await months(owner)).rows.length).toBe(before + 1);
    await expect(app.query("select usage_event_month(now() + interval '5 years')")).rejects.toThrow(/received now/);
    // Made later, and closed all the same.
    const last = (await months(owner)).rows.at(-1)!.name;
    await expect(app.query(`select 1 from ${last}`)).rejects.toThrow(/permission denied/);
    await expect(owner.query(`truncate ${last}`)).rejects.toThrow(/never changed/);
  });

  it('an event has one successor at most', async () => {
    const insert = (seq: number) =>
      app.query(
        "insert into usage_correction (corrects, seq, original, kind, received_at, by) values (65536, $1, 65536, 'correction', now(), 'test')",
        [seq],
      );
    await insert(131072);
    await expect(insert(131073)).rejects.toThrow(/duplicate key/);
  });
});
