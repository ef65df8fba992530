// What every connector owes; all 61 webhooks that Lago's contract knows; both signatures; usage that counts once.
import { describe, expect, it } from '@jest/globals';
import { isConnectorFailure, isJsonObject, signJwt, type Delivery, type JsonObject } from '@waybill/sdk';
import { describeConnector, describeOperation, testContext } from '@waybill/sdk/conformance';
import { startDouble } from '@waybill/sdk/double';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { contractMissing, double, openApi, settings, type State } from '../test/double.js';
import { sampleOf } from '../test/sample.js';
import { lago } from './index.js';

const ajv = new Ajv2020({ strict: false, logger: false, formats: { decimal: true, 'unix-time': true } });
addFormats.default(ajv);
const now = () => new Date('2026-11-27T06:00:00Z');
const unique = '1a901a90-1a90-1a90-1a90-1a901a901a90';
const changed = '2026-11-27T05:00:00Z';
const hook = (type: string, object: string, more: JsonObject) =>
  JSON.stringify({ webhook_type: type, object_type: object, organization_id: settings.organization, [object]: more });
const invoice = {
  lago_id: 'inv-1',
  status: 'finalized',
  payment_status: 'pending',
  total_amount_cents: 10810,
  updated_at: changed,
  fees: [],
};
const delivery = (body: string): Delivery => ({ id: 'd-1', body, via: 'webhook' });
const bodies = {
  invoice: hook('invoice.created', 'invoice', invoice),
  credit: hook('credit_note.created', 'credit_note', { lago_id: 'cn-1', total_amount_cents: 100, updated_at: changed }),
  payment: hook('payment.succeeded', 'payment', { lago_id: 'pay-1', amount_cents: 100, payment_status: 'succeeded', created_at: changed }),
  customer: hook('customer.created', 'customer', { lago_id: 'cus-1', external_id: 'C-1', updated_at: changed }),
  subscription: hook('subscription.started', 'subscription', {
    lago_id: 'sub-1',
    external_id: 'S-1',
    status: 'active',
    created_at: changed,
  }),
  notice: hook('alert.triggered', 'triggered_alert', { lago_id: 'al-1' }),
};
const hmac = (body: string, key = settings.hmacKey) => createHmac('sha256', key).update(body).digest('base64');
const headersOf = (signature: string, algorithm: string) => ({
  'x-lago-signature': signature,
  'x-lago-signature-algorithm': algorithm,
  'x-lago-unique-key': unique,
});

describeConnector(lago, {
  describe, it, expect, ajv, settings,
  webhook: {
    request: () => ({ body: Buffer.from(bodies.notice), headers: headersOf(hmac(bodies.notice), 'hmac'), query: {} }),
    secretField: 'hmacKey',
    signatureHeaders: ['x-lago-signature', 'x-lago-signature-algorithm', 'x-lago-unique-key'],
  },
  unpack: {
    deliveries: Object.values(bodies).map(delivery),
    unwanted: [delivery(hook('invoice.drafted', 'invoice', { ...invoice, status: 'draft' })), delivery(bodies.invoice.replace(settings.organization, '2b901a90-1a90-1a90-1a90-1a901a901a90'))],
  },
}); // prettier-ignore

const usageOf = (name: string) => ({
  events: [0, 1].map((n) => ({
    code: 'api_calls',
    subscription: `S-${name}`,
    occurredAt: `2026-11-27T05:00:0${n}.250Z`,
    properties: { value: '12.5' },
  })),
});
const running: ReturnType<typeof startDouble<State>>[] = [];
describeOperation(lago, 'usage', {
  describe, it, expect, ajv,
  target() {
    running.unshift(startDouble(double));
    return Promise.resolve({ settings, http: running[0]!.http, now });
  },
  document: usageOf,
  count: (key) => Promise.resolve(running[0]!.state.events.has(`${key}-1`) && running[0]!.state.events.has(`${key}-2`) ? running[0]!.state.events.size / 2 : running[0]!.state.events.size),
}); // prettier-ignore

