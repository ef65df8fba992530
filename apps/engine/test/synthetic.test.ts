// Synthetic transactions through the live path: they pass, come to nothing in the books, are in no sum, control or list, and nobody outside can call theirs one.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AlertWatch, SyntheticRunner } from '../src/assurance/index.js';
import { runsKept, runWord, SyntheticRunStore } from '../src/assurance/synthetic/runs.store.js';
import { erpSettings, exceptionOf, faults, messageIn, noFaults, setActive, setUpCompany } from './demo-company.js';
import { eventually } from './eventually.js';
import { person } from './people.js';
import { deliver, event, invoice, postHook, signature } from './stripe-events.js';
import { openBench, type Bench } from './test-bench.js';

jest.setTimeout(240_000);
const name = 'stripe-to-erp-us';
const yaml = readFileSync(join(import.meta.dirname, '../../../mappings/sandbox-erp/stripe-to-erp-us.synthetic.yaml'), 'utf8');
const customer = 'cus_waybill_synthetic';
const flows = ['stripe-customers', 'stripe-invoices', 'stripe-payments', 'stripe-credit-notes', 'stripe-refunds', 'erp-us-customers', 'erp-us-invoices', 'erp-us-payments', 'erp-us-credit-memos']; // prettier-ignore
let bench: Bench;

const round = () => bench.engine.app.get(SyntheticRunner).round();
const read = (id: string) => bench.api.call('getSyntheticRun', { params: { id } });
const begin = async () => (await bench.api.call('startSyntheticRun', { params: { name } })).id;
/** Round after round, as the scheduler does it, until the run says what is waited for. */
const until = (id: string, says: (run: Awaited<ReturnType<typeof read>>) => boolean) =>
  eventually(
    async () => {
      await round();
      const run = await read(id);
      return says(run) ? run : undefined;
    },
    { what: `a round of ${id}` },
  );
/** Round after round until the step is on its way, and not one more; then until its message in a flow is in a state. */
async function brought(id: string, step: string, flow: string, state: string): Promise<void> {
  await eventually(async () => {
    await round();
    return (
      (await bench.sql('select 1 from synthetic_step where run_id = $1 and step = $2 and delivered_at is not null', [id, step])).length > 0
    );
  });
  await eventually(async () => (await read(id)).messages.some((message) => message.flow === flow && message.state === state), { what: `${step} ${state} in ${flow}` }); // prettier-ignore
}
const ended = (id: string) => until(id, ({ state }) => state === 'ended');
const booked = (run: string) => bench.sandbox.books.state.documents.filter(({ origin }) => origin?.includes(runWord(run)) === true);
const comesToNothing = (run: string) => {
  const sum = (...kinds: string[]) => booked(run).filter((one) => kinds.includes(one.kind) && one.status === 'posted').length;
  return sum('invoice') === sum('credit-memo') && sum('payment') === sum('refund');
};
/** A check that may take its time, so that a slow machine is not late. */
const patient = (within = '{ whole: 90s, intake: 60s, prepare: 60s, send: 60s, readBack: 60s }') => yaml.replace(/within: \{.*\}/, `within: ${within}`); // prettier-ignore
const put = (text: string) => bench.api.call('putSyntheticCheck', { params: { name }, body: { yaml: text } });

beforeAll(async () => {
  // The rounds of this suite are its own.
  bench = await openBench({ settings: { roles: ['api', 'worker'] } });
  await setUpCompany(bench, { flows });
  // The ERP gives up within a second, so a doubt is looked up soon.
  await bench.api.call('putConnection', { params: { name: 'erp-us' }, body: { connector: 'sandbox-erp', settings: { ...erpSettings(bench), upstreamSeconds: 1 } } }); // prettier-ignore
  await bench.api.call('putControl', {
    params: { name: 'us-invoices' },
    body: { yaml: 'control: us-invoices\ncompare: invoice\nbilling: { legalEntity: US }\nerp: { connection: erp-us }\n' },
  });
  await deliver(bench, event(invoice({ id: 'in_real_1' })));
  await messageIn(bench, { key: 'in_real_1' }, 'posted');
});
afterAll(() => bench?.stop());

