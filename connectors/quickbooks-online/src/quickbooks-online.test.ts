// What every connector owes, what Intuit's XSD says of what is sent, and what QuickBooks' answers mean.
import { describe, expect, it } from '@jest/globals';
import { isConnectorFailure, readExact, type JsonObject } from '@waybill/sdk';
import {
  answeringHttp,
  describeConnector,
  describeDocuments,
  describeOperation,
  onWrite,
  sharedLogins,
  testContext,
} from '@waybill/sdk/conformance';
import { startDouble } from '@waybill/sdk/double';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { contractMissing, countOf, double, settings } from '../test/double.js';
import { documents } from '../test/documents.js';
import { saleOf } from './documents.js';
import { errorTable, quickbooksOnline } from './index.js';

const ajv = new Ajv({ strict: false });
addFormats.default(ajv);
const now = () => new Date('2026-11-27T06:00:00Z');
const row = (more: JsonObject) =>
  JSON.stringify({ Id: '7', SyncToken: '1', MetaData: { LastUpdatedTime: '2026-11-27T01:02:03-08:00' }, TotalAmt: '10.10', ...more });
const polled = (stream: string, more: JsonObject = {}) => ({ id: `${stream}/7/1`, body: row(more), via: 'poll' as const, stream });

describeConnector(quickbooksOnline, {
  describe, it, expect, ajv, settings,
  unpack: {
    deliveries: [
      {
        id: 'd', via: 'poll', stream: 'documents',
        body: JSON.stringify({ id: '7', number: 'INV-1', type: 'invoice', key: null, reference: 'INV-1', currency: 'USD', total: '108.00', tax: '8.00', date: '2026-11-23', state: 'posted' }),
      },
      polled('invoices'), polled('credit-memos'), polled('payments'), polled('journal-entries'), polled('customers', { DisplayName: 'C-1 Ada' }),
    ],
  },
}); // prettier-ignore

let refunds: ReturnType<typeof startDouble<ReturnType<typeof double.start>>>;

for (const name of ['invoice', 'payment', 'journal-entry'] as const) {
  const running: ReturnType<typeof startDouble<ReturnType<typeof double.start>>>[] = [];
  describeOperation(quickbooksOnline, name, {
    describe, it, expect, ajv,
    target() {
      running.unshift(startDouble(double));
      return Promise.resolve({ settings, http: running[0]!.http, now });
    },
    document: (unique) => documents[name](unique),
    count: (key) => Promise.resolve(countOf(running[0]!.state, name, key)),
  }); // prettier-ignore
}

describeOperation(quickbooksOnline, 'payment', {
  describe, it, expect, ajv,
  effect: 'refund',
  target: () => Promise.resolve({ settings, http: (refunds = startDouble(double)).http, now }),
  document: (unique) => documents['payment:refund'](unique),
  count: (key) => Promise.resolve(countOf(refunds.state, 'payment', key)),
}); // prettier-ignore

describeDocuments(quickbooksOnline, {
  describe, it, expect, ajv, day: '2026-11-23',
  target: () => Promise.resolve({ settings, http: startDouble(double).http }),
  posts: [
    { operation: 'invoice', document: documents.invoice, told: { type: 'invoice', total: '108.00', tax: '8.00', currency: 'USD' } },
    { operation: 'credit-memo', document: documents['credit-memo'], told: { type: 'credit-memo', total: '108.00', tax: '8.00', currency: 'USD' } },
    { operation: 'payment', document: documents.payment, told: { type: 'payment', total: '108.00', tax: null, currency: 'USD' } },
    { operation: 'payment', effect: 'refund', document: documents['payment:refund'], told: { type: 'refund', total: '108.00', tax: null, currency: 'USD' } },
  ],
}); // prettier-ignore

const start = () => {
  const running = startDouble(double);
  const logins = sharedLogins();
  const context = () => testContext({ settings, http: running.http, now, logins });
  return { ...running, context };
};
const send = { effect: 'create' as const, key: 'wb-aaaaaaaaaaaaaaaaaaaaaaaaaa', attempt: 1 };
const factsOf = async (call: Promise<unknown>) => {
  const error: unknown = await call.catch((thrown: unknown) => thrown);
  return isConnectorFailure(error) ? error.facts : undefined;
};

