import { openApiContract, type DoubleRequest, type DoubleResponse, type VendorDouble } from '@waybill/sdk/double';
import { parse } from 'yaml';
import { contractsOf } from '../../../tools/contracts-for-tests.mjs';

export { documents } from './documents.js';

type Row = Record<string, unknown>;

/** An organisation of Xero in memory. */
export interface Books {
  rows: Record<string, Row[]>;
  answered: Map<string, DoubleResponse>;
  refreshToken: string;
  accessToken: string;
  tokens: number;
  lockedUntil: string | undefined;
  serial: number;
}

export const tenant = 'aef86862-2015-4b6b-88bc-d89032cecc50';
export const settings = {
  tenantId: tenant,
  clientId: 'client-of-the-app',
  clientSecret: 'secret-of-the-client',
  refreshToken: 'refresh-0-of-the-consent',
  webhookKey: 'webhooks-key-of-the-app',
};

const { missing, text } = contractsOf('xero');
/** Why requests are not held against Xero's OpenAPI; undefined when they are. */
export const contractMissing = missing;
const isToken = (request: DoubleRequest): boolean => request.path === '/connect/token';
const against =
  missing === undefined
    ? openApiContract(parse(text('xero_accounting.yaml')) as object, { base: '/api.xro/2.0', apart: isToken, closed: true })
    : undefined;

function contract(request: DoubleRequest): string[] {
  if (isToken(request)) return [];
  const problems = [...(against?.(request) ?? [])];
  if (request.headers['xero-tenant-id'] !== tenant) problems.push('xero-tenant-id must name the organisation');
  if (request.headers['accept'] !== 'application/json') problems.push('accept must be application/json, else the answer is XML');
  const key = request.headers['idempotency-key'] ?? '';
  // The document says "128 character max" in words only.
  if (request.method !== 'GET' && (key === '' || key.length > 128))
    problems.push(`Idempotency-Key must have 1 to 128 characters, not ${key.length}`);
  return problems;
}

const ids = {
  Invoices: 'InvoiceID',
  CreditNotes: 'CreditNoteID',
  Payments: 'PaymentID',
  ManualJournals: 'ManualJournalID',
  Contacts: 'ContactID',
} as const;
type Kind = keyof typeof ids;

const refused = (Message: string, element: Row = {}): DoubleResponse => ({
  status: 400,
  body: {
    ErrorNumber: 10,
    Type: 'ValidationException',
    Message: 'A validation exception occurred',
    Elements: [{ ...element, ValidationErrors: [{ Message }] }],
  },
});
const refusedElement = (kind: Kind, row: Row, Message: string): DoubleResponse => ({
  status: 200,
  body: { Id: 'x', Status: 'OK', [kind]: [{ ...row, HasErrors: true, StatusAttributeString: 'ERROR', ValidationErrors: [{ Message }] }] },
});
const cents = (value: unknown): number => Math.round(Number(value ?? 0) * 100);
const uuid = (serial: number): string => `00000000-0000-4000-8000-${String(serial).padStart(12, '0')}`;
const stamp = (books: Books): string => `/Date(${Date.UTC(2026, 10, 27) + books.serial * 1_000}+0000)/`;

function store(kind: Kind, row: Row, books: Books): Row {
  books.serial += 1;
  const rows = books.rows[kind]!;
  const known = rows.find((one) => one[ids[kind]] === row[ids[kind]]);
  const made = { ...known, ...row, [ids[kind]]: row[ids[kind]] ?? uuid(books.serial), UpdatedDateUTC: stamp(books) };
  if (known) rows[rows.indexOf(known)] = made;
  else rows.push(made);
  return made;
}

const ok = (kind: string, rows: readonly Row[]): DoubleResponse => ({ status: 200, body: { Id: 'x', Status: 'OK', [kind]: rows } });

function contactIn(row: Row, books: Books): Row | undefined {
  const { ContactID, ContactNumber } = (row['Contact'] ?? {}) as Row;
  return books.rows['Contacts']!.find((one) =>
    ContactID === undefined ? one['ContactNumber'] === ContactNumber : one['ContactID'] === ContactID,
  );
}

const locked = (date: unknown, books: Books): boolean => books.lockedUntil !== undefined && String(date).slice(0, 10) <= books.lockedUntil;
const lockWords = (books: Books): string =>
  `The document date cannot be before the period lock date, currently set at ${books.lockedUntil}`;

