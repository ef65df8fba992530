// What a connection keeps: rows of its own for errors, checked and audited; and a login that processes share: renewed by one of them, stored before anybody else may renew, sealed; a rotated token is never used twice nor lost.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { isConnectorFailure, unauthorized, type Login } from '@waybill/sdk';
import pg from 'pg';
import { ConnectionStore } from '../src/catalog/connections/connections.store.js';
import { GateStore } from '../src/catalog/connections/gate.store.js';
import { LoginStore } from '../src/catalog/connections/logins.store.js';
import { AuditStore, MasterKeys, SecretStore } from '../src/governance/index.js';
import { Database } from '../src/platform/database/index.js';
import { engineActor } from '../src/platform/http/index.js';
import { isProblem } from '../src/platform/problems/index.js';
import { eventually } from './eventually.js';
import { startTestPostgres, type TestDatabase, type TestPostgres } from './test-postgres.js';

jest.setTimeout(180_000);
let postgres: TestPostgres;
let database: TestDatabase;
const undo: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  postgres = await startTestPostgres();
  undo.push(() => postgres.stop());
  database = await postgres.database();
});
afterAll(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const masterKey = Buffer.alloc(32, 7);
function openDatabase(): Database {
  const db = new Database({ url: database.url, poolMax: 6, onIdleError: () => undefined });
  undo.push(() => db.close());
  return db;
}
/** What a process of its own has. */
function processOf(db: Database = openDatabase()): LoginStore {
  return new LoginStore(db, new SecretStore(db, new MasterKeys(() => Promise.resolve([masterKey]))));
}

/** A vendor whose refresh tokens work once. */
function vendor(until?: string) {
  let serial = 0;
  let good = 'refresh-first-0';
  const renew = async (before: Login | undefined): Promise<Login> => {
    const used = before?.renewWith ?? 'refresh-first-0';
    if (used !== good) throw unauthorized({ code: 'invalid_grant', message: `${used} was used` });
    serial += 1;
    good = `refresh-token-${serial}`;
    await new Promise((done) => setTimeout(done, 30));
    return { token: `access-token-${serial}`, renewWith: good, ...(until === undefined ? {} : { until }) };
  };
  return { renew, renewals: () => serial };
}
const ask = (refused?: string) => ({ madeFrom: 'app-1', refused });

describe('a login of several processes', () => {
  it('is renewed once by three of them, and once more when its token is refused', async () => {
    const { renew, renewals } = vendor();
    const three = [processOf(), processOf(), processOf()];
    const all = await Promise.all([...three, ...three].map((one) => one.current('books', ask(), renew)));
    expect(new Set(all.map(({ token }) => token))).toEqual(new Set(['access-token-1']));
    const again = await Promise.all(three.map((one) => one.current('books', ask('access-token-1'), renew)));
    expect(new Set(again.map(({ token }) => token))).toEqual(new Set(['access-token-2']));
    expect(renewals()).toBe(2);
    const later = await processOf().current('books', ask(), renew); // after a restart
    expect(later).toEqual({ token: 'access-token-2', renewWith: 'refresh-token-2' });
  });

  it('that is over is renewed with the refresh token that was rotated, and one of other settings is not used', async () => {
    const { renew, renewals } = vendor(new Date(Date.now() - 1000).toISOString());
    for (const process of [processOf(), processOf(), processOf()]) await process.current('over', ask(), renew);
    expect(renewals()).toBe(3);
    const other = vendor();
    expect((await processOf().current('over', { madeFrom: 'app-2', refused: undefined }, other.renew)).token).toBe('access-token-1');
  });

  it('that could not be stored after the vendor had rotated is stored at the next chance, not asked for again', async () => {
    const { renew, renewals } = vendor();
    const db = openDatabase();
    let broken = true;
    const failing = {
      query: db.query.bind(db),
      transaction: (work: never) =>
        broken
          ? db.transaction(async (tx) => {
              await (work as (given: unknown) => Promise<unknown>)(tx);
              throw new Error('the server is gone');
            })
          : db.transaction(work),
    } as unknown as Database;
    const process = processOf(failing);
    const error: unknown = await process.current('rescue', ask(), renew).catch((thrown: unknown) => thrown);
    expect(isConnectorFailure(error) && error.facts).toMatchObject({ recovery: 'retryable', code: 'login-not-kept' });
    broken = false;
    expect((await process.current('rescue', ask(), renew)).token).toBe('access-token-1');
    expect(renewals()).toBe(1);
    expect((await processOf().current('rescue', ask(), renew)).renewWith).toBe('refresh-token-1');
  });

  it('that the vendor refuses says so as the connector said it', async () => {
    const { renew } = vendor();
    const process = processOf();
    await process.current('dead', ask(), renew);
    const refuse = () => Promise.reject(unauthorized({ code: 'invalid_grant', message: 'taken back' }));
    const error: unknown = await process.current('dead', ask('access-token-1'), refuse).catch((thrown: unknown) => thrown);
    expect(isConnectorFailure(error) && error.facts.recovery).toBe('unauthorized');
  });

  it('lies sealed in the database', async () => {
    const owner = new pg.Pool({ connectionString: database.migrateUrl, max: 1 });
    undo.push(() => owner.end());
    const { rows } = await owner.query<Record<string, unknown>>(
      "select *, encode(ciphertext, 'escape') as text from secret where owner like 'login/%'",
    );
    expect(rows.length).toBeGreaterThan(6);
    expect(JSON.stringify(rows)).not.toMatch(/access-token|refresh-token/);
  });
});

const storeOf = (db: Database = openDatabase()) => {
  const secrets = new SecretStore(db, new MasterKeys(() => Promise.resolve([masterKey])));
  return { db, secrets, connections: new ConnectionStore(db, secrets, new AuditStore(), new GateStore(db, { leaseSeconds: 30 })) };
};

describe('somebody who may write a connection and wants its secrets', () => {
  const xero = { tenantId: 'aef86862-2015-4b6b-88bc-d89032cecc50', clientId: 'app' };
  const clientSecret = 'the-secret-of-the-app';
  const signInUrl = 'https://collector.example/token';
  const refused = async (change: Promise<unknown>) => {
    const error: unknown = await change.catch((thrown: unknown) => thrown);
    return isProblem(error) ? { code: error.code, problems: error.more.problems } : undefined;
  };

  it('cannot lead it to a server of their own without giving them', async () => {
    const { connections } = storeOf();
    const put = (settings: Record<string, unknown>) => connections.put('led', { connector: 'xero', settings }, engineActor);
    await put({ ...xero, clientSecret, webhookKey: 'the-key-of-the-webhooks' });
    const before = await connections.open('led');
    for (const settings of [{ signInUrl }, { apiBase: 'http://collector.example' }, { signInUrl, clientSecret: 'guessed' }, { signInUrl, clientSecret: '' }])
      expect(await refused(put({ ...xero, ...settings }))).toMatchObject({ code: 'CONNECTION_SECRETS_AGAIN' });
    expect((await refused(put({ ...xero, signInUrl })))!.problems).toEqual([
      expect.objectContaining({ path: '/settings/clientSecret', detail: expect.stringContaining('/settings/signInUrl') }),
      expect.objectContaining({ path: '/settings/webhookKey' }),
    ]);
    expect(await connections.open('led')).toEqual(before);
    await put({ ...xero, scopes: ['accounting.contacts'] }); // what leads nowhere else keeps them
    await put({ ...xero, signInUrl, clientSecret: 'another-secret', webhookKey: 'another-key' });
    expect((await connections.open('led')).settings).toMatchObject({ signInUrl, clientSecret: 'another-secret', webhookKey: 'another-key' });
    await put({ ...xero, signInUrl: 'https://collector.example/another/path' });
  }); // prettier-ignore

  it('gets neither the token of a consent nor a login that is kept: the connection is connected again', async () => {
    const { db, secrets, connections } = storeOf();
    const put = (settings: Record<string, unknown>) => connections.put('agreed', { connector: 'xero', settings }, engineActor);
    await put({ ...xero, clientSecret });
    await db.transaction(async (tx) => {
      await secrets.put(tx, 'connection/agreed', { refreshToken: 'the-token-of-the-consent' });
      await tx.query("insert into connection_consent (connection, account, scopes_wanted, given_by, user_id) values ('agreed', 'Ada Ltd', '{}', 'Ada', 'usr_ada')");
    });
    await processOf(db).current('agreed', ask(), () => Promise.resolve({ token: 'access-of-ada' }));
    await put({ ...xero, clientSecret, apiBase: 'https://collector.example' });
    expect((await connections.open('agreed')).settings).not.toHaveProperty('refreshToken');
    expect(await db.query("select 1 from connection_consent where connection = 'agreed' union all select 1 from connection_login where connection = 'agreed'")).toEqual([]);
    const asked = await processOf(db).current('agreed', ask(), () => Promise.resolve({ token: 'access-of-somebody' }));
    expect(asked.token).toBe('access-of-somebody');
    const [entry] = await db.query("select after from audit_entry where object_id = 'agreed' order by id desc limit 1");
    expect(entry!['after']).toMatchObject({ secretsForgotten: ['refreshToken'] });
  }); // prettier-ignore

  it('does not get one that somebody enters at the same moment', async () => {
    const { db, secrets, connections } = storeOf();
    const put = (settings: Record<string, unknown>) => connections.put('raced', { connector: 'xero', settings }, engineActor);
    await put({ ...xero, clientSecret });
    let led: Promise<unknown> = Promise.resolve();
    await db.transaction(async (tx) => {
      await tx.query("select 1 from connection where name = 'raced' for update");
      led = refused(put({ ...xero, signInUrl, clientSecret: 'guessed' }));
      await eventually(async () => {
        const waiting = await db.query("select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%from connection where name = $1 for update%'");
        return waiting.length > 0;
      });
      await secrets.put(tx, 'connection/raced', { webhookKey: 'the-key-of-the-webhooks' });
    });
    expect(await led).toMatchObject({ code: 'CONNECTION_SECRETS_AGAIN' });
    expect((await connections.open('raced')).settings).toEqual({ ...xero, clientSecret, webhookKey: 'the-key-of-the-webhooks' });
  }); // prettier-ignore
});

describe('error rows of a connection', () => {
  const row = { code: 'ValidationException', words: ['credit check'], class: 'master-data', reason: 'The contact is over its limit.' };
  const settings = (errors: unknown) => ({
    tenantId: 'aef86862-2015-4b6b-88bc-d89032cecc50',
    clientId: 'app',
    clientSecret: 'a-secret-of-the-app',
    errors,
  });
  const store = () => storeOf().connections;

  it('are kept with it, and each change is in the audit log with what was there before', async () => {
    const connections = store();
    await connections.put('books', { connector: 'xero', settings: settings([row]) }, engineActor);
    await connections.put('books', { connector: 'xero', settings: settings([{ ...row, class: 'posting-rejection' }]) }, engineActor);
    expect((await connections.open('books')).settings['errors']).toEqual([{ ...row, class: 'posting-rejection' }]);
    const entries = await openDatabase().query<{ before: unknown; after: unknown }>(
      "select before, after from audit_entry where object_id = 'books' and action = 'connection.changed'",
    );
    expect(entries).toHaveLength(1);
    expect(JSON.stringify(entries[0]!.before)).toContain('"class":"master-data"');
    expect(JSON.stringify(entries[0]!.after)).toContain('"class":"posting-rejection"');
    expect(JSON.stringify(entries)).not.toContain('a-secret-of-the-app');
  });
  it('that say nothing that can be are refused with their place', async () => {
    const error: unknown = await store()
      .put('other', { connector: 'xero', settings: settings([row, { ...row, class: 'whatever' }]) }, engineActor)
      .catch((thrown: unknown) => thrown);
    expect(isProblem(error) && error.code).toBe('CONNECTION_INVALID');
    expect(JSON.stringify(isProblem(error) && error)).toContain('/settings/errors/1/class');
  });
});
