import type { DoubleRequest, DoubleResponse, VendorDouble } from '@waybill/sdk/double';
import { contractOf, keyField, numberField } from './contract.js';

export { keyField, numberField } from './contract.js';
export { day, documents, payment, sale } from './documents.js';

type Row = Record<string, unknown>;

/** A site of ERPNext in memory: one company, and what Frappe and `erpnext/accounts` do with the requests that the connector makes. */
export interface Books {
  rows: Record<string, Row[]>;
  secret: string;
  serial: number;
  /** What refuses submitting: a closed accounting period. */
  closed: boolean;
  /** The next submission is refused with this exception and message, as a site's own script would. */
  refuseNextSubmit: [type: string, message: string] | undefined;
  mayDelete: boolean;
}

export const settings = {
  baseUrl: 'https://acme.erpnext.example',
  apiKey: 'key-of-the-user',
  apiSecret: 'secret-of-the-user',
  company: 'Acme US Inc',
};

const statuses: Record<string, number> = {
  PermissionError: 403, AuthenticationError: 401, DoesNotExistError: 404, DuplicateEntryError: 409, TooManyRequestsError: 429, QueryDeadlockError: 508,
}; // prettier-ignore
/** Frappe's form: the message is HTML in JSON in JSON, and the traceback comes along. */
const refused = (type: string, message: string): DoubleResponse => ({
  status: statuses[type] ?? 417,
  body: {
    exception: `erpnext.exceptions.${type}: ${message}`,
    exc_type: type,
    exc: JSON.stringify(['Traceback (most recent call last):\n  File "apps/frappe/frappe/app.py"']),
    _server_messages: JSON.stringify([JSON.stringify({ message, title: 'Message', indicator: 'red' })]),
  },
});
const done = (data: unknown, status = 200): DoubleResponse => ({ status, body: { data } });

const cents = (value: unknown): number => Math.round(Number(value ?? 0) * 100);
const find = (books: Books, type: string, name: unknown): Row | undefined => books.rows[type]!.find((row) => row['name'] === name);
const childrenOf = (row: Row, name: string): Row[] => (row[name] ?? []) as Row[];

function leaf(row: Row, [field, operator, wanted]: [string, string, unknown]): boolean {
  const value = row[field] ?? null;
  switch (operator) {
    case '=':
      return value === wanted;
    case '!=':
      return value !== wanted;
    case 'in':
      return (wanted as unknown[]).includes(value);
    case '>':
      return value !== null && String(value) > String(wanted);
    case '>=':
      return value !== null && String(value) >= String(wanted);
    case '<=':
      return value !== null && String(value) <= String(wanted);
    default:
      throw new Error(`the double does not know ${operator}`);
  }
}

function listed({ query }: DoubleRequest, rows: readonly Row[]): DoubleResponse {
  const triples = (name: string) => JSON.parse(query[name] ?? '[]') as [string, string, unknown][];
  const fields = JSON.parse(query['fields'] ?? '["name"]') as string[];
  const either = triples('or_filters');
  const found = rows
    .filter((row) => triples('filters').every((one) => leaf(row, one)) && (either.length === 0 || either.some((one) => leaf(row, one))))
    .sort((a, b) => (String(a['name']) < String(b['name']) ? -1 : 1))
    .slice(0, Number(query['limit_page_length'] ?? 20));
  return done(found.map((row) => Object.fromEntries(fields.map((field) => [field, row[field] ?? null]))));
}

const series: Record<string, string> = { 'Sales Invoice': 'ACC-SINV', 'Payment Entry': 'ACC-PAY', 'Journal Entry': 'ACC-JV' };
function nameFor(books: Books, type: string, values: Row): string {
  if (type === 'Customer') return String(values['customer_name']);
  books.serial += 1;
  return `${series[type]}-2026-${String(books.serial).padStart(5, '0')}`;
}

