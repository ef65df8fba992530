import {
  bookedDelivery,
  BookedDocument,
  type BookedPart,
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
  const told = at.of === 'invoices' ? await invoicesOf(context, company, rows) : await paymentsOf(context, company, rows);
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
      'account',
      'move',
      'move.number',
      'move.post_number',
      'move.date',
    ],
    order: byId,
    limit,
    company: company.id,
  });
}

async function invoicesOf(context: ConnectorContext, company: Company, rows: JsonObject[]): Promise<BookedDocument[]> {
  const moves = rows.flatMap((row) => (typeof row['move'] === 'number' ? [row['move']] : []));
  const lines = await linesOf(context, company, moves);
  const reversing = await reversingOf(context, company, moves);
  return rows.map((row): BookedDocument => {
    const move = { ...nested(row, 'move'), id: row['move'] ?? null };
    const of = { move, lines: lines.get(Number(row['move'])) ?? [], company };
    return { ...invoiceOf(row, reversing.has(Number(row['move']))), ...entryOf(of, (line) => partOf(line, Number(row['account']))) };
  });
}

/**
 * Of moves, those by which Tryton cancelled an invoice or a note. The document of such a move and the one it cancelled come to nothing together: both are void.
 * Source: `cancel_move` of `account.invoice`, which the credit wizard with refund sets.
 */
async function reversingOf(context: ConnectorContext, company: Company, moves: number[]): Promise<ReadonlySet<number>> {
  if (moves.length === 0) return new Set();
  const cancelled = await search(context, {
    model: 'account.invoice',
    domain: [
      ['company', '=', company.id],
      ['state', '=', 'cancelled'],
      ['cancel_move', 'in', moves],
    ],
    fields: ['cancel_move'],
    limit: moves.length,
    company: company.id,
  });
  return new Set(cancelled.map((row) => Number(row['cancel_move'])));
}

function partOf(line: JsonObject, receivable: number): BookedPart {
  if (line['account'] === receivable) return 'customer';
  const origin = String(line['origin'] ?? '');
  if (origin.startsWith('account.invoice.tax,')) return 'tax';
  return origin.startsWith('account.invoice.line,') ? 'revenue' : 'other';
}

/** A credit note is an invoice of less than nothing. Tryton says plain 0 for no tax. */
function invoiceOf(row: JsonObject, reverses: boolean): BookedDocument {
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
    state: row['state'] === 'cancelled' || reverses ? 'void' : 'posted',
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
  const lines = await linesOf(context, company, ids);
  const cancelling = await search(context, {
    company: company.id,
    limit: ids.length,
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
    .flatMap((move) => paymentOf(move, { all: lines.get(Number(move['id'])) ?? [], company, cancelled }) ?? []);
}

/** Lines of one answer; what is more comes with the next. */
const linesMax = 4_000;

/** All lines of some moves. */
async function linesOf(context: ConnectorContext, company: Company, moves: readonly number[]): Promise<Map<number, JsonObject[]>> {
  const found = new Map<number, JsonObject[]>();
  for (let after = 0; moves.length > 0;) {
    const rows = await search(context, {
      model: 'account.move.line',
      domain: [
        ['move', 'in', [...moves]],
        ['id', '>', after],
      ],
      fields: ['move', 'account', 'account.code', 'account.name', 'party', 'origin', 'debit', 'credit', 'amount_second_currency', 'second_currency.code'],
      order: byId,
      limit: linesMax,
      company: company.id,
    }); // prettier-ignore
    for (const row of rows) found.set(Number(row['move']), [...(found.get(Number(row['move'])) ?? []), row]);
    if (rows.length < linesMax) break;
    after = Number(rows.at(-1)!['id']);
  }
  return found;
}

/** Tryton's amount in another currency has the sign of a debit. */
const inDocument = (line: JsonObject): string =>
  typeof nested(line, 'second_currency')['code'] === 'string'
    ? String(line['amount_second_currency'])
    : money.subtract(String(line['debit']), String(line['credit']));

function entryOf(
  { move, lines, company }: { move: JsonObject; lines: JsonObject[]; company: Company },
  part: (line: JsonObject) => BookedPart,
): Pick<BookedDocument, 'entry'> {
  if (typeof move['id'] !== 'number' || typeof move['date'] !== 'string') return {};
  return {
    entry: {
      id: String(move['id']),
      number: textOf(move['post_number'] ?? move['number']),
      currency: company.currency,
      date: move['date'],
      lines: lines.map((line) => {
        const account = nested(line, 'account');
        const of = part(line);
        return {
          id: String(line['id']),
          account: String(account['code'] ?? account['name'] ?? line['account']),
          name: of === 'customer' ? null : textOf(account['name']),
          part: of,
          debit: String(line['debit']),
          credit: String(line['credit']),
          amount: inDocument(line),
        };
      }),
    },
  };
}

/** In a payment in another currency, what has none of it is the difference of exchange. */
function partOfPayment(line: JsonObject, foreign: boolean): BookedPart {
  if (line['party'] !== null) return 'customer';
  return foreign && typeof nested(line, 'second_currency')['code'] !== 'string' ? 'other' : 'money';
}

function paymentOf(move: JsonObject, { all, company, cancelled }: { all: JsonObject[]; company: Company; cancelled: ReadonlySet<string> }) {
  const lines = all.filter((line) => line['party'] !== null);
  const foreign = lines.every((line) => typeof nested(line, 'second_currency')['code'] === 'string');
  const signed = (line: JsonObject) => money.subtract(String(line['credit']), String(line['debit']));
  const amount = money.sum(lines.map((line) => (foreign ? money.negate(inDocument(line)) : signed(line))));
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
    ...entryOf({ move, lines: all, company }, (line) => partOfPayment(line, foreign)),
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
  tellsEntries: true,
  poll: { everySeconds: 3600, read: readPage },
  hydrate: 'never',
};
