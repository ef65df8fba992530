// What every connector owes; every request against the contract; records that are written over; signature v3; searches that pass nothing by.
import { describe, expect, it } from '@jest/globals';
import { isConnectorFailure, type Delivery, type JsonObject } from '@waybill/sdk';
import { describeConnector, describeOperation, testContext } from '@waybill/sdk/conformance';
import { startDouble } from '@waybill/sdk/double';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { createHmac } from 'node:crypto';
import { double, rowOf, settings, type State } from '../test/double.js';
import { errorTable } from './errors.js';
import { hubspot } from './index.js';
import { nextOf, pageQuery } from './streams.js';
import { asSigned } from './webhook.js';

const ajv = new Ajv({ strict: false });
addFormats.default(ajv);
const now = () => new Date('2026-11-27T06:00:00Z');
const occurredAt = Date.parse('2026-11-27T05:00:00.250Z');
const event = (subscriptionType: string, more: JsonObject = {}) => ({
  eventId: 1,
  subscriptionId: 12345,
  portalId: Number(settings.portal),
  occurredAt,
  subscriptionType,
  attemptNumber: 0,
  objectId: 1,
  ...more,
});
const body = (...events: object[]) => JSON.stringify(events);
const bodies = {
  company: body(event('company.propertyChange')),
  contact: body(event('object.creation', { objectTypeId: '0-1' })),
  deal: body(event('deal.deletion')),
};
const webhookOf = (text: string): Delivery => ({ id: 'd-1', body: text, via: 'webhook' });
const sign = (text: string, at: Date, more: { secret?: string; url?: string } = {}) => ({
  'x-hubspot-signature-v3': createHmac('sha256', more.secret ?? settings.clientSecret)
    .update(`POST${more.url ?? settings.webhookUrl}${text}${at.getTime()}`)
    .digest('base64'),
  'x-hubspot-request-timestamp': String(at.getTime()),
});
const verify = (text: string, headers: Record<string, string> = sign(text, now()), with_: JsonObject = settings) =>
  hubspot.webhook.verify({ body: Buffer.from(text), headers, query: {} }, with_, now());
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

describeConnector(hubspot, {
  describe,
  it,
  expect,
  ajv,
  settings,
  webhook: {
    request: (at) => ({ body: Buffer.from(bodies.company), headers: sign(bodies.company, at), query: {} }),
    secretField: 'clientSecret',
    signatureHeaders: ['x-hubspot-signature-v3', 'x-hubspot-request-timestamp'],
    toleranceSeconds: 300,
  },
  unpack: {
    deliveries: Object.values(bodies).map(webhookOf),
    unwanted: [
      event('ticket.creation'),
      event('company.associationChange'),
      event('company.creation', { portalId: 7 }),
      event('object.creation', { objectTypeId: '0-5' }),
    ].map((one) => webhookOf(body(one))),
  },
});

const running: ReturnType<typeof startDouble<State>>[] = [];
const recordOf = (unique: string) => ({
  object: 'billing_invoice',
  idProperty: 'billing_id',
  id: unique,
  properties: { status: 'paid', total: '562.82' },
});
describeOperation(hubspot, 'record', {
  describe,
  it,
  expect,
  ajv,
  target() {
    running.unshift(startDouble(double));
    return Promise.resolve({ settings, http: running[0]!.http, now });
  },
  document: recordOf,
});

