import { money } from '@waybill/sdk';
import type { Billing } from './billing.js';
import type { WaitingBill } from './billing-state.js';
import { draftInvoice, finalizeInvoice, lineOfItem, payInvoice, type LineDraft } from './invoicing.js';
import type { Customer, Invoice, Price, Subscription, SubscriptionItem } from './objects.js';
import { charge, prorated } from './pricing.js';
import { emptySubscription, emptySubscriptionItem, list } from './shapes.js';
import { invalid } from './stripe-error.js';

export interface SubscriptionAsk {
  customer: string;
  items: { price: string; quantity?: number }[];
  collectionMethod: Subscription['collection_method'];
  daysUntilDue?: number;
  metadata: Record<string, string>;
}

/** The same day of the next month, or its last day where the month is shorter. */
export function nextMonth(unix: number, anchor: number): number {
  const [from, day] = [new Date(unix * 1000), new Date(anchor * 1000).getUTCDate()];
  const next = new Date(
    Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1, 1, from.getUTCHours(), from.getUTCMinutes(), from.getUTCSeconds()),
  );
  const last = new Date(Date.UTC(next.getUTCFullYear(), next.getUTCMonth() + 1, 0)).getUTCDate();
  next.setUTCDate(Math.min(day, last));
  return Math.floor(next.getTime() / 1000);
}

const isMetered = (item: { price: Price }): boolean => item.price.recurring?.usage_type === 'metered';

/** Starts a subscription and bills its first period: licensed prices in advance, metered ones when their period is over. */
export function createSubscription(billing: Billing, ask: SubscriptionAsk): Subscription {
  const now = billing.now();
  const customer = billing.get('customers', ask.customer);
  const prices = ask.items.map((item) => billing.get('prices', item.price));
  const currency = prices[0]?.currency;
  if (!currency) throw invalid('A subscription needs items.', 'items');
  if (prices.some((price) => price.currency !== currency || !price.recurring))
    throw invalid('All prices must be recurring and of one currency.', 'items');
  const id = billing.id('sub');
  const end = nextMonth(now, now);
  const items = ask.items.map((item, at): SubscriptionItem => ({
    ...emptySubscriptionItem, id: billing.id('si'), object: 'subscription_item', created: now, current_period_start: now, current_period_end: end, metadata: {},
    price: prices[at]!, subscription: id, ...(isMetered({ price: prices[at]! }) ? {} : { quantity: item.quantity ?? 1 }),
  })); // prettier-ignore
  const subscription = billing.add('subscriptions', {
    ...emptySubscription,
    id,
    object: 'subscription',
    billing_cycle_anchor: now,
    cancel_at_period_end: false,
    canceled_at: null,
    collection_method: ask.collectionMethod,
    created: now,
    currency,
    customer: customer.id,
    days_until_due: ask.collectionMethod === 'send_invoice' ? (ask.daysUntilDue ?? 30) : null,
    ended_at: null,
    items: { ...list(items, `/v1/subscription_items?subscription=${id}`), data: items, has_more: false },
    latest_invoice: null,
    metadata: ask.metadata,
    start_date: now,
    status: 'active',
  });
  customer.currency ??= currency;
  billing.emit('customer.subscription.created', subscription);
  billSubscription(billing, subscription, { reason: 'subscription_create', usage: undefined, advance: { start: now, end } });
  return subscription;
}

/** Changes a licensed item in the middle of a period: a credit for the rest of the old, a charge for the rest of the new. */
export function updateItem(
  billing: Billing,
  subscription: Subscription,
  ask: { item: string; price?: string; quantity?: number; proration: 'create_prorations' | 'always_invoice' | 'none' },
): Subscription {
  const item = subscription.items.data.find((i) => i.id === ask.item);
  if (!item) throw invalid(`No such subscription item: '${ask.item}'`, 'items', 'resource_missing');
  if (subscription.status === 'canceled') throw invalid('A canceled subscription can no longer be changed.', 'subscription');
  const [oldPrice, oldQuantity] = [item.price, item.quantity ?? 0];
  const price = ask.price ? billing.get('prices', ask.price) : oldPrice;
  const quantity = ask.quantity ?? oldQuantity;
  if (!isMetered(item) && ask.proration !== 'none') {
    prorate(billing, subscription, item, { price: oldPrice, quantity: oldQuantity, sign: -1 });
    prorate(billing, subscription, item, { price, quantity, sign: 1 });
  }
  const before = structuredClone(subscription.items);
  Object.assign(item, { price, ...(isMetered({ price }) ? {} : { quantity }) });
  billing.emit('customer.subscription.updated', subscription, { items: before });
  if (ask.proration === 'always_invoice') billSubscription(billing, subscription, { reason: 'subscription_update' });
  return subscription;
}

function prorate(
  billing: Billing,
  subscription: Subscription,
  item: SubscriptionItem,
  of: { price: Price; quantity: number; sign: 1 | -1 },
): void {
  const now = billing.now();
  const period = { start: item.current_period_start, end: item.current_period_end };
  const whole = charge(of.price, of.quantity).reduce((sum, part) => sum + part.amount, 0);
  const { name } = billing.get('products', of.price.product);
  billing.state.pendingItems.push({
    id: billing.id('ii'),
    customer: subscription.customer,
    subscription: subscription.id,
    subscriptionItem: item.id,
    amount: of.sign * prorated(whole, now, period),
    currency: subscription.currency,
    description: `${of.sign === 1 ? 'Remaining' : 'Unused'} time on ${of.quantity} × ${name} after ${new Date(now * 1000).toISOString().slice(0, 10)}`,
    period: { start: now, end: period.end },
    price: of.price.id,
    product: of.price.product,
    quantity: of.quantity,
    unitAmountDecimal: of.price.unit_amount_decimal,
    proration: true,
    metadata: {},
  });
}

