// What every connector owes, and what Stripe's own package and contracts say about signatures, events and meter events.
import { describe, expect, it } from '@jest/globals';
import { testContext, answeringHttp, describeConnector } from '@waybill/sdk/conformance';
import { CountedUsage, isConnectorFailure, type Delivery, type HttpRequest, type JsonObject } from '@waybill/sdk';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import Stripe from 'stripe';
import { contractsOf } from '../../../tools/contracts-for-tests.mjs';
import { eventTypes, streamNames } from './events.js';
import { errorRules, failureOf } from './failures.js';
import { stripe } from './index.js';

const { missing, json: contract } = contractsOf('stripe');
const generations = { '2023-08-16': 'fixtures3-2023-09-12.json', '2026-08': 'fixtures3.json' };
const fixtures = (file: string) => (contract(file) as { resources: Record<string, JsonObject> }).resources;
const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const secret = 'whsec_test_0123456789';
const settings = { apiKey: 'rk_test_waybill', webhookSecret: secret, accountId: 'acct_1Nnlp9GPxmnHQRkJ' };
const library = new Stripe('sk_test_x');
const now = new Date('2026-11-23T12:00:00Z');
const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);
const sign = (body: string, at: Date, key = secret): string =>
  library.webhooks.generateTestHeaderString({ payload: body, secret: key, timestamp: seconds(at) });

const objects: Record<string, JsonObject> = {
  invoices: { id: 'in_1', customer: 'cus_1', currency: 'usd', status: 'open', total: 1, subtotal: 1, lines: { data: [] } },
  'credit-notes': { id: 'cn_1', customer: 'cus_1', currency: 'usd', number: 'CN-1', status: 'issued', total: 1, lines: { data: [] } },
  payments: { id: 'inpay_1', invoice: 'in_1', currency: 'usd', amount_paid: 1, status: 'paid' },
  refunds: { id: 're_1', currency: 'usd', amount: 1, status: 'succeeded' },
  customers: { id: 'cus_1' },
  subscriptions: { id: 'sub_1', customer: 'cus_1', status: 'active' },
};
const event = (type: string, object: unknown, more: JsonObject = {}): string =>
  JSON.stringify({
    id: 'evt_1',
    object: 'event',
    type,
    created: 1793491200,
    api_version: '2026-08-27',
    livemode: false,
    data: { object },
    ...more,
  });
const delivery = (body: string): Delivery => ({ id: 'evt_1', body, via: 'webhook' });
const sample = (): Delivery[] => streamNames.flatMap((name) => eventTypes[name].map((type) => delivery(event(type, objects[name]))));

describeConnector(stripe, {
  describe,
  it,
  expect: expect as never,
  ajv,
  settings,
  webhook: {
    secretField: 'webhookSecret',
    signatureHeaders: ['stripe-signature'],
    toleranceSeconds: 300,
    request: (at) => {
      const body = event('invoice.paid', objects['invoices']);
      return { body: Buffer.from(body), headers: { 'stripe-signature': sign(body, at) }, query: {} };
    },
  },
  unpack: {
    deliveries: sample(),
    unwanted: [
      delivery(event('charge.succeeded', { id: 'ch_1' })),
      delivery(event('payment_intent.succeeded', { id: 'pi_1' })),
      delivery(event('invoice.created', objects['invoices'])),
      delivery(JSON.stringify({ id: 'evt_2', object: 'v2.core.event', type: 'v1.billing.meter.error_report_triggered' })),
      delivery(JSON.stringify({ id: 'evt_3', object: 'v2.core.event', type: 'invoice.paid', related_object: { id: 'in_1' } })),
    ],
  },
});

describe('the signature, against the vendor’s own package', () => {
  const body = event('invoice.finalized', objects['invoices']);
  const verify = (header: string, with_: JsonObject = settings, text = body) =>
    stripe.webhook.verify({ body: Buffer.from(text), headers: { 'stripe-signature': header }, query: {} }, with_, now);

  it('accepts what the package signs, and so does the package', () => {
    expect(verify(sign(body, now))).toEqual({ ok: true, deliveryId: 'evt_1' });
    expect(library.webhooks.constructEvent(body, sign(body, new Date()), secret).id).toBe('evt_1');
  });
  it('accepts 300 seconds and refuses 301', () => {
    expect(verify(sign(body, new Date(now.getTime() - 300_000))).ok).toBe(true);
    expect(verify(sign(body, new Date(now.getTime() - 301_000)))).toMatchObject({ ok: false, code: 'timestamp-outside-tolerance' });
  });
  it('accepts when one of two v1 fits, whichever it is', () => {
    const [good, other] = [sign(body, now), sign(body, now, 'whsec_other')];
    const v1 = other.split('v1=')[1]!;
    expect(verify(`${good},v1=${v1}`).ok).toBe(true);
    expect(verify(good.replace('v1=', `v1=${v1},v1=`)).ok).toBe(true);
    expect(verify(other)).toMatchObject({ ok: false, code: 'signature-wrong' });
  });
  it('accepts the secret before the last rotation only where it is set', () => {
    const old = sign(body, now, 'whsec_old');
    expect(verify(old).ok).toBe(false);
    expect(verify(old, { ...settings, previousWebhookSecret: 'whsec_old' }).ok).toBe(true);
  });
  it('refuses an altered body and a v0 signature', () => {
    expect(verify(sign(body, now), settings, body.replace('"total":1', '"total":2')).ok).toBe(false);
    expect(verify(sign(body, now).replace('v1=', 'v0=')).ok).toBe(false);
  });
});

