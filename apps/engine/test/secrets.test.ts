// Secrets at rest: a master key is changed while everything works; what was changed or moved in the database does not open; nothing of one shows.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { AuditStore, idOfKey, KeyFile, KeyRotation, MasterKeys, SecretStore } from '../src/governance/index.js';
import { Database } from '../src/platform/database/index.js';
import { engineActor } from '../src/platform/http/index.js';
import { isProblem } from '../src/platform/problems/index.js';
import { ApiCaller } from './api-caller.js';
import { startChildEngine, type ChildEngine } from './child-engine.js';
import { eventually } from './eventually.js';
import { adminKey } from './test-bench.js';
import { startTestPostgres, type TestPostgres } from './test-postgres.js';
import { freePort } from './test-redis.js';

jest.setTimeout(180_000);
let postgres: TestPostgres;
const undo: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  postgres = await startTestPostgres();
  undo.push(() => postgres.stop());
});
afterAll(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'waybill-secrets-'));
  undo.push(() => rm(made, { recursive: true, force: true }));
  return made;
}

/** A process of its own as far as keys are concerned. */
const reader = (file: KeyFile): MasterKeys => new MasterKeys(() => file.keys());

async function openDatabase(): Promise<{ db: Database; owner: pg.Pool }> {
  const { url, migrateUrl } = await postgres.database();
  const db = new Database({ url, poolMax: 8, onIdleError: () => undefined });
  const owner = new pg.Pool({ connectionString: migrateUrl, max: 2 });
  undo.push(() => db.close(), () => owner.end()); // prettier-ignore
  return { db, owner };
}

describe('a master key that is changed', () => {
  const count = 1_000;
  const name = (n: number) => `connection:c-${n}`;

  it('opens every secret before, meanwhile and after, and then without the old key', async () => {
    const { db, owner } = await openDatabase();
    const file = new KeyFile(join(await folder(), 'master.key'));
    const [old] = await file.keys();
    const store = new SecretStore(db, reader(file));
    await db.transaction(async (tx) => {
      for (let n = 0; n < count; n += 1) await store.put(tx, name(n), { token: `the token number ${n}` });
    });

    let [running, opened] = [true, 0];
    const failed: string[] = [];
    const readers = Array.from({ length: 4 }, async (_, at) => {
      for (let n = at; running; n = (n + 7) % count) {
        const values: Record<string, string> = await store.open(name(n)).catch((error: unknown) => ({ failed: String(error) }));
        if (values['token'] !== `the token number ${n}` && values['token'] !== `changed ${n}`) failed.push(JSON.stringify(values));
        opened += 1;
      }
    });
    const writer = (async () => {
      for (let n = 0; running; n = (n + 13) % count) await db.transaction((tx) => store.put(tx, name(n), { token: `changed ${n}` }));
    })();

    const made = await file.add(); // by another process: the store has not heard of it
    const rotation = new KeyRotation(db, new AuditStore(), reader(file));
    const told: number[] = [];
    const done = await rotation.rotate(engineActor, (n) => told.push(n));
    running = false;
    await Promise.all([...readers, writer]);
    expect(failed).toEqual([]);
    expect(opened).toBeGreaterThan(50);
    expect(done).toBeLessThanOrEqual(count);
    expect(told.at(-1)).toBe(done);
    await rotation.rotate(engineActor); // what the writer sealed in the instant of the change
    expect(await rotation.uses()).toEqual([{ kekId: idOfKey(made), current: true, secrets: count }]);

    await writeFile(file.path, `# the old one is away\n${made.toString('hex')}\n`);
    const later = new SecretStore(db, reader(file));
    for (let n = 0; n < count; n += 1) expect((await later.open(name(n)))['token']).toMatch(/^(the token number|changed) \d+$/);
    const entries = await owner.query("select before, after from audit_entry where action = 'secret.key-rotated'");
    expect(entries.rows.length).toBeGreaterThanOrEqual(Math.ceil(done / 100));
    expect(entries.rows[0]).toMatchObject({ before: { masterKeys: [idOfKey(old!)] }, after: { masterKey: idOfKey(made) } });
    expect(JSON.stringify(entries.rows)).not.toContain('the token number');
  });

  it('stops at what does not open, and what was done before stays', async () => {
    const { db, owner } = await openDatabase();
    const file = new KeyFile(join(await folder(), 'master.key'));
    const store = new SecretStore(db, reader(file));
    await db.transaction(async (tx) => {
      for (let n = 0; n < 150; n += 1) await store.put(tx, `connection:${String(n).padStart(3, '0')}`, { token: `the token number ${n}` });
    });
    await owner.query(
      "update secret set wrapped_key = set_byte(wrapped_key, 0, get_byte(wrapped_key, 0) # 1) where owner = 'connection:120'",
    );
    const made = await file.add();
    const rotation = new KeyRotation(db, new AuditStore(), reader(file));
    await expect(rotation.rotate(engineActor)).rejects.toMatchObject({
      code: 'SECRET_UNREADABLE',
      message: expect.stringContaining('connection:120'),
    });
    expect((await rotation.uses()).find(({ kekId }) => kekId === idOfKey(made))).toMatchObject({ secrets: 100 });
  });
});