describe('webhooks', () => {
  if (contractMissing) it.skip(`all 61 parse (skipped: ${contractMissing})`, () => undefined);
  else {
    const document = openApi();
    const webhooks = Object.entries(document['webhooks'] as JsonObject).map(([name, item]) => {
      const { post } = item as { post: { requestBody: { content: { 'application/json': { schema: JsonObject } } } } };
      return [name, post.requestBody.content['application/json'].schema] as const;
    });
    ajv.addSchema({ $id: 'lago', components: document['components'] });
    const absolute = (value: unknown): unknown =>
      Array.isArray(value) ? value.map(absolute) : isJsonObject(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === '$ref' ? `lago${String(inner)}` : absolute(inner)])) : value; // prettier-ignore

    it('are 61 in the contract', () => expect(webhooks).toHaveLength(61));
    it.each(webhooks)('%s: a sample of its schema becomes a record of a stream', (_, schema) => {
      const sample = sampleOf(schema, document) as JsonObject;
      const valid = ajv.compile(absolute(schema) as JsonObject);
      expect(valid(sample) ? [] : valid.errors).toEqual([]);
      expect(valid({ ...sample, object_type: 'nonsense' })).toBe(false);
      const object = sample[String(sample['object_type'])] as JsonObject;
      if (sample['object_type'] === 'invoice') object['status'] = 'finalized'; // a draft is no document
      const records = lago.unpack(delivery(JSON.stringify({ ...sample, organization_id: settings.organization })), settings);
      expect(records).toHaveLength(1);
      const stream = lago.streams[records[0]!.stream as keyof typeof lago.streams];
      const fits = ajv.compile(stream.schema);
      expect(fits(records[0]!.body) ? [] : fits.errors).toEqual([]);
      const own = ['invoice', 'credit_note', 'payment', 'customer', 'subscription'].includes(String(sample['object_type']));
      expect(records[0]!.stream === 'notices').toBe(!own);
    });
  }
  it('of a state and the poll of it are one delivery; of another state another', () => {
    const id = (body: string) => {
      const verdict = lago.webhook.verify({ body: Buffer.from(body), headers: headersOf(hmac(body), 'hmac'), query: {} }, settings, now());
      return verdict.ok ? verdict.deliveryId : verdict.reason;
    };
    expect(id(bodies.invoice)).toBe('invoices/inv-1/2026-11-27T05:00:00.000Z/finalized+pending');
    expect(id(bodies.invoice.replace('"pending"', '"succeeded"'))).not.toBe(id(bodies.invoice));
    expect(id(bodies.notice)).toBe(`notice/${unique}`);
  });
  it('of a voided invoice reverse it, and amounts keep every digit', () => {
    const body = hook('invoice.voided', 'invoice', { ...invoice, status: 'voided' }).replace('10810', '12345678901234567890');
    expect(lago.unpack(delivery(body), settings)[0]).toMatchObject({
      effect: 'void',
      body: { total_amount_cents: '12345678901234567890' },
    });
  });
});

