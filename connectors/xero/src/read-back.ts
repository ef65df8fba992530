import {
  bookedDelivery,
  BookedDocument,
  isJsonObject,
  misconfigured,
  money,
  type BookedType,
  type ConnectorContext,
  type JsonObject,
  type Page,
  type Stream,
} from '@waybill/sdk';
import { list } from './api.js';
import { day } from './books.js';
import { dateIn } from './lookups.js';

type Ask = Parameters<NonNullable<Stream['poll']>['read']>[1];

const order = ['Invoices', 'CreditNotes', 'Payments'] as const;
/** One kind after another, each by id: what is posted meanwhile pushes others onto the next page, where they are told twice and never missed. */
interface Cursor {
  of: (typeof order)[number];
  page: number;
}
const pageMax = 100;

const sources: Record<Cursor['of'], { type?: string; id: string; told: (row: JsonObject) => BookedDocument | undefined }> = {
  Invoices: { type: 'ACCREC', id: 'InvoiceID', told: (row) => saleTold(row, { type: 'invoice', id: 'InvoiceID', number: 'InvoiceNumber' }) },
  CreditNotes: { type: 'ACCRECCREDIT', id: 'CreditNoteID', told: (row) => saleTold(row, { type: 'credit-memo', id: 'CreditNoteID', number: 'CreditNoteNumber' }) },
  Payments: { id: 'PaymentID', told: paymentTold },
}; // prettier-ignore

async function readPage(context: ConnectorContext, ask: Ask): Promise<Page> {
  const at: Cursor = ask.cursor === null ? { of: 'Invoices', page: 1 } : parseCursor(ask.cursor);
  const pageSize = Math.min(ask.limit, pageMax);
  const { type, id, told } = sources[at.of];
  const where = [
    ...(type === undefined ? [] : [`Type=="${type}"`]),
    `Date>=${day(ask.since ?? '1970-01-01')}`,
    `Date<=${day(ask.until ?? '9999-12-31')}`,
  ];
  const rows = await list(context, at.of, { query: { where: where.join(' AND '), order: `${id} ASC`, page: at.page, pageSize } });
  const full = rows.length === pageSize;
  const following = order[order.indexOf(at.of) + 1];
  const next: Cursor = full || following === undefined ? { of: at.of, page: full ? at.page + 1 : at.page } : { of: following, page: 1 };
  return {
    deliveries: rows.flatMap((row) => told(row) ?? []).map(bookedDelivery),
    cursor: JSON.stringify(next),
    more: full || following !== undefined,
  };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
/** Our key ends the reference. */
const keyIn = (reference: unknown): string | null => /(?:^| )(wb-[a-z0-9-]{1,80})$/.exec(String(reference ?? ''))?.[1] ?? null;
const dayOf = (row: JsonObject): string => dateIn(row['Date'])?.slice(0, 10) ?? '';
const rounded = (value: unknown, currency: string): string => money.round(String(value ?? '0'), money.minorUnits(currency));

/** Drafts, and what was deleted before it was approved, are not in the books. */
function saleTold(row: JsonObject, of: { type: BookedType; id: string; number: string }): BookedDocument | undefined {
  const { Status: status, CurrencyCode, Reference } = row;
  if (!['AUTHORISED', 'PAID', 'VOIDED'].includes(String(status))) return undefined;
  const currency = String(CurrencyCode);
  return {
    id: String(row[of.id]),
    number: textOf(row[of.number]),
    type: of.type,
    key: keyIn(Reference),
    reference: textOf(row[of.number]),
    currency,
    total: rounded(row['Total'], currency),
    tax: rounded(row['TotalTax'], currency),
    date: dayOf(row),
    state: status === 'VOIDED' ? 'void' : 'posted',
  };
}

/** Kinds of payments that are customers' ("PaymentType" of the Accounting OpenAPI): money in, and money back. */
const kinds: Record<string, BookedType> = {
  ACCRECPAYMENT: 'payment',
  ARCREDITPAYMENT: 'refund',
  ARPREPAYMENTPAYMENT: 'refund',
  AROVERPAYMENTPAYMENT: 'refund',
};

function paymentTold(row: JsonObject): BookedDocument | undefined {
  const type = kinds[String(row['PaymentType'])];
  if (type === undefined) return undefined;
  // A payment has the currency of what it is for, which the answer shows in short.
  const owner = [row['Invoice'], row['CreditNote'], row['Prepayment'], row['Overpayment']].find(isJsonObject);
  const currency = String(owner?.['CurrencyCode'] ?? '');
  return {
    id: String(row['PaymentID']),
    number: null,
    type,
    key: keyIn(row['Reference']),
    reference: textOf(row['Reference']),
    currency,
    total: rounded(row['Amount'], currency),
    tax: null,
    date: dayOf(row),
    state: row['Status'] === 'DELETED' ? 'void' : 'posted',
  };
}

function parseCursor(text: string): Cursor {
  try {
    const { of, page } = JSON.parse(text) as Cursor;
    if (order.includes(of) && Number.isSafeInteger(page) && page >= 1) return { of, page };
  } catch {
    // falls through to the sentence below
  }
  throw misconfigured({
    code: 'cursor-unreadable',
    message: `The cursor ${text.slice(0, 80)} is not one of this stream.`,
    remedy: 'Read it from the start.',
  });
}

export const documents: Stream = {
  title: 'Documents',
  summary: 'Invoices, credit notes, payments and refunds of customers as the books hold them now, by accounting date: what controls compare with.',
  kind: 'bulk-extraction',
  schema: BookedDocument,
  key: 'type & "/" & id',
  readsBack: true,
  poll: { everySeconds: 3600, read: readPage },
  hydrate: 'never',
}; // prettier-ignore