describe('a record', () => {
  const beside = [{ object: 'companies', idProperty: 'billing_id', id: 'cus_1' }];
  const send = (context: ReturnType<typeof start>['context'], document: JsonObject) =>
    hubspot.operations.record.send(context, { document });
  it('is written over by its external id, as text, and shown beside its company', async () => {
    const { context, state, requests, breaches } = start();
    expect(await send(context, { ...recordOf('INV-1'), beside })).toMatchObject({
      documentId: '101',
      documentNumber: 'INV-1',
      details: { created: true },
    });
    expect(await send(context, { ...recordOf('INV-1'), properties: { status: 'void', dunning: true, memo: null }, beside })).toMatchObject({
      documentId: '101',
      details: { created: false },
    });
    expect(state.objects['billing_invoice']).toMatchObject([
      { properties: { billing_id: 'INV-1', status: 'void', total: '562.82', dunning: 'true', memo: '' } },
    ]);
    expect([...state.associations]).toEqual(['billing_invoice/101-companies/1']);
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'PUT', 'GET', 'POST', 'PUT']);
    expect(breaches).toEqual([]);
  });
  it('beside a company that is not there is not written', async () => {
    const { context, state } = start();
    const facts = await factsOf(send(context, { ...recordOf('INV-1'), beside: [{ ...beside[0]!, id: 'cus_9' }] }));
    expect(facts).toMatchObject({ recovery: 'rejected', category: 'master-data', code: 'record-missing' });
    expect(state.objects['billing_invoice']).toBeUndefined();
  });
  it('that is refused inside an answer that is a success is refused, by the row of its code', async () => {
    const { context, state } = start();
    state.refuse = {
      status: 'error',
      category: 'VALIDATION_ERROR',
      message: 'Property values were not valid',
      errors: [{ message: 'Property "colour" does not exist', code: 'PROPERTY_DOESNT_EXIST', in: 'colour' }],
    };
    expect(await factsOf(send(context, recordOf('INV-1')))).toMatchObject({
      recovery: 'misconfigured',
      code: 'PROPERTY_DOESNT_EXIST',
      path: '/properties/colour',
    });
    state.refuse = { status: 'error', category: 'CONFLICT', message: 'Another record has it' };
    expect(await factsOf(send(context, recordOf('INV-1')))).toMatchObject({ recovery: 'rejected', category: 'duplicate' });
  });
  it('told to slow down waits as long as HubSpot says, an hour when the day is used up; a token that is over is told', async () => {
    const { context, fault } = start();
    fault('throttle');
    expect(await factsOf(send(context, recordOf('INV-1')))).toMatchObject({ recovery: 'throttled', retryAfterMs: 6_000 });
    fault('token-over');
    expect(await factsOf(send(context, recordOf('INV-1')))).toMatchObject({ recovery: 'unauthorized' });
    const daily = {
      request: () =>
        Promise.resolve({
          status: 429,
          headers: {},
          text: '{"status":"error","message":"You have reached your daily limit.","errorType":"RATE_LIMIT","policyName":"DAILY"}',
        }),
    };
    expect(await factsOf(send(testContext({ settings, http: daily, now }), recordOf('INV-1')))).toMatchObject({
      recovery: 'throttled',
      retryAfterMs: 3_600_000,
    });
  });
  it('whose answer was lost is written over again, and is there once', async () => {
    const { context, fault, state } = start();
    fault('lost-after');
    await expect(send(context, { ...recordOf('INV-1'), beside })).rejects.toMatchObject({ sent: true });
    await send(context, { ...recordOf('INV-1'), beside });
    expect(state.objects['billing_invoice']).toHaveLength(1);
    expect(state.associations.size).toBe(1);
  });
});

describe('the contract', () => {
  it.each([
    [
      'an input without an id',
      '/crm/v3/objects/companies/batch/upsert',
      { inputs: [{ idProperty: 'billing_id', properties: {} }] },
      /"id"/,
    ],
    [
      'a number where text is wanted',
      '/crm/v3/objects/companies/batch/upsert',
      { inputs: [{ id: '1', idProperty: 'billing_id', properties: { total: 1 } }] },
      /total/,
    ],
    ['201 rows of a search', '/crm/v3/objects/companies/search', { filterGroups: [], limit: 201 }, /limit/],
    ['two sorts', '/crm/v3/objects/companies/search', { filterGroups: [], sorts: [{}, {}] }, /sorts/],
  ])('is broken by %s', async (_, path, json, words) => {
    const { http, breaches } = start();
    await http.request({
      method: 'POST',
      url: `https://v${path}`,
      headers: { authorization: `Bearer ${settings.accessToken}` },
      body: json,
    });
    expect(breaches.join()).toMatch(words);
  });
  it('is broken without the token and by a parameter that nobody knows', async () => {
    const { http, breaches } = start();
    await http.request({ method: 'GET', url: 'https://v/crm/v3/objects/companies/1', query: { colour: 'red' } });
    expect(breaches.join('\n')).toMatch(/colour.*\n.*access token/);
  });
});

describe('a webhook', () => {
  it('is the same delivery when it is sent again, and another with another event', () => {
    const first = verify(bodies.company);
    expect(first).toMatchObject({ ok: true });
    expect(verify(body(event('company.propertyChange', { attemptNumber: 3 })))).toEqual(first);
    expect(verify(body(event('company.propertyChange', { occurredAt: occurredAt + 1 })))).not.toEqual(first);
  });
  it('signed for another address, or with nobody knowing the address, is refused', () => {
    expect(verify(bodies.company, sign(bodies.company, now(), { url: 'https://other.example/v1/hooks/hubspot' })).ok).toBe(false);
    expect(verify(bodies.company, undefined, { ...settings, webhookUrl: '' })).toMatchObject({ ok: false, code: 'secret-missing' });
  });
  it('is signed over the address as HubSpot decodes it', () =>
    expect(asSigned('https://a.example/x%2Fy%40z%20q%3a%3Fa?b=%2C')).toBe('https://a.example/x/y@z%20q:?a?b=,'));
  it('names an object once, at its newest event, and it is read before it counts', async () => {
    const { context, state, breaches } = start();
    const text = body(
      event('company.creation'),
      event('company.propertyChange', { eventId: 2, occurredAt: occurredAt + 5 }),
      event('company.propertyChange', { objectId: 2 }),
    );
    const records = hubspot.unpack(webhookOf(text), settings);
    expect(records.map(({ body: { id }, revision }) => [id, revision])).toEqual([
      ['1', '2026-11-27T05:00:00.255Z'],
      ['2', '2026-11-27T05:00:00.250Z'],
    ]);
    expect((await hubspot.streams.companies.complete!(context, records[0]!)).body).toMatchObject({ properties: { name: 'Company 1' } });
    state.objects['companies']![1]!.archived = true;
    expect((await hubspot.streams.companies.complete!(context, records[1]!)).body).toMatchObject({
      id: '2',
      archived: true,
      properties: { name: 'Company 2' },
    });
    const [gone] = hubspot.unpack(webhookOf(body(event('company.deletion', { objectId: 77 }))), settings);
    expect((await hubspot.streams.companies.complete!(context, gone!)).body).toMatchObject({ id: '77', archived: true });
    expect(breaches).toEqual([]);
  });
});

