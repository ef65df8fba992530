// What every connector owes; every request against the contract; usage and payments that count once; events that are read again before they count.
import { describe, expect, it } from '@jest/globals';
import { isConnectorFailure, type Delivery, type JsonObject, type SourceRecord } from '@waybill/sdk';
import { describeConnector, describeOperation, testContext } from '@waybill/sdk/conformance';
import { startDouble } from '@waybill/sdk/double';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { double, invoiceRow, settings, type State } from '../test/double.js';
import { errorTable } from './errors.js';
import { chargebee } from './index.js';
import { decimalsOf } from './payment.js';

const ajv = new Ajv({ strict: false });
addFormats.default(ajv);
const now = () => new Date('2026-11-27T06:00:00Z');
const version = 1_795_000_100_123;
const event = (type: string, content: JsonObject, more: JsonObject = {}) =>
  JSON.stringify({ id: 'ev_1', occurred_at: 1_795_000_100, event_type: type, api_version: 'v2', content, ...more });
const row = (more: JsonObject) => ({
  id: 'X-1',
  customer_id: 'C-1',
  status: 'active',
  currency_code: 'EUR',
  resource_version: version,
  ...more,
});
const bodies = {
  invoice: event('invoice_generated', { invoice: row({ status: 'payment_due', total: 100 }), customer: row({ id: 'C-1' }) }),
  credit: event('credit_note_created', { credit_note: row({ status: 'refund_due' }) }),
  payment: event('payment_succeeded', { transaction: row({ type: 'payment', status: 'success', amount: 100 }), invoice: row({}) }),
  refund: event('payment_refunded', { transaction: row({ type: 'refund', status: 'success', amount: 100 }) }),
  customer: event('customer_changed', { customer: row({}) }),
  subscription: event('subscription_renewed', { subscription: row({}), invoice: row({}) }),
};
const delivery = (body: string): Delivery => ({ id: 'd-1', body, via: 'webhook' });
const basic = (user = settings.webhookUser, password = settings.webhookPassword) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const start = () => {
  const running = startDouble(double);
  return { ...running, context: testContext({ settings, http: running.http, now }) };
};
const factsOf = async (call: Promise<unknown>) => {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isConnectorFailure(error) ? error.facts : error;
};

describeConnector(chargebee, {
  describe, it, expect, ajv, settings,
  webhook: {
    request: () => ({ body: Buffer.from(bodies.invoice), headers: { authorization: basic() }, query: {} }),
    secretField: 'webhookPassword',
    signatureHeaders: ['authorization'],
    signsBody: false,
  },
  unpack: {
    deliveries: Object.values(bodies).map(delivery),
    unwanted: [
      event('invoice_updated', { invoice: row({ status: 'pending' }) }),
      event('payment_failed', { transaction: row({ type: 'payment', status: 'failure' }) }),
      event('transaction_created', { transaction: row({ type: 'authorization', status: 'success' }) }),
      event('item_updated', { item: row({}) }),
      event('subscription_ramp_created', { subscription: row({}) }),
    ].map(delivery),
  },
}); // prettier-ignore

const running: ReturnType<typeof startDouble<State>>[] = [];
const target = () => {
  running.unshift(startDouble(double));
  return Promise.resolve({ settings, http: running[0]!.http, now });
};
const usageOf = () => ({ subscription: 'S-1', itemPrice: 'calls-EUR', quantity: '12.5', occurredAt: '2026-11-27T05:00:00Z' });
const paymentOf = () => ({
  invoice: 'INV-1',
  amount: '5.00',
  currency: 'EUR',
  method: 'bank_transfer',
  receivedAt: '2026-11-27T05:00:00Z',
});
describeOperation(chargebee, 'usage', {
  describe, it, expect, ajv, target, document: usageOf,
  count: (key) => Promise.resolve([...running[0]!.state.usages.keys()].filter((at) => at === `S-1/${key}`).length),
}); // prettier-ignore
describeOperation(chargebee, 'payment', {
  describe, it, expect, ajv, target, document: paymentOf,
  count: (key) => Promise.resolve((running[0]!.state.payments.get('INV-1') ?? []).filter((one) => one['reference_number'] === key).length),
}); // prettier-ignore

