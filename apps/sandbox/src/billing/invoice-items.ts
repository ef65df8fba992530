import type { Billing } from './billing.js';
import type { Form } from './form.js';
import { has, metadata, nested, optional, optionalWhole, text, whole } from './parameters.js';
import { charge } from './pricing.js';
import { invalid } from './stripe-error.js';

/** A one-off charge or credit that waits for the customer's next invoice: an amount, or a one-time price and a quantity. */
export function createInvoiceItem(billing: Billing, form: Form) {
  const customer = billing.get('customers', text(form, 'customer'));
  const now = billing.now();
  const named = optional(nested(form, 'pricing'), 'price') ?? optional(form, 'price');
  const price = named ? billing.get('prices', named) : undefined;
  if (!price && !has(form, 'amount')) throw invalid('Give an amount or a price.', 'amount', 'parameter_missing');
  const quantity = optionalWhole(form, 'quantity') ?? 1;
  const currency = price?.currency ?? text(form, 'currency').toLowerCase();
  const item = {
    id: billing.id('ii'),
    customer: customer.id,
    subscription: optional(form, 'subscription'),
    subscriptionItem: null,
    amount: price ? charge(price, quantity).reduce((sum, part) => sum + part.amount, 0) : whole(form, 'amount'),
    currency,
    description: optional(form, 'description') ?? (price ? billing.get('products', price.product).name : 'Charge'),
    period: { start: now, end: now },
    price: price?.id ?? null,
    product: price?.product ?? null,
    quantity,
    unitAmountDecimal: price?.unit_amount_decimal ?? null,
    proration: false,
    metadata: metadata(form),
  };
  billing.state.pendingItems.push(item);
  customer.currency ??= currency;
  const { id, amount, description, period } = item;
  return {
    id,
    object: 'invoiceitem',
    amount,
    currency,
    customer: customer.id,
    date: now,
    description,
    livemode: false,
    metadata: item.metadata,
    period,
    proration: false,
    quantity,
  };
}
