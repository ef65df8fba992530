// From usage to a meter event: meters as files, who pays, seals that go into the hub, what comes too late, and why something is not billed.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import pg from 'pg';
import { RollUp, UsageControl } from '../src/ledger/index.js';
import { stripeSettings } from './demo-company.js';
import { eventually } from './eventually.js';
import { person } from './people.js';
import { openBench, sandboxSecrets, type Bench } from './test-bench.js';
import { writeUsage, type Used } from './usage-in.js';

jest.setTimeout(180_000);
let bench: Bench;
let app: pg.Pool;
const meterFile = (more = '') => `meter: api-calls
description: Calls of the API
events: [api.call]
aggregate: sum
value: /calls
unit: call
${more}`;

const used = async (...events: Used[]): Promise<string[]> => {
  const client = await app.connect();
  try {
    await client.query('begin');
    const places = await writeUsage(client, events);
    await client.query('commit');
    return places.map((seq) => `ue_${seq}`);
  } finally {
    client.release();
  }
};
const seqOf = (event: string | undefined) => event!.slice(3);
const counted = () => bench.engine.app.get(RollUp).runAll();
const calls = (n: number | string, subject = 'globex-production', at = '2026-10-10T12:00:00Z'): Used => ({
  subject,
  at,
  data: { calls: n },
});
/** The customer that the sandbox's billing platform knows, and its meter. */
async function billing(path: string, form: Record<string, string>): Promise<void> {
  const response = await fetch(`${bench.sandbox.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sandboxSecrets.billingKey}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form),
  });
  if (!response.ok) throw new Error(await response.text());
}
const put = (yaml: string, more: object = {}) => bench.api.call('putMeter', { params: { name: 'api-calls' }, body: { yaml, ...more } });
const seal = (period: string, more: object = {}) =>
  bench.api.call('sealPeriod', { params: { period }, body: { meter: 'api-calls', ...more } });
const meterEvents = () => bench.sandbox.billing.state.meterEvents.map(({ customer, value, timestamp }) => ({ customer, value, at: new Date(timestamp * 1000).toISOString() })); // prettier-ignore
const account = (subject: string, customer: string, more: object = {}) =>
  bench.api.call('changeTableRows', {
    params: { name: 'usage-accounts' },
    body: { put: [{ key: { subject }, values: { customer, subscription: null, plan: null, region: null, legalEntity: 'US' }, ...more }] },
  });
const summaries = (query: object) => bench.api.call('listSummaries', { query }).then(({ items }) => items);

beforeAll(async () => {
  // No scheduler: what it does every few seconds, the tests do when they want it.
  bench = await openBench({ sandbox: { startsAt: new Date('2026-11-05T00:00:00Z') }, settings: { roles: ['api', 'worker'] } });
  app = new pg.Pool({ connectionString: bench.databaseUrl, max: 4 });
  await bench.api.call('putConnection', { params: { name: 'stripe' }, body: { connector: 'stripe', settings: stripeSettings(bench) } });
  await bench.api.call('installPack', { params: { name: 'stripe-usage' }, body: {} });
  for (const id of ['cus_globex', 'cus_acme']) await billing('/v1/customers', { id, name: id });
  await billing('/v1/billing/meters', { event_name: 'api_calls', display_name: 'API calls' });
});
afterAll(async () => {
  await app?.end();
  await bench?.stop();
});

describe('meters', () => {
  it('tell every problem of a file at once, with lines, and save nothing', async () => {
    const problem = await bench.api.problem('putMeter', {
      params: { name: 'api-calls' },
      body: {
        yaml: 'meter: other\nevents: []\naggregate: total\nvalue: calls\nwhere: { "status": 200 }\nperiod:\n  timeZone: Mars/Olympus\nextra: 1\n',
      },
    });
    expect(problem).toMatchObject({ status: 422, code: 'METER_INVALID' });
    expect(problem.problems!.map(({ path, line }) => [path, line])).toEqual(
      expect.arrayContaining([
        ['/events', 2],
        ['/aggregate', 3],
        ['/value', 4],
        ['/where/status', 5],
        ['/period/timeZone', 7],
        ['/extra', 8],
      ]),
    );
    expect((await bench.api.call('listMeters')).items).toEqual([]);
  });

  it('keep every version as it was saved, make the newest active, and leave an entry of the audit log', async () => {
    const first = await put(meterFile());
    expect(first).toMatchObject({ version: 1, active: true, aggregate: 'sum' });
    expect(await put(meterFile('# only a comment\n'))).toMatchObject({ version: 1, hash: first.hash });
    const [entry] = await bench.sql("select action, object_id from audit_entry where action = 'meter.saved'");
    expect(entry).toEqual({ action: 'meter.saved', object_id: 'api-calls' });
    await expect(bench.sql("update usage_meter_version set yaml = 'x'")).rejects.toThrow(/never changes/);
    const viewer = await person(bench, { roles: ['viewer'] });
    expect(await viewer.problem('putMeter', { params: { name: 'api-calls' }, body: { yaml: meterFile() } })).toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('show what a version would make of past events before it is active', async () => {
    await put('meter: tried\nevents: [tried.call]\naggregate: sum\nvalue: /n\n'.replace('tried\n', 'api-calls\n'), { activate: false });
    await used(
      { type: 'tried', at: new Date().toISOString(), data: { n: 1, calls: 10 } },
      { type: 'tried', at: new Date().toISOString(), data: { n: 'x', calls: 20 }, subject: null },
    );
    const preview = await bench.api.call('previewMeter', {
      params: { name: 'api-calls' },
      body: { yaml: meterFile().replace('[api.call]', '[api.call, tried]').replace('/calls', '/n') },
    });
    expect(preview).toMatchObject({
      ok: true,
      now: { events: 0 },
      then: { events: 1, subjects: 1, unreadable: [{ reason: 'no-number', events: 1, example: 'x' }] },
    });
    expect(preview.differences).toEqual([{ subject: 'globex', dimensions: {}, now: null, then: '1' }]);
  });
});

describe('a period', () => {
  it('is open: computed by payer, with accounts as they were on the day; what nobody pays for is listed with its worth', async () => {
    await account('acme-1', 'cus_globex', { validTo: '2026-10-14' });
    await account('acme-1', 'cus_acme', { validFrom: '2026-10-15' });
    await used(
      calls('100.5'),
      calls(200),
      calls(7, 'acme-1', '2026-10-14T23:59:59Z'),
      calls(9, 'acme-1', '2026-10-15T00:00:00Z'),
      calls(5_000, 'stranger'),
    );
    await counted();
    const open = await summaries({ period: '2026-10', state: 'open' });
    expect(open.map(({ customer, plan, quantity, eventCount, state }) => [customer, plan, quantity, eventCount, state])).toEqual(
      expect.arrayContaining([
        ['cus_globex', 'platform_growth', '300.5', 2, 'open'],
        ['cus_globex', null, '7', 1, 'open'],
        ['cus_acme', null, '9', 1, 'open'],
      ]),
    );
    expect(open).toHaveLength(3);
    expect((await bench.api.call('listUnattributed')).items).toEqual([
      expect.objectContaining({
        subject: 'stranger',
        quantity: '5000',
        eventCount: 1,
        firstSeen: '2026-10-10',
        reason: 'unknown',
        atRisk: { amount: '2', currency: 'USD' },
      }),
    ]);
    const [one] = open;
    const { items } = await bench.api.call('listSummaryEvents', { params: { id: one!.id } });
    expect(items).toHaveLength(one!.eventCount);
    expect(await bench.api.call('verifySummary', { params: { id: one!.id } })).toMatchObject({ ok: true });
  });

  it('cannot be sealed while it runs, by whoever may not, or by whoever sees a part', async () => {
    const running = new Date().toISOString().slice(0, 7);
    expect(await bench.api.problem('sealPeriod', { params: { period: running }, body: { meter: 'api-calls' } })).toMatchObject({
      status: 409,
      code: 'PERIOD_NOT_OVER',
    });
    const viewer = await person(bench, { roles: ['viewer'] });
    expect(await viewer.problem('sealPeriod', { params: { period: '2026-10' }, body: {} })).toMatchObject({ code: 'FORBIDDEN' });
    const german = await person(bench, { roles: ['finance-operator'], legalEntities: ['DE'] });
    expect(await german.problem('sealPeriod', { params: { period: '2026-10' }, body: {} })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await bench.api.problem('sealPeriod', { params: { period: '2026-10-01' }, body: { meter: 'api-calls' } })).toMatchObject({
      code: 'REQUEST_INVALID',
    });
  });

  it('is sealed once: members fixed, one meter event for each summary, an entry of the audit log', async () => {
    const shown = await seal('2026-10', { dryRun: true });
    expect(shown.items[0]).toMatchObject({ seal: null, summaries: 3, unattributed: 1, adjustments: [] });
    expect(await bench.sql('select 1 from usage_seal')).toEqual([]);
    const [two] = await Promise.allSettled([seal('2026-10'), seal('2026-10')].map(async (one) => (await one).items[0]!.seal));
    void two;
    expect(await bench.sql('select count(*)::int as n from usage_seal')).toEqual([{ n: 1 }]);
    expect(await bench.api.problem('sealPeriod', { params: { period: '2026-10' }, body: { meter: 'api-calls' } })).toMatchObject({
      code: 'PERIOD_SEALED',
    });
    const sealed = await summaries({ period: '2026-10', state: 'sealed' });
    expect(sealed).toHaveLength(3);
    expect(await summaries({ period: '2026-10', state: 'open' })).toEqual([]);
    for (const { id, quantity, eventCount, digest } of sealed) {
      const { items } = await bench.api.call('listSummaryEvents', { params: { id } });
      expect([items.length, items.reduce((sum, { value }) => sum + Number(value), 0)]).toEqual([eventCount, Number(quantity)]);
      expect(digest).toMatch(/^[0-9a-f]{64}$/);
      expect(await bench.api.call('verifySummary', { params: { id } })).toMatchObject({ ok: true, differs: [] });
    }
    await eventually(() => meterEvents().length === 3);
    expect(meterEvents()).toEqual(
      expect.arrayContaining([
        { customer: 'cus_globex', value: '300.5', at: '2026-10-31T23:59:59.000Z' },
        { customer: 'cus_acme', value: '9', at: '2026-10-31T23:59:59.000Z' },
      ]),
    );
    expect(await bench.sql("select count(*)::int as n from audit_entry where action = 'usage.sealed'")).toEqual([{ n: 1 }]);
    const { id } = sealed[0]!;
    const { documents } = await bench.api.call('getSummary', { params: { id } });
    expect(documents).toEqual([expect.objectContaining({ flow: 'usage-to-stripe', state: 'posted' })]);
  });

  it('stays as it was sealed: nobody changes a summary, and a change of accounts moves no member', async () => {
    for (const statement of ['update usage_summary set quantity = 0', 'delete from usage_summary_part', 'delete from usage_seal']) {
      await expect(bench.sql(statement)).rejects.toThrow(/never changed/);
      await expect(app.query(statement)).rejects.toThrow(/permission denied/);
    }
  });

  it('shows its events to whoever sees its legal entity, and to nobody else', async () => {
    const [american, german] = [
      await person(bench, { roles: ['viewer'], legalEntities: ['US'] }),
      await person(bench, { roles: ['viewer'], legalEntities: ['DE'] }),
    ];
    const { id } = (await summaries({ period: '2026-10', state: 'sealed' }))[0]!;
    expect((await american.send('getSummary', { params: { id } })).status).toBe(200);
    for (const route of ['getSummary', 'listSummaryEvents', 'verifySummary'] as const)
      expect((await german.send(route, { params: { id } })).status).toBe(404);
    expect((await german.call('listSummaries', {})).items).toEqual([]);
  });
});

describe('usage that came by HTTP', () => {
  it('is counted, corrected and sealed like any other; its digest is that of its content hashes', async () => {
    const { api } = bench;
    const usageEvent = (id: string, jobs: number) => ({
      specversion: '1.0',
      id,
      source: '/harbours/x',
      type: 'ship.sent',
      subject: 'globex-production',
      time: '2026-09-03T00:00:00Z',
      data: { jobs },
    });
    const sent = await api.send('sendUsage', {
      text: JSON.stringify([usageEvent('a', 1), usageEvent('ä', 2), usageEvent('b', 40)]),
      type: 'application/cloudevents-batch+json',
    });
    expect([sent.status, await sent.json()]).toEqual([202, expect.objectContaining({ accepted: 3, rejected: [] })]);
    await api.call('putMeter', {
      params: { name: 'ships' },
      body: { yaml: 'meter: ships\nevents: [ship.sent]\naggregate: sum\nvalue: /jobs\n' },
    });
    await counted();
    const { items } = await api.call('sealPeriod', { params: { period: '2026-09' }, body: { meter: 'ships' } });
    expect(items[0]).toMatchObject({ summaries: 1 });
    const [summary] = await summaries({ meter: 'ships' });
    const hashes = await Promise.all((await api.call('listSummaryEvents', { params: { id: summary!.id } })).items.map(async ({ event }) => (await api.call('getUsageEvent', { params: { id: event } })).contentHash)); // prettier-ignore
    expect(hashes).toHaveLength(3);
    expect(summary!.digest).toBe(
      createHash('sha256')
        .update(Buffer.concat(hashes.map((hash) => Buffer.from(hash.replace(/^sha256:/, ''), 'hex'))))
        .digest('hex'),
    );
    expect(summary).toMatchObject({ quantity: '43', eventCount: 3 });
  });
});

describe('what comes too late', () => {
  it('is billed as an adjustment with the next seal: late usage, a correction, somebody found to pay; each event of it is named', async () => {
    const [original] = await bench.sql<{ seq: string }>("select seq from usage_event where data->>'calls' = '200'");
    await used(calls(50, 'globex-production', '2026-10-20T00:00:00Z'), { ...calls(150), corrects: original!.seq });
    await account('stranger', 'cus_acme');
    await used(calls(11, 'globex-production', '2026-11-02T00:00:00Z'));
    await counted();
    const pending = (await bench.api.call('listPendingAdjustments', { query: {} })).items;
    // 50 late and 150 instead of 200 come to nothing for Globex, but for one event more; the stranger's 5,000 belong to Acme now.
    expect(pending.map(({ customer, quantity, usedIn, kind }) => [customer, quantity, usedIn, kind])).toEqual(
      expect.arrayContaining([
        ['cus_globex', expect.stringMatching(/^0(\.0)?$/), '2026-10', 'adjustment'],
        ['cus_acme', '5000', '2026-10', 'adjustment'],
      ]),
    );
    expect(pending.find(({ customer }) => customer === 'cus_globex')!.documents).toEqual([
      expect.objectContaining({ flow: 'usage-to-stripe', state: 'posted' }),
    ]);
  });

  it('a credit memo is asked for where the policy says so and it is less', async () => {
    await put(meterFile('late: credit-memo\n'));
    const [late] = await bench.sql<{ seq: string }>("select seq from usage_event where data->>'calls' = '7'");
    await used({ ...calls(0, 'acme-1', '2026-10-14T00:00:00Z'), cancels: late!.seq });
    await counted();
    const pending = (await bench.api.call('listPendingAdjustments', { query: {} })).items;
    expect(pending.filter(({ kind }) => kind === 'credit-request').map(({ customer, quantity }) => [customer, quantity])).toEqual(
      expect.arrayContaining([['cus_globex', '-7']]),
    );
  });
});

describe('a day', () => {
  const today = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
  const at = (hour: string) => `${today}T${hour}:00:00Z`;
  it('is sealed by itself after its grace; late and corrected usage follows into the next, and the trace leads from one to the other', async () => {
    await bench.api.call('putMeter', {
      params: { name: 'daily' },
      body: { yaml: 'meter: daily\nevents: [job.done]\naggregate: sum\nvalue: /seconds\nperiod: { every: day }\nsealAfter: 12h\n' },
    });
    const job = (seconds: number, hour: string): Used => ({
      type: 'job.done',
      subject: 'globex-production',
      at: at(hour),
      data: { seconds },
    });
    const [first, second] = await used(job(10, '10'), job(20, '11'));
    await counted();
    const { PeriodSealing } = await import('../src/ledger/index.js');
    expect(await bench.engine.app.get(PeriodSealing).sealDue(() => true)).toBe(1);
    expect(await bench.engine.app.get(PeriodSealing).sealDue(() => true)).toBe(0);
    const [sealed] = await summaries({ meter: 'daily', state: 'sealed' });
    expect(sealed).toMatchObject({ quantity: '30', period: today });
    const [correction] = await used({ ...job(5, '11'), corrects: seqOf(second) });
    const next = new Date(Date.parse(`${today}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
    await used(job(1, '12'), { ...job(100, '10'), at: `${next}T10:00:00Z` });
    await counted();
    expect(await bench.engine.app.get(PeriodSealing).sealDue(() => true)).toBe(1);
    const [adjustment] = await summaries({ meter: 'daily', state: 'adjustment' });
    expect(adjustment).toMatchObject({
      kind: 'adjustment',
      period: next,
      usedIn: today,
      quantity: '-14',
      added: 2,
      removed: 1,
      adjusts: sealed!.id,
    });
    const members = (await bench.api.call('listSummaryEvents', { params: { id: adjustment!.id } })).items.map(
      ({ event, effect, value }) => [event, effect, value],
    );
    expect(members).toEqual([
      [second, 'removed', '20'],
      [correction, 'added', '5'],
      [expect.any(String), 'added', '1'],
    ]);
    expect(await bench.api.call('verifySummary', { params: { id: adjustment!.id } })).toMatchObject({ ok: true });
    expect(await bench.api.call('verifySummary', { params: { id: sealed!.id } })).toMatchObject({ ok: true });
    const trace = await bench.api.call('traceUsageEvent', { params: { id: second! } });
    expect(trace.chain.map(({ event, kind }) => [event, kind])).toEqual([
      [second, 'event'],
      [correction, 'correction'],
    ]);
    expect(trace.summaries.map(({ event, summary, effect }) => [event, summary, effect])).toEqual([
      [second, sealed!.id, 'added'],
      [second, adjustment!.id, 'removed'],
      [correction, adjustment!.id, 'added'],
    ]);
    expect((await bench.api.call('traceUsageEvent', { params: { id: first! } })).summaries).toHaveLength(1);
  });
});