/** What `validate` of the form computes and refuses, on every save of a draft. */
function validated(books: Books, type: string, row: Row): DoubleResponse | undefined {
  const party = row['customer'] ?? row['party'];
  if (party !== undefined) {
    const customer = find(books, 'Customer', party);
    if (!customer) return refused('LinkValidationError', `Could not find Customer: ${String(party)}`);
    if (customer['disabled'] === 1) return refused('PartyDisabled', `Customer <strong>${String(party)}</strong> is disabled`);
  }
  const accounts = [...childrenOf(row, 'items').map((one) => one['income_account']), ...childrenOf(row, 'taxes').map((one) => one['account_head'])];
  for (const account of accounts) if (!find(books, 'Account', account)) return refused('LinkValidationError', `Could not find Row #1: Income Account: ${String(account)}`); // prettier-ignore
  if (type === 'Sales Invoice') {
    const net = childrenOf(row, 'items').reduce((sum, one) => sum + cents(Number(one['qty']) * Number(one['rate'])), 0);
    const tax = childrenOf(row, 'taxes').reduce((sum, one) => sum + cents(one['tax_amount']), 0);
    if (row['is_return'] !== 1 && net + tax < 0) return refused('ValidationError', 'Grand Total must not be negative');
    if (row['is_return'] === 1 && net > 0) return refused('ValidationError', 'At least one item should be entered with negative quantity in return document');
    const against = find(books, 'Sales Invoice', row['return_against']);
    if (row['return_against'] !== undefined && against?.['docstatus'] !== 1) return refused('CancelledLinkError', 'Cannot link cancelled document');
    if (against && Number(against['conversion_rate']) !== Number(row['conversion_rate']))
      return refused('ValidationError', `Exchange Rate must be same as Sales Invoice ${String(against['name'])} (1.0)`);
    Object.assign(row, { debit_to: 'Debtors - A', party_account_currency: 'USD', conversion_rate: row['conversion_rate'] ?? 1, net_total: net / 100, total_taxes_and_charges: tax / 100, grand_total: (net + tax) / 100, base_grand_total: (net + tax) / 100, outstanding_amount: (net + tax) / 100 });
  }
  if (type === 'Journal Entry') {
    const side = (name: string): number => childrenOf(row, 'accounts').reduce((sum, one) => sum + cents(one[name]), 0);
    const [debit, credit] = [side('debit_in_account_currency'), side('credit_in_account_currency')];
    if (debit !== credit) return refused('ValidationError', `Total Debit must be equal to Total Credit. The difference is ${(debit - credit) / 100}`);
    row['total_debit'] = debit / 100;
  }
  for (const reference of childrenOf(row, 'references')) {
    const invoice = find(books, 'Sales Invoice', reference['reference_name'])!;
    if (cents(invoice['outstanding_amount']) === 0) return refused('ValidationError', `Sales Invoice ${String(invoice['name'])} has already been fully paid.`);
    if (cents(reference['allocated_amount']) > cents(invoice['outstanding_amount']))
      return refused('ValidationError', 'Row #1: Allocated Amount cannot be greater than outstanding amount.');
  }
  return undefined;
} // prettier-ignore

function makeDocument(books: Books, type: string, values: Row): DoubleResponse {
  const key = values[keyField];
  if (key !== undefined && books.rows[type]!.some((row) => row[keyField] === key))
    return refused('UniqueValidationError', `${type}: Waybill Key must be unique`);
  const row: Row = { ...values, docstatus: 0, amended_from: null };
  const wrong = validated(books, type, row);
  if (wrong) return wrong;
  row['name'] = nameFor(books, type, values);
  if (find(books, type, row['name'])) return refused('DuplicateEntryError', `${type} ${String(row['name'])} already exists`);
  books.rows[type]!.push(row);
  return done(row);
}

