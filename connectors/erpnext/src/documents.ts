import {
  bookedDelivery,
  BookedDocument,
  misconfigured,
  type ConnectorContext,
  type JsonObject,
  type Page,
  type Stream,
} from '@waybill/sdk';
import { isOn, list, textIn, type Filter } from './api.js';
import { companyOf } from './master-data.js';
import { amountIn, keyFieldOf, numberFieldOf, type Voucher } from './vouchers.js';

type Ask = Parameters<NonNullable<Stream['poll']>['read']>[1];

/** Sales invoices and returns first, then payments; each by name, so that a page begins where the last one ended whatever is submitted meanwhile. */
interface Cursor {
  of: 'sales' | 'payments';
  after: string;
}
const begin: Cursor = { of: 'sales', after: '' };

const sources = {
  sales: {
    type: 'Sales Invoice',
    filters: [],
    fields: ['name', 'docstatus', 'is_return', 'currency', 'grand_total', 'total_taxes_and_charges', 'posting_date'],
    told: saleTold,
  },
  payments: {
    type: 'Payment Entry',
    filters: [['party_type', '=', 'Customer'], ['payment_type', 'in', ['Receive', 'Pay']]],
    fields: ['name', 'docstatus', 'payment_type', 'paid_from_account_currency', 'paid_amount', 'posting_date'],
    told: paymentTold,
  },
} satisfies Record<Cursor['of'], { type: Voucher; filters: readonly Filter[]; fields: readonly string[]; told: (row: JsonObject, names: Names) => BookedDocument }>; // prettier-ignore

interface Names {
  key: string;
  number: string;
}

async function readPage(context: ConnectorContext, ask: Ask): Promise<Page> {
  const company = await companyOf(context);
  const at = ask.cursor === null ? begin : parseCursor(ask.cursor);
  const limit = Math.min(ask.limit, 1000);
  const { type, filters, fields, told } = sources[at.of];
  const names: Names = { key: keyFieldOf(context), number: numberFieldOf(context) };
  const rows = await list(context, type, {
    fields: [...fields, names.key, ...(at.of === 'sales' ? [names.number] : [])],
    filters: [
      ['company', '=', company.name],
      ['docstatus', 'in', [1, 2]],
      ['posting_date', '>=', ask.since ?? '1970-01-01'],
      ['posting_date', '<=', ask.until ?? '9999-12-31'],
      ...(at.after === '' ? [] : [['name', '>', at.after] satisfies Filter]),
      ...(filters as readonly Filter[]),
    ],
    limit,
  });
  const full = rows.length === limit;
  const next: Cursor = full || at.of === 'payments' ? { of: at.of, after: textIn(rows.at(-1)?.['name']) ?? at.after } : { of: 'payments', after: '' };
  return { deliveries: rows.map((row) => bookedDelivery(told(row, names))), cursor: JSON.stringify(next), more: full || at.of === 'sales' };
} // prettier-ignore

const stateOf = (row: JsonObject): 'posted' | 'void' => (String(row['docstatus']) === '2' ? 'void' : 'posted');

function saleTold(row: JsonObject, names: Names): BookedDocument {
  const currency = String(row['currency']);
  return {
    id: String(row['name']),
    number: String(row['name']),
    type: isOn(row['is_return']) ? 'credit-memo' : 'invoice',
    key: textIn(row[names.key]) ?? null,
    reference: textIn(row[names.number]) ?? null,
    currency,
    total: amountIn(row, 'grand_total', currency),
    tax: amountIn(row, 'total_taxes_and_charges', currency),
    date: String(row['posting_date']),
    state: stateOf(row),
  };
}

function paymentTold(row: JsonObject, names: Names): BookedDocument {
  const currency = String(row['paid_from_account_currency']);
  return {
    id: String(row['name']),
    number: String(row['name']),
    type: row['payment_type'] === 'Pay' ? 'refund' : 'payment',
    key: textIn(row[names.key]) ?? null,
    reference: null,
    currency,
    total: amountIn(row, 'paid_amount', currency),
    tax: null,
    date: String(row['posting_date']),
    state: stateOf(row),
  };
}

function parseCursor(text: string): Cursor {
  try {
    const { of, after } = JSON.parse(text) as Cursor;
    if ((of === 'sales' || of === 'payments') && typeof after === 'string' && after.length <= 140) return { of, after };
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
