// Against NetSuite's double, by the engine's own posting rules: one document per key whatever is lost, throttled, refused or late.
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { JsonObject, SendRequest } from '@waybill/sdk';
import { erpConformance, outcomeOf, testContext } from '@waybill/sdk/conformance';
import { postingRules } from './posting-rules.js';
import { ajv } from './validator.js';
import { countRecords, netsuiteDouble } from '@waybill/connector-netsuite/double';
import { netsuite } from '@waybill/connector-netsuite';

const now = () => new Date('2026-11-25T12:00:00Z');
const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const settings = {
  accountId: '1234567', subsidiaryId: '3', clientId: 'a-consumer-key', certificateId: 'a-certificate', privateKey: keys.privateKey,
  writeOffItem: 'BAD-DEBT', receivableAccount: '1100',
}; // prettier-ignore
const double = () => netsuiteDouble(keys.publicKey, now);

const day = '2026-11-20';
const sale = (unique: string, more: JsonObject = {}): JsonObject => ({
  customer: 'CUST-1001', number: `BILL-${unique}`, currency: 'USD', documentDate: day, postingDate: day, dueDate: '2026-12-20',
  lines: [
    { item: 'PRO-PLAN', description: 'Pro plan', quantity: '10', unitPrice: '49.99', amount: '499.90', taxCodes: ['CA-9.5'], department: 'Sales' },
    { item: 'API-CALLS', description: 'API calls', quantity: '1234', unitPrice: '0.0125', amount: '15.43' },
  ],
  taxLines: [{ taxCode: 'CA-9.5', rate: '9.5', base: '499.90', amount: '47.49' }],
  subtotal: '515.33', taxTotal: '47.49', total: '562.82', ...more,
}); // prettier-ignore
const payment = (unique: string): JsonObject => ({
  customer: 'CUST-1001', invoice: `BILL-${unique}`, currency: 'USD', amount: '100.00', date: day, clearingAccount: '1060', reference: `pi_${unique}`,
}); // prettier-ignore
const journal = (): JsonObject => ({
  description: 'Recognition', currency: 'USD', postingDate: day,
  lines: [
    { account: '2400', debit: '100.00', credit: '0', customer: 'CUST-1001' },
    { account: '4010', debit: '0', credit: '100.00' },
  ],
}); // prettier-ignore

erpConformance(netsuite, {
  describe,
  it,
  expect: expect as never,
  ajv,
  rules: postingRules,
  settings,
  now,
  target() {
    const running = double();
    return {
      double: running,
      count: (document, key) => countRecords(running.state, document === 'customer' ? 'C-a' : document === 'item' ? 'I-a' : key),
      total: (document) => [...running.state.records.values()].filter(({ kind }) => kind === document).length,
    };
  },
  operations: {
    invoice: { document: sale },
    'invoice:void': { effect: 'void', document: sale, after: 'invoice' },
    'invoice:write-off': { effect: 'write-off', document: (unique) => sale(unique, { writtenOff: '562.82' }), after: 'invoice' },
    'credit-memo': { document: (unique) => sale(unique, { number: `CN-${unique}` }) },
    payment: { document: payment, after: 'invoice' },
    'payment:refund': { effect: 'refund', document: payment, after: 'invoice' },
    'journal-entry': { document: journal },
    customer: {
      document: (unique) => ({
        number: `C-${unique}`,
        name: 'Acme GmbH',
        currency: 'EUR',
        email: 'ap@acme.example',
        address: { line1: 'Allee 1', city: 'Berlin', country: 'DE' },
      }),
    },
    item: { document: (unique) => ({ code: `I-${unique}`, name: 'Seats', incomeAccount: '4010', deferredAccount: '2400' }) },
  },
});