/** Into the books: here ERPNext looks at the period, and at parties of entries that are no invoices. */
function submit(books: Books, type: string, row: Row): DoubleResponse {
  if (row['docstatus'] === 2) return refused('DocstatusTransitionError', 'Cannot change docstatus from 2 (Cancelled) to 1 (Submitted)');
  if (row['docstatus'] === 1) return done(row);
  if (books.refuseNextSubmit) {
    const [kind, words] = books.refuseNextSubmit;
    books.refuseNextSubmit = undefined;
    return refused(kind, words);
  }
  if (books.closed) return refused('ClosedAccountingPeriod', `You cannot create a ${type} within the closed Accounting Period 2026-11`);
  row['docstatus'] = 1;
  apply(books, row, 1);
  return done(row);
}

/** What a document does to what is open on others. */
function apply(books: Books, row: Row, sign: 1 | -1): void {
  for (const reference of childrenOf(row, 'references')) {
    const invoice = find(books, 'Sales Invoice', reference['reference_name'])!;
    invoice['outstanding_amount'] = (cents(invoice['outstanding_amount']) - sign * cents(reference['allocated_amount'])) / 100;
  }
  const against = find(books, 'Sales Invoice', row['return_against']);
  if (!against || row['update_outstanding_for_self'] !== 0) return;
  against['outstanding_amount'] = (cents(against['outstanding_amount']) + sign * cents(row['grand_total'])) / 100;
  row['outstanding_amount'] = 0;
}

function cancel(books: Books, type: string, row: Row): DoubleResponse {
  if (row['docstatus'] === 0) return refused('DocstatusTransitionError', 'Cannot change docstatus from 0 (Draft) to 2 (Cancelled)');
  if (row['docstatus'] === 2) return refused('ValidationError', 'Cannot edit cancelled document');
  if (books.closed) return refused('ClosedAccountingPeriod', `You cannot cancel a ${type} within the closed Accounting Period 2026-11`);
  row['docstatus'] = 2;
  apply(books, row, -1);
  return done(row);
}

function change(books: Books, type: string, row: Row, values: Row): DoubleResponse {
  const { docstatus, ...rest } = values;
  if (Object.keys(rest).length > 0) {
    if (row['docstatus'] !== 0 && type !== 'Customer')
      return refused('UpdateAfterSubmitError', 'Not allowed to change fields after submission');
    const next = { ...row, ...rest };
    const wrong = type === 'Customer' ? undefined : validated(books, type, next);
    if (wrong) return wrong;
    Object.assign(row, next);
  }
  if (docstatus === 1) return submit(books, type, row);
  return docstatus === 2 ? cancel(books, type, row) : done(row);
}

function answer(request: DoubleRequest, books: Books): DoubleResponse {
  if (request.headers['authorization'] !== `token ${settings.apiKey}:${books.secret}`) return double.says.tokenOver;
  const [, , , part = '', name] = request.path.split('/').map(decodeURIComponent);
  const rows = books.rows[part]!;
  if (request.method === 'POST') return makeDocument(books, part, request.json as Row);
  if (name === undefined) return listed(request, rows);
  const row = find(books, part, name);
  if (!row) return refused('DoesNotExistError', `${part} ${name} not found`);
  if (request.method === 'GET') return done(row);
  if (request.method === 'PUT') return change(books, part, row, request.json as Row);
  if (!books.mayDelete) return refused('PermissionError', `No permission for ${part}`);
  if (row['docstatus'] === 1) return refused('ValidationError', 'Submitted Record cannot be deleted.');
  books.rows[part] = rows.filter((one) => one !== row);
  return done('ok', 202);
}

const company = 'Acme US Inc';
const account = (name: string, account_number: string | null, more: Row = {}): Row => ({ name, account_number, company, disabled: 0, account_currency: 'USD', account_type: '', tax_rate: 0, ...more }); // prettier-ignore
const customField = (dt: string, fieldname: string, unique: 0 | 1): Row => ({
  name: `${dt}-${fieldname}`,
  dt,
  fieldname,
  unique,
  no_copy: 1,
});

