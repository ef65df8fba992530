// The connector as a value, its statements and positions, and every failure classed by what happens next.
import { describe, expect, it } from '@jest/globals';
import { TransportFailure, type JsonObject } from '@waybill/sdk';
import { describeConnector, outcomeOf, testContext } from '@waybill/sdk/conformance';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Columns } from './catalog.js';
import { errorTable } from './errors.js';
import { readFailure, writeFailure } from './failures.js';
import { postgres } from './index.js';
import { recordOf } from './outbox.js';
import { beginning, placed, readPosition, writePosition } from './position.js';
import { statement as rowsStatement, unpackRow } from './rows.js';
import { statement as upsertStatement } from './upsert.js';

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const settings: JsonObject = {
  system: 'billing',
  address: 'db.example.org:5432',
  database: 'billing',
  username: 'waybill',
  password: 'a-password-of-the-test',
  table: 'app.invoices',
  watermark: 'changed_at',
  keyColumns: ['id'],
  outbox: 'app.outbox',
  usageOutboxes: ['app.usage_outbox'],
  target: 'crm.status',
  targetKey: ['account', 'invoice'],
  targetVersion: 'version',
};
const at = '2026-11-27T08:00:00.123456Z';
const row = { id: 'rows/7/x', via: 'poll' as const, stream: 'rows', body: JSON.stringify({ at, key: ['7'], row: '{"id":7,"total":12345678901234567890.10}' }) }; // prettier-ignore
const record = { at: '9-1@1795766400000', time: '2026-11-27T08:00:00.000Z', key: 'k', headers: {}, value: '{"id":1}' };

describeConnector(postgres, {
  describe, it, expect: expect as never, ajv, settings,
  unpack: { deliveries: [row, { id: 'app.outbox/9-1', body: JSON.stringify(record), via: 'poll', stream: 'records' }] },
}); // prettier-ignore

describe('a row', () => {
  it('keeps every digit, and orders by its watermark to the microsecond', () => {
    const [unpacked] = unpackRow(row);
    expect(unpacked).toMatchObject({ body: { id: '7', total: '12345678901234567890.10' }, revision: at, occurredAt: '2026-11-27T08:00:00.123Z', delivery: { key: '7' } }); // prettier-ignore
    const later = unpackRow({ ...row, body: row.body.replace('123456Z', '123457Z') })[0]!;
    expect(later.revision > unpacked!.revision).toBe(true);
  });
  it.each(['{}', 'null', '{"at":"2026","key":[],"row":"{}"}', `{"at":"${at}","key":["1"],"row":"[1]"}`])(
    'that is stored as %s is refused',
    (body) => expect(() => unpackRow({ ...row, body })).toThrow('no row of a table'),
  );
});

describe('the statement of rows', () => {
  const of = { table: 'app.invoices', watermark: 'changed_at', key: ['tenant', 'id'] };
  const terms = { kind: 'timestamptz' as const, keyTypes: ['text', 'bigint'], lagSeconds: 60, cursor: undefined, ask: { stream: 'rows', cursor: null, limit: 10 }, limit: 10 }; // prettier-ignore
  it('begins at the beginning and ends behind the server’s clock', () => {
    const { sql, values } = rowsStatement(of, terms);
    expect(sql).toContain('t."changed_at" < now() - make_interval(secs => $1::float8) and t."changed_at" >= $2::timestamptz');
    expect(sql).toContain('from "app"."invoices" t where');
    expect(sql).toMatch(/order by t\."changed_at", t\."tenant", t\."id" limit 10$/);
    expect(values).toEqual([60, '0001-01-01T00:00:00Z']);
  });
  it('goes on behind watermark and key, in the types of the columns, with every digit of the time', () => {
    const { sql, values } = rowsStatement(of, { ...terms, cursor: { at, key: ['a', '7'] } });
    expect(sql).toContain('(t."changed_at", t."tenant", t."id") > ($2::timestamptz, $3::text, $4::bigint)');
    expect(values).toEqual([60, at, 'a', '7']);
  });
  it('of a range begins and ends where it was asked to; a day is included', () => {
    const { sql, values } = rowsStatement(of, { ...terms, ask: { ...terms.ask, since: '2026-11-01', until: '2026-11-30' } });
    expect(sql).toContain('t."changed_at" >= $2::timestamptz and t."changed_at" < $3::timestamptz');
    expect(values).toEqual([60, '2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z']);
  });
  it('compares a time without a zone as UTC', () =>
    expect(rowsStatement(of, { ...terms, kind: 'timestamp' }).sql).toContain(
      `t."changed_at" < (now() at time zone 'UTC') - make_interval`,
    ));
  it('takes a name as a name, whatever stands in it', () =>
    expect(rowsStatement({ ...of, watermark: 'a"; drop table b; --' }, terms).sql).toContain('t."a""; drop table b; --"'));
});

