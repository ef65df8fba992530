// Against Salesforce's double by the engine's posting rules: one record per external id whatever is lost, throttled or refused.
import { describe, expect, it } from '@jest/globals';
import { salesforce } from '@waybill/connector-salesforce';
import { salesforceDouble } from '@waybill/connector-salesforce/double';
import type { JsonObject } from '@waybill/sdk';
import { erpConformance, outcomeOf, testContext } from '@waybill/sdk/conformance';
import { postingRules } from './posting-rules.js';
import { ajv } from './validator.js';

const now = () => new Date('2026-11-25T12:00:00Z');
const settings = { instanceUrl: 'https://acme.my.salesforce.com', clientId: 'a-consumer-key', clientSecret: 'a-consumer-secret' };
const status = (unique: string, more: JsonObject = {}): JsonObject => ({
  object: 'Invoice__c',
  externalIdField: 'Billing_Id__c',
  externalId: `in_${unique}`,
  fields: { Status__c: 'open', Amount_Due__c: { number: '562.82' }, Account__r: { Billing_Id__c: 'cus_1' }, ...more },
});

erpConformance(salesforce, {
  describe,
  it,
  expect: expect as never,
  ajv,
  rules: postingRules,
  settings,
  now,
  target() {
    const running = salesforceDouble(now);
    const invoices = () => running.state.objects['Invoice__c'] ?? [];
    // an upsert's key is the external id, not ours: what the suite counts is that no id is there twice
    return {
      double: running,
      count: () => (invoices().length === 0 ? 0 : invoices().length / new Set(invoices().map((row) => row['Billing_Id__c'])).size),
      total: () => invoices().length,
    };
  },
  operations: { record: { document: status } },
  skip: {
    'the long form: lost answers in a thousand documents, and not one twice':
      'an upsert is never in doubt; the long form below counts records',
  },
});

const at = () => {
  const running = salesforceDouble(now);
  return { running, context: testContext({ settings, http: running.http, now }) };
};
const send = (context: ReturnType<typeof at>['context'], document: JsonObject) =>
  salesforce.operations.record.send(context, { effect: 'create', key: 'wb-a', document, attempt: 1 });

describe('a record', () => {
  it('is there once among a thousand writes of which one in twenty loses its answer', async () => {
    const { running, context } = at();
    running.chaos({ seed: 7, share: 0.05, kinds: ['lost-before', 'lost-after'] });
    let lost = 0;
    for (let n = 0; n < 1000; n += 1)
      for (let done = false; !done;) {
        done = 'value' in (await outcomeOf(() => send(context, status(String(n)))));
        if (!done) lost += 1;
      }
    expect(running.state.objects['Invoice__c']).toHaveLength(1000);
    expect(lost).toBeGreaterThan(25);
    expect(running.breaches).toEqual([]);
  });
  it('has amounts as numbers with every digit on the wire', async () => {
    const { running, context } = at();
    await send(context, status('x', { Amount_Due__c: { number: '12345678901234567.80' } }));
    expect(running.requests.find(({ method }) => method === 'PATCH')?.text).toContain('"Amount_Due__c":12345678901234567.80');
  });
  it('that somebody made in between is written over, and one that is there twice is refused', async () => {
    const { running, context } = at();
    running.state.refuse = { status: 400, errorCode: 'DUPLICATE_VALUE', message: 'duplicate value found: Billing_Id__c' };
    expect(await send(context, status('x'))).toMatchObject({ documentNumber: 'in_x', details: { created: true } });
    running.state.objects['Invoice__c']!.push({ Id: '001000000000000099', SystemModstamp: '', Billing_Id__c: 'in_x' });
    const outcome = await outcomeOf(() => send(context, status('x', { Status__c: 'paid' })));
    expect((outcome as { error: { facts: JsonObject } }).error.facts).toMatchObject({
      category: 'duplicate',
      code: 'external-id-ambiguous',
      httpStatus: 300,
    });
    expect(running.state.objects['Invoice__c']!.map((row) => row['Status__c'])).toEqual(['open', undefined]);
  });
  it('is refused by a rule of the organization with its own words and field', async () => {
    const { running, context } = at();
    running.state.refuse = {
      status: 400,
      errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: 'An open invoice needs a date.',
      fields: ['Due_Date__c'],
    };
    const outcome = await outcomeOf(() => send(context, status('x')));
    expect((outcome as { error: { facts: JsonObject } }).error.facts).toMatchObject({
      category: 'posting-rejection',
      path: '/fields/Due_Date__c',
      vendorWords: expect.stringContaining('needs a date'),
    });
  });
});

