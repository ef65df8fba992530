// SIGTERM under load: what was asked is answered, calls under way end, nothing is left in doubt, and the process ends with 0.
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { startSandbox, type Sandbox } from '@waybill/sandbox';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ApiCaller } from './api-caller.js';
import { startChildEngine, type ChildEngine } from './child-engine.js';
import { faults, inBooks, noFaults, setUpCompany } from './demo-company.js';
import { eventually } from './eventually.js';
import { event, invoice, postHook, signature } from './stripe-events.js';
import { adminKey, sandboxSecrets, type Bench } from './test-bench.js';
import { startTestPostgres, type TestPostgres } from './test-postgres.js';
import { freePort } from './test-redis.js';

jest.setTimeout(180_000);
const undo: (() => Promise<unknown>)[] = [];
let postgres: TestPostgres;
let sandbox: Sandbox;
let env: Record<string, string>;
let owner: pg.Pool;
let child: ChildEngine | undefined;

const benchOf = (url: string): Bench => ({ api: new ApiCaller(url, { authorization: `Bearer ${adminKey}` }), sandbox }) as unknown as Bench;

beforeAll(async () => {
  postgres = await startTestPostgres();
  undo.push(() => postgres.stop());
  const { url, migrateUrl } = await postgres.database();
  owner = new pg.Pool({ connectionString: migrateUrl, max: 2 });
  undo.push(() => owner.end());
  sandbox = await startSandbox(sandboxSecrets);
  undo.push(() => sandbox.close());
  const dataDir = await mkdtemp(join(tmpdir(), 'waybill-stop-'));
  undo.push(() => rm(dataDir, { recursive: true, force: true }));
  env = {
    DATABASE_URL: url,
    DATABASE_MIGRATE_URL: migrateUrl,
    WAYBILL_PORT: String(await freePort()),
    WAYBILL_DATA_DIR: dataDir,
    WAYBILL_EGRESS_ALLOW: '127.0.0.0/8',
    WAYBILL_BOOTSTRAP_API_KEY: adminKey,
    WAYBILL_LOG_LEVEL: 'warn',
    WAYBILL_CONSOLE_DIR: 'none',
    WAYBILL_MAPPING_CHILDREN: '1',
  };
});
afterAll(async () => {
  child?.signal('SIGKILL');
  await child?.ended;
  for (const step of undo.splice(0).reverse()) await step();
});

/** A webhook whose body is sent in two halves, the second when `finish` is called. */
function slowHook(url: string, id: string) {
  const body = JSON.stringify(event(invoice({ id })));
  const call = request(`${url}/v1/hooks/stripe`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'stripe-signature': signature(body) },
  });
  const answered = new Promise<number>((done, fail) => {
    call.on('response', (response) => {
      response.resume();
      done(response.statusCode!);
    });
    call.on('error', fail);
  });
  call.write(body.slice(0, 100));
  return { answered, finish: () => void call.end(body.slice(100)) };
}

it.each([1, 2, 3])('ends well, time %i', async (round) => {
  child = await startChildEngine(env);
  const bench = benchOf(child.url);
  if (round === 1) await setUpCompany(bench);
  await faults(bench, [{ kind: 'slow', path: '/erp/v1', afterMs: 300 }]);
  const taken: string[] = [];
  let sending = true;
  const send = async (sender: number) => {
    for (let n = 0; sending; n += 1) {
      const id = `in_stop_${round}_${sender}_${n}`;
      const answer = await postHook(bench, JSON.stringify(event(invoice({ id })))).catch(() => undefined);
      if (answer?.status === 200) taken.push(id);
      else if (answer) expect(answer.status).toBe(503);
      await sleep(150);
    }
  };
  const senders = [0, 1, 2, 3].map(send);
  const agent = new Agent({ keepAlive: true });
  await new Promise<void>((done, fail) =>
    request(`${child!.url}/health/live`, { agent }, (response) => response.resume().on('end', done))
      .on('error', fail)
      .end(),
  ); // and its socket stays open, idle
  const screen = await fetch(`${child.url}/v1/events`, { headers: { authorization: `Bearer ${adminKey}` } });
  const slow = slowHook(child.url, `in_slow_${round}`);
  await eventually(async () => (await owner.query("select 1 from message where state = 'in_flight' limit 1")).rowCount === 1, {
    what: 'a call under way',
  });
  const asked = performance.now();
  child.signal('SIGTERM');
  await sleep(300);
  child.signal('SIGTERM');
  child.signal('SIGINT');
  slow.finish();
  expect(await slow.answered).toBe(200);
  taken.push(`in_slow_${round}`);
  await screen.text(); // the stream of a screen ends with the engine
  expect({ code: await child.ended, said: child.said() }).toMatchObject({ code: 0, said: expect.stringContaining('Stopped.') });
  expect(performance.now() - asked).toBeLessThan(25_000);
  sending = false;
  await Promise.all(senders);
  agent.destroy();
  const left = await owner.query(
    "select state, count(*)::int as n from message where state in ('claimed','in_flight','in_doubt') group by 1",
  );
  expect(left.rows).toEqual([]);
  const { rows } = await owner.query<{ key: string }>("select convert_from(raw, 'utf8')::jsonb #>> '{data,object,id}' as key from inbox");
  const stored = new Set(rows.map((row) => row.key));
  expect(taken.filter((id) => !stored.has(id))).toEqual([]);
  expect(taken.length).toBeGreaterThan(4);
});

it('goes on where it stopped: everything taken is posted once', async () => {
  child = await startChildEngine(env);
  const bench = benchOf(child.url);
  await noFaults(bench);
  await eventually(
    async () => {
      const left = await owner.query(
        "select flow, key, lane, state, reason from message where state not in ('posted','duplicate') union all select 'inbox', delivery_id, 0, state, problem from inbox where state = 'new' limit 20",
      );
      expect(left.rows).toEqual([]);
      return true;
    },
    { what: 'the end of all messages', withinMs: 120_000 },
  );
  const { rows } = await owner.query<{ key: string }>("select distinct key from message where flow = 'erp-us-invoices'");
  expect(rows.length).toBeGreaterThan(12);
  expect(rows.filter(({ key }) => inBooks(bench, key).length !== 1)).toEqual([]);
  child.signal('SIGTERM');
  expect(await child.ended).toBe(0);
});