describe('a JWT signature', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = String(publicKey.export({ type: 'spki', format: 'pem' }));
  const token = (data: unknown, algorithm: 'RS256' | 'PS256' = 'RS256') =>
    signJwt(
      {
        algorithm,
        privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
        claims: { data, iss: 'https://api.getlago.com' } as JsonObject,
      },
      now(),
    );
  const verify = (signature: string, key: string | undefined, body = bodies.notice) =>
    lago.webhook.verify(
      { body: Buffer.from(body), headers: headersOf(signature, 'jwt'), query: {} },
      { ...settings, ...(key === undefined ? {} : { publicKey: key }) },
      now(),
    );

  it.each([
    ['the key in PEM and the body as text', pem, bodies.notice],
    [
      'the key as Lago answers it and the body as an object',
      JSON.stringify({ webhook: { public_key: Buffer.from(pem).toString('base64') } }),
      JSON.parse(bodies.notice) as unknown,
    ],
    ['the key in base64', Buffer.from(pem).toString('base64'), bodies.notice],
  ])('verifies with %s', (_, key, data) => expect(verify(token(data), key)).toEqual({ ok: true, deliveryId: `notice/${unique}` }));
  it('does not verify without a key, for another body, with another algorithm or another key', () => {
    expect(verify(token(bodies.notice), undefined)).toMatchObject({ ok: false, code: 'secret-missing' });
    expect(verify(token(bodies.notice), pem, bodies.invoice).ok).toBe(false);
    expect(verify(token(bodies.notice, 'PS256'), pem).ok).toBe(false);
    expect(
      verify(
        token(bodies.notice),
        String(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' })),
      ).ok,
    ).toBe(false);
    expect(verify('not.a.token', 'x'.repeat(120)).ok).toBe(false);
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ data: bodies.notice })).toString('base64url')}.x`;
    expect(verify(none, pem).ok).toBe(false);
  });
});

describe('usage', () => {
  const start = () => {
    const double_ = startDouble(double);
    return { ...double_, context: testContext({ settings, http: double_.http, now }) };
  };
  const request = { effect: 'create' as const, key: 'wb-aaaaaaaaaaaaaaaaaaaaaaaaaa', document: usageOf('a'), attempt: 1 };

  it('fits the contract, with ids of the posting key and times to the millisecond', async () => {
    const { context, requests, breaches } = start();
    await lago.operations.usage.send(context, request);
    expect(breaches).toEqual([]);
    expect(requests[0]!.json).toMatchObject({
      events: [{ transaction_id: `${request.key}-1`, timestamp: '1795755600.250' }, { transaction_id: `${request.key}-2` }],
    });
  });
  (contractMissing ? it.skip : it)('that breaks the contract is a breach', async () => {
    const { http, breaches } = start();
    const post = (body: JsonObject) =>
      http.request({ method: 'POST', url: 'https://v/api/v1/events/batch', headers: { authorization: `Bearer ${settings.apiKey}` }, body });
    await post({ events: [{ transaction_id: 't', code: 'c' }] });
    await post({});
    expect(breaches.join()).toMatch(/external_subscription_id.*events/);
  });
  it('that is there already is the same; half of it under other ids is not taken for the whole', async () => {
    const { context, state } = start();
    await lago.operations.usage.send(context, request);
    expect((await lago.operations.usage.send(context, request)).documentId).toBe(request.key);
    expect(state.events.size).toBe(2);
    state.events.delete(`${request.key}-2`);
    const error: unknown = await lago.operations.usage.send(context, request).catch((thrown: unknown) => thrown);
    expect(isConnectorFailure(error) && error.facts).toMatchObject({
      recovery: 'rejected',
      category: 'duplicate',
      code: 'value_already_exist',
    });
  });
  it('told to slow down waits as long as Lago says', async () => {
    const { context, fault } = start();
    fault('throttle');
    const error: unknown = await lago.operations.usage.send(context, request).catch((thrown: unknown) => thrown);
    expect(isConnectorFailure(error) && error.facts).toMatchObject({ recovery: 'throttled', retryAfterMs: 3_000 });
  });
});

describe('reading', () => {
  it('sweeps every page, then the last days again; drafts are read and are no documents', async () => {
    const { http, requests, breaches } = startDouble(double);
    const context = testContext({ settings, http, now });
    const seen: Delivery[] = [];
    let cursor: string | null = null;
    for (let more = true; more;) {
      const page = await lago.streams.invoices.poll!.read(context, { stream: 'invoices', cursor, limit: 2 });
      seen.push(...page.deliveries);
      ({ cursor, more } = page as { cursor: string; more: boolean });
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(5);
    expect(seen.flatMap((one) => lago.unpack(one, settings))).toHaveLength(4);
    await lago.streams.invoices.poll!.read(context, { stream: 'invoices', cursor, limit: 2 });
    expect(requests.at(-1)!.query).toMatchObject({ issuing_date_from: '2026-10-23', page: '1' });
    const [first] = seen.flatMap((one) => lago.unpack(one, settings)).filter(({ body }) => body['fees'] === undefined);
    expect(first!.body['lago_id']).toBe('inv-0');
    await lago.streams.invoices.complete!(context, first!);
    expect(requests.at(-1)!.path).toBe('/api/v1/invoices/inv-0');
    expect(breaches).toEqual([]);
  });
  it('check and look-ups', async () => {
    const { http, breaches } = startDouble(double);
    const context = testContext({ settings, http, now });
    expect((await lago.check(context)).every(({ ok }) => ok)).toBe(true);
    expect(await lago.lookups.plan.run(context, { code: 'basic' })).toMatchObject({ name: 'Basic' });
    expect(await lago.lookups.plan.run(context, { code: 'none' })).toBe(null);
    expect(breaches).toEqual([]);
  });
});