const request = { effect: 'create' as const, key: 'wb-aaaaaaaaaaaaaaaaaaaaaaaaaa', attempt: 1 };

describe('the contract', () => {
  it('holds for what is sent', async () => {
    const { context, requests, breaches } = start();
    await chargebee.operations.usage.send(context, { ...request, document: usageOf() });
    await chargebee.operations.payment.send(context, { ...request, document: { ...paymentOf(), comment: 'Bank statement 7' } });
    expect(breaches).toEqual([]);
    expect(requests.find(({ path }) => path.endsWith('/usages'))!.form).toEqual({ id: request.key, item_price_id: 'calls-EUR', quantity: '12.5', usage_date: '1795755600' }); // prettier-ignore
    const recorded = requests.find(({ path }) => path.endsWith('/record_payment'))!;
    expect(recorded.headers['chargebee-idempotency-key']).toBe(request.key);
    expect(recorded.form).toMatchObject({ 'transaction[amount]': '500', 'transaction[reference_number]': request.key });
  });
  it.each([
    ['a usage without a quantity', 'subscriptions/S-1/usages', { item_price_id: 'p', usage_date: '1795755600' }, /quantity/],
    ['a payment of no known method', 'invoices/INV-1/record_payment', { 'transaction[payment_method]': 'barter' }, /payment_method/],
    [
      'an amount with a point',
      'invoices/INV-1/record_payment',
      { 'transaction[payment_method]': 'cash', 'transaction[amount]': '5.00' },
      /amount/,
    ],
    ['a field that nobody knows', 'subscriptions/S-1/usages', { item_price_id: 'p', quantity: '1', usage_date: '1', units: '1' }, /units/],
  ])('is broken by %s', async (_, path, form, words) => {
    const { http, breaches } = start();
    await http.request({
      method: 'POST',
      url: `https://v/api/v2/${path}`,
      headers: { authorization: `Basic ${Buffer.from(`${settings.apiKey}:`).toString('base64')}`, 'chargebee-idempotency-key': 'k', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form as unknown as Record<string, string>).toString(),
    }); // prettier-ignore
    expect(breaches.join()).toMatch(words);
  });
  it('is broken by another key, by no idempotency key and by a list sorted by what Chargebee does not sort by', async () => {
    const { http, breaches } = start();
    await http.request({ method: 'GET', url: 'https://v/api/v2/credit_notes', query: { 'sort_by[desc]': 'updated_at', colour: 'red' } });
    await http.request({ method: 'POST', url: 'https://v/api/v2/subscriptions/S-1/usages', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'quantity=1&usage_date=1&item_price_id=p' }); // prettier-ignore
    expect(breaches.join('\n')).toMatch(/sort_by.*\n.*colour.*\n.*API key.*\n.*chargebee-idempotency-key/);
  });
});