describe('what is sent', () => {
  if (contractMissing) it.skip(`fits Intuit’s XSD (skipped: ${contractMissing})`, () => undefined);
  else
    it('is held against Intuit’s XSD: a field that it does not know is a breach', async () => {
      const { http, breaches, context } = start();
      await quickbooksOnline.operations.invoice.send(context(), { ...send, document: documents.invoice('fits') });
      expect(breaches).toEqual([]);
      const token = await http.request({ method: 'POST', url: 'https://v/oauth2/v1/tokens/bearer', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'grant_type=refresh_token&refresh_token=refresh-1-of-the-consent' }); // prettier-ignore
      const bearer = (JSON.parse(token.text) as { access_token: string }).access_token;
      const bad = { CustomerRef: { value: '1' }, Line: [{ Amount: '10.00', DetailType: 'SalesItemLineDetail', SalesItemDetail: {} }] };
      const url = 'https://v/v3/company/9130357/invoice?minorversion=75&requestid=x';
      await http.request({ method: 'POST', url, headers: { authorization: `Bearer ${bearer}`, accept: 'application/json' }, body: bad });
      expect(breaches.join()).toMatch(/SalesItemDetail is not known to Line/);
      expect(breaches.join()).toMatch(/Amount must be a number/);
    });
  it('keeps every digit of an amount, and leaves out a quantity whose product is another', () => {
    const sent = readExact(JSON.stringify({ a: 1 })) as JsonObject;
    expect(sent).toEqual({ a: '1' });
    const document = documents.invoice('digits');
    const [line] = document['lines'] as JsonObject[];
    const built = (change: JsonObject) => (saleOf({ key: 'k', document: { ...document, lines: [{ ...line, ...change }] } }) as { Line: { SalesItemLineDetail: { Qty: unknown } }[] }).Line[0]!; // prettier-ignore
    expect(built({ quantity: '3', unitPrice: '33.333333', amount: '100.00' }).SalesItemLineDetail.Qty).toBe(undefined);
    expect(built({ quantity: '4', unitPrice: '25.00', amount: '100.00' }).SalesItemLineDetail.Qty).not.toBe(undefined);
  });
  it('names company, minor version and request id in the address, and asks for JSON', async () => {
    const { requests, context } = start();
    await quickbooksOnline.operations.invoice.send(context(), { ...send, document: documents.invoice('address') });
    expect(requests.at(-1)).toMatchObject({ path: '/v3/company/9130357/invoice', query: { minorversion: '75', requestid: send.key } });
  });
});