describe('events', () => {
  const one = (type: string, object: JsonObject, more: JsonObject = {}) => stripe.unpack(delivery(event(type, object, more)))[0]!;
  it('order the states of one second: open, uncollectible, paid, void', () => {
    const states = ['open', 'uncollectible', 'paid', 'void'].map(
      (status) => one('invoice.paid', { ...objects['invoices']!, status }).revision,
    );
    expect([...states].sort()).toEqual(states);
    expect(one('invoice.paid', { ...objects['invoices']!, status: 'open' }, { created: 1793491201 }).revision > states[3]!).toBe(true);
  });
  it('say what they do to the books', () => {
    const effect = (type: string, object: JsonObject) => one(type, object).effect;
    expect(effect('invoice.voided', { ...objects['invoices']!, status: 'void' })).toBe('void');
    expect(effect('invoice.marked_uncollectible', { ...objects['invoices']!, status: 'uncollectible' })).toBe('write-off');
    expect(effect('invoice.paid', { ...objects['invoices']!, status: 'paid' })).toBe('create');
    expect(effect('credit_note.voided', { ...objects['credit-notes']!, status: 'void' })).toBe('void');
    expect(effect('refund.created', objects['refunds']!)).toBe('refund');
  });
  it('refuse a number that cannot be carried exactly', () => {
    const body = event('invoice.paid', objects['invoices']).replace('"total":1', '"total":9007199254740993');
    expect(() => stripe.unpack(delivery(body))).toThrow('more digits than can be carried exactly');
  });
});

describe('errors', () => {
  const answer = (status: number, error: JsonObject) => ({ status, headers: {}, text: JSON.stringify({ error }) });
  it('have a category exactly where they are rejected, and always a remedy', () => {
    for (const rule of errorRules) {
      expect(rule.remedy.length).toBeGreaterThan(10);
      expect(rule.category !== undefined).toBe(rule.recovery === 'rejected');
    }
  });
  it('are classed by what happens next', () => {
    const recovery = (status: number, error: JsonObject, writes = true) =>
      failureOf(answer(status, error), { what: 'test', writes }).facts.recovery;
    expect(recovery(429, { type: 'invalid_request_error', code: 'lock_timeout' })).toBe('throttled');
    expect(recovery(401, { type: 'invalid_request_error' })).toBe('unauthorized');
    expect(recovery(403, { type: 'invalid_request_error' })).toBe('misconfigured');
    expect(recovery(404, { type: 'invalid_request_error', code: 'resource_missing' })).toBe('rejected');
    expect(recovery(400, { type: 'invalid_request_error', code: 'parameter_missing', param: 'payload' })).toBe('rejected');
    expect(recovery(409, { type: 'idempotency_error', code: 'idempotency_key_in_use' })).toBe('in-doubt');
    expect(recovery(400, { type: 'idempotency_error' })).toBe('rejected');
    for (const status of [500, 502, 503, 504])
      expect([recovery(status, {}), recovery(status, {}, false)]).toEqual(['in-doubt', 'retryable']);
    expect(recovery(402, {})).toBe('rejected');
  });
});

