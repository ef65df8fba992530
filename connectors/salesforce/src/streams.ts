import {
  isJsonObject,
  misconfigured,
  rejected,
  type ConnectorContext,
  type Delivery,
  type JsonObject,
  type Page,
  type SourceRecord,
  type Stream,
} from '@waybill/sdk';
import { literal, soql } from './api.js';

const pageMax = 200; // FIELDS(ALL) allows no more (soql FIELDS)
/** A record gets its time before its transaction ends, so a younger one may become visible before it. */
const overlapMs = 5 * 60_000;

/** The objects that streams read, by their stream. */
const objects = {
  accounts: 'Account',
  contacts: 'Contact',
  contracts: 'Contract',
  opportunities: 'Opportunity',
  orders: 'Order',
  products: 'Product2',
} as const;
type StreamName = keyof typeof objects;

interface Cursor {
  at: string;
  id: string;
}

/** One page by change and id, so that what shares an instant is not lost between two pages. Pure. */
export function pageQuery(object: string, of: { from: Cursor; until?: string; limit: number }): string {
  const until = of.until === undefined ? '' : ` AND SystemModstamp < ${of.until}`;
  const after = `(SystemModstamp > ${of.from.at} OR (SystemModstamp = ${of.from.at} AND Id > ${literal(of.from.id)}))`;
  return `SELECT FIELDS(ALL) FROM ${object} WHERE ${after}${until} ORDER BY SystemModstamp, Id LIMIT ${of.limit}`;
}

async function readPage(context: ConnectorContext, ask: Parameters<NonNullable<Stream['poll']>['read']>[1]): Promise<Page> {
  const from = ask.cursor === null ? { at: instant(ask.since ?? '2000-01-01'), id: '' } : cursorOf(ask.cursor);
  const limit = Math.min(ask.limit, pageMax);
  const until = ask.until === undefined ? {} : { until: instant(ask.until, 86_400_000) };
  const rows = await soql(context, pageQuery(objects[ask.stream as StreamName], { from, limit, ...until }), `read ${ask.stream}`);
  const last = rows.at(-1);
  const more = rows.length === limit;
  const at = last ? instant(String(last['SystemModstamp'])) : from.at;
  const next: Cursor = more && last ? { at, id: String(last['Id']) } : last ? { at: instant(at, -overlapMs), id: '' } : from;
  return { deliveries: rows.map((row) => deliveryOf(ask.stream, row)), cursor: JSON.stringify(next), more };
}

function deliveryOf(stream: string, row: JsonObject): Delivery {
  const { attributes: _, ...body } = row;
  return { id: `${stream}/${String(row['Id'])}/${String(row['SystemModstamp'])}`, body: JSON.stringify(body), via: 'poll', stream };
}

export function unpack(delivery: Delivery): SourceRecord[] {
  const body = parsedObject(delivery.body);
  const [changed, stream] = [body?.['SystemModstamp'], delivery.stream];
  if (
    !body ||
    typeof body['Id'] !== 'string' ||
    typeof changed !== 'string' ||
    !isInstant(changed) ||
    stream === undefined ||
    !(stream in objects)
  )
    throw rejected({
      code: 'body-not-a-record',
      category: 'transformation',
      message: 'The body is not a record as the poll reads it: it has no Id, no time or no stream.',
      remedy: 'Poll again from an older date.',
    });
  return [{ stream, body, revision: instant(changed), occurredAt: instant(changed) }];
}

function parsedObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isInstant = (text: string): boolean => /^\d{4}-\d\d-\d\dT/.test(text) && Number.isFinite(Date.parse(text.replace(/\+0000$/, 'Z')));

/** `2026-11-20T10:00:00.000+0000`, as Salesforce writes it, or a day, as an instant in UTC. */
function instant(text: string, laterMs = 0): string {
  const at = Date.parse(text.replace(/\+0000$/, 'Z'));
  if (Number.isFinite(at)) return new Date(at + laterMs).toISOString();
  throw misconfigured({
    code: 'date-unreadable',
    message: `${text} is not a date such as 2026-11-23.`,
    remedy: 'Give the range as ISO 8601 dates.',
  });
}

function cursorOf(text: string): Cursor {
  const found = parsedObject(text);
  const [at, id] = [found?.['at'], found?.['id']];
  if (typeof at === 'string' && isInstant(at) && typeof id === 'string' && /^[A-Za-z0-9]{0,18}$/.test(id)) return { at, id };
  throw misconfigured({
    code: 'cursor-unreadable',
    message: `The stored cursor ${text.slice(0, 80)} is not one of this connector.`,
    remedy: 'Start a backfill from a date.',
  });
}

const stream = (title: string, summary: string, becomes?: string): Stream => ({
  title,
  summary,
  kind: 'operational',
  key: 'Id',
  hydrate: 'never',
  ...(becomes === undefined ? {} : { becomes }),
  schema: {
    type: 'object',
    required: ['Id', 'SystemModstamp'],
    properties: { Id: { type: 'string' }, SystemModstamp: { type: 'string' } },
  },
  poll: { everySeconds: 300, read: readPage },
});

export const streams = {
  accounts: stream('Accounts', 'Companies as they are now, with all fields of their own.', 'customer@1'),
  contacts: stream('Contacts', 'People at accounts as they are now.'),
  contracts: stream('Contracts', 'Contracts as they are now: terms of a CPQ for billing.', 'contract@1'),
  opportunities: stream('Opportunities', 'Opportunities as they are now, with stage and amount.'),
  orders: stream('Orders', 'Orders as they are now.'),
  products: stream('Products', 'Products as they are now.', 'product@1'),
} satisfies Record<StreamName, Stream>;
