// What every connector owes, what Xero's OpenAPI says of what is sent, and what Xero's answers and webhooks mean.
import { describe, expect, it } from '@jest/globals';
import { isConnectorFailure, type JsonObject } from '@waybill/sdk';
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
import { createHmac } from 'node:crypto';
import { contractMissing, countOf, documents, double, settings, tenant } from '../test/double.js';
import { errorTable, xero } from './index.js';

const ajv = new Ajv({ strict: false });
addFormats.default(ajv);
const now = () => new Date('2026-11-27T06:00:00Z');
const event = (eventCategory: string, more: JsonObject = {}) => ({
  resourceUrl: 'https://api.xero.com/api.xro/2.0/x', resourceId: '55d84274-a3da-4829-a7c0-0cab601b95cc', tenantId: tenant, tenantType: 'ORGANISATION',
  eventCategory, eventType: 'UPDATE', eventDateUtc: '2026-11-27T00:44:09.923', ...more,
}); // prettier-ignore
const hook = (...events: JsonObject[]) =>
  JSON.stringify({ events, firstEventSequence: 76, lastEventSequence: 76, entropy: 'FXNGWLCCGVANWHKILRUB' });
const sign = (body: string, key = settings.webhookKey) => createHmac('sha256', key).update(body).digest('base64');
const polled = (stream: string, id: string) => ({
  id: stream,
  stream,
  via: 'poll' as const,
  body: JSON.stringify({ [id]: 'x', UpdatedDateUTC: '/Date(1780272000000+0000)/' }),
});

describeConnector(xero, {
  describe, it, expect, ajv, settings,
  webhook: {
    request: () => ({ body: Buffer.from(hook(event('INVOICE'))), headers: { 'x-xero-signature': sign(hook(event('INVOICE'))) }, query: {} }),
    secretField: 'webhookKey',
    signatureHeaders: ['x-xero-signature'],
  },
  unpack: {
    deliveries: [
      { id: 'h', via: 'webhook', body: hook(event('INVOICE'), event('CREDITNOTE'), event('CONTACT')) },
      {
        id: 'd', via: 'poll', stream: 'documents',
        body: JSON.stringify({ id: 'x', number: 'INV-1', type: 'invoice', key: null, reference: 'INV-1', currency: 'USD', total: '108.00', tax: '8.00', date: '2026-11-23', state: 'posted' }),
      },
      polled('payments', 'PaymentID'), polled('manual-journals', 'ManualJournalID'), polled('invoices', 'InvoiceID'),
    ],
    unwanted: [
      { id: 'intent', via: 'webhook', body: hook() },
      { id: 'other', via: 'webhook', body: hook(event('INVOICE', { tenantId: 'c2cc9b6e-9458-4c7d-93cc-f02b81b0594f' }), event('SUBSCRIPTION')) },
    ],
  },
}); // prettier-ignore

for (const name of ['invoice', 'payment', 'journal-entry'] as const) {
  const running: ReturnType<typeof startDouble<ReturnType<typeof double.start>>>[] = [];
  describeOperation(xero, name, {
    describe, it, expect, ajv,
    target() {
      running.unshift(startDouble(double));
      return Promise.resolve({ settings, http: running[0]!.http, now });
    },
    document: (unique) => documents[name](unique),
    count: (key) => Promise.resolve(countOf(running[0]!.state, name, key)),
  }); // prettier-ignore
}

let refunds: ReturnType<typeof startDouble<ReturnType<typeof double.start>>>;
describeOperation(xero, 'payment', {
  describe, it, expect, ajv,
  effect: 'refund',
  target: () => Promise.resolve({ settings, http: (refunds = startDouble(double)).http, now }),
  document: (unique) => documents['payment:refund'](unique),
  count: (key) => Promise.resolve(countOf(refunds.state, 'payment', key)),
}); // prettier-ignore

describeDocuments(xero, {
  describe, it, expect, ajv, day: '2026-11-23',
  target: () => Promise.resolve({ settings, http: startDouble(double).http }),
  posts: [
    { operation: 'invoice', document: documents.invoice, told: { type: 'invoice', total: '108.00', tax: '8.00', currency: 'USD' } },
    { operation: 'credit-memo', document: documents['credit-memo:alone'], told: { type: 'credit-memo', total: '108.00', tax: '8.00', currency: 'USD' } },
    { operation: 'payment', document: documents.payment, told: { type: 'payment', total: '108.00', tax: null, currency: 'USD' } },
    { operation: 'payment', effect: 'refund', document: documents['payment:refund'], told: { type: 'refund', total: '108.00', tax: null, currency: 'USD' } },
  ],
}); // prettier-ignore

