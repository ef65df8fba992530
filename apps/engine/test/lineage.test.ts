// From one API call to the document in the ERP and back: whatever is asked for, the whole way is shown, with a sum check on each edge.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { RollUp } from '../src/ledger/index.js';
import { messageIn, setUpCompany } from './demo-company.js';
import { eventually } from './eventually.js';
import { person } from './people.js';
import { deliver, event } from './stripe-events.js';
import { openBench, sandboxSecrets, type Bench } from './test-bench.js';
import { writeUsage } from './usage-in.js';

jest.setTimeout(180_000);
let bench: Bench;
let app: pg.Pool;
let calls: string[];
let invoice: string;
let number: string;

async function billing<T>(path: string, form?: Record<string, string>): Promise<T> {
  const response = await fetch(`${bench.sandbox.url}${path}`, {
    method: form ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${sandboxSecrets.billingKey}`, 'content-type': 'application/x-www-form-urlencoded' },
    ...(form ? { body: new URLSearchParams(form) } : {}),
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as T;
}
const used = async (at: string, n: number, corrects?: string): Promise<string> => {
  const client = await app.connect();
  try {
    await client.query('begin');
    const [seq] = await writeUsage(client, [
      { subject: 'globex-production', at, data: { calls: n }, ...(corrects ? { corrects: corrects.slice(3) } : {}) },
    ]);
    await client.query('commit');
    return `ue_${seq}`;
  } finally {
    client.release();
  }
};
const seal = async (period: string) => {
  await bench.engine.app.get(RollUp).runAll();
  await bench.api.call('sealPeriod', { params: { period }, body: { meter: 'api-calls' } });
};
type Kind = 'usage-event' | 'usage-summary' | 'document' | 'message' | 'number';
const trace = (kind: Kind, id: string, api = bench.api) => api.call('trace', { params: { kind, id } });
type Trace = Awaited<ReturnType<typeof trace>>;
/** The trip in words: kinds of nodes by their order, and what joins them. */
const kinds = ({ nodes }: Trace) => nodes.map(({ kind, of }) => (kind === 'document' ? of : kind));
const edge = ({ edges }: Trace, relation: string) => edges.filter((one) => one.relation === relation);

beforeAll(async () => {
  bench = await openBench({ sandbox: { startsAt: new Date('2026-10-01T00:00:00Z') }, settings: { roles: ['api', 'worker'] } });
  app = new pg.Pool({ connectionString: bench.databaseUrl, max: 2 });
  await setUpCompany(bench);
  await bench.api.call('installPack', { params: { name: 'stripe-usage' }, body: {} });
  await bench.api.call('putMeter', {
    params: { name: 'api-calls' },
    body: {
      yaml: 'meter: api-calls\nevents: [api.call]\naggregate: sum\nvalue: /calls\nunit: call\nperiod: { every: day, timeZone: UTC }\n',
    },
  });
  // What is sold at the billing platform, and which meter of ours counts it.
  await billing('/v1/customers', { id: 'cus_globex', name: 'Globex Corporation', 'address[country]': 'US', 'address[state]': 'NY' });
  const meter = await billing<{ id: string }>('/v1/billing/meters', { event_name: 'api_calls', display_name: 'API calls' });
  const product = await billing<{ id: string }>('/v1/products', { name: 'API calls' });
  const price = await billing<{ id: string }>('/v1/prices', {
    product: product.id, currency: 'usd', 'recurring[interval]': 'month', billing_scheme: 'tiered', tiers_mode: 'graduated', 'recurring[usage_type]': 'metered', 'recurring[meter]': meter.id,
    'tiers[0][up_to]': '100', 'tiers[0][unit_amount]': '10', 'tiers[1][up_to]': 'inf', 'tiers[1][unit_amount]': '2',
  }); // prettier-ignore
  await bench.api.call('changeTableRows', {
    params: { name: 'item' },
    body: { put: [{ key: { product: product.id }, values: { itemCode: 'API-CALLS', family: 'usage', meter: 'api-calls' } }] },
  });
  await billing('/v1/subscriptions', { customer: 'cus_globex', 'items[0][price]': price.id });
  calls = [await used('2026-10-10T08:00:00Z', 90), await used('2026-10-10T09:00:00Z', 30), await used('2026-10-12T08:00:00Z', 15.5)];
  await used('2026-10-12T08:00:00Z', 15, calls[2]);
  await billing('/billing/test/advance', { days: '20' });
  for (const day of ['2026-10-10', '2026-10-12']) await seal(day);
  await eventually(() => bench.sandbox.billing.state.meterEvents.length === 2);
  await billing('/billing/test/advance', { days: '13' });
  const { data } = await billing<{ data: { id: string; number: string; billing_reason: string }[] }>('/v1/invoices?customer=cus_globex&limit=10'); // prettier-ignore
  ({ id: invoice, number } = data.find(({ billing_reason }) => billing_reason === 'subscription_cycle')!);
  await deliver(bench, event(data.find(({ id }) => id === invoice) as never));
  await messageIn(bench, { key: invoice }, 'posted');
});
afterAll(async () => {
  await app?.end();
  await bench?.stop();
});

describe('from usage to the books', () => {
  it('an event leads to the summary, the invoice and the document in the ERP, and each sum holds', async () => {
    const found = await trace('usage-event', calls[0]!);
    expect(kinds(found)).toEqual(['usage-event', 'usage-summary', 'usage', 'invoice', 'delivery', 'delivery']);
    const usage = found.nodes.find(({ kind }) => kind === 'usage')!;
    expect(usage).toMatchObject({ of: 'api-calls', quantity: { value: '135', unit: 'call' }, summaries: 2 });
    // 100 in one tier and 35 in another are two lines of the invoice.
    expect(edge(found, 'billed-by')).toEqual([
      expect.objectContaining({
        from: usage.id,
        check: { what: 'quantity', in: '135', out: '135', difference: '0', ok: true, because: null },
      }),
    ]);
    expect(edge(found, 'posted-as')[0]!.check).toMatchObject({ what: 'amount', in: '10.70', out: '10.70', ok: true });
    expect(edge(found, 'reported-as')).toHaveLength(1);
    expect(found).toMatchObject({ breaks: 0, left: 0, roots: [calls[0]] });
  });

  it('a corrected event leads there by what stands in its place', async () => {
    const found = await trace('usage-event', calls[2]!);
    expect(kinds(found).slice(0, 4)).toEqual(['usage-event', 'usage-event', 'usage-summary', 'usage']);
    expect(edge(found, 'corrected-by')).toHaveLength(1);
    expect(found.nodes.find(({ kind }) => kind === 'usage-summary')!.quantity).toEqual({ value: '15', unit: 'call' });
  });

  it('the number of the ERP, the number of the invoice, its message and its summary lead to the same documents', async () => {
    const from = await trace('number', number);
    const posted = from.nodes.find(({ kind, state }) => kind === 'delivery' && state === 'posted')!;
    const document = from.nodes.find(({ kind }) => kind === 'document')!.id;
    const [summary] = (await bench.api.call('listSummaries', { query: { period: '2026-10-10', state: 'sealed' } })).items;
    const all = [
      await trace('number', posted.title),
      await trace('number', invoice),
      await trace('message', posted.id),
      await trace('document', document),
      await trace('usage-summary', summary!.id),
    ];
    for (const found of all) expect(found.nodes.map(({ id }) => id)).toEqual(expect.arrayContaining([document, posted.id]));
    for (const found of all.slice(0, 4)) expect(found.roots).toEqual([document]);
  });
});

describe('from the document of the ERP into its journal', () => {
  let period: string;
  let line: string;
  const book = () => bench.sandbox.books.state.documents.find(({ reference }) => reference === number)!;
  const ledger = () => bench.sandbox.books.state.ledger.filter((one) => one.document === book().id);
  const run = async () => {
    const { id } = await bench.api.call('startControlRun', { params: { name: 'us-invoices' }, body: { period } });
    await eventually(async () => (await bench.api.call('getControlRun', { params: { id } })).state === 'done');
  };
  const parts = ({ nodes, edges }: Trace) =>
    nodes.filter(({ kind }) => kind === 'entry-lines').map(({ id, of, lines }) => [of, lines!.length, edges.find(({ to }) => to === id)!.check!.ok]);
  beforeAll(async () => {
    await bench.api.call('putControl', { params: { name: 'us-invoices' }, body: { yaml: 'control: us-invoices\ncompare: invoice\nbilling: { legalEntity: US }\nerp: { connection: erp-us }\n' } });
    period = book().postingDate.slice(0, 7);
    line = `${book().id}/1`;
  });

  it('says that the entry was not read as long as no control has run', async () => {
    const delivery = (await trace('number', number)).nodes.find(({ kind, title }) => kind === 'delivery' && title === book().number)!;
    expect(delivery.noEntry).toBe('Its journal entry has not been read yet: the next run of a control reads it.');
    expect(await bench.api.problem('trace', { params: { kind: 'number', id: line } })).toMatchObject({ status: 404 });
  });

  it('every line stands behind the posted document, balanced, and each part is that of the document; the id of a line leads back to the events', async () => {
    await run();
    const found = await trace('number', line);
    expect(kinds(found)).toEqual(expect.arrayContaining(['usage', 'invoice', 'delivery', 'entry', 'entry-lines']));
    const entry = found.nodes.find(({ kind }) => kind === 'entry')!;
    expect(entry).toMatchObject({ title: book().number, amount: { amount: book().total, currency: 'USD' } });
    expect(edge(found, 'booked-as')).toEqual([expect.objectContaining({ to: entry.id, check: expect.objectContaining({ in: book().total, out: book().total, ok: true }) })]);
    expect(parts(found)).toEqual([['customer', 1, true], ['revenue', 2, true]]);
    expect(found.nodes.find(({ of }) => of === 'customer')!.lines).toEqual([{ id: line, account: ledger()[0]!.account, name: null, debit: book().total, credit: '0.00', currency: 'USD' }]);
    expect(found.nodes.every(({ noEntry }) => noEntry === null)).toBe(true);
    expect(found.breaks).toBe(0);
  });

  it('what somebody changes in the journal is a break in the next reading, and what is gone is gone', async () => {
    const [, revenue] = ledger();
    const kept = { ...revenue! };
    Object.assign(revenue!, { credit: '0.01' });
    await run();
    const broken = await trace('number', number);
    expect(edge(broken, 'booked-as')[0]!.check).toMatchObject({ ok: false, because: expect.stringContaining('do not balance') });
    expect(parts(broken)).toEqual([['customer', 1, true], ['revenue', 2, false]]);
    Object.assign(revenue!, kept);
    const { documents } = bench.sandbox.books.state;
    const [at, document] = [documents.indexOf(book()), book()];
    documents.splice(at, 1);
    await run();
    expect((await trace('number', number)).nodes.some(({ kind }) => kind === 'entry')).toBe(false);
    documents.splice(at, 0, document);
    await run();
    expect((await trace('number', number)).breaks).toBe(0);
  });

  it('is not there for whoever sees another legal entity', async () => {
    const limited = await person(bench, { roles: ['viewer'], legalEntities: ['DE'] });
    expect(await limited.problem('trace', { params: { kind: 'number', id: line } })).toMatchObject({ status: 404 });
  });
}); // prettier-ignore

describe('what does not add up', () => {
  it('is a break with its difference, and the cause where it is known', async () => {
    // Somebody reports usage past the ledger, and bills it.
    const [line] = await bench.sql<{ object_id: string }>(`update canonical_reference set quantity = quantity + 12 where relation = 'usage' returning object_id`); // prettier-ignore
    const found = await trace('document', line!.object_id);
    expect(edge(found, 'billed-by')[0]!.check).toMatchObject({ in: '135', out: '147', difference: '12', ok: false, because: expect.stringContaining('from elsewhere') }); // prettier-ignore
    expect(found.breaks).toBe(1);
    await bench.sql(`update canonical_reference set quantity = quantity - 12 where relation = 'usage'`);
  });

  it('an invoice that is made void bills nothing any more', async () => {
    const shown = await billing<Record<string, unknown>>(`/v1/invoices/${invoice}`);
    await deliver(bench, event({ ...shown, status: 'void', status_transitions: { finalized_at: shown['created'], voided_at: (shown['created'] as number) + 60 } } as never)); // prettier-ignore
    await eventually(async () => (await trace('number', number)).nodes.every(({ kind }) => kind !== 'usage'));
    expect(kinds(await trace('usage-event', calls[0]!))).toEqual(['usage-event', 'usage-summary', 'delivery']);
  }); // prettier-ignore
});

describe('what is asked wrongly', () => {
  it('is a clear problem', async () => {
    for (const [kind, id] of [['number', 'nothing-has-this'], ['document', 'can_00000000000000000000000000'], ['message', 'msg_none'], ['usage-summary', 'usm_none'], ['usage-event', 'ue_1']] as const)
      expect(await bench.api.problem('trace', { params: { kind, id } })).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect(await bench.api.problem('trace', { params: { kind: 'charge' as Kind, id: 'x' } })).toMatchObject({ status: 400 });
  }); // prettier-ignore

  it('is not there for whoever sees another legal entity', async () => {
    const limited = await person(bench, { roles: ['viewer'], legalEntities: ['DE'] });
    for (const [kind, id] of [
      ['number', number],
      ['usage-event', calls[0]!],
    ] as const)
      expect(await limited.problem('trace', { params: { kind, id } })).toMatchObject({ status: 404 });
    const seeing = await person(bench, { roles: ['viewer'], legalEntities: ['US'] });
    expect((await trace('number', number, seeing)).nodes.length).toBeGreaterThan(1);
  });
});
