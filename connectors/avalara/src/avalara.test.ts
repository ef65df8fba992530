// What every connector owes; every request against the contract; a transaction that is one, whoever else has its code; quotes that leave nothing.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { isConnectorFailure, type JsonObject, type SendRequest } from '@waybill/sdk';
import { describeConnector, describeOperation, testContext } from '@waybill/sdk/conformance';
import { startDouble, type RunningDouble } from '@waybill/sdk/double';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { double, settings, type State } from '../test/double.js';
import { errorTable } from './errors.js';
import { avalara } from './index.js';
import { percentOf, quoteOf } from './quote.js';

const ajv = new Ajv({ strict: false });
addFormats.default(ajv);
const now = () => new Date('2026-11-27T06:00:00Z');
const sale = {
  date: '2026-11-26', customer: 'CUST-1', currency: 'USD', shipTo: { line1: '1 Main St', city: 'New York', region: 'NY', postalCode: '10001', country: 'US' },
  lines: [{ number: '1', amount: '100.00', quantity: '2', itemCode: 'SEAT', description: 'Seats' }, { number: '2', amount: '10.10', taxCode: 'D0000000' }],
}; // prettier-ignore
const documentOf = (code: string) => ({ code, ...sale, taxAmount: '9.77' });

describeConnector(avalara, { describe, it, expect, ajv, settings });

const running: RunningDouble<State>[] = [];
const target = () => {
  running.unshift(startDouble(double));
  return Promise.resolve({ settings, http: running[0]!.http, now });
};
const count = (key: string) =>
  Promise.resolve([...running[0]!.state.transactions.values()].filter((one) => one.referenceCode === key).length);
describeOperation(avalara, 'invoice', { describe, it, expect, ajv, target, document: documentOf, count });
describeOperation(avalara, 'credit-memo', { describe, it, expect, ajv, target, document: (unique) => ({ ...documentOf(unique), taxAmount: '-9.77', lines: [{ number: '1', amount: '-110.10' }] }), count }); // prettier-ignore
/** The suites' target is made before the transaction that they act on. */
const recorded = async (unique: string) => {
  const request = { effect: 'create' as const, key: `wb-o${unique}`, attempt: 1, document: documentOf(unique) };
  return { ...(await avalara.operations.invoice.send(testContext({ settings, http: running[0]!.http, now }), request)), key: request.key };
};
describeOperation(avalara, 'invoice', { describe, it, expect, ajv, target, effect: 'void', original: recorded, document: documentOf });
describeOperation(avalara, 'commit', {
  describe, it, expect, ajv, target,
  document: async (unique) => {
    await recorded(unique);
    return { code: unique, type: 'SalesInvoice' };
  },
}); // prettier-ignore

let company: RunningDouble<State>;
beforeEach(() => {
  company = startDouble(double);
});
const contextOf = (more: JsonObject = {}) => testContext({ settings: { ...settings, ...more }, http: company.http, now });
const request = (more: Partial<SendRequest> = {}): SendRequest => ({ effect: 'create', key: 'wb-a', attempt: 1, document: documentOf('INV-1'), ...more }); // prettier-ignore
const invoice = avalara.operations.invoice;
const factsOf = async (call: Promise<unknown>) => {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isConnectorFailure(error) ? error.facts : error;
};

