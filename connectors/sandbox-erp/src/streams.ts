import {
  bookedStream,
  rejected,
  Type,
  unpackBooked,
  type ConnectorContext,
  type Delivery,
  type JsonObject,
  type Page,
  type SourceRecord,
  type Stream,
} from '@waybill/sdk';
import { documents } from './documents.js';
import { entityOf, page } from './erp-client.js';

type Ask = Parameters<NonNullable<Stream['poll']>['read']>[1];

const text = (record: JsonObject, name: string): string => String(record[name] ?? '');
/** A document's version: it is never changed, only voided. A customer's: when it was changed. */
const versionOf = (stream: string, row: JsonObject): string => (stream === 'customers' ? text(row, 'updatedAt') : text(row, 'status'));
const idOf = (stream: string, row: JsonObject): string =>
  stream === 'customers' ? `${text(row, 'entity')}/${text(row, 'number')}` : text(row, 'id');

/**
 * Reads a page of the entity's rows. Documents only ever grow at the end, so their cursor is a place in the list; what is
 * voided later comes again as a void document. Customers change in place, so their cursor is the newest change seen, read
 * again from there: an overlap of one instant, folded by the delivery id.
 */
async function readPage(context: ConnectorContext, ask: Ask): Promise<Page> {
  const limit = Math.min(ask.limit, 1000);
  const entity = entityOf(context);
  const delivery = (row: JsonObject): Delivery => ({
    id: `${ask.stream}/${idOf(ask.stream, row)}/${versionOf(ask.stream, row)}`,
    body: JSON.stringify(row),
    via: 'poll',
    stream: ask.stream,
  });
  if (ask.stream === 'postings') {
    const found = await page(context, '/documents', { entity, limit, after: ask.cursor ?? undefined });
    const within = (row: JsonObject) => (ask.since ?? '') <= text(row, 'postingDate') && text(row, 'postingDate') <= (ask.until ?? '9999');
    return { deliveries: found.items.filter(within).map(delivery), cursor: found.next, more: found.more };
  }
  const at = (ask.cursor === null ? {} : JSON.parse(ask.cursor)) as { since?: string; after?: string; newest?: string };
  const since = at.since ?? ask.since;
  const found = await page(context, '/customers', { entity, limit, updatedSince: since, after: at.after });
  const newest = found.items.map((row) => text(row, 'updatedAt')).reduce((a, b) => (a > b ? a : b), at.newest ?? since ?? '');
  const cursor = found.more ? { since, after: found.next, newest } : { since: newest };
  return { deliveries: found.items.map(delivery), cursor: JSON.stringify(cursor), more: found.more };
}

/** A row of a list becomes one record. The effect of a void is on the document it acts on; it is told apart by its kind. */
export function unpack(delivery: Delivery): SourceRecord[] {
  if (delivery.stream === bookedStream) return unpackBooked(delivery);
  const row = parsed(delivery.body);
  const stream = delivery.stream ?? (typeof row?.['kind'] === 'string' ? 'postings' : 'customers');
  const at = row && text(row, stream === 'customers' ? 'updatedAt' : 'createdAt');
  if (!row || idOf(stream, row) === '' || !at || Number.isNaN(Date.parse(at)))
    throw rejected({
      code: 'not-a-row',
      category: 'transformation',
      message: `The ERP's row in ${stream} has no id or no time.`,
      vendorWords: delivery.body,
    });
  return [
    { stream, body: row, revision: `${new Date(at).toISOString()} ${versionOf(stream, row)}`, occurredAt: new Date(at).toISOString() },
  ];
}

function parsed(body: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

const poll = { everySeconds: 60, read: readPage };

export const streams = {
  documents,
  customers: {
    title: 'Customers',
    summary: 'Customers of the entity as they are now, for keeping a customer table in step.',
    kind: 'bulk-extraction',
    schema: Type.Object({ entity: Type.String(), number: Type.String(), name: Type.String(), active: Type.Boolean() }),
    key: 'entity & "/" & number',
    becomes: 'customer@1',
    poll,
    hydrate: 'never',
  },
  postings: {
    title: 'Postings',
    summary: 'Every document as the books hold it, with its lines, in the order of its entry.',
    kind: 'bulk-extraction',
    schema: Type.Object({
      id: Type.String(),
      kind: Type.String(),
      number: Type.String(),
      externalId: Type.Union([Type.String(), Type.Null()]),
      currency: Type.String(),
      total: Type.String(),
      postingDate: Type.String(),
    }),
    key: 'id',
    poll,
    hydrate: 'never',
  },
} satisfies Record<string, Stream>;