describe('the statement of a row that goes out', () => {
  const of = { table: 'crm.status', key: ['account', 'invoice'], version: 'version' };
  const columns = (version: string): Columns => new Map(Object.entries({ account: 'text', invoice: 'text', state: 'text', extra: 'jsonb', version }).map(([name, type]) => [name, { type, notNull: true, otherwise: '' }])); // prettier-ignore
  const document = { account: 'A', invoice: 'I', state: null, extra: { a: ['1'] }, version: 7 };
  it('writes over by the key, and never an older version over a newer one', () => {
    const { sql, values } = upsertStatement(of, document, columns('bigint'));
    expect(sql).toBe(
      'insert into "crm"."status" as t ("account", "invoice", "state", "extra", "version") values ($1, $2, $3, $4, $5) on conflict ("account", "invoice") do update set ' +
        '"state" = excluded."state", "extra" = excluded."extra", "version" = excluded."version" where t."version" is null or excluded."version" >= t."version" returning 1 as written',
    );
    expect(values).toEqual(['A', 'I', null, '{"a":["1"]}', '7']);
  });
  it.each(['text', 'character varying(40)'])('compares a version of type %s byte by byte', (type) =>
    expect(upsertStatement(of, document, columns(type)).sql).toContain('excluded."version" collate "C" >= t."version" collate "C"'),
  );
  it('names a column that the table does not have', () =>
    expect(() => upsertStatement(of, { ...document, colour: 'red' }, columns('bigint'))).toThrow('no column colour'));
  it('without a value in its key is refused before anything is reached', async () => {
    const context = testContext({ settings, http: { request: () => Promise.reject(new Error('no HTTP here')) } });
    const outcome = await outcomeOf(() => postgres.operations.upsert.send(context, { document: { row: { account: 'A', version: 1 } } }));
    expect(outcome).toMatchObject({ recovery: 'rejected', error: { facts: { code: 'key-missing', path: '/row/invoice' } } });
  });
});

describe('a position of an outbox', () => {
  it('is written and read, and refuses what is none', () => {
    expect(readPosition(writePosition({ xid: '18446744073709551615', id: '-5' }))).toEqual({ xid: '18446744073709551615', id: '-5' });
    expect(readPosition(null)).toBeUndefined();
    for (const wrong of ['', '{}', '{"xid":1,"id":1}', '{"id":"12-3","seen":4}']) expect(() => readPosition(wrong)).toThrow('not one of PostgreSQL'); // prettier-ignore
  });
  it('goes on where it was, and says when the server is another one', () => {
    expect(placed(undefined, '900')).toEqual(beginning);
    expect(placed({ xid: '899', id: '7' }, '900')).toEqual({ xid: '899', id: '7' });
    const { lost, ...where } = placed({ xid: '10000', id: '7' }, '900');
    expect(where).toEqual(beginning);
    expect(lost).toEqual({ at: '10000@900', detail: expect.stringContaining('up to transaction 10000, and this server is at 900') });
  });
  it('a record is named by its transaction, its number and its time, and keeps its bytes', () =>
    expect(recordOf({ xid: '9', id: '1', at: '2026-11-27T08:00:00.000Z', key: null, payload: '"ä€😀' })).toEqual({
      xid: '9',
      id: '1',
      at: '9-1@1795766400000',
      headers: {},
      value: Buffer.from('"ä€😀'),
      key: null,
      time: '2026-11-27T08:00:00.000Z',
    }));
});

describe('a failure', () => {
  const server = (code: string) => Object.assign(new Error('words of the server'), { code, severity: 'ERROR' });
  const call = { what: 'x', settings: {} };
  it.each([
    ['23503', 'rejected', 'rejected'], ['23505', 'rejected', 'rejected'], ['23P01', 'rejected', 'rejected'], ['22P02', 'rejected', 'rejected'],
    ['42501', 'misconfigured', 'misconfigured'], ['42P10', 'misconfigured', 'misconfigured'], ['42804', 'misconfigured', 'misconfigured'],
    ['28P01', 'unauthorized', 'unauthorized'], ['3D000', 'misconfigured', 'misconfigured'], ['25006', 'misconfigured', 'misconfigured'],
    ['40001', 'retryable', 'retryable'], ['40P01', 'retryable', 'retryable'], ['40003', 'retryable', 'in-doubt'],
    ['53300', 'throttled', 'throttled'], ['53100', 'retryable', 'retryable'], ['57014', 'retryable', 'retryable'],
    ['57P01', 'retryable', 'in-doubt'], ['08006', 'retryable', 'in-doubt'], ['XX000', 'retryable', 'in-doubt'], ['ZZ999', 'retryable', 'in-doubt'],
  ])('%s is %s when reading and %s when writing', (code, reading, writing) => {
    const failures = [readFailure(server(code), call), writeFailure(server(code), call)];
    expect(failures.map(({ facts }) => facts.recovery)).toEqual([reading, writing]);
    expect(failures[0]!.facts.vendorWords).toBe('words of the server');
  }); // prettier-ignore
  it.each([
    ['a connection that was refused', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), 'retryable', 'in-doubt'],
    ['a connection that ended', new Error('Connection terminated unexpectedly'), 'retryable', 'in-doubt'],
    ['an answer that did not come', new Error('Query read timeout'), 'retryable', 'in-doubt'],
    ['an address that nobody allowed', new TransportFailure({ sent: false, code: 'blocked', message: 'leads to 10.0.0.1' }), 'misconfigured', 'misconfigured'],
    ['a certificate of nobody known', Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), 'misconfigured', 'misconfigured'],
    ['a server without TLS', new Error('The server does not support SSL connections'), 'misconfigured', 'misconfigured'],
  ])('%s is what it is', (_, error, reading, writing) => {
    expect([readFailure(error, call), writeFailure(error, call)].map(({ facts }) => facts.recovery)).toEqual([reading, writing]);
  }); // prettier-ignore
  it('has one row with one reason for each code or class', () => {
    const codes = errorTable.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^([0-9A-Z]{2}|[0-9A-Z]{5})$/);
  });
  it('may be classed otherwise by a row of the connection', () => {
    const own = { errors: [{ code: '23514', class: 'master-data', reason: 'The account is closed.' }] };
    expect(writeFailure(server('23514'), { what: 'x', settings: own }).facts).toMatchObject({ category: 'master-data' });
  });
});