describe('a secret that somebody touched in the database', () => {
  it('does not open, whichever bit it was, and says so without a word of it', async () => {
    const { db, owner } = await openDatabase();
    const store = new SecretStore(db, reader(new KeyFile(join(await folder(), 'master.key'))));
    await db.transaction((tx) => store.put(tx, 'connection:erp', { token: 'the token of the books' }));
    await db.transaction((tx) => store.put(tx, 'connection:other', { token: 'the token of another', password: 'the password of another' }));
    for (const column of ['ciphertext', 'nonce', 'tag', 'wrapped_key', 'wrap_nonce', 'wrap_tag'])
      for (const at of [0, 5, 11]) {
        const flip = `update secret set ${column} = set_byte(${column}, ${at}, get_byte(${column}, ${at}) # 1) where owner = 'connection:erp'`;
        await owner.query(flip);
        const error = await store.open('connection:erp').catch((e: unknown) => e);
        expect(isProblem(error) && error.code).toBe('SECRET_UNREADABLE');
        expect(String(error)).not.toContain('books');
        await owner.query(flip);
      }
    expect(await store.open('connection:erp')).toEqual({ token: 'the token of the books' });
    await owner.query("delete from secret where owner = 'connection:erp'");
    await owner.query("update secret set owner = 'connection:erp' where owner = 'connection:other' and field = 'token'");
    await owner.query("update secret set field = 'token' where owner = 'connection:other'");
    for (const moved of ['connection:erp', 'connection:other'])
      await expect(store.open(moved)).rejects.toMatchObject({ code: 'SECRET_UNREADABLE' });
  });

  it('names the key that is missing', async () => {
    const { db } = await openDatabase();
    const store = new SecretStore(db, reader(new KeyFile(join(await folder(), 'master.key'))));
    await db.transaction((tx) => store.put(tx, 'connection:erp', { token: 'the token of the books' }));
    const elsewhere = new SecretStore(db, reader(new KeyFile(join(await folder(), 'master.key'))));
    await expect(elsewhere.open('connection:erp')).rejects.toMatchObject({
      code: 'SECRET_UNREADABLE',
      message: expect.stringMatching(/sealed with the master key [0-9a-f]{16}, which is not here/),
    });
  });
});

describe('the key file', () => {
  it('is for its owner only, keeps the keys before, and refuses what is no key', async () => {
    const file = new KeyFile(join(await folder(), 'deep', 'master.key'));
    const [first] = await file.keys();
    const second = await file.add();
    expect(await file.keys()).toEqual([second, first]);
    expect((await readFile(file.path, 'utf8')).trim().split('\n')).toHaveLength(2);
    await writeFile(file.path, `${second.toString('hex')}\nhello\n`);
    await expect(file.keys()).rejects.toThrow(/number 2/);
    await writeFile(file.path, '\n');
    await expect(file.keys()).rejects.toThrow(/does not hold a key of 32 bytes/);
  });
});

