/**
 * Stripe's objects as API version 2026-10-28 writes them, with the fields that the sandbox gives meaning to. The fields that
 * it always leaves empty are added when an object is made (`shapes.ts`). Amounts are whole minor units, as Stripe has them.
 */
export const apiVersion = '2026-10-28.endive';

export interface Address {
  city: string | null;
  country: string | null;
  line1: string | null;
  line2: string | null;
  postal_code: string | null;
  state: string | null;
}
export type Metadata = Record<string, string>;

export interface Customer {
  id: string;
  object: 'customer';
  address: Address | null;
  balance: number;
  created: number;
  currency: string | null;
  email: string | null;
  invoice_settings: { default_payment_method: string | null; custom_fields: null; footer: null; rendering_options: null };
  metadata: Metadata;
  name: string | null;
  next_invoice_sequence: number;
  invoice_prefix: string;
  tax_exempt: 'none' | 'exempt' | 'reverse';
  tax_ids: { object: 'list'; data: { type: string; value: string }[]; has_more: boolean; url: string };
  [empty: string]: unknown;
}

export interface Tier {
  up_to: number | null;
  unit_amount_decimal: string | null;
  flat_amount: number | null;
}
export interface Price {
  id: string;
  object: 'price';
  active: boolean;
  billing_scheme: 'per_unit' | 'tiered';
  created: number;
  currency: string;
  metadata: Metadata;
  nickname: string | null;
  product: string;
  recurring: { interval: 'month'; interval_count: number; meter: string | null; usage_type: 'licensed' | 'metered' } | null;
  tiers?: Tier[];
  tiers_mode: 'graduated' | 'volume' | null;
  type: 'recurring' | 'one_time';
  unit_amount: number | null;
  unit_amount_decimal: string | null;
  [empty: string]: unknown;
}

export interface SubscriptionItem {
  id: string;
  object: 'subscription_item';
  created: number;
  current_period_end: number;
  current_period_start: number;
  metadata: Metadata;
  price: Price;
  quantity?: number;
  subscription: string;
  [empty: string]: unknown;
}
export interface Subscription {
  id: string;
  object: 'subscription';
  billing_cycle_anchor: number;
  cancel_at_period_end: boolean;
  canceled_at: number | null;
  collection_method: 'charge_automatically' | 'send_invoice';
  created: number;
  currency: string;
  customer: string;
  days_until_due: number | null;
  ended_at: number | null;
  items: { object: 'list'; data: SubscriptionItem[]; has_more: false; url: string };
  latest_invoice: string | null;
  metadata: Metadata;
  start_date: number;
  status: 'active' | 'past_due' | 'canceled';
  [empty: string]: unknown;
}

export interface Tax {
  amount: number;
  tax_behavior: 'exclusive' | 'inclusive';
  tax_rate_details: { tax_rate: string } | null;
  taxability_reason: 'standard_rated' | 'reverse_charge' | 'customer_exempt' | 'not_collecting';
  taxable_amount: number | null;
  type: 'tax_rate_details';
}
export interface PretaxCredit {
  amount: number;
  credit_balance_transaction: string;
  type: 'credit_balance_transaction';
}
export interface InvoiceLine {
  id: string;
  object: 'line_item';
  amount: number;
  currency: string;
  description: string | null;
  invoice: string | null;
  metadata: Metadata;
  period: { start: number; end: number };
  pretax_credit_amounts: PretaxCredit[];
  pricing: { price_details: { price: string; product: string }; type: 'price_details'; unit_amount_decimal: string | null } | null;
  quantity: number | null;
  subtotal: number;
  taxes: Tax[] | null;
  [empty: string]: unknown;
}