export const double: VendorDouble<Books> = {
  name: 'ERPNext',
  contract: contractOf('token'),
  start: () => ({
    rows: structuredClone({
      Company: [{ name: company, default_currency: 'USD', default_receivable_account: 'Debtors - A' }],
      Customer: [
        { name: 'Ada', customer_name: 'Ada', disabled: 0, [keyField]: 'CUST-1' },
        { name: 'CUST-2', customer_name: 'Bob', disabled: 0, [keyField]: null },
      ],
      Account: [
        account('4110 - Sales - A', '4110'),
        account('Old Sales - A', null, { disabled: 1 }),
        account('2310 - Sales Tax - A', '2310', { account_type: 'Tax', tax_rate: 8.875 }),
        account('1250 - Stripe - A', '1250'),
        account('1251 - Stripe EUR - A', '1251', { account_currency: 'EUR' }),
        account('1310 - Deferred - A', '1310'),
        account('Debtors - A', null),
      ],
      Item: [{ name: 'PRO', item_code: 'PRO', item_name: 'Pro plan', disabled: 0 }],
      Currency: [{ name: 'USD', enabled: 1 }, { name: 'JPY', enabled: 0 }],
      'Fiscal Year': [{ name: '2026', year_start_date: '2026-01-01', year_end_date: '2026-12-31', disabled: 0 }],
      'Accounting Period': [{ name: '2026-11', company, start_date: '2026-11-01', end_date: '2026-11-30', closed_documents: [{ document_type: 'Sales Invoice', closed: 0 }] }],
      'Accounts Settings': [{ name: 'Accounts Settings', acc_frozen_upto: '2025-12-31' }],
      'Custom Field': [
        ...['Sales Invoice', 'Payment Entry', 'Journal Entry', 'Customer'].map((type) => customField(type, keyField, 1)),
        customField('Sales Invoice', numberField, 0),
      ],
      'Sales Invoice': [
        {
          name: 'ACC-SINV-2026-00000', docstatus: 1, amended_from: null, company, customer: 'Ada', currency: 'USD', party_account_currency: 'USD', debit_to: 'Debtors - A',
          is_return: 0, posting_date: '2026-10-01', net_total: 1_000_000, total_taxes_and_charges: 0, grand_total: 1_000_000, base_grand_total: 1_000_000,
          outstanding_amount: 1_000_000, conversion_rate: 1, [numberField]: 'OPEN-1', [keyField]: null,
        },
      ],
      'Payment Entry': [],
      'Journal Entry': [],
    }) as Record<string, Row[]>,
    secret: settings.apiSecret,
    serial: 0,
    closed: false,
    refuseNextSubmit: undefined,
    mayDelete: true,
  }),
  answer: (request, books) => {
    const given = answer(request, books);
    // What is not filled in a form is there all the same, as 0.
    for (const row of books.rows['Sales Invoice']!) row['is_return'] ??= 0;
    return structuredClone(given);
  },
  says: {
    throttled: { status: 429, headers: { 'retry-after': '2', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2' }, body: 'Too Many Requests' },
    tokenOver: refused('AuthenticationError', 'Invalid API key or secret'),
    serverError: { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>Bad Gateway</html>' },
  },
  situations: {
    'closed-period': (books) => {
      books.closed = true;
      return () => void (books.closed = false);
    },
    'inactive-customer': (books) => {
      books.rows['Customer']![0]!['disabled'] = 1;
      return () => void (books.rows['Customer']![0]!['disabled'] = 0);
    },
  },
}; // prettier-ignore

const types: Record<string, string> = { invoice: 'Sales Invoice', 'credit-memo': 'Sales Invoice', payment: 'Payment Entry', 'journal-entry': 'Journal Entry', customer: 'Customer' }; // prettier-ignore
/** Documents that carry a key, drafts among them, counted past the connector. */
export function countOf(books: Books, document: string, key: string): number {
  const rows = books.rows[types[document]!]!;
  if (document !== 'customer') return rows.filter((row) => row[keyField] === key).length;
  const numbers = rows.slice(2).map((row) => row[keyField]);
  return Math.max(0, ...numbers.map((one) => numbers.filter((other) => other === one).length));
}
export const totalIn = (books: Books, document: string): number =>
  books.rows[types[document]!]!.filter((row) => String(row[keyField]).startsWith('wb-')).length;
