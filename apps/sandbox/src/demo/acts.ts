import type { Billing } from '../billing/billing.js';
import { createMeterEvent } from '../billing/catalogue.js';
import { createCreditNote } from '../billing/credit-notes.js';
import { createInvoiceItem } from '../billing/invoice-items.js';
import { draftInvoice, finalizeInvoice, lineOfItem, markUncollectible, payInvoice, voidInvoice } from '../billing/invoicing.js';
import type { Invoice, Subscription } from '../billing/objects.js';
import { cancelSubscription, updateItem } from '../billing/subscriptions.js';
import { seededAt } from '../random.js';
import { customers } from './company.js';
import { priceId } from './opening.js';

/** What people of the story do. Each act that finds nothing to act on does nothing. */
const invoicesOf = (billing: Billing, customer: string): Invoice[] =>
  billing.state.invoices.filter((invoice) => invoice.customer === customer);
const subscriptionOf = (billing: Billing, customer: string): Subscription | undefined =>
  billing.state.subscriptions.find((subscription) => subscription.customer === customer && subscription.status !== 'canceled');

export function payOldest(billing: Billing, customer: string): void {
  const open = invoicesOf(billing, customer).find((invoice) => invoice.status === 'open' && !('disputed' in invoice.metadata));
  if (open) payInvoice(billing, open, { method: 'pm_bank_transfer' });
}

export function use(billing: Billing, customer: string, place: string): void {
  const calls = Math.floor(2_000 + 60_000 * seededAt(place, `${customer}/calls`));
  const storage = Math.floor(5 + 60 * seededAt(place, `${customer}/storage`));
  const event = (event_name: string, value: number) =>
    createMeterEvent(billing, {
      event_name,
      identifier: `${customer}/${event_name}/${place}`,
      payload: { stripe_customer_id: customer, value: String(value) },
    });
  event('api_calls', calls);
  event('storage_gb', storage);
}

export function addSeats(billing: Billing, customer: string, more: number): void {
  const subscription = subscriptionOf(billing, customer);
  const seats = subscription?.items.data.find((item) => item.price.product === 'prod_seats');
  if (subscription && seats)
    updateItem(billing, subscription, { item: seats.id, quantity: (seats.quantity ?? 0) + more, proration: 'always_invoice' });
}

/** A one-off invoice of services, finalised and, by card, paid at once. */
export function oneOff(
  billing: Billing,
  id: string,
  services: readonly (readonly [string, number])[],
  metadata: Record<string, string> = {},
): Invoice {
  const customer = billing.get('customers', id);
  const currency = customer.currency ?? 'usd';
  for (const [description, amount] of services) createInvoiceItem(billing, { customer: id, amount: String(amount), currency, description });
  const items = billing.state.pendingItems.filter((item) => item.customer === id && item.subscription === null);
  billing.state.pendingItems = billing.state.pendingItems.filter((item) => !items.includes(item));
  const sold = items.map((item) => ({ ...item, product: 'prod_onboarding', price: priceId('onboarding', currency) }));
  const now = billing.now();
  const collectionMethod = customers.find((who) => who.id === id)?.pays === 'invoice' ? 'send_invoice' : 'charge_automatically';
  const invoice = draftInvoice(billing, {
    customer,
    currency,
    billingReason: 'manual',
    collectionMethod,
    period: { start: now, end: now },
    lines: sold.map(lineOfItem),
    metadata,
  });
  finalizeInvoice(billing, invoice);
  if (invoice.status === 'open' && collectionMethod === 'charge_automatically') payInvoice(billing, invoice);
  return invoice;
}

/** Credits a part of the newest invoice that can take it, on its largest line. */
export function credit(billing: Billing, customer: string, how: { part: number; refund?: boolean; openOnly?: boolean }): void {
  const takes = (invoice: Invoice): boolean =>
    (how.openOnly ? invoice.status === 'open' : invoice.status === 'paid' && invoice.amount_paid > 0) &&
    invoice.pre_payment_credit_notes_amount + invoice.post_payment_credit_notes_amount === 0;
  const invoice = invoicesOf(billing, customer).reverse().find(takes);
  const line = invoice && [...(billing.state.lines[invoice.id] ?? [])].sort((a, b) => b.amount - a.amount)[0];
  if (!invoice || !line || line.amount <= 0) return;
  const amount = Math.max(1, Math.floor(line.amount * how.part));
  const tax = (line.taxes ?? []).reduce((sum, one) => sum + Math.round((one.amount * amount) / line.amount), 0);
  const refundAmount = how.refund ? Math.min(amount + tax, invoice.amount_paid) : 0;
  createCreditNote(billing, {
    invoice: invoice.id,
    lines: [{ line: line.id, amount }],
    reason: how.refund ? 'product_unsatisfactory' : 'order_change',
    memo: null,
    refundAmount,
    outOfBandAmount: 0,
    metadata: {},
  });
}

export function giveUp(billing: Billing, customer: string): void {
  const open = invoicesOf(billing, customer).find((invoice) => invoice.status === 'open');
  if (open) markUncollectible(billing, open);
}

export function voidDisputed(billing: Billing, customer: string): void {
  const open = invoicesOf(billing, customer).find((invoice) => invoice.status === 'open' && 'disputed' in invoice.metadata);
  if (open) voidInvoice(billing, open);
}

export function leave(billing: Billing, customer: string): void {
  const subscription = subscriptionOf(billing, customer);
  if (subscription) cancelSubscription(billing, subscription);
}
