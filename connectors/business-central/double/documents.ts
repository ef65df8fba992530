import { Amount, cents, newRow, touch, type Books, type Row } from './books.js';

export interface Refusal {
  status: number;
  code: string;
  message: string;
}
export const refusal = (code: string, message: string, status = 400): Refusal => ({ status, code, message });
export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'code' in value && 'status' in value && 'message' in value;

type Sent = Record<string, unknown>;
const sameCode = (a: unknown, b: unknown): boolean => String(a).toUpperCase() === String(b).toUpperCase();
export const rowsOf = (books: Books, set: string): Row[] => (books.sets[set] ??= []);

/** Quantity by price in cents, both of the request's text; up to four decimals of a quantity. */
function product(quantity: unknown, price: unknown): bigint {
  const [, sign = '', whole = '0', part = ''] = /^(-?)(\d+)(?:\.(\d{1,4}))?$/.exec(String(quantity)) ?? [];
  const [, priceWhole = '0', pricePart = ''] = /^(\d+)(?:\.(\d{1,4}))?$/.exec(String(price)) ?? [];
  const scaled = BigInt(`${whole}${part.padEnd(4, '0')}`) * BigInt(`${priceWhole}${pricePart.padEnd(4, '0')}`);
  const rounded = (scaled + 500_000n) / 1_000_000n;
  return sign === '-' ? -rounded : rounded;
}

/** A draft with its lines: nothing is posted, and what a line names must be there. */
export function makeDraft(books: Books, set: string, sent: Sent): Row | Refusal {
  const lines = (sent[set === 'salesInvoices' ? 'salesInvoiceLines' : 'salesCreditMemoLines'] ?? []) as Sent[];
  if (!rowsOf(books, 'customers').some((row) => sameCode(row['number'], sent['customerNumber'])))
    return refusal(
      'Internal_InvalidTableRelation',
      `The field Sell-to Customer No. of table Sales Header contains a value (${String(sent['customerNumber'])}) that cannot be found in the related table (Customer).`,
    );
  let [net, tax] = [0n, 0n];
  for (const line of lines) {
    const table = line['lineType'] === 'Item' ? 'items' : 'accounts';
    if (!rowsOf(books, table).some((row) => sameCode(row['number'], line['lineObjectNumber'])))
      return refusal(
        'Internal_InvalidTableRelation',
        `The field No. of table Sales Line contains a value (${String(line['lineObjectNumber'])}) that cannot be found in the related table.`,
      );
    const amount = product(line['quantity'], line['unitPrice']);
    const rate = books.rates[String(line['taxCode'] ?? 'VAT19')] ?? 0n;
    net += amount;
    tax += (amount * rate + 50n) / 100n;
  }
  const { salesInvoiceLines: _, salesCreditMemoLines: __, ...head } = sent;
  const row = newRow(books, {
    ...head,
    externalDocumentNumber: String(sent['externalDocumentNumber'] ?? '').toUpperCase(),
    number: `DRAFT-${books.serial}`,
    status: 'Draft',
    totalAmountExcludingTax: new Amount(net),
    totalTaxAmount: new Amount(tax),
    totalAmountIncludingTax: new Amount(net + tax),
    remainingAmount: new Amount(net + tax),
  });
  rowsOf(books, set).push(row);
  return row;
}

const dateProblem = (books: Books, date: unknown): Refusal | undefined =>
  String(date) < books.allowedFrom
    ? refusal('Application_DialogException', 'The Posting Date is not within your range of allowed posting dates.')
    : undefined;

const blockedProblem = (books: Books, number: unknown): Refusal | undefined =>
  rowsOf(books, 'customers').some((row) => sameCode(row['number'], number) && row['blocked'] === 'All')
    ? refusal(
        'Application_DialogException',
        `You cannot post this type of document when Customer ${String(number)} is blocked with type All.`,
      )
    : undefined;

function refusedOnce(books: Books, action: string): Refusal | undefined {
  const { refuse } = books;
  if (refuse?.action !== action) return undefined;
  books.refuse = undefined;
  return refuse;
}

