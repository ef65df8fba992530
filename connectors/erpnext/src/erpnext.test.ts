// What every connector owes, what the requests to Frappe's REST interface take, and what ERPNext's books say of what was posted.
import { describe, expect, it } from '@jest/globals';
import { isConnectorFailure, type JsonObject, type SendRequest } from '@waybill/sdk';
import { answeringHttp, describeConnector, describeDocuments, describeOperation, onWrite, testContext } from '@waybill/sdk/conformance';
import { startDouble } from '@waybill/sdk/double';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { countOf, day, documents, double, keyField, payment, sale, settings } from '../test/double.js';
import { erpnext, errorTable } from './index.js';

const ajv = new Ajv({ strict: false });
addFormats.default(ajv);
const now = () => new Date('2026-11-27T06:00:00Z');
const told: JsonObject = {
  id: 'ACC-SINV-2026-00001', number: 'ACC-SINV-2026-00001', type: 'invoice', key: null, reference: 'BILL-1', currency: 'USD', total: '108.88', tax: '8.88',
  date: day, state: 'posted',
}; // prettier-ignore

describeConnector(erpnext, {
  describe, it, expect, ajv, settings,
  unpack: { deliveries: [{ id: 'documents/invoice/1', body: JSON.stringify(told), via: 'poll', stream: 'documents' }] },
}); // prettier-ignore

for (const name of ['invoice', 'journal-entry'] as const) {
  const running: ReturnType<typeof startDouble<ReturnType<typeof double.start>>>[] = [];
  describeOperation(erpnext, name, {
    describe, it, expect, ajv,
    target() {
      running.unshift(startDouble(double));
      return Promise.resolve({ settings, http: running[0]!.http, now });
    },
    document: (unique) => documents[name](unique),
    count: (key) => Promise.resolve(countOf(running[0]!.state, name, key)),
    skip: {
      'a lost answer is in doubt, and the look-up finds the document':
        'The first answer is that of the draft, which is not in the books yet; each of the two writes is cut under the posting rules of the engine.',
    },
  }); // prettier-ignore
}

describeDocuments(erpnext, {
  describe, it, expect, ajv, day,
  target: () => Promise.resolve({ settings, http: startDouble(double).http }),
  posts: [
    { operation: 'invoice', document: documents.invoice, told: { type: 'invoice', total: '561.07', tax: '45.74', currency: 'USD' } },
    { operation: 'credit-memo', document: documents['credit-memo'], told: { type: 'credit-memo', total: '561.07', tax: '45.74', currency: 'USD' } },
    { operation: 'payment', document: documents.payment, told: { type: 'payment', total: '108.00', tax: null, currency: 'USD' } },
    { operation: 'payment', effect: 'refund', document: documents['payment:refund'], told: { type: 'refund', total: '7.10', tax: null, currency: 'USD' } },
  ],
}); // prettier-ignore

const start = () => {
  const running = startDouble(double);
  return { ...running, context: (http = running.http) => testContext({ settings, http, now }) };
};
const request = (document: JsonObject, more: Partial<SendRequest> = {}): SendRequest => ({
  effect: 'create',
  key: 'wb-aaaaaaaaaaaaaaaaaaaaaaaaaa',
  document,
  attempt: 1,
  ...more,
});
const factsOf = async (call: Promise<unknown>) => {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isConnectorFailure(error) ? error.facts : undefined;
};
const { invoice, 'credit-memo': creditMemo, payment: payments, customer } = erpnext.operations;
const seat = { description: 'Seat', quantity: '1', amount: '10.00', account: '4110' };
const small = (number: string, more: JsonObject = {}) =>
  sale(number, { lines: [seat], taxLines: [], subtotal: '10.00', taxTotal: '0.00', total: '10.00', ...more });

