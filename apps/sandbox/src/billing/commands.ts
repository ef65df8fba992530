import type { Billing } from './billing.js';
import {
  createCreditGrant,
  createCustomer,
  createMeter,
  createMeterEvent,
  createPrice,
  createProduct,
  createTaxRate,
  updateCustomer,
  updateTaxRate,
} from './catalogue.js';
import { createCreditNote, createRefund, voidCreditNote } from './credit-notes.js';
import type { Form } from './form.js';
import { createInvoiceItem } from './invoice-items.js';
import { draftInvoice, finalizeInvoice, lineOfItem, markUncollectible, payInvoice, voidInvoice } from './invoicing.js';
import { has, many, metadata, oneOf, optional, optionalWhole, text } from './parameters.js';
import { StripeError } from './stripe-error.js';
import { createSubscription, updateItem } from './subscriptions.js';

/** Answers a request from its parameters and the id in its path. */
type Handler = (billing: Billing, form: Form, id: string) => object;

/** What a POST does. `:id` is the object in the path. */
export const posts: Record<string, Handler> = {
  '/customers': createCustomer,
  '/customers/:id': (billing, form, id) => updateCustomer(billing, billing.get('customers', id), form),
  '/products': createProduct,
  '/prices': createPrice,
  '/tax_rates': createTaxRate,
  '/tax_rates/:id': (billing, form, id) => updateTaxRate(billing, billing.get('taxRates', id), form),
  '/billing/meters': createMeter,
  '/billing/meter_events': createMeterEvent,
  '/billing/credit_grants': createCreditGrant,
  '/invoiceitems': createInvoiceItem,
  '/subscriptions': (billing, form) =>
    createSubscription(billing, {
      customer: text(form, 'customer'),
      items: many(form, 'items').map((item) => ({
        price: text(item, 'price'),
        ...(has(item, 'quantity') ? { quantity: optionalWhole(item, 'quantity')! } : {}),
      })),
      collectionMethod: oneOf(form, 'collection_method', ['charge_automatically', 'send_invoice'] as const, 'charge_automatically'),
      ...(has(form, 'days_until_due') ? { daysUntilDue: optionalWhole(form, 'days_until_due')! } : {}),
      metadata: metadata(form),
    }),
  '/subscriptions/:id': (billing, form, id) => {
    const subscription = billing.get('subscriptions', id);
    if (has(form, 'cancel_at_period_end')) {
      const before = billing.change(subscription, { cancel_at_period_end: form['cancel_at_period_end'] === 'true' });
      billing.emit('customer.subscription.updated', subscription, before);
    }
    for (const item of many(form, 'items'))
      updateItem(billing, subscription, {
        item: text(item, 'id'),
        ...(has(item, 'price') ? { price: text(item, 'price') } : {}),
        ...(has(item, 'quantity') ? { quantity: optionalWhole(item, 'quantity')! } : {}),
        proration: oneOf(form, 'proration_behavior', ['create_prorations', 'always_invoice', 'none'] as const, 'create_prorations'),
      });
    return subscription;
  },
  '/invoices': (billing, form) => {
    const customer = billing.get('customers', text(form, 'customer'));
    const items = billing.state.pendingItems.filter((item) => item.customer === customer.id && item.subscription === null);
    const currency = optional(form, 'currency')?.toLowerCase() ?? items[0]?.currency ?? customer.currency ?? 'usd';
    const taken = items.filter((item) => item.currency === currency);
    billing.state.pendingItems = billing.state.pendingItems.filter((item) => !taken.includes(item));
    const now = billing.now();
    return draftInvoice(billing, {
      customer,
      currency,
      billingReason: 'manual',
      collectionMethod: oneOf(form, 'collection_method', ['charge_automatically', 'send_invoice'] as const, 'charge_automatically'),
      daysUntilDue: optionalWhole(form, 'days_until_due') ?? null,
      period: { start: now, end: now },
      lines: taken.map(lineOfItem),
      metadata: metadata(form),
    });
  },
  '/invoices/:id/finalize': (billing, _form, id) => finalizeInvoice(billing, billing.get('invoices', id)),
  '/invoices/:id/void': (billing, _form, id) => voidInvoice(billing, billing.get('invoices', id)),
  '/invoices/:id/mark_uncollectible': (billing, _form, id) => markUncollectible(billing, billing.get('invoices', id)),
  '/invoices/:id/pay': (billing, form, id) => {
    const invoice = billing.get('invoices', id);
    const method = optional(form, 'payment_method');
    const paid = payInvoice(billing, invoice, method ? { method } : {});
    if (!paid) throw new StripeError(402, { type: 'card_error', code: 'card_declined', message: 'Your card was declined.' });
    return invoice;
  },
  '/credit_notes': (billing, form) =>
    createCreditNote(billing, {
      invoice: text(form, 'invoice'),
      lines: has(form, 'lines')
        ? many(form, 'lines').map((line) => ({
            ...(has(line, 'invoice_line_item') ? { line: text(line, 'invoice_line_item') } : {}),
            ...(has(line, 'description') ? { description: text(line, 'description') } : {}),
            ...(has(line, 'amount') || has(line, 'unit_amount')
              ? { amount: optionalWhole(line, has(line, 'amount') ? 'amount' : 'unit_amount')! }
              : {}),
          }))
        : [{ description: 'Credit', amount: optionalWhole(form, 'amount') ?? 0 }],
      reason: optional(form, 'reason'),
      memo: optional(form, 'memo'),
      ...(has(form, 'refund_amount') ? { refundAmount: optionalWhole(form, 'refund_amount')! } : {}),
      ...(has(form, 'out_of_band_amount') ? { outOfBandAmount: optionalWhole(form, 'out_of_band_amount')! } : {}),
      metadata: metadata(form),
    }),
  '/credit_notes/:id/void': (billing, _form, id) => voidCreditNote(billing, billing.get('creditNotes', id)),
  '/refunds': (billing, form) => {
    const amount = optionalWhole(form, 'amount');
    return createRefund(billing, {
      intent: text(form, 'payment_intent'),
      reason: optional(form, 'reason'),
      metadata: metadata(form),
      ...(amount === undefined ? {} : { amount }),
    });
  },
};