describe('meter-event', () => {
  const { 'meter-event': operation } = stripe.operations;
  const document = { eventName: 'api_calls', occurredAt: '2026-11-23T11:00:00Z', payload: { stripe_customer_id: 'cus_1', value: '12.5' } };
  const request = { effect: 'create' as const, key: 'wb-aaaaaaaaaaaaaaaaaaaaaaaaaa', document, attempt: 1 };
  async function sent(attempt = 1): Promise<HttpRequest> {
    let seen: HttpRequest | undefined;
    const http = {
      request: (call: HttpRequest) => {
        seen = call;
        return Promise.resolve({
          status: 200,
          headers: {},
          text: JSON.stringify({ object: 'billing.meter_event', identifier: request.key }),
        });
      },
    };
    await operation.send(testContext({ settings, http }), { ...request, attempt });
    return seen!;
  }
  const context = (response: Parameters<typeof answeringHttp>[0]) => testContext({ settings, http: answeringHttp(response) });

  (missing ? it.skip : it)(
    missing ? `fits PostBillingMeterEvents of 2026 (skipped: ${missing})` : 'fits PostBillingMeterEvents of 2026',
    async () => {
      type Operation = { requestBody: { content: Record<string, { schema: object }> } };
      const { schema } = (contract('PostBillingMeterEvents-2026.json') as Operation).requestBody.content[
        'application/x-www-form-urlencoded'
      ]!;
      const valid = new Ajv2020({ strict: false, formats: { 'unix-time': true } }).compile(schema);
      /** deepObject with explode, as the contract's encoding says: payload[name]=value; a timestamp is an integer. */
      const decode = (body: string): JsonObject => {
        const decoded: JsonObject = {};
        for (const [name, value] of new URLSearchParams(body)) {
          const inner = /^payload\[(.+)\]$/.exec(name)?.[1];
          if (inner !== undefined) decoded['payload'] = { ...(decoded['payload'] as JsonObject | undefined), [inner]: value };
          else decoded[name] = name === 'timestamp' ? Number(value) : value;
        }
        return decoded;
      };
      const call = await sent();
      expect(call).toMatchObject({ method: 'POST', url: 'https://api.stripe.com/v1/billing/meter_events' });
      const good = decode(call.body as string);
      expect(valid(good) ? [] : valid.errors).toEqual([]);
      expect(good).toEqual({ event_name: 'api_calls', identifier: request.key, timestamp: 1795431600, payload: document.payload });
      for (const bad of [
        { ...good, event_name: undefined },
        { ...good, extra: 1 },
        { ...good, payload: { value: 12.5 } },
        { ...good, identifier: 'x'.repeat(101) },
      ])
        expect(valid(JSON.parse(JSON.stringify(bad)))).toBe(false);
    },
  );
  it('keeps the identifier and gives each attempt its own idempotency key, since Stripe replays stored failures', async () => {
    const [first, second] = [await sent(1), await sent(2)];
    expect(first.headers!['idempotency-key']).toBe(request.key);
    expect(second.headers!['idempotency-key']).toBe(`${request.key}-2`);
    expect(second.body).toBe(first.body);
  });
  it('takes “already there” as proof that it is there', async () => {
    const there = { status: 400, text: JSON.stringify({ error: { type: 'invalid_request_error', code: 'duplicate_meter_event' } }) };
    expect((await operation.send(context(there), request)).documentId).toBe(request.key);
  });
  it('says what it was sent as, for controls of usage', async () => {
    const receipt = await operation.send(context({ status: 200, text: JSON.stringify({ object: 'billing.meter_event', identifier: request.key }) }), request);
    expect(receipt.details).toEqual({ eventName: 'api_calls', quantity: '12.5' });
  }); // prettier-ignore
  it('is in doubt after a server error, a page instead of an answer, and an answer for another event', async () => {
    for (const answer of [
      { status: 500 },
      { status: 200, text: '<html>' },
      { status: 200, text: '{"object":"billing.meter_event","identifier":"other"}' },
    ]) {
      const error: unknown = await operation.send(context(answer), request).catch((thrown: unknown) => thrown);
      expect(isConnectorFailure(error) && error.facts.recovery).toBe('in-doubt');
    }
  });
  it('says that single events cannot be looked up', async () => {
    await expect(operation.find!(context({ status: 200 }), request)).rejects.toThrow('cannot be looked up');
  });
});