describe('answers', () => {
  const answered = (status: number, body: unknown) => {
    const { http, context } = start();
    const broken = onWrite(http, () => answeringHttp({ status, text: JSON.stringify(body) }).request({ method: 'GET', url: '' }));
    return factsOf(
      quickbooksOnline.operations.invoice.send({ ...context(), http: broken }, { ...send, document: documents.invoice('answers') }),
    );
  };
  const fault = (code: string, Detail: string, type = 'ValidationFault') => ({
    Fault: { Error: [{ Message: 'No', Detail, code, element: 'TxnDate' }], type },
  });

  it.each([
    [
      'a fault with HTTP 200 is a failure',
      200,
      fault('610', 'Something has been made inactive'),
      { recovery: 'rejected', category: 'master-data', path: '/TxnDate' },
    ],
    [
      '6210 is a closed period',
      400,
      fault('6210', 'The account period has closed'),
      { recovery: 'rejected', category: 'posting-rejection' },
    ],
    [
      '6210 with other words is a number that is taken',
      400,
      fault('6210', 'Duplicate Document Number Error: choose another'),
      { category: 'duplicate' },
    ],
    [
      'a code that no row knows is decided by its kind, and says so',
      400,
      fault('9999', 'New'),
      { recovery: 'rejected', message: expect.stringContaining('No row knows 9999; ValidationFault decides') },
    ],
    ['a kind that no row knows is decided by HTTP: in doubt within a 200', 200, fault('9999', 'New', 'NewFault'), { recovery: 'in-doubt' }],
    ['a system fault is in doubt', 500, fault('10000', 'An application error', 'SystemFault'), { recovery: 'in-doubt' }],
    ['a stale record was not written', 400, fault('5010', 'Stale Object Error'), { recovery: 'retryable' }],
    ['too many calls', 429, fault('003001', 'ThrottleExceeded', 'THROTTLED'), { recovery: 'throttled', retryAfterMs: 1_000 }],
  ])('%s', async (_, status, body, expected) => expect(await answered(status, body)).toMatchObject(expected));
  it('have a remedy wherever a person must act, and no code stands twice with the same words', () => {
    for (const { class: of, remedy } of errorTable)
      if (!['transient', 'throttled', 'in-doubt'].includes(of)) expect(remedy?.length ?? 0).toBeGreaterThan(15);
    const names = errorTable.map(({ code, words }) => `${code} ${(words ?? []).join()}`);
    expect(new Set(names).size).toBe(names.length);
  });
  it('are classed by the rows of the connection first', async () => {
    const { context } = start();
    const own = { ...settings, errors: [{ code: '2500', class: 'transformation', reason: 'Our ids are made up.' }] };
    const request = { ...send, document: { ...documents.invoice('own'), customer: '99' } };
    expect(await factsOf(quickbooksOnline.operations.invoice.send({ ...context(), settings: own as JsonObject }, request))).toMatchObject({
      category: 'transformation',
    });
    expect(await factsOf(quickbooksOnline.operations.invoice.send(context(), request))).toMatchObject({ category: 'master-data' });
  });
});

describe('what is there already', () => {
  it('under the same number and our key is the same document', async () => {
    const { context, state } = start();
    const request = { ...send, document: documents.invoice('same') };
    const first = await quickbooksOnline.operations.invoice.send(context(), request);
    state.answered.clear(); // QuickBooks has forgotten the request id
    expect((await quickbooksOnline.operations.invoice.send(context(), request)).documentId).toBe(first.documentId);
  });
  it('under the same number and no key of ours is a duplicate that names both amounts', async () => {
    const { context } = start();
    const document = { ...documents.invoice('taken'), number: 'OPEN-1' };
    const facts = await factsOf(quickbooksOnline.operations.invoice.send(context(), { ...send, document }));
    expect(facts).toMatchObject({ recovery: 'rejected', category: 'duplicate', code: '6140' });
    expect(facts!.message).toMatch(/1000000 of 2026-11-01; this one is 108\.00/);
  });
  it('a credit memo whose application was lost is found and applied, not made again', async () => {
    const { context, state, fault } = start();
    const request = { ...send, document: documents['credit-memo']('half') };
    fault('lost-before', { skip: 1 });
    await expect(quickbooksOnline.operations['credit-memo'].send(context(), request)).rejects.toThrow('reset');
    expect([state.rows['CreditMemo']!.length, state.rows['Payment']!.length]).toEqual([1, 0]);
    expect(await quickbooksOnline.operations['credit-memo'].find(context(), request)).toBe(null);
    await quickbooksOnline.operations['credit-memo'].send(context(), request);
    expect([state.rows['CreditMemo']!.length, state.rows['Payment']!.length]).toEqual([1, 1]);
    const [memo] = state.rows['CreditMemo']!;
    expect(JSON.stringify(state.rows['Payment']![0]!['Line'])).toContain(`"TxnId":"${String(memo!['Id'])}","TxnType":"CreditMemo"`);
  });
  it('an invoice to apply to that is not there is named, and nothing is written', async () => {
    const { context, state } = start();
    const document = { ...documents.payment('none'), appliesTo: [{ invoice: 'NOT-THERE', amount: '1.00' }] };
    expect(await factsOf(quickbooksOnline.operations.payment.send(context(), { ...send, document }))).toMatchObject({
      code: 'invoice-not-found',
      category: 'posting-rejection',
    });
    expect(state.rows['Payment']).toEqual([]);
  });
  it('a customer with the name of a vendor is a duplicate, one that was made meanwhile is changed', async () => {
    const { context, state } = start();
    const document = { displayName: 'C-9 Eve', email: 'eve@example.com' };
    await quickbooksOnline.operations.customer.send(context(), { ...send, document });
    await quickbooksOnline.operations.customer.send(context(), { ...send, document: { ...document, email: 'eve@example.org' } });
    const made = state.rows['Customer']!.filter((one) => one['DisplayName'] === 'C-9 Eve');
    expect(made).toHaveLength(1);
    expect(made[0]).toMatchObject({ PrimaryEmailAddr: { Address: 'eve@example.org' }, SyncToken: '1' });
  });
});

