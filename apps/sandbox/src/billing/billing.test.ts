// Billing speaks Stripe: its shapes, its errors, its idempotency keys, its signatures; and it bills what was used.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { contractsOf } from '../../../../tools/contracts-for-tests.mjs';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { readForm } from './form.js';
import type { CreditNote, Event, Invoice, InvoicePayment, Price } from './objects.js';
import { meterSummaries } from './meter-summaries.js';
import { charge, prorated } from './pricing.js';

let sandbox: Sandbox;
let receiver: Server;
const received: { signature: string; body: string }[] = [];
let refusals = 2;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const parts: Buffer[] = [];
    request
      .on('data', (part: Buffer) => parts.push(part))
      .on('end', () => {
        refusals -= 1;
        response.statusCode = refusals >= 0 ? 500 : 204;
        if (refusals < 0) received.push({ signature: String(request.headers['stripe-signature']), body: Buffer.concat(parts).toString() });
        response.end();
      });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  sandbox = await startSandbox({ startsAt: new Date('2026-10-01T09:00:00Z'), webhook: { url, secret: 'whsec_test' } });
});
afterAll(async () => {
  await sandbox.close();
  receiver.close();
});

type Answer = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- whatever JSON came
async function ask(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  form: Record<string, string> = {},
  headers: Record<string, string> = {},
) {
  const fields = new URLSearchParams(form).toString();
  const response = await fetch(`${sandbox.url}/billing${path}${method === 'GET' && fields ? `?${fields}` : ''}`, {
    method,
    headers: { authorization: 'Bearer sk_test_sandbox', 'content-type': 'application/x-www-form-urlencoded', ...headers },
    ...(method === 'POST' ? { body: fields } : {}),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer };
}
const post = async (path: string, form: Record<string, string> = {}) => {
  const { status, body } = await ask('POST', path, form);
  if (status !== 200) throw new Error(`${path}: ${JSON.stringify(body)}`);
  return body;
};

/** A shop with a flat and a graduated price, and a customer in New York, all by API. */
async function shop(currency = 'usd'): Promise<{ customer: string; flat: string; usage: string }> {
  const product = (await post('/v1/products', { name: 'Platform' }))['id'] as string;
  const meters = (await ask('GET', '/v1/billing/meters')).body['data'] as { id: string }[];
  const meter = meters[0]?.id ?? ((await post('/v1/billing/meters', { event_name: 'calls', display_name: 'Calls' }))['id'] as string);
  const rates = (await ask('GET', '/v1/tax_rates')).body['data'] as unknown[];
  if (rates.length === 0)
    await post('/v1/tax_rates', { country: 'US', state: 'NY', percentage: '8.875', display_name: 'Sales tax', inclusive: 'false' });
  const monthly = { product, currency, 'recurring[interval]': 'month' };
  const flat = (await post('/v1/prices', { ...monthly, unit_amount: '5000' }))['id'] as string;
  const usage = (await post('/v1/prices', {
    ...monthly, billing_scheme: 'tiered', tiers_mode: 'graduated', 'recurring[usage_type]': 'metered', 'recurring[meter]': meter,
    'tiers[0][up_to]': '100', 'tiers[0][unit_amount]': '0', 'tiers[1][up_to]': 'inf', 'tiers[1][unit_amount_decimal]': '2.5',
  }))['id'] as string; // prettier-ignore
  const customer = (await post('/v1/customers', { name: 'Globex', 'address[country]': 'US', 'address[state]': 'NY' }))['id'] as string;
  return { customer, flat, usage };
}
const subscribe = async (of: { customer: string; flat: string; usage: string }, more: Record<string, string> = {}) =>
  post('/v1/subscriptions', {
    customer: of.customer,
    'items[0][price]': of.flat,
    'items[0][quantity]': '2',
    'items[1][price]': of.usage,
    ...more,
  });
const invoicesOf = async (customer: string) =>
  (await ask('GET', '/v1/invoices', { customer, limit: '100' })).body['data'] as (Invoice & {
    lines: { data: Answer[]; has_more: boolean };
  })[];

describe('a billing cycle', () => {
  it('bills licences ahead and usage behind, with prepaid credits and tax, to the cent', async () => {
    const of = await shop();
    await subscribe(of);
    const [first] = await invoicesOf(of.customer);
    expect(first).toMatchObject({
      status: 'paid',
      subtotal: 10_000,
      total: 10_888,
      amount_paid: 10_888,
      billing_reason: 'subscription_create',
    });
    await post('/v1/billing/credit_grants', {
      customer: of.customer,
      'amount[monetary][value]': '300',
      'amount[monetary][currency]': 'usd',
      'amount[type]': 'monetary',
    });
    await post('/v1/billing/meter_events', {
      event_name: 'calls',
      identifier: 'u1',
      'payload[stripe_customer_id]': of.customer,
      'payload[value]': '401',
    });
    await post('/test/advance', { days: '32' });
    const [second] = await invoicesOf(of.customer);
    // 100 free, 301 at 2.5 cents is 752.5 cents, rounded once to 753; less 300 prepaid; tax 8.875 % per line.
    expect(second).toMatchObject({
      subtotal: 10_753,
      total_excluding_tax: 10_453,
      total: 10_453 + 888 + 40,
      billing_reason: 'subscription_cycle',
    });
    expect(second!.total_pretax_credit_amounts).toMatchObject([{ amount: 300, type: 'credit_balance_transaction' }]);
    expect(second!.parent?.subscription_details.subscription).toMatch(/^sub_/);
  });
  it('prorates a change to the second and invoices it when asked', async () => {
    const of = await shop();
    const subscription = await subscribe(of);
    await post('/test/advance', { days: '10' });
    const item = (subscription['items'] as { data: { id: string }[] }).data[0]!.id;
    await post(`/v1/subscriptions/${subscription['id']}`, {
      'items[0][id]': item,
      'items[0][quantity]': '5',
      proration_behavior: 'always_invoice',
    });
    const [invoice] = await invoicesOf(of.customer);
    const amounts = invoice!.lines.data.map((line) => line['amount'] as number);
    expect(amounts[0]).toBeLessThan(0);
    expect(Math.round((amounts[1]! / -amounts[0]!) * 100)).toBe(250);
    expect(invoice!.billing_reason).toBe('subscription_update');
  });
  it('tries a refused payment again, and then it is paid', async () => {
    const of = await shop();
    await post(`/v1/customers/${of.customer}`, { 'invoice_settings[default_payment_method]': 'pm_sandbox_declinedOnce' });
    await subscribe(of);
    expect((await invoicesOf(of.customer))[0]).toMatchObject({ status: 'open', attempt_count: 1, amount_remaining: 10_888 });
    await post('/test/advance', { days: '4' });
    expect((await invoicesOf(of.customer))[0]).toMatchObject({ status: 'paid', attempt_count: 2, amount_remaining: 0 });
  });
  it('credits, refunds and voids within what is left', async () => {
    const of = await shop();
    await subscribe(of);
    const [invoice] = await invoicesOf(of.customer);
    const line = invoice!.lines.data[0]!['id'] as string;
    const note = await post('/v1/credit_notes', {
      invoice: invoice!.id,
      'lines[0][type]': 'invoice_line_item',
      'lines[0][invoice_line_item]': line,
      'lines[0][amount]': '5000',
      refund_amount: '5444',
    });
    expect(note).toMatchObject({ type: 'post_payment', total: 5_444, refunds: [{ amount_refunded: 5_444 }] });
    expect(
      (await ask('POST', '/v1/credit_notes', { invoice: invoice!.id, 'lines[0][invoice_line_item]': line, 'lines[0][amount]': '5001' }))
        .status,
    ).toBe(400);
    expect((await ask('POST', `/v1/invoices/${invoice!.id}/void`)).body['error']).toMatchObject({ code: 'invoice_not_editable' });
  });
  it('shows ten lines and pages the rest', async () => {
    const of = await shop();
    for (let n = 0; n < 23; n += 1)
      await post('/v1/invoiceitems', { customer: of.customer, amount: String(100 + n), currency: 'usd', description: `Item ${n}` });
    const invoice = await post('/v1/invoices', { customer: of.customer });
    expect(invoice['lines']).toMatchObject({ has_more: true });
    const lines = [...(invoice['lines'] as { data: { id: string; amount: number }[] }).data];
    for (let more = true; more;) {
      const { body } = await ask('GET', `/v1/invoices/${invoice['id']}/lines`, { limit: '10', starting_after: lines.at(-1)!.id });
      lines.push(...(body['data'] as typeof lines));
      more = body['has_more'] as boolean;
    }
    expect(lines.map((line) => line.amount)).toEqual(Array.from({ length: 23 }, (_, n) => 100 + n));
  });
});

describe('a grace for usage that comes late', () => {
  let usual: typeof sandbox;
  beforeAll(async () => {
    usual = sandbox;
    sandbox = await startSandbox({ startsAt: new Date('2026-10-01T09:00:00Z'), usageGraceHours: 72 });
  });
  afterAll(async () => {
    await sandbox.close();
    sandbox = usual;
  });
  const used = (customer: string, identifier: string, value: string, at: string) =>
    post('/v1/billing/meter_events', {
      event_name: 'calls', identifier, timestamp: String(Date.parse(at) / 1_000), 'payload[stripe_customer_id]': customer, 'payload[value]': value,
    }); // prettier-ignore
  const to = (at: string) => post('/test/advance', { to: at });

  it('makes the invoice of a period three days after its end, with what was reported for it by then', async () => {
    const of = await shop();
    await subscribe(of);
    await to('2026-10-06T00:00:00Z');
    await used(of.customer, 'early', '200', '2026-10-05T00:00:00Z');
    await to('2026-11-02T09:00:00Z');
    expect(await invoicesOf(of.customer)).toHaveLength(1);
    await used(of.customer, 'late', '100', '2026-10-31T23:59:59Z');
    await used(of.customer, 'of the next period', '999', '2026-11-01T10:00:00Z');
    await to('2026-11-04T09:00:01Z');
    const [second, ...before] = await invoicesOf(of.customer);
    expect(before).toHaveLength(1);
    // 100 free, 200 at 2.5 cents, and two licences of the month that has begun.
    expect(second).toMatchObject({ subtotal: 500 + 10_000, period_start: Date.parse('2026-10-01T09:00:00Z') / 1_000 });
    await used(of.customer, 'too late', '400', '2026-10-30T00:00:00Z');
    await to('2026-12-05T00:00:00Z');
    expect((await invoicesOf(of.customer))[0]).toMatchObject({ subtotal: Math.round((999 - 100) * 2.5) + 10_000 });
  });
  it('bills what has no usage at once, and the last usage of a subscription that ended', async () => {
    const of = await shop();
    const subscription = await subscribe(of);
    await post('/test/advance', { days: '1' });
    await used(
      of.customer,
      'last',
      '140',
      sandbox.clock
        .now()
        .toISOString()
        .replace(/\.\d+Z/, 'Z'),
    );
    await post('/test/advance', { days: '1' });
    const ended = await ask('DELETE', `/v1/subscriptions/${subscription['id']}`);
    expect(ended.status).toBe(200);
    expect(await invoicesOf(of.customer)).toHaveLength(1);
    await post('/test/advance', { days: '3' });
    expect((await invoicesOf(of.customer))[0]).toMatchObject({ subtotal: 100 });
  });
  it('has at most three days', async () => {
    await expect(startSandbox({ usageGraceHours: 73 })).rejects.toThrow('0 to 72');
  });
});

describe('the API', () => {
  it('replays an idempotency key, and refuses it with other parameters', async () => {
    const headers = { 'idempotency-key': 'k1' };
    const [first, again] = [
      await ask('POST', '/v1/customers', { name: 'Once' }, headers),
      await ask('POST', '/v1/customers', { name: 'Once' }, headers),
    ];
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await ask('POST', '/v1/customers', { name: 'Twice' }, headers)).body['error']).toMatchObject({ type: 'idempotency_error' });
  });
  it('replays a declined card instead of trying it again', async () => {
    const { customer } = await shop();
    await post('/v1/invoiceitems', { customer, amount: '700', currency: 'usd' });
    const invoice = await post('/v1/invoices', { customer });
    await post(`/v1/invoices/${invoice['id']}/finalize`);
    const pay = () =>
      ask('POST', `/v1/invoices/${invoice['id']}/pay`, { payment_method: 'pm_card_chargeDeclined' }, { 'idempotency-key': 'declined' });
    expect([(await pay()).status, (await pay()).status]).toEqual([402, 402]);
    expect((await ask('GET', `/v1/invoices/${invoice['id']}`)).body['attempt_count']).toBe(1);
  });
  it('refuses a repeated meter event', async () => {
    const { customer } = await shop();
    const event = { event_name: 'calls', identifier: 'same', 'payload[stripe_customer_id]': customer, 'payload[value]': '1' };
    await post('/v1/billing/meter_events', event);
    expect((await ask('POST', '/v1/billing/meter_events', event)).body['error']).toMatchObject({ code: 'duplicate_meter_event' });
  });
  it('tells what a meter counts of a customer, by day, newest first and in pages, and refuses a window that is not aligned', async () => {
    const { customer } = await shop();
    const [meter] = (await ask('GET', '/v1/billing/meters')).body['data'] as [{ id: string }];
    const day = Math.floor(sandbox.clock.now().getTime() / 86_400_000) * 86_400;
    for (const [at, value] of [[-1, '0.1'], [-86_400, '0.2'], [-86_401, '7'], [-100 * 60, '-0.05']] as const)
      await post('/v1/billing/meter_events', { event_name: 'calls', 'payload[stripe_customer_id]': customer, 'payload[value]': value, timestamp: String(day + at) });
    const path = `/v1/billing/meters/${meter.id}/event_summaries`;
    const range = { customer, start_time: String(day - 3 * 86_400), end_time: String(day) };
    const list = async (more: Record<string, string>) => (await ask('GET', path, { ...range, ...more })).body;
    const daily = await list({ value_grouping_window: 'day' });
    const told = (of: Answer) => (of['data'] as { aggregated_value: number; start_time: number }[]).map((one) => [one.start_time - day, one.aggregated_value]);
    expect(told(daily)).toEqual([[-86_400, 0.25], [-2 * 86_400, 7]]);
    const first = await list({ value_grouping_window: 'day', limit: '1' });
    expect([first['has_more'], told(first)]).toEqual([true, [[-86_400, 0.25]]]);
    expect(told(await list({ value_grouping_window: 'day', starting_after: (first['data'] as { id: string }[])[0]!.id }))).toEqual([[-2 * 86_400, 7]]);
    expect(told(await list({}))).toEqual([[-3 * 86_400, 7.25]]);
    expect((await list({ value_grouping_window: 'day', start_time: String(day - 60) }))['error']).toMatchObject({ param: 'start_time' });
    expect((await list({ customer: 'cus_nobody' }))['error']).toMatchObject({ code: 'resource_missing' });
  }); // prettier-ignore
  it('lists events newest first, by type, time and cursor', async () => {
    const all = (await ask('GET', '/v1/events', { limit: '100', 'types[]': 'customer.created' })).body['data'] as Event[];
    expect(new Set(all.map((event) => event.type))).toEqual(new Set(['customer.created']));
    expect(all.map((event) => event.created)).toEqual([...all.map((event) => event.created)].sort((a, b) => b - a));
    const older = (await ask('GET', '/v1/events', { 'types[]': 'customer.created', starting_after: all[1]!.id, limit: '1' })).body[
      'data'
    ] as Event[];
    expect(older[0]!.id).toBe(all[2]!.id);
    const newer = (await ask('GET', '/v1/events', { 'types[]': 'customer.created', ending_before: all[1]!.id })).body['data'] as Event[];
    expect(newer.map((event) => event.id)).toEqual([all[0]!.id]);
    expect(
      (await ask('GET', '/v1/events', { 'created[gte]': String(all[0]!.created + 1), 'types[]': 'customer.created' })).body['data'],
    ).toEqual([]);
  });
  it.each([
    ['a wrong key', 401, '/v1/events', { authorization: 'Bearer wrong' }],
    ['an unknown customer', 404, '/v1/customers/cus_none', {}],
    ['an unknown path', 404, '/v1/nothing', {}],
  ])('answers %s with %i', async (_, status, path, headers) => {
    const answer = await ask('GET', path, {}, headers as Record<string, string>);
    expect([answer.status, typeof answer.body['error'].message]).toEqual([status, 'string']);
  });
  it('answers at the root too, as Stripe’s own client expects', async () => {
    const stripe = new Stripe('sk_test_sandbox', { host: '127.0.0.1', port: sandbox.port, protocol: 'http', maxNetworkRetries: 0 });
    const customer = await stripe.customers.create({ name: 'By the client', address: { country: 'DE' } });
    expect((await stripe.customers.retrieve(customer.id)).id).toBe(customer.id);
    const found = await stripe.invoices.list({ limit: 3, expand: ['data.customer'] });
    expect(typeof (found.data[0]!.customer as { name: string }).name).toBe('string');
  });
});

