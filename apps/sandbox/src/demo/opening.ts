import type { Billing } from '../billing/billing.js';
import { createCustomer, createMeter, createPrice, createProduct, createTaxRate } from '../billing/catalogue.js';
import { createSubscription } from '../billing/subscriptions.js';
import type { Books } from '../erp/books.js';
import {
  apiCallTiers,
  currencies,
  customers,
  licensedPrices,
  meters,
  products,
  storageTiers,
  taxRates,
  type DemoCustomer,
} from './company.js';

/** The catalogue, before the first customer: products, meters, tax rates and a price of each kind in each currency. */
export function openShop(billing: Billing): void {
  for (const { id, name } of products) createProduct(billing, { id, name });
  for (const meter of meters) createMeter(billing, { ...meter });
  for (const { entity: _entity, taxCode: _code, state, ...rate } of taxRates)
    createTaxRate(billing, { ...rate, inclusive: 'false', ...(state ? { state } : {}) });
  for (const currency of currencies) {
    for (const [name, [product, unit]] of Object.entries(licensedPrices))
      createPrice(billing, {
        id: priceId(name, currency),
        product,
        currency,
        unit_amount: String(unit),
        nickname: name,
        recurring: { interval: 'month' },
      });
    createPrice(billing, {
      id: priceId('onboarding', currency),
      product: 'prod_onboarding',
      currency,
      unit_amount: '100000',
      nickname: 'onboarding',
    });
    const metered = (name: string, product: string, meter: string, mode: string, tiers: Record<string, string>[]) =>
      createPrice(billing, {
        id: priceId(name, currency),
        product,
        currency,
        billing_scheme: 'tiered',
        tiers_mode: mode,
        tiers,
        nickname: name,
        recurring: { interval: 'month', usage_type: 'metered', meter },
      });
    metered('api_calls', 'prod_api_calls', 'mtr_api_calls', 'graduated', apiCallTiers);
    metered('batch_calls', 'prod_batch_calls', 'mtr_batch_calls', 'graduated', apiCallTiers);
    metered('storage', 'prod_storage', 'mtr_storage', 'volume', storageTiers);
  }
}

export const priceId = (name: string, currency: string): string => `price_${name}_${currency}`;

const methods = { 'declined-once': 'pm_sandbox_declinedOnce', declined: 'pm_card_chargeDeclined' } as const;

/** A customer signs up, and its first period is billed. */
export function signUp(billing: Billing, who: DemoCustomer): void {
  const method = who.pays && who.pays !== 'invoice' ? methods[who.pays] : 'pm_card_visa';
  createCustomer(billing, {
    id: who.id,
    name: who.name,
    email: `ap@${who.id.slice(4).replaceAll('_', '-')}.example`,
    address: { country: who.country, ...(who.state ? { state: who.state } : {}) },
    metadata: { erp_number: who.number },
    tax_exempt: who.reverseCharge ? 'reverse' : 'none',
    invoice_settings: { default_payment_method: method },
  });
  const price = (name: string) => ({ price: priceId(name, who.currency) });
  createSubscription(billing, {
    customer: who.id,
    items: [
      { ...price(who.plan) },
      { ...price('seats'), quantity: who.seats },
      ...(who.metered ? [price('api_calls'), price('storage')] : []),
      ...(who.batch ? [price('batch_calls')] : []),
    ],
    collectionMethod: who.pays === 'invoice' ? 'send_invoice' : 'charge_automatically',
    daysUntilDue: 30,
    metadata: {},
  });
}

/**
 * The ERP as finance left it: every billed customer is known (abroad, where there is no entity, in the US company), one is blocked, the Washington tax code was never made, and
 * the month before the demo's first is closed in Germany.
 */
export function fillErp(books: Books, closedMonth: string): void {
  const { master } = books;
  const at = books.time().toISOString();
  for (const { number, name, entity, country, currency, blocked } of customers)
    master.customers.push({
      entity: entity ?? 'US',
      number,
      name,
      country,
      currency: currency.toUpperCase(),
      active: !blocked,
      createdAt: at,
      updatedAt: at,
    });
  closePeriod(books, 'DE', closedMonth);
}

export function closePeriod(books: Books, entity: string, month: string): void {
  const period = books.master.periods.find((p) => p.entity === entity && p.month === month);
  if (period) period.status = 'closed';
  else books.master.periods.push({ entity, month, status: 'closed' });
}
