import { describe, expect, it } from '@jest/globals';
import { differences, totals } from './compare.js';
import type { Billed, BillingInvoice, Entry, Wanted } from './documents.js';
import { expectedBooks } from './expected.js';
import { expectedQuantities, quantitiesByEntity, type UsageCorrection } from './usage.js';

const invoice = (id: string, facts: Partial<BillingInvoice> = {}): BillingInvoice => ({
  id, number: `N-${id}`, status: 'paid', currency: 'eur', total: 11_900, amount_remaining: 0, total_taxes: [{ amount: 1_900 }], customer_address: { country: 'DE' }, ...facts,
}); // prettier-ignore
const billed = (facts: Partial<Billed>): Billed => ({ invoices: [], creditNotes: [], payments: [], refunds: [], ...facts });
const entityOf = (country: string) => (country === 'US' ? 'US' : 'DE');

describe('the books that must come of what was billed', () => {
  it('hold an invoice with its tax, in the entity of its country', () =>
    expect(expectedBooks(billed({ invoices: [invoice('a'), invoice('b', { currency: 'jpy', customer_address: { country: 'JP' } })] }), entityOf)).toEqual([
      { entity: 'DE', kind: 'invoice', currency: 'EUR', reference: 'N-a', total: 11_900n, tax: 1_900n, live: true },
      { entity: 'DE', kind: 'invoice', currency: 'JPY', reference: 'N-b', total: 11_900n, tax: 1_900n, live: true },
    ])); // prettier-ignore
  it('hold an invoice below zero as a credit memo, none that is a draft, and nothing living of a void one', () =>
    expect(
      expectedBooks(
        billed({
          invoices: [
            invoice('a', { total: -500, total_taxes: [{ amount: -80 }] }),
            invoice('b', { status: 'draft', number: null }),
            invoice('c', { status: 'void' }),
          ],
        }),
        entityOf,
      ).map(({ reference, kind, total, tax, live }) => [reference, kind, total, tax, live]),
    ).toEqual([
      ['N-a', 'credit-memo', 500n, 80n, true],
      ['N-c', 'invoice', 11_900n, 1_900n, false],
    ]));
  it('hold what remained of an invoice that was given up as written off, beside the invoice', () =>
    expect(
      expectedBooks(billed({ invoices: [invoice('a', { status: 'uncollectible', amount_remaining: 4_551 })] }), entityOf).map(
        ({ kind, reference, total, tax }) => [kind, reference, total, tax],
      ),
    ).toEqual([
      ['invoice', 'N-a', 11_900n, 1_900n],
      ['write-off', 'N-a', 4_551n, undefined],
    ]));
  it('hold credit notes, payments and refunds in the entity of their invoice, and no payment that failed', () =>
    expect(
      expectedBooks(
        billed({
          invoices: [invoice('a', { customer_address: { country: 'US' }, currency: 'usd' })],
          creditNotes: [
            { id: 'c', number: 'CN-1', status: 'issued', currency: 'usd', total: 100, total_taxes: [{ amount: 8 }], invoice: 'a' },
          ],
          payments: [
            { id: 'p', status: 'paid', currency: 'usd', amount_paid: 11_900, invoice: 'a', payment: { payment_intent: 'pi_1' } },
            { id: 'q', status: 'open', currency: 'usd', amount_paid: null, invoice: 'a', payment: { payment_intent: 'pi_2' } },
          ],
          refunds: [
            { id: 'r', status: 'succeeded', currency: 'usd', amount: 100, payment_intent: 'pi_1' },
            { id: 's', status: 'failed', currency: 'usd', amount: 50, payment_intent: 'pi_1' },
          ],
        }),
        entityOf,
      )
        .slice(1)
        .map(({ entity, kind, reference, total }) => [entity, kind, reference, total]),
    ).toEqual([
      ['US', 'credit-memo', 'CN-1', 100n],
      ['US', 'payment', 'pi_1', 11_900n],
      ['US', 'refund', 'pi_1', 100n],
    ]));
});