describe('why is this not billed?', () => {
  const why = async (event: string | undefined) =>
    (await bench.api.call('explainBilling', { params: { id: event! } })).meters.map(({ meter, billed, stopsAt, because }) => [
      meter,
      billed,
      stopsAt,
      because,
    ]);
  it('names the first thing that stops it, at every step', async () => {
    const [nobody, unread, lost, open] = await used(
      { type: 'nobody.wants' },
      calls('many'),
      calls(1, 'unheard-of', '2026-11-03T00:00:00Z'),
      calls(1, 'globex-production', '2026-11-03T00:00:00Z'),
    );
    expect(await why(open)).toEqual([['api-calls', false, 'counted', 'its commit waits for the roll-up']]);
    await counted();
    expect(await why(nobody)).toEqual([[null, false, 'metered', expect.stringContaining('api-calls does not read nobody.wants')]]);
    expect(await why(unread)).toEqual([['api-calls', false, 'readable', 'the value is no number: many']]);
    expect(await why(lost)).toEqual([['api-calls', false, 'attributed', 'nobody is known to pay for unheard-of']]);
    expect(await why(open)).toEqual([['api-calls', false, 'sealed', expect.stringContaining('2026-11 is open')]]);
    await used({ ...calls(0), cancels: seqOf(open) });
    await counted();
    expect(await why(open)).toEqual([['api-calls', false, 'in-force', expect.stringContaining('cancelled it')]]);
    const [billed] = await bench.sql<{ seq: string }>("select seq from usage_event where data->>'calls' = '100.5'");
    expect(await why(`ue_${billed!.seq}`)).toEqual([['api-calls', true, null, null]]);
  });
});