export function cancelSubscription(billing: Billing, subscription: Subscription): Subscription {
  if (subscription.status === 'canceled') throw invalid('The subscription is canceled already.', 'subscription');
  const now = billing.now();
  const usage = { start: subscription.items.data[0]!.current_period_start, end: now };
  billing.change(subscription, { status: 'canceled', canceled_at: now, ended_at: now });
  billPeriod(billing, subscription, { usage });
  billing.emit('customer.subscription.deleted', subscription);
  return subscription;
}

/** The end of a period: usage of the one that ended, licences of the one that begins. */
export function renew(billing: Billing, subscription: Subscription): void {
  const first = subscription.items.data[0]!;
  const usage = { start: first.current_period_start, end: first.current_period_end };
  if (subscription.cancel_at_period_end) return void cancelSubscription(billing, subscription);
  const advance = { start: usage.end, end: nextMonth(usage.end, subscription.billing_cycle_anchor) };
  for (const item of subscription.items.data) Object.assign(item, { current_period_start: advance.start, current_period_end: advance.end });
  billing.emit('customer.subscription.updated', subscription);
  billPeriod(billing, subscription, { usage, advance });
}

type Period = { start: number; end: number };

/** Bills a period that is over: at once, or when the time in which its usage may still be reported is over too. */
function billPeriod(billing: Billing, subscription: Subscription, { usage, advance }: { usage: Period; advance?: Period }): void {
  const waits = billing.usageGrace > 0 && subscription.items.data.some(isMetered);
  const what = { usage, ...(advance ? { advance } : {}) };
  if (waits) billing.state.waitingBills.push({ subscription: subscription.id, dueAt: billing.now() + billing.usageGrace, ...what });
  else billSubscription(billing, subscription, { reason: 'subscription_cycle', ...what });
}

/** The grace of a period is over: its invoice is made, with all usage that was reported for it. */
export function billWaiting(billing: Billing, bill: WaitingBill): void {
  const { usage, advance } = bill;
  billing.state.waitingBills = billing.state.waitingBills.filter((one) => one !== bill);
  billSubscription(billing, billing.get('subscriptions', bill.subscription), {
    reason: 'subscription_cycle',
    usage,
    ...(advance ? { advance } : {}),
  });
}

function billSubscription(
  billing: Billing,
  subscription: Subscription,
  what: { reason: Invoice['billing_reason']; usage?: Period | undefined; advance?: Period },
): void {
  const customer = billing.get('customers', subscription.customer);
  const lines: LineDraft[] = pendingLines(billing, customer, subscription);
  for (const item of subscription.items.data) {
    const period = isMetered(item) ? what.usage : what.advance;
    if (!period) continue;
    const quantity = isMetered(item) ? usageOf(billing, customer, item, period) : (item.quantity ?? 1);
    lines.push(...itemLines(billing, subscription, item, quantity, period));
  }
  if (lines.length === 0) return;
  const invoice = draftInvoice(billing, {
    customer,
    currency: subscription.currency,
    billingReason: what.reason,
    collectionMethod: subscription.collection_method,
    daysUntilDue: subscription.days_until_due,
    subscription,
    period: what.usage ?? what.advance ?? { start: billing.now(), end: billing.now() },
    lines,
  });
  finalizeInvoice(billing, invoice);
  if (invoice.status === 'open' && invoice.collection_method === 'charge_automatically') payInvoice(billing, invoice);
}

function itemLines(billing: Billing, subscription: Subscription, item: SubscriptionItem, quantity: number, period: Period): LineDraft[] {
  const { price } = item;
  const { name } = billing.get('products', price.product);
  return charge(price, quantity).map((part) => ({
    amount: part.amount,
    description: `${part.quantity} × ${name}${part.note}`,
    period,
    quantity: part.quantity,
    metadata: {},
    metered: isMetered(item),
    subscription: subscription.id,
    pricing: {
      price_details: { price: price.id, product: price.product },
      type: 'price_details',
      unit_amount_decimal: part.unitAmountDecimal,
    },
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: false,
        proration_details: null,
        subscription: subscription.id,
        subscription_item: item.id,
      },
      type: 'subscription_item_details',
    },
  }));
}

/** Takes the customer's pending items in this currency off the list: of this subscription, or of none. */
function pendingLines(billing: Billing, customer: Customer, subscription: Subscription): LineDraft[] {
  const { pendingItems } = billing.state;
  const taken = pendingItems.filter(
    (item) =>
      item.customer === customer.id &&
      item.currency === subscription.currency &&
      (item.subscription ?? subscription.id) === subscription.id,
  );
  billing.state.pendingItems = pendingItems.filter((item) => !taken.includes(item));
  return taken.map(lineOfItem);
}

/** The meter's sum over a period, its start included and its end not. */
export function usageOf(billing: Billing, customer: Customer, item: SubscriptionItem, period: Period): number {
  const meter = billing.state.meters.find((m) => m.id === item.price.recurring?.meter);
  const values = billing.state.meterEvents
    .filter(
      (e) => e.event_name === meter?.event_name && e.customer === customer.id && e.timestamp >= period.start && e.timestamp < period.end,
    )
    .map((e) => e.value);
  return Number(money.round(money.sum(values), 0));
}
