// The connector of PostgreSQL against a real server: nothing that is committed is passed by, and no older version is written over a newer one.
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { postgres } from '@waybill/connector-postgres';
import type { Delivery, Dial, JsonObject } from '@waybill/sdk';
import { describeFollowing, outcomeOf, testContext, unreachableHttp } from '@waybill/sdk/conformance';
import pg from 'pg';
import { addressRules, EgressClient } from '../src/platform/egress/index.js';
import { startTestPostgres, type TestPostgres } from './test-postgres.js';

jest.setTimeout(120_000);
const egress = new EgressClient(addressRules(['127.0.0.0/8']));
const dial: Dial = (to) => egress.dialFor({})(to);
let server: TestPostgres;
let owner: pg.Client;
let ownerUrl: string;
let settings: JsonObject;
let made = 0;

beforeAll(async () => {
  server = await startTestPostgres();
  ownerUrl = (await server.database()).migrateUrl;
  owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query('create schema app');
  const url = new URL(ownerUrl);
  settings = { system: 'test', address: `127.0.0.1:${server.port}`, encryption: 'none', database: url.pathname.slice(1), username: decodeURIComponent(url.username), password: decodeURIComponent(url.password) || 'not-asked-for' }; // prettier-ignore
});
afterAll(async () => {
  await owner?.end();
  await egress.close();
  await server?.stop();
});

const contextOf = (more: JsonObject = {}) => testContext({ settings: { ...settings, ...more }, http: unreachableHttp(), dial });
async function outbox(payload = 'jsonb'): Promise<string> {
  const table = `app.outbox_${(made += 1)}`;
  await owner.query(`create table ${table} (id bigint generated always as identity, xid xid8 not null default pg_current_xact_id(), created_at timestamptz not null default now(), key text, payload ${payload} not null, primary key (xid, id))`); // prettier-ignore
  return table;
}

describeFollowing(postgres, {
  describe,
  it,
  expect: expect as never,
  dial,
  settings: () => settings,
  stream: () => outbox('text'),
  write: async (table, values) => {
    for (const value of values) await owner.query(`insert into ${table} (payload) values ($1)`, [value]);
  },
});

describe('an outbox', () => {
  it('holds a row back until every older transaction has ended, and then passes none by', async () => {
    const table = await outbox();
    const slow = new pg.Client({ connectionString: ownerUrl });
    await slow.connect();
    try {
      await slow.query('begin');
      await slow.query(`insert into ${table} (key, payload) values ('slow', '{"n":1}')`);
      await owner.query(`insert into ${table} (key, payload) values ('fast', '{"n":2}')`);
      const read = async (cursor: string | null) => postgres.streams.records.poll!.read(contextOf({ outbox: table }), { stream: 'records', cursor, limit: 10 }); // prettier-ignore
      const before = await read(null);
      expect(before.deliveries).toEqual([]);
      await slow.query('commit');
      const after = await read(before.cursor);
      expect(after.deliveries.flatMap((one) => postgres.unpack(one)).map(({ delivery }) => delivery?.['key'])).toEqual(['slow', 'fast']);
      expect((await read(after.cursor)).deliveries).toEqual([]);
    } finally {
      await slow.end();
    }
  });
  it('whose rows do not carry their own transaction is refused, with the column', async () => {
    await owner.query('create table app.no_outbox (id bigint not null, xid bigint not null, created_at timestamptz not null, key text, payload jsonb)');
    const open = postgres.usage.open(contextOf(), { stream: 'app.no_outbox', position: null });
    expect(await outcomeOf(() => open)).toMatchObject({ recovery: 'misconfigured', error: { facts: { code: 'outbox-shape' } } });
    expect(await outcomeOf(() => postgres.usage.open(contextOf(), { stream: 'app.nowhere', position: null }))).toMatchObject({ error: { facts: { code: 'table-missing' } } }); // prettier-ignore
  }); // prettier-ignore
  it('on a server that is not as far as the position is read from its beginning, and that is said', async () => {
    const table = await outbox();
    await owner.query(`insert into ${table} (payload) values ('{}')`);
    const following = await postgres.usage.open(contextOf(), { stream: table, position: '{"xid":"999999999999","id":"7"}' });
    const { records, lost } = await following.next({ recordsMax: 10, bytesMax: 1_000_000, waitMs: 5_000 });
    await following.close();
    expect(records).toHaveLength(1);
    expect(lost?.[0]?.detail).toContain('it is another one');
  });
});