describe('reading', () => {
  it('brings every account once, whatever the page size, and again after a change', async () => {
    const { running, context } = at();
    running.state.objects['Account'] = Array.from({ length: 25 }, (_, n) => ({
      Id: `001${String(n).padStart(15, '0')}`,
      SystemModstamp: '2026-11-25T11:00:00.000+0000',
      Name: `A${n}`,
    }));
    for (const limit of [1, 7, 25, 200]) {
      const seen = new Set<string>();
      let cursor: string | null = null;
      for (let more = true; more;) {
        const page = await salesforce.streams.accounts.poll!.read(context, { stream: 'accounts', cursor, limit });
        for (const one of page.deliveries) for (const record of salesforce.unpack(one)) seen.add(String(record.body['Id']));
        ({ cursor, more } = page);
      }
      expect(seen.size).toBe(25);
    }
    expect(await salesforce.lookups.record.run(context, { object: 'Account', field: 'Name', value: 'A3' })).toMatchObject({
      Id: '001000000000000003',
    });
    expect(await salesforce.lookups.record.run(context, { object: 'Account', field: 'Name', value: 'nobody' })).toBeNull();
    expect((await salesforce.check(context)).every(({ ok }) => ok)).toBe(true);
    expect(running.breaches).toEqual([]);
  });
});

describe('rows of a record', () => {
  const line = (Id: string, order: JsonObject) => ({ Id, SystemModstamp: '2026-11-22T21:14:21.000+0000', Quantity: 10.5, Order: order });
  const by = { object: 'OrderItem', field: 'Order.ContractId', value: "800'1", andField: 'Order.StatusCode', andValue: 'Activated' };

  it('are those of both fields, with every digit of a number, and none is an empty list', async () => {
    const { running, context } = at();
    running.state.objects['OrderItem'] = [
      line('1', { ContractId: "800'1", StatusCode: 'Activated' }),
      line('2', { ContractId: "800'1", StatusCode: 'Draft' }),
      line('3', { ContractId: '800', StatusCode: 'Activated' }),
    ];
    const { rows } = salesforce.lookups;
    expect(await rows.run(context, by)).toMatchObject({ rows: [{ Id: '1', Quantity: '10.5' }] });
    expect(await rows.run(context, { ...by, value: 'none' })).toEqual({ rows: [] });
    expect(await rows.run(context, { object: 'OrderItem', field: 'Order.ContractId', value: "800'1" })).toMatchObject({ rows: [{ Id: '1' }, { Id: '2' }] });
    expect(running.breaches).toEqual([]);
  }); // prettier-ignore
  it('are 199 at most: more are refused and never cut', async () => {
    const { running, context } = at();
    const many = (count: number) =>
      (running.state.objects['OrderItem'] = Array.from({ length: count }, (_, n) => line(String(n), { ContractId: "800'1", StatusCode: 'Activated' })));
    many(199);
    expect(((await salesforce.lookups.rows.run(context, by))!['rows'] as unknown[]).length).toBe(199);
    many(200);
    expect(await outcomeOf(() => salesforce.lookups.rows.run(context, by))).toMatchObject({ recovery: 'rejected', error: { facts: { code: 'too-many-rows', category: 'master-data' } } });
  }); // prettier-ignore
});