describe('reading', () => {
  const readAll = async (context: ReturnType<typeof start>['context'], cursor: string | null, limit: number, more: JsonObject = {}) => {
    const seen: Delivery[] = [];
    for (let pages = 0; pages < 50; pages += 1) {
      const page = await hubspot.streams.companies.poll!.read(context, { stream: 'companies', cursor, limit, ...more });
      seen.push(...page.deliveries);
      cursor = page.cursor;
      if (!page.more) return { seen, cursor };
    }
    throw new Error('a poll that does not end');
  };
  const ids = (seen: readonly Delivery[]) => [...new Set(seen.map(({ id }) => id.split('/')[1]))];
  it('gives all that changed in one instant, and what came after it, over pages smaller than that', async () => {
    const { context, state, breaches } = start();
    state.objects['companies']!.push(
      rowOf(6, { updatedAt: '2026-11-27T05:00:00.001Z' }),
      rowOf(7, { updatedAt: '2026-11-27T05:30:00.000Z' }),
    );
    const { seen, cursor } = await readAll(context, null, 2);
    expect(ids(seen)).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(cursor).toBe('{"at":"2026-11-27T05:25:00.000Z"}');
    state.objects['companies']!.push(rowOf(8, { updatedAt: '2026-11-27T05:31:00.000Z' }));
    expect(ids((await readAll(context, cursor, 2)).seen)).toEqual(['7', '8']);
    expect(breaches).toEqual([]);
  });
  it('passes none by that moves while it is read', async () => {
    const { context, state } = start();
    state.objects['companies']!.forEach((row, n) => (row.updatedAt = `2026-11-27T05:0${n}:00.000Z`));
    const first = await hubspot.streams.companies.poll!.read(context, { stream: 'companies', cursor: null, limit: 2 });
    state.objects['companies']![0]!.updatedAt = '2026-11-27T05:50:00.000Z';
    expect(ids([...first.deliveries, ...(await readAll(context, first.cursor, 2)).seen]).sort()).toEqual(['1', '2', '3', '4', '5']);
  });
  it('of a range asks for it, and the places of a search are what they are', () => {
    expect(
      pageQuery('contacts', {
        from: { at: '2026-11-01T00:00:00.000Z' },
        until: '2026-12-01T00:00:00.000Z',
        limit: 9,
        properties: ['email'],
      }),
    ).toEqual({
      filterGroups: [
        {
          filters: [
            { propertyName: 'lastmodifieddate', operator: 'GTE', value: '1793491200000' },
            { propertyName: 'lastmodifieddate', operator: 'LT', value: '1796083200000' },
          ],
        },
      ],
      sorts: [{ propertyName: 'lastmodifieddate', direction: 'ASCENDING' }],
      properties: ['email'],
      limit: 9,
    });
    const at = '2026-11-27T05:00:00.000Z';
    expect(nextOf({ at, id: '7' }, [], false)).toEqual({ cursor: { at: '2026-11-27T05:00:00.001Z' }, more: true });
    expect(nextOf({ at }, [], false)).toEqual({ cursor: { at }, more: false });
  });
  it('check and look-ups', async () => {
    const { context, breaches } = start();
    expect((await hubspot.check(context)).filter(({ ok }) => !ok)).toEqual([]);
    const other = testContext({ settings: { ...settings, portal: '7' }, http: startDouble(double).http, now });
    expect((await hubspot.check(other)).find(({ name }) => name === 'Hub ID')).toMatchObject({ ok: false });
    expect(
      await hubspot.lookups.record.run(context, { object: 'companies', idProperty: 'billing_id', id: 'cus_3', properties: ['name'] }),
    ).toMatchObject({ id: '3' });
    expect(await hubspot.lookups.record.run(context, { object: 'companies', idProperty: 'billing_id', id: 'none' })).toBe(null);
    expect(breaches).toEqual([]);
  });
});

it('an error code has one row with one reason', () => {
  const codes = errorTable.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
});