describe('money', () => {
  it.each([['EUR', 2], ['USD', 2], ['JPY', 0], ['KRW', 0], ['KWD', 2]])('of %s has %s decimals on the wire', (currency, decimals) => expect(decimalsOf(currency)).toBe(decimals)); // prettier-ignore
  it('without minor units is sent in whole units, and a fraction of it is refused before anything is sent', async () => {
    const { context, requests } = start();
    const document = { ...paymentOf(), invoice: 'INV-6', currency: 'JPY', amount: '5000' };
    expect((await chargebee.operations.payment.send(context, { ...request, document })).totals).toEqual({ currency: 'JPY', total: '5000' });
    expect(requests.at(-1)!.form['transaction[amount]']).toBe('5000');
    const before = requests.length;
    expect(await factsOf(chargebee.operations.payment.send(context, { ...request, document: { ...document, amount: '50.5' } }))).toMatchObject({ recovery: 'rejected', code: 'amount-too-fine' }); // prettier-ignore
    expect(requests.length).toBe(before);
  });
  it('in another currency than the invoice’s is refused before it is recorded', async () => {
    const { context, state } = start();
    const document = { ...paymentOf(), currency: 'USD' };
    expect(await factsOf(chargebee.operations.payment.send(context, { ...request, document }))).toMatchObject({ recovery: 'rejected', code: 'currency-differs' }); // prettier-ignore
    expect(state.payments.size).toBe(0);
  });
  it('keeps every digit', () => {
    const body = bodies.invoice.replace('"total":100', '"total":12345678901234567890');
    expect(chargebee.unpack(delivery(body))[0]!.body['total']).toBe('12345678901234567890');
  });
});