describe('a refund', () => {
  const refund = { ...send, effect: 'refund' as const, document: documents['payment:refund']('back') };
  it('is an expense of the customer on receivables, from the account that the money waits on', async () => {
    const { context, state, breaches } = start();
    await quickbooksOnline.operations.payment.send(context(), refund);
    expect(state.rows['Purchase']).toMatchObject([
      {
        PaymentType: 'Cash', AccountRef: { value: '20' }, EntityRef: { value: '1', type: 'Customer' }, TotalAmt: 108,
        Line: [{ Amount: 108, AccountBasedExpenseLineDetail: { AccountRef: { value: '84' } } }],
      },
    ]); // prettier-ignore
    expect([state.rows['Payment'], breaches]).toEqual([[], []]);
  });
  it('of a company with several receivables accounts in the currency, or none, waits for the one that is meant', async () => {
    const { context, state } = start();
    state.rows['Account']!.push({ Id: '85', Name: 'Old receivables', AccountType: 'Accounts Receivable', CurrencyRef: { value: 'USD' } });
    const { payment } = quickbooksOnline.operations;
    const posted = (change: JsonObject) => factsOf(payment.send(context(), { ...refund, document: { ...refund.document, ...change } }));
    expect(await posted({})).toMatchObject({ code: 'receivable-not-clear', category: 'master-data', path: '/receivable' });
    expect(await posted({ currency: 'EUR' })).toMatchObject({ code: 'receivable-not-found', category: 'master-data' });
    expect(state.rows['Purchase']).toEqual([]);
    expect(await posted({ receivable: '84' })).toBe(undefined);
    expect(state.rows['Purchase']).toHaveLength(1);
  });
  it('without the account that the money leaves is refused before anything is written', async () => {
    const { context, state } = start();
    const { depositTo: _, ...document } = refund.document;
    expect(await factsOf(quickbooksOnline.operations.payment.send(context(), { ...refund, document }))).toMatchObject({
      code: 'refund-without-account',
    });
    expect(state.rows['Purchase']).toEqual([]);
  });
  it('is told apart from what is bought, and from what a card gave back', async () => {
    const { context, state } = start();
    const bought = { TxnDate: '2026-11-23', TotalAmt: 5, AccountRef: { value: '20' } };
    state.rows['Purchase'] = [
      { ...bought, Id: '1', EntityRef: { value: '7', type: 'Vendor' } },
      { ...bought, Id: '2' },
      { ...bought, Id: '3', EntityRef: { value: '1', type: 'Customer' }, Credit: true },
      { ...bought, Id: '4', EntityRef: { value: '1', type: 'Customer' } },
    ];
    const cursor = JSON.stringify({ of: 'Purchase', start: 1 });
    const page = await quickbooksOnline.streams.documents.poll!.read(context(), { stream: 'documents', cursor, limit: 10 });
    expect(page.deliveries.map(({ body }) => (JSON.parse(body) as JsonObject)['id'])).toEqual(['4']);
  });
});

