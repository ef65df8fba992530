import { createHash } from 'node:crypto';
import type * as Stripe from './objects.js';

/** A charge or credit that waits for the next invoice. */
export interface PendingItem {
  id: string;
  customer: string;
  subscription: string | null;
  subscriptionItem: string | null;
  amount: number;
  currency: string;
  description: string;
  period: { start: number; end: number };
  price: string | null;
  product: string | null;
  quantity: number;
  unitAmountDecimal: string | null;
  proration: boolean;
  metadata: Stripe.Metadata;
}

/** A period with usage that is over and will be billed when its grace is: meter events that come meanwhile count. */
export interface WaitingBill {
  subscription: string;
  dueAt: number;
  usage: { start: number; end: number };
  /** The next period of what is billed ahead; absent when the subscription ended. */
  advance?: { start: number; end: number };
}

/** Everything that billing knows, as plain data: saved and loaded as it is. Lists are in order of creation. */
export interface BillingState {
  seed: string;
  serial: number;
  customers: Stripe.Customer[];
  products: Stripe.Product[];
  prices: Stripe.Price[];
  taxRates: Stripe.TaxRate[];
  subscriptions: Stripe.Subscription[];
  pendingItems: PendingItem[];
  waitingBills: WaitingBill[];
  meters: Stripe.Meter[];
  meterEvents: { identifier: string; event_name: string; customer: string; value: string; timestamp: number; created: number }[];
  creditGrants: Stripe.CreditGrant[];
  /** What is left of each grant, minor units. */
  creditLeft: Record<string, number>;
  invoices: Stripe.Invoice[];
  /** All lines of an invoice; the invoice itself shows ten. */
  lines: Record<string, Stripe.InvoiceLine[]>;
  invoicePayments: Stripe.InvoicePayment[];
  paymentIntents: Stripe.PaymentIntent[];
  creditNotes: Stripe.CreditNote[];
  refunds: Stripe.Refund[];
  events: Stripe.Event[];
  /** Ids of events that the webhook has not acknowledged yet. */
  undelivered: { event: string; body: string; attempts: number }[];
  idempotency: Record<string, { request: string; status: number; body: unknown; at: number }>;
}

export const emptyBilling = (seed: string): BillingState => ({
  seed,
  serial: 0,
  customers: [],
  products: [],
  prices: [],
  taxRates: [],
  subscriptions: [],
  pendingItems: [],
  waitingBills: [],
  meters: [],
  meterEvents: [],
  creditGrants: [],
  creditLeft: {},
  invoices: [],
  lines: {},
  invoicePayments: [],
  paymentIntents: [],
  creditNotes: [],
  refunds: [],
  events: [],
  undelivered: [],
  idempotency: {},
});

/** `in_` and 24 letters and digits; the same seed and order give the same ids. */
export function newId(state: BillingState, prefix: string): string {
  state.serial += 1;
  const digest = createHash('sha256').update(`${state.seed}\u0000${prefix}\u0000${state.serial}`).digest('base64');
  return `${prefix}_${digest
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 24)
    .padEnd(24, '0')}`;
}