describe('NetSuite refuses', () => {
  const request = (document: JsonObject, more: Partial<SendRequest> = {}): SendRequest => ({
    effect: 'create',
    key: 'wb-abc',
    document,
    attempt: 1,
    ...more,
  });
  const run = async (
    body: (running: ReturnType<typeof double>) => void,
    ask = request(sale('x')),
    operation: keyof typeof netsuite.operations = 'invoice',
  ) => {
    const running = double();
    body(running);
    const context = testContext({ settings, http: running.http, now });
    const outcome = await outcomeOf(() => netsuite.operations[operation].send(context, ask));
    return { running, facts: 'error' in outcome ? ((outcome.error as { facts?: JsonObject }).facts ?? outcome) : outcome };
  };

  it('what is missing or inactive, by name and before anything is written', async () => {
    const of = async (document: JsonObject) => (await run(() => undefined, request(document))).facts;
    expect(await of(sale('x', { customer: 'NOBODY' }))).toMatchObject({
      category: 'master-data',
      code: 'customer-unknown',
      path: '/customer',
      cause: 'customer NOBODY is not there',
    });
    expect(await of(sale('x', { customer: 'CUST-1999' }))).toMatchObject({ category: 'master-data', code: 'customer-inactive' });
    const lines = [{ item: 'OLD-PLAN', description: 'Old', quantity: '1', amount: '515.33' }];
    expect(await of(sale('x', { lines }))).toMatchObject({ code: 'item-inactive', path: '/lines/0/item' });
    expect(await of(sale('x', { postingDate: '2025-12-31' }))).toMatchObject({
      category: 'posting-rejection',
      code: 'TRAN_PRD_CLOSED',
      cause: 'period 2025-12 closed',
    });
    expect(await of(sale('x', { postingDate: '2031-01-31' }))).toMatchObject({ code: 'UNDEFINED_ACCTNG_PRD' });
    expect(await of(sale('x', { total: '1.00' }))).toMatchObject({ category: 'transformation', code: 'totals-do-not-add-up' });
    const unknown = await run(() => undefined, request(payment('never-posted')), 'payment');
    expect(unknown.facts).toMatchObject({ category: 'posting-rejection', code: 'invoice-unknown' });
    expect(unknown.running.state.records.size).toBe(0);
  });
  it('with its own words, when the refusal comes at the write', async () => {
    const refused = async (code: string, detail: string, status = 400) =>
      (await run(({ state }) => (state.refuse = { status, code, detail }))).facts;
    expect(await refused('TRAN_PRD_CLOSED', 'Closed.')).toMatchObject({
      recovery: 'rejected',
      category: 'posting-rejection',
      vendorWords: expect.stringContaining('Closed.'),
    });
    expect(await refused('SSS_REQUEST_LIMIT_EXCEEDED', 'Busy.')).toMatchObject({ recovery: 'throttled' });
    expect(await refused('JS_EXCEPTION', 'A script failed.')).toMatchObject({ recovery: 'in-doubt' });
    expect(await refused('INVALID_KEY_OR_REF', 'Invalid entity reference key 7.')).toMatchObject({ category: 'master-data' });
    expect(await refused('DUP_RCRD', 'A record with that number exists.')).toMatchObject({ category: 'duplicate' });
  });
  it('a document of the same key and other money, and tells both amounts', async () => {
    const running = double();
    const context = testContext({ settings, http: running.http, now });
    await netsuite.operations.invoice.send(context, request(sale('x')));
    const other = sale('x', {
      lines: [{ item: 'PRO-PLAN', description: 'Pro plan', quantity: '1', amount: '10.00' }],
      taxLines: [],
      subtotal: '10.00',
      taxTotal: '0',
      total: '10.00',
    });
    const outcome = await outcomeOf(() => netsuite.operations.invoice.send(context, request(other)));
    expect((outcome as { error: { facts: JsonObject } }).error.facts).toMatchObject({
      category: 'duplicate',
      message: expect.stringMatching(/562\.82.+10\.00/),
    });
    expect(running.state.records.size).toBe(1);
  });
  it('nothing of an invoice that finance edited: a document that is there is never written over', async () => {
    const running = double();
    const context = testContext({ settings, http: running.http, now });
    await netsuite.operations.invoice.send(context, request(sale('x')));
    const [record] = running.state.records.values();
    record!.sent['memo'] = 'edited by finance';
    await netsuite.operations.invoice.send(context, request(sale('x'), { attempt: 2 }));
    expect(record!.sent['memo']).toBe('edited by finance');
    expect(running.requests.filter(({ method }) => method === 'PUT')).toEqual([]);
  });
  it('a booked total that is not the source’s, and says both', async () => {
    const running = double();
    const context = testContext({ settings, http: running.http, now });
    const { http } = running;
    const altered = { request: async (asked: Parameters<typeof http.request>[0]) => {
      const answer = await http.request(asked);
      return asked.method === 'GET' ? { ...answer, text: answer.text.replace('"total":562.82', '"total":562.83') } : answer;
    } }; // prettier-ignore
    const outcome = await outcomeOf(() => netsuite.operations.invoice.send({ ...context, http: altered }, request(sale('x'))));
    expect((outcome as { error: { facts: JsonObject } }).error.facts).toMatchObject({
      category: 'posting-rejection',
      code: 'totals-differ',
      message: expect.stringMatching(/562\.83.+562\.82/),
    });
  });
});

