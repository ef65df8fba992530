import type { DoubleRequest, DoubleResponse, VendorDouble } from '@waybill/sdk/double';
import { contractOf } from './contract.js';

export { day, documents, payment, sale } from './documents.js';

type Row = Record<string, unknown>;

/** A database of Odoo in memory: one company, and what `addons/account` does with the calls that the connector makes. */
export interface Books {
  rows: Record<string, Row[]>;
  key: string;
  serial: number;
  numbers: Map<string, number>;
  /** The next `action_post` or `action_create_payments` is refused with these words, as an extension of a customer would. */
  refuseNextPost: string | undefined;
}

const database = 'acme';
export const settings = { baseUrl: 'https://acme.odoo.example', database, apiKey: '6578616d706c65206a736f6e', company: 'Acme US Inc' };

const error = (status: number, name: string, message: string): DoubleResponse => ({
  status,
  body: { name, message, arguments: [message], context: {}, debug: 'Traceback (most recent call last):' },
});
const refused = (message: string): DoubleResponse => error(422, 'odoo.exceptions.UserError', message);
const done = (body: unknown): DoubleResponse => ({ status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body });

const cents = (value: unknown): number => Math.round(Number(value ?? 0) * 100);

/** Which fields are references, and what a reference is called when it is read. */
const references: Record<string, string> = {
  company_id: 'res.company', currency_id: 'res.currency', partner_id: 'res.partner', journal_id: 'account.journal', tax_line_id: 'account.tax',
  move_id: 'account.move', parent_id: 'res.partner', reversed_entry_id: 'account.move',
}; // prettier-ignore
const byId = (books: Books, model: string, id: unknown): Row | undefined => books.rows[model]!.find((row) => row['id'] === id);

function shown(books: Books, row: Row, names: readonly string[]): Row {
  return Object.fromEntries(
    ['id', ...names].map((name) => {
      const model = references[name];
      const value = row[name] ?? false;
      return [name, model && value !== false ? [value, byId(books, model, value)?.['name']] : value];
    }),
  );
}

/** A domain in Odoo's prefix notation: leaves are joined by an `&` that is not written. */
function matches(domain: readonly unknown[], row: Row): boolean {
  const stack: boolean[] = [];
  for (const part of [...domain].reverse()) {
    if (part === '|') stack.push([stack.pop()!, stack.pop()!].some(Boolean));
    else if (part === '&') stack.push([stack.pop()!, stack.pop()!].every(Boolean));
    else stack.push(leaf(part as [string, string, unknown], row));
  }
  return stack.every(Boolean);
}

function leaf([field, operator, wanted]: [string, string, unknown], row: Row): boolean {
  const value = row[field] ?? false;
  const many = (list: unknown): readonly unknown[] => list as unknown[];
  switch (operator) {
    case '=':
      return value === wanted;
    case '!=':
      return value !== wanted;
    case 'in':
      return Array.isArray(value) ? value.some((one) => many(wanted).includes(one)) : many(wanted).includes(value);
    case '=like':
      return new RegExp(`^${String(wanted).replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/%$/, '.*')}$`, 's').test(String(value)); // prettier-ignore
    case '>':
      return value !== false && (value as number) > (wanted as number);
    case '>=':
      return value !== false && String(value) >= String(wanted);
    case '<=':
      return value !== false && String(value) <= String(wanted);
    default:
      throw new Error(`the double does not know ${operator}`);
  }
}

function store(books: Books, model: string, values: Row): Row {
  books.serial += 1;
  const row = { ...values, id: books.serial };
  books.rows[model]!.push(row);
  return row;
}

/** Numbers are given by journal and year when an entry is posted. */
function numbered(books: Books, prefix: string, date: unknown): string {
  const key = `${prefix}/${String(date).slice(0, 4)}`;
  const next = (books.numbers.get(key) ?? 0) + 1;
  books.numbers.set(key, next);
  return `${key}/${String(next).padStart(5, '0')}`;
}

/** Tax by line, rounded by line, as a company is set up by default. */
function makeSale(books: Books, values: Row): DoubleResponse {
  const lines = (values['invoice_line_ids'] as [number, number, Row][]).map(([, , line]) => line);
  for (const line of lines) if (!byId(books, 'account.account', line['account_id'])) return error(404, 'odoo.exceptions.MissingError', 'Record does not exist or has been deleted.'); // prettier-ignore
  const net = lines.map((line) => cents(Number(line['quantity']) * Number(line['price_unit'])));
  const taxes = new Map<number, number>();
  for (const [at, line] of lines.entries())
    for (const taxId of ((line['tax_ids'] as [number, number, number[]][])[0]?.[2] ?? [])) {
      const rate = Number(byId(books, 'account.tax', taxId)?.['amount']);
      taxes.set(taxId, (taxes.get(taxId) ?? 0) + Math.round((net[at]! * rate) / 100));
    } // prettier-ignore
  const { invoice_line_ids: _, ...head } = values;
  const row = store(books, 'account.move', { ...head, name: false, state: 'draft', posted_before: false, payment_state: 'not_paid', untaxed: net.reduce((a, b) => a + b, 0) });
  const sign = values['move_type'] === 'out_invoice' ? -1 : 1;
  for (const [tax_line_id, amount] of taxes)
    store(books, 'account.move.line', { move_id: row['id'], display_type: 'tax', tax_line_id, amount_currency: (sign * amount) / 100 });
  sum(books, row);
  return done([row['id']]);
} // prettier-ignore