describe('a comparison', () => {
  const entry = (facts: Partial<Entry> = {}): Entry => ({
    entity: 'DE', kind: 'invoice', currency: 'EUR', reference: 'N-1', total: 100n, tax: 16n, ...facts,
  }); // prettier-ignore
  const wanted = (facts: Partial<Wanted> = {}): Wanted => ({ ...entry(facts), live: true, ...facts });

  it('finds nothing where both sides are the same', () => expect(differences([wanted()], [entry()])).toEqual([]));
  it.each([
    ['what is missing', [wanted()], [], 'is in the books 0 times and must be there 1 times'],
    ['what is there twice', [wanted()], [entry(), entry()], 'is in the books 2 times and must be there 1 times'],
    ['what nobody billed', [], [entry()], 'nobody billed it'],
    ['another amount', [wanted()], [entry({ total: 101n })], 'booked with 101 and must be 100'],
    ['another tax', [wanted()], [entry({ tax: 15n })], 'booked with a tax of 15 and must have 16'],
    ['another currency', [wanted()], [entry({ currency: 'JPY' })], 'must be there 1 times'],
    ['another entity', [wanted()], [entry({ entity: 'US' })], 'must be there 1 times'],
    ['a void that lives', [wanted({ live: false })], [entry()], 'must be there 0 times'],
  ])('finds %s', (_, mine, theirs, sentence) =>
    expect(differences(mine, theirs)).toEqual(expect.arrayContaining([expect.stringContaining(sentence)])),
  );
  it('compares several refunds of one payment by their amounts', () => {
    const [a, b] = [
      { kind: 'refund', reference: 'pi', total: 5n, tax: undefined },
      { kind: 'refund', reference: 'pi', total: 7n, tax: undefined },
    ] as const;
    expect(differences([wanted(a), wanted(b)], [entry(b), entry(a)])).toEqual([]);
    expect(differences([wanted(a), wanted(b)], [entry(b), entry(b)])).toHaveLength(1);
  });
  it('adds up by entity, kind and currency, without what was voided', () =>
    expect(totals([wanted(), wanted({ reference: 'N-2', total: 5n }), wanted({ reference: 'N-3', live: false })], [entry()])).toEqual([
      { entity: 'DE', kind: 'invoice', currency: 'EUR', documents: 2, wanted: 105n, booked: 100n },
    ]));
});

describe('the usage that must be billed', () => {
  const events = [
    { id: 'a', subject: 's', time: '2026-08-03T10:00:00.000Z', calls: 10 },
    { id: 'b', subject: 's', time: '2026-08-31T23:59:59.999Z', calls: 5 },
    { id: 'c', subject: 's', time: '2026-09-01T00:00:00.000Z', calls: 7 },
  ];
  const months = ['2026-08', '2026-09'] as const;
  const early: UsageCorrection = { of: 'a', calls: 12 };
  const late: UsageCorrection = { of: 'b', calls: 1 };

  it('is the sum of a month in UTC', () =>
    expect([...expectedQuantities(events, [], { months, late: new Set() })]).toEqual([
      ['s 2026-08', 15n],
      ['s 2026-09', 7n],
    ]));
  it('takes a correction into its month before the seal, and its difference into the next after it', () =>
    expect([...expectedQuantities(events, [early, late], { months, late: new Set([late]) })]).toEqual([
      ['s 2026-08', 17n],
      ['s 2026-09', 3n],
    ]));
  it('says what cannot be', () => {
    const tooLate: UsageCorrection = { of: 'c', calls: 1 };
    expect(() => expectedQuantities(events, [tooLate], { months, late: new Set([tooLate]) })).toThrow('after the end of the story');
    expect(() => expectedQuantities(events, [{ of: 'x', calls: 1 }], { months, late: new Set() })).toThrow('no event x');
  });
  it('adds up by entity and month, and leaves nobody out', () => {
    const quantities = new Map([['s 2026-08', 15n], ['t 2026-08', 2n], ['s 2026-09', 7n], ['u 2026-08', 1n]]); // prettier-ignore
    expect([...quantitiesByEntity(quantities, new Map([['s', 'US'], ['t', 'US'], ['u', 'DE']]))]).toEqual([['US 2026-08', 17n], ['US 2026-09', 7n], ['DE 2026-08', 1n]]); // prettier-ignore
    expect(() => quantitiesByEntity(quantities, new Map([['s', 'US']]))).toThrow('nobody pays for t');
  });
});