describe('look-ups and reading back', () => {
  it('find one, none, and refuse to guess between two', async () => {
    const { context } = start();
    const { lookups } = quickbooksOnline;
    expect(await lookups.customer.run(context(), { displayName: 'C-1 Ada' })).toMatchObject({ Id: '1' });
    expect(await lookups.item.run(context(), { sku: 'API' })).toMatchObject({ Id: '10' });
    expect(await lookups.account.run(context(), { number: '4001' })).toMatchObject({ Id: '21' });
    expect(await lookups.account.run(context(), { number: '9999' })).toBe(null);
    expect(await factsOf(lookups.account.run(context(), { name: 'Sales' }))).toMatchObject({
      code: 'several-fit',
      category: 'master-data',
    });
    expect(await lookups.customer.run(context(), { displayName: "O'Hara \\ Sons" })).toBe(null);
  });
  it('say whether a date is open and a currency is used', async () => {
    const { context, situation } = start();
    const { currency, period } = quickbooksOnline.lookups;
    expect(await period.run(context(), { date: '2026-11-27' })).toEqual({ date: '2026-11-27', open: true, closedUntil: null });
    situation('closed-period');
    expect(await period.run(context(), { date: '2026-11-27' })).toMatchObject({ open: false, closedUntil: '2026-11-30' });
    expect(await Promise.all(['USD', 'EUR', 'JPY'].map((code) => currency.run(context(), { code })))).toEqual([
      { code: 'USD', home: true }, { code: 'EUR', home: false }, null,
    ]); // prettier-ignore
  });
  it('reads every invoice once, in pages, and again only what changed', async () => {
    const { context } = start();
    for (let n = 0; n < 7; n += 1)
      await quickbooksOnline.operations.invoice.send(context(), { ...send, key: `wb-read-${n}`, document: documents.invoice(`read${n}`) });
    const { read } = quickbooksOnline.streams.invoices.poll!;
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let more = true; more;) {
      const page = await read(context(), { stream: 'invoices', cursor, limit: 3 });
      seen.push(...page.deliveries.map(({ id }) => id));
      ({ cursor, more } = page as { cursor: string; more: boolean });
    }
    expect(new Set(seen).size).toBe(8);
    const again = await read(context(), { stream: 'invoices', cursor, limit: 100 });
    expect(again.deliveries.every(({ id }) => seen.includes(id))).toBe(true); // the overlap
    const [first] = again.deliveries;
    expect(quickbooksOnline.unpack(first!)[0]!.body['TotalAmt']).toMatch(/^\d/);
  });
  it('documents tell a voided invoice as void, and no payment of nothing that joins a credit to its invoice', async () => {
    const { context, state } = start();
    const { invoice, 'credit-memo': creditMemo } = quickbooksOnline.operations;
    const made = await invoice.send(context(), { ...send, key: 'wb-void', document: documents.invoice('void') });
    await invoice.send(context(), { ...send, key: 'wb-v', effect: 'void', document: documents.invoice('void'), original: { ...made, key: 'wb-void' } });
    await creditMemo.send(context(), { ...send, key: 'wb-memo', document: documents['credit-memo']('memo') });
    state.rows['RefundReceipt'] = [{ Id: '9', TxnDate: '2026-11-23', TotalAmt: 7.1, TxnTaxDetail: { TotalTax: 0.5 } }];
    const told: string[] = [];
    let cursor: string | null = null;
    for (let more = true; more;) {
      const page = await quickbooksOnline.streams.documents.poll!.read(context(), { stream: 'documents', cursor, limit: 2, since: '2026-11-23', until: '2026-11-23' });
      for (const { body } of page.deliveries) {
        const { type, key, currency, total, tax, state: now } = JSON.parse(body) as JsonObject;
        told.push([type, key, currency, total, tax, now].map(String).join(' '));
      }
      ({ cursor, more } = page as { cursor: string; more: boolean });
    }
    expect(told).toEqual(['invoice wb-void USD 0.00 0.00 void', 'credit-memo wb-memo USD 108.00 8.00 posted', 'refund null USD 7.10 0.50 posted']);
  }); // prettier-ignore
  it('check tells the company, its numbers and its closing date', async () => {
    const { context } = start();
    expect((await quickbooksOnline.check(context())).map(({ name, ok }) => `${name} ${ok}`)).toEqual([
      'Reach and sign in true',
      'Numbers true',
      'Currencies true',
      'Open books true',
    ]);
  });
});