describe('fifty canaries', () => {
  /** Answers with what it was sent: the worst that a vendor does. */
  let gossip: Server;
  let child: ChildEngine;
  let owner: pg.Pool;
  const canaries: string[] = [];
  const canary = (what: string): string => {
    const made = `canary-${what}-${canaries.length}-${Math.random().toString(36).slice(2, 12)}`;
    canaries.push(made);
    return made;
  };

  beforeAll(async () => {
    gossip = createServer((request, response) => {
      const { authorization = '', 'x-api-key': key = '' } = request.headers;
      const plain = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString('utf8');
      const words = `You sent ${authorization} ${String(key)} (${plain}) to ${request.url}`;
      response
        .writeHead(request.method === 'GET' ? 401 : 422, { 'content-type': 'application/json' })
        .end(JSON.stringify({ error: words }));
    });
    await new Promise<void>((done) => gossip.listen(0, '127.0.0.1', done));
    const { url, migrateUrl } = await postgres.database();
    owner = new pg.Pool({ connectionString: migrateUrl, max: 2 });
    child = await startChildEngine({
      DATABASE_URL: url,
      DATABASE_MIGRATE_URL: migrateUrl,
      WAYBILL_PORT: String(await freePort()),
      WAYBILL_DATA_DIR: await folder(),
      WAYBILL_EGRESS_ALLOW: '127.0.0.0/8',
      WAYBILL_BOOTSTRAP_API_KEY: adminKey,
      WAYBILL_LOG_LEVEL: 'debug',
      WAYBILL_CONSOLE_DIR: 'none',
      WAYBILL_MAPPING_CHILDREN: '1',
    });
  });
  afterAll(async () => {
    child?.signal('SIGTERM');
    await child?.ended;
    await owner?.end();
    await new Promise((done) => gossip?.close(done));
  });

  it('stand in no log, no row, no answer, and no problem', async () => {
    const api = new ApiCaller(child.url, { authorization: `Bearer ${adminKey}` });
    const { port } = gossip.address() as AddressInfo;
    const answers: unknown[] = [];
    const shop = canary('signing');
    await api.call('putConnection', {
      params: { name: 'shop' },
      body: { connector: 'http', settings: { system: 'shop', signing: 'shared', signingSecret: shop } },
    });
    await api.call('putMapping', { params: { name: 'order' }, text: '{ "reference": id }', type: 'application/jsonata' });
    const ways = ['bearer', 'basic', 'header'] as const;
    for (let n = 0; n < 24; n += 1) {
      const authorization = ways[n % 3]!;
      const credential = authorization === 'basic' ? `user-${n}:${canary('password')}` : canary(authorization);
      const settings = {
        system: `target-${n}`,
        baseUrl: `http://127.0.0.1:${port}`,
        authorization,
        credential,
        signingSecret: canary('webhook'),
        requestPath: '/orders',
        checkPath: '/',
        receiptIdPointer: '/id',
        permanentStatuses: [422],
      };
      const params = { name: `target-${n}` };
      answers.push(await api.call('putConnection', { params, body: { connector: 'http', settings } }));
      answers.push(await api.call('checkConnection', { params }));
      if (n >= 6) continue;
      const text = `flow: orders-${n}\nfrom: { connection: shop, stream: records }\nkey: id\nmap: order\nto: { connection: target-${n}, operation: keyed-request }\n`;
      await api.call('putFlow', { params: { name: `orders-${n}` }, text, type: 'application/yaml' });
    }
    canaries.push(adminKey);
    expect(canaries).toHaveLength(50);
    const headers = { 'content-type': 'application/json', 'x-signature': shop };
    const body = JSON.stringify({ id: 'o-1', timestamp: '2026-11-01T12:00:00Z' });
    expect((await fetch(`${child.url}/v1/hooks/shop`, { method: 'POST', body, headers })).status).toBe(200);
    const open = async () => (await owner.query("select count(*)::int as n from exception where state = 'open'")).rows[0] as { n: number };
    await eventually(async () => (await open()).n === 6, { what: 'six exceptions', withinMs: 60_000 });
    answers.push(await api.call('listExceptions', {}), await api.call('listMessages', {}), await api.call('listConnections', {}));
    answers.push(await api.call('listAudit', {}));

    const tables = (await owner.query("select tablename from pg_tables where schemaname = 'public'")).rows as { tablename: string }[];
    const stored: string[] = [];
    for (const { tablename } of tables)
      for (const row of (await owner.query(`select t::text as line from ${tablename} t`)).rows as { line: string }[]) stored.push(row.line);
    // bytea shows as hex in a row's text.
    const places: Record<string, string> = { log: child.said(), answers: JSON.stringify(answers), database: stored.join('\n') };
    const found = canaries.flatMap((value) =>
      Object.entries(places).flatMap(([place, text]) =>
        [value, Buffer.from(value).toString('hex')].some((form) => text.includes(form)) ? [`${value} in the ${place}`] : [],
      ),
    );
    expect(found).toEqual([]);
    expect(places['database']).toContain('You sent');
    expect(places['log']).toContain('"level":"');
  });
});