describe('rows by a watermark', () => {
  let table: string;
  beforeEach(async () => {
    table = `app.invoices_${(made += 1)}`;
    await owner.query(`create table ${table} (tenant text not null, id bigint not null, total numeric, changed_at timestamptz(6), primary key (tenant, id))`); // prettier-ignore
  });
  const rowsOf = (more: JsonObject = {}) => contextOf({ table, watermark: 'changed_at', keyColumns: ['tenant', 'id'], lagSeconds: 60, ...more }); // prettier-ignore
  const readAll = async (cursor: string | null, limit: number, more: JsonObject = {}) => {
    const seen: Delivery[] = [];
    for (;;) {
      const page = await postgres.streams.rows.poll!.read(rowsOf(), { stream: 'rows', cursor, limit, ...more });
      seen.push(...page.deliveries);
      cursor = page.cursor;
      if (!page.more) return { seen, cursor };
    }
  };
  const add = (id: number, at: string, total = '10.10') => owner.query(`insert into ${table} values ('a', $1, $2, ${at})`, [id, total]);

  it('come once each, over pages that cut through one instant, to the microsecond and with every digit', async () => {
    for (let id = 1; id <= 5; id += 1) await add(id, `'2026-01-01T00:00:00.123456Z'`, '12345678901234567890.10');
    await add(6, `'2026-01-01T00:00:00.123457Z'`);
    const { seen, cursor } = await readAll(null, 2);
    const records = seen.flatMap((one) => postgres.unpack(one));
    expect(records.map(({ delivery }) => delivery?.['key'])).toEqual(['a/1', 'a/2', 'a/3', 'a/4', 'a/5', 'a/6']);
    expect(records[0]).toMatchObject({ body: { id: '1', total: '12345678901234567890.10' }, revision: '2026-01-01T00:00:00.123456Z' });
    expect((await readAll(cursor, 2)).seen).toEqual([]);
    await owner.query(`update ${table} set changed_at = '2026-01-02T00:00:00Z' where id = 3`);
    expect((await readAll(cursor, 2)).seen.map(({ id }) => id)).toEqual(['rows/a/3/2026-01-02T00:00:00.000000Z']);
  });
  it('stay behind the server’s clock by the lag, so that a row that commits late is still found', async () => {
    await add(1, `now() - interval '10 minutes'`);
    await add(2, 'now()');
    const { seen, cursor } = await readAll(null, 10);
    expect(seen.map(({ id }) => id.split('/')[2])).toEqual(['1']);
    await owner.query(`update ${table} set changed_at = now() - interval '61 seconds' where id = 2`);
    expect((await readAll(cursor, 10)).seen.map(({ id }) => id.split('/')[2])).toEqual(['2']);
  });
  it('of a range begin and end where they were asked to', async () => {
    for (const [id, day] of ['01', '02', '03', '04'].entries()) await add(id, `'2026-01-${day}T12:00:00Z'`);
    const { seen } = await readAll(null, 10, { since: '2026-01-02', until: '2026-01-03' });
    expect(seen.map(({ id }) => id.split('/')[2])).toEqual(['1', '2']);
  });
  it('that nobody would read are counted by the check, and a key that is none is refused', async () => {
    await add(1, 'null');
    await add(2, `'infinity'`);
    const step = async (more: JsonObject = {}) => (await postgres.check(rowsOf(more))).find(({ name }) => name === 'Rows');
    expect(await step()).toMatchObject({ ok: false, detail: expect.stringContaining('2 rows') });
    expect(await step({ keyColumns: ['id'] })).toMatchObject({ ok: false, detail: expect.stringContaining('is no key') });
    expect(await step({ watermark: 'total' })).toMatchObject({ ok: false, detail: expect.stringContaining('not a timestamp') });
    await owner.query(`delete from ${table}`);
    expect(await step()).toMatchObject({ ok: true });
  });
});