/** What people, programs and controls are told of business: every list, count and sum, without what only time changes. */
async function everyNumber(): Promise<Record<string, unknown>> {
  const { api } = bench;
  const month = new Date().toISOString().slice(0, 7);
  const control = async (period: string) => {
    const { id } = await eventually(() => api.call('startControlRun', { params: { name: 'us-invoices' }, body: { period } }));
    const run = await eventually(async () => {
      const found = await api.call('getControlRun', { params: { id } });
      return found.state === 'running' ? undefined : found;
    });
    const rows = await bench.sql('select side, type, count(*)::int as n, sum(amount)::text as total from control_row where run_id = $1 group by 1, 2 order by 1, 2', [id]); // prettier-ignore
    return { state: run.state, error: run.error, gaps: run.gaps, totals: run.totals, rows };
  };
  const overview = await api.call('getOverview', { query: { hours: 168 } });
  const metrics = (await (await fetch(`${api.url}/metrics`, { headers: { authorization: 'Bearer test-bench-key-of-an-administrator' } })).text())
    .split('\n')
    .filter((line) => /^waybill_(messages|exceptions)/.test(line)); // prettier-ignore
  return {
    numbers: overview.numbers,
    attention: overview.attention.filter(({ kind }) => kind !== 'synthetic'),
    mine: overview.mine,
    ledgers: overview.postedByLedger.map(({ lastAt: _, ...one }) => one),
    throughput: overview.throughput.reduce((sum, { received, posted, exceptions }) => [sum[0]! + received, sum[1]! + posted, sum[2]! + exceptions], [0, 0, 0]), // prettier-ignore
    overviewFlows: overview.flows.map(({ lastAt: _, p95Seconds: __, ...one }) => one),
    value: (await api.call('listValue', { query: { months: 2 } })).items.map(({ stoppedHours: _, medianHours: __, ...one }) => one),
    levels: (await api.call('listServiceLevels', { query: { hours: 168 } })).items.map(({ dueBefore: _, ...one }) => one),
    flows: (await api.call('listFlows')).items.map(({ name: of, counts }) => [of, counts]),
    releases: await Promise.all(flows.map(async (flow) => (await api.call('listReleases', { params: { name: flow } })).items.map(({ version, counted }) => [version, counted]))), // prettier-ignore
    messages: (await api.call('listMessages', { query: { limit: 200, count: true } })).count,
    unposted: (await api.call('getUnpostedAgeing')).items,
    exceptions: (await api.call('listExceptions', { query: { count: true } })).count,
    groups: (await api.call('listExceptionGroups')).items,
    ageing: (await api.call('getExceptionAgeing')).items,
    approvals: (await api.call('listApprovals')).items,
    unread: (await api.call('listUnreadDeliveries')).items,
    canonical: await Promise.all(['customer', 'invoice', 'payment', 'credit-memo'].map(async (type) => (await api.call('listCanonical', { params: { type }, query: { count: true } })).count)), // prettier-ignore
    operations: (({ messages, deliveries }) => ({ messages, deliveries }))(await api.call('getOperations')),
    samples: (await api.call('listSamples', { params: { name: 'stripe-invoice' } })).items.map(({ messageId }) => messageId),
    control: await control(month),
    usage: await bench.sql(
      'select (select count(*)::int from usage_event) as events, (select count(*)::int from usage_summary) as summaries',
    ),
    bookedEntries: await bench.sql('select count(*)::int as n from booked_entry'),
    metrics,
  };
}

