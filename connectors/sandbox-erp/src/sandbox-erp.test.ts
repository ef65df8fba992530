// The connector against the running sandbox ERP: one document per key, every refusal classed, nothing invented when the ERP is silent.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSandbox, type Sandbox } from '@waybill/sandbox';
import { isConnectorFailure, type Effect, type FailureFacts, type JsonObject, type Receipt, type SendRequest } from '@waybill/sdk';
import { describeConnector, describeDocuments, describeOperation, fetchHttp, testContext } from '@waybill/sdk/conformance';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { sandboxErp } from './index.js';
import { refusals } from './refusals.js';

const ajv = new Ajv({ strict: false });
addFormats.default(ajv);
const runner = { describe, it, expect, ajv };
const http = fetchHttp();
let sandbox: Sandbox;
let settings: JsonObject;
const today = new Date().toISOString().slice(0, 10);
const month = today.slice(0, 7);

const erp = (method: 'PUT' | 'PATCH' | 'POST' | 'GET', path: string, body?: JsonObject) =>
  http.request({
    method,
    url: `${sandbox.url}/erp/v1${path}`,
    headers: { authorization: 'Bearer sandbox-erp-token' },
    ...(body ? { body } : {}),
  });
const faults = (rules: JsonObject[]) => http.request({ method: 'PUT', url: `${sandbox.url}/faults`, body: { rules } });

beforeAll(async () => {
  sandbox = await startSandbox();
  settings = { baseUrl: sandbox.url, token: 'sandbox-erp-token', entity: 'US' };
  await erp('PUT', '/customers/CUST-1', { entity: 'US', name: 'Ada Ltd' });
  await erp('PUT', '/customers/CUST-2', { entity: 'US', name: 'Blocked Inc', active: false });
});
afterAll(() => sandbox.close());

const sale = (unique: string, change: JsonObject = {}): JsonObject => ({
  origin: `in_${unique}`, reference: `R-${unique}`, customer: 'CUST-1', currency: 'USD', documentDate: today, postingDate: today,
  lines: [{ description: 'Platform', quantity: '1', amount: '100.00', account: '4010', item: 'PLATFORM', taxCodes: ['SALES-8.875'] }],
  taxLines: [{ taxCode: 'SALES-8.875', base: '100.00', amount: '8.88' }], subtotal: '100.00', tax: '8.88', total: '108.88', ...change,
}); // prettier-ignore
const paid = (unique: string, change: JsonObject = {}): JsonObject => ({
  origin: `pay_${unique}`, customer: 'CUST-1', currency: 'USD', documentDate: today, postingDate: today, direction: 'in', amount: '50.00', account: '1060', ...change,
}); // prettier-ignore
const journal = (unique: string): JsonObject => ({
  origin: `j_${unique}`, currency: 'USD', documentDate: today, postingDate: today,
  lines: [{ account: '2400', debit: '10.00', credit: '0' }, { account: '4010', debit: '0', credit: '10.00' }],
}); // prettier-ignore

const context = (change: JsonObject = {}) => testContext({ settings: { ...settings, ...change }, http });
const request = (document: JsonObject, key: string, effect: Effect = 'create', original?: SendRequest['original']): SendRequest => ({
  effect, key, document, attempt: 1, ...(original ? { original } : {}),
}); // prettier-ignore
const send = (operation: keyof typeof sandboxErp.operations, ask: SendRequest): Promise<Receipt> =>
  sandboxErp.operations[operation].send(context(), ask);
const refused = async (call: Promise<unknown>): Promise<FailureFacts> => {
  const error: unknown = await call.then(() => undefined, (e: unknown) => e); // prettier-ignore
  if (!isConnectorFailure(error)) throw new Error(`expected a failure, got ${String(error)}`);
  return error.facts;
};

