/** Of billing: what its API shows of a document, as far as books are made of it. Amounts are whole minor units. */
export interface BillingInvoice {
  id: string;
  number: string | null;
  status: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible';
  currency: string;
  total: number;
  /** Of one that was given up: what remained of it. */
  amount_remaining: number;
  total_taxes: { amount: number }[];
  customer_address: { country: string | null } | null;
}
export interface BillingCreditNote {
  id: string;
  number: string;
  status: string;
  currency: string;
  total: number;
  total_taxes: { amount: number }[];
  invoice: string;
}
export interface BillingPayment {
  id: string;
  status: string;
  currency: string;
  amount_paid: number | null;
  invoice: string;
  payment: { payment_intent: string };
}
export interface BillingRefund {
  id: string;
  status: string;
  currency: string;
  amount: number;
  payment_intent: string;
}

export interface Billed {
  invoices: readonly BillingInvoice[];
  creditNotes: readonly BillingCreditNote[];
  payments: readonly BillingPayment[];
  refunds: readonly BillingRefund[];
}

export const kinds = ['invoice', 'credit-memo', 'payment', 'refund', 'write-off'] as const;
export type Kind = (typeof kinds)[number];

/** A document that stands, or must stand, in somebody's books. */
export interface Entry {
  entity: string;
  kind: Kind;
  /** ISO 4217. */
  currency: string;
  /** What both sides call it: its number, of a payment or refund the payment intent, of a write-off the number of its invoice. */
  reference: string;
  /** Minor units, without a sign. */
  total: bigint;
  /** Of invoices and credit memos. */
  tax: bigint | undefined;
}

/** Of an invoice that was voided the books hold nothing that lives. */
export type Wanted = Entry & { live: boolean };
