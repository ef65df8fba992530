import { inDoubt, money, rejected, type ConnectorContext, type JsonObject, type Receipt, type SendRequest } from '@waybill/sdk';
import { list, quoted, type Kind } from './api.js';
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

async function contactIdOf(context: ConnectorContext, { contactId, contactNumber }: JsonObject): Promise<string> {
  if (typeof contactId === 'string') return contactId;
  const number = String(contactNumber);
  const [contact] = await list(context, 'Contacts', { query: { where: `ContactNumber==${quoted(number)}`, includeArchived: 'true' } });
  if (contact) return String(contact['ContactID']);
  throw rejected({
    code: 'contact-not-found',
    category: 'master-data',
    message: `Xero has no contact with the number ${number}.`,
    path: '/contactNumber',
    cause: `contact ${number} is not in Xero`,
    remedy: 'Create the contact in Xero or correct the customer table, then replay.',
  });
}

/**
 * The credit note that a refund pays back: the one that the document names, else of the customer's open ones in its currency that hold as much the oldest that holds
 * exactly as much, else the only one. Between several larger ones a person chooses.
 */
export async function creditNoteId(context: ConnectorContext, document: JsonObject): Promise<string> {
  const { creditNote, amount, currency } = document as Record<string, string>;
  const contact = await contactIdOf(context, document);
  const named = creditNote === undefined ? '' : ` AND CreditNoteNumber==${quoted(creditNote)}`;
  const open = await all(context, 'CreditNotes', {
    where: `Type=="ACCRECCREDIT" AND Status=="AUTHORISED" AND Contact.ContactID==guid(${quoted(contact)})${named}`,
    order: 'Date ASC',
  });
  const fitting = open.filter(
    ({ CurrencyCode, RemainingCredit: left }) => CurrencyCode === currency && money.compare(String(left ?? '0'), amount!) >= 0,
  );
  const [chosen] = [
    ...fitting.filter(({ RemainingCredit: left }) => money.equals(String(left), amount!)),
    ...(fitting.length === 1 ? fitting : []),
  ];
  if (chosen) return idIn('CreditNotes', chosen);
  const who = String(document['contactNumber'] ?? contact);
  const of = `${String(amount)} ${String(currency)}`;
  const numbers = fitting.map(({ CreditNoteNumber: number }) => String(number)).join(', ');
  throw rejected({
    code: fitting.length === 0 ? 'credit-note-not-found' : 'credit-note-not-clear',
    category: 'posting-rejection',
    message:
      fitting.length === 0
        ? `Xero has no${creditNote === undefined ? '' : ` credit note ${creditNote},`} open credit note of contact ${who} with ${of} left to pay back.`
        : `A refund of ${of} could be of any of the credit notes ${numbers} of contact ${who}.`,
    path: fitting.length === 0 && creditNote === undefined ? '/amount' : '/creditNote',
    cause: fitting.length === 0 ? `no credit note of contact ${who} to pay back` : `which credit note of contact ${who} is paid back`,
    remedy:
      fitting.length === 0
        ? 'Post the credit note of the refund first, then replay. Money that went back without a credit note is a person’s to book in Xero; then resolve this.'
        : 'Let the mapping name the right one as `creditNote` and replay, or pay it back in Xero and resolve this.',
  });
}