describe('what is sent', () => {
  it('is held against schemas: a stranger, a wrong type, a filter on an unknown field and a missing key are breaches', async () => {
    const { http, breaches, context } = start();
    for (const [name, document] of [['invoice', documents.invoice('fits')], ['credit-memo', documents['credit-memo']('fits')], ['payment', documents.payment('fits')], ['journal-entry', documents['journal-entry']('fits')], ['customer', documents.customer('fits')]] as const)
      await erpnext.operations[name].send(context(), request(document, { key: `wb-${name}` }));
    expect(breaches).toEqual([]);
    const call = (method: 'GET' | 'POST', path: string, options: { body?: JsonObject; query?: Record<string, string>; authorization?: string } = {}) =>
      http.request({ method, url: `${settings.baseUrl}/api/resource/${path}`, headers: { authorization: options.authorization ?? 'token k:s' }, ...options });
    const listing = { order_by: 'name asc', limit_page_length: '1' };
    await call('POST', 'Customer', { body: { customer_name: 'X', customer_group: 'Y', territory: 'Z', nickname: 'N' } });
    await call('POST', 'Journal%20Entry', { body: { voucher_type: 'Journal Entry', company: 'A', posting_date: '20.11.2026', accounts: [] } });
    await call('GET', 'Customer', { query: { ...listing, filters: '[["nickname","=","N"]]' } });
    await call('GET', 'Gadget', { query: listing });
    await call('GET', 'Customer', { query: listing, authorization: 'Basic x' });
    expect(breaches).toEqual([
      expect.stringContaining('"additionalProperty":"nickname"'), expect.stringContaining('/posting_date'), expect.stringContaining('the filter ["nickname"'),
      expect.stringContaining('no such path'), expect.stringContaining('token is missing'),
    ]);
  }); // prettier-ignore
  it('posts billing’s tax as it is, in exact numbers, and creates before it submits', async () => {
    const { requests, context } = start();
    await invoice.send(context(), request(sale('BILL-7')));
    const writes = requests.filter(({ method }) => method !== 'GET');
    expect(writes.map(({ method, path }) => `${method} ${path.split('/').length}`)).toEqual(['POST 4', 'PUT 5']);
    expect(writes[0]!.text).toContain('"tax_amount":45.74');
    expect(writes[0]!.json).toMatchObject({ set_posting_time: 1, disable_rounded_total: 1, [keyField]: 'wb-aaaaaaaaaaaaaaaaaaaaaaaaaa', taxes: [{ charge_type: 'Actual' }] }); // prettier-ignore
    expect(writes[1]!.json).toEqual({ docstatus: 1 });
  });
  it('turns the sign of a credit note, and lowers what is open on the invoice that it names', async () => {
    const { context, state, requests } = start();
    const receipt = await creditMemo.send(context(), request(documents['credit-memo']('c')));
    expect(receipt.totals).toEqual({ currency: 'USD', total: '561.07', tax: '45.74' });
    const made = requests.find(({ method }) => method === 'POST')!.json as { items: JsonObject[]; taxes: JsonObject[] };
    expect([made.items[0]!['qty'], made.items[0]!['item_code'], made.taxes[0]!['tax_amount']]).toEqual([-10, undefined, -45.74]);
    expect(state.rows['Sales Invoice']![0]!['outstanding_amount']).toBe(999_438.93);
  });
});

