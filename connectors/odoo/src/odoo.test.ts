// What every connector owes, what the calls of Odoo's external API take, and what its books say of what was posted.
import { describe, expect, it } from '@jest/globals';
import { isConnectorFailure, type JsonObject, type SendRequest } from '@waybill/sdk';
import { answeringHttp, describeConnector, describeDocuments, testContext } from '@waybill/sdk/conformance';
import { startDouble } from '@waybill/sdk/double';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { countOf, day, documents, double, payment, sale, settings } from '../test/double.js';
import { errorTable, odoo } from './index.js';
import { priced } from './sale-values.js';

const ajv = new Ajv({ strict: false });
addFormats.default(ajv);
const now = () => new Date('2026-11-27T06:00:00Z');
const told: JsonObject = {
  id: '7', number: 'INV/2026/00001', type: 'invoice', key: null, reference: 'BILL-1', currency: 'USD', total: '108.88', tax: '8.88', date: day, state: 'posted',
}; // prettier-ignore

describeConnector(odoo, {
  describe, it, expect, ajv, settings,
  unpack: { deliveries: [{ id: 'documents/invoice/7', body: JSON.stringify(told), via: 'poll', stream: 'documents' }] },
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
const { invoice, 'credit-memo': creditMemo, payment: payments, 'journal-entry': journalEntry, customer } = odoo.operations;
const seat = { description: 'Seat', quantity: '3', unitPrice: '3.33', amount: '9.99', account: '400100', taxCodes: ['8.875%'] };

describeDocuments(odoo, {
  describe, it, expect, ajv, day,
  target: () => Promise.resolve({ settings, http: startDouble(double).http }),
  posts: [
    { operation: 'invoice', document: documents.invoice, told: { type: 'invoice', total: '561.07', tax: '45.74', currency: 'USD' } },
    { operation: 'credit-memo', document: documents['credit-memo'], told: { type: 'credit-memo', total: '561.07', tax: '45.74', currency: 'USD' } },
    { operation: 'payment', document: documents.payment, told: { type: 'payment', total: '108.00', tax: null, currency: 'USD' } },
    { operation: 'payment', effect: 'refund', document: documents['payment:refund'], told: { type: 'refund', total: '7.10', tax: null, currency: 'USD' } },
  ],
}); // prettier-ignore

describe('what is sent', () => {
  it('is held against schemas: a stranger, a wrong type, an unknown call and a missing key are breaches', async () => {
    const { http, breaches, context } = start();
    for (const [name, document] of [['invoice', documents.invoice('fits')], ['payment', documents.payment('fits')], ['journal-entry', documents['journal-entry']('fits')], ['customer', documents.customer('fits')]] as const)
      await odoo.operations[name].send(context(), request(document));
    expect(breaches).toEqual([]);
    const call = (path: string, body: JsonObject, headers: Record<string, string> = {}) =>
      http.request({ method: 'POST', url: `${settings.baseUrl}/json/2/${path}`, headers: { authorization: 'bearer k', 'x-odoo-database': 'acme', ...headers }, body });
    const english = { lang: 'en_US' };
    await call('res.partner/create', { context: english, vals_list: [{ name: 'X', ref: 'X', nickname: 'Y' }] });
    await call('account.move/action_post', { context: english, ids: ['7'] });
    await call('account.move/post', { context: english, ids: [7] });
    await call('res.company/search_read', { context: {}, domain: [], fields: ['name'], limit: 1, order: 'id' });
    await call('account.move/action_post', { context: english, ids: [7] }, { authorization: '' });
    expect(breaches).toEqual([
      expect.stringContaining('"additionalProperty":"nickname"'), expect.stringContaining('/ids/0 must be integer'), expect.stringContaining('no such path'),
      expect.stringContaining("/context must have required property 'lang'"), expect.stringContaining('the API key is missing'),
    ]);
  }); // prettier-ignore
  it('has amounts with every digit, our key as origin, and billing’s number as reference', async () => {
    const { requests, context } = start();
    await invoice.send(context(), request(sale('BILL-7')));
    const made = requests.find(({ path }) => path.endsWith('/account.move/create'))!;
    expect(made.text).toContain('"price_unit":49.99');
    const [values] = (made.json as { vals_list: JsonObject[] }).vals_list;
    expect(values).toMatchObject({
      ref: 'BILL-7',
      invoice_origin: 'wb-aaaaaaaaaaaaaaaaaaaaaaaaaa',
      invoice_payment_term_id: false,
      date: day,
    });
  });
  it('sells a line once for its amount where quantity and price do not make it, or need more digits than Odoo keeps', () => {
    expect(priced({ description: 'Calls', quantity: '1234', unitPrice: '0.0125', amount: '15.43' })).toEqual({ quantity: '1', price: '15.43', words: 'Calls (1234 × 0.0125)' }); // prettier-ignore
    expect(priced({ description: 'Seats', quantity: '4', unitPrice: '22.5', amount: '90.00' })).toEqual({ quantity: '4', price: '22.5', words: 'Seats' }); // prettier-ignore
    expect(priced({ description: 'Credit', quantity: '1', amount: '-3.00' })).toEqual({ quantity: '1', price: '-3.00', words: 'Credit' });
  });
});

describe('tax', () => {
  // Three lines of 9.99 at 8.875 %: 0.89 each by line, 2.66 of the whole.
  const three = (taxTotal: string, total: string) =>
    sale('TAX-1', {
      lines: [seat, seat, seat],
      taxLines: [{ taxCode: '8.875%', base: '29.97', amount: taxTotal }],
      subtotal: '29.97',
      taxTotal,
      total,
    });
  it('that rounding parts is set to billing’s in the draft', async () => {
    const { context, state } = start();
    const receipt = await invoice.send(context(), request(three('2.66', '32.63')));
    expect(receipt.totals).toEqual({ currency: 'USD', total: '32.63', tax: '2.66' });
    expect(state.rows['account.move.line']).toMatchObject([{ amount_currency: -2.66 }]);
    const memo = await creditMemo.send(context(), request(three('2.66', '32.63'), { key: 'wb-memo' }));
    expect(memo.totals).toMatchObject({ tax: '2.66' });
  });
  it('that differs by more is an exception with both, and leaves no draft', async () => {
    const { context, state } = start();
    const facts = await factsOf(invoice.send(context(), request(three('2.50', '32.47'))));
    expect(facts).toMatchObject({
      category: 'posting-rejection',
      code: 'tax-differs',
      message: expect.stringMatching(/2\.67 USD.+2\.50 USD/),
    });
    expect(countOf(state, 'invoice', 'wb-')).toBe(0);
  });
  it('of none is none', async () => {
    const { context } = start();
    const { taxCodes: _, ...bare } = seat;
    const document = sale('TAX-2', { lines: [bare], taxLines: [], subtotal: '9.99', taxTotal: '0.00', total: '9.99' });
    expect((await invoice.send(context(), request(document))).totals).toEqual({ currency: 'USD', total: '9.99', tax: '0.00' });
  });
});

describe('refusals', () => {
  it('name what is missing or archived, before anything is written', async () => {
    const of = async (more: JsonObject, name: 'invoice' | 'credit-memo' = 'invoice') => {
      const { context, state } = start();
      const facts = await factsOf(odoo.operations[name].send(context(), request(sale('R-1', more))));
      expect(countOf(state, name, 'wb-')).toBe(0);
      return facts;
    };
    expect(await of({ customer: 'NOBODY' })).toMatchObject({ category: 'master-data', code: 'customer-unknown', cause: 'customer NOBODY unknown in Acme US Inc' });
    expect(await of({ customer: 'CUST-2' })).toMatchObject({ category: 'master-data', code: 'customer-ambiguous', message: expect.stringContaining('Bob again') });
    expect(await of({ lines: [{ ...seat, account: '999' }] })).toMatchObject({ code: 'account-unknown', path: '/lines/0/account' });
    expect(await of({ lines: [seat, { ...seat, account: '499900' }] })).toMatchObject({ code: 'account-inactive', path: '/lines/1/account' });
    expect(await of({ lines: [{ ...seat, taxCodes: ['9%'] }] })).toMatchObject({ code: 'tax-code-unknown', path: '/lines/0/taxCodes' });
    expect(await of({ currency: 'JPY' })).toMatchObject({ code: 'currency-inactive', path: '/currency' });
    expect(await of({ invoice: 'NEVER' }, 'credit-memo')).toMatchObject({ category: 'posting-rejection', code: 'invoice-unknown' });
  }); // prettier-ignore
  it('follow the lock date of each kind: a tax lock stops what the tax report shows, and no payment', async () => {
    const { context, state } = start();
    state.rows['res.company']![0]!['user_tax_lock_date'] = '2026-11-30';
    expect(await factsOf(invoice.send(context(), request(sale('L-1'))))).toMatchObject({ code: 'period-closed', message: expect.stringContaining('up to 2026-11-30') });
    const { taxCodes: _, ...bare } = seat;
    await invoice.send(context(), request(sale('L-2', { lines: [bare], taxLines: [], subtotal: '9.99', taxTotal: '0', total: '9.99' }), { key: 'wb-l2' }));
    await payments.send(context(), request(payment('l'), { key: 'wb-l3' }));
    state.rows['res.company']![0]!['user_sale_lock_date'] = '2026-11-30';
    expect(await factsOf(invoice.send(context(), request(sale('L-4', { lines: [bare], taxLines: [], subtotal: '9.99', taxTotal: '0', total: '9.99' }))))).toMatchObject({ code: 'period-closed' });
  }); // prettier-ignore
  it('at posting take the draft away, and once the cause is gone it is posted', async () => {
    const { context, state } = start();
    state.refuseNextPost = 'A line of this move is using a deprecated account, you cannot post it.';
    expect(await factsOf(invoice.send(context(), request(sale('R-2'))))).toMatchObject({
      category: 'master-data',
      code: 'odoo.exceptions.UserError',
      remedy: expect.stringContaining('account table'),
    });
    expect(countOf(state, 'invoice', 'wb-')).toBe(0);
    expect((await invoice.send(context(), request(sale('R-2'), { attempt: 2 }))).documentNumber).toBe('INV/2026/00001');
  });
  it('of more than is open, and of a void of what is paid, change nothing', async () => {
    const { context, state } = start();
    const original = { ...(await invoice.send(context(), request(sale('R-3')))), key: 'wb-x' };
    const pay = (amount: string) => payments.send(context(), request(payment('x', { invoice: 'R-3', amount }), { key: `wb-${amount.replace('.', '')}` }));
    expect(await factsOf(pay('561.08'))).toMatchObject({ code: 'payment-too-large', message: expect.stringContaining('561.07 USD is open') });
    await pay('1.00');
    const facts = await factsOf(invoice.send(context(), request(sale('R-3'), { effect: 'void', original })));
    expect(facts).toMatchObject({ code: 'document-is-settled', message: expect.stringContaining('partial') });
    expect(state.rows['account.move']!.at(-1)).toMatchObject({ state: 'posted', amount_residual: 560.07 });
  }); // prettier-ignore
  it('of a sentence that no row knows are decided by HTTP, and a failure of the database that was rolled back goes again', async () => {
    const answered = (status: number, body: unknown) => {
      const { http, context } = start();
      const broken = { request: (asked: Parameters<typeof http.request>[0]) => (asked.url.endsWith('/create') ? answeringHttp({ status, text: JSON.stringify(body) }).request(asked) : http.request(asked)) };
      return factsOf(invoice.send(context(broken), request(sale('R-4'))));
    };
    expect(await answered(422, { name: 'odoo.exceptions.UserError', message: 'Something new.' })).toMatchObject({ recovery: 'rejected', category: 'posting-rejection', message: expect.stringMatching(/Something new\. No row of the error table knows odoo\.exceptions\.UserError/) });
    expect(await answered(500, { name: 'builtins.TypeError', message: 'boom', debug: 'Traceback /opt/odoo' })).toMatchObject({ recovery: 'in-doubt', vendorWords: expect.not.stringContaining('Traceback') });
    expect(await answered(500, { name: 'psycopg2.errors.SerializationFailure', message: 'could not serialize access' })).toMatchObject({ recovery: 'retryable' });
    expect(await answered(403, { name: 'odoo.exceptions.AccessError', message: 'You are not allowed to create.' })).toMatchObject({ recovery: 'misconfigured', remedy: expect.stringContaining('rights') });
    expect(await answered(200, [])).toMatchObject({ recovery: 'in-doubt', code: 'answer-without-id' });
  }); // prettier-ignore
  it('have a remedy wherever a person must act, and every row of a general exception has its words', () => {
    for (const { code, class: of, remedy, words } of errorTable) {
      if (!['transient', 'throttled', 'in-doubt'].includes(of)) expect(`${code} ${(remedy?.length ?? 0) > 15}`).toBe(`${code} true`);
      if (/UserError|ValidationError/.test(code)) expect(words?.length ?? 0).toBeGreaterThan(0);
    }
  });
});

describe('what is there already', () => {
  it('a half-made draft that says the same is posted, one that says another amount is made anew', async () => {
    const { context, state, fault } = start();
    const half = async (document: JsonObject) => {
      fault('lost-before', { only: ({ path }) => path.endsWith('/action_post') });
      await expect(invoice.send(context(), request(document))).rejects.toThrow('reset');
    };
    await half(sale('H-1'));
    const [draft] = state.rows['account.move']!.filter((row) => row['state'] === 'draft');
    expect(await invoice.find(context(), request(sale('H-1')))).toBe(null);
    const small = sale('H-1', { lines: [seat], taxLines: [{ taxCode: '8.875%', base: '9.99', amount: '0.89' }], subtotal: '9.99', taxTotal: '0.89', total: '10.88' });
    const other = await invoice.send(context(), request(small));
    expect(other).toMatchObject({ totals: { total: '10.88' } });
    expect(other.documentId).not.toBe(String(draft!['id']));
    state.rows['account.move'] = state.rows['account.move']!.slice(0, 1);
    await half(sale('H-1'));
    const [again] = state.rows['account.move'].filter((row) => row['state'] === 'draft');
    expect((await invoice.send(context(), request(sale('H-1')))).documentId).toBe(String(again!['id']));
    expect(countOf(state, 'invoice', 'wb-')).toBe(1);
  }); // prettier-ignore
  it('and posted with other money is a duplicate that names both; cancelled by somebody it still counts as made', async () => {
    const { context, state } = start();
    const first = await invoice.send(context(), request(sale('D-1')));
    const facts = await factsOf(invoice.send(context(), request(sale('D-1', { total: '561.08' }))));
    expect(facts).toMatchObject({ category: 'duplicate', message: expect.stringMatching(/561\.07 USD.+561\.08 USD/) });
    state.rows['account.move']!.at(-1)!['state'] = 'cancel';
    expect(await invoice.find(context(), request(sale('D-1')))).toMatchObject({
      documentId: first.documentId,
      details: { state: 'cancel' },
    });
  });
  it('under a longer key that begins with ours is not ours', async () => {
    const { context } = start();
    await journalEntry.send(context(), request(documents['journal-entry']('a'), { key: 'wb-ab' }));
    expect(await journalEntry.find(context(), request(documents['journal-entry']('a'), { key: 'wb-a' }))).toBe(null);
  });
  it('a credit memo that names its invoice is matched with it when it is posted', async () => {
    const { context, state } = start();
    await creditMemo.send(context(), request(documents['credit-memo']('m')));
    expect(state.rows['account.move']![0]).toMatchObject({ ref: 'OPEN-1', payment_state: 'partial', amount_residual: 999_438.93 });
  });
  it('a customer is written over, and what the document does not say is left', async () => {
    const { context, state } = start();
    await customer.send(context(), request({ number: 'CUST-1', name: 'Ada Ltd' }));
    expect(state.rows['res.partner']![0]).toMatchObject({ name: 'Ada Ltd', active: true });
    expect(await factsOf(customer.send(context(), request({ number: 'CUST-2', name: 'Bob' })))).toMatchObject({
      code: 'customer-ambiguous',
    });
  });
});

describe('look-ups and check', () => {
  it('find one or none, and tell whether a date is open', async () => {
    const { context, situation } = start();
    const { customer: who, account, item, currency, 'tax-code': tax, journal, company, period, invoice: bill } = odoo.lookups;
    expect(await who.run(context(), { number: 'CUST-1' })).toMatchObject({ name: 'Ada', active: true });
    expect(await account.run(context(), { code: '499900' })).toMatchObject({ active: false });
    expect([await item.run(context(), { code: 'PRO' }), await item.run(context(), { code: 'NONE' })]).toEqual([expect.objectContaining({ name: 'Pro plan' }), null]);
    expect(await currency.run(context(), { code: 'EUR' })).toEqual({ code: 'EUR', decimals: '2', active: true });
    expect(await tax.run(context(), { taxCode: '8.875%' })).toMatchObject({ rate: '8.875' });
    expect(await journal.run(context(), { code: 'STRP' })).toMatchObject({ type: 'bank' });
    expect(await company.run(context(), {})).toEqual({ id: '1', name: 'Acme US Inc', currency: 'USD' });
    expect(await bill.run(context(), { number: 'OPEN-1' })).toMatchObject({ open: '1000000', currency: 'USD' });
    expect(await period.run(context(), { date: day })).toMatchObject({ sales: true, entries: true, lockedUntil: null });
    expect((await odoo.check(context())).filter(({ ok }) => !ok)).toEqual([]);
    situation('closed-period');
    expect(await period.run(context(), { date: day })).toEqual({ date: day, sales: false, entries: false, lockedUntil: '2026-11-30' });
  }); // prettier-ignore
  it('a key that is over and a company that is not there say what to do', async () => {
    const { context, state } = start();
    const steps = await odoo.check(testContext({ settings: { ...settings, company: 'Nobody' }, http: start().http, now }));
    expect(steps).toMatchObject([{ ok: false, remedy: expect.stringContaining('Correct the company') }]);
    state.key = 'another';
    expect(await odoo.check(context())).toMatchObject([{ ok: false, detail: expect.stringContaining('Invalid apikey'), remedy: expect.stringContaining('API key') }]);
  }); // prettier-ignore
  it('the account names server, database and company, and never the key', () => {
    expect(odoo.account(settings)).toBe('odoo/acme.odoo.example/acme/Acme US Inc');
  });
});