const start = () => {
  const running = startDouble(double);
  const logins = sharedLogins();
  return { ...running, context: () => testContext({ settings, http: running.http, now, logins }) };
};
const send = { effect: 'create' as const, key: 'wb-aaaaaaaaaaaaaaaaaaaaaaaaaa', attempt: 1 };
const factsOf = async (call: Promise<unknown>) => {
  const error: unknown = await call.catch((thrown: unknown) => thrown);
  return isConnectorFailure(error) ? error.facts : undefined;
};

describe('what is sent', () => {
  if (contractMissing) it.skip(`fits Xero’s OpenAPI (skipped: ${contractMissing})`, () => undefined);
  else
    it('is held against Xero’s OpenAPI: a wrong value, a stranger and a missing tenant are breaches', async () => {
      const { http, breaches, context } = start();
      await xero.operations.invoice.send(context(), { ...send, document: documents.invoice('fits') });
      expect(breaches).toEqual([]);
      const put = (body: JsonObject, headers: Record<string, string> = {}) =>
        http.request({ method: 'PUT', url: 'https://api.xero.com/api.xro/2.0/Invoices', headers: { accept: 'application/json', 'xero-tenant-id': tenant, 'idempotency-key': 'k', ...headers }, body }); // prettier-ignore
      await put({ Invoices: [{ Type: 'NOPE' }] });
      await put({ Invoices: [{ Type: 'ACCREC', LineItems: [{ Amount: 1 }] }] });
      await put({ Invoices: [] }, { 'idempotency-key': 'k'.repeat(129) });
      await put({ Invoices: [] }, { 'xero-tenant-id': 'other' });
      expect(breaches).toEqual([
        expect.stringContaining('/Invoices/0/Type'), expect.stringContaining('"additionalProperty":"Amount"'),
        expect.stringContaining('not 129'), expect.stringContaining('xero-tenant-id'),
      ]); // prettier-ignore
    });
  it('makes documents with PUT and a key, and sells a line once whose amount is not quantity times price', async () => {
    const { requests, context } = start();
    await xero.operations.invoice.send(context(), { ...send, document: documents.invoice('put') });
    const { method, headers, json } = requests.at(-1)!;
    expect([method, headers['idempotency-key'], headers['xero-tenant-id']]).toEqual(['PUT', send.key, tenant]);
    const [first, second] = (json as { Invoices: [{ LineItems: JsonObject[] }] }).Invoices[0].LineItems;
    expect([first!['Quantity'], second!['Quantity'], second!['UnitAmount']]).toEqual([6, 1, 40]);
    expect(requests.at(-1)!.query['unitdp']).toBe('4');
    const priced = (unitPrice: string, quantity: string) => ({
      ...documents.invoice('digits'),
      number: `D-${unitPrice}`,
      lines: [{ description: 'Calls', amount: '10.00', quantity, unitPrice, account: '200' }],
    });
    for (const [at, price, quantity, told] of [[1, '0.0125', '800', '0.0125'], [2, '0.00125', '8000', '10']] as const) {
      await xero.operations.invoice.send(context(), { ...send, key: `wb-${at}`, document: priced(price, quantity) });
      const [line] = (requests.at(-1)!.json as { Invoices: [{ LineItems: JsonObject[] }] }).Invoices[0].LineItems;
      expect(String(line!['UnitAmount'])).toBe(told);
    } // prettier-ignore
  });
  it('signs in with the client alone for a custom connection', async () => {
    const { requests, http } = start();
    const { refreshToken: _, ...custom } = settings;
    await xero.lookups.account.run(testContext({ settings: custom, http, now }), { code: '200' });
    expect(requests[0]!.form).toMatchObject({
      grant_type: 'client_credentials',
      scope: expect.stringContaining('accounting.transactions'),
    });
  });
});