/** Totals follow the tax lines, so that one that a person set counts. */
function sum(books: Books, row: Row): void {
  const tax = books.rows['account.move.line']!.filter((line) => line['move_id'] === row['id']).reduce((all, line) => all + Math.abs(cents(line['amount_currency'])), 0); // prettier-ignore
  const total = Number(row['untaxed']) + tax;
  Object.assign(row, {
    amount_untaxed: Number(row['untaxed']) / 100,
    amount_tax: tax / 100,
    amount_total: total / 100,
    amount_residual: total / 100,
  });
}

function makeEntry(books: Books, values: Row): DoubleResponse {
  const lines = (values['line_ids'] as [number, number, Row][]).map(([, , line]) => line);
  const side = (name: string): number => lines.reduce((all, line) => all + cents(line[name]), 0);
  if (side('debit') !== side('credit')) return refused(`The entry is not balanced: ${side('debit') / 100} and ${side('credit') / 100}.`);
  const { line_ids: _, ...head } = values;
  const currency_id = byId(books, 'res.company', values['company_id'])!['currency_id'];
  const row = store(books, 'account.move', { ...head, currency_id, name: false, state: 'draft', posted_before: false, amount_total: side('debit') / 100, amount_untaxed: 0, amount_tax: 0, amount_residual: 0 }); // prettier-ignore
  return done([row['id']]);
}

const lockOf = (books: Books): string => String(books.rows['res.company']![0]!['user_fiscalyear_lock_date'] || '');
const locked = (books: Books, date: unknown): boolean => lockOf(books) !== '' && String(date) <= lockOf(books);
const lockedWords = (books: Books): string =>
  `You cannot add/modify entries prior to and inclusive of: Global Lock Date (${lockOf(books)}).`;

/** Whoever posts in a locked period posts on the next open day, and is told nothing. */
function postponed(books: Books, date: unknown): unknown {
  if (!locked(books, date)) return date;
  return new Date(Date.parse(lockOf(books)) + 86_400_000).toISOString().slice(0, 10);
}

/** Matches what is open on both, as far as it goes. */
function reconcile(one: Row, other: Row): void {
  const amount = Math.min(cents(one['amount_residual']), cents(other['amount_residual']));
  for (const row of [one, other]) {
    row['amount_residual'] = (cents(row['amount_residual']) - amount) / 100;
    row['payment_state'] = cents(row['amount_residual']) === 0 ? 'paid' : 'partial';
  }
}

function postMove(books: Books, row: Row): DoubleResponse {
  if (row['state'] !== 'draft') return refused(`The entry ${String(row['name'])} (id ${String(row['id'])}) must be in draft.`);
  if (books.refuseNextPost !== undefined) {
    const words = books.refuseNextPost;
    books.refuseNextPost = undefined;
    return refused(words);
  }
  const journal = byId(books, 'account.journal', row['journal_id'])!;
  if (journal['active'] !== true) return refused(`You cannot post an entry in an archived journal (${String(journal['name'])})`);
  row['date'] = postponed(books, row['date']);
  Object.assign(row, { state: 'posted', posted_before: true, name: numbered(books, row['move_type'] === 'out_refund' ? 'RINV' : String(journal['code']), row['date']) });
  const reversed = byId(books, 'account.move', row['reversed_entry_id']);
  if (reversed?.['state'] === 'posted') reconcile(row, reversed);
  return done(false);
} // prettier-ignore

function cancelMove(books: Books, row: Row): DoubleResponse {
  if (row['state'] === 'posted' && locked(books, row['date'])) return refused(lockedWords(books));
  if (row['state'] === 'cancel') return refused('Only draft journal entries can be cancelled.');
  row['state'] = 'cancel';
  return done(false);
}