describe('refusals', () => {
  it('name what is missing or disabled, before anything is written', async () => {
    const of = async (more: JsonObject, name: 'invoice' | 'credit-memo' = 'invoice') => {
      const { context, requests } = start();
      const facts = await factsOf(erpnext.operations[name].send(context(), request(sale('R-1', more))));
      expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
      return facts;
    };
    expect(await of({ customer: 'NOBODY' })).toMatchObject({ category: 'master-data', code: 'customer-unknown', cause: 'customer NOBODY unknown in Acme US Inc' });
    expect(await of({ lines: [{ ...seat, account: '999' }] })).toMatchObject({ code: 'account-unknown', path: '/lines/0/account' });
    expect(await of({ lines: [seat, { ...seat, account: 'Old Sales - A' }] })).toMatchObject({ code: 'account-disabled', path: '/lines/1/account' });
    expect(await of({ taxLines: [{ taxCode: 'X', account: '998', base: '1', amount: '1' }] })).toMatchObject({ code: 'account-unknown', path: '/taxLines/0/account' });
    expect(await of({ invoice: 'NEVER' }, 'credit-memo')).toMatchObject({ category: 'posting-rejection', code: 'invoice-unknown' });
  }); // prettier-ignore
  it('at submission take the draft away, in ERPNext’s words without its HTML', async () => {
    const { context, state } = start();
    state.refuseNextSubmit = ['ValidationError', 'You are not authorized to add or update entries before <strong>30-11-2026</strong>'];
    expect(await factsOf(invoice.send(context(), request(sale('R-2'))))).toMatchObject({
      category: 'posting-rejection', code: 'ValidationError', remedy: expect.stringContaining('period'),
      message: expect.stringContaining('entries before 30-11-2026. The accounts are frozen'), vendorWords: expect.not.stringContaining('Traceback'),
    });
    expect(countOf(state, 'invoice', 'wb-aaaaaaaaaaaaaaaaaaaaaaaaaa')).toBe(0);
  }); // prettier-ignore
  it('at submission leave a draft that the user may not delete, and the next send goes on from it', async () => {
    const { context, state } = start();
    state.mayDelete = false;
    state.refuseNextSubmit = ['PartyFrozen', 'Customer Ada is frozen'];
    expect(await factsOf(invoice.send(context(), request(sale('R-3'))))).toMatchObject({ category: 'master-data', code: 'PartyFrozen' });
    const [left] = state.rows['Sales Invoice']!.filter((row) => row['docstatus'] === 0);
    expect((await invoice.send(context(), request(sale('R-3'), { attempt: 2 }))).documentId).toBe(left!['name']);
  });
  it('of amounts that ERPNext makes otherwise leave nothing', async () => {
    const { context, state } = start();
    const facts = await factsOf(invoice.send(context(), request(sale('R-4', { total: '561.08' }))));
    expect(facts).toMatchObject({
      code: 'totals-differ',
      path: '/total',
      message: expect.stringMatching(/561\.07 USD and not 561\.08 USD/),
    });
    expect(state.rows['Sales Invoice']!.length).toBe(1);
  });
  it('of more than is open, of another currency, and of a void of what is paid, change nothing', async () => {
    const { context, state } = start();
    const original = { ...(await invoice.send(context(), request(sale('R-5')))), key: 'wb-x' };
    const pay = (more: JsonObject) => payments.send(context(), request(payment('x', { invoice: 'R-5', ...more }), { key: 'wb-pay' }));
    expect(await factsOf(pay({ amount: '561.08' }))).toMatchObject({ code: 'payment-too-large', message: expect.stringContaining('561.07 USD is open') });
    expect(await factsOf(pay({ clearingAccount: '1251' }))).toMatchObject({ code: 'payment-currency', path: '/currency' });
    await pay({ amount: '1.00' });
    const facts = await factsOf(invoice.send(context(), request(sale('R-5'), { effect: 'void', original })));
    expect(facts).toMatchObject({ code: 'document-is-settled', message: expect.stringContaining('560.07') });
    expect(state.rows['Sales Invoice']!.at(-1)).toMatchObject({ docstatus: 1 });
  }); // prettier-ignore
  it('that no row knows are decided by HTTP; what was rolled back for others goes again', async () => {
    const answered = (status: number, body: unknown) => {
      const { http, context } = start();
      const broken = onWrite(http, () => answeringHttp({ status, text: JSON.stringify(body) }).request({ method: 'GET', url: '' }));
      return factsOf(invoice.send(context(broken), request(sale('R-6'))));
    };
    const words = (message: string) => JSON.stringify([JSON.stringify({ message })]);
    expect(await answered(417, { exc_type: 'ValidationError', _server_messages: words('Something new') })).toMatchObject({ recovery: 'rejected', category: 'posting-rejection', message: expect.stringMatching(/Something new\. No row of the error table knows ValidationError; HTTP 417/) });
    expect(await answered(417, { exc_type: 'ValidationError', exception: 'frappe.exceptions.ValidationError: Books have been closed till the period ending on 30-11-2026' })).toMatchObject({ category: 'posting-rejection', remedy: expect.stringContaining('period') });
    expect(await answered(508, { exc_type: 'QueryDeadlockError' })).toMatchObject({ recovery: 'retryable' });
    expect(await answered(500, { exc_type: 'KeyError' })).toMatchObject({ recovery: 'in-doubt' });
    expect(await answered(403, { exc_type: 'PermissionError' })).toMatchObject({ recovery: 'misconfigured' });
  }); // prettier-ignore
  it('have a remedy wherever a person must act, and every row of the general exception has its words', () => {
    for (const { code, class: of, remedy, words } of errorTable) {
      if (!['transient', 'throttled', 'in-doubt'].includes(of)) expect(`${code} ${(remedy?.length ?? 0) > 15}`).toBe(`${code} true`);
      if (code === 'ValidationError') expect(words?.length ?? 0).toBeGreaterThan(0);
    }
  });
});

