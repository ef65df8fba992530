// Against Business Central's double, mounted on its own metadata, by the engine's posting rules: one document per key whatever is lost, throttled or refused.
import { describe, expect, it } from '@jest/globals';
import { businessCentral } from '@waybill/connector-business-central';
import {
  businessCentralDouble,
  companyId,
  odataContract,
  readEdmx,
  rowsOf,
  type Handshake,
} from '@waybill/connector-business-central/double';
import { postingKey, type JsonObject, type SendRequest } from '@waybill/sdk';
import { erpConformance, outcomeOf, testContext } from '@waybill/sdk/conformance';
import { requestOf } from '@waybill/sdk/double';
import { contractsOf } from '../../../../tools/contracts-for-tests.mjs';
import { postingRules } from './posting-rules.js';
import { ajv } from './validator.js';

const contract = contractsOf('business-central');
if (contract.missing) it.skip(`Business Central (skipped: ${contract.missing})`, () => undefined);
else {
  const metadata = contract.text('api-v2.0-real/metadata.xml');
  const now = () => new Date('2026-11-25T12:00:00Z');
  const settings: JsonObject = {
    tenantId: 'contoso.onmicrosoft.com', environment: 'Production', companyId, clientId: '11111111-2222-3333-4444-555555555555', clientSecret: 'a-client-secret',
  }; // prettier-ignore
  const double = (handshake?: Handshake) => businessCentralDouble(metadata, now, handshake);
  const { operations } = businessCentral;

  const day = '2026-11-20';
  const sale = (unique: string, more: JsonObject = {}): JsonObject => ({
    customer: 'CUST-1001', number: `BILL-${unique}`, currency: 'EUR', documentDate: day, postingDate: day, dueDate: '2026-12-20',
    lines: [
      { item: 'PRO-PLAN', description: 'Pro plan', quantity: '10', unitPrice: '49.99', amount: '499.90', taxCode: 'VAT19' },
      { account: '4020', description: 'API calls', quantity: '1234', unitPrice: '0.0125', amount: '15.43', taxCode: 'VAT19' },
    ],
    taxLines: [{ taxCode: 'VAT19', account: '1776', base: '515.33', amount: '97.91' }],
    subtotal: '515.33', taxTotal: '97.91', total: '613.24', ...more,
  }); // prettier-ignore
  const payment = (unique: string): JsonObject => ({
    customer: 'CUST-1001', invoice: `BILL-${unique}`, currency: 'EUR', amount: '100.00', date: day, clearingAccount: '1060', reference: `pi_${unique}`,
  }); // prettier-ignore
  const journal = (): JsonObject => ({
    description: 'Recognition', currency: 'EUR', postingDate: day,
    lines: [
      { account: '2400', debit: '100.00', credit: '0' },
      { customer: 'CUST-1001', debit: '0', credit: '60.00' },
      { account: '4010', debit: '0', credit: '40.00' },
    ],
  }); // prettier-ignore

  /** The key of the document that a cancellation acts on, by the key of the cancellation. */
  const originals = new Map(
    ['invoice', 'credit-memo'].flatMap((kind) =>
      ['a', 'warm'].map((unique): [string, string] => {
        const key = (effect: 'create' | 'void', name: string) =>
          postingKey({
            ledger: businessCentral.account(settings)!,
            effect,
            sourceSystem: 'conformance',
            kind,
            sourceId: `${name}/${unique}`,
            effectNumber: 1,
          });
        return [key('void', `${kind}:void`), key('create', kind)];
      }),
    ),
  );
  const sets = { invoice: 'salesInvoices', 'credit-memo': 'salesCreditMemos' } as Record<string, string>;

  erpConformance(businessCentral, {
    describe,
    it,
    expect: expect as never,
    ajv,
    rules: postingRules,
    settings,
    now,
    target() {
      const running = double();
      const carrying = (document: string, key: string) =>
        rowsOf(running.state, sets[document]!).filter((row) => row['externalDocumentNumber'] === key.toUpperCase());
      return {
        double: running,
        count(document, key) {
          const original = originals.get(key);
          if (original !== undefined) return carrying(document, original).filter((row) => row['status'] === 'Canceled').length;
          if (sets[document]) return carrying(document, key).length;
          if (document === 'customer') return rowsOf(running.state, 'customers').filter((row) => row['number'] === 'C-a').length;
          const number = `WB${key.slice(3).toUpperCase().slice(0, 18)}`;
          const entries = rowsOf(running.state, 'generalLedgerEntries').filter((row) => row['documentNumber'] === number).length;
          return entries / (document === 'payment' ? 2 : 3);
        },
        total: (document) => rowsOf(running.state, sets[document]!).length,
      };
    },
    operations: {
      invoice: { document: sale, writes: 2 },
      'invoice:void': { effect: 'void', document: sale, after: 'invoice', closedPeriod: false },
      'credit-memo': { document: (unique) => sale(unique, { number: `CN-${unique}` }), writes: 2 },
      'credit-memo:void': {
        effect: 'void',
        document: (unique) => sale(unique, { number: `CN-${unique}` }),
        after: 'credit-memo',
        closedPeriod: false,
      },
      payment: { document: payment, writes: 2 },
      'payment:refund': { effect: 'refund', document: payment, writes: 2 },
      'journal-entry': { document: journal, writes: 2 },
      customer: {
        document: (unique) => ({
          number: `C-${unique}`,
          name: 'Acme GmbH',
          currency: 'EUR',
          email: 'ap@acme.example',
          address: { line1: 'Allee 1', city: 'Berlin', country: 'DE' },
        }),
      },
    },
  });

  const request = (document: JsonObject, more: Partial<SendRequest> = {}): SendRequest => ({
    effect: 'create',
    key: 'wb-abc',
    document,
    attempt: 1,
    ...more,
  });
  const factsOf = async (call: () => Promise<unknown>): Promise<JsonObject> => {
    const outcome = await outcomeOf(call);
    return 'error' in outcome
      ? ((outcome.error as { facts?: JsonObject }).facts ?? { outcome: String(outcome.error) })
      : { outcome: outcome.value as JsonObject };
  };
  const at = (more: JsonObject = {}, handshake?: Handshake) => {
    const running = double(handshake);
    return { running, context: testContext({ settings: { ...settings, ...more }, http: running.http, now }) };
  };

  describe('a half-posted invoice', () => {
    it('is gone on from: the draft is posted, and none is made beside it', async () => {
      const { running, context } = at();
      running.fault('error-before', { skip: 1 });
      expect(await factsOf(() => operations.invoice.send(context, request(sale('x'))))).toMatchObject({ recovery: 'in-doubt' });
      const [draft] = rowsOf(running.state, 'salesInvoices');
      expect(draft).toMatchObject({ status: 'Draft' });
      expect(await operations.invoice.find!(context, request(sale('x')))).toBeNull();
      const receipt = await operations.invoice.send(context, request(sale('x'), { attempt: 2 }));
      expect(receipt.documentId).toBe(draft!.id);
      expect(rowsOf(running.state, 'salesInvoices')).toHaveLength(1);
      expect(receipt.totals).toEqual({ currency: 'EUR', total: '613.24', tax: '97.91' });
    });
    it('that says something else than the document now does is taken away under its ETag', async () => {
      const { running, context } = at();
      running.fault('error-before', { skip: 1 });
      await factsOf(() => operations.invoice.send(context, request(sale('x'))));
      const other = sale('x', {
        lines: [{ account: '4010', description: 'One', quantity: '1', amount: '10.00', taxCode: 'NOTAX' }],
        taxLines: [],
        subtotal: '10.00',
        taxTotal: '0',
        total: '10.00',
      });
      const receipt = await operations.invoice.send(context, request(other));
      expect(receipt.totals?.total).toBe('10.00');
      expect(rowsOf(running.state, 'salesInvoices')).toHaveLength(1);
      expect(running.requests.some(({ method, headers }) => method === 'DELETE' && /^W\//.test(headers['if-match'] ?? ''))).toBe(true);
    });
    it('whose totals are not the source’s is not posted, and leaves no draft', async () => {
      const { running, context } = at();
      const wrong = sale('x', {
        taxTotal: '97.92',
        total: '613.25',
        taxLines: [{ taxCode: 'VAT19', account: '1776', base: '515.33', amount: '97.92' }],
      });
      expect(await factsOf(() => operations.invoice.send(context, request(wrong)))).toMatchObject({
        category: 'posting-rejection',
        code: 'totals-differ',
        message: expect.stringMatching(/613\.24.+613\.25/),
      });
      expect(rowsOf(running.state, 'salesInvoices')).toEqual([]);
      expect((await operations.invoice.send(at({ taxPosting: 'lines', noTaxCode: 'NOTAX' }).context, request(wrong))).totals).toMatchObject(
        { total: '613.25' },
      );
    });
  });

  describe('Business Central refuses', () => {
    it('what is missing or blocked, by name, and nothing is made', async () => {
      const { running, context } = at();
      const of = (document: JsonObject) => factsOf(() => operations.invoice.send(context, request(document)));
      expect(await of(sale('x', { customer: 'NOBODY' }))).toMatchObject({
        category: 'master-data',
        code: 'customer-unknown',
        path: '/customer',
      });
      expect(await of(sale('x', { customer: 'CUST-1999' }))).toMatchObject({ category: 'master-data', code: 'customer-blocked' });
      expect(await of(sale('x', { lines: [{ account: '9999', description: 'x', quantity: '1', amount: '515.33' }] }))).toMatchObject({
        category: 'master-data',
        code: 'Internal_InvalidTableRelation',
      });
      expect(await of(sale('x', { lines: [{ description: 'x', quantity: '1', amount: '515.33' }] }))).toMatchObject({
        category: 'transformation',
        code: 'line-without-item',
      });
      expect(await factsOf(() => operations['credit-memo'].send(context, request(sale('x', { invoice: 'NEVER' }))))).toMatchObject({
        code: 'invoice-unknown',
      });
      expect(await factsOf(() => operations['journal-entry'].send(context, request({ ...journal(), currency: 'USD' })))).toMatchObject({
        code: 'foreign-currency',
      });
      expect(rowsOf(running.state, 'salesInvoices')).toEqual([]);
    });
    it('with its own words at the posting, and the draft is taken away', async () => {
      const { running, context } = at();
      running.state.refuse = {
        action: 'post',
        status: 400,
        code: 'Application_FieldValidationException',
        message: 'Customer Posting Group must have a value in Customer: No.=C1.',
      };
      expect(await factsOf(() => operations.invoice.send(context, request(sale('x'))))).toMatchObject({
        category: 'master-data',
        vendorWords: expect.stringContaining('Customer Posting Group'),
      });
      expect(rowsOf(running.state, 'salesInvoices')).toEqual([]);
    });
  });

  describe('payments', () => {
    it('are prepared in the journal of the connection, applied to their invoice, once, and found after finance posted them', async () => {
      const { running, context } = at({ paymentJournal: 'waybill' });
      const posted = await operations.invoice.send(context, request(sale('x')));
      const ask = request(payment('x'), { key: 'wb-pay' });
      const first = await operations.payment.send(context, ask);
      expect(first.details).toMatchObject({ state: 'prepared', journal: 'WAYBILL' });
      expect(rowsOf(running.state, 'customerPayments')).toMatchObject([
        { appliesToInvoiceNumber: posted.documentNumber, externalDocumentNumber: 'WB-PAY' },
      ]);
      expect((await operations.payment.send(context, { ...ask, attempt: 2 })).documentId).toBe(first.documentId);
      expect((await operations.payment.find!(context, ask))?.documentId).toBe(first.documentId);
      expect(rowsOf(running.state, 'customerPayments')).toHaveLength(1);
      running.fault('lost-after');
      const lost = request(payment('x'), { key: 'wb-lost' });
      expect(await factsOf(() => operations.payment.send(context, lost))).toMatchObject({ outcome: expect.stringContaining('reset') });
      expect(await operations.payment.find!(context, lost)).toMatchObject({ documentNumber: 'WBLOST' });
      expect(running.breaches).toEqual([]);
    });
    it('left in a journal by a lost answer are posted from there, and foreign lines under the same code are not touched', async () => {
      const { running, context } = at();
      running.fault('lost-after');
      const ask = request(payment('x'), { key: 'wb-abcdefghijk' });
      await factsOf(() => operations.payment.send(context, ask));
      expect(rowsOf(running.state, 'journals')).toHaveLength(1);
      await operations.payment.send(context, ask);
      expect(rowsOf(running.state, 'generalLedgerEntries')).toHaveLength(2);
      expect(rowsOf(running.state, 'journals')).toHaveLength(0);
      running.fault('lost-after');
      const other = request(payment('y'), { key: 'wb-zzzzzzzzzzz' });
      await factsOf(() => operations.payment.send(context, other));
      rowsOf(running.state, 'journalLines')[0]!['externalDocumentNumber'] = 'SOMEBODY';
      expect(await factsOf(() => operations.payment.send(context, other))).toMatchObject({
        category: 'duplicate',
        code: 'journal-code-taken',
      });
      expect(rowsOf(running.state, 'journalLines')).toHaveLength(2);
    });
  });

  describe('webhook subscriptions', () => {
    const shake: Handshake = (_url, validationToken) =>
      businessCentral.webhook.handshake!({ body: Buffer.alloc(0), headers: {}, query: { validationToken } });
    const hooks = { notificationUrl: 'https://waybill.example/v1/hooks/bc', clientState: 'a-long-random-text' };
    const sweep = (context: Parameters<typeof businessCentral.check>[0], stream = 'invoices') =>
      businessCentral.streams.invoices.poll!.read(context, { stream, cursor: null, limit: 100 });
    it('are made at the end of a poll, kept while they last, and renewed before their three days are over', async () => {
      const { running, context } = at(hooks, shake);
      await sweep(context);
      await sweep(context);
      await sweep(context, 'customers');
      const [one, two] = rowsOf(running.state, 'subscriptions');
      expect([one, two]).toMatchObject([
        { resource: `/api/v2.0/companies(${companyId})/salesInvoices`, clientState: hooks.clientState },
        { resource: `/api/v2.0/companies(${companyId})/customers` },
      ]);
      expect(rowsOf(running.state, 'subscriptions')).toHaveLength(2);
      const first = one!['expirationDateTime'];
      await sweep({ ...context, now: () => new Date(now().getTime() + 35 * 3_600_000) });
      expect(running.requests.filter(({ method }) => method === 'PATCH')).toEqual([]);
      await sweep({ ...context, now: () => new Date(now().getTime() + 37 * 3_600_000) });
      expect(running.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
      expect(one!['expirationDateTime']).toBe(first); // the double's clock stands still; what counts is that it asked
      expect(running.breaches).toEqual([]);
    });
    it('that cannot be made stop no poll, and the check tells it', async () => {
      const { running, context } = at(hooks, () => 'something else');
      expect(await sweep(context)).toMatchObject({ more: false });
      expect(rowsOf(running.state, 'subscriptions')).toEqual([]);
      expect((await businessCentral.check(context)).filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['Webhook subscriptions']);
    });
    it('bring records that are fetched before they are believed', async () => {
      const { running, context } = at();
      const { documentId } = await operations.invoice.send(context, request(sale('x')));
      const [record] = businessCentral.unpack({
        id: 'n',
        via: 'webhook',
        body: JSON.stringify({
          value: [
            {
              resource: `api/v2.0/companies(${companyId})/salesInvoices(${documentId})`,
              changeType: 'updated',
              lastModifiedDateTime: '2026-11-25T12:00:00Z',
            },
          ],
        }),
      });
      const whole = await businessCentral.streams.invoices.complete!(context, record!);
      expect(whole).toMatchObject({ body: { totalAmountIncludingTax: '613.24', status: 'Open' }, revision: '2026-11-25T12:00:00.000Z' });
      expect(whole.partial).toBeUndefined();
      running.state.sets['salesInvoices'] = [];
      expect(await factsOf(() => businessCentral.streams.invoices.complete!(context, record!))).toMatchObject({ code: 'record-gone' });
    });
  });

  describe('reading back', () => {
    it('brings every posted invoice once, whatever the page size, among many of one instant', async () => {
      const { running, context } = at();
      for (let n = 0; n < 25; n += 1) await operations.invoice.send(context, request(sale(String(n)), { key: `wb-${n}` }));
      running.fault('error-before', { skip: 1 });
      await factsOf(() => operations.invoice.send(context, request(sale('draft'), { key: 'wb-draft' })));
      for (const limit of [1, 7, 26, 100]) {
        const seen = new Map<string, JsonObject>();
        let cursor: string | null = null;
        for (let more = true; more;) {
          const page = await businessCentral.streams.invoices.poll!.read(context, { stream: 'invoices', cursor, limit });
          for (const one of page.deliveries)
            for (const record of businessCentral.unpack(one)) seen.set(String(record.body['id']), record.body);
          ({ cursor, more } = page);
        }
        expect(seen.size).toBe(25);
        expect([...seen.values()][0]).toMatchObject({ totalAmountIncludingTax: '613.24', status: 'Open' });
      }
      expect(running.breaches).toEqual([]);
    });
    it('looks master data up, and checks a connection that works', async () => {
      const { context } = at();
      const { lookups } = businessCentral;
      expect(await lookups.customer.run(context, { number: 'CUST-1999' })).toMatchObject({ active: false });
      expect(await lookups['tax-code'].run(context, { taxCode: 'DE' })).toMatchObject({ kind: 'area' });
      expect(await lookups['tax-code'].run(context, { taxCode: 'VAT19' })).toMatchObject({ kind: 'group' });
      expect(await lookups.account.run(context, { account: '4010' })).toMatchObject({ active: true });
      expect(await lookups.item.run(context, { item: 'PRO-PLAN' })).toMatchObject({ taxCode: 'VAT19' });
      expect(await lookups.currency.run(context, { currency: 'USD' })).toMatchObject({ currency: 'USD' });
      expect(await lookups.period.run(context, { date: '2025-12-05' })).toMatchObject({ closed: true, period: 'December' });
      expect(await lookups.company.run(context, {})).toMatchObject({ name: 'Acme GmbH' });
      expect(await lookups.customer.run(context, { number: 'NOBODY' })).toBeNull();
      expect((await businessCentral.check(context)).filter(({ ok }) => !ok)).toEqual([]);
    });
  });

  describe('the contract of the double', () => {
    const check = odataContract(metadata, { apart: () => false });
    const breach = (method: string, path: string, body?: object, query = '', headers: Record<string, string> = {}) =>
      check(
        requestOf(
          method,
          new URL(`https://bc.example/v2.0/t/Production/api/v2.0/companies(${companyId})/${path}${query}`),
          { 'content-type': 'application/json; charset=utf-8', ...headers },
          body ? JSON.stringify(body) : '',
        ),
      );
    it('is the vendor’s metadata: what is well passes', () => {
      const model = readEdmx(metadata);
      expect(model.sets.size).toBeGreaterThan(70);
      expect([...(model.actions.get('salesInvoice') ?? [])]).toEqual(expect.arrayContaining(['post', 'cancel', 'postAndSend']));
      expect(breach('POST', 'salesInvoices', { customerNumber: 'C', salesInvoiceLines: [{ lineType: 'Item', quantity: 1.5 }] })).toEqual(
        [],
      );
      expect(breach('POST', `salesInvoices(${companyId})/Microsoft.NAV.post`)).toEqual([]);
      expect(breach('GET', 'customers', undefined, "?$filter=number eq 'x eq 1'&$top=1")).toEqual([]);
      expect(breach('PATCH', `customers(${companyId})`, { displayName: 'x' }, '', { 'if-match': 'W/"1"' })).toEqual([]);
    });
    it('and refuses what is not there, too long, of another type, or without its ETag', () => {
      expect(breach('POST', 'salesInvoices', { customerNo: 'C' })[0]).toContain('additional properties');
      expect(breach('POST', 'salesInvoices', {})[0]).toContain('fewer than 1');
      expect(breach('POST', 'salesInvoices', { externalDocumentNumber: 'x'.repeat(36) })[0]).toContain('35');
      expect(breach('POST', 'salesInvoices', { postingDate: '20.11.2026' })[0]).toContain('format');
      expect(breach('POST', 'salesInvoices', { salesInvoiceLines: [{ unitPrice: '1.00' }] })[0]).toContain('number');
      expect(breach('POST', 'journals', { journalLines: [{ accountType: 'G/L Account' }] })[0]).toContain('allowed values');
      expect(breach('POST', 'salesInvoicez', {})).toEqual(['the metadata has no entity set salesInvoicez']);
      expect(breach('POST', `customers(${companyId})/Microsoft.NAV.post`)).toEqual(['customer has no action post']);
      expect(breach('GET', 'customers', undefined, "?$filter=no eq 'x'")).toEqual(['customer has no property no']);
      expect(breach('PATCH', `customers(${companyId})`, { displayName: 'x' })).toEqual(['PATCH needs If-Match']);
    });
    it('fits the responses that were recorded from version 26', () => {
      const recorded = contract.json('api-v2.0-real/customer.json') as JsonObject;
      const body = Object.fromEntries(Object.entries(recorded).filter(([name]) => !name.startsWith('@')));
      expect(breach('POST', 'customers', body)).toEqual([]);
    });
  });
}