describe('answers', () => {
  const answered = (status: number, body: unknown, headers: Record<string, string> = {}) => {
    const { http, context } = start();
    const broken = onWrite(http, () => answeringHttp({ status, headers, text: JSON.stringify(body) }).request({ method: 'GET', url: '' }));
    return factsOf(xero.operations.invoice.send({ ...context(), http: broken }, { ...send, document: documents.invoice('answers') }));
  };
  const refusal = (...words: string[]) => ({
    ErrorNumber: 10,
    Type: 'ValidationException',
    Message: 'A validation exception occurred',
    Elements: [{ ValidationErrors: words.map((Message) => ({ Message })) }],
  });

  it.each([
    ['an element refused within HTTP 200', 200, { Invoices: [{ HasErrors: true, StatusAttributeString: 'ERROR', ValidationErrors: [{ Message: 'The contact with the specified contact details has been archived.' }] }] }, { recovery: 'rejected', category: 'master-data' }, {}],
    ['a lock date', 400, refusal('The document date cannot be before the end of year lock date, currently set at 31-Oct-2026'), { category: 'posting-rejection', remedy: expect.stringContaining('lock date') }, {}],
    ['an account code', 400, refusal('Account code ‘999’ is not a valid code for this document.'), { category: 'master-data' }, {}],
    ['a sentence that no row knows', 400, refusal('Something new.'), { recovery: 'rejected', category: 'posting-rejection', message: expect.stringMatching(/Something new\. No row of the error table knows ValidationException; HTTP 400 decides/) }, {}],
    ['an unknown failure within 200', 200, { Invoices: [] }, { recovery: 'in-doubt' }, {}],
    ['a limit', 429, {}, { recovery: 'throttled', retryAfterMs: 7_000 }, { 'retry-after': '7', 'x-rate-limit-problem': 'day' }],
    ['a right that is missing, with no second sign-in', 401, { Title: 'Unauthorized', Detail: 'AuthorizationUnsuccessful' }, { recovery: 'unauthorized' }, {}],
    ['a server error', 500, { Type: 'InternalServerException' }, { recovery: 'in-doubt' }, {}],
  ] as [string, number, unknown, object, Record<string, string>][])('%s', async (_, status, body, expected, headers) => expect(await answered(status, body, headers)).toMatchObject(expected)); // prettier-ignore
  it('have a remedy wherever a person must act, and every row of a sentence has its words', () => {
    for (const { code, class: of, remedy, words } of errorTable) {
      if (!['transient', 'throttled', 'in-doubt'].includes(of)) expect(remedy?.length ?? 0).toBeGreaterThan(15);
      if (code === 'ValidationException') expect(words?.length ?? 0).toBeGreaterThan(0);
    }
  });
  it('pause the calls with the last of a minute, before Xero refuses one', () => {
    const pause = (headers: Record<string, string>) => xero.limits.pauseMs({ status: 200, headers });
    expect(pause({ 'x-minlimit-remaining': '1', 'x-daylimit-remaining': '12' })).toBe(undefined);
    expect(pause({ 'x-minlimit-remaining': '0' })).toBe(60_000);
    expect(pause({ 'x-daylimit-remaining': '0' })).toBe(3_600_000);
  });
});

describe('what is there already', () => {
  it('under the same number and our key is the same document, under another it is a duplicate that names both amounts', async () => {
    const { context, state } = start();
    const request = { ...send, document: documents.invoice('same') };
    const first = await xero.operations.invoice.send(context(), request);
    state.answered.clear(); // six minutes later
    expect((await xero.operations.invoice.send(context(), request)).documentId).toBe(first.documentId);
    const facts = await factsOf(xero.operations.invoice.send(context(), { ...request, key: 'wb-bbbbbbbbbbbbbbbbbbbbbbbbbb' }));
    expect(facts).toMatchObject({ category: 'duplicate', message: expect.stringContaining('There it is 108 USD; this one is 108.00') });
  });
  it('a credit note whose allocation was lost is found and allocated, not made again', async () => {
    const { context, state, fault } = start();
    const operation = xero.operations['credit-memo'];
    const request = { ...send, document: documents['credit-memo']('half') };
    fault('lost-before', { skip: 1 });
    await expect(operation.send(context(), request)).rejects.toThrow('reset');
    expect(await operation.find(context(), request)).toBe(null);
    await operation.send(context(), request);
    expect(state.rows['CreditNotes']!.slice(1)).toMatchObject([{ RemainingCredit: 0, Allocations: [{ Amount: 108 }] }]);
    expect(await operation.find(context(), request)).not.toBe(null);
  });
});

