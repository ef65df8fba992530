// What happened to a flow is one list, newest first: whether a failure followed a release, a table or a credential is seen in it. Nothing is lost or doubled
// over pages, nobody sees more in it than elsewhere, and no secret or value of a setting stands in it.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ApiCaller } from './api-caller.js';
import { erpSettings, exceptionOf, setActive, setUpCompany } from './demo-company.js';
import { eventually } from './eventually.js';
import { person } from './people.js';
import { event, invoice, postHook, signature } from './stripe-events.js';
import { openBench, type Bench } from './test-bench.js';

jest.setTimeout(180_000);
let bench: Bench;
const name = 'stripe-invoices';
const params = { name };
const rotated = 'whsec_rotated_in_the_timeline_4711';
type Query = { kind?: string; from?: string; to?: string; limit?: number; cursor?: string };
const timeline = (query: Query = {}, by: ApiCaller = bench.api, flow = name) =>
  by.call('getFlowTimeline', { params: { name: flow }, query: { limit: 200, ...query } });
const facts = async (...given: Parameters<typeof timeline>) => (await timeline(...given)).items.map(({ fact }) => fact);
const codes = async (...given: Parameters<typeof timeline>) => (await facts(...given)).map(({ code }) => code);
const keyWith = async (body: { permissions?: string[]; roles?: string[]; legalEntities?: string[] }) =>
  bench.api.as((await bench.api.call('createApiKey', { body: { name: 'of the timeline', ...body } as never })).value);
/** Every page of so many, one after the other. */
async function inPages(limit: number, query: Query = {}) {
  const pages = [];
  for (let cursor: string | undefined; ;) {
    const page = await timeline({ ...query, limit, ...(cursor ? { cursor } : {}) });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    pages.push(page.items);
    expect(pages.length).toBeLessThan(200);
    if (page.next === null) return pages;
    cursor = page.next;
  }
}

beforeAll(async () => {
  bench = await openBench();
  await setUpCompany(bench);
  // The schedule polls too; what is seen here is what the test lets happen.
  await bench.sql("insert into stream_cursor (connection, stream, next_at) values ('stripe', 'invoices', now() + interval '1 day') on conflict (connection, stream) do update set next_at = excluded.next_at"); // prettier-ignore
});
afterAll(() => bench?.stop());

