import { money, rejected, type ConnectorContext, type JsonObject, type Operation, type Receipt, type SendRequest } from '@waybill/sdk';
import { readRecord } from './api.js';
import { journalInput, paymentInput, saleInput } from './inputs.js';
import { journalBody, journalReferences } from './journal.js';
import { customer, item } from './master-records.js';
import { paymentBody, paymentReferences, refundBody, refundReferences } from './payment.js';
import { find, post } from './posting.js';
import { resolve } from './references.js';
import { assertSums, saleBody, saleReferences } from './sale.js';
import { setting } from './settings.js';
import { exact, type ExactObject } from './wire.js';

/** NetSuite may work on a request for 15 minutes (subsect_1559222360). */
const maxUpstreamSeconds = 900;
const financial = { kind: 'financial-posting', writes: 'once', idempotency: { mode: 'unique-external-id' }, maxUpstreamSeconds } as const;

const text = (document: JsonObject, name: string): string => String(document[name]);

/** Posts an invoice or credit memo with its lines and the biller's tax. */
async function postSale(
  context: ConnectorContext,
  request: SendRequest,
  kind: 'invoice' | 'creditMemo',
  more?: ExactObject,
): Promise<Receipt> {
  const { document } = request;
  assertSums(document);
  const ids = await resolve(context, {
    references: saleReferences(document, context.settings),
    period: { date: text(document, 'postingDate'), receivable: true },
  });
  const customerId = ids.id('customer', document['customer']);
  const body = saleBody(document, ids, { externalId: request.key, settings: context.settings });
  return post(context, request, {
    kind,
    body: kind === 'creditMemo' ? { ...without(body, 'dueDate'), ...more } : body,
    what: `post the ${kind === 'invoice' ? 'invoice' : 'credit memo'} ${text(document, 'number')}`,
    about: `customer ${text(document, 'customer')}`,
    expected: { total: text(document, 'total'), currency: text(document, 'currency'), customerId },
  });
}

const without = (body: ExactObject, name: string): ExactObject => Object.fromEntries(Object.entries(body).filter(([key]) => key !== name));

/** Takes an invoice back: a credit memo with its lines, dated as the mapping says, applied to all that is open of it. */
function voidInvoice(context: ConnectorContext, request: SendRequest): Promise<Receipt> {
  const apply = { items: [{ doc: { id: originalOf(request) }, apply: true, amount: exact(text(request.document, 'total')) }] };
  return postSale(context, { ...request, document: without(request.document as ExactObject, 'appliesTo') as JsonObject }, 'creditMemo', {
    apply,
  });
}

/** What is open on the invoice leaves the receivable by a credit memo of the write-off item. */
async function writeOff(context: ConnectorContext, request: SendRequest): Promise<Receipt> {
  const { document } = request;
  const writeOffItem = setting(context.settings, 'writeOffItem');
  if (writeOffItem === undefined)
    throw rejected({
      code: 'no-write-off-item',
      category: 'master-data',
      message: 'The connection names no item for write-offs.',
      cause: 'no write-off item',
      remedy: 'Enter a service item whose income account is bad debt in the connection, then replay.',
    });
  const id = originalOf(request);
  const invoice = await readRecord(context, 'invoice', id, `read invoice ${id}`);
  const open = invoice?.['amountRemaining'];
  if (!money.isDecimal(open) || !money.equals(open, money.absolute(open)) || money.isZero(open))
    throw rejected({
      code: 'nothing-open',
      category: 'posting-rejection',
      message: `Nothing is open on invoice ${text(document, 'number')} in NetSuite.`,
      cause: `nothing open on invoice ${text(document, 'number')}`,
      remedy: 'Compare the invoice in NetSuite with the source, then resolve this.',
    });
  const line = { item: writeOffItem, description: `Write-off of ${text(document, 'number')}`, quantity: '1', amount: open };
  const memo: JsonObject = { ...document, lines: [line], taxLines: [], subtotal: open, taxTotal: '0', total: open };
  return voidInvoice(context, { ...request, document: memo });
}

function originalOf(request: SendRequest): string {
  const id = request.original?.documentId;
  if (id !== undefined) return id;
  throw rejected({
    code: 'no-original',
    category: 'posting-rejection',
    message: `There is no posted document to ${request.effect}.`,
    cause: `${request.effect} without a posted document`,
    remedy: 'Post the original document first, then replay.',
  });
}

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