describe('a synthetic transaction', () => {
  it('goes through every flow it names, comes to nothing in the books, and says how long each stage took', async () => {
    await put(patient());
    expect(await bench.sql("select extract(epoch from next_at - updated_at)::int as seconds from synthetic_check")).toEqual([{ seconds: 10 }]); // prettier-ignore
    await bench.sql('update synthetic_check set next_at = now()');
    await round();
    const [first] = (await bench.api.call('listSyntheticRuns', { query: { check: name } })).items;
    const run = await ended(first!.id);
    expect({ result: run.result, says: run.says, trouble: run.trouble }).toEqual({ result: 'passed', says: [], trouble: null });
    expect(run.net).toEqual([{ connection: 'erp-us', currency: 'USD', sales: '0.00', money: '0.00', documents: 4 }]);
    expect(booked(run.id).map(({ kind, total }) => [kind, total])).toEqual([['invoice', '1.00'], ['payment', '1.00'], ['credit-memo', '1.00'], ['refund', '1.00']]); // prettier-ignore
    expect(run.messages.map(({ flow, state }) => [flow, state])).toEqual(
      ['customers', 'invoices', 'payments', 'credit-notes', 'refunds'].flatMap((stream, at) => [[`stripe-${stream}`, 'posted'], [`erp-us-${['customers', 'invoices', 'payments', 'credit-memos', 'payments'][at]!}`, 'posted']]),
    ); // prettier-ignore
    const of = (stage: string) => run.stages.filter((time) => time.stage === stage).length;
    expect([of('intake'), of('prepare'), of('send'), of('readBack')]).toEqual([5, 10, 5, 1]);
    expect(run.stages.every(({ ms, allowedMs }) => ms >= 0 && ms <= allowedMs)).toBe(true);
    expect((await bench.api.call('getSyntheticCheck', { params: { name } })).newest).toMatchObject({ id: run.id, result: 'passed' });
  });

  it('carries its mark from the door to the posting, is shown where it is asked for, and marked', async () => {
    const run = (await bench.api.call('listSyntheticRuns', { query: { check: name } })).items[0]!.id;
    const marks = await bench.sql<Record<string, number>>(
      `select (select count(*)::int from inbox where synthetic_run = $1) as inbox, (select count(*)::int from message where synthetic_run = $1) as messages,
         (select count(*)::int from canonical_object where synthetic) as objects, (select count(*)::int from posting where synthetic) as postings`,
      [run],
    );
    expect(marks).toEqual([{ inbox: 5, messages: 10, objects: 5, postings: 5 }]);
    const listed = await bench.api.call('listMessages', { query: { synthetic: 'yes', limit: 50 } });
    expect(listed.items.map(({ syntheticRun }) => syntheticRun)).toEqual(Array.from({ length: 10 }, () => run));
    const [message] = listed.items;
    expect((await bench.api.call('listMessages', { query: { q: message!.id } })).items.map(({ id }) => id)).toEqual([message!.id]);
    expect(await bench.api.call('getMessage', { params: { id: message!.id } })).toMatchObject({ syntheticRun: run });
    for (const table of ['inbox', 'message'])
      await expect(bench.sql(`update ${table} set synthetic_run = null where synthetic_run = $1`, [run])).rejects.toThrow('never changes');
    for (const table of ['canonical_object', 'posting'])
      await expect(bench.sql(`update ${table} set synthetic = false where synthetic`)).rejects.toThrow('never changes');
  });

  it('is in no total, list or control, whether it passes or stops; a flow that comes later is not filled with it', async () => {
    const before = await everyNumber();
    expect(before).toMatchObject({ exceptions: 0, canonical: [0, 1, 0, 0] });
    await ended(await begin());
    expect(await everyNumber()).toEqual(before);

    await setActive(bench, customer, false);
    const stopped = await begin();
    await brought(stopped, 'invoice', 'erp-us-invoices', 'exception');
    expect(await everyNumber()).toEqual(before);
    const run = await ended(stopped);
    expect(run).toMatchObject({ result: 'wrong', net: [expect.objectContaining({ sales: '0', money: '0', documents: 0 })] });
    expect(run.says).toEqual([expect.stringContaining('invoice: it stopped as an exception in erp-us-invoices')]);
    expect(run.messages.map(({ state }) => state)).toEqual(['posted', 'posted', 'posted', 'resolved']);
    expect(await everyNumber()).toEqual(before);
    expect((await bench.api.call('getOverview', { query: { hours: 24 } })).attention).toContainEqual(
      expect.objectContaining({ kind: 'synthetic', title: `The synthetic transaction ${name} is wrong`, owner: 'Finance operations' }),
    );

    const later = 'flow: erp-us-again\nfrom: { canonical: invoice@1 }\nmap: erp-invoice\nto: { connection: erp-us, operation: invoice }\n';
    await bench.api.call('putFlow', { params: { name: 'erp-us-again' }, body: { yaml: later } });
    const { id } = await bench.api.call('startRun', { params: { name: 'erp-us-again' }, body: { kind: 'backfill' } });
    await eventually(async () => (await bench.api.call('getRun', { params: { id } })).state !== 'running');
    expect(await bench.sql("select key, synthetic_run from message where flow = 'erp-us-again'")).toEqual([{ key: 'in_real_1', synthetic_run: null }]); // prettier-ignore
    await bench.api.call('pauseFlow', { params: { name: 'erp-us-again' } });
    await setActive(bench, customer, true);
  });

  it('alerts while its newest run is late or wrong, and no longer when one passes', async () => {
    await bench.api.call('putAlertRule', {
      params: { name: 'synthetic' },
      body: { description: '', watch: 'synthetic', where: { legalEntity: 'US' }, limits: {}, severity: 'high', channels: [], digestMinutes: 0, repeatHours: null, tellEnd: false, quiet: null, highBreaksQuiet: true, subject: null, text: null },
    }); // prettier-ignore
    const look = async () => {
      await bench.engine.app.get(AlertWatch).lookAll();
      return (await bench.api.call('listAlerts')).items.filter(({ endedAt }) => endedAt === null).map(({ title, link }) => [title, link]);
    };
    const link = `/ops?tab=synthetic&check=${name}`;
    expect(await look()).toEqual([[`The synthetic transaction ${name} is wrong`, link]]);
    await put(patient('{ whole: 90s, intake: 60s, prepare: 60s, send: 50ms, readBack: 60s }'));
    await faults(bench, [{ kind: 'slow', path: '/erp', methods: ['POST'], afterMs: 300 }]);
    const late = await ended(await begin());
    await noFaults(bench);
    expect(late).toMatchObject({ result: 'late', trouble: 'late', net: [expect.objectContaining({ sales: '0.00', money: '0.00' })] });
    expect(late.says).toContain('invoice: the call in erp-us-invoices takes longer than 50 ms');
    expect(await look()).toEqual([[`The synthetic transaction ${name} is late`, link]]);
    await put(patient());
    expect((await ended(await begin())).result).toBe('passed');
    expect(await look()).toEqual([]);
  });

  it('survives the end of the engine: the run goes on, takes back what it had booked, and no other begins before', async () => {
    const id = await begin();
    await brought(id, 'invoice', 'erp-us-invoices', 'posted');
    await faults(bench, [{ kind: 'down', path: '/erp', share: 1 }]);
    await until(id, ({ messages }) => messages.some(({ flow }) => flow === 'erp-us-payments'));
    await bench.restart();
    const { result, state } = await read(id);
    expect([result, state]).toEqual([null, 'forward']);
    expect(await bench.api.problem('startSyntheticRun', { params: { name } })).toMatchObject({ status: 409, code: 'SYNTHETIC_RUNNING' });
    await bench.sql("update synthetic_check set next_at = now() - interval '1 hour'");
    await round();
    expect((await bench.sql<{ n: number }>('select count(*)::int as n from synthetic_run where ended_at is null'))[0]!.n).toBe(1);
    // Its time is over: it goes no further, and waits for what may still be posted.
    await bench.sql("update synthetic_run set started_at = started_at - interval '1 hour' where id = $1", [id]);
    await noFaults(bench);
    await bench.api.send('tryConnectionNow', { params: { name: 'erp-us' }, body: { reason: 'the books are back' } }); // it may not rest yet
    await bench.sql("update message set due_at = now() where state in ('ready', 'in_doubt') and synthetic_run = $1", [id]);
    const run = await until(id, ({ state: is }) => (void bench.sweep(), is === 'ended'));
    expect(run).toMatchObject({ result: 'late', net: [expect.objectContaining({ sales: '0.00', money: '0.00' })] });
    expect(comesToNothing(id)).toBe(true);
    expect(booked(id).some(({ kind }) => kind === 'credit-memo')).toBe(true);
  });

  it('two processes at once deliver each step once', async () => {
    const id = await begin();
    await eventually(async () => {
      await Promise.all([round(), round()]);
      return (await read(id)).state === 'ended';
    });
    expect(await read(id)).toMatchObject({ result: 'passed' });
    expect(booked(id)).toHaveLength(4);
  });

  it('stays open while the books show something, until they do not any more or a person says that it is put right', async () => {
    await put(patient('{ whole: 90s, intake: 60s, prepare: 60s, send: 60s, readBack: 1500ms }'));
    const id = await begin();
    await brought(id, 'credit-memo', 'erp-us-credit-memos', 'posted');
    const memo = booked(id).find(({ kind }) => kind === 'credit-memo')!;
    memo.total = '0.25'; // somebody edits it there
    const run = await until(id, ({ trouble, readAt }) => trouble === 'wrong' && readAt !== null);
    expect(run).toMatchObject({ state: 'reading', result: null, net: [expect.objectContaining({ sales: '0.75', money: '0.00' })] });
    expect(run.says).toContain('erp-us still shows 0.75 USD of sales');
    const viewer = await person(bench, { roles: ['viewer'] });
    expect((await viewer.send('giveUpSyntheticRun', { params: { id }, body: { reason: 'not mine to say' } })).status).toBe(403);
    const reason = 'corrected by hand with journal 4711';
    const closed = await bench.api.call('giveUpSyntheticRun', { params: { id }, body: { reason } });
    expect(closed).toMatchObject({ state: 'ended', result: 'wrong' });
    expect(closed.says.at(-1)).toContain(reason);
    expect(await bench.api.problem('giveUpSyntheticRun', { params: { id }, body: { reason } })).toMatchObject({ code: 'SYNTHETIC_ENDED' });
    memo.total = '1.00';
    await put(patient());
  });

  it('finds its own customer and contract in the hub, which no real document does', async () => {
    const { yaml: before } = await bench.api.call('getFlow', { params: { name: 'erp-us-invoices' } });
    const asking = 'enrich:\n  buyer: { canonical: customer@1, by: { sourceId: customer.sourceId } }\n  agreed: { canonical: contract@1, by: { customer: customer.sourceId } }\n';
    const rule = "  - { rule: known, when: '$not($exists($enriched.buyer))', then: { hold: master-data, say: 'Nobody in the hub is {{source.customer.sourceId}}' } }\n";
    const agreed = "  - { rule: agreed, when: '$exists($enriched.buyer) and $enriched.agreed.number != \"C-1\"', then: { hold: master-data, say: 'No contract' } }\n";
    await bench.api.call('putFlow', { params: { name: 'erp-us-invoices' }, body: { yaml: before.replace('permit:\n', `${asking}permit:\n${rule}${agreed}`) } });
    const known = 'cus_known_to_the_hub';
    const contract = (number: string) => patient().replace(`customer: ${customer}`, `customer: ${known}`).replace('through: [stripe-invoices, erp-us-invoices]', `$&\n    lookups: { agreed: { number: ${number} } }`);

    await put(contract('C-1'));
    expect(await ended(await begin())).toMatchObject({ result: 'passed', says: [] });
    await put(contract('C-2'));
    const run = await ended(await begin());
    expect(run.says).toEqual([expect.stringContaining('No contract')]);
    // Billed to the check's customer by somebody outside: the hub has nobody of that id for it.
    await deliver(bench, event(invoice({ id: 'in_real_to_synthetic', customer: known })));
    expect((await exceptionOf(bench, { key: 'in_real_to_synthetic' })).cause).toContain(`Nobody in the hub is ${known}`);
    await bench.api.call('putFlow', { params: { name: 'erp-us-invoices' }, body: { yaml: before } });
    await put(patient());
  }); // prettier-ignore

  it('begins for a person with an entry in the audit log, and not while it is paused; what stands against it is kept as a run that could not start', async () => {
    const acts = async () => (await bench.sql<{ action: string }>("select action from audit_entry where action like 'synthetic.%' order by at desc, id desc limit 3")).map(({ action }) => action); // prettier-ignore
    await ended(await begin());
    expect((await acts())[0]).toBe('synthetic.run');
    await bench.api.call('pauseSyntheticCheck', { params: { name }, body: { reason: 'the books are being closed' } });
    expect((await acts())[0]).toBe('synthetic.paused');
    await bench.sql("update synthetic_check set next_at = now() - interval '1 hour'");
    const runs = async () => (await bench.sql<{ n: number }>('select count(*)::int as n from synthetic_run'))[0]!.n;
    const before = await runs();
    await round();
    expect(await runs()).toBe(before);
    const resumed = await bench.api.call('resumeSyntheticCheck', { params: { name }, body: { reason: 'the books are open' } });
    expect(resumed).toMatchObject({ state: 'on', paused: null });
    await deliver(bench, { ...event({ id: customer, object: 'customer', created: 1793534400, name: 'A real one', address: { country: 'US' }, metadata: {} }, { type: 'customer.created' }) }); // prettier-ignore
    await messageIn(bench, { flow: 'erp-us-customers', key: customer }, 'posted');
    await round();
    const { items } = await bench.api.call('listSyntheticRuns', { query: { check: name, limit: 1 } });
    expect(items[0]).toMatchObject({
      result: 'failed-to-start',
      says: [expect.stringContaining(`${customer} has documents that are real`)],
    });
    expect(await bench.api.problem('putSyntheticCheck', { params: { name }, body: { yaml: patient('{ whole: 80s }') } })).toMatchObject({
      status: 422,
      problems: [expect.objectContaining({ code: 'SYNTHETIC_CUSTOMER', path: '/customer' })],
    });
  });

  it('keeps so many runs of a check', async () => {
    await bench.sql(
      `insert into synthetic_run (id, check_name, version, legal_entities, state, result, started_by, started_by_id, started_at, ended_at)
       select 'syn_old' || n, $1, 1, '{US}', 'ended', 'passed', 'schedule', 'engine', now() - n * interval '1 day', now() from generate_series(1, $2::int) n`,
      [name, runsKept + 5],
    );
    await bench.sql("insert into synthetic_run (id, check_name, version, legal_entities, state, started_by, started_by_id) values ('syn_open', $1, 1, '{US}', 'reading', 'schedule', 'engine')", [name]); // prettier-ignore
    await bench.engine.app.get(SyntheticRunStore).end('syn_open', 'passed');
    const rows = await bench.sql<{ id: string }>('select id from synthetic_run order by started_at desc');
    expect(rows).toHaveLength(runsKept);
    expect(rows.map(({ id }) => id)).toContain('syn_open');
  });
});

