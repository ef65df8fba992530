// Against a real Tryton: every operation and effect, totals read back to the cent, lost answers, refusals, no duplicates.
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { describeDocuments, describeOperation, fetchHttp, testContext, unreachableHttp } from '@waybill/sdk/conformance';
import {
  isConnectorFailure,
  money,
  postingKey,
  TransportFailure,
  type Effect,
  type HttpClient,
  type JsonObject,
  type Receipt,
  type SendRequest,
} from '@waybill/sdk';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { takeTurn, trytonForTests } from '../../../tools/tryton-for-tests.mjs';
import { tryton } from './index.js';
import { nested, rpc, search } from './rpc.js';

jest.setTimeout(60_000);
const server = await trytonForTests();
const endTurn = 'skipped' in server ? undefined : await takeTurn();
afterAll(() => endTurn?.());
const run = `${Date.now().toString(36)}`;
const month = '2026-11';
const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);

if ('skipped' in server) {
  it.skip(`Tryton (skipped: ${server.skipped})`, () => undefined);
} else {
  const settingsFor = (company: string): JsonObject => ({
    baseUrl: server.url,
    database: server.database,
    username: server.user,
    password: server.password,
    company,
  });
  const live = {
    us: testContext({ settings: settingsFor('1'), http: fetchHttp() }),
    de: testContext({ settings: settingsFor('2'), http: fetchHttp() }),
  };
  type Where = keyof typeof live;
  const { operations } = tryton;
  let serial = 0;
  // a server that others have posted to already has numbers up to some day; from that day on, order is no matter
  const [last] = await search(live.us, {
    model: 'account.invoice',
    domain: [
      ['company', '=', 1],
      ['number', 'like', 'INV/2026/%'],
    ],
    fields: ['move.date'],
    order: [['number', 'DESC']],
    limit: 1,
    company: 1,
  });
  const used = String(last ? nested(last, 'move')['date'] : '');
  const day = used > `${month}-20` ? used : `${month}-20`;

  const invoice = (more: JsonObject = {}): JsonObject => ({
    customer: 'CUST-1001', number: `T-${run}-${(serial += 1)}`, currency: 'USD', invoiceDate: day, dueDate: '2026-12-20',
    lines: [
      { description: 'Pro plan', quantity: '10', unitPrice: '49.99', amount: '499.90', account: '4010' },
      { description: 'API calls', quantity: '1234', unitPrice: '0.0125', amount: '15.43', account: '4020' },
    ],
    taxLines: [{ taxCode: 'SALES-8.875', description: 'Sales tax NY', account: '2200', base: '515.33', amount: '45.74' }],
    subtotal: '515.33', taxTotal: '45.74', total: '561.07', ...more,
  }); // prettier-ignore
  const small = (more: JsonObject = {}): JsonObject =>
    invoice({
      lines: [{ description: 'Seat', quantity: '1', amount: '10.00', account: '4010' }],
      taxLines: [],
      subtotal: '10.00',
      taxTotal: '0.00',
      total: '10.00',
      ...more,
    });
  const request = (document: JsonObject, effect: Effect = 'create', original?: SendRequest['original']): SendRequest => {
    const sourceId = `${run}-${(serial += 1)}`;
    return {
      effect,
      key: postingKey({ ledger: 'tryton/test', effect, sourceSystem: 'test', kind: 'test', sourceId, effectNumber: 1 }),
      document,
      attempt: 1,
      ...(original ? { original } : {}),
    };
  };
  const send = (name: keyof typeof operations, ask: SendRequest, where: Where = 'us'): Promise<Receipt> =>
    operations[name].send(live[where], ask);
  const refusal = async (promise: Promise<unknown>) => {
    const error: unknown = await promise.then(
      () => 'answered',
      (thrown: unknown) => thrown,
    );
    if (!isConnectorFailure(error)) throw error;
    return error.facts;
  };
  const inBooks = (key: string) =>
    search(live.us, {
      model: 'account.invoice',
      domain: [['reference', '=', key]],
      fields: ['state', 'number', 'total_amount', 'tax_amount', 'amount_to_pay', 'accounting_date'],
      limit: 10,
      company: 1,
    });
  const stateOf = async (id: string): Promise<JsonObject> =>
    (
      await search(live.us, { model: 'account.invoice', domain: [['id', '=', Number(id)]], fields: ['state', 'amount_to_pay'], company: 1 })
    )[0]!;
  /** Documents of this month as the books tell them, by their ids and in their order, the oldest first. */
  const booksOf = async (...ids: string[]): Promise<(JsonObject | undefined)[]> => {
    const page = await tryton.streams.documents.poll!.read(live.us, { stream: 'documents', cursor: JSON.stringify({ of: 'invoices', after: Number(ids[0]) - 1 }), limit: 1000, since: `${month}-01`, until: `${month}-30` });
    const told = page.deliveries.flatMap((one) => tryton.unpack(one)).map(({ body }) => body);
    return ids.map((id) => told.find((body) => body['id'] === id && body['type'] !== 'payment'));
  }; // prettier-ignore
  /** Does what it is told, then loses the answer of one method, once: the first that says that it was done. */
  const losing = (method: string): HttpClient => {
    const real = fetchHttp();
    let lost = false;
    return {
      async request(call) {
        const answer = await real.request(call);
        if (lost || (call.body as JsonObject)['method'] !== method || answer.text.includes('"error"')) return answer;
        lost = true;
        throw new TransportFailure({ sent: true, code: 'reset', message: 'reset before an answer' });
      },
    };
  };
  const over = (http: HttpClient) => testContext({ settings: settingsFor('1'), http });

  const skip = Object.fromEntries(
    [
      'being told to slow down is not a failure',
      'a lost answer is in doubt, and the look-up finds the document',
      'a server error, a broken gateway and an answer that makes no sense are in doubt, never posted and never retried',
    ].map((name) => [name, 'every call to JSON-RPC is a POST, reads too; the same is tested below by method']),
  );
  const target = () => Promise.resolve({ settings: settingsFor('1'), http: fetchHttp() });
  describeOperation(tryton, 'invoice', {
    describe, it, expect: expect as never, ajv, skip, target,
    document: (unique) => small({ number: unique }),
    count: async (key) => (await inBooks(key)).length,
  }); // prettier-ignore
  describeOperation(tryton, 'journal-entry', {
    describe, it, expect: expect as never, ajv, skip, target,
    document: (unique) => ({ description: `Recognition ${unique}`, currency: 'USD', postingDate: day, lines: [{ account: '2400', debit: '1.00', credit: '0' }, { account: '4010', debit: '0', credit: '1.00' }] }),
  }); // prettier-ignore
  describeDocuments(tryton, {
    describe, it, expect: expect as never, ajv, target, day,
    posts: [
      { operation: 'invoice', document: (unique) => small({ number: unique }), told: { type: 'invoice', total: '10.00', tax: '0', currency: 'USD' } },
      { operation: 'credit-memo', document: (unique) => small({ number: unique }), told: { type: 'credit-memo', total: '10.00', tax: '0', currency: 'USD' } },
      {
        operation: 'payment', effect: 'refund', told: { type: 'refund', total: '5.00', tax: null, currency: 'USD' },
        document: () => ({ customer: 'CUST-1001', currency: 'USD', amount: '5.00', date: day, clearingAccount: '1060' }),
      },
    ],
  }); // prettier-ignore
  describeOperation(tryton, 'customer', {
    describe, it, expect: expect as never, ajv, target,
    skip: { 'being told to slow down is not a failure': 'every call to JSON-RPC is a POST; a 429 comes at sign-in only, see the error table' },
    document: (unique) => ({ number: unique, name: `Customer ${unique}`, email: `${unique}@example.com`, address: { street: '1 Main', city: 'Springfield', country: 'US' } }),
  }); // prettier-ignore

  describe('check', () => {
    it('passes every step for both companies', async () => {
      for (const where of ['us', 'de'] as const) expect((await tryton.check(live[where])).filter((step) => !step.ok)).toEqual([]);
    });
    it('finds the company by name, and says which user may not', async () => {
      expect(await tryton.lookups.company.run(testContext({ settings: settingsFor('Acme US Inc'), http: fetchHttp() }), {})).toMatchObject({
        id: 1,
        currency: 'USD',
      });
      const steps = await tryton.check(testContext({ settings: { ...settingsFor('1'), username: 'limited' }, http: fetchHttp() }));
      expect(steps.filter((step) => !step.ok).length).toBeGreaterThan(0);
    });
  });

  describe('invoices', () => {
    it('posts two lines and the biller’s tax; the books show the source’s totals to the cent', async () => {
      const ask = request(invoice());
      const receipt = await send('invoice', ask);
      expect(receipt).toMatchObject({ totals: { currency: 'USD', total: '561.07', tax: '45.74' }, details: { state: 'posted' } });
      expect(receipt.documentNumber).toMatch(/^INV\/2026\/\d{6}$/);
      expect(await inBooks(ask.key)).toMatchObject([{ state: 'posted', total_amount: '561.07', tax_amount: '45.74' }]);
    });
    it('keeps exactly the totals of 20 invoices with awkward amounts', async () => {
      const sums = { ours: '0', theirs: '0' };
      for (let n = 1; n <= 20; n += 1) {
        const amount = money.fromMinor(n * 7919 + 13, 2);
        const tax = money.round(money.multiply(amount, '0.08875'), 2, 'up');
        const total = money.add(amount, tax);
        const document = small({
          lines: [{ description: 'Usage', quantity: '3', unitPrice: money.divide(amount, '3', 6), amount, account: '4020' }],
          taxLines: [{ taxCode: 'SALES-8.875', account: '2200', base: amount, amount: tax }],
          subtotal: amount,
          taxTotal: tax,
          total,
        });
        const receipt = await send('invoice', request(document));
        sums.ours = money.add(sums.ours, total);
        sums.theirs = money.add(sums.theirs, receipt.totals!.total);
      }
      expect(sums.theirs).toBe(sums.ours);
    });
    it('posts euros, VAT and a negative line in the other company', async () => {
      const document = small({
        customer: 'CUST-1003', currency: 'EUR',
        lines: [{ description: 'Pro', quantity: '1', amount: '100.00', account: '4010' }, { description: 'Unused time', quantity: '1', unitPrice: '-30.00', amount: '-30.00', account: '4010' }],
        taxLines: [{ taxCode: 'VAT-19', account: '2200', base: '70.00', amount: '13.30' }], subtotal: '70.00', taxTotal: '13.30', total: '83.30',
      }); // prettier-ignore
      expect((await send('invoice', request(document), 'de')).totals).toEqual({ currency: 'EUR', total: '83.30', tax: '13.30' });
    });
    it('posts another currency than the company’s in that currency', async () => {
      expect((await send('invoice', request(small({ currency: 'EUR' })))).totals).toMatchObject({ currency: 'EUR', total: '10.00' });
    });
    it('refuses totals that the books would not show, and leaves nothing behind', async () => {
      const ask = request(invoice({ total: '561.08' }));
      expect(await refusal(send('invoice', ask))).toMatchObject({
        recovery: 'rejected',
        category: 'posting-rejection',
        code: 'totals-differ',
      });
      expect(await inBooks(ask.key)).toEqual([]);
    });
    for (const [method, name] of [
      ['model.account.invoice.create', 'between create and post'],
      ['model.account.invoice.post', 'after the post'],
    ] as const)
      it(`resumes when the answer was lost ${name}: one document, its number told`, async () => {
        const ask = request(small());
        await expect(operations.invoice.send(over(losing(method)), ask)).rejects.toMatchObject({ sent: true });
        const found = await operations.invoice.find!(live.us, ask);
        expect(found === null).toBe(method.endsWith('create'));
        const receipt = await send('invoice', { ...ask, attempt: 2 });
        expect(receipt.documentNumber).toMatch(/^INV\//);
        expect((await inBooks(ask.key)).map((row) => row['state'])).toEqual(['posted']);
      });
    it('sent five times, it is one document', async () => {
      const ask = request(small());
      const ids = new Set<string>();
      for (let n = 1; n <= 5; n += 1) ids.add((await send('invoice', { ...ask, attempt: n })).documentId);
      expect([ids.size, (await inBooks(ask.key)).length]).toEqual([1, 1]);
    });
    it('signs in again, once, when the session has ended', async () => {
      const context = over(fetchHttp());
      await context.session.get(() => Promise.resolve(Buffer.from('engine:2:stale').toString('base64')));
      expect((await operations.invoice.send(context, request(small()))).totals!.total).toBe('10.00');
    });
    it('confirms a due date in the past', async () => {
      expect((await send('invoice', request(small({ dueDate: '2026-01-05' })))).details).toMatchObject({ state: 'posted' });
    });
    it('posts a late invoice on the last date used in its month, and refuses one of an earlier month', async () => {
      const late = await send('invoice', request(small({ invoiceDate: `${month}-02` })));
      expect(late.details).toMatchObject({ accountingDate: day });
      expect(await refusal(send('invoice', request(small({ invoiceDate: '2026-10-02' }))))).toMatchObject({
        category: 'posting-rejection',
        code: 'number-out-of-order',
      });
    });
  });

  describe('refusals', () => {
    const cases: [string, JsonObject, JsonObject][] = [
      ['an inactive customer', { customer: 'CUST-1999' }, { category: 'master-data', code: 'customer-inactive', cause: 'customer CUST-1999 inactive in Acme US Inc' }],
      ['an unknown customer', { customer: 'NOBODY' }, { category: 'master-data', code: 'customer-unknown', path: '/customer' }],
      ['an unknown account', { lines: [{ description: 'x', quantity: '1', amount: '10.00', account: '8888' }] }, { category: 'master-data', code: 'account-unknown', path: '/lines/0/account' }],
      ['an account of the wrong kind', { lines: [{ description: 'x', quantity: '1', amount: '10.00', account: '2400' }] }, { category: 'master-data', code: 'account-not-usable' }],
      ['an account that has ended', { lines: [{ description: 'x', quantity: '1', amount: '10.00', account: '4999' }] }, { category: 'master-data' }],
      ['an unknown tax code', { taxLines: [{ taxCode: 'NONE', account: '2200', base: '10.00', amount: '0.00' }] }, { category: 'master-data', code: 'tax code-unknown' }],
      ['an unknown currency', { currency: 'XTS' }, { category: 'master-data', code: 'currency-unknown' }],
      ['a closed period', { invoiceDate: '2023-05-05' }, { category: 'posting-rejection', code: 'period-missing' }],
    ]; // prettier-ignore
    it.each(cases)('%s: classed, and nothing left behind', async (_name, change, expected) => {
      const ask = request(small(change));
      expect(await refusal(send('invoice', ask))).toMatchObject({ recovery: 'rejected', ...expected });
      expect(await inBooks(ask.key)).toEqual([]);
    });
    it('a wrong password is unauthorized, a wrong database misconfigured, an absent server retryable', async () => {
      const ask = request(small());
      const recovery = async (settings: JsonObject, http = fetchHttp()) =>
        (await refusal(operations.invoice.send(testContext({ settings, http }), ask))).recovery;
      expect(await recovery({ ...settingsFor('1'), password: 'wrong' })).toBe('unauthorized');
      expect(await recovery({ ...settingsFor('1'), database: 'nosuch' })).toBe('misconfigured');
      expect(await recovery(settingsFor('1'), unreachableHttp())).toBe('retryable');
    });
  });

  describe('void and write-off', () => {
    it('a void credits and cancels; sent again, or after a lost answer, it is the same note', async () => {
      const ask = request(invoice());
      const original = { ...(await send('invoice', ask)), key: ask.key };
      const voided = request({ ...ask.document, accountingDate: `${month}-21` }, 'void', original);
      expect(await operations.invoice.find!(live.us, voided)).toBeNull();
      await expect(operations.invoice.send(over(losing('wizard.account.invoice.credit.execute')), voided)).rejects.toMatchObject({
        sent: true,
      });
      const found = await operations.invoice.find!(live.us, voided);
      expect(found).toMatchObject({ totals: { total: '561.07', tax: '45.74' } });
      expect((await send('invoice', voided)).documentId).toBe(found!.documentId);
      expect(await stateOf(original.documentId)).toMatchObject({ state: 'cancelled', amount_to_pay: '0' });
      // Neither stands in the books any more, whichever month the note is in.
      expect(await booksOf(original.documentId, found!.documentId)).toMatchObject([
        { type: 'invoice', total: '561.07', state: 'void' },
        { type: 'credit-memo', total: '561.07', state: 'void' },
      ]);
    });
    it('a paid invoice is not voided', async () => {
      const ask = request(small());
      const original = { ...(await send('invoice', ask)), key: ask.key };
      await send(
        'payment',
        request({
          customer: 'CUST-1001',
          invoice: ask.document['number']!,
          currency: 'USD',
          amount: '10.00',
          date: `${month}-21`,
          clearingAccount: '1060',
        }),
      );
      expect(await refusal(send('invoice', request(ask.document, 'void', original)))).toMatchObject({
        code: 'invoice-has-payments',
        category: 'posting-rejection',
      });
    });
    it('a write-off of all that is open closes the invoice, once', async () => {
      const ask = request(small());
      const original = { ...(await send('invoice', ask)), key: ask.key };
      const off = request({ ...ask.document, writtenOff: '10.00' }, 'write-off', original);
      const first = await send('invoice', off);
      expect(first.totals).toEqual({ currency: 'USD', total: '10.00' });
      expect((await send('invoice', off)).documentId).toBe(first.documentId);
      expect(await operations.invoice.find!(live.us, off)).toMatchObject({ documentId: first.documentId, totals: first.totals });
      expect(await stateOf(original.documentId)).toMatchObject({ state: 'paid' });
    });
    const creditOf = (number: unknown) =>
      small({
        number: `${String(number)}-CN`,
        invoice: number as string,
        lines: [{ description: 'Goodwill', quantity: '1', amount: '7.35', account: '4900' }],
        subtotal: '7.35',
        total: '7.35',
      });
    it('a write-off that overtakes a credit memo takes its own amount, and the memo closes the invoice', async () => {
      const ask = request(small());
      const original = { ...(await send('invoice', ask)), key: ask.key };
      expect(await send('invoice', request({ ...ask.document, writtenOff: '2.65' }, 'write-off', original))).toMatchObject({
        totals: { total: '2.65' },
      });
      expect(await stateOf(original.documentId)).toMatchObject({ state: 'posted', amount_to_pay: '7.35' });
      expect(await send('credit-memo', request(creditOf(ask.document['number'])))).toMatchObject({
        totals: { total: '7.35' },
        details: { state: 'paid' },
      });
      expect(await stateOf(original.documentId)).toMatchObject({ state: 'paid', amount_to_pay: '0' });
    });
    it('a write-off behind its credit memo takes the same amount, and the customer owes nothing', async () => {
      const ask = request(small());
      const original = { ...(await send('invoice', ask)), key: ask.key };
      const memo = await send('credit-memo', request(creditOf(ask.document['number'])));
      await send('invoice', request({ ...ask.document, writtenOff: '2.65' }, 'write-off', original));
      const [invoice, credit] = [await stateOf(original.documentId), await stateOf(memo.documentId)];
      expect([invoice['amount_to_pay'], credit['amount_to_pay']]).toEqual(['7.35', '-7.35']);
    });
    it('a write-off of more than is open, of nothing, or without its amount is refused, and nothing is posted', async () => {
      const ask = request(small());
      const original = { ...(await send('invoice', ask)), key: ask.key };
      for (const [writtenOff, code] of [
        ['10.01', 'write-off-too-large'],
        ['0.00', 'write-off-of-nothing'],
        [undefined, 'no-write-off-amount'],
      ] as const)
        expect(
          await refusal(send('invoice', request({ ...ask.document, ...(writtenOff ? { writtenOff } : {}) }, 'write-off', original))),
        ).toMatchObject({ code });
      expect(await stateOf(original.documentId)).toMatchObject({ state: 'posted', amount_to_pay: '10.00' });
    });
  });

  describe('credit memos', () => {
    it('a full credit closes its invoice; a partial one stays on the customer’s account', async () => {
      const ask = request(invoice());
      const original = await send('invoice', ask);
      const full = await send(
        'credit-memo',
        request(invoice({ number: `${String(ask.document['number'])}-CN`, invoice: ask.document['number'] })),
      );
      expect(full).toMatchObject({ totals: { total: '561.07', tax: '45.74' }, details: { state: 'paid' } });
      expect(await stateOf(original.documentId)).toMatchObject({ state: 'paid', amount_to_pay: '0' });
      const other = request(small());
      const open = await send('invoice', other);
      const partial = small({
        invoice: other.document['number'],
        lines: [{ description: 'Goodwill', quantity: '1', amount: '4.00', account: '4900' }],
        subtotal: '4.00',
        total: '4.00',
      });
      expect((await send('credit-memo', request(partial))).details).toMatchObject({ state: 'posted' });
      expect(await stateOf(open.documentId)).toMatchObject({ state: 'posted' });
    });
  });

  describe('more of credit memos and tax', () => {
    it('a void of a credit memo takes it back', async () => {
      const ask = request(small({ number: `CN-${run}-${(serial += 1)}` }));
      const original = { ...(await send('credit-memo', ask)), key: ask.key };
      const voided = request({ ...ask.document, accountingDate: day }, 'void', original);
      const taken = await send('credit-memo', voided);
      expect(taken.totals!.total).toBe('10.00');
      expect(await operations['credit-memo'].find!(live.us, voided)).not.toBeNull();
      expect(await booksOf(original.documentId, taken.documentId)).toMatchObject([
        { type: 'credit-memo', state: 'void' },
        { type: 'invoice', state: 'void' },
      ]);
      expect(await stateOf(original.documentId)).toMatchObject({ state: 'cancelled' });
    });
    it('a tax line of nothing, as under reverse charge, keeps its code', async () => {
      const taxLines = [{ taxCode: 'SALES-0', account: '2200', base: '10.00', amount: '0.00' }];
      expect((await send('invoice', request(small({ taxLines })))).totals).toEqual({ currency: 'USD', total: '10.00', tax: '0.00' });
    });
    it('an invoice of nothing posts', async () => {
      const lines = [{ description: 'Trial', quantity: '1', amount: '0.00', account: '4010' }];
      expect((await send('invoice', request(small({ lines, subtotal: '0.00', total: '0.00' })))).documentNumber).toMatch(/^INV/);
    });
  });

  describe('payments', () => {
    const payment = (number: unknown, amount: string, more: JsonObject = {}): JsonObject => ({
      customer: 'CUST-1001',
      invoice: String(number),
      currency: 'USD',
      amount,
      date: `${month}-21`,
      clearingAccount: '1060',
      reference: 'pi_1',
      ...more,
    });
    it('a part leaves the rest open, the rest closes the invoice, and nothing more fits', async () => {
      const ask = request(invoice());
      const original = await send('invoice', ask);
      const pay = (amount: string) => send('payment', request(payment(ask.document['number'], amount)));
      expect((await pay('200.00')).totals).toEqual({ currency: 'USD', total: '200.00' });
      expect(await stateOf(original.documentId)).toMatchObject({ state: 'posted', amount_to_pay: '361.07' });
      expect((await pay('361.07')).documentNumber).toMatch(/^JE\//);
      expect(await stateOf(original.documentId)).toMatchObject({ state: 'paid', amount_to_pay: '0' });
      expect(await refusal(pay('0.01'))).toMatchObject({ category: 'posting-rejection', code: 'payment-too-large' });
    });
    for (const method of [
      'model.account.move.create',
      'model.account.move.post',
      'model.account.invoice.write',
      'wizard.account.move.reconcile_lines.execute',
    ])
      it(`the answer of ${method} lost: found or resumed, paid once`, async () => {
        const ask = request(small());
        const original = await send('invoice', ask);
        const paid = request(payment(ask.document['number'], '10.00'));
        await operations.payment.send(over(losing(method)), paid).catch(() => undefined);
        await operations.payment.find!(live.us, paid);
        await send('payment', { ...paid, attempt: 2 });
        expect(await stateOf(original.documentId)).toMatchObject({ state: 'paid' });
        const moves = await search(live.us, {
          model: 'account.move',
          domain: [['description', 'like', `${paid.key}%`]],
          fields: ['state'],
          limit: 9,
          company: 1,
        });
        expect(moves.map((move) => move['state'])).toEqual(['posted']);
      });
    it('another currency goes through Tryton’s wizard', async () => {
      const ask = request(small({ currency: 'EUR' }));
      const original = await send('invoice', ask);
      for (const amount of ['4.00', '6.00']) await send('payment', request(payment(ask.document['number'], amount, { currency: 'EUR' })));
      expect(await stateOf(original.documentId)).toMatchObject({ state: 'paid' });
    });
    it('refunds money, and refuses a payment of an invoice that is not there', async () => {
      const refund = request(payment('any', '5.00'), 'refund');
      const first = await send('payment', refund);
      expect((await send('payment', refund)).documentId).toBe(first.documentId);
      expect(await refusal(send('payment', request(payment('NO-SUCH', '1.00'))))).toMatchObject({
        category: 'master-data',
        code: 'invoice-unknown',
      });
    });
  });

  describe('yen in the books of a company in dollars', () => {
    // Converted line by line: 1,000 yen are 6.67 dollars, three of them 20.01, and 3,000 yen are 20.00.
    const yen = (more: JsonObject = {}): JsonObject => {
      const lines = ['Pro', 'Seats', 'Calls'].map((description) => ({ description, quantity: '1', amount: '1000', account: '4010' }));
      return invoice({ currency: 'JPY', lines, taxLines: [], subtotal: '3000', taxTotal: '0', total: '3000', ...more });
    };
    const post = async (document = yen()) => ({ document, receipt: await send('invoice', request(document)) });
    const paying = (number: unknown, amount: string, more: JsonObject = {}): JsonObject => ({ customer: 'CUST-1001', invoice: String(number), currency: 'JPY', amount, date: day, clearingAccount: '1060', ...more });
    const booked = async (key: string) => {
      const page = await tryton.streams.documents.poll!.read(live.us, { stream: 'documents', cursor: JSON.stringify({ of: 'entries', after: 0 }), limit: 1000, since: day, until: day });
      return page.deliveries.flatMap((one) => tryton.unpack(one)).map(({ body }) => body).find((body) => body['key'] === key);
    };
    const withExchange = testContext({ settings: { ...settingsFor('1'), exchangeMethod: 'Bad debt' }, http: fetchHttp() });

    it('without accounts for it, an invoice whose lines come to a cent more than its whole is paid whole by the wizard, and the cent stays open', async () => {
      const { document, receipt } = await post();
      const ask = request(paying(document['number'], '3000'));
      expect(await send('payment', ask)).toMatchObject({ totals: { currency: 'JPY', total: '3000' } });
      expect(await stateOf(receipt.documentId)).toMatchObject({ state: 'posted', amount_to_pay: expect.stringMatching(/^0/) });
      expect(await booked(ask.key)).toMatchObject({ type: 'payment', currency: 'JPY', total: '3000' });
    });
    it('with accounts for it the cent is a line of the entry, and the invoice is paid, in parts too', async () => {
      const { document, receipt } = await post();
      const asks = ['1000', '2000'].map((amount) => request(paying(document['number'], amount)));
      for (const ask of asks) await operations.payment.send(withExchange, ask);
      expect(await stateOf(receipt.documentId)).toMatchObject({ state: 'paid' });
      const { entry, ...told } = (await booked(asks[1]!.key))! as JsonObject & { entry: { lines: JsonObject[] } };
      expect(told).toMatchObject({ type: 'payment', currency: 'JPY', total: '2000' });
      expect(entry.lines.map(({ part, debit, credit, amount }) => [part, debit, credit, amount])).toEqual([['money', '13.33', '0', '2000'], ['customer', '0', '13.34', '-2000'], ['other', '0.01', '0', '0.01']]);
      expect(await operations.payment.find!(withExchange, asks[1]!)).toMatchObject({ totals: { currency: 'JPY', total: '2000' } });
    });
    it('a refund goes out at the rate of the ERP, and says so again when it is looked up', async () => {
      const ask = request({ customer: 'CUST-1001', currency: 'JPY', amount: '1500', date: day, clearingAccount: '1060' }, 'refund');
      const receipt = await send('payment', ask);
      expect(receipt.totals).toEqual({ currency: 'JPY', total: '1500' });
      expect(await operations.payment.find!(live.us, ask)).toMatchObject({ documentId: receipt.documentId, totals: { currency: 'JPY', total: '1500' } });
      const { entry, ...told } = (await booked(ask.key))!;
      expect(told).toMatchObject({ type: 'refund', currency: 'JPY', total: '1500' });
      expect(entry).toMatchObject({ currency: 'USD', lines: [{ part: 'customer', debit: '10.00', amount: '1500' }, { part: 'money', credit: '10.00', amount: '-1500' }] });
    });
    it('a write-off takes its part of what the receivable is carried with, the last one all of it, and nothing is left of the invoice', async () => {
      const { document, receipt } = await post();
      await operations.payment.send(withExchange, request(paying(document['number'], '1000')));
      const original = { documentId: receipt.documentId, key: 'x' };
      const ask = request({ ...document, writtenOff: '2000' }, 'write-off', original);
      expect(await send('invoice', ask)).toMatchObject({ totals: { currency: 'JPY', total: '2000' } });
      expect(await stateOf(receipt.documentId)).toMatchObject({ state: 'paid' });
    });
    it('a day before any rate is refused with what to do', async () => {
      const ask = request({ customer: 'CUST-1001', currency: 'JPY', amount: '1500', date: '2022-12-31', clearingAccount: '1060' }, 'refund');
      expect(await refusal(send('payment', ask))).toMatchObject({ code: 'currency-rate-missing', category: 'master-data', remedy: expect.stringContaining('Enter a rate') });
    });
  }); // prettier-ignore

  describe('journal entries', () => {
    const entry = (more: JsonObject = {}): JsonObject => ({
      description: 'Recognition', currency: 'USD', postingDate: day,
      lines: [{ account: '2400', debit: '100.00', credit: '0', description: 'October' }, { account: '4010', debit: '0', credit: '100.00' }], ...more,
    }); // prettier-ignore
    it('posts receivable lines with their customer', async () => {
      const lines = [
        { account: '1100', debit: '1.00', credit: '0', customer: 'CUST-1001' },
        { account: '4010', debit: '0', credit: '1.00' },
      ];
      expect((await send('journal-entry', request(entry({ lines })))).documentNumber).toMatch(/^JE\//);
    });
    it('does not post a draft of an earlier attempt that says something else', async () => {
      const ask = request(entry());
      await operations['journal-entry'].send(over(losing('model.account.move.create')), ask).catch(() => undefined);
      const other = entry({
        lines: [
          { account: '2400', debit: '7.00', credit: '0' },
          { account: '4010', debit: '0', credit: '7.00' },
        ],
      });
      expect(await refusal(send('journal-entry', { ...ask, document: other }))).toMatchObject({
        code: 'draft-differs',
        category: 'posting-rejection',
      });
      expect(await operations['journal-entry'].find!(live.us, ask)).toBeNull();
    });
    it('refuses a closed period and unequal sides', async () => {
      expect(await refusal(send('journal-entry', request(entry({ postingDate: '2023-05-05' }))))).toMatchObject({
        code: 'period-closed',
        category: 'posting-rejection',
      });
      const lines = [
        { account: '2400', debit: '1.00', credit: '0' },
        { account: '4010', debit: '0', credit: '0.99' },
      ];
      expect(await refusal(send('journal-entry', request(entry({ lines }))))).toMatchObject({ code: 'move-unbalanced' });
    });
  });

  describe('reading back', () => {
    it('the postings stream brings every posted invoice of this run with the books’ totals, whatever the page size', async () => {
      const ask = request(small());
      await send('invoice', ask);
      const seen = new Map<string, JsonObject>();
      let cursor: string | null = null;
      for (let more = true; more;) {
        const page = await tryton.streams.postings.poll!.read(live.us, { stream: 'postings', cursor, limit: 7, since: '2026-01-01' });
        for (const one of page.deliveries) for (const record of tryton.unpack(one)) seen.set(String(record.body['id']), record.body);
        ({ cursor, more } = page);
      }
      const all = await search(live.us, {
        model: 'account.invoice',
        domain: [
          ['company', '=', 1],
          ['type', '=', 'out'],
          ['number', '!=', null],
        ],
        fields: ['number'],
        limit: 5000,
        company: 1,
      });
      expect(seen.size).toBe(all.length);
      expect([...seen.values()].find((body) => body['key'] === ask.key)).toMatchObject({
        total: '10.00',
        currency: 'USD',
        customer: 'CUST-1001',
        postingDate: day,
      });
    });
    it('looks master data up', async () => {
      const { lookups } = tryton;
      expect(await lookups.customer.run(live.us, { number: 'CUST-1999' })).toMatchObject({ active: false });
      expect(await lookups['tax-code'].run(live.de, { taxCode: 'VAT-19' })).toMatchObject({ rate: '0.19', account: '2200' });
      expect(await lookups.account.run(live.us, { account: '4010' })).toMatchObject({ account: '4010' });
      expect(await lookups.period.run(live.us, { date: '2023-05-05' })).toMatchObject({ state: expect.stringMatching(/close|locked/) });
      expect(await lookups.currency.run(live.us, { currency: 'JPY' })).toEqual({ currency: 'JPY', decimals: 0 });
      expect(await lookups.customer.run(live.us, { number: 'NOBODY' })).toBeNull();
      await rpc(live.us, { method: 'model.res.user.get_preferences', params: [true, {}], what: 'read preferences', writes: false });
    });
  });
}
