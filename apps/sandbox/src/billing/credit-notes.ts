import { money } from '@waybill/sdk';
import type { Billing } from './billing.js';
import { settled } from './invoicing.js';
import type { CreditNote, CreditNoteLine, Invoice, InvoiceLine, Refund, Tax } from './objects.js';
import { emptyCreditNote, emptyCreditNoteLine, emptyRefund, list } from './shapes.js';
import { invalid } from './stripe-error.js';
import { exclusiveTax, totalTaxes } from './tax.js';

export interface CreditNoteAsk {
  invoice: string;
  /** A part of a line before tax; absent amount: the whole line. */
  lines: { line?: string; description?: string; amount?: number }[];
  reason: string | null;
  memo: string | null;
  /** For a paid invoice: where the credit goes; what is not named goes to the customer's balance. */
  refundAmount?: number;
  outOfBandAmount?: number;
  metadata: Record<string, string>;
}

/** The tax of a part of a line, in proportion, rounded half up; the whole line gives back exactly its tax. */
function shareOfTaxes(line: InvoiceLine, amount: number): Tax[] {
  const share = (value: number): number => (line.amount === 0 ? 0 : Number(money.divide(money.multiply(value, amount), line.amount, 0)));
  return (line.taxes ?? []).map((tax) => ({
    ...tax,
    amount: share(tax.amount),
    taxable_amount: tax.taxable_amount === null ? null : share(tax.taxable_amount),
  }));
}

export function createCreditNote(billing: Billing, ask: CreditNoteAsk): CreditNote {
  const invoice = billing.get('invoices', ask.invoice);
  if (invoice.status !== 'open' && invoice.status !== 'paid')
    throw invalid(`Credit notes need an open or paid invoice; this one is ${invoice.status}.`, 'invoice');
  const lines = ask.lines.map((wanted): CreditNoteLine => {
    const common = { ...emptyCreditNoteLine, id: billing.id('cnli'), object: 'credit_note_line_item' } as const;
    const line = wanted.line && billing.state.lines[invoice.id]?.find((l) => l.id === wanted.line);
    if (!line) {
      if (wanted.amount === undefined || wanted.line) throw invalid(`No such invoice line item: '${wanted.line}'`, 'lines');
      const unit = { unit_amount: wanted.amount, unit_amount_decimal: String(wanted.amount) };
      return {
        ...common,
        ...unit,
        amount: wanted.amount,
        description: wanted.description ?? 'Credit',
        quantity: 1,
        taxes: [],
        type: 'custom_line_item',
      };
    }
    const amount = wanted.amount ?? line.amount;
    if (amount <= 0 || amount > line.amount) throw invalid(`The amount must be between 1 and ${line.amount}.`, 'lines');
    const quantity = amount === line.amount ? line.quantity : null;
    return {
      ...common,
      amount,
      description: line.description,
      invoice_line_item: line.id,
      quantity,
      taxes: shareOfTaxes(line, amount),
      type: 'invoice_line_item',
    };
  });
  const subtotal = lines.reduce((sum, line) => sum + line.amount, 0);
  const taxes = totalTaxes(lines);
  const total = subtotal + exclusiveTax(taxes);
  if (total > invoice.total - invoice.pre_payment_credit_notes_amount - invoice.post_payment_credit_notes_amount)
    throw invalid(`The credit of ${total} is more than what is left of the invoice.`, 'amount');
  const paid = invoice.status === 'paid';
  const [refundAmount, outOfBand] = [paid ? (ask.refundAmount ?? 0) : 0, paid ? (ask.outOfBandAmount ?? 0) : 0];
  if (refundAmount + outOfBand > total) throw invalid('Refund and out-of-band amounts are more than the credit.', 'refund_amount');
  if (!paid && total > invoice.amount_remaining) throw invalid('The credit is more than what is left to pay.', 'amount');
  const refund =
    refundAmount > 0
      ? createRefund(billing, {
          intent: paymentIntentOf(billing, invoice),
          amount: refundAmount,
          reason: 'requested_by_customer',
          metadata: {},
        })
      : undefined;
  const kept = paid ? total - refundAmount - outOfBand : 0;
  const id = billing.id('cn');
  const nth = billing.state.creditNotes.filter((note) => note.invoice === invoice.id).length + 1;
  const note = billing.add('creditNotes', {
    ...emptyCreditNote,
    id,
    object: 'credit_note',
    amount: total,
    created: billing.now(),
    currency: invoice.currency,
    customer: invoice.customer,
    effective_at: billing.now(),
    invoice: invoice.id,
    lines: { ...list(lines, `/v1/credit_notes/${id}/lines`), data: lines, has_more: false },
    customer_balance_transaction: kept > 0 ? billing.id('cbtxn') : null,
    memo: ask.memo,
    metadata: ask.metadata,
    number: `${invoice.number}-CN-${String(nth).padStart(2, '0')}`,
    out_of_band_amount: outOfBand || null,
    post_payment_amount: paid ? total : 0,
    pre_payment_amount: paid ? 0 : total,
    reason: ask.reason,
    refunds: refund ? [{ amount_refunded: refundAmount, payment_record_refund: null, refund: refund.id, type: 'refund' }] : [],
    status: 'issued',
    subtotal,
    subtotal_excluding_tax: subtotal,
    total,
    total_excluding_tax: subtotal,
    total_taxes: taxes,
    type: paid ? 'post_payment' : 'pre_payment',
    voided_at: null,
  });
  if (paid) {
    invoice.post_payment_credit_notes_amount += total;
    billing.get('customers', invoice.customer).balance -= kept;
  } else reduce(invoice, total);
  billing.emit('credit_note.created', note);
  if (invoice.status === 'open' && invoice.amount_remaining === 0) settled(billing, invoice);
  return note;
}

