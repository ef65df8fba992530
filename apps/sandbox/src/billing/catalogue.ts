import { money } from '@waybill/sdk';
import type { Billing } from './billing.js';
import type { Form } from './form.js';
import type { Address, CreditGrant, Customer, Meter, Price, Product, TaxRate, Tier } from './objects.js';
import { decimal, flag, has, many, metadata, nested, oneOf, optional, optionalWhole, text, whole } from './parameters.js';
import { emptyCustomer, emptyGrant, emptyMeter, emptyPrice, emptyProduct, emptyTaxRate, list } from './shapes.js';
import { invalid } from './stripe-error.js';
import { wholeMinor } from './pricing.js';

/** What is sold, to whom, at which tax: made from request parameters. */
const own = (billing: Billing, form: Form, prefix: string): string => optional(form, 'id') ?? billing.id(prefix);

function addressOf(form: Form): Address | null {
  if (!has(form, 'address')) return null;
  const given = nested(form, 'address');
  const part = (name: keyof Address): string | null => optional(given, name);
  return {
    city: part('city'),
    country: part('country'),
    line1: part('line1'),
    line2: part('line2'),
    postal_code: part('postal_code'),
    state: part('state'),
  };
}

export function createCustomer(billing: Billing, form: Form): Customer {
  const id = own(billing, form, 'cus');
  if (billing.find(id)) throw invalid(`Customer already exists: ${id}`, 'id', 'resource_already_exists');
  const customer = billing.add('customers', {
    ...emptyCustomer,
    id,
    object: 'customer',
    address: addressOf(form),
    balance: optionalWhole(form, 'balance') ?? 0,
    created: billing.now(),
    currency: null,
    email: optional(form, 'email'),
    invoice_prefix: billing.id('x').slice(2, 10).toUpperCase(),
    invoice_settings: {
      default_payment_method: optional(nested(form, 'invoice_settings'), 'default_payment_method'),
      custom_fields: null,
      footer: null,
      rendering_options: null,
    },
    metadata: metadata(form),
    name: optional(form, 'name'),
    next_invoice_sequence: 1,
    tax_exempt: oneOf(form, 'tax_exempt', ['none', 'exempt', 'reverse'] as const, 'none'),
    tax_ids: list(
      many(form, 'tax_id_data').map((entry) => ({ type: text(entry, 'type'), value: text(entry, 'value') })),
      `/v1/customers/${id}/tax_ids`,
    ) as Customer['tax_ids'],
  });
  billing.emit('customer.created', customer);
  return customer;
}

export function updateCustomer(billing: Billing, customer: Customer, form: Form): Customer {
  const facts: Partial<Customer> = {};
  if (has(form, 'name')) facts.name = text(form, 'name');
  if (has(form, 'email')) facts.email = text(form, 'email');
  if (has(form, 'address')) facts.address = addressOf(form);
  if (has(form, 'metadata')) facts.metadata = { ...customer.metadata, ...metadata(form) };
  if (has(form, 'tax_exempt')) facts.tax_exempt = oneOf(form, 'tax_exempt', ['none', 'exempt', 'reverse'] as const);
  const method = optional(nested(form, 'invoice_settings'), 'default_payment_method');
  if (method) facts.invoice_settings = { ...customer.invoice_settings, default_payment_method: method };
  const before = billing.change(customer, facts);
  billing.emit('customer.updated', customer, before);
  return customer;
}

export function createProduct(billing: Billing, form: Form): Product {
  const now = billing.now();
  const facts = {
    id: own(billing, form, 'prod'),
    active: true,
    created: now,
    updated: now,
    name: text(form, 'name'),
    metadata: metadata(form),
  };
  const product = billing.add('products', { ...emptyProduct, ...facts, object: 'product' });
  billing.emit('product.created', product);
  return product;
}

function tiersOf(form: Form): Tier[] {
  const tiers = many(form, 'tiers').map((tier) => ({
    flat_amount: optionalWhole(tier, 'flat_amount') ?? null,
    unit_amount_decimal: has(tier, 'unit_amount_decimal')
      ? decimal(tier, 'unit_amount_decimal')
      : String(optionalWhole(tier, 'unit_amount') ?? 0),
    up_to: text(tier, 'up_to') === 'inf' ? null : whole(tier, 'up_to'),
  }));
  const rising = tiers.every(
    (tier, at) =>
      (tier.up_to === null) === (at === tiers.length - 1) && (at === 0 || tier.up_to === null || tier.up_to > tiers[at - 1]!.up_to!),
  );
  if (tiers.length === 0 || !rising) throw invalid('Tiers must rise, and only the last has up_to=inf.', 'tiers');
  return tiers;
}