export interface Invoice {
  id: string;
  object: 'invoice';
  amount_due: number;
  amount_paid: number;
  amount_remaining: number;
  attempt_count: number;
  attempted: boolean;
  billing_reason: 'manual' | 'subscription_create' | 'subscription_cycle' | 'subscription_update';
  collection_method: 'charge_automatically' | 'send_invoice';
  created: number;
  currency: string;
  customer: string;
  default_payment_method: string | null;
  due_date: number | null;
  effective_at: number | null;
  ending_balance: number | null;
  metadata: Metadata;
  next_payment_attempt: number | null;
  number: string | null;
  parent: { quote_details: null; subscription_details: { metadata: Metadata; subscription: string }; type: 'subscription_details' } | null;
  period_end: number;
  period_start: number;
  post_payment_credit_notes_amount: number;
  pre_payment_credit_notes_amount: number;
  starting_balance: number;
  status: 'draft' | 'open' | 'paid' | 'uncollectible' | 'void';
  status_transitions: {
    finalized_at: number | null;
    marked_uncollectible_at: number | null;
    paid_at: number | null;
    voided_at: number | null;
  };
  subtotal: number;
  total: number;
  total_excluding_tax: number;
  total_pretax_credit_amounts: PretaxCredit[];
  total_taxes: Tax[];
  [empty: string]: unknown;
}

export interface CreditNoteLine {
  id: string;
  object: 'credit_note_line_item';
  amount: number;
  description: string | null;
  invoice_line_item?: string;
  quantity: number | null;
  taxes: Tax[];
  type: 'invoice_line_item' | 'custom_line_item';
  [empty: string]: unknown;
}
export interface CreditNote {
  id: string;
  object: 'credit_note';
  amount: number;
  created: number;
  currency: string;
  customer: string;
  effective_at: number;
  invoice: string;
  lines: { object: 'list'; data: CreditNoteLine[]; has_more: false; url: string };
  customer_balance_transaction: string | null;
  memo: string | null;
  metadata: Metadata;
  number: string;
  out_of_band_amount: number | null;
  post_payment_amount: number;
  pre_payment_amount: number;
  reason: string | null;
  refunds: { amount_refunded: number; payment_record_refund: null; refund: string; type: 'refund' }[];
  status: 'issued' | 'void';
  subtotal: number;
  total: number;
  total_excluding_tax: number;
  total_taxes: Tax[];
  type: 'pre_payment' | 'post_payment';
  voided_at: number | null;
  [empty: string]: unknown;
}

export interface InvoicePayment {
  id: string;
  object: 'invoice_payment';
  amount_paid: number | null;
  amount_requested: number;
  created: number;
  currency: string;
  invoice: string;
  is_default: boolean;
  livemode: false;
  payment: { payment_intent: string; type: 'payment_intent' };
  status: 'open' | 'paid' | 'canceled';
  status_transitions: { canceled_at: number | null; paid_at: number | null };
}
export interface PaymentIntent {
  id: string;
  object: 'payment_intent';
  amount: number;
  amount_received: number;
  created: number;
  currency: string;
  customer: string;
  latest_charge: string | null;
  metadata: Metadata;
  status: 'requires_payment_method' | 'succeeded';
  [empty: string]: unknown;
}
export interface Refund {
  id: string;
  object: 'refund';
  amount: number;
  charge: string | null;
  created: number;
  currency: string;
  metadata: Metadata;
  payment_intent: string;
  reason: string | null;
  status: 'succeeded';
  [empty: string]: unknown;
}
export interface TaxRate {
  id: string;
  object: 'tax_rate';
  active: boolean;
  country: string;
  created: number;
  display_name: string;
  inclusive: boolean;
  jurisdiction: string;
  metadata: Metadata;
  percentage: number;
  state: string | null;
  tax_type: string;
  [empty: string]: unknown;
}
export interface Product {
  id: string;
  object: 'product';
  active: boolean;
  created: number;
  name: string;
  metadata: Metadata;
  [empty: string]: unknown;
}
export interface Meter {
  id: string;
  object: 'billing.meter';
  created: number;
  display_name: string;
  event_name: string;
  status: 'active';
  [empty: string]: unknown;
}
export interface CreditGrant {
  id: string;
  object: 'billing.credit_grant';
  amount: { monetary: { currency: string; value: number }; type: 'monetary' };
  created: number;
  customer: string;
  expires_at: number | null;
  name: string | null;
  metadata: Metadata;
  [empty: string]: unknown;
}
export interface Event {
  id: string;
  object: 'event';
  api_version: string;
  created: number;
  data: { object: object; previous_attributes?: object };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
}