describe('the timeline of a flow', () => {
  it('tells what people did to it and to what it rests on, newest first, with who and why', async () => {
    const ines = await person(bench, { roles: ['integrator'], name: 'Ines Integrator' });
    const from = new Date().toISOString();
    const { yaml } = await ines.call('getFlow', { params });
    await ines.call('putFlow', { params, body: { yaml: yaml.replace('description: ', 'description: Once more. '), note: 'Said better' } });
    await ines.call('pauseFlow', { params });
    const { id } = await ines.call('startRun', { params, body: { kind: 'poll' } });
    await eventually(async () => (await bench.api.call('getRun', { params: { id } })).state === 'succeeded');
    await ines.call('resumeFlow', { params });
    const put = (body: object) =>
      ines.call('putConnection', { params: { name: 'stripe' }, body: { connector: 'stripe', ...body } } as never);
    const settings = { accountId: 'acct_bench', apiBase: bench.sandbox.url };
    await put({ settings: { ...settings, webhookSecret: rotated } });
    await put({ settings, limits: { concurrency: 3 } });
    await ines.call('pauseConnection', { params: { name: 'stripe' } });
    await ines.call('resumeConnection', { params: { name: 'stripe' } });
    const { source } = await ines.call('getMapping', { params: { name: 'stripe-invoice' } });
    const saved = await ines.call('putMapping', { params: { name: 'stripe-invoice' }, body: { source: `${source}\n/* once more */`, note: 'A word about it' } }); // prettier-ignore

    const { items, next, withheld } = await timeline({ from });
    expect([next, withheld]).toEqual([null, []]);
    expect(items.map(({ fact }) => fact)).toEqual([
      expect.objectContaining({ code: 'release', version: 3, to: 'live' }),
      { code: 'mapping-saved', mapping: 'stripe-invoice', version: saved.version },
      { code: 'connection-resumed', connection: 'stripe' },
      { code: 'connection-paused', connection: 'stripe' },
      { code: 'connection-changed', connection: 'stripe', made: false, settings: ['concurrency'], secrets: [], forgotten: [] },
      { code: 'connection-changed', connection: 'stripe', made: false, settings: [], secrets: ['webhookSecret'], forgotten: [] },
      { code: 'flow-resumed' },
      expect.objectContaining({ code: 'runs', run: 'poll', state: 'succeeded', count: 1 }),
      { code: 'flow-paused' },
      { code: 'release', version: 2, from: null, to: 'live', percent: null, entities: null },
    ]); // prettier-ignore
    expect(items.map(({ kind }) => kind)).toEqual(['release', 'mapping', 'pause', 'pause', 'connection', 'credential', 'pause', 'run', 'pause', 'release']); // prettier-ignore
    expect(new Set(items.map(({ by }) => by))).toEqual(new Set(['Ines Integrator']));
    expect(items.at(-1)).toMatchObject({ reason: 'Said better', link: expect.stringMatching(/^\/flows\/stripe-invoices\?tab=releases&release=rel_/) }); // prettier-ignore
    expect(items[7]!.link).toBe(`/runs/${id}`);
    const times = items.map(({ at }) => at);
    expect(times).toEqual([...times].sort().reverse());
    expect(JSON.stringify(await timeline())).not.toMatch(/whsec|sk_test/);
  });

  it('tells versions of the tables that it reads, and what its other end did', async () => {
    const flow = 'erp-us-invoices';
    const before = await facts({ kind: 'table' }, bench.api, flow);
    expect(before.length).toBeGreaterThan(0);
    const table = (before[0] as { table: string }).table;
    const { items } = await bench.api.call('listTableRows', { params: { name: table }, query: { limit: 1 } });
    const changed = Object.fromEntries(Object.entries(items[0]!.values as Record<string, string | null>).map(([column, value], at) => [column, at === 0 ? `${value}` : value])); // prettier-ignore
    const { version } = await bench.api.call('changeTableRows', {
      params: { name: table },
      body: { put: [{ key: { ...(items[0]!.key as Record<string, string>) }, values: changed, validFrom: '2031-01-01' }], reason: 'From next year on' },
    } as never); // prettier-ignore
    await bench.api.call('putConnection', { params: { name: 'erp-us' }, body: { connector: 'sandbox-erp', settings: { ...erpSettings(bench) } } }); // prettier-ignore
    const [newest, second] = (await timeline({}, bench.api, flow)).items;
    expect(newest).toMatchObject({ kind: 'credential', fact: { code: 'connection-changed', connection: 'erp-us', secrets: ['token'] } });
    expect(second).toMatchObject({
      kind: 'table',
      fact: { code: 'table-published', table, version },
      reason: 'From next year on',
      link: `/tables/${table}?tab=history&version=${version}`,
    });
    expect(await codes({ kind: 'table' })).not.toContain('connection-changed');
  });

  it('tells a replay of its messages, and no replay of another flow’s', async () => {
    await setActive(bench, 'CUST-1001', false);
    const body = JSON.stringify(event(invoice({ id: 'in_replayed' })));
    expect((await postHook(bench, body, { header: signature(body, { secret: rotated }) })).status).toBe(200);
    const exception = await exceptionOf(bench, { key: 'in_replayed' });
    await setActive(bench, 'CUST-1001', true);
    const { runId } = await bench.api.call('startReplay', { body: { messages: [exception.messageId], reason: 'The customer is active' } } as never); // prettier-ignore
    await eventually(async () => (await bench.api.call('getRun', { params: { id: runId } })).state === 'succeeded');
    const [run] = (await timeline({ kind: 'run' }, bench.api, 'erp-us-invoices')).items;
    expect(run).toMatchObject({ fact: { code: 'runs', run: 'replay', state: 'succeeded', count: 1, added: 1 }, reason: 'The customer is active', link: `/runs/${runId}` }); // prettier-ignore
    expect(await facts({ kind: 'run' })).not.toContainEqual(expect.objectContaining({ run: 'replay' }));

    const mine = await keyWith({ roles: ['viewer'], legalEntities: ['US'] });
    const others = await keyWith({ roles: ['viewer'], legalEntities: ['DE'] });
    expect((await timeline({ kind: 'run' }, mine, 'erp-us-invoices')).items.map(({ link }) => link)).toEqual([`/runs/${runId}`]);
    expect((await timeline({ kind: 'run' }, others, 'erp-us-invoices')).items).toEqual([]);
  });

  it('tells alerts about it and its connections within what the caller sees, and a connection that fails now', async () => {
    const alert = (id: string, subject: string, entities: string, rule = 'r') =>
      bench.sql(
        `insert into alert (id, rule, subject, severity, title, detail, link, amounts, since, legal_entities) values ($1,$2,$3,'high',$4,'','/exceptions','[]',now(),$5)`,
        [id, rule, subject, `about ${subject}`, entities],
      );
    await bench.sql(`insert into alert_rule (name, definition, updated_by) values ('only-this', '{"watch":"exceptions","where":{"flow":"${name}"}}', 'test'), ('only-that', '{"watch":"exceptions","where":{"flow":"another"}}', 'test')`); // prettier-ignore
    await alert('alt_1', `delay ${name}`, '{US}');
    await alert('alt_2', 'connection stripe', '{*}');
    await alert('alt_3', 'connection another', '{*}');
    await alert('alt_4', 'cause 1', '{DE}', 'only-this');
    await alert('alt_5', 'cause 2', '{DE}', 'only-that');
    await bench.sql("insert into connection_health (connection, state, since, detail) values ('stripe', 'open', now(), 'connect ECONNREFUSED') on conflict (connection) do update set state = 'open', since = now(), detail = excluded.detail"); // prettier-ignore
    const told = async (by: ApiCaller) =>
      (await facts({ kind: 'incident' }, by)).map((fact) => (fact.code === 'alert' ? fact.said : fact.code));
    expect(await told(bench.api)).toEqual(['connection-failing', 'about cause 1', 'about connection stripe', `about delay ${name}`]);
    const limited = await told(await keyWith({ roles: ['viewer'], legalEntities: ['US'] }));
    expect(limited).toContain(`about delay ${name}`);
    expect(limited).not.toContain('about cause 1');
  });

  it('tells nothing of what the caller may not see, and says so', async () => {
    const bare = await keyWith({ permissions: ['flow.read'] });
    const { items, withheld } = await timeline({}, bare);
    expect(withheld).toEqual(['mapping', 'table', 'connection', 'credential', 'run', 'incident']);
    expect(new Set(items.map(({ kind }) => kind))).toEqual(new Set(['release', 'pause']));
    expect(items.map(({ fact }) => fact.code).filter((code) => code.startsWith('connection'))).toEqual([]);
    const none = await keyWith({ permissions: ['table.read'] });
    expect(await none.problem('getFlowTimeline', { params })).toMatchObject({ status: 403 });
    expect(await bench.api.problem('getFlowTimeline', { params: { name: 'nobody' } })).toMatchObject({ status: 404 });
  });

  it('is narrowed to kinds and to a time', async () => {
    expect(new Set(await codes({ kind: 'pause' }))).toEqual(new Set(['flow-paused', 'flow-resumed', 'connection-paused', 'connection-resumed'])); // prettier-ignore
    expect(new Set((await timeline({ kind: 'release,credential' })).items.map(({ kind }) => kind))).toEqual(new Set(['release', 'credential'])); // prettier-ignore
    expect((await timeline({ kind: 'credential' })).items.every(({ fact }) => fact.code === 'connection-changed' && fact.secrets.length > 0)).toBe(true); // prettier-ignore
    const all = (await timeline()).items;
    const middle = all[Math.floor(all.length / 2)]!.at;
    const [older, newer] = [(await timeline({ to: middle })).items, (await timeline({ from: middle })).items];
    expect([...newer, ...older].map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(await bench.api.problem('getFlowTimeline', { params, query: { kind: 'nothing' } })).toMatchObject({ status: 400 });
    expect(await bench.api.problem('getFlowTimeline', { params, query: { cursor: 'made-up' } })).toMatchObject({ status: 400, path: '/cursor' }); // prettier-ignore
  });

  it('loses and doubles nothing over pages, where many things have one time and runs fold', async () => {
    const time = "'2026-10-01T00:00:00.123456Z'::timestamptz";
    for (let n = 0; n < 12; n += 1) {
      await bench.sql(`insert into release_event (flow, release_id, at, from_state, to_state, by_name, by_id) select $1, release_id, ${time}, 'draft', 'submitted', 'T', 't' from flow where name = $1`, [name]); // prettier-ignore
      await bench.sql(`insert into run (id, kind, connection, stream, state, started_by, started_at, read, added) values ($1, 'poll', 'stripe', 'invoices', $2, 'schedule', ${time} - $3 * interval '1 hour', 3, 2)`, [`run_page_${String(n).padStart(2, "0")}`, n % 6 === 0 ? 'failed' : 'succeeded', Math.floor(n / 3)]); // prettier-ignore
      await bench.sql(`insert into mapping_version (name, version, source, hash, created_at, created_by) values ('stripe-invoice', $1, '1', 'h', ${time}, 'T')`, [1_000 + n]); // prettier-ignore
      await bench.sql(`insert into alert (id, rule, subject, severity, title, detail, link, amounts, since, opened_at, ended_at) values ($1,'r','connection stripe','high','t','','/','[]',now(),${time}, now())`, [`alt_page_${String(n).padStart(2, "0")}`]); // prettier-ignore
    }
    const whole = (await timeline()).items;
    const apart = whole.filter(({ kind }) => kind !== 'run').map(({ id }) => id);
    expect(new Set(apart).size).toBe(apart.length);
    const runsOf = (items: typeof whole) =>
      items.reduce((sum, { fact }) => sum + (fact.code === 'runs' && fact.run === 'poll' ? fact.count : 0), 0);
    expect(runsOf(whole)).toBe(13);
    for (const limit of [1, 2, 3, 7, 50]) {
      const pages = (await inPages(limit)).flat();
      expect(pages.filter(({ kind }) => kind !== 'run').map(({ id }) => id)).toEqual(apart);
      expect(runsOf(pages)).toBe(13);
      const times = pages.map(({ at }) => at);
      expect(times).toEqual([...times].sort().reverse());
    }
    const folded = (await timeline({ kind: 'run', to: '2026-10-02T00:00:00Z' })).items;
    expect(folded.map(({ fact }) => fact.code === 'runs' && [fact.state, fact.count, fact.read, fact.added])).toEqual([
      ['succeeded', 2, 6, 4],
      ['failed', 1, 3, 2],
      ['succeeded', 5, 15, 10],
      ['failed', 1, 3, 2],
      ['succeeded', 3, 9, 6],
    ]);
  });

  it('reads a page of it by indexes, however much the pipeline writes beside', async () => {
    await bench.sql("insert into audit_entry (id, actor_kind, actor_id, actor_name, action, object_kind, object_id, summary, leaf) select 'aud_many_' || n, 'engine', 'engine', 'Waybill', 'pipeline.posted', 'flow', 'stripe-invoices', 's', '' from generate_series(1, 20000) n"); // prettier-ignore
    await bench.sql('analyze audit_entry');
    const plan = await bench.sql<{ 'QUERY PLAN': string }>(
      "explain select id from audit_entry e where e.object_kind = 'flow' and e.object_id = 'stripe-invoices' and e.action not like 'pipeline.%' and e.action = any(array['flow.paused','flow.resumed']) and e.at <= coalesce(null::timestamptz, 'infinity') order by at desc, id desc limit 51",
    );
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('audit_entry_act');
  });
});