describe('the control', () => {
  const check = async () => {
    await bench.engine.app.get(UsageControl).check();
    return bench.api.call('getUsageControl');
  };
  it('adds up to the event', async () => {
    await counted();
    const { ok, events, due, lag, meters } = await check();
    expect([ok, due, lag.waitingEvents, events.difference]).toEqual([true, 0, 0, 0]);
    expect(events.accepted).toBe(events.ledgered);
    expect(events.accepted).toBe(events.summarised + events.unattributed + events.unused + events.unreadable + events.takenBack);
    expect(events).toMatchObject({ unattributed: 1, unreadable: 1 });
    for (const meter of meters) expect([meter.meter, meter.counted, meter.unreadable]).toEqual([meter.meter, meter.booked, meter.listed]);
  });

  it('goes red when a bucket says more than its events, when an event is gone, and says where; no such period is sealed', async () => {
    const early = new Date(Date.now() - 9 * 86_400_000).toISOString().slice(0, 10);
    await used({ type: 'job.done', subject: 'globex-production', at: `${early}T01:00:00Z`, data: { seconds: 3 } });
    await counted();
    await bench.sql(
      "update usage_bucket set events = events + 2, total = total + 1 where ctid = (select b.ctid from usage_bucket b join usage_meter_version v on v.id = b.version where v.meter = 'daily' order by b.starts, b.subject limit 1)",
    );
    const red = await check();
    expect(red).toMatchObject({ ok: false, events: { difference: 2 } });
    expect(await bench.api.problem('sealPeriod', { params: { period: early }, body: { meter: 'daily' } })).toMatchObject({
      status: 409,
      code: 'SUMMARY_DIFFERS',
    });
    expect((await bench.api.call('listSeals', { query: { meter: 'daily', period: early } })).items).toEqual([]);
    expect(red.differences[0]!.slice).toMatch(/^meter:/);
    expect(
      await (
        await fetch(`${bench.engine.url}/metrics`, { headers: { authorization: 'Bearer test-bench-key-of-an-administrator' } })
      ).text(),
    ).toMatch(/waybill_usage_control_difference 2/);
    await bench.sql(
      "update usage_bucket set events = events - 2, total = total - 1 where ctid = (select b.ctid from usage_bucket b join usage_meter_version v on v.id = b.version where v.meter = 'daily' order by b.starts, b.subject limit 1)",
    );
    expect((await check()).ok).toBe(true);
    expect((await bench.api.call('sealPeriod', { params: { period: early }, body: { meter: 'daily' } })).items[0]).toMatchObject({
      summaries: 1,
    });
    await bench.sql(
      'set session_replication_role = replica; update usage_commit set events = events + 1 where id = (select min(id) from usage_commit); set session_replication_role = origin',
    );
    expect((await check()).differences).toEqual([expect.objectContaining({ slice: expect.stringMatching(/^commits:/), difference: 1 })]);
    await bench.sql(
      'set session_replication_role = replica; update usage_commit set events = events - 1 where id = (select min(id) from usage_commit); set session_replication_role = origin',
    );
    expect((await check()).ok).toBe(true);
  });
});