/** The form of a payment: made for the invoice of the context, and gone after it is used. */
function pay(books: Books, form: Row): DoubleResponse {
  const invoice = byId(books, 'account.move', form['of'])!;
  if (invoice['state'] !== 'posted') return refused('You can only register payment for posted journal entries.');
  if (cents(invoice['amount_residual']) === 0)
    return refused("There's nothing left to pay for the selected journal items, so no payment registration is necessary.");
  if (books.refuseNextPost !== undefined) {
    const words = books.refuseNextPost;
    books.refuseNextPost = undefined;
    return refused(words);
  }
  const date = postponed(books, form['payment_date']);
  const row = store(books, 'account.payment', {
    payment_type: 'inbound', partner_type: 'customer', partner_id: invoice['partner_id'], company_id: invoice['company_id'], amount: form['amount'],
    currency_id: form['currency_id'], journal_id: form['journal_id'], date, memo: form['communication'], state: 'in_process', of: invoice['id'],
    name: numbered(books, 'PSTRP', date),
  }); // prettier-ignore
  invoice['amount_residual'] = (cents(invoice['amount_residual']) - cents(row['amount'])) / 100;
  invoice['payment_state'] = cents(invoice['amount_residual']) === 0 ? 'in_payment' : 'partial';
  return done({ type: 'ir.actions.act_window', res_model: 'account.payment', res_id: row['id'] });
}

function cancelPayment(books: Books, row: Row): DoubleResponse {
  if (locked(books, row['date'])) return refused(lockedWords(books));
  const invoice = byId(books, 'account.move', row['of']);
  if (invoice && row['state'] !== 'canceled') {
    invoice['amount_residual'] = (cents(invoice['amount_residual']) + cents(row['amount'])) / 100;
    invoice['payment_state'] = 'not_paid';
  }
  row['state'] = 'canceled';
  return done(false);
}

function unlink(books: Books, model: string, row: Row): DoubleResponse {
  if (row['state'] !== 'draft') return refused('You cannot delete a posted journal entry.');
  books.rows[model] = books.rows[model]!.filter((one) => one !== row);
  return done(true);
}

function answer(request: DoubleRequest, books: Books): DoubleResponse {
  if (request.headers['authorization'] !== `bearer ${books.key}`) return double.says.tokenOver;
  const [, model = '', method = ''] = /^\/json\/2\/([^/]+)\/([^/]+)$/.exec(request.path) ?? [];
  const body = request.json as { ids?: number[]; context: Row; vals_list?: Row[]; vals?: Row; domain?: unknown[]; fields?: string[]; limit?: number };
  if (method === 'search_read') {
    const rows = books.rows[model]!.filter((row) => matches(body.domain!, row)).sort((a, b) => Number(a['id']) - Number(b['id']));
    return done(rows.slice(0, body.limit).map((row) => shown(books, row, body.fields!)));
  }
  const [values] = body.vals_list ?? [];
  if (method === 'create') {
    if (model === 'account.move') return values!['move_type'] === 'entry' ? makeEntry(books, values!) : makeSale(books, values!);
    if (model === 'account.payment.register') return done([store(books, model, { ...values, of: (body.context['active_ids'] as number[])[0] })['id']]);
    if (model === 'account.payment') return done([store(books, model, { ...values, name: false, state: 'draft', company_id: 1 })['id']]);
    return done([store(books, model, { active: true, parent_id: false, ...values })['id']]);
  }
  const row = byId(books, model, body.ids?.[0]);
  if (!row) return error(404, 'odoo.exceptions.MissingError', 'Record does not exist or has been deleted.');
  switch (`${model}/${method}`) {
    case 'account.move/write':
      for (const [, id, change] of body.vals!['line_ids'] as [number, number, Row][]) Object.assign(byId(books, 'account.move.line', id)!, change);
      sum(books, row);
      return done(true);
    case 'account.move/action_post':
      return postMove(books, row);
    case 'account.move/button_cancel':
      return cancelMove(books, row);
    case 'account.payment.register/action_create_payments':
      return pay(books, row);
    case 'account.payment/action_post':
      if (row['state'] !== 'draft') return refused('Only a draft payment can be posted.');
      row['date'] = postponed(books, row['date']);
      Object.assign(row, { state: 'in_process', name: numbered(books, 'PSTRP', row['date']) });
      return done(false);
    case 'account.payment/action_cancel':
      return cancelPayment(books, row);
    case 'account.move/unlink':
    case 'account.payment/unlink':
      return unlink(books, model, row);
    case 'res.partner/write':
      Object.assign(row, body.vals);
      return done(true);
    default:
      return error(404, 'werkzeug.exceptions.NotFound', `the model ${model} does not have ${method}`);
  }
} // prettier-ignore

/** Reads, and the form of a payment, change no books; everything is a POST. */
const reads = /\/search_read$|\/account\.payment\.register\/create$/;

