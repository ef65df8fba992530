import {
  bookedDelivery,
  BookedDocument,
  misconfigured,
  type ConnectorContext,
  type JsonObject,
  type Page,
  type Stream,
} from '@waybill/sdk';
import { idOf, nameIn, search, textIn, type Domain } from './api.js';
import { companyOf, type Company } from './master-data.js';
import { roundedIn } from './moves.js';

type Ask = Parameters<NonNullable<Stream['poll']>['read']>[1];

/** Invoices and credit notes first, then payments; each by id, so that what is posted meanwhile comes at the end. */
interface Cursor {
  of: 'moves' | 'payments';
  after: string;
}
const begin: Cursor = { of: 'moves', after: '0' };

const sources = {
  moves: {
    model: 'account.move',
    domain: [['move_type', 'in', ['out_invoice', 'out_refund']], '|', ['state', '=', 'posted'], '&', ['state', '=', 'cancel'], ['posted_before', '=', true]],
    fields: ['name', 'move_type', 'invoice_origin', 'ref', 'currency_id', 'amount_total', 'amount_tax', 'date', 'state'],
    told: moveTold,
  },
  payments: {
    model: 'account.payment',
    domain: [['partner_type', '=', 'customer'], ['state', 'in', ['in_process', 'paid', 'canceled']]],
    fields: ['name', 'payment_type', 'memo', 'currency_id', 'amount', 'date', 'state'],
    told: paymentTold,
  },
} satisfies Record<Cursor['of'], { model: string; domain: Domain; fields: string[]; told: (row: JsonObject) => BookedDocument }>; // prettier-ignore

async function readPage(context: ConnectorContext, ask: Ask): Promise<Page> {
  const company: Company = await companyOf(context);
  const at = ask.cursor === null ? begin : parseCursor(ask.cursor);
  const limit = Math.min(ask.limit, 1000);
  const { model, domain, fields, told } = sources[at.of];
  const range: Domain = [
    ['company_id', '=', idOf(company.id)],
    ['id', '>', idOf(at.after)],
    ['date', '>=', ask.since ?? '1970-01-01'],
    ['date', '<=', ask.until ?? '9999-12-31'],
  ];
  const rows = await search(context, { model, domain: [...range, ...domain], fields, limit, company: company.id });
  const full = rows.length === limit;
  const last = rows.at(-1);
  const next: Cursor =
    full || at.of === 'payments' ? { of: at.of, after: last ? String(last['id']) : at.after } : { of: 'payments', after: '0' };
  return { deliveries: rows.map((row) => bookedDelivery(told(row))), cursor: JSON.stringify(next), more: full || at.of === 'moves' };
}

/** Our key, as it was posted with: alone in an origin, before the words of a memo. */
const keyIn = (value: unknown): string | null => /^(wb-[a-z0-9-]{1,80})( |$)/.exec(textIn(value) ?? '')?.[1] ?? null;

function moveTold(row: JsonObject): BookedDocument {
  const currency = nameIn(row['currency_id']) ?? '';
  return {
    id: String(row['id']),
    number: textIn(row['name']) ?? null,
    type: row['move_type'] === 'out_refund' ? 'credit-memo' : 'invoice',
    key: keyIn(row['invoice_origin']),
    reference: textIn(row['ref']) ?? null,
    currency,
    total: roundedIn(row, 'amount_total', currency),
    tax: roundedIn(row, 'amount_tax', currency),
    date: String(row['date']),
    state: row['state'] === 'cancel' ? 'void' : 'posted',
  };
}

function paymentTold(row: JsonObject): BookedDocument {
  const currency = nameIn(row['currency_id']) ?? '';
  return {
    id: String(row['id']),
    number: textIn(row['name']) ?? null,
    type: row['payment_type'] === 'outbound' ? 'refund' : 'payment',
    key: keyIn(row['memo']),
    reference: null,
    currency,
    total: roundedIn(row, 'amount', currency),
    tax: null,
    date: String(row['date']),
    state: row['state'] === 'canceled' ? 'void' : 'posted',
  };
}

function parseCursor(text: string): Cursor {
  try {
    const { of, after } = JSON.parse(text) as Cursor;
    if ((of === 'moves' || of === 'payments') && /^\d{1,18}$/.test(after)) return { of, after };
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
