import {
  money,
  rejected,
  writtenOffOf,
  type ConnectorContext,
  type JsonObject,
  type JsonSchema,
  type Operation,
  type SendRequest,
} from '@waybill/sdk';
import { customer } from './customer.js';
import { invoiceInput } from './invoice-document.js';
import { findInvoice, postInvoice } from './invoices.js';
import { accountIdOf, companyOf, partyOf, type Company } from './master-data.js';
import { postedMove, postMove } from './moves.js';
import { payment } from './payment.js';
import { findVoid, moveReceipt, voidInvoice, writeOffInvoice } from './reversals.js';
import { decimal } from './wire.js';

const financial = { kind: 'financial-posting', writes: 'once', idempotency: { mode: 'lookup-only' }, maxUpstreamSeconds: 60 } as const;

const invoice: Operation = {
  ...financial,
  title: 'Invoice',
  summary:
    'A customer invoice, created and posted, with the biller’s tax to the cent. A void credits it, a write-off moves the amount that billing wrote off to bad debt.',
  document: 'invoice',
  effects: ['create', 'void', 'write-off'],
  input: invoiceInput,
  send(context, request) {
    if (request.effect === 'void') return voidInvoice(context, request);
    return request.effect === 'write-off' ? writeOffInvoice(context, request) : postInvoice(context, request, 1);
  },
  async find(context, request) {
    if (request.effect === 'void') return findVoid(context, request);
    if (request.effect === 'create') return findInvoice(context, request);
    const company = await companyOf(context);
    const move = await postedMove(context, company, request.key);
    return move ? moveReceipt(move, { currency: String(request.document['currency']), total: writtenOffOf(request) }) : null;
  },
};

const creditMemo: Operation = {
  ...financial,
  title: 'Credit memo',
  summary: 'A credit note with positive amounts in and negative in the books; it closes its invoice when the two balance.',
  document: 'credit-memo',
  effects: ['create', 'void'],
  input: invoiceInput,
  send: (context, request) => (request.effect === 'void' ? voidInvoice(context, request) : postInvoice(context, request, -1)),
  find: (context, request) => (request.effect === 'void' ? findVoid(context, request) : findInvoice(context, request)),
};

const amount: JsonSchema = { type: 'string', pattern: '^\\d{1,30}(\\.\\d{1,20})?$' };
type EntryLine = Record<'account' | 'debit' | 'credit', string> & { customer?: string; description?: string };

async function entryLines(context: ConnectorContext, company: Company, document: JsonObject): Promise<JsonObject[]> {
  const lines = document['lines'] as unknown as EntryLine[];
  const [debit, credit] = [money.sum(lines.map((line) => line.debit)), money.sum(lines.map((line) => line.credit))];
  if (!money.equals(debit, credit))
    throw rejected({
      code: 'move-unbalanced',
      category: 'transformation',
      message: `Debits of ${debit} and credits of ${credit} differ.`,
      path: '/lines',
      remedy: 'Correct the mapping.',
    });
  if (document['currency'] !== company.currency)
    throw rejected({
      code: 'foreign-currency',
      category: 'posting-rejection',
      message: `A journal entry in ${String(document['currency'])} cannot be posted to ${company.name}, whose books are in ${company.currency}.`,
      path: '/currency',
      remedy: 'Convert it with a rate table in the mapping.',
    });
  const values: JsonObject[] = [];
  for (const [i, line] of lines.entries())
    values.push({
      account: await accountIdOf(context, company, line.account, `/lines/${i}/account`),
      debit: decimal(line.debit),
      credit: decimal(line.credit),
      ...(line.description ? { description: line.description } : {}),
      ...(line.customer ? { party: (await partyOf(context, company, line.customer, `/lines/${i}/customer`)).id } : {}),
    });
  return values;
}

const journalEntry: Operation = {
  ...financial,
  title: 'Journal entry',
  summary: 'Debits and credits, created and posted. The key goes before the description.',
  document: 'journal-entry',
  effects: ['create'],
  input: {
    type: 'object',
    additionalProperties: false,
    required: ['description', 'currency', 'postingDate', 'lines'],
    properties: {
      description: { type: 'string', minLength: 1, maxLength: 200 },
      currency: { type: 'string', pattern: '^[A-Z]{3}$' },
      postingDate: { type: 'string', format: 'date' },
      lines: {
        type: 'array',
        minItems: 2,
        maxItems: 2000,
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['account', 'debit', 'credit'],
          properties: {
            account: { type: 'string', minLength: 1, maxLength: 255 },
            debit: amount,
            credit: amount,
            description: { type: 'string', maxLength: 255 },
            customer: { type: 'string', minLength: 1, maxLength: 255, description: 'Party code, on receivable lines.' },
          },
        },
      },
    },
  },
  async send(context, request) {
    const company = await companyOf(context);
    const { document, key } = request;
    const lines = await entryLines(context, company, document);
    const move = await postMove(context, company, {
      key,
      description: String(document['description']),
      day: String(document['postingDate']),
      journal: 'revenueJournal',
      lines,
    });
    return moveReceipt(move, debitOf(request));
  },
  async find(context, request) {
    const company = await companyOf(context);
    const move = await postedMove(context, company, request.key);
    return move ? moveReceipt(move, debitOf(request)) : null;
  },
};

const debitOf = ({ document }: SendRequest) => ({
  currency: String(document['currency']),
  total: money.sum((document['lines'] as unknown as EntryLine[]).map((line) => line.debit)),
});

export const operations = { customer, invoice, 'credit-memo': creditMemo, payment, 'journal-entry': journalEntry } satisfies Record<
  string,
  Operation
>;
