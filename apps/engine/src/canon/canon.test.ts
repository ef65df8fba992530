// What a canonical document is called, what it does to books, and the sums that must hold.
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@waybill/sdk';
import { bookFacts } from './facts.js';
import { brokenSum, documentFacts, effectOf } from './index.js';
import { answering } from './hub-question.js';
import { referencesOf } from './references.js';

describe('effectOf', () => {
  it.each([
    ['invoice', { status: 'open' }, 'create'],
    ['invoice', { status: 'paid' }, 'create'],
    ['invoice', { status: 'void' }, 'void'],
    ['invoice', { status: 'uncollectible' }, 'write-off'],
    ['credit-memo', { status: 'void' }, 'void'],
    ['credit-memo', { status: 'uncollectible' }, 'create'],
    ['payment', { kind: 'payment', status: 'succeeded' }, 'create'],
    ['payment', { kind: 'refund', status: 'succeeded' }, 'refund'],
    ['payment', { kind: 'payment', status: 'reversed' }, 'void'],
    ['customer', {}, 'create'],
  ] as const)('of %s %j is %s', (type, content, effect) => expect(effectOf(type, content)).toBe(effect));
});

describe('bookFacts', () => {
  it.each([
    ['2026-10-31', '2026-10-31'],
    ['2026-02-30', null],
    ['0000-01-01', null],
    [20261031, null],
  ])('takes of the posting date %j %j', (postingDate, taken) => expect(bookFacts({ postingDate }).postingDate).toBe(taken));
});

describe('brokenSum', () => {
  const invoice = (more: JsonObject = {}): JsonObject => ({
    lines: [{ amount: '0.10' }, { amount: '0.20' }],
    taxLines: [{ amount: '0.03' }],
    subtotal: '0.30',
    taxTotal: '0.03',
    total: '0.33',
    ...more,
  });
  it('holds for decimals that floats get wrong', () => expect(brokenSum('invoice', invoice())).toBeUndefined());
  it.each([
    [{ subtotal: '0.31' }, '/subtotal', '0.30'],
    [{ taxTotal: '0.04' }, '/taxTotal', '0.03'],
    [{ total: '0.34' }, '/total', '0.33'],
    [{ lines: [{ amount: '0.10' }] }, '/subtotal', '0.10'],
    [{ lines: [], subtotal: '0', total: '0.04' }, '/total', '0.03'],
  ] as const)('names the first of %j that does not hold', (more, path, sum) =>
    expect(brokenSum('invoice', invoice(more as never))).toEqual({ path, sentence: expect.stringContaining(sum) }),
  );
  it('counts inclusive tax once', () =>
    expect(brokenSum('invoice', invoice({ taxLines: [{ amount: '0.03', inclusive: true }], total: '0.30' }))).toBeUndefined());
  it('wants a credit memo allocated, to the last digit', () => {
    expect(brokenSum('credit-memo', invoice({ allocations: [{ amount: '0.30' }, { amount: '0.03' }] }))).toBeUndefined();
    expect(brokenSum('credit-memo', invoice({ allocations: [{ amount: '0.30' }] }))).toMatchObject({ path: '/allocations' });
  });
  it('wants journals balanced', () => {
    expect(
      brokenSum('journal-entry', {
        lines: [
          { debit: '1.10', credit: '0' },
          { debit: '0', credit: '1.10' },
        ],
      }),
    ).toBeUndefined();
    expect(
      brokenSum('journal-entry', {
        lines: [
          { debit: '1.10', credit: '0' },
          { debit: '0', credit: '1.11' },
        ],
      }),
    ).toMatchObject({ path: '/lines' });
  });
  it('asks nothing of other types', () => expect(brokenSum('customer', {})).toBeUndefined());
});

describe('documentFacts', () => {
  it('shows number, customer, entity and money', () =>
    expect(
      documentFacts({ number: 'A-1', customer: { name: 'Globex', number: 'C1' }, legalEntity: 'US', total: '12.50', currency: 'USD' }),
    ).toEqual({ title: 'A-1', customer: 'Globex', legalEntity: 'US', amount: '12.50', currency: 'USD' }));
  it('shows no amount without a currency, and none that is no decimal text', () => {
    expect(documentFacts({ total: '12.50' })).toMatchObject({ amount: null, currency: null });
    expect(documentFacts({ total: 12.5, currency: 'USD' } as never)).toMatchObject({ amount: null, currency: null });
  });
  it('falls back to the customer number, then to its id', () => {
    expect(documentFacts({ customer: { number: 'C1', sourceId: 'cus_1' } }).customer).toBe('C1');
    expect(documentFacts({ customer: { sourceId: 'cus_1' } }).customer).toBe('cus_1');
    expect(documentFacts({ customer: 'Ada' }).customer).toBe('Ada');
  });
});

