import {
  isJsonObject, misconfigured, rejected,
  type ConnectorContext, type Delivery, type JsonObject, type Page, type SourceRecord, type Stream,
} from '@waybill/sdk'; // prettier-ignore
import { literal, suiteql } from './api.js';
import { setting } from './settings.js';

const pageMax = 1000; // section_157909186990
/**
 * A sweep that has reached the end begins the next one this much earlier: a long-running save may show an older time than rows
 * already read, and where the user's time zone has summer time an hour comes twice in autumn.
 */
const overlapSeconds = 70 * 60;

/** NetSuite's types of transaction by stream. */
const types = { invoices: 'CustInvc', 'credit-memos': 'CustCred', payments: 'CustPymt', 'journal-entries': 'Journal' } as const;
type StreamName = keyof typeof types;

interface Cursor {
  /** The last change that was read, as NetSuite writes it, to the second. */
  at: string;
  id: number;
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/;
const stamp = 'TO_CHAR(t.lastmodifieddate, \'YYYY-MM-DD"T"HH24:MI:SS\')';

/** One page by last change and id, so that what shares a second is not lost between two pages. Pure. */
export function pageQuery(type: string, of: { from: Cursor; until?: string; subsidiaryId?: string | undefined }): string {
  const at = literal(of.from.at);
  return [
    `SELECT t.id, t.tranid, t.otherrefnum, t.externalid, t.type, t.status, c.entityid AS customer, cur.symbol AS currency,`,
    `t.foreigntotal AS total, t.foreignamountunpaid AS unpaid, TO_CHAR(t.trandate, 'YYYY-MM-DD') AS day, p.periodname AS period, tl.subsidiary, ${stamp} AS changed`,
    `FROM transaction t JOIN transactionline tl ON tl.transaction = t.id AND tl.mainline = 'T'`,
    `LEFT JOIN customer c ON c.id = t.entity LEFT JOIN currency cur ON cur.id = t.currency LEFT JOIN accountingperiod p ON p.id = t.postingperiod`,
    `WHERE t.type = ${literal(type)}`,
    ...(of.subsidiaryId === undefined ? [] : [`AND tl.subsidiary = ${literal(of.subsidiaryId)}`]),
    `AND (${stamp} > ${at} OR (${stamp} = ${at} AND t.id > ${of.from.id}))`,
    ...(of.until === undefined ? [] : [`AND ${stamp} < ${literal(of.until)}`]),
    `ORDER BY ${stamp}, t.id`,
  ].join(' ');
}

async function readPage(context: ConnectorContext, ask: Parameters<NonNullable<Stream['poll']>['read']>[1]): Promise<Page> {
  const from = ask.cursor === null ? { at: secondOf(ask.since ?? '2000-01-01'), id: 0 } : cursorOf(ask.cursor);
  const limit = Math.min(ask.limit, pageMax);
  const q = pageQuery(types[ask.stream as StreamName], {
    from,
    subsidiaryId: setting(context.settings, 'subsidiaryId'),
    ...(ask.until === undefined ? {} : { until: secondOf(ask.until, 86_400) }),
  });
  const rows = await suiteql(context, q, { what: `read ${ask.stream}`, limit });
  const last = rows.at(-1);
  const at = last ? String(last['changed']) : from.at;
  const more = rows.length === limit;
  const next: Cursor = more && last ? { at, id: Number(last['id']) } : { at: last ? secondOf(at, -overlapSeconds) : at, id: 0 };
  return { deliveries: rows.map((row) => deliveryOf(ask.stream, row)), cursor: JSON.stringify(next), more };
}

function deliveryOf(stream: string, row: JsonObject): Delivery {
  const body = {
    id: row['id'] ?? null,
    number: row['tranid'] ?? null,
    source: row['otherrefnum'] ?? null,
    key: row['externalid'] ?? null,
    status: row['status'] ?? null,
    customer: row['customer'] ?? null,
    currency: row['currency'] ?? null,
    total: row['total'] ?? null,
    open: row['unpaid'] ?? null,
    date: row['day'] ?? null,
    period: row['period'] ?? null,
    subsidiary: row['subsidiary'] ?? null,
    changedAt: row['changed'] ?? null,
  };
  return { id: `${stream}/${String(row['id'])}/${String(row['changed'])}`, body: JSON.stringify(body), via: 'poll', stream };
}

/** One row is one record. Its time is the text that NetSuite wrote; it is UTC when the integration's user has the time zone GMT. */
export function unpack(delivery: Delivery): SourceRecord[] {
  const body = parsed(delivery.body);
  const [changedAt, stream] = [body?.['changedAt'], delivery.stream];
  if (
    !body ||
    typeof body['id'] !== 'string' ||
    typeof changedAt !== 'string' ||
    !instant.test(changedAt) ||
    stream === undefined ||
    !(stream in types)
  )
    throw rejected({
      code: 'body-not-a-row',
      category: 'transformation',
      message: 'The body is not a row as the poll reads it: it has no id, no time or no stream.',
      remedy: 'Poll again from an older date.',
    });
  return [{ stream, body, revision: changedAt, occurredAt: `${changedAt}Z` }];
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A day or a time as NetSuite's text, to the second, moved by some seconds. */
function secondOf(text: string, seconds = 0): string {
  const at = Date.parse(instant.test(text) ? `${text}Z` : text);
  if (Number.isFinite(at)) return new Date(at + seconds * 1000).toISOString().slice(0, 19);
  throw misconfigured({
    code: 'date-unreadable',
    message: `${text} is not a date such as 2026-11-23.`,
    remedy: 'Give the range as ISO 8601 dates.',
  });
}

function cursorOf(text: string): Cursor {
  const found = parsed(text);
  const [at, id] = [found?.['at'], found?.['id']];
  if (typeof at === 'string' && instant.test(at) && typeof id === 'number' && Number.isSafeInteger(id) && id >= 0) return { at, id };
  throw misconfigured({
    code: 'cursor-unreadable',
    message: `The stored cursor ${text.slice(0, 80)} is not one of this connector.`,
    remedy: 'Start a backfill from a date.',
  });
}

const stream = (title: string, summary: string): Stream => ({
  title,
  summary,
  kind: 'bulk-extraction',
  key: 'id',
  hydrate: 'never',
  schema: {
    type: 'object',
    required: ['id', 'number', 'currency', 'total'],
    properties: {
      id: { type: 'string' },
      number: { type: ['string', 'null'] },
      key: { type: ['string', 'null'], description: 'Our external id, where we posted it.' },
      currency: { type: ['string', 'null'] },
      total: { type: ['string', 'null'] },
      open: { type: ['string', 'null'] },
    },
  },
  poll: { everySeconds: 300, read: readPage },
});

export const streams = {
  invoices: stream('Invoices', 'Invoices as the books hold them, with total and open amount, for reconciliation.'),
  'credit-memos': stream('Credit memos', 'Credit memos as the books hold them, for reconciliation.'),
  payments: stream('Payments', 'Customer payments as the books hold them, for reconciliation.'),
  'journal-entries': stream('Journal entries', 'Journal entries as the books hold them, refunds among them, for reconciliation.'),
} satisfies Record<StreamName, Stream>;
