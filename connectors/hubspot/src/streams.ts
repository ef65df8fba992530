import {
  isConnectorFailure,
  isJsonObject,
  misconfigured,
  retryable,
  Type,
  type ConnectorContext,
  type Delivery,
  type JsonObject,
  type Page,
  type SourceRecord,
  type Stream,
} from '@waybill/sdk';
import { read, search } from './api.js';
import { isStream, objects, stateId, type StreamName } from './records.js';
import { propertiesOf } from './settings.js';

type Ask = Parameters<NonNullable<Stream['poll']>['read']>[1];

/** The search finds what changed a while after it changed (developers.hubspot.com, "Search the CRM": "a few moments"). */
const overlapMs = 5 * 60_000;
/** Source: the same page: at most 200 rows a page. */
const rowsMax = 200;

/**
 * From a time on; with `id`, within that one instant behind this id. The search pages by offset, and a record that changes meanwhile moves to the end and
 * moves all others up by one: so no offset is used. Each page begins at the time where the one before ended.
 */
interface Cursor {
  at: string;
  id?: string;
}

const propertiesFor = (settings: JsonObject, name: StreamName): string[] => [
  ...new Set([...objects[name].usual, objects[name].changed, ...propertiesOf(settings, objects[name].setting)]),
];

/** One page of a search. Pure. */
export function pageQuery(name: StreamName, of: { from: Cursor; until?: string; limit: number; properties: string[] }): JsonObject {
  const { changed } = objects[name];
  const filters =
    of.from.id === undefined
      ? [{ propertyName: changed, operator: 'GTE', value: String(Date.parse(of.from.at)) }]
      : [
          { propertyName: changed, operator: 'EQ', value: String(Date.parse(of.from.at)) },
          { propertyName: 'hs_object_id', operator: 'GT', value: of.from.id },
        ];
  const end = of.until === undefined ? [] : [{ propertyName: changed, operator: 'LT', value: String(Date.parse(of.until)) }];
  return {
    filterGroups: [{ filters: [...filters, ...end] }],
    sorts: [{ propertyName: of.from.id === undefined ? changed : 'hs_object_id', direction: 'ASCENDING' }],
    properties: of.properties,
    limit: of.limit,
  };
}

async function readPage(context: ConnectorContext, ask: Ask): Promise<Page> {
  if (!isStream(ask.stream)) throw misconfigured({ code: 'no-such-stream', message: `There is no stream ${ask.stream}.` });
  const name = ask.stream;
  const from = ask.cursor === null ? { at: instant(ask.since ?? '2000-01-01') } : cursorOf(ask.cursor);
  const limit = Math.min(ask.limit, rowsMax);
  const query = pageQuery(name, { from, limit, properties: propertiesFor(context.settings, name), ...(ask.until === undefined ? {} : { until: endOf(ask.until) }) });
  const { results } = await search(context, `/crm/v3/objects/${objects[name].type}/search`, query, `search ${name}`);
  if (!Array.isArray(results) || !results.every(isJsonObject)) throw retryable({ code: 'answer-without-list', message: `HubSpot was asked to search ${name} and gave no list.` });
  const deliveries = results.map((row): Delivery => {
    const id = stateId(name, row);
    if (id === undefined) throw retryable({ code: 'row-without-time', message: `HubSpot listed one of ${name} without an id or a time.` });
    return { id, body: JSON.stringify(row), via: 'poll', stream: name };
  });
  const next = nextOf(from, results, results.length === limit);
  return { deliveries, cursor: JSON.stringify(next.cursor), more: next.more };
} // prettier-ignore

/** Where the next page begins. A page that is one instant from end to end goes on within it, by id; an instant that ended, a millisecond later. Pure. */
export function nextOf(from: Cursor, rows: readonly JsonObject[], full: boolean): { cursor: Cursor; more: boolean } {
  const last = rows.at(-1);
  if (from.id !== undefined) {
    if (full && last) return { cursor: { at: from.at, id: String(last['id']) }, more: true };
    return { cursor: { at: new Date(Date.parse(from.at) + 1).toISOString() }, more: true };
  }
  if (!last) return { cursor: from, more: false };
  const at = instant(String(last['updatedAt']));
  if (!full) return { cursor: { at: new Date(Date.parse(at) - overlapMs).toISOString() }, more: false };
  return { cursor: at === from.at ? { at, id: '0' } : { at }, more: true };
}

/** The object as it is now. One that was deleted is asked for among the archived; one that is gone for good stays as the webhook told it. */
async function complete(context: ConnectorContext, record: SourceRecord): Promise<SourceRecord> {
  const name = record.stream as StreamName;
  const id = String(record.body['id']);
  const path = `/crm/v3/objects/${objects[name].type}/${encodeURIComponent(id)}`;
  for (const archived of record.body['archived'] === true ? ['true', 'false'] : ['false', 'true']) {
    try {
      const query = { properties: propertiesFor(context.settings, name).join(','), archived };
      const row = await read(context, path, query, `read ${objects[name].word} ${id}`);
      if (row['id'] === id) return { ...record, body: row, partial: false };
      throw retryable({ code: 'answer-of-another', message: `HubSpot was asked for ${objects[name].word} ${id} and named another.` });
    } catch (error) {
      if (!isConnectorFailure(error) || error.facts.httpStatus !== 404) throw error;
    }
  }
  return { ...record, body: { ...record.body, archived: true }, partial: false };
}

function instant(text: string): string {
  const at = Date.parse(text);
  if (Number.isFinite(at)) return new Date(at).toISOString();
  throw misconfigured({
    code: 'date-unreadable',
    message: `${text} is not a date such as 2026-11-23.`,
    remedy: 'Give the range as ISO 8601 dates.',
  });
}

/** A day is included to its end. */
const endOf = (until: string): string => new Date(Date.parse(instant(until)) + (until.length === 10 ? 86_400_000 : 1)).toISOString();

function cursorOf(given: string): Cursor {
  try {
    const { at, id } = JSON.parse(given) as Cursor;
    if (typeof at === 'string' && Number.isFinite(Date.parse(at)) && (id === undefined || /^\d{1,20}$/.test(id)))
      return { at, ...(id === undefined ? {} : { id }) };
  } catch {
    // falls through to the sentence below
  }
  throw misconfigured({
    code: 'cursor-unreadable',
    message: `The stored cursor ${given.slice(0, 80)} is not one of this connector.`,
    remedy: 'Start a backfill from a date.',
  });
}

const stream = (title: string, summary: string, becomes?: string): Stream => ({
  title,
  summary,
  kind: 'operational',
  key: 'id',
  ...(becomes === undefined ? {} : { becomes }),
  schema: Type.Object({ id: Type.String() }),
  hydrate: 'stale',
  complete,
  poll: { everySeconds: 300, read: readPage },
});

export const streams = {
  companies: stream('Companies', 'Companies as they are now; a deleted one is archived.', 'customer@1'),
  contacts: stream('Contacts', 'People as they are now; a deleted one is archived.'),
  deals: stream('Deals', 'Deals as they are now, with stage and amount; a deleted one is archived.'),
} satisfies Record<StreamName, Stream>;
