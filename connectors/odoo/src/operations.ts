import type { Operation } from '@waybill/sdk';
import { customer } from './customer.js';
import { journalInput, paymentInput, saleInput } from './inputs.js';
import { companyOf } from './master-data.js';
import { findMove, findVoid, postEntry, postSale, voidMove, type MoveType } from './moves.js';
import { findPayment, pay, refund, voidPayment } from './payments.js';

/** Odoo ends a request after two minutes (`limit_time_real`, 120 s as it is delivered). */
const posting = { kind: 'financial-posting', writes: 'once', idempotency: { mode: 'lookup-only' }, maxUpstreamSeconds: 120 } as const;

const sale = (type: 'out_invoice' | 'out_refund') =>
  ({
    ...posting,
    input: saleInput,
    async send(context, request) {
      const company = await companyOf(context);
      return request.effect === 'void' ? voidMove(context, company, request) : postSale(context, company, { request, type });
    },
    find: findIn(type),
  }) satisfies Partial<Operation>;

function findIn(type: MoveType): NonNullable<Operation['find']> {
  return async (context, request) => {
    const company = await companyOf(context);
    return request.effect === 'void' ? findVoid(context, company, request) : findMove(context, company, { key: request.key, type });
  };
}

const invoice = {
  ...sale('out_invoice'),
  title: 'Invoice',
  summary: 'A customer invoice, created and posted, with billing’s tax to the cent; a void cancels it.',
  document: 'invoice',
  effects: ['create', 'void'],
} satisfies Operation;

const creditMemo = {
  ...sale('out_refund'),
  title: 'Credit memo',
  summary: 'A credit note, created and posted, matched with the invoice that it names; a void cancels it.',
  document: 'credit-memo',
  effects: ['create', 'void'],
} satisfies Operation;

const payment = {
  ...posting,
  title: 'Payment',
  summary: 'Money received, matched with its invoice; as refund, money returned; a void cancels it.',
  document: 'payment',
  effects: ['create', 'refund', 'void'],
  input: paymentInput,
  async send(context, request) {
    const company = await companyOf(context);
    if (request.effect === 'void') return voidPayment(context, company, request);
    return request.effect === 'refund' ? refund(context, company, request) : pay(context, company, request);
  },
  find: async (context, request) => findPayment(context, await companyOf(context), request),
} satisfies Operation;

const journalEntry = {
  ...posting,
  title: 'Journal entry',
  summary: 'Debits and credits, created and posted; a void cancels them.',
  document: 'journal-entry',
  effects: ['create', 'void'],
  input: journalInput,
  async send(context, request) {
    const company = await companyOf(context);
    return request.effect === 'void' ? voidMove(context, company, request) : postEntry(context, company, request);
  },
  find: findIn('entry'),
} satisfies Operation;

export const operations = { customer, invoice, 'credit-memo': creditMemo, payment, 'journal-entry': journalEntry };