function reduce(invoice: Invoice, by: number): void {
  invoice.pre_payment_credit_notes_amount += by;
  invoice.amount_due -= by;
  invoice.amount_remaining -= by;
}

/** Only a credit note on an open invoice can be taken back. */
export function voidCreditNote(billing: Billing, note: CreditNote): CreditNote {
  const invoice = billing.get('invoices', note.invoice);
  if (note.status === 'void' || note.type !== 'pre_payment' || invoice.status !== 'open')
    throw invalid('This credit note cannot be voided.', 'id');
  reduce(invoice, -note.total);
  billing.change(note, { status: 'void', voided_at: billing.now() });
  billing.emit('credit_note.voided', note);
  return note;
}

function paymentIntentOf(billing: Billing, invoice: Invoice): string {
  const payment = billing.state.invoicePayments.find((p) => p.invoice === invoice.id && p.status === 'paid');
  if (!payment) throw invalid('The invoice has no payment to refund.', 'refund_amount');
  return payment.payment.payment_intent;
}

export function createRefund(
  billing: Billing,
  ask: { intent: string; amount?: number; reason: string | null; metadata: Record<string, string> },
): Refund {
  const intent = billing.get('paymentIntents', ask.intent);
  const back = billing.state.refunds
    .filter((refund) => refund.payment_intent === intent.id)
    .reduce((sum, refund) => sum + refund.amount, 0);
  const amount = ask.amount ?? intent.amount_received - back;
  if (amount <= 0 || amount > intent.amount_received - back)
    throw invalid(`The refund must be between 1 and ${intent.amount_received - back}.`, 'amount', 'charge_already_refunded');
  const refund = billing.add('refunds', {
    ...emptyRefund,
    id: billing.id('re'),
    object: 'refund',
    amount,
    charge: intent.latest_charge,
    created: billing.now(),
    currency: intent.currency,
    metadata: ask.metadata,
    payment_intent: intent.id,
    reason: ask.reason,
    status: 'succeeded',
  });
  billing.emit('refund.created', refund);
  return refund;
}
