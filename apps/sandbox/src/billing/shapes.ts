import type * as Stripe from './objects.js';

/**
 * The fields of Stripe's objects that the sandbox never fills, so that an object has all of them. Checked in tests against
 * Stripe's own fixtures and declarations.
 */
export const emptyCustomer = {
  customer_account: null, default_source: null, delinquent: false, description: null, discount: null, livemode: false, phone: null, preferred_locales: [], shipping: null, test_clock: null,
}; // prettier-ignore

export const emptyPrice = {
  custom_unit_amount: null,
  livemode: false,
  lookup_key: null,
  tax_behavior: 'unspecified',
  transform_quantity: null,
};

export const emptySubscription = { billing_schedules: [], customer_account: null, managed_payments: { enabled: false },
  application: null, application_fee_percent: null, automatic_tax: { disabled_reason: null, enabled: false, liability: null }, billing_cycle_anchor_config: null, billing_mode: { type: 'flexible' },
  billing_thresholds: null, cancel_at: null, cancellation_details: null, default_payment_method: null, default_source: null, default_tax_rates: [], description: null, discounts: [],
  invoice_settings: { account_tax_ids: null, issuer: { type: 'self' } }, livemode: false, next_pending_invoice_item_invoice: null, on_behalf_of: null, pause_collection: null,
  payment_settings: { payment_method_options: null, payment_method_types: null, save_default_payment_method: 'off' }, pending_invoice_item_interval: null, pending_setup_intent: null,
  pending_update: null, schedule: null, test_clock: null, transfer_data: null, trial_end: null, trial_settings: null, trial_start: null,
}; // prettier-ignore

export const emptySubscriptionItem = { billing_thresholds: null, discounts: [], tax_rates: [] };

export const emptyInvoice = {
  account_country: 'US', account_name: 'Northwind Metering', account_tax_ids: null, amount_overpaid: 0, amount_shipping: 0, application: null, auto_advance: true,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null }, automatically_finalizes_at: null, custom_fields: null, customer_account: null,
  customer_phone: null, customer_shipping: null, default_source: null, default_tax_rates: [], description: null, discounts: [], footer: null, from_invoice: null, hosted_invoice_url: null,
  invoice_pdf: null, issuer: { type: 'self' }, last_finalization_error: null, latest_revision: null, livemode: false, on_behalf_of: null,
  payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null }, receipt_number: null, rendering: null, shipping_cost: null, shipping_details: null,
  statement_descriptor: null, test_clock: null, total_discount_amounts: [], webhooks_delivered_at: null,
}; // prettier-ignore

export const emptyLine = { discount_amounts: [], discountable: true, discounts: [], livemode: false };

export const emptyCreditNote = {
  amount_shipping: 0, customer_account: null, discount_amount: 0, discount_amounts: [], livemode: false, pdf: null, pretax_credit_amounts: [], shipping_cost: null,
}; // prettier-ignore
export const emptyCreditNoteLine = {
  discount_amount: 0,
  discount_amounts: [],
  livemode: false,
  metadata: null,
  pretax_credit_amounts: [],
  tax_rates: [],
  unit_amount: null,
  unit_amount_decimal: null,
};

export const emptyRefund = {
  balance_transaction: null, customer: null, customer_account: null, destination_details: { card: { type: 'refund' }, type: 'card' }, payment_method: null, receipt_number: null, source_transfer_reversal: null, transfer_reversal: null,
}; // prettier-ignore
export const emptyTaxRate = {
  description: null,
  effective_percentage: null,
  flat_amount: null,
  jurisdiction_level: null,
  livemode: false,
  rate_type: 'percentage',
};
export const emptyProduct = {
  default_price: null, description: null, images: [], livemode: false, marketing_features: [], package_dimensions: null, shippable: null, statement_descriptor: null, tax_code: null, type: 'service', unit_label: null, url: null,
}; // prettier-ignore
export const emptyMeter = {
  customer_mapping: { event_payload_key: 'stripe_customer_id', type: 'by_id' }, default_aggregation: { formula: 'sum' }, event_time_window: null, livemode: false, status_transitions: { deactivated_at: null }, value_settings: { event_payload_key: 'value' },
}; // prettier-ignore
export const emptyGrant = {
  applicability_config: { scope: { price_type: 'metered' } },
  category: 'paid',
  customer_account: null,
  effective_at: null,
  livemode: false,
  priority: 50,
  test_clock: null,
  voided_at: null,
};

export const list = <T>(data: readonly T[], url: string, hasMore = false) => ({ object: 'list' as const, data, has_more: hasMore, url });

/** Stripe embeds at most ten lines in an invoice; whoever wants the rest pages `/lines`. */
export const linesEmbeddedMax = 10;

export const withLines = (invoice: Stripe.Invoice, lines: readonly Stripe.InvoiceLine[]) => ({
  ...invoice,
  lines: list(lines.slice(0, linesEmbeddedMax), `/v1/invoices/${invoice.id}/lines`, lines.length > linesEmbeddedMax),
});
