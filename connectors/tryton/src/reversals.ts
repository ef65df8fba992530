import {
  money,
  mustBeOpen,
  rejected,
  writtenOffOf,
  type ConnectorContext,
  type JsonObject,
  type Receipt,
  type SendRequest,
} from '@waybill/sdk';
import { readInvoices } from './invoice-rows.js';
import { afterwards, receiptOf } from './invoices.js';
import { inDateOrder } from './date-order.js';
import { digitsOf, inCurrency } from './exchange.js';
import { accountIdOf, companyOf, currencyIdOf, type Company } from './master-data.js';
import { postedMove, postMove, type Move } from './moves.js';
import { nested, rpc } from './rpc.js';
import { setting } from './settings.js';
import { openLines, openOf, reconcile, relievedBy, wizard } from './settlement.js';
import { date, decimal } from './wire.js';

/** The invoice that a void or a write-off acts on, as it is in the books now. */
async function originalOf(context: ConnectorContext, company: Company, request: SendRequest): Promise<JsonObject> {
  const id = Number(request.original?.documentId);
  const [row] = Number.isInteger(id) ? await readInvoices(context, company, [['id', '=', id]]) : [];
  if (row) return row;
  throw rejected({
    code: 'original-missing',
    category: 'master-data',
    message: `The invoice ${request.original?.documentNumber ?? request.original?.documentId ?? ''} to act on is not in Tryton.`,
    remedy: 'Check whether it was deleted in Tryton.',
  });
}

const dayOf = (request: SendRequest): string => String(request.document['accountingDate'] ?? request.document['invoiceDate']);

/** The note that Tryton made when it cancelled an invoice: its lines come from the invoice's. */
async function noteOf(context: ConnectorContext, company: Company, invoice: JsonObject): Promise<Receipt> {
  const [note] = await readInvoices(context, company, [['lines.origin.invoice.id', '=', Number(invoice['id']), 'account.invoice.line']]);
  return receiptOf(context, note ?? invoice);
}

/** By a credit note that Tryton reconciles with the invoice, in one transaction. Its state `cancelled` is the proof. */
export async function voidInvoice(context: ConnectorContext, request: SendRequest): Promise<Receipt> {
  const company = await companyOf(context);
  const invoice = await originalOf(context, company, request);
  if (invoice['state'] === 'cancelled') return noteOf(context, company, invoice);
  if (invoice['state'] !== 'posted' || (invoice['payment_lines'] as unknown[]).length > 0)
    throw rejected({
      code: 'invoice-has-payments',
      category: 'posting-rejection',
      message: `Invoice ${String(invoice['number'])} is ${String(invoice['state'])} and has payments, so it cannot be voided.`,
      remedy: 'Undo the payment in Tryton or issue a credit memo, then replay.',
    });
  const ids = [Number(invoice['id'])];
  await inDateOrder(context, company, {
    day: dayOf(request),
    post: (day) =>
      wizard(context, company, {
        name: 'account.invoice.credit',
        step: 'credit',
        values: { start: { with_refund: true, with_refund_allowed: true, invoice_date: date(day) } },
        model: 'account.invoice',
        ids,
      }),
  });
  return afterwards(() => noteOf(context, company, invoice));
}

export async function findVoid(context: ConnectorContext, request: SendRequest): Promise<Receipt | null> {
  const company = await companyOf(context);
  const invoice = await originalOf(context, company, request);
  return invoice['state'] === 'cancelled' ? noteOf(context, company, invoice) : null;
}

/**
 * Bad debt: what billing wrote off moves from the receivable to the write-off account, and the invoice is reconciled when nothing is left of it. Where a credit memo of the
 * invoice comes later, it is that memo which closes it.
 */
export async function writeOffInvoice(context: ConnectorContext, request: SendRequest): Promise<Receipt> {
  const amount = writtenOffOf(request);
  const company = await companyOf(context);
  const invoice = await originalOf(context, company, request);
  const currency = String(nested(invoice, 'currency')['code']);
  const move = (await postedMove(context, company, request.key)) ?? (await postWriteOff(context, company, { request, invoice, amount }));
  await afterwards(() => attach(context, company, { move, invoice }));
  return moveReceipt(move, { currency, total: amount });
}

async function postWriteOff(
  context: ConnectorContext,
  company: Company,
  { request, invoice, amount }: { request: SendRequest; invoice: JsonObject; amount: string },
): Promise<Move> {
  const currency = String(nested(invoice, 'currency')['code']);
  const open = openOf(await openLines(context, company, [invoice['lines_to_pay'], invoice['payment_lines']].flat()));
  mustBeOpen({ amount, open: open.owed, currency, number: String(invoice['number']), target: 'Tryton' });
  const foreign = currency !== company.currency;
  const currencyId = foreign ? await currencyIdOf(context, company, currency) : undefined;
  const worth = foreign ? relievedBy(amount, open, await digitsOf(context, company)) : amount;
  return postMove(context, company, {
    key: request.key,
    description: `write-off ${String(request.document['number'])}`,
    day: dayOf(request),
    journal: 'writeOffJournal',
    origin: `account.invoice,${String(invoice['id'])}`,
    lines: [
      { account: await accountIdOf(context, company, setting(context.settings, 'writeOffAccount'), '/writeOffAccount'), debit: decimal(worth), credit: decimal('0'), ...inCurrency(currencyId, amount) },
      { account: Number(invoice['account']), party: Number(nested(invoice, 'party')['id']), debit: decimal('0'), credit: decimal(worth), ...inCurrency(currencyId, money.negate(amount)) },
    ],
  }); // prettier-ignore
}

export const moveReceipt = (move: Move, totals: { currency: string; total: string }): Receipt => ({
  documentId: String(move.id),
  documentNumber: move.number,
  totals,
});

/** Puts the receivable line of a move on its invoice, and reconciles when the invoice is closed by it. Safe to repeat. */
export async function attach(context: ConnectorContext, company: Company, of: { move: Move; invoice: JsonObject }): Promise<void> {
  const id = Number(of.invoice['id']);
  const [move] = (await rpc(context, {
    method: 'model.account.move.read',
    params: [[of.move.id], ['lines'], { company: company.id }],
    what: 'read the move',
    writes: false,
  })) as JsonObject[];
  const lines = (await linesOn(context, company, move?.['lines'], Number(of.invoice['account']))).filter(
    (line) => !((of.invoice['payment_lines'] as number[]) ?? []).includes(line),
  );
  if (lines.length > 0)
    await rpc(context, {
      method: 'model.account.invoice.write',
      params: [[id], { payment_lines: [['add', lines]] }, { company: company.id }],
      what: 'put the payment on the invoice',
      writes: false,
    });
  const [invoice] = await readInvoices(context, company, [['id', '=', id]]);
  if (invoice?.['state'] === 'posted')
    await reconcile(context, company, await openLines(context, company, [invoice['lines_to_pay'], invoice['payment_lines']].flat()));
}

async function linesOn(context: ConnectorContext, company: Company, ids: unknown, account: number): Promise<number[]> {
  const rows = (await rpc(context, {
    method: 'model.account.move.line.read',
    params: [Array.isArray(ids) ? ids : [], ['account', 'reconciliation'], { company: company.id }],
    what: 'read the move’s lines',
    writes: false,
  })) as JsonObject[];
  return rows.filter((row) => row['account'] === account && row['reconciliation'] === null).map((row) => Number(row['id']));
}
