import { isJsonObject, readExact, rejected, type Delivery, type JsonObject, type SourceRecord } from '@waybill/sdk';
import { parsed } from './api.js';
import { portalOf } from './settings.js';

/**
 * The objects that streams read. `changed` is the property that HubSpot sets with each change: contacts have a name of their own for it
 * (developers.hubspot.com, "Search the CRM"); `id` is the object type of webhooks of the newer platform.
 */
export const objects = {
  companies: { type: 'companies', word: 'company', id: '0-2', changed: 'hs_lastmodifieddate', setting: 'companyProperties', usual: ['name', 'domain', 'phone', 'address', 'city', 'state', 'zip', 'country'] },
  contacts: { type: 'contacts', word: 'contact', id: '0-1', changed: 'lastmodifieddate', setting: 'contactProperties', usual: ['email', 'firstname', 'lastname', 'phone', 'company'] },
  deals: { type: 'deals', word: 'deal', id: '0-3', changed: 'hs_lastmodifieddate', setting: 'dealProperties', usual: ['dealname', 'amount', 'deal_currency_code', 'dealstage', 'pipeline', 'closedate'] },
} as const; // prettier-ignore
export type StreamName = keyof typeof objects;
export const isStream = (name: string): name is StreamName => name in objects;

const text = (row: JsonObject, name: string): string => (typeof row[name] === 'string' ? row[name] : '');

/** When it changed, to the millisecond. `updatedAt` of a row is the same instant as its property. */
export function changedAt(row: JsonObject): string | undefined {
  const at = Date.parse(text(row, 'updatedAt'));
  return Number.isFinite(at) ? new Date(at).toISOString() : undefined;
}

export function stateId(stream: StreamName, row: JsonObject): string | undefined {
  const at = changedAt(row);
  return text(row, 'id') === '' || at === undefined ? undefined : `${stream}/${text(row, 'id')}/${at}`;
}

/** The list of events in a webhook; undefined when the body is none. */
export function eventsIn(body: string): JsonObject[] | undefined {
  try {
    const events = readExact(body);
    return Array.isArray(events) && events.length > 0 && events.every(isJsonObject) ? events : undefined;
  } catch {
    return undefined;
  }
}

/** `company.propertyChange`, or of the newer platform `object.propertyChange` with the object's type beside it. */
function streamOfEvent(event: JsonObject): StreamName | undefined {
  const [word, verb] = text(event, 'subscriptionType').split('.');
  if (!['creation', 'propertyChange', 'deletion', 'restore', 'merge'].includes(verb ?? '')) return undefined;
  return (Object.keys(objects) as StreamName[]).find((name) =>
    word === 'object' ? objects[name].id === text(event, 'objectTypeId') : objects[name].word === word,
  );
}

/** A webhook names the objects that changed, each once; a row of a poll is one object. */
export function unpack(delivery: Delivery, settings: JsonObject): SourceRecord[] {
  if (delivery.via !== 'webhook') {
    const [stream, row] = [delivery.stream ?? '', parsed(delivery.body)];
    const at = row && changedAt(row);
    if (!isStream(stream) || !row || text(row, 'id') === '' || at === undefined) throw nonsense(delivery, `row of ${stream || 'no stream'}`);
    return [{ stream, body: row, revision: at, occurredAt: at }];
  }
  const events = eventsIn(delivery.body);
  if (!events) throw nonsense(delivery, 'webhook');
  const newest = new Map<string, SourceRecord>();
  for (const event of events) {
    const stream = streamOfEvent(event);
    const portal = portalOf(settings);
    if (!stream || (portal !== undefined && text(event, 'portalId') !== portal)) continue;
    const [id, at] = [text(event, 'objectId'), Number(event['occurredAt'])];
    if (!/^\d{1,20}$/.test(id) || !(at > 0 && at < 8.64e15)) throw nonsense(delivery, 'event');
    const occurredAt = new Date(at).toISOString();
    const known = newest.get(`${stream}/${id}`);
    if (known && known.revision >= occurredAt) continue;
    const archived = text(event, 'subscriptionType').endsWith('.deletion');
    const body = { id, archived, updatedAt: occurredAt };
    newest.set(`${stream}/${id}`, { stream, body, revision: occurredAt, occurredAt, partial: true, delivery: { type: event['subscriptionType'] ?? null } });
  }
  return [...newest.values()];
} // prettier-ignore

const nonsense = (delivery: Delivery, what: string) =>
  rejected({
    code: 'not-a-record',
    category: 'transformation',
    message: `HubSpot’s ${what} names no object with an id and a time.`,
    vendorWords: delivery.body,
  });