describe('reading back', () => {
  it('brings every invoice once, whatever the page size, and again after a change', async () => {
    const running = double();
    const context = testContext({ settings, http: running.http, now });
    for (let n = 0; n < 25; n += 1)
      await netsuite.operations.invoice.send(context, { effect: 'create', key: `wb-${n}`, document: sale(String(n)), attempt: 1 });
    const sweep = async (from: string | null, limit: number) => {
      const seen = new Map<string, JsonObject>();
      let cursor = from;
      for (let more = true; more;) {
        const page = await netsuite.streams.invoices.poll!.read(context, { stream: 'invoices', cursor, limit });
        for (const one of page.deliveries)
          for (const record of netsuite.unpack(one)) seen.set(`${String(record.body['id'])} ${record.revision}`, record.body);
        ({ cursor, more } = page);
      }
      return { seen, cursor };
    };
    for (const limit of [1, 7, 25, 100]) expect((await sweep(null, limit)).seen.size).toBe(25);
    const { seen, cursor } = await sweep(null, 10);
    expect([...seen.values()][0]).toMatchObject({ key: 'wb-0', source: 'BILL-0', total: '562.82', customer: 'CUST-1001' });
    [...running.state.records.values()][3]!.changedAt = '2026-11-25T12:30:00';
    const again = await sweep(cursor, 10);
    expect([...again.seen.keys()].filter((key) => !seen.has(key))).toHaveLength(1);
    expect(running.breaches).toEqual([]);
  });
  it('looks master data up', async () => {
    const context = testContext({ settings, http: double().http, now });
    const { lookups } = netsuite;
    expect(await lookups.customer.run(context, { number: 'CUST-1999' })).toMatchObject({ id: '199', active: false });
    expect(await lookups['tax-code'].run(context, { taxCode: 'CA-9.5' })).toMatchObject({ id: '71', taxType: '13' });
    expect(await lookups.account.run(context, { account: '4010' })).toMatchObject({ id: '41' });
    expect(await lookups.item.run(context, { item: 'PRO-PLAN' })).toMatchObject({ id: '11', active: true });
    expect(await lookups.currency.run(context, { currency: 'EUR' })).toMatchObject({ id: '2', decimals: 2 });
    expect(await lookups.period.run(context, { date: '2025-12-05' })).toMatchObject({ closed: true });
    expect(await lookups.subsidiary.run(context, { subsidiary: '3' })).toMatchObject({ name: 'Acme US Inc', currency: 'USD' });
    expect(await lookups.customer.run(context, { number: 'NOBODY' })).toBeNull();
  });
  it('checks a connection that works, step by step', async () => {
    const steps = await netsuite.check(testContext({ settings, http: double().http, now }));
    expect(steps.filter(({ ok }) => !ok)).toEqual([]);
    expect(steps.map(({ name }) => name)).toEqual([
      'Sign in',
      'Subsidiary',
      'Read transactions',
      'Open period',
      'Receivables account',
      'Write-off item',
    ]);
  });
});