describe('webhooks', () => {
  it('are signed so that Stripe’s own library accepts them, and repeated until taken', async () => {
    for (let waited = 0; received.length < 3 && waited < 50; waited += 1) await new Promise((resolve) => setTimeout(resolve, 100));
    const { body, signature } = received[0]!;
    const stripe = new Stripe('sk_test_x');
    expect(stripe.webhooks.constructEvent(body, signature, 'whsec_test').id).toMatch(/^evt_/);
    expect(() => stripe.webhooks.constructEvent(`${body} `, signature, 'whsec_test')).toThrow();
    for (let waited = 0; sandbox.billing.state.undelivered.length > 0 && waited < 80; waited += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(received.length).toBe(sandbox.billing.state.events.length);
  }, 20_000);
});

describe('pricing', () => {
  const tiers = [
    { up_to: 10, unit_amount_decimal: '5', flat_amount: 0 },
    { up_to: null, unit_amount_decimal: '3', flat_amount: 100 },
  ];
  const price = (mode: 'graduated' | 'volume') => ({ billing_scheme: 'tiered', tiers_mode: mode, tiers }) as unknown as Price;
  const total = (mode: 'graduated' | 'volume', quantity: number) =>
    charge(price(mode), quantity).reduce((sum, part) => sum + part.amount, 0);
  it.each([
    [0, 0],
    [10, 50],
    [11, 153],
    [20, 180],
  ])('graduated: %i units are %i', (quantity, amount) => expect(total('graduated', quantity)).toBe(amount));
  it.each([
    [10, 50],
    [11, 133],
    [20, 160],
  ])('volume: %i units are %i', (quantity, amount) => expect(total('volume', quantity)).toBe(amount));
  it('prorates by the second', () => expect(prorated(1000, 75, { start: 0, end: 100 })).toBe(250));
  it('reads Stripe’s forms, and refuses names that reach a prototype', () => {
    expect(readForm('items[0][price]=p&items[0][quantity]=2&expand[]=a&expand[]=b&metadata[x]=y')).toEqual({
      items: [{ price: 'p', quantity: '2' }],
      expand: ['a', 'b'],
      metadata: { x: 'y' },
    });
    expect(() => readForm('__proto__[x]=1')).toThrow();
    expect(() => readForm('a[constructor]=1')).toThrow();
  });
});

const contracts = contractsOf('stripe');
const against = contracts.missing ? it.skip : it;
describe(`Stripe's own contracts${contracts.missing ? ` (skipped: ${contracts.missing})` : ''}`, () => {
  const fixture = (name: string) => (contracts.json('fixtures3.json') as { resources: Record<string, object> }).resources[name]!;
  /** On the wire a decimal is text; the declarations name the client's class. */
  const schema = (name: string) => {
    const raw = contracts.json(`stripe-node-23.1.0-derived/${name}.schema.json`) as { definitions: Record<string, object> };
    raw.definitions['Decimal'] = { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$' };
    return new Ajv({ strict: false, logger: false }).compile(raw);
  };
  const shown = (object: object) => JSON.parse(JSON.stringify(sandbox.billing.shown(object))) as object;
  const missingFields = (ours: object, theirs: object) => Object.keys(theirs).filter((name) => !(name in ours));

  against('invoices and invoice payments satisfy the declarations of the 2026 API, and a broken one does not', () => {
    const [invoice, payment] = [schema('Invoice'), schema('InvoicePayment')];
    for (const one of sandbox.billing.state.invoices) expect([one.id, invoice(shown(one)) ? [] : invoice.errors]).toEqual([one.id, []]);
    for (const one of sandbox.billing.state.invoicePayments as InvoicePayment[])
      expect(payment(shown(one)) ? [] : payment.errors).toEqual([]);
    expect(invoice({ ...shown(sandbox.billing.state.invoices[0]!), total: '1' })).toBe(false);
  });
  against('tax rates and meters satisfy theirs', () => {
    for (const [name, object] of [
      ['TaxRate', sandbox.billing.state.taxRates[0]!],
      ['Meter', sandbox.billing.state.meters[0]!],
    ] as const) {
      const valid = schema(name);
      expect(valid(shown(object)) ? [] : valid.errors).toEqual([]);
    }
  });
  against('objects have every field of the fixtures of their kind', () => {
    const { state } = sandbox.billing;
    const notOurs: Record<string, string[]> = {
      invoice: ['subscription'],
      credit_note: [],
      customer: [],
      event: [],
      price: [],
      tax_rate: [],
      invoice_payment: [],
      subscription: [],
    };
    const samples = {
      invoice: state.invoices[0]!,
      credit_note: state.creditNotes[0] as CreditNote,
      customer: state.customers[0]!,
      event: state.events[0]!,
      price: state.prices[0]!,
      tax_rate: state.taxRates[0]!,
      invoice_payment: state.invoicePayments[0]!,
      refund: state.refunds[0]!,
      subscription: state.subscriptions[0]!,
      product: state.products[0]!,
      'billing.meter': state.meters[0]!,
      'billing.credit_grant': state.creditGrants[0]!,
      'billing.meter_event_summary': meterSummaries(sandbox.billing, state.meters[0]!.id, {
        customer: state.meterEvents[0]!.customer,
        start_time: '0',
        end_time: '6000000000',
      })[0]!,
    };
    for (const [kind, object] of Object.entries(samples)) {
      const missing = missingFields(shown(object), fixture(kind)).filter((name) => !(notOurs[kind] ?? []).includes(name));
      expect([kind, missing]).toEqual([kind, []]);
    }
  });
  against('invoices are of 2026: none of the fields that went in 2025', () => {
    for (const gone of ['paid', 'charge', 'payment_intent', 'subscription', 'total_tax_amounts', 'tax'])
      expect(Object.keys(shown(sandbox.billing.state.invoices[0]!))).not.toContain(gone);
  });
});
