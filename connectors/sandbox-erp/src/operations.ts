import {
  inDoubt,
  isConnectorFailure,
  writtenOffOf,
  type ConnectorContext,
  type JsonObject,
  type Operation,
  type Receipt,
  type SendRequest,
} from '@waybill/sdk';
import { readJson } from './answer.js';
import { creditInstead } from './credit-instead.js';
import { call, entityOf } from './erp-client.js';
import { findByKey, originalOf, post } from './posting.js';
import { failureOf } from './refusals.js';
import { customerInput, journalInput, paymentInput, saleInput } from './schemas.js';

/** The ERP posts within a request and gives up after ten seconds; a proxy before it may hold an answer for sixty. */
const maxUpstreamSeconds = ({ upstreamSeconds }: JsonObject): number => (typeof upstreamSeconds === 'number' ? upstreamSeconds : 60);

const posting = {
  kind: 'financial-posting',
  writes: 'once',
  idempotency: { mode: 'unique-external-id' },
  maxUpstreamSeconds,
  find: findByKey,
} as const;

/** Dated as the mapping says. The ERP refuses to void a document whose month is closed, whatever the date of the void. */
function voidOf(context: ConnectorContext, path: string, request: SendRequest): Promise<Receipt> {
  return post(context, `${path}/${encodeURIComponent(originalOf(request))}/void`, request, {
    postingDate: request.document['postingDate'] ?? null,
  });
}

/** A void reverses the invoice in its own month; where that month is closed, a credit memo takes it back in the next open one. */
async function voidInvoice(context: ConnectorContext, request: SendRequest): Promise<Receipt> {
  try {
    return await voidOf(context, '/invoices', request);
  } catch (error) {
    if (!isConnectorFailure(error) || error.facts.code !== 'PERIOD_CLOSED') throw error;
    return creditInstead(context, request, error);
  }
}

/** Money paid back: for the payment that the engine names, else for what the mapping says (an invoice, by its id in the source). */
function refundOf(context: ConnectorContext, request: SendRequest): Promise<Receipt> {
  const { document, original } = request;
  const named = original ? { appliesTo: [{ document: original.documentId, amount: document['amount'] ?? null }] } : {};
  return post(context, '/payments', request, { ...document, direction: 'out', ...named });
}

const without = (document: JsonObject, ...names: string[]): JsonObject =>
  Object.fromEntries(Object.entries(document).filter(([name]) => !names.includes(name)));

/** What of an invoice's document only a write-off of it takes. */
const ofWriteOff = ['writeOffAccount', 'writtenOff'];

const invoice = {
  ...posting,
  title: 'Invoice',
  summary: 'Posts a receivable with its revenue and tax, voids it, or writes off the amount of it that billing wrote off.',
  document: 'invoice',
  effects: ['create', 'void', 'write-off'],
  input: saleInput,
  async send(context: ConnectorContext, request: SendRequest) {
    if (request.effect === 'void') return voidInvoice(context, request);
    const { document } = request;
    if (request.effect === 'write-off')
      return post(context, '/write-offs', request, {
        invoice: originalOf(request),
        customer: document['customer'] ?? null,
        currency: document['currency'] ?? null,
        amount: writtenOffOf(request),
        postingDate: document['postingDate'] ?? null,
        account: document['writeOffAccount'] ?? null,
      });
    return post(context, '/invoices', request, without(document, ...ofWriteOff));
  },
} satisfies Operation;

const creditMemo = {
  ...posting,
  title: 'Credit memo',
  summary: 'Posts a reduction of what a customer owes and applies it to its invoice, or voids it.',
  document: 'credit-memo',
  effects: ['create', 'void'],
  input: saleInput,
  send: (context: ConnectorContext, request: SendRequest) =>
    request.effect === 'void'
      ? voidOf(context, '/credit-memos', request)
      : post(context, '/credit-memos', request, without(request.document, ...ofWriteOff)),
} satisfies Operation;

const payment = {
  ...posting,
  title: 'Payment',
  summary: 'Posts money received to a clearing account and applies it to its invoice; or money paid back.',
  document: 'payment',
  effects: ['create', 'refund', 'void'],
  input: paymentInput,
  send(context: ConnectorContext, request: SendRequest) {
    if (request.effect === 'void') return voidOf(context, '/payments', request);
    if (request.effect === 'refund') return refundOf(context, request);
    return post(context, '/payments', request, request.document);
  },
} satisfies Operation;

const journalEntry = {
  ...posting,
  title: 'Journal entry',
  summary: 'Posts balanced lines to the general ledger, or voids them.',
  document: 'journal-entry',
  effects: ['create', 'void'],
  input: journalInput,
  send: (context: ConnectorContext, request: SendRequest) =>
    request.effect === 'void' ? voidOf(context, '/journal-entries', request) : post(context, '/journal-entries', request, request.document),
} satisfies Operation;

const customer = {
  title: 'Customer',
  summary: 'Creates or changes a customer by its number. A customer that finance blocked stays blocked.',
  kind: 'operational',
  document: 'customer',
  effects: ['create'],
  input: customerInput,
  writes: 'upsert',
  idempotency: { mode: 'unique-external-id' },
  maxUpstreamSeconds,
  async send(context: ConnectorContext, request: SendRequest) {
    const { number, ...facts } = request.document;
    const body = { ...facts, entity: entityOf(context), externalId: request.key };
    const response = await call(context, { method: 'PUT', path: `/customers/${encodeURIComponent(String(number))}`, body });
    if (response.status !== 200 && response.status !== 201)
      throw failureOf(response, { write: true, document: { ...body, customer: number } });
    const written = readJson(response);
    if (typeof written?.['number'] !== 'string')
      throw inDoubt({
        code: 'no-customer',
        message: 'The ERP did not name the customer it wrote.',
        httpStatus: response.status,
        vendorWords: response.text,
      });
    return {
      documentId: `${entityOf(context)}/${written['number']}`,
      documentNumber: written['number'],
      details: { active: written['active'] ?? null },
    };
  },
} satisfies Operation;

export const operations = { customer, invoice, 'credit-memo': creditMemo, payment, 'journal-entry': journalEntry };