describe('rows out', () => {
  let table: string;
  beforeEach(async () => {
    table = `app.status_${(made += 1)}`;
    await owner.query(`create table ${table} (account text, invoice text, state text, extra jsonb, amount numeric(12,2), version bigint)`);
    await owner.query(`create unique index on ${table} (account, invoice)`);
  });
  const target = () => contextOf({ target: table, targetKey: ['account', 'invoice'], targetVersion: 'version' });
  const send = (row: JsonObject) =>
    postgres.operations.upsert.send(target(), { document: { row: { account: 'A', invoice: 'I', ...row } } });
  const stored = async () => (await owner.query<{ state: string; version: string }>(`select * from ${table}`)).rows;

  it('are written over by their key, and an older version changes nothing', async () => {
    expect(await send({ state: 'open', version: 2, amount: '562.82', extra: { lines: ['1'] } })).toMatchObject({ documentId: 'A/I', details: { written: true } }); // prettier-ignore
    expect(await send({ state: 'draft', version: 1 })).toMatchObject({ details: { written: false } });
    expect(await send({ state: 'open', version: 2 })).toMatchObject({ details: { written: true } });
    expect(await send({ state: 'paid', version: 10 })).toMatchObject({ details: { written: true } });
    expect(await stored()).toMatchObject([{ state: 'paid', version: '10', amount: '562.82', extra: { lines: ['1'] } }]);
  });
  it('by versions of text are ordered as the engine orders them', async () => {
    await owner.query(`alter table ${table} alter column version type text`);
    await send({ state: 'newer', version: 'a' });
    expect(await send({ state: 'older', version: 'B' })).toMatchObject({ details: { written: false } });
    expect(await stored()).toMatchObject([{ state: 'newer' }]);
  });
  it('that a lock holds up are not written, and that is certain', async () => {
    const context = target();
    await owner.query(`alter role current_user set lock_timeout = '200ms'`);
    await owner.query('begin');
    try {
      await owner.query(`lock table ${table}`);
      const outcome = await outcomeOf(() => postgres.operations.upsert.send(context, { document: { row: { account: 'A', invoice: 'I', version: 1 } } })); // prettier-ignore
      expect(outcome).toMatchObject({ recovery: 'retryable' });
    } finally {
      await owner.query('rollback');
      await owner.query('alter role current_user reset lock_timeout');
    }
    expect(await stored()).toEqual([]);
  });
  it('that the table refuses say so in its words, with the column', async () => {
    expect(await outcomeOf(() => send({ version: 1, amount: 'a lot' }))).toMatchObject({ recovery: 'rejected', error: { facts: { code: '22P02', category: 'transformation' } } }); // prettier-ignore
    expect(await outcomeOf(() => send({ version: 1, colour: 'red' }))).toMatchObject({ recovery: 'misconfigured', error: { facts: { code: 'column-missing' } } }); // prettier-ignore
    await owner.query(`alter table ${table} add constraint positive check (amount > 0)`);
    expect(await outcomeOf(() => send({ version: 1, amount: '-1' }))).toMatchObject({ recovery: 'rejected', error: { facts: { category: 'posting-rejection' } } }); // prettier-ignore
    expect(await stored()).toEqual([]);
  });
  it('are planned by the check, which asks for a unique index on exactly the key', async () => {
    const step = async (key: string[]) => (await postgres.check(contextOf({ target: table, targetKey: key, targetVersion: 'version' }))).find(({ name }) => name === 'Table to write to'); // prettier-ignore
    expect(await step(['account', 'invoice'])).toMatchObject({ ok: true });
    expect(await step(['account'])).toMatchObject({ ok: false, detail: expect.stringContaining('No unique index') });
    expect(await stored()).toEqual([]);
  });
  it('can be looked up, with numbers as text; two rows are an error', async () => {
    await owner.query(`insert into ${table} values ('A', 'I', 'open', null, 10.10, 1), ('A', 'J', 'open', null, 1, 1)`);
    const look = (where: JsonObject) => postgres.lookups.row.run(contextOf(), { table, where });
    expect(await look({ invoice: 'I' })).toMatchObject({ state: 'open', amount: '10.10', version: '1' });
    expect(await look({ invoice: 'none' })).toBe(null);
    expect(await outcomeOf(() => look({ account: 'A' }))).toMatchObject({
      recovery: 'rejected',
      error: { facts: { code: 'several-rows' } },
    });
  });
});

it('a wrong password and a database that is not there are told as what they are', async () => {
  expect((await postgres.check(contextOf({ database: 'nowhere' })))[0]).toMatchObject({
    ok: false,
    detail: expect.stringContaining('nowhere'),
  });
  const blocked = testContext({ settings, http: unreachableHttp(), dial: (to) => new EgressClient(addressRules([])).dialFor({})(to) });
  expect((await postgres.check(blocked))[0]).toMatchObject({ ok: false, remedy: expect.stringContaining('may reach') });
});
