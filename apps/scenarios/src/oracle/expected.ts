import type { Billed, BillingInvoice, Wanted } from './documents.js';

const absolute = (minor: number): bigint => {
  if (!Number.isSafeInteger(minor)) throw new Error(`${minor} is no whole number of minor units`);
  return BigInt(Math.abs(minor));
};
const sum = (taxes: readonly { amount: number }[]): number => taxes.reduce((total, { amount }) => total + amount, 0);

/**
 * The books that must come of what was billed, by the rules that a company tells its accountant: every invoice that was given a number is booked by its legal
 * entity; one below zero is a credit memo; what was voided is not in the books; what remained of one that was given up is written off; a credit note, a payment and a refund are documents of their own.
 * `entityOf`: whose books take invoices of a country.
 */
export function expectedBooks(billed: Billed, entityOf: (country: string) => string): Wanted[] {
  const wanted: Wanted[] = [];
  const invoices = new Map(billed.invoices.map((invoice) => [invoice.id, invoice]));
  const entity = (invoice: BillingInvoice | undefined): string => {
    const country = invoice?.customer_address?.country;
    if (!country) throw new Error(`invoice ${invoice?.id ?? 'without id'} has no country`);
    return entityOf(country);
  };
  for (const invoice of billed.invoices) {
    if (invoice.status === 'draft' || invoice.number === null) continue;
    const { number, currency, total, total_taxes } = invoice;
    wanted.push({
      entity: entity(invoice), kind: total < 0 ? 'credit-memo' : 'invoice', currency: currency.toUpperCase(), reference: number,
      total: absolute(total), tax: absolute(sum(total_taxes)), live: invoice.status !== 'void',
    });
    if (invoice.status === 'uncollectible')
      wanted.push({
        entity: entity(invoice), kind: 'write-off', currency: currency.toUpperCase(), reference: number, total: absolute(invoice.amount_remaining), tax: undefined, live: true,
      });
  } // prettier-ignore
  for (const note of billed.creditNotes)
    wanted.push({
      entity: entity(invoices.get(note.invoice)), kind: 'credit-memo', currency: note.currency.toUpperCase(), reference: note.number,
      total: absolute(note.total), tax: absolute(sum(note.total_taxes)), live: note.status !== 'void',
    }); // prettier-ignore
  const paidBy = new Map<string, BillingInvoice | undefined>();
  for (const { status, currency, amount_paid, invoice, payment } of billed.payments) {
    paidBy.set(payment.payment_intent, invoices.get(invoice));
    if (status !== 'paid') continue;
    wanted.push({
      entity: entity(invoices.get(invoice)), kind: 'payment', currency: currency.toUpperCase(), reference: payment.payment_intent,
      total: absolute(amount_paid ?? 0), tax: undefined, live: true,
    });
  } // prettier-ignore
  for (const { status, currency, amount, payment_intent } of billed.refunds)
    if (status === 'succeeded')
      wanted.push({
        entity: entity(paidBy.get(payment_intent)), kind: 'refund', currency: currency.toUpperCase(), reference: payment_intent,
        total: absolute(amount), tax: undefined, live: true,
      }); // prettier-ignore
  return wanted;
}
