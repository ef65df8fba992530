// A database that is busy, cut off, restarted or answers nobody: 503 with Retry-After meanwhile, nothing acknowledged is lost, nothing is doubled.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { Database } from '../src/platform/database/index.js';
import { SteadyClient } from '../src/platform/database/steady-client.js';
import { Doorbell } from '../src/platform/queue/index.js';
import { isProblem } from '../src/platform/problems/index.js';
import { meters } from '../src/platform/telemetry/index.js';
import { problemIn } from './api-caller.js';
import { inBooks, setUpCompany } from './demo-company.js';
import { eventually } from './eventually.js';
import { event, invoice, postHook } from './stripe-events.js';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.js';
import { openBench, type Bench } from './test-bench.js';
import { startTestPostgres, type TestPostgres } from './test-postgres.js';

jest.setTimeout(400_000);
let postgres: TestPostgres;
let bench: Bench;
let proxy: TcpProxy;

const hook = (id: string, eventId = `evt_${id}`) => postHook(bench, JSON.stringify(event(invoice({ id }), { id: eventId })));
/** As a source sends: again and again until it is acknowledged. Returns the answers before that. */
async function sendUntilTaken(id: string): Promise<number[]> {
  const refused: number[] = [];
  await eventually(async () => {
    const { status } = await hook(id);
    if (status !== 200) refused.push(status);
    return status === 200;
  });
  return refused;
}
/** A lane whose worker lost its connection is free again when its lease of a minute ends, so this may take longer than usual. */
const posted = async (ids: readonly string[]) => {
  await eventually(
    async () =>
      (await bench.sql("select 1 from message where flow = 'erp-us-invoices' and state = 'posted' and key = any($1)", [ids])).length ===
      ids.length,
    { what: 'the posting of all', withinMs: 150_000 },
  );
  expect(ids.map((id) => inBooks(bench, id).length)).toEqual(ids.map(() => 1));
};
const ready = async () => (await fetch(`${bench.api.url}/health/ready`)).status;
/** Ends every connection of the engine, the queue's included. */
const cutAll = () =>
  bench.sql("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'waybill_app' and datname = current_database()");