/** What PUT makes. */
function make(kind: Kind, row: Row, books: Books): DoubleResponse {
  if (locked(row['Date'], books)) return refusedElement(kind, row, lockWords(books));
  if (kind === 'Invoices' || kind === 'CreditNotes') {
    const contact = contactIn(row, books);
    if (!contact) return refused('The contact could not be found.');
    if (contact['ContactStatus'] === 'ARCHIVED')
      return refusedElement(kind, row, 'The contact with the specified contact details has been archived.');
    const field = kind === 'Invoices' ? 'InvoiceNumber' : 'CreditNoteNumber';
    if (books.rows[kind]!.some((one) => one[field] === row[field]))
      return refused(kind === 'Invoices' ? 'Invoice # must be unique.' : 'Credit note number must be unique.', row);
    const lines = row['LineItems'] as Row[];
    for (const line of lines)
      if (cents(Number(line['Quantity']) * Number(line['UnitAmount'])) !== cents(line['LineAmount']))
        return refused('The line total does not match the expected line total');
    const [net, tax] = ['LineAmount', 'TaxAmount'].map((name) => lines.reduce((sum, line) => sum + cents(line[name]), 0));
    const total = (net! + tax!) / 100;
    const open = kind === 'Invoices' ? { AmountDue: total } : { RemainingCredit: total, Allocations: [] };
    return ok(kind, [store(kind, { ...row, Contact: contact, SubTotal: net! / 100, TotalTax: tax! / 100, Total: total, ...open }, books)]);
  }
  if (kind === 'Payments') {
    if (row['CreditNote'] !== undefined) return payBack(row, books);
    const { InvoiceID } = row['Invoice'] as Row;
    const invoice = books.rows['Invoices']!.find((one) => one['InvoiceID'] === InvoiceID);
    if (!invoice) return refused('Invoice could not be found');
    if (((invoice['Contact'] ?? {}) as Row)['ContactID'] === undefined || contactIn(invoice, books)?.['ContactStatus'] === 'ARCHIVED')
      return refusedElement(kind, row, 'The contact with the specified contact details has been archived.');
    if (cents(row['Amount']) > cents(invoice['AmountDue']))
      return refused('Payment amount exceeds the amount outstanding on this document', row);
    invoice['AmountDue'] = (cents(invoice['AmountDue']) - cents(row['Amount'])) / 100;
    const of = { InvoiceID, InvoiceNumber: invoice['InvoiceNumber'], Type: 'ACCREC', CurrencyCode: invoice['CurrencyCode'] };
    return ok(kind, [store(kind, { ...row, Invoice: of, PaymentType: 'ACCRECPAYMENT', Status: 'AUTHORISED' }, books)]);
  }
  const balance = ((row['JournalLines'] ?? []) as Row[]).reduce((sum, line) => sum + cents(line['LineAmount']), 0);
  if (balance !== 0) return refused(`The total debits (${balance / 100}) must equal total credits (0)`);
  return ok(kind, [store(kind, row, books)]);
}

/** A payment of a credit note; the answer shows the note as what is paid, as the example of `getPayments` does. */
function payBack(row: Row, books: Books): DoubleResponse {
  const { CreditNoteID } = row['CreditNote'] as Row;
  const note = books.rows['CreditNotes']!.find((one) => one['CreditNoteID'] === CreditNoteID);
  if (!note) return refused('Credit note could not be found');
  if (contactIn(note, books)?.['ContactStatus'] === 'ARCHIVED')
    return refusedElement('Payments', row, 'The contact with the specified contact details has been archived.');
  if (cents(row['Amount']) > cents(note['RemainingCredit']))
    return refused('Payment amount exceeds the amount outstanding on this document', row);
  note['RemainingCredit'] = (cents(note['RemainingCredit']) - cents(row['Amount'])) / 100;
  if (note['RemainingCredit'] === 0) note['Status'] = 'PAID';
  const { CreditNote: _, ...paid } = row;
  const of = { InvoiceID: CreditNoteID, InvoiceNumber: note['CreditNoteNumber'], Type: 'ACCRECCREDIT', CurrencyCode: note['CurrencyCode'] };
  return ok('Payments', [store('Payments', { ...paid, Invoice: of, PaymentType: 'ARCREDITPAYMENT', Status: 'AUTHORISED' }, books)]);
}

/** What POST changes. */
function change(kind: Kind, id: string | undefined, row: Row, books: Books): DoubleResponse {
  if (kind === 'Contacts') {
    const known = books.rows['Contacts']!.find((one) => one['ContactNumber'] === row['ContactNumber']);
    const named = books.rows['Contacts']!.find((one) => one['Name'] === row['Name'] && one !== known);
    if (named)
      return refused(
        `The contact name ${String(row['Name'])} is already assigned to another contact. The contact name must be unique across all active contacts.`,
        row,
      );
    return ok(kind, [store(kind, { ContactStatus: 'ACTIVE', ...known, ...row }, books)]);
  }
  const known = books.rows[kind]!.find((one) => one[ids[kind]] === id);
  if (!known)
    return {
      status: 404,
      body: { ErrorNumber: 0, Type: 'ObjectNotFoundException', Message: 'The resource you are looking for cannot be found' },
    };
  if (locked(known['Date'], books)) return refused(lockWords(books), row);
  if (known['Contact'] !== undefined && contactIn(known, books)?.['ContactStatus'] === 'ARCHIVED')
    return refused('The contact with the specified contact details has been archived.', row);
  if (row['Status'] === 'VOIDED' && ((known['Allocations'] ?? []) as Row[]).length > 0)
    return refused('Invoice not of valid status for modification', row);
  return ok(kind, [store(kind, { ...known, ...row }, books)]);
}