describe('what is there already', () => {
  it('a half-made draft that says another amount is written over, and submitted', async () => {
    const { context, state, fault } = start();
    fault('lost-before', { skip: 1 });
    await expect(invoice.send(context(), request(sale('H-1')))).rejects.toThrow('reset');
    expect(await invoice.find(context(), request(sale('H-1')))).toBe(null);
    const [draft] = state.rows['Sales Invoice']!.filter((row) => row['docstatus'] === 0);
    const receipt = await invoice.send(context(), request(small('H-1')));
    expect(receipt).toMatchObject({ documentId: draft!['name'], totals: { total: '10.00', tax: '0.00' } });
    expect(countOf(state, 'invoice', 'wb-aaaaaaaaaaaaaaaaaaaaaaaaaa')).toBe(1);
  });
  it('and submitted with other money is a duplicate that names both', async () => {
    const { context } = start();
    await invoice.send(context(), request(sale('D-1')));
    const facts = await factsOf(invoice.send(context(), request(small('D-1'))));
    expect(facts).toMatchObject({ category: 'duplicate', message: expect.stringMatching(/515\.33 USD and not 10\.00 USD/) });
  });
  it('and amended by somebody is its newest amendment; cancelled alone it still counts as made', async () => {
    const { context, state } = start();
    const first = await invoice.send(context(), request(sale('A-1')));
    const row = state.rows['Sales Invoice']!.at(-1)!;
    row['docstatus'] = 2;
    expect(await invoice.find(context(), request(sale('A-1')))).toMatchObject({
      documentId: first.documentId,
      details: { status: 'cancelled' },
    });
    const amended = { ...row, name: `${first.documentId}-1`, amended_from: first.documentId, docstatus: 2, [keyField]: null };
    state.rows['Sales Invoice']!.push(amended, {
      ...amended,
      name: `${first.documentId}-2`,
      amended_from: amended.name,
      docstatus: 1,
      grand_total: 600,
    });
    const again = await invoice.send(context(), request(sale('A-1'), { attempt: 2 }));
    expect(again).toMatchObject({
      documentId: `${first.documentId}-2`,
      totals: { total: '600.00' },
      details: { amendedFrom: amended.name },
    });
  });
  it('a customer is written over by number or by name, and a name that somebody else has is a duplicate', async () => {
    const { context, state } = start();
    await customer.send(context(), request({ number: 'CUST-1', name: 'Ada Ltd', active: false }));
    await customer.send(context(), request({ number: 'CUST-2', name: 'Bob' }));
    expect(state.rows['Customer']).toMatchObject([{ name: 'Ada', customer_name: 'Ada Ltd', disabled: 1 }, { name: 'CUST-2', [keyField]: 'CUST-2' }]);
    expect(await factsOf(customer.send(context(), request({ number: 'CUST-9', name: 'Ada' })))).toMatchObject({ category: 'duplicate', code: 'DuplicateEntryError' });
  }); // prettier-ignore
});

describe('look-ups and check', () => {
  it('find one or none, and tell whether a date is open', async () => {
    const { context, state } = start();
    const { customer: who, account, item, currency, 'tax-code': tax, company, period, invoice: bill } = erpnext.lookups;
    expect(await who.run(context(), { number: 'CUST-1' })).toMatchObject({ name: 'Ada', active: true });
    expect(await account.run(context(), { code: '1250' })).toMatchObject({ name: '1250 - Stripe - A', currency: 'USD' });
    expect([await item.run(context(), { code: 'PRO' }), await item.run(context(), { code: 'NONE' })]).toEqual([expect.objectContaining({ name: 'Pro plan' }), null]);
    expect(await currency.run(context(), { code: 'JPY' })).toEqual({ code: 'JPY', active: false });
    expect([await tax.run(context(), { taxCode: '2310' }), await tax.run(context(), { taxCode: '4110' })]).toEqual([expect.objectContaining({ rate: '8.875' }), null]);
    expect(await company.run(context(), {})).toEqual({ name: 'Acme US Inc', currency: 'USD' });
    expect(await bill.run(context(), { number: 'OPEN-1' })).toMatchObject({ open: '1000000' });
    const at = (date: string) => period.run(context(), { date });
    expect(await at(day)).toEqual({ date: day, open: true, fiscalYear: '2026', closedBy: null, frozenUntil: '2025-12-31' });
    expect(await at('2025-12-31')).toMatchObject({ open: false, fiscalYear: null });
    (state.rows['Accounting Period']![0]!['closed_documents'] as JsonObject[])[0]!['closed'] = 1;
    expect(await at(day)).toMatchObject({ open: false, closedBy: '2026-11' });
  }); // prettier-ignore
  it('say what to do when keys are wrong, and when the field that keeps second documents away is not unique', async () => {
    const { context, state } = start();
    expect((await erpnext.check(context())).filter(({ ok }) => !ok)).toEqual([]);
    state.rows['Custom Field']![1]!['unique'] = 0;
    state.rows['Custom Field']!.pop();
    const [wrong] = (await erpnext.check(context())).filter(({ ok }) => !ok);
    expect(wrong).toMatchObject({ name: 'Custom fields', detail: 'custom_waybill_key of Payment Entry is not unique; custom_waybill_number of Sales Invoice is not there.' });
    state.secret = 'another';
    expect(await erpnext.check(context())).toMatchObject([{ ok: false, detail: expect.stringContaining('Invalid API key'), remedy: expect.stringContaining('keys') }]);
  }); // prettier-ignore
});
