import { minorUnits } from '../load/amounts.js';
import { entities } from '../load/plan.js';
import type { TrytonDocument } from '../load/tryton-plan.js';
import type { TrytonRow, TrytonServer } from '../supervisor/tryton.js';

/** What Tryton's own API says of one company's books. */
export interface TrytonBooks {
  invoices: TrytonRow[];
  /** Journal entries that no invoice made. */
  moves: TrytonRow[];
  lines: TrytonRow[];
}

export async function readBooks(tryton: TrytonServer): Promise<TrytonBooks> {
  const books: TrytonBooks = { invoices: [], moves: [], lines: [] };
  for (const entity of entities) {
    const [company] = await tryton.search('company.company', [['party.code', '=', `COMPANY-${entity}`]], ['rec_name'], 1);
    const id = Number(company?.['id']);
    const of = [['company', '=', id]];
    const shown = ['description', 'reference', 'state', 'number', 'total_amount', 'tax_amount', 'amount_to_pay'];
    books.invoices.push(...(await tryton.search('account.invoice', [...of, ['type', '=', 'out']], shown, id)));
    const moves = await tryton.search('account.move', of, ['description', 'state', 'origin'], id);
    const ours = moves.filter((move) => numberOf(move) !== undefined);
    books.moves.push(...ours);
    const domain = [['move', 'in', ours.map((move) => move['id'])]];
    books.lines.push(...(await tryton.search('account.move.line', domain, ['move', 'debit'], id)));
  }
  return books;
}

/** A payment's or a journal's number stands in the words of its entry, behind the engine's key. */
const numberOf = (move: TrytonRow): string | undefined => /\b(T[PJ]-\d+)\b/.exec(String(move['description']))?.[1];

const cents = (value: unknown): bigint => {
  const minor = minorUnits(String(value), 2);
  return minor < 0n ? -minor : minor;
};

/** Each document is in the books once, is posted, and says the same to the cent; nothing else is there, no half-made draft either. */
export function trytonDifferences(books: TrytonBooks, documents: readonly TrytonDocument[]): string[] {
  const found: string[] = [];
  const paid = new Map<string, bigint>();
  for (const { invoice, total } of documents) if (invoice !== undefined) paid.set(invoice, (paid.get(invoice) ?? 0n) + total);
  const invoices = grouped(books.invoices, (row) => String(row['description']));
  const moves = grouped(books.moves, (row) => numberOf(row) ?? '');
  for (const { id, number, type, total, tax } of documents) {
    const isInvoice = type === 'invoice' || type === 'credit-memo';
    const there = (isInvoice ? invoices : moves).get(number) ?? [];
    (isInvoice ? invoices : moves).delete(number);
    const [row] = there;
    if (there.length !== 1 || !row) found.push(`${id} is in the books of Tryton ${there.length} times`);
    if (!row) continue;
    const state = String(row['state']);
    if (state !== 'posted' && state !== 'paid') found.push(`${id} is ${state} in Tryton`);
    const theirs = isInvoice ? cents(row['total_amount']) : debit(books, row);
    if (theirs !== total) found.push(`${id} has a total of ${theirs} in Tryton and of ${total} in the source, in minor units`);
    if (isInvoice && cents(row['tax_amount']) !== tax) found.push(`${id} has a tax of ${cents(row['tax_amount'])} in Tryton and of ${tax} in the source`);
    const open = total - (paid.get(id) ?? 0n);
    if (type === 'invoice' && cents(row['amount_to_pay']) !== open)
      found.push(`of ${id} ${cents(row['amount_to_pay'])} is open in Tryton, and ${open} by its payments`);
  } // prettier-ignore
  for (const [number, rows] of [...invoices, ...moves]) found.push(`nobody planned ${number}, which is in Tryton ${rows.length} times, ${String(rows[0]!['state'])}`);
  return found;
} // prettier-ignore

const debit = ({ lines }: TrytonBooks, move: TrytonRow): bigint =>
  lines.filter((line) => line['move'] === move['id']).reduce((sum, line) => sum + cents(line['debit']), 0n);

function grouped(rows: readonly TrytonRow[], by: (row: TrytonRow) => string): Map<string, TrytonRow[]> {
  const groups = new Map<string, TrytonRow[]>();
  for (const row of rows) groups.set(by(row), [...(groups.get(by(row)) ?? []), row]);
  return groups;
}
