import { money, type BookedPart, type JsonObject } from '@waybill/sdk';
import { plain, sumCheck, type Chain } from './chain.js';
import type { Booked } from './lineage.query.store.js';

/** What a journal entry must say of a document: what is owed, what of it is tax. Without a sign, as documents say it. */
export interface Wanted {
  total: string;
  tax: string | null;
}

/** Types whose entries are read back; what takes a document back is booked as one of the other kind. */
export function typeInBooks(kind: string, effect: string): string | undefined {
  const owed = kind === 'invoice' || kind === 'credit-memo';
  if (effect === 'create' && (owed || kind === 'payment')) return kind;
  if (effect === 'refund' && kind === 'payment') return 'refund';
  if (effect === 'void' && owed) return kind === 'invoice' ? 'credit-memo' : 'invoice';
  return undefined;
}

export function wantedOf(content: JsonObject): Wanted | undefined {
  const total = content['total'] ?? content['amount'];
  const tax = content['taxTotal'];
  return money.isDecimal(total) ? { total: money.absolute(total), tax: money.isDecimal(tax) ? money.absolute(tax) : null } : undefined;
}

const titles: Record<BookedPart, string> = {
  customer: 'What the customer owes',
  revenue: 'Revenue',
  tax: 'Tax',
  money: 'Money',
  other: 'Other lines',
};
const parts = Object.keys(titles) as BookedPart[];
/** Lines that one part shows. */
export const linesMax = 50;

const sum = (amounts: string[]): string => money.sum(amounts.length === 0 ? ['0'] : amounts);

/**
 * The entry behind a delivery, and its lines by what they book. The lines must balance; what the customer owes must be the total of the document, revenue its net
 * and tax its tax, each on its side of the books and in the currency of the document. A part that should be there and is not has no lines, and its sum says so.
 */
export function addEntry(chain: Chain, delivery: string, { ledger, type, entry, documentCurrency, readAt }: Booked, wanted: Wanted | undefined): void {
  const id = `${delivery}/entry`;
  const [debit, credit] = [sum(entry.lines.map((line) => line.debit)), sum(entry.lines.map((line) => line.credit))];
  chain.add({ ...plain, id, kind: 'entry', of: ledger, title: entry.number ?? entry.id, detail: `booked on ${entry.date}, read ${readAt.slice(0, 16).replace('T', ' ')} UTC`, amount: { amount: debit, currency: entry.currency } });
  chain.join(delivery, id, 'booked-as', sumCheck('amount', debit, credit, 'the lines of the entry do not balance'));
  const must: Partial<Record<BookedPart, string>> = wanted === undefined ? {} : amountsOf(type, wanted);
  for (const part of parts) {
    const lines = entry.lines.filter((line) => line.part === part);
    const given = must[part];
    if (lines.length === 0 && (given === undefined || money.isZero(given))) continue;
    const signed = sum(lines.map(({ amount }) => amount));
    const out = signOf(type, part) === 1 ? signed : money.negate(signed);
    chain.add({
      ...plain, id: `${id}/${part}`, kind: 'entry-lines', of: part, title: titles[part],
      detail: lines.length === 1 ? '1 line' : `${lines.length} lines`,
      amount: { amount: money.absolute(signed), currency: documentCurrency },
      lines: lines.slice(0, linesMax).map(({ id: line, account, name, debit: d, credit: c }) => ({ id: line, account, name, debit: d, credit: c, currency: entry.currency })),
      linesLeft: Math.max(0, lines.length - linesMax),
    });
    chain.join(id, `${id}/${part}`, 'made-of', given === undefined ? null : sumCheck('amount', given, out, lines.length === 0 ? 'the entry has no such line' : 'the books hold another amount than the document, or on the other side'));
  }
} // prettier-ignore

/** What each part must come to. Money without tax of its own is one amount on two sides. */
function amountsOf(type: string, { total, tax }: Wanted): Partial<Record<BookedPart, string>> {
  if (type === 'payment' || type === 'refund') return { customer: total, money: total };
  return tax === null ? { customer: total } : { customer: total, revenue: money.subtract(total, tax), tax };
}

/** The side that makes a document positive: 1 is a debit. An invoice is a debit of its customer, and a credit of everything else. */
function signOf(type: string, part: BookedPart): 1 | -1 {
  const ofCustomer = type === 'invoice' || type === 'refund' ? 1 : -1;
  return part === 'customer' ? ofCustomer : ofCustomer === 1 ? -1 : 1;
}