describe('referencesOf', () => {
  const line = (quantity: string, amount: string, usage?: JsonObject): JsonObject => ({ quantity, amount, ...(usage ? { usage } : {}) });
  const october = { meter: 'api-calls', from: '2026-10-01T00:00:00Z', to: '2026-11-01T00:00:00Z' };
  const invoice = (lines: JsonObject[], more: JsonObject = {}): JsonObject => ({
    status: 'open',
    customer: { sourceId: 'cus_1' },
    lines,
    ...more,
  });

  it('adds the tiers of a meter and period, to the last digit, and leaves other lines alone', () => {
    const september = { ...october, from: '2026-09-01T00:00:00Z', to: '2026-10-01T00:00:00Z' };
    const found = referencesOf(
      'invoice',
      invoice([
        line('100.1', '10.00', october),
        line('1', '50.00'),
        line('0.000000000000000002', '0.05', october),
        line('7', '0.70', september),
      ]),
    );
    expect(found).toEqual([
      {
        relation: 'usage',
        target: 'api-calls',
        customer: 'cus_1',
        starts: october.from,
        ends: october.to,
        quantity: '100.100000000000000002',
        amount: '10.05',
        lines: 2,
      },
      {
        relation: 'usage',
        target: 'api-calls',
        customer: 'cus_1',
        starts: september.from,
        ends: september.to,
        quantity: '7',
        amount: '0.70',
        lines: 1,
      },
    ]);
  });
  it('of a void invoice, or of one without usage, there are none', () => {
    expect(referencesOf('invoice', invoice([line('1', '1', october)], { status: 'void' }))).toEqual([]);
    expect(referencesOf('invoice', invoice([line('1', '1')]))).toEqual([]);
  });
  it('of a payment and a credit memo there is the invoice, where one is named', () => {
    for (const type of ['payment', 'credit-memo']) {
      expect(referencesOf(type, { invoice: { sourceId: 'in_1', number: 'A-1' } })).toEqual([
        expect.objectContaining({ relation: 'invoice', target: 'in_1', quantity: null }),
      ]);
      expect(referencesOf(type, { invoice: { number: 'A-1' } })).toEqual([]);
      expect(referencesOf(type, {})).toEqual([]);
    }
    expect(referencesOf('customer', { invoice: { sourceId: 'in_1' } })).toEqual([]);
  });
  it('of a contract and a subscription there is the customer', () => {
    for (const type of ['contract', 'subscription']) {
      expect(referencesOf(type, { customer: { sourceId: 'cus_1' } })).toEqual([
        expect.objectContaining({ relation: 'customer', target: 'cus_1', customer: null }),
      ]);
      expect(referencesOf(type, {})).toEqual([]);
    }
  });
});

describe('answering', () => {
  const contract = (sourceId: string, more: JsonObject = {}): JsonObject => ({ sourceSystem: 's', sourceId, number: `N-${sourceId}`, ...more });
  const year = contract('b', { startDate: '2026-01-01', endDate: '2026-12-31' });
  const open = contract('a', { startDate: '2026-06-30' });
  const ids = (found: JsonObject[]) => found.map((one) => one['sourceId']);
  it('takes what holds on the day, the first and the last included, in one order', () => {
    const on = (day: string) => ids(answering({ type: 'contract', customer: 'c', day }, [open, year]));
    expect([on('2025-12-31'), on('2026-01-01'), on('2026-06-30'), on('2026-12-31'), on('2027-01-01')]).toEqual([[], ['b'], ['b', 'a'], ['b', 'a'], ['a']]);
  });
  it('takes all where no day is asked for', () => expect(ids(answering({ type: 'contract', customer: 'c' }, [open, year]))).toEqual(['b', 'a']));
  it('takes a number for a number, not for a name', () => {
    expect(answering({ type: 'customer', number: 'Globex' }, [{ sourceId: 'x', name: 'Globex' }])).toEqual([]);
  });
}); // prettier-ignore
