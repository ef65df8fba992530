import {
  isConnectorFailure,
  rejected,
  type ConnectorContext,
  type ConnectorFailure,
  type ExactJson,
  type JsonObject,
  type Operation,
  type Receipt,
  type SendRequest,
} from '@waybill/sdk';
import { get, query, quoted, write, type Entity } from './api.js';
import { findTransaction, invoicesOf, payingAccountOf, receiptOf, receivableOf } from './books.js';
import { customer } from './customer.js';
import { applicationOf, isOurs, journalEntryOf, listOf, paymentOf, refundOf, saleOf } from './documents.js';
import { creditMemoInput, invoiceInput, journalEntryInput, paymentInput } from './schemas.js';

const posting = {
  kind: 'financial-posting',
  writes: 'once',
  /**
   * Intuit does not say how long a request id is remembered. Within an hour the same call may go again; after that it is looked up. The answer that is
   * replayed may be a refusal, so a corrected document goes under another id.
   */
  idempotency: { mode: 'idempotency-key', keyTtlMs: 3_600_000, replaysFailures: true },
  maxUpstreamSeconds: 120,
} as const;

const requestIdOf = ({ key, attempt }: SendRequest, step = ''): string => `${key}${step}${attempt > 1 ? `-${attempt}` : ''}`;
const aboutOf = ({ document }: SendRequest): string =>
  typeof document['customer'] === 'string' ? `customer ${document['customer']}` : `of ${String(document['date'])}`;

/**
 * Makes a transaction. After a refusal it is looked for first: the refusal was definite, but a person may have posted it meanwhile. A number that is
 * taken is ours when it carries our key, and somebody else's otherwise.
 */
async function create(context: ConnectorContext, entity: Entity, request: SendRequest, body: ExactJson): Promise<JsonObject> {
  const found = request.attempt > 1 ? await findTransaction(context, entity, request) : undefined;
  if (found) return found;
  try {
    return await write(context, entity, {
      body,
      requestId: requestIdOf(request),
      what: `post the ${entity} ${String(request.document['number'] ?? request.key)}`,
      about: aboutOf(request),
    });
  } catch (error) {
    if (isConnectorFailure(error) && error.facts.category === 'duplicate') return takenBy(context, entity, request, error);
    throw error;
  }
}

async function takenBy(context: ConnectorContext, entity: Entity, request: SendRequest, refusal: ConnectorFailure): Promise<JsonObject> {
  const { number, total } = request.document;
  if (typeof number !== 'string') throw refusal;
  const rows = await query(context, entity, ` where DocNumber = ${quoted(number)}`);
  const ours = rows.find((row) => isOurs(row, request.key));
  if (ours) return ours;
  const other = rows[0];
  const there = other ? ` There it is ${String(other['TotalAmt'])} of ${String(other['TxnDate'])}; this one is ${String(total)}.` : '';
  throw rejected({ ...refusal.facts, category: 'duplicate', message: `${refusal.message}${there}`, cause: `number ${number} is taken` });
}

/** The document that a void acts on; the engine always gives it. */
function originalOf({ original, effect }: SendRequest): string {
  if (original?.documentId) return original.documentId;
  throw rejected({
    code: 'no-original',
    category: 'posting-rejection',
    message: `There is no posted document to ${effect}.`,
    cause: `${effect} without a posted document`,
    remedy: 'Post the original document first, then replay.',
  });
}

/** QuickBooks keeps a voided transaction with an amount of nothing and says so in its note. */
const isVoid = (found: JsonObject): boolean => Number(found['TotalAmt']) === 0 && /\bvoided\b/i.test(String(found['PrivateNote'] ?? ''));

async function voidOf(context: ConnectorContext, entity: 'Invoice' | 'Payment', request: SendRequest): Promise<Receipt> {
  const found = await get(context, entity, originalOf(request));
  if (isVoid(found)) return receiptOf(entity, found);
  const { Id, SyncToken } = found;
  const voided = await write(context, entity, {
    body: { Id, SyncToken, sparse: true },
    // Of this state: a change by somebody else meanwhile is refused (5010), and the refusal must not be replayed.
    requestId: requestIdOf(request, `-${String(SyncToken)}`),
    query: entity === 'Invoice' ? { operation: 'void' } : { operation: 'update', include: 'void' },
    what: `void the ${entity} ${String(found['DocNumber'] ?? Id)}`,
    about: `${entity} ${String(Id)}`,
  });
  return receiptOf(entity, voided);
}

async function findVoid(context: ConnectorContext, entity: 'Invoice' | 'Payment', request: SendRequest): Promise<Receipt | null> {
  const found = await get(context, entity, originalOf(request));
  return isVoid(found) ? receiptOf(entity, found) : null;
}

