import type { JsonObject, Operation } from '@waybill/sdk';
import { journalInput, paymentInput, saleInput } from './inputs.js';
import { journalBody, journalReferences } from './journal.js';
import { customer, item } from './master-records.js';
import { paymentBody, paymentReferences, refundBody, refundReferences } from './payment.js';
import { find, post } from './posting.js';
import { resolve } from './references.js';
import { voidInvoice, writeOff } from './reversals.js';
import { postSale } from './sales.js';

/** NetSuite may work on a request for 15 minutes (subsect_1559222360). */
const maxUpstreamSeconds = 900;
const financial = { kind: 'financial-posting', writes: 'once', idempotency: { mode: 'unique-external-id' }, maxUpstreamSeconds } as const;

const text = (document: JsonObject, name: string): string => String(document[name]);

const invoice: Operation = {
  ...financial,
  title: 'Invoice',
  summary:
    'A customer invoice with the biller’s tax to the cent and its deferral schedules. A void and a write-off are credit memos applied to it.',
  document: 'invoice',
  effects: ['create', 'void', 'write-off'],
  input: saleInput,
  send(context, request) {
    if (request.effect === 'void') return voidInvoice(context, request);
    return request.effect === 'write-off' ? writeOff(context, request) : postSale(context, request, 'invoice');
  },
  find: (context, request) => find(context, request, request.effect === 'create' ? 'invoice' : 'creditMemo'),
};

const creditMemo: Operation = {
  ...financial,
  title: 'Credit memo',
  summary: 'A credit memo with positive amounts, applied to the invoices that it names; what is left stays open on the customer.',
  document: 'credit-memo',
  effects: ['create'],
  input: saleInput,
  send: (context, request) => postSale(context, request, 'creditMemo'),
  find: (context, request) => find(context, request, 'creditMemo'),
};

const payment: Operation = {
  ...financial,
  title: 'Payment',
  summary: 'Money received for an invoice, to the clearing account; as refund, money returned, as a journal entry on the customer.',
  document: 'payment',
  effects: ['create', 'refund'],
  input: paymentInput,
  async send(context, request) {
    const { document, effect } = request;
    const [amount, currency] = [text(document, 'amount'), text(document, 'currency')];
    const period = { date: text(document, 'date'), receivable: true };
    const about = `customer ${text(document, 'customer')}`;
    if (effect === 'refund') {
      const ids = await resolve(context, { references: refundReferences(document, context.settings), period });
      const what = `post the refund of ${amount} ${currency}`;
      return post(context, request, { kind: 'journalEntry', body: refundBody(document, ids, context.settings), what, about });
    }
    const ids = await resolve(context, { references: paymentReferences(document), period });
    const customerId = ids.id('customer', document['customer']);
    return post(context, request, {
      kind: 'customerPayment',
      body: paymentBody(document, ids, context.settings),
      what: `post the payment of ${amount} ${currency}`,
      about,
      expected: { total: amount, currency, customerId },
    });
  },
  find: (context, request) => find(context, request, request.effect === 'refund' ? 'journalEntry' : 'customerPayment'),
};

const journalEntry: Operation = {
  ...financial,
  title: 'Journal entry',
  summary: 'Debits and credits of one subsidiary, with customers and segments on their lines.',
  document: 'journal-entry',
  effects: ['create'],
  input: journalInput,
  async send(context, request) {
    const { document } = request;
    const references = journalReferences(document);
    const ids = await resolve(context, { references, period: { date: text(document, 'postingDate'), receivable: false } });
    const body = journalBody(document, ids, context.settings);
    return post(context, request, {
      kind: 'journalEntry',
      body,
      what: 'post the journal entry',
      about: `journal of ${text(document, 'postingDate')}`,
    });
  },
  find: (context, request) => find(context, request, 'journalEntry'),
};

export const operations = { customer, item, invoice, 'credit-memo': creditMemo, payment, 'journal-entry': journalEntry } satisfies Record<
  string,
  Operation
>;
