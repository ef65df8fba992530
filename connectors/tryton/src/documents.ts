import {
  bookedDelivery,
  BookedDocument,
  misconfigured,
  money,
  type ConnectorContext,
  type JsonObject,
  type Page,
  type Stream,
} from '@waybill/sdk';
import { companyOf, type Company } from './master-data.js';
import { nested, search, type Domain } from './rpc.js';
import { setting } from './settings.js';
import { date } from './wire.js';

type Ask = Parameters<NonNullable<Stream['poll']>['read']>[1];

/** Invoices first, then the entries of the cash journal; each by id, so that what is posted meanwhile comes at the end. */
interface Cursor {
  of: 'invoices' | 'entries';
  after: number;
}
const begin: Cursor = { of: 'invoices', after: 0 };

async function readPage(context: ConnectorContext, ask: Ask): Promise<Page> {
  const company = await companyOf(context);
  const at = ask.cursor === null ? begin : parseCursor(ask.cursor);
  const limit = Math.min(ask.limit, 1000);
  const range = [date(ask.since ?? '1970-01-01'), date(ask.until ?? '9999-12-31')] as const;
  const rows = at.of === 'invoices' ? await invoices(context, company, { at, range, limit }) : await entries(context, company, { at, range, limit });
  const told = at.of === 'invoices' ? rows.map(invoiceOf) : await paymentsOf(context, company, rows);
  const full = rows.length === limit;
  const next: Cursor = full || at.of === 'entries' ? { of: at.of, after: Number(rows.at(-1)?.['id'] ?? at.after) } : { of: 'entries', after: 0 };
  return { deliveries: told.map(bookedDelivery), cursor: JSON.stringify(next), more: full || at.of === 'invoices' };
} // prettier-ignore

interface Part {
  at: Cursor;
  range: readonly [JsonObject, JsonObject];
  limit: number;
}

const byId = [['id', 'ASC']];

function invoices(context: ConnectorContext, company: Company, { at, range: [from, to], limit }: Part): Promise<JsonObject[]> {
  const dated: Domain = [
    'OR',
    [
      ['accounting_date', '>=', from],
      ['accounting_date', '<=', to],
    ],
    [
      ['accounting_date', '=', null],
      ['invoice_date', '>=', from],
      ['invoice_date', '<=', to],
    ],
  ];
  return search(context, {
    model: 'account.invoice',
    domain: [
      ['company', '=', company.id],
      ['type', '=', 'out'],
      ['state', 'in', ['posted', 'paid', 'cancelled']],
      ['number', '!=', null],
      ['id', '>', at.after],
      dated,
    ],
    fields: [
      'number',
      'reference',
      'description',
      'state',
      'currency.code',
      'tax_amount',
      'total_amount',
      'invoice_date',
      'accounting_date',
    ],
    order: byId,
    limit,
    company: company.id,
  });
}

/** A credit note is an invoice of less than nothing. Tryton says plain 0 for no tax. */
function invoiceOf(row: JsonObject): BookedDocument {
  const total = String(row['total_amount']);
  return {
    id: String(row['id']),
    number: textOf(row['number']),
    type: money.isNegative(total) ? 'credit-memo' : 'invoice',
    key: keyIn(row['reference']),
    reference: textOf(row['description']),
    currency: String(nested(row, 'currency')['code']),
    total: money.absolute(total),
    tax: money.absolute(String(row['tax_amount'])),
    date: String(row['accounting_date'] ?? row['invoice_date']),
    state: row['state'] === 'cancelled' ? 'void' : 'posted',
  };
}

function entries(context: ConnectorContext, company: Company, { at, range: [from, to], limit }: Part): Promise<JsonObject[]> {
  return search(context, {
    model: 'account.move',
    domain: [
      ['company', '=', company.id],
      ['state', '=', 'posted'],
      ['journal.code', '=', setting(context.settings, 'cashJournal')],
      ['date', '>=', from],
      ['date', '<=', to],
      ['id', '>', at.after],
    ],
    fields: ['number', 'post_number', 'description', 'date', 'origin'],
    order: byId,
    limit,
    company: company.id,
  });
}

/**
 * What entries do to customers: a credit of a receivable is a payment, a debit is a refund. An entry that cancels another is none of its own, and the other
 * has come to nothing.
 */
async function paymentsOf(context: ConnectorContext, company: Company, moves: JsonObject[]): Promise<BookedDocument[]> {
  if (moves.length === 0) return [];
  const ids = moves.map((move) => Number(move['id']));
  const of = { company: company.id, limit: linesMax };
  const lines = await search(context, {
    ...of,
    model: 'account.move.line',
    domain: [
      ['move', 'in', ids],
      ['party', '!=', null],
    ],
    fields: ['move', 'debit', 'credit', 'amount_second_currency', 'second_currency.code'],
  });
  const cancelling = await search(context, {
    ...of,
    model: 'account.move',
    domain: [
      ['origin', 'in', ids.map((id) => `account.move,${id}`)],
      ['state', '=', 'posted'],
    ],
    fields: ['origin'],
  });
  const cancelled = new Set(cancelling.map((row) => String(row['origin'])));
  return moves
    .filter((move) => !String(move['origin'] ?? '').startsWith('account.move,'))
    .flatMap((move) => paymentOf(move, { lines: lines.filter((line) => line['move'] === move['id']), company, cancelled }) ?? []);
}

/** Receivable lines that a page of entries may have; an entry of ours has one. */
const linesMax = 20_000;

function paymentOf(move: JsonObject, { lines, company, cancelled }: { lines: JsonObject[]; company: Company; cancelled: ReadonlySet<string> }) {
  const foreign = lines.every((line) => typeof nested(line, 'second_currency')['code'] === 'string');
  const signed = (line: JsonObject) => money.subtract(String(line['credit']), String(line['debit']));
  // Tryton's amount in another currency has the sign of a debit.
  const amount = money.sum(lines.map((line) => (foreign ? money.negate(String(line['amount_second_currency'])) : signed(line))));
  if (lines.length === 0 || money.isZero(amount)) return undefined;
  const booked: BookedDocument = {
    id: String(move['id']),
    number: textOf(move['post_number'] ?? move['number']),
    type: money.isNegative(amount) ? 'refund' : 'payment',
    key: keyIn(move['description']),
    reference: null,
    currency: foreign ? String(nested(lines[0]!, 'second_currency')['code']) : company.currency,
    total: money.absolute(amount),
    tax: null,
    date: String(move['date']),
    state: cancelled.has(`account.move,${String(move['id'])}`) ? 'void' : 'posted',
  };
  return booked;
} // prettier-ignore

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
/** Our key stands alone in an invoice's reference, and before the words of an entry. */
const keyIn = (value: unknown): string | null => /^(wb-[a-z0-9-]{1,80})( |$)/.exec(String(value ?? ''))?.[1] ?? null;

function parseCursor(text: string): Cursor {
  try {
    const { of, after } = JSON.parse(text) as Cursor;
    if ((of === 'invoices' || of === 'entries') && Number.isInteger(after)) return { of, after };
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
  summary:
    'Invoices, credit notes, payments and refunds of customers as the books hold them now, by accounting date: what controls compare with.',
  kind: 'bulk-extraction',
  schema: BookedDocument,
  key: 'type & "/" & id',
  readsBack: true,
  poll: { everySeconds: 3600, read: readPage },
  hydrate: 'never',
};