describe('the contract', () => {
  it('holds for all that is sent', async () => {
    const receipt = await invoice.send(contextOf(), request());
    await avalara.operations.commit.send(contextOf(), request({ key: 'wb-b', document: { code: 'INV-1', type: 'SalesInvoice' } }));
    await invoice.send(contextOf(), request({ effect: 'void', key: 'wb-c', original: { ...receipt, key: 'wb-a' } }));
    await avalara.lookups.quote.run(contextOf(), sale);
    await avalara.check(contextOf());
    expect(company.breaches).toEqual([]);
    expect(company.requests.map(({ method, path }) => `${method} ${path.replace('/api/v2', '')}`)).toEqual([
      'GET /companies/ACME/transactions/INV-1', 'POST /transactions/createoradjust', 'POST /companies/ACME/transactions/INV-1/commit', 'POST /companies/ACME/transactions/INV-1/void',
      'POST /transactions/create', 'GET /utilities/ping', 'GET /companies',
    ]); // prettier-ignore
  });
  it.each([
    ['a line without an amount', '/transactions/create', { type: 'SalesOrder', date: '2026-11-26', customerCode: 'C', lines: [{ number: '1' }] }, /amount/],
    ['an amount that is text', '/transactions/create', { type: 'SalesOrder', date: '2026-11-26', customerCode: 'C', lines: [{ amount: '1' }] }, /amount/],
    ['a code that is too long', '/transactions/createoradjust', { createTransactionModel: { code: 'x'.repeat(51), date: '2026-11-26', customerCode: 'C', lines: [{ amount: 1 }] } }, /code/],
    ['a field that nobody knows', '/companies/ACME/transactions/INV-1/commit', { commit: true, when: 'now' }, /additional/],
    ['a reason that nobody knows', '/companies/ACME/transactions/INV-1/void', { code: 'Regret' }, /code/],
  ])('is broken by %s', async (_, path, body, words) => {
    await company.http.request({ method: 'POST', url: `https://v/api/v2${path}`, headers: { 'x-avalara-client': 'a; 1; b; 1; c' }, body });
    expect(company.breaches.join()).toMatch(words);
  }); // prettier-ignore
  it('is broken by a request that does not say who calls', async () => {
    await company.http.request({ method: 'GET', url: 'https://v/api/v2/companies' });
    expect(company.breaches.join()).toMatch(/X-Avalara-Client/i);
  });
});

describe('a transaction', () => {
  it('records what was billed, to the cent and not committed, and its receipt says what AvaTax has', async () => {
    expect(await invoice.send(contextOf(), request())).toMatchObject({ documentNumber: 'INV-1', totals: { currency: 'USD', total: '119.87', tax: '9.77' }, details: { status: 'Saved' } }); // prettier-ignore
    expect(company.requests.at(-1)!.text).toContain('"taxOverride":{"type":"TaxAmount","taxAmount":9.77,"reason":"Tax as billed"}');
    expect(company.requests.at(-1)!.text).toContain('"amount":100.00,"quantity":2');
  });
  it('without the billed tax is taxed by AvaTax, and committed at once where that is asked for', async () => {
    const { taxAmount: _, ...document } = documentOf('INV-2');
    const receipt = await invoice.send(contextOf(), request({ document: { ...document, commit: true } }));
    expect(receipt).toMatchObject({ totals: { tax: '9.77' }, details: { status: 'Committed' } });
  });
  it('of somebody else under the same code stays as it is', async () => {
    await invoice.send(contextOf(), request({ key: 'another' }));
    const before = structuredClone([...company.state.transactions.values()]);
    expect(await factsOf(invoice.send(contextOf(), request()))).toMatchObject({ recovery: 'rejected', category: 'duplicate', code: 'code-taken', path: '/code' });
    expect(await factsOf(invoice.find!(contextOf(), request()))).toMatchObject({ code: 'code-taken' });
    expect([...company.state.transactions.values()]).toEqual(before);
  }); // prettier-ignore
  it('is found by a code with signs that a path does not carry', async () => {
    for (const code of ['A/1', 'A+1', 'A?1', 'A%1', 'A 1']) {
      const ask = request({ document: documentOf(code) });
      await invoice.send(contextOf(), ask);
      expect((await invoice.find!(contextOf(), ask))?.documentNumber).toBe(code);
    }
  });
  it('that was reported is locked: it is a closed period, for a void as well', async () => {
    const receipt = await invoice.send(contextOf(), request());
    [...company.state.transactions.values()][0]!.locked = true;
    const ask = request({ effect: 'void', key: 'wb-c', original: { ...receipt, key: 'wb-a' } });
    expect(await factsOf(invoice.send(contextOf(), ask))).toMatchObject({ recovery: 'rejected', code: 'CannotModifyLockedTransaction' });
    expect(await invoice.find!(contextOf(), ask)).toBeNull();
  });
  it('that is not there cannot be committed, and one that was voided neither', async () => {
    const ask = request({ document: { code: 'INV-1', type: 'SalesInvoice' } });
    const { commit } = avalara.operations;
    expect(await factsOf(commit.send(contextOf(), ask))).toMatchObject({ recovery: 'rejected', category: 'master-data', code: 'EntityNotFoundError' }); // prettier-ignore
    await invoice.send(contextOf(), request());
    expect(await commit.find(contextOf(), ask)).toBeNull();
    [...company.state.transactions.values()][0]!.status = 'Cancelled';
    expect(await factsOf(commit.send(contextOf(), ask))).toMatchObject({ recovery: 'rejected', code: 'InvalidDocumentStatus' });
  });
});