export function createPrice(billing: Billing, form: Form): Price {
  const scheme = oneOf(form, 'billing_scheme', ['per_unit', 'tiered'] as const, 'per_unit');
  const recurring = nested(form, 'recurring');
  const metered = oneOf(recurring, 'usage_type', ['licensed', 'metered'] as const, 'licensed') === 'metered';
  const unit =
    scheme === 'tiered'
      ? null
      : has(form, 'unit_amount_decimal')
        ? decimal(form, 'unit_amount_decimal')
        : String(whole(form, 'unit_amount'));
  const price = billing.add('prices', {
    ...emptyPrice,
    id: own(billing, form, 'price'),
    object: 'price',
    active: true,
    billing_scheme: scheme,
    created: billing.now(),
    currency: text(form, 'currency').toLowerCase(),
    metadata: metadata(form),
    nickname: optional(form, 'nickname'),
    product: billing.get('products', text(form, 'product')).id,
    recurring: has(form, 'recurring')
      ? {
          interval: oneOf(recurring, 'interval', ['month'] as const),
          interval_count: 1,
          meter: metered ? billing.get('meters', text(recurring, 'meter')).id : null,
          usage_type: metered ? 'metered' : 'licensed',
        }
      : null,
    ...(scheme === 'tiered' ? { tiers: tiersOf(form) } : {}),
    tiers_mode: scheme === 'tiered' ? oneOf(form, 'tiers_mode', ['graduated', 'volume'] as const) : null,
    type: has(form, 'recurring') ? 'recurring' : 'one_time',
    unit_amount: unit !== null && money.equals(unit, money.round(unit, 0)) ? wholeMinor(unit) : null,
    unit_amount_decimal: unit,
  });
  billing.emit('price.created', price);
  return price;
}

export function createTaxRate(billing: Billing, form: Form): TaxRate {
  const rate = billing.add('taxRates', {
    ...emptyTaxRate,
    id: own(billing, form, 'txr'),
    object: 'tax_rate',
    active: true,
    country: text(form, 'country'),
    created: billing.now(),
    display_name: text(form, 'display_name'),
    inclusive: flag(form, 'inclusive'),
    jurisdiction: optional(form, 'jurisdiction') ?? text(form, 'country'),
    metadata: metadata(form),
    percentage: Number(decimal(form, 'percentage')),
    state: optional(form, 'state'),
    tax_type: optional(form, 'tax_type') ?? 'vat',
  });
  billing.emit('tax_rate.created', rate);
  return rate;
}

/** What a rate says stays as it is; a rate that is not active is used by no invoice from now on. */
export function updateTaxRate(billing: Billing, rate: TaxRate, form: Form): TaxRate {
  const before = billing.change(rate, has(form, 'active') ? { active: flag(form, 'active') } : {});
  billing.emit('tax_rate.updated', rate, before);
  return rate;
}

export function createMeter(billing: Billing, form: Form): Meter {
  const now = billing.now();
  const name = text(form, 'event_name');
  if (billing.state.meters.some((meter) => meter.event_name === name))
    throw invalid(`A meter for ${name} exists already.`, 'event_name', 'resource_already_exists');
  const facts = { id: own(billing, form, 'mtr'), created: now, updated: now, display_name: text(form, 'display_name'), event_name: name };
  const meter = billing.add('meters', { ...emptyMeter, ...facts, object: 'billing.meter', status: 'active' });
  billing.emit('billing.meter.created', meter);
  return meter;
}

const dayS = 86_400;

/** Usage for a meter. An identifier is remembered for 24 hours; a repeat within it is refused, as at Stripe. */
export function createMeterEvent(billing: Billing, form: Form) {
  const now = billing.now();
  const event_name = text(form, 'event_name');
  if (!billing.state.meters.some((meter) => meter.event_name === event_name))
    throw invalid(`No active meter found for event name ${event_name}.`, 'event_name');
  const payload = nested(form, 'payload');
  const timestamp = optionalWhole(form, 'timestamp') ?? now;
  if (timestamp < now - 35 * dayS || timestamp > now + 300)
    throw invalid('The timestamp must be within the past 35 days or up to 5 minutes in the future.', 'timestamp');
  const identifier = optional(form, 'identifier') ?? billing.id('mev');
  const repeat = billing.state.meterEvents.some((event) => event.identifier === identifier && event.created > now - dayS);
  if (repeat) throw invalid(`An event already exists with identifier ${identifier}.`, 'identifier', 'duplicate_meter_event');
  const customer = billing.get('customers', text(payload, 'stripe_customer_id')).id;
  const value = decimal(payload, 'value');
  billing.state.meterEvents.push({ identifier, event_name, customer, value, timestamp, created: now });
  return {
    object: 'billing.meter_event',
    created: now,
    event_name,
    identifier,
    livemode: false,
    payload: { stripe_customer_id: customer, value },
    timestamp,
  };
}

/** Credits that a customer bought ahead; metered lines of later invoices are paid with them. */
export function createCreditGrant(billing: Billing, form: Form): CreditGrant {
  const now = billing.now();
  const monetary = nested(nested(form, 'amount'), 'monetary');
  const value = whole(monetary, 'value');
  const grant = billing.add('creditGrants', {
    ...emptyGrant,
    id: own(billing, form, 'credgr'),
    object: 'billing.credit_grant',
    amount: { monetary: { currency: text(monetary, 'currency').toLowerCase(), value }, type: 'monetary' },
    created: now,
    customer: billing.get('customers', text(form, 'customer')).id,
    expires_at: optionalWhole(form, 'expires_at') ?? null,
    metadata: metadata(form),
    name: optional(form, 'name'),
    updated: now,
  });
  billing.state.creditLeft[grant.id] = value;
  billing.emit('billing.credit_grant.created', grant);
  return grant;
}