describeConnector(sandboxErp, {
  ...runner,
  settings: { baseUrl: 'http://127.0.0.1:4190', token: 'sandbox-erp-token', entity: 'US' },
  unpack: {
    deliveries: [
      { id: 'c1', via: 'poll', stream: 'customers', body: JSON.stringify({ entity: 'US', number: 'CUST-1', name: 'Ada', active: true, updatedAt: '2026-11-23T00:00:00.000Z' }) },
      {
        id: 'd1', via: 'poll', stream: 'postings',
        body: JSON.stringify({ id: 'doc-inv-us-000001', kind: 'invoice', number: 'INV-US-000001', externalId: null, currency: 'USD', total: '1.00', status: 'posted', postingDate: '2026-11-23', createdAt: '2026-11-23T00:00:00.000Z' }),
      },
      {
        id: 'documents/invoice/doc-inv-us-000001/posted/1.00/2026-11-23', via: 'poll', stream: 'documents',
        body: JSON.stringify({ id: 'doc-inv-us-000001', number: 'INV-US-000001', type: 'invoice', key: null, reference: 'A-1', currency: 'USD', total: '1.00', tax: '0.00', date: '2026-11-23', state: 'posted' }),
      },
    ],
  },
}); // prettier-ignore

const target = () => Promise.resolve({ settings, http });
const count = async (key: string): Promise<number> => {
  const answer = await erp('GET', `/documents?entity=US&externalId=${key}`);
  return (JSON.parse(answer.text) as { items: unknown[] }).items.length;
};
const original =
  (operation: 'invoice' | 'credit-memo' | 'payment' | 'journal-entry', document: (unique: string) => JsonObject) =>
  async (unique: string) => {
    const key = `wb-orig-${unique.toLowerCase()}`;
    return { ...(await send(operation, request(document(`o${unique}`), key))), key };
  };
const live = { ...runner, target, count };
describeOperation(sandboxErp, 'invoice', { ...live, document: sale });
describeOperation(sandboxErp, 'invoice', { ...live, effect: 'void', document: sale, original: original('invoice', sale) });
describeOperation(sandboxErp, 'invoice', {
  ...live,
  effect: 'write-off',
  document: (unique) => sale(unique, { writeOffAccount: '6200', writtenOff: '108.88' }),
  original: original('invoice', sale),
});
describeOperation(sandboxErp, 'credit-memo', { ...live, document: sale });
describeOperation(sandboxErp, 'credit-memo', { ...live, effect: 'void', document: sale, original: original('credit-memo', sale) });
describeOperation(sandboxErp, 'payment', { ...live, document: paid });
describeOperation(sandboxErp, 'payment', { ...live, effect: 'refund', document: paid, original: original('payment', paid) });
describeOperation(sandboxErp, 'journal-entry', { ...live, document: journal });
describeOperation(sandboxErp, 'customer', {
  ...runner,
  target,
  document: (unique) => ({ number: unique, name: 'Grace GmbH' }),
  count: async (key) =>
    (JSON.parse((await erp('GET', `/customers?entity=US&externalId=${key}`)).text) as { items: unknown[] }).items.length,
});
describeDocuments(sandboxErp, {
  ...live,
  day: today,
  posts: [
    { operation: 'invoice', document: sale, told: { type: 'invoice', total: '108.88', tax: '8.88', currency: 'USD' } },
    { operation: 'credit-memo', document: sale, told: { type: 'credit-memo', total: '108.88', tax: '8.88', currency: 'USD' } },
    { operation: 'payment', document: paid, told: { type: 'payment', total: '50.00', tax: null, currency: 'USD' } },
    {
      operation: 'payment',
      effect: 'refund',
      document: paid,
      original: original('payment', paid),
      told: { type: 'refund', total: '50.00', tax: null, currency: 'USD' },
    },
  ],
});