describe('a quote', () => {
  it('says the tax of each authority, in percent, and leaves nothing', async () => {
    expect(await avalara.lookups.quote.run(contextOf(), sale)).toEqual({
      totalTax: '9.77', totalAmount: '110.1', totalTaxable: '110.1',
      taxes: [{ name: 'NY STATE TAX', jurisdiction: 'NEW YORK', level: 'State', type: 'Sales', base: '110.1', amount: '9.77', rate: '8.875' }],
    }); // prettier-ignore
    expect(company.state.transactions.size).toBe(0);
    expect(company.requests[0]!.json).toMatchObject({ type: 'SalesOrder', commit: false });
  });
  it('of an address that says too little is a matter of master data, and a lost answer may be asked again', async () => {
    expect(await factsOf(avalara.lookups.quote.run(contextOf(), { ...sale, shipTo: { country: 'US' } }))).toMatchObject({ recovery: 'rejected', category: 'master-data', code: 'NotEnoughAddressesInfo' }); // prettier-ignore
    company.fault('lost-after', { only: () => true });
    expect(await factsOf(avalara.lookups.quote.run(contextOf(), sale))).toMatchObject({ recovery: 'retryable' });
    expect(() => quoteOf({ totalTax: '1', totalAmount: '2', totalTaxable: '2', summary: [{ taxable: 'many', tax: '1' }] })).toThrow(
      /no calculation/,
    );
  });
  it.each([['0.08875', '8.875'], ['0.19', '19'], ['0', '0'], ['0.5', '50'], ['1', '100'], ['0.001', '0.1'], ['-0.07', '-7'], ['0.1', '10']])('rate %s is %s percent', (rate, percent) => expect(percentOf(rate)).toBe(percent)); // prettier-ignore
});

describe('a failure', () => {
  it('has one row for each code, with a reason and what to do where a person has to', () => {
    expect(new Set(errorTable.map(({ code }) => code)).size).toBe(errorTable.length);
    expect(
      errorTable.filter(({ class: of, remedy }) => remedy === undefined && !['throttled', 'transient', 'in-doubt'].includes(of)),
    ).toEqual([]);
  });
  it('that asks to wait says how long; a refused sign-in and a wrong company say which', async () => {
    company.fault('throttle');
    expect(await factsOf(invoice.send(contextOf(), request()))).toMatchObject({ recovery: 'throttled', retryAfterMs: 5_000 });
    expect(await factsOf(invoice.send(contextOf({ licenseKey: 'another' }), request()))).toMatchObject({ recovery: 'unauthorized' });
    expect(await avalara.check(contextOf({ licenseKey: 'another' }))).toMatchObject([{ ok: false }]);
    expect(await avalara.check(contextOf({ companyCode: 'OTHER' }))).toMatchObject([{ ok: true }, { ok: false, remedy: 'Correct the company of the connection.' }]); // prettier-ignore
    expect(await avalara.check(contextOf())).toMatchObject([{ ok: true }, { ok: true }]);
  });
  it('without a row is decided by HTTP, and says so', async () => {
    const odd = { request: () => Promise.resolve({ status: 400, headers: {}, text: '{"error":{"code":"BrazilPisCofinsError","message":"No.","details":[]}}' }) }; // prettier-ignore
    const facts = await factsOf(avalara.lookups.quote.run(testContext({ settings, http: odd, now }), sale));
    expect(facts).toMatchObject({
      recovery: 'rejected',
      message: expect.stringContaining('No row of the error table knows BrazilPisCofinsError'),
    });
  });
});
