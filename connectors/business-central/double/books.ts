/** What Business Central keeps, as its double keeps it. Amounts in cents, so that the double adds without floats. */
export interface Row {
  [name: string]: unknown;
  id: string;
  '@odata.etag': string;
  lastModifiedDateTime: string;
}

export interface Books {
  sets: Record<string, Row[]>;
  /** Posting dates from here on are allowed. */
  allowedFrom: string;
  tokens: Set<string>;
  serial: number;
  now: () => Date;
  /** The next call of this action is refused with this, once. */
  refuse?: { action: string; status: number; code: string; message: string } | undefined;
  /** Percent that Business Central computes for a tax code. */
  rates: Record<string, bigint>;
}

export const companyId = '3ab5c248-e72b-f011-9a4a-7c1e5275406f';

export function nextId(books: Books): string {
  books.serial += 1;
  return `00000000-0000-4000-8000-${String(books.serial).padStart(12, '0')}`;
}

export function newRow(books: Books, fields: Record<string, unknown>): Row {
  return { ...fields, id: nextId(books), '@odata.etag': `W/"${books.serial}"`, lastModifiedDateTime: books.now().toISOString() };
}

export function touch(books: Books, row: Row): void {
  books.serial += 1;
  row['@odata.etag'] = `W/"${books.serial}"`;
  row.lastModifiedDateTime = books.now().toISOString();
}

export function openBooks(now: () => Date): Books {
  const books: Books = {
    sets: {},
    allowedFrom: '2026-01-01',
    tokens: new Set(),
    serial: 0,
    now,
    rates: { VAT19: 19n, SALES: 0n, NOTAX: 0n },
  };
  const add = (set: string, ...rows: Record<string, unknown>[]) => (books.sets[set] = rows.map((row) => newRow(books, row)));
  add('companies', {});
  books.sets['companies']![0]!.id = companyId;
  Object.assign(books.sets['companies']![0]!, { name: 'Acme DE', displayName: 'Acme GmbH' });
  add(
    'customers',
    { number: 'CUST-1001', displayName: 'Contoso', blocked: '_x0020_', currencyCode: 'EUR' },
    { number: 'CUST-1999', displayName: 'Blocked', blocked: 'All', currencyCode: 'EUR' },
  );
  add('items', { number: 'PRO-PLAN', displayName: 'Pro plan', blocked: false, taxGroupCode: 'VAT19' });
  add(
    'accounts',
    ...['4010', '4020', '1776', '2400', '1060'].map((number) => ({
      number,
      displayName: `Account ${number}`,
      blocked: false,
      directPosting: true,
    })),
  );
  add('taxGroups', { code: 'VAT19', displayName: 'VAT 19', taxType: 'VAT' });
  add('taxAreas', { code: 'DE', displayName: 'Germany', taxType: 'VAT' });
  add('currencies', { code: 'USD', displayName: 'US dollar', amountDecimalPlaces: '2:2' });
  add(
    'accountingPeriods',
    { startingDate: '2026-11-01', name: 'November', closed: false, dateLocked: false },
    { startingDate: '2025-12-01', name: 'December', closed: true, dateLocked: true },
  );
  add('generalLedgerSetup', { localCurrencyCode: 'EUR', allowPostingFrom: '0001-01-01', allowPostingTo: '0001-01-01' });
  add('customerPaymentJournals', { code: 'WAYBILL', displayName: 'Waybill payments' });
  for (const set of [
    'salesInvoices',
    'salesCreditMemos',
    'journals',
    'journalLines',
    'generalLedgerEntries',
    'customerPayments',
    'subscriptions',
  ])
    books.sets[set] = [];
  return books;
}

/** `12.5` as cents, of the request's own text. */
export function cents(value: unknown): bigint {
  const found = /^(-?)(\d+)(?:\.(\d{0,2})0*)?$/.exec(String(value ?? '0'));
  if (!found) throw new Error(`the double takes two decimals, not ${String(value)}`);
  const whole = BigInt(`${found[2]}${(found[3] ?? '').padEnd(2, '0')}`);
  return found[1] === '-' ? -whole : whole;
}

/** A marked amount, which `jsonOf` writes as a JSON number with two decimals. */
export class Amount {
  constructor(readonly cents: bigint) {}
  toString(): string {
    const text = (this.cents < 0n ? -this.cents : this.cents).toString().padStart(3, '0');
    return `${this.cents < 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
  }
}

export function jsonOf(value: unknown): string {
  if (value instanceof Amount) return value.toString();
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  return `{${Object.entries(value)
    .map(([name, one]) => `${JSON.stringify(name)}:${jsonOf(one)}`)
    .join(',')}}`;
}