const company = { id: 1, name: 'Acme US Inc', currency_id: 2, user_fiscalyear_lock_date: false, user_hard_lock_date: false, user_tax_lock_date: false, user_sale_lock_date: false }; // prettier-ignore
const open = {
  id: 90, name: 'INV/2026/90000', ref: 'OPEN-1', invoice_origin: false, move_type: 'out_invoice', state: 'posted', posted_before: true, payment_state: 'not_paid',
  partner_id: 10, currency_id: 2, company_id: 1, journal_id: 40, invoice_date: '2026-10-01', date: '2026-10-01',
  amount_untaxed: 1_000_000, amount_tax: 0, amount_total: 1_000_000, amount_residual: 1_000_000, untaxed: 100_000_000,
}; // prettier-ignore

export const double: VendorDouble<Books> = {
  name: 'Odoo',
  contract: contractOf(database),
  start: () => ({
    rows: structuredClone({
      'res.company': [company, { ...company, id: 9, name: 'Acme DE GmbH', currency_id: 3 }],
      'res.currency': [
        { id: 2, name: 'USD', active: true, decimal_places: 2 },
        { id: 3, name: 'EUR', active: true, decimal_places: 2 },
        { id: 4, name: 'JPY', active: false, decimal_places: 0 },
      ],
      'res.country': [{ id: 233, code: 'US' }, { id: 57, code: 'DE' }],
      'res.partner': [
        { id: 10, name: 'Ada', ref: 'CUST-1', active: true, parent_id: false, company_id: 1 },
        { id: 11, name: 'Bob', ref: 'CUST-2', active: true, parent_id: false, company_id: false },
        { id: 12, name: 'Bob again', ref: 'CUST-2', active: true, parent_id: false, company_id: 1 },
      ],
      'account.account': [
        { id: 20, code: '400100', name: 'Sales', active: true, company_ids: [1] },
        { id: 21, code: '210000', name: 'Deferred', active: true, company_ids: [1] },
        { id: 22, code: '499900', name: 'Old', active: false, company_ids: [1] },
      ],
      'account.tax': [
        { id: 30, name: '8.875%', amount: 8.875, active: true, type_tax_use: 'sale', company_id: 1 },
        { id: 31, name: '8.875%', amount: 8.875, active: true, type_tax_use: 'purchase', company_id: 1 },
      ],
      'account.journal': [
        { id: 40, code: 'INV', name: 'Customer Invoices', type: 'sale', active: true, company_id: 1 },
        { id: 41, code: 'MISC', name: 'Miscellaneous Operations', type: 'general', active: true, company_id: 1 },
        { id: 42, code: 'STRP', name: 'Stripe', type: 'bank', active: true, company_id: 1 },
      ],
      'product.product': [{ id: 50, default_code: 'PRO', name: 'Pro plan', active: true, company_id: false }],
      'account.move': [open],
      'account.move.line': [],
      'account.payment': [],
      'account.payment.register': [],
    }) as Record<string, Row[]>,
    key: settings.apiKey,
    serial: 1_000,
    numbers: new Map(),
    refuseNextPost: undefined,
  }),
  answer,
  writes: ({ path }) => !reads.test(path),
  says: {
    throttled: { status: 429, headers: { 'retry-after': '2', 'content-type': 'text/html' }, body: '<html>Too Many Requests</html>' },
    tokenOver: error(401, 'werkzeug.exceptions.Unauthorized', 'Invalid apikey'),
    serverError: { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>Bad Gateway</html>' },
  },
  situations: {
    'closed-period': (books) => {
      books.rows['res.company']![0]!['user_fiscalyear_lock_date'] = '2026-11-30';
      return () => void (books.rows['res.company']![0]!['user_fiscalyear_lock_date'] = false);
    },
    'inactive-customer': (books) => {
      books.rows['res.partner']![0]!['active'] = false;
      return () => void (books.rows['res.partner']![0]!['active'] = true);
    },
  },
}; // prettier-ignore

const types: Record<string, string> = { invoice: 'out_invoice', 'credit-memo': 'out_refund', 'journal-entry': 'entry' };
/** Documents of a kind that carry a key, drafts among them, counted past the connector. */
const ours = (books: Books, document: string, begins: string): number => {
  if (document === 'payment') return books.rows['account.payment']!.filter((row) => String(row['memo']).startsWith(begins)).length;
  return books.rows['account.move']!.filter(
    (row) => row['move_type'] === types[document] && [row['invoice_origin'], row['ref']].some((words) => String(words).startsWith(begins)),
  ).length;
};
export function countOf(books: Books, document: string, key: string): number {
  if (document !== 'customer') return ours(books, document, key);
  const references = books.rows['res.partner']!.filter(({ id }) => Number(id) > 1_000).map(({ ref }) => ref);
  return Math.max(0, ...references.map((one) => references.filter((other) => other === one).length));
}
export const totalIn = (books: Books, document: string): number => ours(books, document, 'wb-');