describe('what the ERP says no to', () => {
  it.each([
    [{ customer: 'CUST-2' }, 'CUSTOMER_INACTIVE', 'master-data', 'customer CUST-2 is inactive in US'],
    [{ customer: 'CUST-9' }, 'CUSTOMER_NOT_FOUND', 'master-data', 'customer CUST-9 is unknown in US'],
    [
      { taxLines: [{ taxCode: 'SALES-10.35', base: '100.00', amount: '8.88' }] },
      'TAX_CODE_NOT_FOUND',
      'master-data',
      'tax code SALES-10.35 is unknown in US',
    ],
    [{ taxLines: [] }, 'TAX_CODE_REQUIRED', 'master-data', 'tax without a tax code in US'],
    [{ total: '108.89' }, 'TOTALS_MISMATCH', 'transformation', 'totals do not add up'],
    [{ currency: 'XAU' }, 'CURRENCY_NOT_FOUND', 'master-data', 'currency XAU is unknown'],
    [{ postingDate: '1999-01-01' }, 'PERIOD_NOT_FOUND', 'posting-rejection', 'period 1999-01 does not exist in US'],
    [
      { appliesTo: [{ origin: 'in_nowhere', amount: '1.00' }] },
      'DOCUMENT_NOT_FOUND',
      'posting-rejection',
      'nothing to apply to: in_nowhere in US',
    ],
  ])('%j is %s, %s', async (change, code, category, cause) => {
    const facts = await refused(send('invoice', request(sale(code, change), `wb-${code.toLowerCase()}`)));
    expect(facts).toMatchObject({ recovery: 'rejected', code, category, cause });
    expect(facts.remedy).toMatch(/\.$/);
  });
  it('a number instead of text is refused, so no digit is ever lost on the way', async () => {
    const body = { ...sale('num'), entity: 'US', total: 108.88 } as unknown as JsonObject;
    expect(JSON.parse((await erp('POST', '/invoices', body)).text)).toMatchObject({ error: { code: 'AMOUNT_NOT_TEXT', field: 'total' } });
  });
  it('an invoice whose month is closed is taken back by a credit memo in the next open month, once', async () => {
    const first = await send('invoice', request(sale('closing'), 'wb-closing'));
    const ask = request(sale('closing'), 'wb-closing-void', 'void', { ...first, key: 'wb-closing' });
    await erp('PATCH', `/periods/US/${month}`, { status: 'closed' });
    const [memo, again] = [await send('invoice', ask), await send('invoice', ask)];
    expect(memo.documentNumber).toMatch(/^CRM-US-/);
    expect(memo.totals?.total).toBe(first.totals?.total);
    expect(String(memo.details?.['postingDate']).slice(0, 7) > month).toBe(true);
    expect(again.documentId).toBe(memo.documentId);
    await erp('PATCH', `/periods/US/${month}`, { status: 'open' });
  });
  it('after the cause is gone, replay posts once', async () => {
    const ask = request(sale('replay', { customer: 'CUST-2' }), 'wb-replay');
    await refused(send('invoice', ask));
    await erp('PATCH', '/customers/CUST-2?entity=US', { active: true });
    const [first, second, third] = [await send('invoice', ask), await send('invoice', ask), await send('invoice', ask)];
    await erp('PATCH', '/customers/CUST-2?entity=US', { active: false });
    expect([second.documentId, third.documentId]).toEqual([first.documentId, first.documentId]);
    expect(await count('wb-replay')).toBe(1);
  });
  it('an upsert never wakes a customer whom finance blocked', async () => {
    await send('customer', request({ number: 'CUST-2', name: 'Blocked Inc, renamed' }, 'wb-cust-2'));
    expect(await sandboxErp.lookups.customer.run(context(), { number: 'CUST-2' })).toMatchObject({
      active: false,
      name: 'Blocked Inc, renamed',
    });
  });
  it('knows every code that the ERP can answer', async () => {
    const { refusalStatus } = await import('@waybill/sandbox');
    const handled = ['UNAUTHORIZED', 'DUPLICATE_EXTERNAL_ID', 'DUPLICATE_REFERENCE', 'ALREADY_VOIDED'];
    expect(Object.keys(refusalStatus).filter((code) => !refusals[code] && !handled.includes(code))).toEqual([]);
  });
});