describe('the database in trouble', () => {
  beforeAll(async () => {
    postgres = await startTestPostgres();
    const { port } = postgres;
    proxy = await startTcpProxy(port);
    bench = await openBench({ postgres, databaseThrough: proxy.port });
    await setUpCompany(bench);
  });
  afterAll(async () => {
    await bench?.stop();
    await proxy?.close();
    await postgres?.stop();
  });

  it('that does not let the queue make its tables refuses the boot in a sentence', async () => {
    const { url } = await postgres.database(); // nobody has granted anything on it yet
    const open = Doorbell.open({ redisUrl: undefined, databaseUrl: url, concurrency: 1, onError: () => undefined, onState: () => undefined }, undefined); // prettier-ignore
    await expect(open).rejects.toThrow(/permission denied.*Let the role of DATABASE_URL create the schema bullmq/);
  });

  it('a client that is cut off while nobody uses it does not end the process, and its next statement fails', async () => {
    const client = new SteadyClient({ connectionString: postgres.appUrl });
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const ended = new Promise((done) => client.once('end', done));
    await bench.sql('select pg_terminate_backend($1)', [rows[0]!.pid]);
    await ended;
    await expect(client.query('select 1')).rejects.toThrow();
    await client.end();
  });

  it('a transaction that is cut off between two statements fails as unavailable and leaves nothing', async () => {
    const db = bench.engine.app.get(Database);
    const work = db.transaction(async (tx) => {
      await tx.query("insert into sign_in_failure (subject, failures, next_at) values ('cut', 1, now())");
      await cutAll();
      await sleep(300);
      await tx.query("update sign_in_failure set failures = 2 where subject = 'cut'");
    });
    await expect(work).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await bench.sql("select 1 from sign_in_failure where subject = 'cut'")).toEqual([]);
    await eventually(async () => (await ready()) === 200);
  });

  it('all connections in use: 503 with Retry-After instead of a hang, health answers, and it goes on by itself', async () => {
    const db = bench.engine.app.get(Database);
    let open!: () => void;
    const gate = new Promise<void>((done) => (open = done));
    await hook('in_warm');
    const held = Array.from({ length: 10 }, () => db.transaction(async (tx) => void (await tx.query('select 1'), await gate)));
    await eventually(
      async () =>
        (await bench.sql("select 1 from pg_stat_activity where application_name = 'waybill' and state = 'idle in transaction'")).length ===
        10,
    );
    const answer = await hook('in_exhausted');
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(await problemIn(answer)).toMatchObject({ status: 503, code: 'UNAVAILABLE' });
    expect(await ready()).toBe(200);
    expect((await fetch(`${bench.api.url}/metrics`)).status).toBe(200);
    open();
    await Promise.all(held);
    await sendUntilTaken('in_exhausted');
    await posted(['in_exhausted']);
  });

  it('connections cut again and again under load: every webhook is taken in the end, once, and posted once', async () => {
    const ids = Array.from({ length: 80 }, (_, n) => `in_cut_${n}`);
    let cutting = true;
    const cuts = (async () => {
      while (cutting) {
        await cutAll();
        await sleep(150);
      }
    })();
    const refused = (await Promise.all(ids.map(sendUntilTaken))).flat();
    cutting = false;
    await cuts;
    expect(refused.filter((status) => status !== 503)).toEqual([]);
    expect(await bench.sql("select id from inbox where delivery_id like 'evt_in_cut_%'")).toHaveLength(ids.length);
    await posted(ids);
  });

  it('an answer to a commit that is lost: 503, and the same webhook again is known', async () => {
    for (let n = 0; n < 5; n += 1) {
      await eventually(async () => (await hook('in_warm')).status === 200);
      proxy.cutAnswerTo('insert into inbox');
      const before = proxy.cuts();
      expect((await hook(`in_lost_${n}`)).status).toBe(503);
      expect(proxy.cuts()).toBeGreaterThan(before);
      proxy.cutAnswerTo(undefined);
      let again: { duplicate?: boolean } = {};
      await eventually(async () => {
        const answer = await hook(`in_lost_${n}`);
        again = (await answer.json()) as typeof again;
        return answer.status === 200;
      });
      expect(again.duplicate).toBe(true);
    }
    await posted(['in_lost_0', 'in_lost_4']);
  });

  it('the server killed and started again: 503 meanwhile, recovery by itself, and what was acknowledged is there', async () => {
    for (const round of [1, 2]) {
      const ids = Array.from({ length: 20 }, (_, n) => `in_crash_${round}_${n}`);
      const sent = ids.map(async (id, n) => {
        await sleep(n * 40);
        return sendUntilTaken(id);
      });
      await sleep(300);
      const down = postgres.crash();
      expect(await eventually(async () => (await ready()) === 503)).toBe(true);
      await down;
      await postgres.startAgain();
      const refused = (await Promise.all(sent)).flat();
      expect(refused.length).toBeGreaterThan(0);
      expect(refused.filter((status) => status !== 503)).toEqual([]);
      await eventually(async () => (await ready()) === 200);
      await posted(ids);
    }
  });

  it('conflicts by the thousand: tried again, and whoever still loses is told 503, never 500', async () => {
    const db = bench.engine.app.get(Database);
    await bench.sql('create table counter (id int primary key, n int not null)');
    await bench.sql('insert into counter select i, 0 from generate_series(1, 4) i');
    await bench.sql('grant select, update on counter to waybill_app');
    const before = (await meters.databaseRetries.get()).values[0]!.value;
    const conflicts = async () => (await meters.databaseRetries.get()).values[0]!.value - before;
    let done = 0;
    const other: unknown[] = [];
    const add = async () => {
      const id = 1 + Math.floor(Math.random() * 4);
      try {
        await db.transaction(async (tx) => {
          await tx.query('set transaction isolation level serializable');
          const [row] = await tx.query<{ n: number }>('select n from counter where id = $1', [id]);
          await tx.query('update counter set n = $2 where id = $1', [id, row!.n + 1]);
        });
        done += 1;
      } catch (error) {
        if (!isProblem(error) || error.code !== 'UNAVAILABLE') other.push(error);
      }
    };
    while ((await conflicts()) < 1_000) await Promise.all(Array.from({ length: 8 }, add));
    expect(other).toEqual([]);
    expect(done).toBeGreaterThan(0);
    expect(await bench.sql('select sum(n)::int as n from counter')).toEqual([{ n: done }]);

    let tries = 0;
    const loser = db.transaction(async () => {
      tries += 1;
      throw Object.assign(new Error('could not serialize access'), { code: '40001' });
    });
    await expect(loser).rejects.toMatchObject({ code: 'UNAVAILABLE', status: 503 });
    expect(tries).toBe(5);
  });
});