describe('a refund', () => {
  const { creditNote: _, ...document } = documents['payment:refund']('back');
  const refund = { ...send, effect: 'refund' as const, document };
  const notes = (...left: readonly [number: string, remaining: number, more?: JsonObject][]) => {
    const running = start();
    const [like] = running.state.rows['CreditNotes']!;
    running.state.rows['CreditNotes'] = left.map(([CreditNoteNumber, RemainingCredit, more], n) => ({
      ...like, CreditNoteID: `00000000-0000-4000-8000-00000000010${n}`, CreditNoteNumber, RemainingCredit, ...more,
    })); // prettier-ignore
    const paid = () => running.state.rows['Payments']!.map((row) => (row['Invoice'] as JsonObject)['InvoiceNumber']);
    return { ...running, paid, post: (change: JsonObject = {}) => factsOf(xero.operations.payment.send(running.context(), { ...refund, document: { ...document, ...change } })) }; // prettier-ignore
  };
  it.each([
    ['the oldest that holds exactly the amount', [['A', 500], ['B', 108, { Date: '2026-11-03' }], ['C', 108, { Date: '2026-11-02' }]], {}, 'C'],
    ['the only one that holds as much', [['A', 107.99], ['B', 500]], {}, 'B'],
    ['the one that the document names', [['A', 500], ['B', 500]], { creditNote: 'B' }, 'B'],
  ] as [string, [string, number, JsonObject?][], JsonObject, string][])('pays back %s', async (_, left, change, expected) => {
    const { post, paid, breaches } = notes(...left);
    expect(await post(change)).toBe(undefined);
    expect([paid(), breaches]).toEqual([[expected], []]);
  }); // prettier-ignore
  it.each([
    ['between two larger ones a person chooses', [['A', 500], ['B', 500]], {}, { code: 'credit-note-not-clear', path: '/creditNote' }],
    ['one in another currency, of another contact or paid is none', [['A', 108, { CurrencyCode: 'EUR' }], ['B', 108, { Contact: { ContactID: 'x' } }], ['C', 108, { Status: 'PAID' }]], {}, { code: 'credit-note-not-found', category: 'posting-rejection' }],
    ['one that is named and holds less is none', [['A', 500], ['B', 107.99]], { creditNote: 'B' }, { code: 'credit-note-not-found' }],
    ['a contact that is not there is named', [['A', 500]], { contactNumber: 'CUST-9' }, { code: 'contact-not-found', category: 'master-data' }],
  ] as [string, [string, number, JsonObject?][], JsonObject, object][])('%s', async (_, left, change, expected) => {
    const { post, paid } = notes(...left);
    expect(await post(change)).toMatchObject(expected);
    expect(paid()).toEqual([]);
  }); // prettier-ignore
  it('whose answer was lost is found, though it left nothing on its credit note', async () => {
    const { context, fault, paid, post } = notes(['A', 108]);
    await xero.check(context()); // signs in, so that the fault meets the refund
    fault('lost-after');
    await expect(xero.operations.payment.send(context(), refund)).rejects.toThrow('reset');
    expect(paid()).toEqual(['A']);
    expect(await post()).toBe(undefined);
    expect(paid()).toEqual(['A']);
  });
  it('is taken back as a payment is, and a payment needs an invoice', async () => {
    const { context, state } = notes(['A', 108]);
    const { payment } = xero.operations;
    const made = await payment.send(context(), refund);
    await payment.send(context(), { ...refund, key: 'wb-v', effect: 'void', original: { ...made, key: refund.key } });
    expect(state.rows['Payments']).toMatchObject([{ Status: 'DELETED' }]);
    expect(await factsOf(payment.send(context(), { ...refund, effect: 'create', key: 'wb-x' }))).toMatchObject({
      code: 'payment-without-invoice',
    });
  });
});

