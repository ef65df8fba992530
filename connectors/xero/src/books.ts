import { inDoubt, money, rejected, type ConnectorContext, type JsonObject, type Receipt, type SendRequest } from '@waybill/sdk';
import { list, type Kind } from './api.js';
import { isOurs, listOf } from './documents.js';

const pageMax = 100;
const pagesMax = 200;

const names = {
  Invoices: { id: 'InvoiceID', number: 'InvoiceNumber' },
  CreditNotes: { id: 'CreditNoteID', number: 'CreditNoteNumber' },
  Payments: { id: 'PaymentID', number: undefined },
  ManualJournals: { id: 'ManualJournalID', number: undefined },
} as const;
export type Posted = keyof typeof names;

export const idIn = (kind: Posted, row: JsonObject): string => String(row[names[kind].id]);

export function receiptOf(kind: Posted, row: JsonObject): Receipt {
  const { number } = names[kind];
  const { Total, TotalTax, CurrencyCode, Status, Date } = row;
  const told = typeof CurrencyCode === 'string' && money.isDecimal(Total);
  return {
    documentId: idIn(kind, row),
    ...(number !== undefined && typeof row[number] === 'string' ? { documentNumber: row[number] } : {}),
    ...(told ? { totals: { currency: CurrencyCode, total: Total, ...(money.isDecimal(TotalTax) ? { tax: TotalTax } : {}) } } : {}),
    details: { status: Status ?? null, date: Date ?? null },
  };
}

/** `DateTime(2026, 11, 27)`, as `where` takes a day. */
export const day = (date: unknown): string => `DateTime(${String(date).split('-').map(Number).join(', ')})`;

/** Rows that a question brings, page after page. */
async function all(context: ConnectorContext, kind: Kind, query: Record<string, string>): Promise<JsonObject[]> {
  const rows: JsonObject[] = [];
  for (let page = 1; page <= pagesMax; page += 1) {
    const found = await list(context, kind, { query: { ...query, page, pageSize: pageMax } });
    rows.push(...found);
    if (found.length < pageMax) return rows;
  }
  throw inDoubt({
    code: 'too-many-to-look-through',
    message: `Xero has more than ${pageMax * pagesMax} ${kind} for the question.`,
    remedy: 'Look for the key in the references by hand.',
  });
}

export const invoicesNumbered = (context: ConnectorContext, number: string): Promise<JsonObject[]> =>
  list(context, 'Invoices', { query: { InvoiceNumbers: number } });

/** What carries the number of the request, ours or not. Invoices are asked for by it; credit notes, payments and journals by their day. */
export async function candidates(context: ConnectorContext, kind: Posted, request: SendRequest): Promise<JsonObject[]> {
  const { number, date } = request.document;
  if (kind === 'Invoices') return (await invoicesNumbered(context, String(number))).filter(({ Type: of }) => of === 'ACCREC');
  return all(context, kind, { where: `Date==${day(date)}` });
}

/** A document of ours by our key. Lists read what was just written; a deleted or voided one still counts as made. */
export async function findOurs(context: ConnectorContext, kind: Posted, request: SendRequest): Promise<JsonObject | undefined> {
  return (await candidates(context, kind, request)).find((row) => isOurs(row, request.key));
}

/** The open invoice of a number; payments and credits need its id. */
export async function invoiceId(context: ConnectorContext, number: string): Promise<string> {
  const found = (await invoicesNumbered(context, number)).filter(
    ({ Type: of, Status }) => of === 'ACCREC' && Status !== 'VOIDED' && Status !== 'DELETED',
  );
  const [invoice] = found;
  if (invoice && found.length === 1) return idIn('Invoices', invoice);
  throw rejected({
    code: found.length === 0 ? 'invoice-not-found' : 'invoice-not-clear',
    category: 'posting-rejection',
    message: `Xero has ${found.length === 0 ? 'no' : String(found.length)} invoice ${number}.`,
    cause: `invoice ${number} to apply to`,
    remedy: 'Post the invoice first, or correct its number in Xero; then replay.',
  });
}

export async function invoicesOf(context: ConnectorContext, document: JsonObject): Promise<{ id: string; amount: string }[]> {
  const found: { id: string; amount: string }[] = [];
  for (const { invoice, amount } of listOf(document['appliesTo']))
    found.push({ id: await invoiceId(context, String(invoice)), amount: String(amount) });
  return found;
}
