import { money, rejected, type JsonObject, type Operation } from '@waybill/sdk';
import { customer } from './customer.js';
import { journalInput, saleInput } from './inputs.js';
import { findJournal, postJournal, type Entry } from './journals.js';
import { assertLocal, customerOf } from './master-data.js';
import { payment } from './payment.js';
import { creditKind, invoiceKind } from './sale-body.js';
import { cancelSale, findCancelled, findSale, postSale } from './sales.js';

/** Business Central ends a request after 8 minutes with 408, or 10 with 504 (dynamics-current-limits). */
const maxUpstreamSeconds = 600;
const financial = { kind: 'financial-posting', writes: 'once', idempotency: { mode: 'lookup-only' }, maxUpstreamSeconds } as const;

const invoice: Operation = {
  ...financial,
  title: 'Invoice',
  summary: 'A sales invoice, made as a draft, compared and posted. A void is Business Central’s own cancellation.',
  document: 'invoice',
  effects: ['create', 'void'],
  input: saleInput,
  send: (context, request) =>
    request.effect === 'void' ? cancelSale(context, request, invoiceKind) : postSale(context, request, invoiceKind),
  find: (context, request) =>
    request.effect === 'void' ? findCancelled(context, request, invoiceKind) : findSale(context, request, invoiceKind),
};

const creditMemo: Operation = {
  ...financial,
  title: 'Credit memo',
  summary: 'A sales credit memo with positive amounts, made as a draft, compared and posted, applied to the invoice that it names.',
  document: 'credit-memo',
  effects: ['create', 'void'],
  input: saleInput,
  send: (context, request) =>
    request.effect === 'void' ? cancelSale(context, request, creditKind) : postSale(context, request, creditKind),
  find: (context, request) =>
    request.effect === 'void' ? findCancelled(context, request, creditKind) : findSale(context, request, creditKind),
};

type Line = Record<'debit' | 'credit', string> & { account?: string; customer?: string; description?: string };

function entriesOf(document: JsonObject): Entry[] {
  const lines = document['lines'] as unknown as Line[];
  const refuse = (code: string, message: string, path: string) =>
    rejected({ code, category: 'transformation', message, path, cause: code, remedy: 'Correct the mapping, then replay.' });
  const [debit, credit] = [money.sum(lines.map((line) => line.debit)), money.sum(lines.map((line) => line.credit))];
  if (!money.equals(debit, credit)) throw refuse('journal-unbalanced', `Debits of ${debit} and credits of ${credit} differ.`, '/lines');
  return lines.map((line, at) => {
    if ((line.account === undefined) === (line.customer === undefined))
      throw refuse('line-without-account', `Line ${at + 1} must name either an account or a customer.`, `/lines/${at}`);
    return {
      ...(line.account === undefined ? {} : { account: line.account }),
      ...(line.customer === undefined ? {} : { customer: line.customer }),
      amount: money.subtract(line.debit, line.credit),
      description: line.description ?? String(document['description']),
    };
  });
}

const journalEntry: Operation = {
  ...financial,
  title: 'Journal entry',
  summary: 'Debits and credits in the company’s currency, in a journal of their own that is made and posted.',
  document: 'journal-entry',
  effects: ['create'],
  input: journalInput,
  async send(context, request) {
    const { document } = request;
    const entries = entriesOf(document);
    const currency = await assertLocal(context, document);
    if ((await findJournal(context, request, currency)) === null)
      for (const number of new Set(entries.flatMap((entry) => entry.customer ?? []))) await customerOf(context, number);
    const date = String(document['postingDate']);
    return postJournal(context, request, { entries, date, currency, what: 'post the journal entry', about: `journal of ${date}` });
  },
  find: (context, request) => findJournal(context, request, String(request.document['currency'])),
};

export const operations = { customer, invoice, 'credit-memo': creditMemo, payment, 'journal-entry': journalEntry } satisfies Record<
  string,
  Operation
>;