describe('webhooks and reading back', () => {
  it('the intent to receive is answered by verifying: right signatures pass, wrong ones do not', () => {
    const verify = (signature: string) =>
      xero.webhook.verify({ body: Buffer.from(hook()), headers: { 'x-xero-signature': signature }, query: {} }, settings, now());
    expect(verify(sign(hook()))).toEqual({ ok: true, deliveryId: '76-76-FXNGWLCCGVANWHKILRUB' });
    expect(verify(sign(hook(), 'another-key')).ok).toBe(false);
  });
  it('a hint is fetched before it is mapped, and has the version of the record', async () => {
    const { context } = start();
    const [record] = xero.unpack(
      { id: 'h', via: 'webhook', body: hook(event('INVOICE', { resourceId: '00000000-0000-4000-8000-000000000002' })) },
      settings,
    );
    expect(record!.partial).toBe(true);
    const whole = await xero.streams.invoices.complete!(context(), record!);
    expect(whole).toMatchObject({
      partial: false,
      body: { InvoiceNumber: 'OPEN-1', Total: '1000000' },
      revision: '2026-06-01T00:00:01.000Z',
    });
  });
  it('reads every invoice once, in pages, and again only what changed', async () => {
    const { context } = start();
    for (let n = 0; n < 6; n += 1)
      await xero.operations.invoice.send(context(), { ...send, key: `wb-read-${n}`, document: documents.invoice(`read${n}`) });
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let more = true; more;) {
      const page = await xero.streams.invoices.poll!.read(context(), { stream: 'invoices', cursor, limit: 3 });
      seen.push(...page.deliveries.map(({ id }) => id));
      ({ cursor, more } = page as { cursor: string; more: boolean });
    }
    expect(new Set(seen).size).toBe(7);
    const again = await xero.streams.invoices.poll!.read(context(), { stream: 'invoices', cursor, limit: 100 });
    expect(again.deliveries.every(({ id }) => seen.includes(id))).toBe(true);
  });
  it('documents tell what was voided, removed and paid back, and neither drafts nor what suppliers are paid', async () => {
    const { context, state } = start();
    const { invoice, payment } = xero.operations;
    const made = await invoice.send(context(), { ...send, key: 'wb-void', document: documents.invoice('void') });
    await invoice.send(context(), { ...send, key: 'wb-v', effect: 'void', document: documents.invoice('void'), original: { ...made, key: 'wb-void' } });
    const paid = await payment.send(context(), { ...send, key: 'wb-paid', document: documents.payment('x') });
    await payment.send(context(), { ...send, key: 'wb-p', effect: 'void', document: documents.payment('x'), original: { ...paid, key: 'wb-paid' } });
    const owner = { CurrencyCode: 'USD' };
    state.rows['Payments']!.push({ PaymentID: 'r', Date: '2026-11-23', Amount: 7.1, PaymentType: 'ARCREDITPAYMENT', Status: 'AUTHORISED', Invoice: owner });
    state.rows['Payments']!.push({ PaymentID: 's', Date: '2026-11-23', Amount: 5, PaymentType: 'ACCPAYPAYMENT', Status: 'AUTHORISED', Invoice: owner });
    state.rows['Invoices']!.push({ InvoiceID: 'd', Type: 'ACCREC', Status: 'DRAFT', Date: '2026-11-23', Total: 1, CurrencyCode: 'USD' });
    const told: string[] = [];
    let cursor: string | null = null;
    for (let more = true; more;) {
      const page = await xero.streams.documents.poll!.read(context(), { stream: 'documents', cursor, limit: 2, since: '2026-11-23', until: '2026-11-23' });
      for (const { body } of page.deliveries) {
        const { type, key, currency, total, tax, state: now } = JSON.parse(body) as JsonObject;
        told.push([type, key, currency, total, tax, now].map(String).join(' '));
      }
      ({ cursor, more } = page as { cursor: string; more: boolean });
    }
    expect(told).toEqual(['invoice wb-void USD 108.00 8.00 void', 'payment wb-paid USD 108.00 null void', 'refund null USD 7.10 null posted']);
  }); // prettier-ignore
  it('look-ups find one or none, and tell whether a date is open', async () => {
    const { context, situation } = start();
    const { customer, currency, item, period } = xero.lookups;
    expect(await customer.run(context(), { number: 'CUST-1' })).toMatchObject({ Name: 'Ada' });
    expect([await item.run(context(), { code: 'API' }), await currency.run(context(), { code: 'JPY' })]).toEqual([
      expect.objectContaining({ Code: 'API' }),
      null,
    ]);
    expect(await period.run(context(), { date: '2026-11-27' })).toMatchObject({ open: true });
    situation('closed-period');
    expect(await period.run(context(), { date: '2026-11-27' })).toEqual({ date: '2026-11-27', open: false, lockedUntil: '2026-11-30' });
    expect((await xero.check(context())).every(({ ok }) => ok)).toBe(true);
  });
});