export function postSale(books: Books, row: Row): Refusal | undefined {
  const refused = refusedOnce(books, 'post') ?? dateProblem(books, row['postingDate']) ?? blockedProblem(books, row['customerNumber']);
  if (refused) return refused;
  if (row['status'] !== 'Draft') return refusal('Application_DialogException', 'The document is posted already.');
  Object.assign(row, { status: 'Open', number: `PS-${books.serial}` });
  touch(books, row);
  return undefined;
}

export function cancelSale(books: Books, row: Row): Refusal | undefined {
  if (row['status'] !== 'Open' && row['status'] !== 'Paid')
    return refusal('Application_DialogException', 'You cannot cancel this posted document.');
  const refused = blockedProblem(books, row['customerNumber']);
  if (refused) return refused;
  row['status'] = 'Canceled';
  touch(books, row);
  return undefined;
}

export function makeJournal(books: Books, sent: Sent): Row | Refusal {
  if (rowsOf(books, 'journals').some((row) => sameCode(row['code'], sent['code'])))
    return refusal('Internal_EntityWithSameKeyExists', 'The journal already exists.');
  const { journalLines = [], ...head } = sent;
  const journal = newRow(books, { ...head, code: String(sent['code']).toUpperCase(), templateDisplayName: 'GENERAL' });
  for (const line of journalLines as Sent[]) {
    const table = line['accountType'] === 'Customer' ? 'customers' : 'accounts';
    if (!rowsOf(books, table).some((row) => sameCode(row['number'], line['accountNumber'])))
      return refusal(
        'Internal_InvalidTableRelation',
        `The field Account No. of table Gen. Journal Line contains a value (${String(line['accountNumber'])}) that cannot be found in the related table.`,
      );
  }
  for (const line of journalLines as Sent[])
    rowsOf(books, 'journalLines').push(newRow(books, { ...line, amount: new Amount(cents(line['amount'])), journalId: journal.id }));
  rowsOf(books, 'journals').push(journal);
  return journal;
}

export function postJournal(books: Books, journal: Row): Refusal | undefined {
  const lines = rowsOf(books, 'journalLines').filter((line) => line['journalId'] === journal.id);
  const refused =
    refusedOnce(books, 'post') ??
    lines.map((line) => dateProblem(books, line['postingDate'])).find(Boolean) ??
    lines.map((line) => (line['accountType'] === 'Customer' ? blockedProblem(books, line['accountNumber']) : undefined)).find(Boolean);
  if (refused) return refused;
  if (lines.length === 0) return refusal('Application_DialogException', 'There is nothing to post.');
  const sum = lines.reduce((total, line) => total + (line['amount'] as Amount).cents, 0n);
  if (sum !== 0n) return refusal('Application_DialogException', 'The document is out of balance.');
  for (const line of lines) {
    const amount = (line['amount'] as Amount).cents;
    rowsOf(books, 'generalLedgerEntries').push(
      newRow(books, {
        entryNumber: books.serial,
        postingDate: line['postingDate'],
        documentNumber: line['documentNumber'],
        accountNumber: line['accountNumber'],
        description: line['description'],
        debitAmount: new Amount(amount > 0n ? amount : 0n),
        creditAmount: new Amount(amount < 0n ? -amount : 0n),
      }),
    );
  }
  books.sets['journalLines'] = rowsOf(books, 'journalLines').filter((line) => line['journalId'] !== journal.id);
  return undefined;
}

export function makePayment(books: Books, journal: Row, sent: Sent): Row | Refusal {
  const refused = dateProblem(books, sent['postingDate']) ?? blockedProblem(books, sent['customerNumber']);
  if (refused) return refused;
  const row = newRow(books, {
    ...sent,
    amount: new Amount(cents(sent['amount'])),
    journalId: journal.id,
    journalDisplayName: journal['code'],
  });
  rowsOf(books, 'customerPayments').push(row);
  return row;
}