describe('the double', () => {
  it('holds requests against the rules: a money document upserted, an external id with a pipe, a page too large', async () => {
    const running = double();
    const send = (method: 'PUT' | 'POST' | 'GET', path: string, body?: JsonObject) =>
      running.http.request({ method, url: `https://double${path}`, headers: { authorization: 'Bearer x' }, ...(body ? { body } : {}) });
    await send('PUT', '/services/rest/record/v1/invoice/eid:a', {});
    await send('GET', '/services/rest/record/v1/invoice/eid:a%7Cb');
    await send('POST', '/services/rest/record/v1/invoice', { memo: 'no external id' });
    await send('POST', '/services/rest/query/v1/suiteql?limit=5000', { q: 'SELECT 1' });
    expect(running.breaches.map((words) => words.slice(words.indexOf(': ') + 2))).toEqual([
      'a money document is never upserted',
      'the external id eid:a%7Cb holds what NetSuite does not take',
      'a document without external id',
      'SuiteQL needs Prefer: transient',
      'a page of SuiteQL holds 1,000 rows',
    ]);
  });
});

describe('a write-off', () => {
  const writeOff = async (document: JsonObject, beside?: { memo: JsonObject; first: boolean }) => {
    const running = double();
    const context = testContext({ settings, http: running.http, now });
    const original = { ...(await netsuite.operations.invoice.send(context, { effect: 'create', key: 'wb-sale', document: sale('x'), attempt: 1 })), key: 'wb-sale' };
    const credit = () => netsuite.operations['credit-memo'].send(context, { effect: 'create', key: 'wb-memo', document: beside!.memo, attempt: 1 });
    if (beside?.first) await credit();
    const outcome = await outcomeOf(() => netsuite.operations.invoice.send(context, { effect: 'write-off', key: 'wb-off', document, attempt: 1, original }));
    if (beside?.first === false) await credit();
    const open = running.state.records.get(original.documentId)?.openCents;
    const posted = [...running.state.records.values()].filter(({ kind }) => kind === 'creditMemo').length;
    return { outcome: 'error' in outcome ? (outcome.error as { facts: JsonObject }).facts : outcome, posted, open };
  };
  it.each(['write-off first', 'credit memo first'])('takes what billing wrote off, and the credit memo of the invoice takes its own: %s', async (first) => {
    const memo = sale('cn', { number: 'CN-x', lines: [{ item: 'PRO-PLAN', description: 'Goodwill', quantity: '1', amount: '73.49' }], taxLines: [], subtotal: '73.49', taxTotal: '0', total: '73.49', appliesTo: [{ invoice: 'BILL-x', amount: '73.49' }] });
    const { outcome, posted, open } = await writeOff(sale('x', { writtenOff: '489.33' }), { memo, first: first === 'credit memo first' });
    expect(outcome).toMatchObject({ value: { totals: { total: '489.33' } } });
    expect([posted, Number(open)]).toEqual([2, 0]);
  });
  it.each([['562.83', 'write-off-too-large'], ['0', 'write-off-of-nothing'], [undefined, 'no-write-off-amount']])('of %p is refused: %s', async (writtenOff, code) => {
    const { outcome, posted } = await writeOff(sale('x', writtenOff === undefined ? {} : { writtenOff }));
    expect([outcome, posted]).toEqual([expect.objectContaining({ code, recovery: 'rejected' }), 0]);
  });
}); // prettier-ignore
