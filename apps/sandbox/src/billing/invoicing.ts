import type { Billing } from './billing.js';
import type { PendingItem } from './billing-state.js';
import { applyPrepaidCredits, returnPrepaidCredits } from './prepaid-credits.js';
import type { Customer, Invoice, InvoiceLine, InvoicePayment, PretaxCredit, Subscription } from './objects.js';
import { emptyInvoice, emptyLine } from './shapes.js';
import { invalid } from './stripe-error.js';
import { exclusiveTax, rateFor, taxesOf, totalTaxes } from './tax.js';

export type LineDraft = Pick<InvoiceLine, 'amount' | 'description' | 'period' | 'quantity' | 'pricing' | 'metadata'> & {
  parent: object | null;
  subscription: string | null;
  /** Prepaid credits pay metered lines only. */
  metered: boolean;
};

export interface InvoiceDraft {
  customer: Customer;
  currency: string;
  billingReason: Invoice['billing_reason'];
  collectionMethod: Invoice['collection_method'];
  daysUntilDue?: number | null;
  subscription?: Subscription;
  period: { start: number; end: number };
  lines: LineDraft[];
  metadata?: Record<string, string>;
}

/** Days after a failed attempt at which the next is made; after the last the invoice stays open. */
const retryAfterDays = [3, 5, 7];
const day = 86_400;

/** Makes a draft: lines, prepaid credits, then tax on what is left, then totals. */
export function draftInvoice(billing: Billing, draft: InvoiceDraft): Invoice {
  const { customer, currency, subscription } = draft;
  const now = billing.now();
  const id = billing.id('in');
  const rate = rateFor(billing.state.taxRates, customer);
  const credits = applyPrepaidCredits(billing, { customer: customer.id, currency, invoice: id, lines: draft.lines });
  const lines = draft.lines.map(({ metered: _, ...line }, at): InvoiceLine => {
    const pretax = credits[at] ?? [];
    return {
      ...emptyLine,
      ...line,
      id: billing.id('il'),
      object: 'line_item',
      currency,
      invoice: id,
      pretax_credit_amounts: pretax,
      quantity_decimal: line.quantity === null ? null : String(line.quantity),
      subtotal: line.amount,
      taxes: taxesOf(rate, customer, line.amount - creditSum(pretax)),
    };
  });
  billing.state.lines[id] = lines;
  const subtotal = lines.reduce((sum, line) => sum + line.amount, 0);
  const pretax = lines.flatMap((line) => line.pretax_credit_amounts);
  const taxes = totalTaxes(lines);
  const inclusive = taxes.reduce((sum, tax) => sum + tax.amount, 0) - exclusiveTax(taxes);
  const total = subtotal - creditSum(pretax) + exclusiveTax(taxes);
  const invoice = billing.add('invoices', {
    ...emptyInvoice,
    id,
    object: 'invoice',
    amount_due: Math.max(0, total),
    amount_paid: 0,
    amount_remaining: Math.max(0, total),
    attempt_count: 0,
    attempted: false,
    billing_reason: draft.billingReason,
    collection_method: draft.collectionMethod,
    created: now,
    currency,
    customer: customer.id,
    customer_address: customer.address,
    customer_email: customer.email,
    customer_name: customer.name,
    customer_tax_exempt: customer.tax_exempt,
    customer_tax_ids: customer.tax_ids.data,
    default_payment_method: customer.invoice_settings.default_payment_method,
    due_date: draft.collectionMethod === 'send_invoice' ? now + (draft.daysUntilDue ?? 30) * day : null,
    effective_at: null,
    ending_balance: null,
    metadata: draft.metadata ?? {},
    next_payment_attempt: null,
    number: null,
    parent: subscription
      ? {
          quote_details: null,
          subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
          type: 'subscription_details',
        }
      : null,
    period_end: draft.period.end,
    period_start: draft.period.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    starting_balance: 0,
    status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal,
    subtotal_excluding_tax: subtotal - inclusive,
    total,
    total_excluding_tax: subtotal - creditSum(pretax) - inclusive,
    total_pretax_credit_amounts: pretax,
    total_taxes: taxes,
  });
  if (subscription) subscription.latest_invoice = id;
  billing.emit('invoice.created', invoice);
  return invoice;
}

const creditSum = (credits: readonly PretaxCredit[]): number => credits.reduce((sum, credit) => sum + credit.amount, 0);

function must(invoice: Invoice, ...states: Invoice['status'][]): void {
  if (!states.includes(invoice.status))
    throw invalid(`This invoice is ${invoice.status}; it must be ${states.join(' or ')}.`, 'invoice', 'invoice_not_editable');
}