describe('counted-usage', () => {
  const lookup = stripe.lookups['counted-usage'];
  const meter = (id: string, formula = 'sum', name = 'api_calls') => ({ id, object: 'billing.meter', event_name: name, default_aggregation: { formula } });
  const summary = (day: string, value: string, { id = day, meter = 'mtr_1', days = 1 } = {}) =>
    `{"id":"mtrusg_${id}","object":"billing.meter_event_summary","aggregated_value":${value},"start_time":${Date.parse(day) / 1_000},"end_time":${Date.parse(day) / 1_000 + days * 86_400},"livemode":false,"meter":"${meter}"}`;
  const list = (items: readonly string[], more = false) => ({ status: 200, headers: {}, text: `{"object":"list","data":[${items.join()}],"has_more":${more}}` });
  /** Answers by path and customer; what was asked is kept. */
  async function ask(meters: object[], answers: (query: URLSearchParams, path: string) => ReturnType<typeof list>, customers = ['cus_1']) {
    const asked: string[] = [];
    const http = {
      request: ({ url }: HttpRequest) => {
        const { pathname, searchParams } = new URL(url);
        asked.push(`${pathname}?${searchParams.toString()}`);
        return Promise.resolve(pathname === '/v1/billing/meters' ? list(meters.map((one) => JSON.stringify(one))) : answers(searchParams, pathname));
      },
    };
    const by = { meter: 'api_calls', customers, from: '2026-09-30', to: '2026-11-01' };
    expect(ajv.compile(lookup.by)(by)).toBe(true);
    return { answer: await lookup.run(testContext({ settings, http }), by), asked };
  }

  it('tells each customer’s sums by day, over pages and over meters that had the name, to the last digit', async () => {
    const { answer, asked } = await ask([meter('mtr_0', 'sum', 'other'), meter('mtr_1'), meter('mtr_2')], (query, path) => {
      if (query.get('customer') !== 'cus_1') return list([]);
      if (path.includes('mtr_2')) return list([summary('2026-10-31', '0.2', { meter: 'mtr_2' })]);
      return query.has('starting_after') ? list([summary('2026-10-03', '123456789012345.6789')]) : list([summary('2026-10-31', '0.1', { id: 'page' })], true);
    }, ['cus_1', 'cus_2']);
    expect(answer).toEqual({ counted: [{ customer: 'cus_1', day: '2026-10-31', quantity: '0.3' }, { customer: 'cus_1', day: '2026-10-03', quantity: '123456789012345.6789' }] });
    expect(ajv.compile(CountedUsage)(answer)).toBe(true);
    expect(asked[1]).toBe(`/v1/billing/meters/mtr_1/event_summaries?customer=cus_1&start_time=${Date.parse('2026-09-30') / 1_000}&end_time=${Date.parse('2026-11-02') / 1_000}&value_grouping_window=day&limit=100`);
    expect(asked[2]).toContain('starting_after=mtrusg_page');
    expect(asked.some((one) => one.includes('mtr_0'))).toBe(false);
  });
  it('counts nothing of a meter or a customer that Stripe does not know', async () => {
    expect((await ask([meter('mtr_0', 'last', 'other')], () => list([]))).answer).toEqual({ counted: [] });
    const missing = { status: 404, headers: {}, text: JSON.stringify({ error: { type: 'invalid_request_error', code: 'resource_missing', param: 'customer' } }) };
    expect((await ask([meter('mtr_1')], () => missing)).answer).toEqual({ counted: [] });
  });
  it.each([
    ['a meter that is no sum', 'misconfigured', meter('mtr_1', 'last'), list([])],
    ['a quantity that is no plain number', 'retryable', meter('mtr_1'), list([summary('2026-10-31', '1e30')])],
    ['an answer that is of another meter', 'retryable', meter('mtr_1'), list([summary('2026-10-31', '1', { meter: 'mtr_9' })])],
    ['an answer that is not by the day', 'retryable', meter('mtr_1'), list([summary('2026-10-30', '1', { days: 2 })])],
    ['a refusal', 'misconfigured', meter('mtr_1'), { status: 403, headers: {}, text: '{"error":{"type":"invalid_request_error"}}' }],
  ])('says of %s that it failed, and never an empty answer', async (_name, recovery, one, answer) => {
    const error: unknown = await ask([one], () => answer).catch((thrown: unknown) => thrown);
    expect(isConnectorFailure(error) && error.facts.recovery).toBe(recovery);
  });
}); // prettier-ignore

describe('Stripe’s fixtures', () => {
  if (missing) return it.skip(`fit the streams (skipped: ${missing})`, () => undefined);
  it('a meter and what it counts have the fields that the look-up reads', () => {
    const { 'billing.meter': meter, 'billing.meter_event_summary': summary } = fixtures('fixtures3.json');
    expect(meter).toMatchObject({ id: expect.any(String), event_name: expect.any(String), default_aggregation: { formula: 'sum' } });
    expect(summary).toMatchObject({ id: expect.any(String), aggregated_value: expect.any(Number), start_time: expect.any(Number) });
  });
  const resources: Record<string, keyof typeof eventTypes> = {
    invoice: 'invoices', credit_note: 'credit-notes', refund: 'refunds', customer: 'customers', subscription: 'subscriptions', invoice_payment: 'payments',
  }; // prettier-ignore
  for (const [generation, file] of Object.entries(generations))
    for (const [resource, stream] of Object.entries(resources)) {
      const object = fixtures(file)[resource];
      if (object === undefined) continue;
      it(`${resource} of ${generation} passes the stream ${stream}`, () => {
        const records = stripe.unpack(delivery(event(eventTypes[stream][0], object)));
        expect(records).toHaveLength(1);
        const shaped = resource === 'invoice_payment' ? { ...records[0]!.body, currency: 'usd' } : records[0]!.body; // the fixture says "currency"
        const valid = ajv.compile(stripe.streams[stream].schema);
        expect(valid(shaped) ? [] : valid.errors).toEqual([]);
        expect(valid({ ...shaped, id: undefined })).toBe(false);
      });
    }
});