describe('a write-off', () => {
  const billed = async (name: string) => ({ ...(await send('invoice', request(sale(name), `wb-${name}`))), key: `wb-${name}` });
  const off = (name: string, original: SendRequest['original'], writtenOff?: string) =>
    send('invoice', request(sale(name, { writeOffAccount: '6200', ...(writtenOff === undefined ? {} : { writtenOff }) }), `wb-${name}-off`, 'write-off', original)); // prettier-ignore
  const memo = (name: string) =>
    send('credit-memo', request(sale(`${name}-cn`, {
      credits: `in_${name}`, appliesTo: [{ origin: `in_${name}`, amount: '73.49' }], taxLines: [], tax: '0.00', subtotal: '73.49', total: '73.49',
      lines: [{ description: 'Goodwill', quantity: '1', amount: '73.49', account: '4010' }],
    }), `wb-${name}-cn`)); // prettier-ignore
  it.each(['overtakes', 'follows'])('that %s a credit memo of its invoice takes its own amount, and so does the memo', async (order) => {
    const original = await billed(order);
    const acts = [() => off(order, original, '35.39'), () => memo(order)];
    for (const act of order === 'overtakes' ? acts : acts.reverse()) await act();
    expect(sandbox.books.document(original.documentId).open).toBe('0.00');
    expect((await off(order, original, '35.39')).totals).toMatchObject({ currency: 'USD', total: '35.39' });
  });
  it.each([
    ['108.89', 'OVER_APPLIED', '108.89 is more than the 108.88 USD open'],
    ['0.00', 'write-off-of-nothing', 'nothing of the invoice was left'],
    [undefined, 'no-write-off-amount', 'names no amount'],
  ])('of %p is refused: %s', async (amount, code, words) => {
    const original = await billed(`off-${code}`);
    expect(await refused(off(`off-${code}`, original, amount))).toMatchObject({ code, recovery: 'rejected', message: expect.stringContaining(words) });
    expect(sandbox.books.document(original.documentId).open).toBe('108.88');
  }); // prettier-ignore
  it('that is there already with another amount is a duplicate that names both', async () => {
    const original = await billed('twice');
    await off('twice', original, '10.00');
    expect((await refused(off('twice', original, '11.00'))).message).toMatch(/10\.00 USD there, 11\.00 USD here/);
  });
});

describe('what was booked already', () => {
  it('the same number booked by hand with the same money is the same document', async () => {
    const byHand = JSON.parse((await erp('POST', '/invoices', { ...sale('hand'), entity: 'US' })).text) as { id: string };
    expect((await send('invoice', request(sale('hand'), 'wb-hand'))).documentId).toBe(byHand.id);
    expect(await count('wb-hand')).toBe(0);
  });
  it('the same number with other money is a duplicate that names both amounts', async () => {
    await erp('POST', '/invoices', { ...sale('other', { subtotal: '100.00', tax: '0.00', total: '100.00', taxLines: [] }), entity: 'US' });
    const facts = await refused(send('invoice', request(sale('other'), 'wb-other')));
    expect(facts).toMatchObject({ recovery: 'rejected', category: 'duplicate', code: 'DUPLICATE_REFERENCE' });
    expect(facts.message).toMatch(/100\.00 USD there, 108\.88 USD here/);
  });
});

