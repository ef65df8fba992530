// What a poll repairs and never spoils; runs that tell how far they are, can be stopped, and outlive the process that ran them.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { erp, faults, inBooks, noFaults, setUpCompany, stripeSettings } from './demo-company.js';
import { eventually } from './eventually.js';
import { person } from './people.js';
import { deliver } from './stripe-events.js';
import { openBench, sandboxSecrets, type Bench } from './test-bench.js';

jest.setTimeout(180_000);
let bench: Bench;
/** The one folder that the engine may use. */
const exchange = mkdtempSync(join(tmpdir(), 'waybill-exchange-'));

const billing = async (path: string, form = '') => {
  const response = await fetch(`${bench.sandbox.url}/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sandboxSecrets.billingKey}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: form,
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as { id: string };
};
/** Numbers that are the same in every run of this test. */
function* dice(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}
const runOf = (id: string) => bench.api.call('getRun', { params: { id } });
/** Begins a run and tells its id. */
const begin = async (flow: string, body: { kind: 'poll' | 'backfill'; since?: string; until?: string }): Promise<string> =>
  (await bench.api.call('startRun', { params: { name: flow }, body })).id;
/** The flow of Stripe's invoices once more, under another name, on another connection if one is given. */
const copyFlow = async (name: string, connection = 'stripe'): Promise<void> => {
  const [release] = await bench.sql<{ yaml: string }>(
    "select yaml from release where flow = 'stripe-invoices' order by version desc limit 1",
  );
  const copy = release!.yaml.replace('flow: stripe-invoices', `flow: ${name}`).replace('connection: stripe', `connection: ${connection}`);
  await bench.api.call('putFlow', { params: { name }, body: { yaml: copy } });
};
const endOf = (id: string) =>
  eventually(
    async () => {
      const run = await runOf(id);
      return run.state !== 'running' && run;
    },
    { what: `the end of ${id}`, withinMs: 90_000 },
  );
const range = { kind: 'backfill' as const, since: '2026-03-01', until: '2030-01-01' };

describe('polls and runs', () => {
  beforeAll(async () => {
    bench = await openBench({ settings: { foldersAllow: [exchange] } });
    await setUpCompany(bench);
  });
  afterAll(async () => {
    await bench?.stop();
    rmSync(exchange, { recursive: true, force: true });
  });

  it('lost and shuffled webhooks: one poll repairs them, and nothing older is written over something newer', async () => {
    // The schedule would repair it too: its next poll is far away, so that what is seen here is one poll.
    await bench.sql(
      "insert into stream_cursor (connection, stream, next_at) values ('stripe', 'invoices', now() + interval '1 day') on conflict (connection, stream) do update set next_at = excluded.next_at",
    );
    const customer = (await billing('/customers', 'name=Shuffled&email=s@b.example&address[country]=US')).id;
    await erp(bench, 'PUT', `/customers/${customer}`, { entity: 'US', name: 'Shuffled' });
    const invoices: { id: string; voided: boolean }[] = [];
    for (let n = 0; n < 20; n += 1) {
      await billing('/invoiceitems', `customer=${customer}&amount=${1000 + n}&currency=usd&description=Help`);
      const { id } = await billing('/invoices', `customer=${customer}&collection_method=send_invoice&days_until_due=30`);
      await billing(`/invoices/${id}/finalize`);
      if (n % 2 === 0) await billing(`/invoices/${id}/void`);
      invoices.push({ id, voided: n % 2 === 0 });
    }
    const chance = dice(7);
    const told = bench.sandbox.billing.state.events.filter((one) => /^invoice\.(finalized|voided)$/.test(one.type));
    expect(told).toHaveLength(30);
    const shuffled = told.map((one) => ({ one, at: chance.next().value })).sort((a, b) => a.at - b.at).map(({ one }) => one); // prettier-ignore
    const heard = shuffled.filter(() => chance.next().value > 0.1);
    expect(heard.length).toBeLessThan(told.length);
    for (const one of heard) await deliver(bench, one as never);
    const run = { id: await begin('stripe-invoices', { kind: 'poll' }) };
    expect(await endOf(run.id)).toMatchObject({
      state: 'succeeded',
      added: expect.any(Number),
      pages: expect.any(Number),
      reachedAt: expect.stringMatching(/^20/),
    });
    await eventually(
      async () =>
        (
          await bench.sql(
            "select 1 from message where state not in ('posted','skipped','duplicate','superseded') union all select 1 from inbox where state = 'new'",
          )
        ).length === 0,
      { what: 'the end of all messages', withinMs: 90_000 },
    );
    const stored = new Set(
      (await bench.sql<{ id: string }>("select delivery_id as id from inbox where connection = 'stripe'")).map(({ id }) => id),
    );
    expect(told.filter(({ id }) => !stored.has(id))).toEqual([]);
    const versions = await bench.sql<{ id: string; revision: string; newest: string }>(
      `select o.source_id as id, v.revision, max(v.revision) over (partition by o.id order by v.version) as newest from canonical_object o join canonical_version v on v.object_id = o.id where o.type = 'invoice'`,
    );
    expect(versions.filter(({ revision, newest }) => revision !== newest)).toEqual([]);
    const contents = await bench.sql<{ id: string; content: string }>(
      "select o.source_id as id, v.content from canonical_object o join canonical_version v on v.object_id = o.id and v.version = o.version where o.type = 'invoice'",
    );
    for (const { id, voided } of invoices) {
      const content = contents.find((one) => one.id === id)?.content;
      // A void that came before anything was posted may end both, and the hub never hears of the invoice.
      const status = content === undefined && voided ? 'void' : (JSON.parse(content!) as { status: string }).status;
      expect({ id, status }).toEqual({ id, status: voided ? 'void' : 'open' });
      const open = inBooks(bench, id).filter(({ actsOn }) => !actsOn);
      expect(open.length).toBeLessThanOrEqual(1);
      if (!voided) expect(open).toHaveLength(1);
    }
  });

  it('a poll that is overtaken by another does not put the cursor back, and reads on from where that one was', async () => {
    const standing = async () =>
      JSON.parse(
        (await bench.sql<{ cursor: string }>("select cursor from stream_cursor where connection = 'stripe' and stream = 'invoices'"))[0]!
          .cursor,
      ) as { at: number; span: number };
    // The other one is known by the width of its windows, which the connector at most doubles.
    const other = { ...(await standing()), span: 12_345 };
    await faults(bench, [{ kind: 'slow', path: '/billing/v1', afterMs: 600 }]);
    await bench.sql("update stream_cursor set cursor = null where connection = 'stripe'");
    const run = { id: await begin('stripe-invoices', { kind: 'poll' }) };
    // While it reads its first page somebody else has read everything.
    await bench.sql("update stream_cursor set cursor = $1 where connection = 'stripe'", [JSON.stringify(other)]);
    expect(await endOf(run.id)).toMatchObject({ state: 'succeeded' });
    await noFaults(bench);
    const { at, span } = await standing();
    expect(at).toBeGreaterThanOrEqual(other.at);
    expect([other.span, 2 * other.span]).toContain(span);
  });

  describe('a source that says nothing', () => {
    let dead: Server;
    const waiting = new Set<Socket>();
    beforeAll(async () => {
      dead = createServer((socket) => {
        waiting.add(socket);
        socket.on('error', () => undefined).on('close', () => waiting.delete(socket));
      });
      await new Promise<void>((done) => dead.listen(0, '127.0.0.1', done));
    });
    afterAll(async () => {
      waiting.forEach((socket) => socket.destroy());
      await new Promise((done) => dead.close(done));
    });

    it('delays no other poll, and a run that waits for it can be cancelled', async () => {
      const apiBase = `http://127.0.0.1:${(dead.address() as AddressInfo).port}`;
      await bench.api.call('putConnection', {
        params: { name: 'a-dead' },
        body: { connector: 'stripe', settings: { ...stripeSettings(bench, 'acct_dead'), apiBase } },
      });
      await copyFlow('dead-invoices', 'a-dead');
      await eventually(() => waiting.size > 0, { what: 'a call of the dead source' });
      const polledAt = async () =>
        (
          await bench.sql<{ at: string }>(
            "select polled_at::text as at from stream_cursor where connection = 'stripe' and stream = 'invoices'",
          )
        )[0]!.at;
      const before = await polledAt();
      await bench.sql("update stream_cursor set next_at = now() where connection = 'stripe'");
      await eventually(async () => (await polledAt()) !== before && waiting.size > 0, {
        what: 'a poll beside the dead source',
        withinMs: 20_000,
      });

      const run = { id: await begin('dead-invoices', range) };
      await bench.api.call('cancelRun', { params: { id: run.id } });
      expect(await endOf(run.id)).toMatchObject({ state: 'cancelled', pages: 0 });
      await bench.api.call('pauseFlow', { params: { name: 'dead-invoices' } });
    });
  });

  it('a backfill tells its progress, and a cancel is answered within one page', async () => {
    await faults(bench, [{ kind: 'slow', path: '/billing/v1', afterMs: 300 }]);
    const run = { id: await begin('stripe-invoices', range) };
    const under = await eventually(async () => {
      const now = await runOf(run.id);
      return now.pages >= 2 && now;
    });
    expect(under.state).toBe('running');
    await bench.api.call('cancelRun', { params: { id: run.id } });
    const { pages } = await runOf(run.id);
    const ended = await endOf(run.id);
    expect(ended).toMatchObject({ state: 'cancelled', endedAt: expect.any(String) });
    expect(ended.pages).toBeLessThanOrEqual(pages + 1);
    await noFaults(bench);
  });

  it('a backfill that a stop interrupts goes on after the start, from where it was', async () => {
    await faults(bench, [{ kind: 'slow', path: '/billing/v1', afterMs: 200 }]);
    const run = { id: await begin('stripe-invoices', range) };
    const { pages } = await eventually(async () => {
      const now = await runOf(run.id);
      return now.pages >= 3 && now;
    });
    const [before] = await bench.sql<{ cursor: string }>('select cursor from run where id = $1', [run.id]);
    await bench.restart(() => noFaults(bench));
    const ended = await endOf(run.id);
    // On a machine that is busy for longer than the run's lease another process may have gone on with it once more.
    expect(ended).toMatchObject({ state: 'succeeded', error: null });
    expect(ended.resumed).toBeGreaterThanOrEqual(1);
    expect(ended.pages).toBeGreaterThan(pages);
    const [after] = await bench.sql<{ cursor: string }>('select cursor from run where id = $1', [run.id]);
    expect(JSON.parse(after!.cursor).at).toBeGreaterThan(JSON.parse(before!.cursor).at);
    expect(JSON.parse(after!.cursor).floor).toBe(JSON.parse(before!.cursor).floor);
  });

  it('runs whose process was killed: a backfill goes on, a poll says that it was interrupted, none runs for ever', async () => {
    await bench.sql(
      `insert into run (id, kind, flow, connection, stream, started_by, alive_until, range_since) values
         ('run_killedbackfill000000000000', 'backfill', 'stripe-invoices', 'stripe', 'invoices', 'a test', now() - interval '1 second', '2026-10-01'),
         ('run_killedpoll0000000000000000', 'poll', null, 'stripe', 'invoices', 'schedule', now() - interval '1 second', null),
         ('run_killedoften000000000000000', 'backfill', 'stripe-invoices', 'stripe', 'invoices', 'a test', now() - interval '1 second', null),
         ('run_killedwithoutflow000000000', 'backfill', 'gone', 'stripe', 'invoices', 'a test', now() - interval '1 second', null)`,
    );
    await bench.sql("update run set resumed = 5 where id = 'run_killedoften000000000000000'");
    expect(await endOf('run_killedbackfill000000000000')).toMatchObject({ state: 'succeeded', resumed: 1 });
    for (const id of ['run_killedpoll0000000000000000', 'run_killedoften000000000000000', 'run_killedwithoutflow000000000'])
      expect(await endOf(id)).toMatchObject({ state: 'failed', error: expect.stringContaining('Interrupted') });
  });

  it('a process that comes back late does not write into a run that another one has', async () => {
    await faults(bench, [{ kind: 'slow', path: '/billing/v1', afterMs: 300 }]);
    const run = { id: await begin('stripe-invoices', range) };
    await eventually(async () => (await runOf(run.id)).pages >= 1);
    await bench.sql("update run set resumed = resumed + 1, alive_until = now() + interval '1 hour' where id = $1", [run.id]);
    const { pages } = await runOf(run.id);
    await bench.sql('select pg_sleep(2)');
    expect((await runOf(run.id)).pages).toBe(pages);
    await noFaults(bench);
    await bench.sql('update run set alive_until = now() where id = $1', [run.id]);
    expect(await endOf(run.id)).toMatchObject({ state: 'succeeded' });
  });

  it('two backfills of one flow at once bring each delivery once', async () => {
    await copyFlow('stripe-twice');
    const runs = await Promise.all([1, 2, 3].map(() => begin('stripe-twice', range)));
    const ended: { state: string }[] = [];
    for (const id of runs) ended.push(await endOf(id));
    expect(ended.map(({ state }) => state)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    const messages = await bench.sql<{ n: number }>("select count(*)::int as n from message where flow = 'stripe-twice' group by inbox_id");
    expect(messages.length).toBeGreaterThan(20);
    expect(messages.filter(({ n }) => n > 1)).toEqual([]);
  });

  it('rows of a file that somebody drops go through a flow into files, once; one that cannot be read is told, and the file is put away', async () => {
    const [inFolder, outFolder] = ['in', 'out'].map((name) => join(exchange, name)) as [string, string];
    for (const folder of [inFolder, outFolder]) mkdirSync(folder);
    const settings = { system: 'test', transport: 'folder', inFolder, outFolder, keyColumns: ['id'], quietSeconds: 0 };
    await bench.api.call('putConnection', { params: { name: 'files' }, body: { connector: 'csv', settings } });
    await bench.api.call('putConnection', { params: { name: 'elsewhere' }, body: { connector: 'csv', settings: { ...settings, inFolder: '/etc', outFolder: '/etc' } } }); // prettier-ignore
    expect(await bench.api.call('checkConnection', { params: { name: 'files' } })).toMatchObject({ ok: true });
    expect(JSON.stringify(await bench.api.call('checkConnection', { params: { name: 'elsewhere' } }))).toContain('WAYBILL_FOLDERS_ALLOW');
    await bench.api.call('putMapping', {
      params: { name: 'row' },
      text: '{ "name": id, "columns": ["id", "amount"], "rows": [[id, amount]] }',
    });
    // The schedule would read them too: its next poll is far away, so that what is seen here is the poll that is asked for.
    const farAway = () => bench.sql("insert into stream_cursor (connection, stream, next_at) values ('files', 'rows', now() + interval '1 day') on conflict (connection, stream) do update set next_at = excluded.next_at"); // prettier-ignore
    await farAway();
    const yaml = 'flow: rows\nfrom: { connection: files, stream: rows }\nmap: row\nto: { connection: files, operation: file }\n';
    await bench.api.call('putFlow', { params: { name: 'rows' }, body: { yaml } });
    const file = `id,amount\n${Array.from({ length: 250 }, (_, n) => `${n},${n}.50`).join('\n')}\nbroken\nbroken too\n`;
    writeFileSync(join(inFolder, 'a.csv'), file);
    expect(await endOf(await begin('rows', { kind: 'poll' }))).toMatchObject({ state: 'succeeded', added: 252 });
    await eventually(() => Promise.resolve(readdirSync(outFolder).length === 250), { what: '250 files', withinMs: 90_000 });
    const [one] = readdirSync(outFolder).filter((name) => name.startsWith('249-'));
    expect(readFileSync(join(outFolder, one!), 'utf8')).toBe('id,amount\r\n249,249.50\r\n');
    expect(readdirSync(inFolder)).toEqual(['archive']);
    await farAway();
    writeFileSync(join(inFolder, 'b.csv'), file);
    expect(await endOf(await begin('rows', { kind: 'poll' }))).toMatchObject({ state: 'succeeded', added: 0 });
    expect(readdirSync(join(inFolder, 'archive'))).toHaveLength(2);
    const unread = (cursor?: string) => bench.api.call('listUnreadDeliveries', { query: { connection: 'files', limit: 1, ...(cursor ? { cursor } : {}) } }); // prettier-ignore
    const newest = await unread();
    const oldest = await unread(newest.next!);
    const problem = (row: number) => `Row ${row} of a.csv cannot be read: it has 1 fields, and there are 2 columns.`;
    expect(newest.items).toEqual([expect.objectContaining({ connection: 'files', stream: 'rows', via: 'poll', problem: problem(253) })]);
    expect([oldest.items.map((one) => one.problem), oldest.next]).toEqual([[problem(252)], null]);
    expect((await bench.api.call('listUnreadDeliveries', { query: { connection: 'stripe' } })).items).toEqual([]);
    // A raw delivery belongs to no legal entity.
    const limited = await person(bench, { roles: ['viewer'], legalEntities: ['US'] });
    expect(await limited.call('listUnreadDeliveries', {})).toEqual({ items: [], next: null });
  });
});
