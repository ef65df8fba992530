import {
  bookedStream,
  isJsonObject,
  misconfigured,
  rejected,
  unpackBooked,
  type ConnectorContext,
  type Delivery,
  type JsonObject,
  type Page,
  type SourceRecord,
  type Stream,
} from '@waybill/sdk';
import { companyOf } from './master-data.js';
import { nested, search, type Domain } from './rpc.js';
import { datetime } from './wire.js';

const fields = [
  'number', 'reference', 'description', 'state', 'currency.code', 'untaxed_amount', 'tax_amount', 'total_amount', 'amount_to_pay',
  'invoice_date', 'accounting_date', 'party.code', 'move.post_number', 'write_date',
]; // prettier-ignore
/** Tryton's write date is the start of the transaction, so a younger one may become visible before it. */
const overlapMs = 120_000;

/** The last row of a sweep; microseconds are kept, for rows of one transaction share them. */
interface Cursor {
  at: string;
  id: number;
}

const moment = (at: string): JsonObject => ({
  ...datetime(new Date(at)),
  microsecond: Number(/\.(\d{1,6})/.exec(at)?.[1]?.padEnd(6, '0') ?? 0),
});

async function readPage(context: ConnectorContext, ask: Parameters<NonNullable<Stream['poll']>['read']>[1]): Promise<Page> {
  const company = await companyOf(context);
  const from: Cursor = ask.cursor === null ? { at: instant(ask.since ?? '1970-01-01'), id: 0 } : parseCursor(ask.cursor);
  const after: Domain = [
    'OR',
    ['write_date', '>', moment(from.at)],
    [
      ['write_date', '=', moment(from.at)],
      ['id', '>', from.id],
    ],
  ];
  const until: Domain = ask.until === undefined ? [] : [['write_date', '<', moment(instant(ask.until, 86_400_000))]];
  const rows = await search(context, {
    model: 'account.invoice',
    domain: [
      ['company', '=', company.id],
      ['type', '=', 'out'],
      ['state', 'in', ['posted', 'paid', 'cancelled']],
      ['number', '!=', null],
      after,
      ...until,
    ],
    fields,
    order: [
      ['write_date', 'ASC'],
      ['id', 'ASC'],
    ],
    limit: ask.limit,
    company: company.id,
  });
  const last = rows.at(-1);
  const more = rows.length === ask.limit;
  const at = last ? String(last['write_date']) : from.at;
  const next: Cursor =
    more && last ? { at, id: Number(last['id']) } : { at: last ? new Date(Date.parse(at) - overlapMs).toISOString() : at, id: 0 };
  return { deliveries: rows.map(toDelivery), cursor: JSON.stringify(next), more };
}

function toDelivery(row: JsonObject): Delivery {
  const { id, number, reference, state } = row;
  const body = {
    id, number, state,
    key: reference ?? null,
    source: row['description'] ?? null,
    customer: nested(row, 'party')['code'] ?? null,
    currency: nested(row, 'currency')['code'] ?? null,
    subtotal: row['untaxed_amount'], tax: row['tax_amount'], total: row['total_amount'], open: row['amount_to_pay'],
    invoiceDate: row['invoice_date'] ?? null,
    postingDate: row['accounting_date'] ?? row['invoice_date'] ?? null,
    entry: nested(row, 'move')['post_number'] ?? null,
    changedAt: row['write_date'],
  }; // prettier-ignore
  return { id: `${String(id)}.${String(row['write_date'])}`, body: JSON.stringify(body), via: 'poll', stream: 'postings' };
}

export function unpack(delivery: Delivery): SourceRecord[] {
  if (delivery.stream === bookedStream) return unpackBooked(delivery);
  let body: unknown;
  try {
    body = JSON.parse(delivery.body);
  } catch {
    body = undefined;
  }
  if (!isJsonObject(body) || body['id'] === undefined || typeof body['changedAt'] !== 'string')
    throw rejected({
      code: 'body-not-a-posting',
      category: 'transformation',
      message: 'The body is not a posting as the poll reads it.',
      remedy: 'Poll again from an older date.',
    });
  return [{ stream: 'postings', body, revision: body['changedAt'], occurredAt: `${body['changedAt'].slice(0, 23).replace(/Z$/, '')}Z` }];
}

function instant(day: string, later = 0): string {
  const milliseconds = Date.parse(day);
  if (!Number.isFinite(milliseconds))
    throw misconfigured({
      code: 'date-unreadable',
      message: `${day} is not a date such as 2026-11-23.`,
      remedy: 'Give the range as ISO 8601 dates.',
    });
  return new Date(milliseconds + later).toISOString();
}

function parseCursor(text: string): Cursor {
  try {
    const { at, id } = JSON.parse(text) as Cursor;
    if (Number.isFinite(Date.parse(at)) && Number.isInteger(id)) return { at, id };
  } catch {
    // falls through to the sentence below
  }
  throw misconfigured({
    code: 'cursor-unreadable',
    message: `The stored cursor ${text.slice(0, 80)} is not one of this connector.`,
    remedy: 'Start a backfill from a date.',
  });
}

export const postings: Stream = {
  title: 'Postings',
  summary: 'Posted customer invoices and credit notes with the totals and the open amount that the books show, as they change.',
  kind: 'bulk-extraction',
  key: 'id',
  hydrate: 'never',
  schema: {
    type: 'object',
    required: ['id', 'number', 'state', 'currency', 'total'],
    properties: {
      id: { type: 'integer' },
      number: { type: 'string' },
      state: { enum: ['posted', 'paid', 'cancelled'] },
      currency: { type: 'string' },
      total: { type: 'string' },
    },
  },
  poll: { everySeconds: 300, read: readPage },
};