describe('faults of the ERP', () => {
  const outcome = async (rule: JsonObject, key: string) => {
    await faults([{ ...rule, times: 1 }]);
    const ask = request(sale(key), `wb-${key}`);
    const error: unknown = await send('invoice', ask).then(() => undefined, (e: unknown) => e); // prettier-ignore
    await faults([]);
    return { error, ask };
  };
  it('a lost answer leaves one document, found by its key', async () => {
    const { error, ask } = await outcome({ kind: 'lost-answer' }, 'lost');
    expect(error).toMatchObject({ sent: true, code: 'reset' });
    expect(await sandboxErp.operations.invoice.find(context(), ask)).toMatchObject({ totals: { total: '108.88', currency: 'USD' } });
  });
  it('a late commit is absent first, found later, and a second send makes no second document', async () => {
    const { error, ask } = await outcome({ kind: 'late-commit', afterMs: 300 }, 'late');
    expect(error).toMatchObject({ sent: true });
    expect(await sandboxErp.operations.invoice.find(context(), ask)).toBe(null);
    await new Promise((resolve) => setTimeout(resolve, 600));
    const found = await sandboxErp.operations.invoice.find(context(), ask);
    expect((await send('invoice', ask)).documentId).toBe(found?.documentId);
    expect(await count('wb-late')).toBe(1);
  });
  it('a reset before the ERP worked is in doubt too, and absent', async () => {
    const { error, ask } = await outcome({ kind: 'reset' }, 'reset');
    expect(error).toMatchObject({ sent: true });
    expect(await sandboxErp.operations.invoice.find(context(), ask)).toBe(null);
  });
  it('throttling tells how long to wait', async () => {
    const { error } = await outcome({ kind: 'throttle', retryAfterSeconds: 9 }, 'slowly');
    expect(isConnectorFailure(error) && error.facts).toMatchObject({ recovery: 'throttled', retryAfterMs: 9000 });
  });
  it.each(['error500', 'down', 'nonsense'])('%s on a write is in doubt', async (kind) => {
    const { error } = await outcome({ kind }, kind);
    expect(isConnectorFailure(error) && error.facts.recovery).toBe('in-doubt');
  });
  it('a list that lags hides what was just posted, and a lying total is seen in the receipt', async () => {
    await faults([
      { kind: 'stale-read', afterMs: 60_000 },
      { kind: 'misstated-total', times: 1 },
    ]);
    const ask = request(sale('lagging'), 'wb-lagging');
    expect((await send('invoice', ask)).totals?.total).toBe('108.89');
    expect(await sandboxErp.operations.invoice.find(context(), ask)).toBe(null);
    await faults([]);
    expect((await sandboxErp.operations.invoice.find(context(), ask))?.totals?.total).toBe('108.88');
  });
  it('the same seed gives the same faults', async () => {
    const run = async (): Promise<boolean[]> => {
      await http.request({ method: 'PUT', url: `${sandbox.url}/faults`, body: { seed: 'again', rules: [{ kind: 'reject', share: 0.5 }] } });
      const results: boolean[] = [];
      for (let n = 0; n < 20; n += 1)
        results.push((await erp('PUT', '/customers/CUST-1', { entity: 'US', name: 'Ada Ltd' })).status === 422);
      await faults([]);
      return results;
    };
    const [first, second] = [await run(), await run()];
    expect(second).toEqual(first);
    expect(new Set(first).size).toBe(2);
  });
});

describe('reading back', () => {
  it('check says what is reached, and what is missing', async () => {
    expect((await sandboxErp.check(context())).map((step) => step.ok)).toEqual([true, true, true]);
    expect((await sandboxErp.check(context({ entity: 'FR' }))).at(-1)).toMatchObject({ name: 'Legal entity', ok: false });
    expect((await sandboxErp.check(context({ token: 'wrong' }))).at(-1)).toMatchObject({
      ok: false,
      remedy: 'Enter a valid token in the connection.',
    });
  });
  it('postings come in pages until there are no more, each once', async () => {
    const ids: string[] = [];
    let cursor: string | null = null;
    for (let more = true; more;) {
      const page = await sandboxErp.streams.postings.poll.read(context(), { stream: 'postings', cursor, limit: 7 });
      ids.push(...page.deliveries.map((delivery) => delivery.id));
      ({ cursor, more } = page as { cursor: string; more: boolean });
    }
    const held = sandbox.books.state.documents.filter((document) => document.entity === 'US');
    expect(ids.length).toBe(held.length);
    expect(new Set(ids).size).toBe(ids.length);
  });
  it('customers come again after a change only', async () => {
    const read = (cursor: string | null) => sandboxErp.streams.customers.poll.read(context(), { stream: 'customers', cursor, limit: 1000 });
    const first = await read(null);
    await erp('PUT', '/customers/CUST-1', { entity: 'US', name: 'Ada Limited' });
    const second = await read(first.cursor);
    expect(second.deliveries.map((delivery) => (JSON.parse(delivery.body) as JsonObject)['number'])).toContain('CUST-1');
    expect(second.deliveries.length < first.deliveries.length).toBe(true);
  });
});