async function find(context: ConnectorContext, entity: Entity, request: SendRequest): Promise<Receipt | null> {
  const found = await findTransaction(context, entity, request);
  return found ? receiptOf(entity, found) : null;
}

const invoice = {
  ...posting,
  title: 'Invoice',
  summary: 'Posts a receivable with billing’s tax, or voids it.',
  document: 'invoice',
  effects: ['create', 'void'],
  input: invoiceInput,
  async send(context: ConnectorContext, request: SendRequest) {
    if (request.effect === 'void') return voidOf(context, 'Invoice', request);
    return receiptOf('Invoice', await create(context, 'Invoice', request, saleOf(request)));
  },
  find: (context: ConnectorContext, request: SendRequest) =>
    request.effect === 'void' ? findVoid(context, 'Invoice', request) : find(context, 'Invoice', request),
} satisfies Operation;

const applicationKey = (key: string): string => `${key}-apply`;

/** Two steps where it is applied: the memo, then the payment of nothing that joins it to its invoices. Each is looked for before it is made. */
async function sendCreditMemo(context: ConnectorContext, request: SendRequest): Promise<Receipt> {
  const applied = listOf(request.document['appliesTo']).length > 0;
  if (!applied) return receiptOf('CreditMemo', await create(context, 'CreditMemo', request, saleOf(request)));
  // Looked up before anything is written: an invoice that is not there leaves no memo that nobody applied.
  const invoices = await invoicesOf(context, request.document);
  const memo = (await findTransaction(context, 'CreditMemo', request)) ?? (await create(context, 'CreditMemo', request, saleOf(request)));
  const key = applicationKey(request.key);
  const made = await findTransaction(context, 'Payment', request, key);
  if (!made)
    await write(context, 'Payment', {
      body: applicationOf({ document: request.document, key }, String(memo['Id']), invoices),
      requestId: requestIdOf(request, '-apply'),
      what: `apply the credit memo ${String(request.document['number'])}`,
      about: aboutOf(request),
    });
  return receiptOf('CreditMemo', memo);
}

async function findCreditMemo(context: ConnectorContext, request: SendRequest): Promise<Receipt | null> {
  const memo = await findTransaction(context, 'CreditMemo', request);
  if (!memo) return null;
  const applied = listOf(request.document['appliesTo']).length > 0;
  // A memo that waits for its application is half-made: the send goes on from there.
  if (applied && !(await findTransaction(context, 'Payment', request, applicationKey(request.key)))) return null;
  return receiptOf('CreditMemo', memo);
}

const creditMemo = {
  ...posting,
  title: 'Credit memo',
  summary: 'Posts a reduction of what a customer owes, and applies it to invoices where it says which.',
  document: 'credit-memo',
  effects: ['create'],
  input: creditMemoInput,
  send: sendCreditMemo,
  find: findCreditMemo,
} satisfies Operation;

async function sendRefund(context: ConnectorContext, request: SendRequest): Promise<Receipt> {
  payingAccountOf(request.document);
  const receivable = await receivableOf(context, request.document);
  return receiptOf('Purchase', await create(context, 'Purchase', request, refundOf(request, receivable)));
}

const payment = {
  ...posting,
  title: 'Payment',
  summary:
    'Money received from a customer, applied to invoices; as refund, money returned, an expense on receivables; a void of a payment.',
  document: 'payment',
  effects: ['create', 'refund', 'void'],
  input: paymentInput,
  async send(context: ConnectorContext, request: SendRequest) {
    if (request.effect === 'void') return voidOf(context, 'Payment', request);
    if (request.effect === 'refund') return sendRefund(context, request);
    const applied = await invoicesOf(context, request.document);
    return receiptOf('Payment', await create(context, 'Payment', request, paymentOf(request, applied)));
  },
  find: (context: ConnectorContext, request: SendRequest) =>
    request.effect === 'void'
      ? findVoid(context, 'Payment', request)
      : find(context, request.effect === 'refund' ? 'Purchase' : 'Payment', request),
} satisfies Operation;

const journalEntry = {
  ...posting,
  title: 'Journal entry',
  summary: 'Posts balanced lines to the general ledger. A void posts the opposite lines on the date of the void.',
  document: 'journal-entry',
  effects: ['create', 'void'],
  input: journalEntryInput,
  async send(context: ConnectorContext, request: SendRequest) {
    return receiptOf('JournalEntry', await create(context, 'JournalEntry', request, journalEntryOf(request, request.effect === 'void')));
  },
  find: (context: ConnectorContext, request: SendRequest) => find(context, 'JournalEntry', request),
} satisfies Operation;

export const operations = { customer, invoice, 'credit-memo': creditMemo, payment, 'journal-entry': journalEntry };