/** Gives the number, uses the customer's balance, and asks for payment. A total of zero or less is paid at once. */
export function finalizeInvoice(billing: Billing, invoice: Invoice): Invoice {
  must(invoice, 'draft');
  const now = billing.now();
  const customer = billing.get('customers', invoice.customer);
  const number = `${customer.invoice_prefix}-${String(customer.next_invoice_sequence).padStart(4, '0')}`;
  customer.next_invoice_sequence += 1;
  const starting = customer.balance;
  const owed = invoice.total + starting;
  customer.balance = Math.min(0, owed);
  billing.change(invoice, {
    number,
    status: 'open',
    effective_at: now,
    starting_balance: starting,
    ending_balance: customer.balance,
    amount_due: Math.max(0, owed),
    amount_remaining: Math.max(0, owed),
    next_payment_attempt: invoice.collection_method === 'charge_automatically' ? now + 3600 : null,
    status_transitions: { ...invoice.status_transitions, finalized_at: now },
  });
  billing.emit('invoice.finalized', invoice);
  if (invoice.amount_due === 0) settled(billing, invoice);
  return invoice;
}

/** Nothing is left to pay: by payment, balance or credit note. */
export function settled(billing: Billing, invoice: Invoice): void {
  const transitions = { ...invoice.status_transitions, paid_at: billing.now() };
  billing.change(invoice, { status: 'paid', next_payment_attempt: null, status_transitions: transitions });
  billing.emit('invoice.paid', invoice);
}

/** Whether a payment method works this time. `pm_sandbox_declinedOnce` is refused at the first attempt of each invoice. */
const isDeclined = (method: string | null, attempt: number): boolean =>
  method === 'pm_card_chargeDeclined' || (method === 'pm_sandbox_declinedOnce' && attempt === 1);

/** One attempt to collect what is open. A refusal schedules the next attempt and makes the subscription past due. */
export function payInvoice(
  billing: Billing,
  invoice: Invoice,
  options: { method?: string; amount?: number } = {},
): InvoicePayment | undefined {
  must(invoice, 'open', 'uncollectible');
  const now = billing.now();
  const attempt = invoice.attempt_count + 1;
  const amount = Math.min(options.amount ?? invoice.amount_remaining, invoice.amount_remaining);
  const declined = isDeclined(options.method ?? invoice.default_payment_method, attempt);
  const intent = billing.add('paymentIntents', {
    id: billing.id('pi'), object: 'payment_intent', amount, amount_received: declined ? 0 : amount, created: now, currency: invoice.currency, customer: invoice.customer,
    latest_charge: declined ? null : billing.id('ch'), livemode: false, metadata: {}, status: declined ? 'requires_payment_method' : 'succeeded',
  }); // prettier-ignore
  billing.change(invoice, { attempt_count: attempt, attempted: true });
  if (declined) {
    const wait = retryAfterDays[attempt - 1];
    billing.change(invoice, { next_payment_attempt: wait === undefined ? null : now + wait * day });
    billing.emit('invoice.payment_failed', invoice);
    return undefined;
  }
  const payment = billing.add('invoicePayments', {
    id: billing.id('inpay'), object: 'invoice_payment', amount_paid: amount, amount_requested: amount, created: now, currency: invoice.currency, invoice: invoice.id, is_default: true, livemode: false,
    payment: { payment_intent: intent.id, type: 'payment_intent' }, status: 'paid', status_transitions: { canceled_at: null, paid_at: now },
  }); // prettier-ignore
  billing.change(invoice, { amount_paid: invoice.amount_paid + amount, amount_remaining: invoice.amount_remaining - amount });
  billing.emit('invoice_payment.paid', payment);
  if (invoice.amount_remaining === 0) settled(billing, invoice);
  return payment;
}

export function voidInvoice(billing: Billing, invoice: Invoice): Invoice {
  must(invoice, 'open', 'uncollectible');
  if (invoice.amount_paid > 0) throw invalid('An invoice with payments cannot be voided.', 'invoice');
  returnPrepaidCredits(billing, billing.state.lines[invoice.id] ?? []);
  const customer = billing.get('customers', invoice.customer);
  customer.balance += invoice.starting_balance - (invoice.ending_balance ?? 0);
  const transitions = { ...invoice.status_transitions, voided_at: billing.now() };
  billing.change(invoice, {
    status: 'void',
    amount_remaining: 0,
    amount_due: 0,
    next_payment_attempt: null,
    status_transitions: transitions,
  });
  billing.emit('invoice.voided', invoice);
  return invoice;
}

export function markUncollectible(billing: Billing, invoice: Invoice): Invoice {
  must(invoice, 'open');
  const transitions = { ...invoice.status_transitions, marked_uncollectible_at: billing.now() };
  billing.change(invoice, { status: 'uncollectible', next_payment_attempt: null, status_transitions: transitions });
  billing.emit('invoice.marked_uncollectible', invoice);
  return invoice;
}

/** A pending item as a line of the invoice it goes onto. */
export function lineOfItem(item: PendingItem): LineDraft {
  const { price, product } = item;
  return {
    amount: item.amount,
    description: item.description,
    period: item.period,
    quantity: item.quantity,
    metadata: item.metadata,
    metered: false,
    subscription: item.subscription,
    pricing:
      price && product ? { price_details: { price, product }, type: 'price_details', unit_amount_decimal: item.unitAmountDecimal } : null,
    parent: {
      invoice_item_details: { invoice_item: item.id, proration: item.proration, proration_details: null, subscription: item.subscription },
      subscription_item_details: null,
      type: 'invoice_item_details',
    },
  };
}