describe('a failure', () => {
  it('has one row with one reason for each code and its words, and no row for any other', () => {
    const keys = errorTable.map(({ code, words = [] }) => `${code} ${words.join()}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(errorTable.filter(({ code }) => code === '' || code === '*')).toEqual([]);
  });
  it('that asks to wait says how long, and a stored refusal does not come back to a later attempt', async () => {
    const { context, fault, state } = start();
    const pay = (attempt: number) => chargebee.operations.payment.send(context, { ...request, attempt, document: { ...paymentOf(), amount: '11.00' } }); // prettier-ignore
    fault('throttle');
    expect(await factsOf(pay(1))).toMatchObject({ recovery: 'throttled', retryAfterMs: 9_000 });
    expect(await factsOf(pay(1))).toMatchObject({ recovery: 'rejected', category: 'posting-rejection', path: '/transaction[amount]' });
    state.lists['invoices']![0]!['amount_due'] = 5_000;
    expect(await factsOf(pay(1))).toMatchObject({ recovery: 'rejected' });
    expect((await pay(2)).totals).toEqual({ currency: 'EUR', total: '11.00' });
  });
  it('of the key is unauthorized; a first request that still runs is in doubt; a missing subscription is for a person', async () => {
    const { context, fault, http } = start();
    const send = (document: JsonObject, ctx = context) => chargebee.operations.usage.send(ctx, { ...request, document });
    fault('token-over');
    expect(await factsOf(send(usageOf()))).toMatchObject({ recovery: 'unauthorized' });
    const busy = { request: (asked: Parameters<typeof http.request>[0]) => asked.method === 'GET' ? http.request(asked) : Promise.resolve({ status: 409, headers: {}, text: '{"message":"The previous request is still in progress. Please retry the request","api_error_code":"invalid_state_for_request"}' }) }; // prettier-ignore
    expect(await factsOf(send(usageOf(), testContext({ settings, http: busy, now })))).toMatchObject({ recovery: 'in-doubt' });
    expect(await factsOf(send({ ...usageOf(), subscription: 'S-9' }))).toMatchObject({ recovery: 'rejected', category: 'master-data' });
  });
  it('is no answer: a payment of somebody else on the same invoice is not ours', async () => {
    const { context, state } = start();
    state.payments.set('INV-1', [{ id: 'txn_of_somebody', amount: 500, currency_code: 'EUR', reference_number: 'Statement 7' }]);
    expect(await chargebee.operations.payment.find(context, { ...request, document: paymentOf() })).toBe(null);
  });
  it('of a lost answer is looked up, after the key is over too', async () => {
    const { context, fault, state } = start();
    const ask = { ...request, document: paymentOf() };
    fault('lost-after');
    await expect(chargebee.operations.payment.send(context, ask)).rejects.toMatchObject({ sent: true });
    state.answered.clear();
    expect((await chargebee.operations.payment.find(context, ask))?.documentId).toBe('txn_INV-1_1');
    expect((await chargebee.operations.payment.send(context, { ...ask, attempt: 2 })).documentId).toBe('txn_INV-1_1');
    expect(state.payments.get('INV-1')).toHaveLength(1);
  });
});

describe('events', () => {
  const verify = (body: string, authorization = basic()) =>
    chargebee.webhook.verify({ body: Buffer.from(body), headers: { authorization }, query: {} }, settings, now());
  it('of a version and the poll of it are one delivery; of another version another', async () => {
    const { context, state } = start();
    const shown = state.lists['invoices']![0]!;
    const verdict = verify(event('invoice_updated', { invoice: shown }));
    const { deliveries } = await chargebee.streams.invoices.poll!.read(context, { stream: 'invoices', cursor: null, limit: 100 });
    expect(deliveries.map(({ id }) => id)).toContain(verdict.ok && verdict.deliveryId);
    expect(verify(event('invoice_updated', { invoice: { ...shown, resource_version: 1 } }))).not.toEqual(verdict);
    expect(verify(event('item_updated', { item: row({}) }))).toEqual({ ok: true, deliveryId: 'event/ev_1' });
  });
  it('by another user or password are refused', () => {
    expect(verify(bodies.invoice, basic('another')).ok).toBe(false);
    expect(verify(bodies.invoice, basic(settings.webhookUser, 'another')).ok).toBe(false);
    expect(verify(bodies.invoice, `Bearer ${settings.webhookPassword}`).ok).toBe(false);
  });
  it('are hints: the record is read from Chargebee, with every line, and one that is not there is told', async () => {
    const { context, state, breaches } = start();
    state.lines.set(
      'INV-1',
      [1, 2, 3, 4, 5].map((n) => ({ id: `li_${n}`, amount: n })),
    );
    Object.assign(state.lists['invoices']![0]!, { line_items: [{ id: 'li_1', amount: 1 }, { id: 'li_2', amount: 2 }], line_items_next_offset: '2' }); // prettier-ignore
    const [hint] = chargebee.unpack(delivery(event('invoice_updated', { invoice: invoiceRow(1, { total: 1 }) })));
    expect(hint).toMatchObject({ partial: true, revision: '001795000060007' });
    const whole: SourceRecord = await chargebee.streams.invoices.complete!(context, hint!);
    expect(whole.body['total']).toBe('1001');
    expect((whole.body['line_items'] as JsonObject[]).map(({ id }) => id)).toEqual(['li_1', 'li_2', 'li_3', 'li_4', 'li_5']);
    const [forged] = chargebee.unpack(delivery(event('invoice_updated', { invoice: invoiceRow(9) })));
    expect(await factsOf(chargebee.streams.invoices.complete!(context, forged!))).toMatchObject({ recovery: 'rejected', code: 'record-not-there' }); // prettier-ignore
    expect(breaches).toEqual([]);
  });
  it.each([
    ['a voided invoice', 'void', 'invoice_updated', { invoice: row({ status: 'voided' }) }],
    ['a deleted invoice', 'void', 'invoice_deleted', { invoice: row({ status: 'paid', deleted: true }) }],
    ['a payment that failed later', 'void', 'transaction_updated', { transaction: row({ type: 'payment', status: 'late_failure' }) }],
    ['a refund', 'refund', 'payment_refunded', { transaction: row({ type: 'refund', status: 'success' }) }],
    ['a deleted customer', 'create', 'customer_deleted', { customer: row({ deleted: true }) }],
  ])('of %s have the effect %s', (_, effect, type, content) =>
    expect(chargebee.unpack(delivery(event(type, content)))[0]!.effect).toBe(effect),
  );
  it('of API version 1 are refused with what to do', () =>
    expect(() => chargebee.unpack(delivery(bodies.invoice.replace('"v2"', '"v1"')))).toThrow(/not v2/));
});

describe('reading', () => {
  const readAll = async (context: ReturnType<typeof start>['context'], stream: 'invoices' | 'refunds', cursor: string | null, limit: number, more: JsonObject = {}) => {
    const seen: Delivery[] = [];
    for (;;) {
      const page = await chargebee.streams[stream].poll!.read(context, { stream, cursor, limit, ...more });
      seen.push(...page.deliveries);
      cursor = page.cursor;
      if (!page.more) return { seen, cursor };
    }
  }; // prettier-ignore
  it('sweeps every page, newest first, then only the overlap again; pending ones are read and are no documents', async () => {
    const { context, state, requests, breaches } = start();
    const { seen, cursor } = await readAll(context, 'invoices', null, 2);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(6);
    expect(seen.flatMap((one) => chargebee.unpack(one))).toHaveLength(5);
    state.lists['invoices']!.push(invoiceRow(20));
    const again = await readAll(context, 'invoices', cursor, 100);
    // The newest was 6 minutes after the beginning; the overlap is five, and the second it begins at is read too.
    expect(again.seen.map(({ id }) => id.split('/')[1])).toEqual(['INV-20', 'INV-6', 'INV-5', 'INV-4', 'INV-3', 'INV-2', 'INV-1']);
    expect(requests.at(-1)!.query['updated_at[after]']).toBe(String(1_795_000_360 - 300 - 1));
    expect(breaches).toEqual([]);
  });
  it('misses nothing that moves while it is read', async () => {
    const { context, state } = start();
    const first = await chargebee.streams.invoices.poll!.read(context, { stream: 'invoices', cursor: null, limit: 2 });
    Object.assign(state.lists['invoices']![0]!, { updated_at: 1_795_009_000, resource_version: 1_795_009_000_000 });
    const rest = await readAll(context, 'invoices', first.cursor, 2);
    const records = [...first.deliveries, ...rest.seen].map(({ id }) => id.split('/')[1]);
    expect([...new Set(records)].sort()).toEqual(['INV-2', 'INV-3', 'INV-4', 'INV-5', 'INV-6']);
    const next = await readAll(context, 'invoices', rest.cursor, 100);
    expect(next.seen.map(({ id }) => id)).toContain('invoices/INV-1/1795009000000');
  });
  it('of a range ends where it was asked to end, and of refunds brings refunds alone', async () => {
    const { context, breaches } = start();
    const at = (seconds: number) => new Date(seconds * 1_000).toISOString();
    const { seen } = await readAll(context, 'invoices', null, 100, { since: at(1_795_000_120), until: at(1_795_000_180) });
    expect(seen.map(({ id }) => id.split('/')[1])).toEqual(['INV-3', 'INV-2']);
    expect((await readAll(context, 'refunds', null, 100)).seen.map(({ id }) => id)).toEqual(['refunds/txn_2/1795000001000']);
    expect(breaches).toEqual([]);
  });
  it('a list without its rows commits nothing, and a cursor of another connector is told', async () => {
    const http = { request: () => Promise.resolve({ status: 200, headers: {}, text: '{"list":[{"customer":{}}]}' }) };
    const context = testContext({ settings, http, now });
    const read = (cursor: string | null) => chargebee.streams.invoices.poll!.read(context, { stream: 'invoices', cursor, limit: 10 });
    expect(await factsOf(read(null))).toMatchObject({ recovery: 'retryable' });
    expect(await factsOf(read('{"at":1}'))).toMatchObject({ recovery: 'misconfigured', code: 'cursor-unreadable' });
  });
  it('check and look-ups', async () => {
    const { context, requests, breaches } = start();
    expect((await chargebee.check(context)).filter(({ ok }) => !ok)).toEqual([]);
    expect(await chargebee.lookups.customer.run(context, { id: 'C-1' })).toMatchObject({ company: 'Umbrella GmbH' });
    expect(await chargebee.lookups['item-price'].run(context, { id: 'none' })).toBe(null);
    const before = requests.length;
    expect(await chargebee.lookups.invoice.run(context, { id: null })).toBe(null);
    expect(requests.length).toBe(before);
    expect(breaches).toEqual([]);
  });
});