describe('somebody outside', () => {
  it('cannot mark what they send: not by a field, a header, the id of a delivery or of a document', async () => {
    const [run] = await bench.sql<{ id: string; body: string; delivery: string }>("select r.id, s.body, s.delivery_id as delivery from synthetic_run r join synthetic_step s on s.run_id = r.id where s.step = 'invoice' and s.delivered_at is not null order by r.started_at desc limit 1"); // prettier-ignore
    const marked = { synthetic: true, syntheticRun: run!.id, synthetic_run: run!.id, 'synthetic-run': run!.id };
    // Its own document, named like one of a run, with the id of the run's delivery and every field that might mean something.
    const theirs = { ...(JSON.parse(run!.body) as { data: { object: Record<string, unknown> } }), id: run!.delivery, ...marked };
    Object.assign(theirs.data.object, marked, {
      number: 'THEIRS-1',
      customer: 'cus_globex',
      customer_name: 'Globex Corporation',
      metadata: marked,
    });
    const body = JSON.stringify(theirs);
    const post = (query: string) => fetch(`${bench.api.url}/v1/hooks/stripe${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'stripe-signature': signature(body), 'x-waybill-synthetic': run!.id, 'waybill-synthetic-run': run!.id },
      body,
    }); // prettier-ignore
    expect((await post(`?syntheticRun=${run!.id}`)).status).toBe(400); // the door takes no word that it does not know
    expect((await post('')).status).toBe(401); // the id of a run's delivery is none that Stripe gives
    const id = String(theirs.data.object['id']);
    expect((await postHook(bench, JSON.stringify({ ...theirs, id: 'evt_their_own' }))).ok).toBe(true);
    const message = await messageIn(bench, { key: id }, 'posted');
    expect(message.syntheticRun).toBeNull();
    const [own] = (await bench.api.call('listCanonical', { params: { type: 'invoice' }, query: { sourceId: id } })).items;
    expect(own).toMatchObject({ sourceSystem: 'stripe/acct_bench' });
    const { id: control } = await eventually(() => bench.api.call('startControlRun', { params: { name: 'us-invoices' }, body: { period: new Date().toISOString().slice(0, 7) } })); // prettier-ignore
    await eventually(async () => (await bench.api.call('getControlRun', { params: { id: control } })).state !== 'running');
    expect(await bench.sql("select document from control_row where run_id = $1 and side = 'billing' and reference = $2", [control, id])).toEqual([{ document: own!.id }]); // prettier-ignore
  });
});