function allocate(id: string, allocations: readonly Row[], books: Books): DoubleResponse {
  const note = books.rows['CreditNotes']!.find((one) => one['CreditNoteID'] === id)!;
  const whole = allocations.reduce((sum, one) => sum + cents(one['Amount']), 0);
  if (whole > cents(note['RemainingCredit'])) return refused('The amount allocated exceeds the remaining credit');
  if (allocations.some(({ Date: date }) => locked(date, books))) return refused(lockWords(books));
  store(
    'CreditNotes',
    {
      ...note,
      RemainingCredit: (cents(note['RemainingCredit']) - whole) / 100,
      Allocations: [...((note['Allocations'] ?? []) as Row[]), ...allocations],
    },
    books,
  );
  return ok('Allocations', allocations);
}

/** `where`, `order`, `page` and the header, as far as the connector asks. */
function read(kind: string, request: DoubleRequest, books: Books): DoubleResponse {
  const { where, InvoiceNumbers: numbers, page = '1', pageSize = '100' } = request.query;
  const since = request.headers['if-modified-since'];
  const changed = (row: Row): number => Number(/\((\d+)/.exec(String(row['UpdatedDateUTC']))?.[1] ?? 0);
  const conditions = (where ?? '')
    .split(' AND ')
    .filter((one) => one !== '')
    .map((one) => /^([\w.]+)(==|>=|<=)(?:(?:guid\()?"((?:[^"\\]|\\.)*)"\)?|DateTime\((\d+), (\d+), (\d+)\))$/.exec(one));
  if (conditions.includes(null)) return { status: 400, body: { ErrorNumber: 16, Type: 'QueryParseException', Message: where } };
  const fits = (row: Row): boolean =>
    conditions.every((asked) => {
      const [, field, operator, text, ...day] = asked!;
      const wanted = text === undefined ? day.map((part) => part!.padStart(2, '0')).join('-') : text.replace(/\\(.)/g, '$1');
      const value = String(field!.split('.').reduce<unknown>((at, name) => (at as Row | undefined)?.[name], row));
      return operator === '==' ? value === wanted : operator === '>=' ? value >= wanted : value <= wanted;
    });
  const found = (books.rows[kind] ?? []).filter(
    (row) =>
      fits(row) &&
      (numbers === undefined || numbers.split(',').includes(String(row['InvoiceNumber']))) &&
      (since === undefined || changed(row) >= Date.parse(since)),
  );
  const order = request.query['order'];
  if (order?.startsWith('UpdatedDateUTC')) found.sort((a, b) => changed(a) - changed(b));
  else if (order !== undefined) found.sort((a, b) => String(a[order.split(' ')[0]!]).localeCompare(String(b[order.split(' ')[0]!])));
  const paged =
    request.query['page'] === undefined ? found : found.slice((Number(page) - 1) * Number(pageSize), Number(page) * Number(pageSize));
  return ok(kind, paged);
}

function answer(request: DoubleRequest, books: Books): DoubleResponse {
  if (isToken(request)) {
    const { grant_type: grant, refresh_token: refresh } = request.form;
    if (grant === 'refresh_token' && refresh !== books.refreshToken) return { status: 400, body: { error: 'invalid_grant' } };
    books.tokens += 1;
    books.refreshToken = `refresh-${books.tokens}-of-the-consent`;
    books.accessToken = `access-${books.tokens}`;
    return {
      status: 200,
      body: {
        access_token: books.accessToken,
        expires_in: 1800,
        token_type: 'Bearer',
        ...(grant === 'refresh_token' ? { refresh_token: books.refreshToken } : {}),
      },
    };
  }
  if (request.headers['authorization'] !== `Bearer ${books.accessToken}`) return double.says.tokenOver;
  const [, name, id, part] = /^\/api\.xro\/2\.0\/(\w+)(?:\/([^/]+))?(?:\/(\w+))?$/.exec(request.path) ?? [];
  if (request.method === 'GET') {
    if (name === 'Organisation')
      return ok('Organisations', [
        {
          Name: 'Ada Ltd',
          BaseCurrency: 'USD',
          ...(books.lockedUntil === undefined ? {} : { PeriodLockDate: `/Date(${Date.parse(books.lockedUntil)}+0000)/` }),
        },
      ]);
    if (id === undefined) return read(name!, request, books);
    const found = books.rows[name!]?.find((row) => row[ids[name as Kind]] === id);
    return found
      ? ok(name!, [found])
      : { status: 404, body: { Title: 'The resource you are looking for cannot be found', Type: 'ObjectNotFoundException' } };
  }
  const key = `${request.method} ${request.path} ${request.headers['idempotency-key']}`;
  const before = books.answered.get(key);
  if (before) return before;
  const kind = name as Kind;
  const body = request.json as Row;
  const [row] = (body[kind] ?? [body]) as Row[] as [Row];
  const made =
    part === 'Allocations'
      ? allocate(id!, body['Allocations'] as Row[], books)
      : request.method === 'PUT'
        ? make(kind, row, books)
        : change(kind, id, row, books);
  books.answered.set(key, made);
  return made;
}

export const double: VendorDouble<Books> = {
  name: 'Xero',
  contract,
  start: () => ({
    rows: {
      Contacts: [{ ContactID: uuid(1), ContactNumber: 'CUST-1', Name: 'Ada', ContactStatus: 'ACTIVE', UpdatedDateUTC: '/Date(1780272000000+0000)/' }],
      Invoices: [{ InvoiceID: uuid(2), InvoiceNumber: 'OPEN-1', Type: 'ACCREC', Status: 'AUTHORISED', Contact: { ContactID: uuid(1) }, Total: 1_000_000, AmountDue: 1_000_000, CurrencyCode: 'USD', Date: '2026-11-01', UpdatedDateUTC: '/Date(1780272001000+0000)/' }],
      CreditNotes: [{ CreditNoteID: uuid(3), CreditNoteNumber: 'CREDIT-1', Type: 'ACCRECCREDIT', Status: 'AUTHORISED', Contact: { ContactID: uuid(1) }, Total: 1_000_000, RemainingCredit: 1_000_000, CurrencyCode: 'USD', Date: '2026-11-01', UpdatedDateUTC: '/Date(1780272002000+0000)/', Allocations: [] }],
      Payments: [],
      ManualJournals: [],
      Accounts: [{ Code: '200', Name: 'Sales' }],
      Items: [{ Code: 'API', Name: 'API calls' }],
      TaxRates: [{ TaxType: 'OUTPUT', Name: 'Tax on sales' }],
      Currencies: [{ Code: 'USD', Description: 'United States Dollar' }],
    },
    answered: new Map(),
    refreshToken: settings.refreshToken,
    accessToken: 'none yet',
    tokens: 0,
    lockedUntil: undefined,
    serial: 1_000,
  }), // prettier-ignore
  answer,
  says: {
    throttled: { status: 429, headers: { 'retry-after': '2', 'x-rate-limit-problem': 'minute' }, body: 'Too many requests' },
    tokenOver: {
      status: 401,
      body: { Type: null, Title: 'Unauthorized', Status: 401, Detail: 'TokenExpired: token expired at 11/27/2026 06:00:00' },
    },
    serverError: { status: 500, body: { Type: 'InternalServerException', Message: 'An unexpected error has occurred' } },
  },
  situations: {
    'closed-period': (books) => {
      books.lockedUntil = '2026-11-30';
      return () => void (books.lockedUntil = undefined);
    },
    'inactive-customer': (books) => {
      const [contact] = books.rows['Contacts'] as [Row];
      contact['ContactStatus'] = 'ARCHIVED';
      return () => void (contact['ContactStatus'] = 'ACTIVE');
    },
  },
};

const kindOf = (document: string): Kind =>
  ({ invoice: 'Invoices', 'credit-memo': 'CreditNotes', payment: 'Payments', 'journal-entry': 'ManualJournals', customer: 'Contacts' } as const)[document]!; // prettier-ignore
const wordsOf = (row: Row): string => `${String(row['Reference'] ?? '')} ${String(row['Narration'] ?? '')}`.trim();

/** How many documents carry a key, counted past the connector; of a credit note also how often it is applied. A contact carries its number alone. */
export function countOf(books: Books, document: string, key: string): number {
  if (document === 'customer') {
    const numbers = books.rows['Contacts']!.slice(1).map((row) => row['ContactNumber']);
    return Math.max(0, ...numbers.map((number) => numbers.filter((one) => one === number).length));
  }
  const rows = books.rows[kindOf(document)]!.filter((row) => wordsOf(row).endsWith(key));
  return Math.max(rows.length, ...rows.map((row) => ((row['Allocations'] ?? []) as Row[]).length));
}
export const totalIn = (books: Books, document: string): number =>
  books.rows[kindOf(document)]!.filter((row) => wordsOf(row).includes('wb-')).length;
