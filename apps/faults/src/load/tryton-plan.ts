import type { JsonObject } from '@waybill/sdk';
import type { Dice } from '../random.js';
import { decimal } from './amounts.js';
import type { DocumentType, Entity, SourceRecord } from './plan.js';

/** A document for the books of Tryton, and what they must say of it. */
export interface TrytonDocument {
  id: string;
  /** The biller's number, by which Tryton's books are searched. */
  number: string;
  type: DocumentType;
  entity: Entity;
  /** Minor units, without a sign. */
  total: bigint;
  tax: bigint;
  /** Of a payment: the id of its invoice. */
  invoice?: string;
  record: SourceRecord;
}

/** One day for all: Tryton numbers by date. It lies in an open year of the seed. */
const postingDate = '2027-06-15';
const books = {
  US: { currency: 'USD', taxCode: 'SALES-8.875', customers: ['CUST-1001', 'CUST-1002'] },
  DE: { currency: 'EUR', taxCode: 'VAT-19', customers: ['CUST-1003'] },
} as const;

/** Half invoices of two lines and tax; the rest credit memos and payments on them, and journals. */
export function trytonPlan(count: number, dice: Dice): TrytonDocument[] {
  const invoices = Array.from({ length: Math.ceil(count / 2) }, (_, n) => invoiceOf(`ti-${n}`, dice.pick(['US', 'DE'] as const), dice));
  const rest = Array.from({ length: count - invoices.length }, (_, n) => {
    const to = invoices[n % invoices.length]!;
    if (n % 3 === 0) return memoOf(`tc-${n}`, to, dice);
    return n % 3 === 1 ? paymentOf(`tp-${n}`, to, dice) : journalOf(`tj-${n}`, dice);
  });
  return [...invoices, ...rest];
}

const money = (minor: bigint): string => decimal(minor, 2);
const head = (entity: Entity) => ({ legalEntity: entity, currency: books[entity].currency, documentDate: postingDate, postingDate });
const customerOf = (number: string) => ({ sourceId: `src-${number}`, number });

function made(facts: Omit<TrytonDocument, 'record'>, content: JsonObject): TrytonDocument {
  const { id, type } = facts;
  return { ...facts, record: { id, type, timestamp: '2026-06-01T00:00:00.000Z', revision: 1, content } };
}

function invoiceOf(id: string, entity: Entity, dice: Dice): TrytonDocument {
  const amounts = [BigInt(dice.whole(1, 99_999)), BigInt(dice.whole(1, 9_999))];
  const subtotal = amounts[0]! + amounts[1]!;
  // The biller's tax is the biller's: one cent more or less than a rate would give is posted as it is.
  const tax = subtotal / 11n + BigInt(dice.whole(0, 2));
  const number = id.toUpperCase();
  const { taxCode, customers } = books[entity];
  return made(
    { id, number, type: 'invoice', entity, total: subtotal + tax, tax },
    {
      ...head(entity),
      number,
      status: 'open',
      customer: customerOf(dice.pick(customers)),
      lines: amounts.map((amount, at) => ({ id: `${id}-${at}`, description: `Line ${at} of ${id}`, quantity: '1', amount: money(amount), revenueAccount: '4010' })),
      taxLines: [{ taxCode, base: money(subtotal), amount: money(tax), account: '2200' }],
      subtotal: money(subtotal),
      taxTotal: money(tax),
      total: money(subtotal + tax),
    },
  ); // prettier-ignore
}

const content = (of: TrytonDocument): JsonObject => of.record.content;

function memoOf(id: string, to: TrytonDocument, dice: Dice): TrytonDocument {
  const amount = BigInt(dice.whole(1, 500));
  const number = id.toUpperCase();
  return made(
    { id, number, type: 'credit-memo', entity: to.entity, total: amount, tax: 0n },
    {
      ...head(to.entity),
      number,
      status: 'issued',
      invoice: { sourceId: to.id, number: to.number },
      customer: content(to)['customer']!,
      lines: [{ id: `${id}-0`, description: 'Credit', quantity: '1', amount: money(amount), revenueAccount: '4010' }],
      taxLines: [],
      subtotal: money(amount),
      taxTotal: '0',
      total: money(amount),
      allocations: [{ kind: 'customer-balance', amount: money(amount) }],
    },
  );
}

function paymentOf(id: string, to: TrytonDocument, dice: Dice): TrytonDocument {
  const amount = to.total < 4n ? 1n : BigInt(dice.whole(1, Number(to.total / 4n)));
  return made(
    // Its words in the books are the number of the invoice and its own reference.
    { id, number: id.toUpperCase(), type: 'payment', entity: to.entity, total: amount, tax: 0n, invoice: to.id },
    {
      ...head(to.entity),
      kind: 'payment',
      status: 'succeeded',
      customer: content(to)['customer']!,
      invoice: { sourceId: to.id, number: to.number },
      amount: money(amount),
      clearingAccount: '1060',
      reference: id.toUpperCase(),
    },
  );
}

function journalOf(id: string, dice: Dice): TrytonDocument {
  const entity = dice.pick(['US', 'DE'] as const);
  const amount = BigInt(dice.whole(1, 99_999));
  const number = id.toUpperCase();
  return made(
    { id, number, type: 'journal-entry', entity, total: amount, tax: 0n },
    {
      ...head(entity),
      number,
      description: `Journal ${id}`,
      lines: [
        { account: '2400', debit: money(amount), credit: '0' },
        { account: '4010', debit: '0', credit: money(amount) },
      ],
    },
  );
}
