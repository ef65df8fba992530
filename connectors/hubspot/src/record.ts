import {
  inDoubt,
  isConnectorFailure,
  isJsonObject,
  rejected,
  Type,
  type ConnectorContext,
  type JsonObject,
  type Operation,
  type Receipt,
} from '@waybill/sdk';
import { read, write } from './api.js';

const objectType = Type.String({
  title: 'Object',
  description: 'companies, contacts, deals, or the name or type id of an object of your own.',
  pattern: '^[A-Za-z0-9_-]{1,100}$',
});
const property = { pattern: '^[a-z][a-z0-9_]{0,99}$' };
const externalId = Type.String({ title: 'External id', minLength: 1, maxLength: 255 });
const reference = { object: objectType, idProperty: Type.String({ title: 'Property of the external id', ...property }), id: externalId }; // prettier-ignore

interface Reference {
  object: string;
  idProperty: string;
  id: string;
}

/** The record's own id by an external one. Throws `master-data` when there is none: nothing is written beside nobody. */
async function idOf(context: ConnectorContext, of: Reference): Promise<string> {
  const found = await readBy(context, of);
  if (found) return String(found['id']);
  throw rejected({
    code: 'record-missing',
    category: 'master-data',
    message: `HubSpot has no record of ${of.object} whose ${of.idProperty} is ${of.id}.`,
    cause: `${of.object} ${of.id} missing in HubSpot`,
    remedy: 'Fill the property in on the record in HubSpot, or let the flow of customers make it, then replay.',
  });
}

/** The record with this value of a unique property; undefined when there is none. */
export async function readBy(context: ConnectorContext, { object, idProperty, id }: Reference, properties: string[] = []): Promise<JsonObject | undefined> {
  try {
    const query = { idProperty, properties: [idProperty, ...properties].join(',') };
    const row = await read(context, `/crm/v3/objects/${encodeURIComponent(object)}/${encodeURIComponent(id)}`, query, `read ${object} ${id}`);
    if (typeof row['id'] === 'string' && isJsonObject(row['properties']) && row['properties'][idProperty] === id) return row;
    throw rejected({ code: 'answer-makes-no-sense', category: 'api-failure', message: `HubSpot was asked for ${object} ${id} and named another.` });
  } catch (error) {
    if (isConnectorFailure(error) && error.facts.httpStatus === 404) return undefined;
    throw error;
  }
} // prettier-ignore

/** HubSpot takes text alone; empty text clears a property (developers.hubspot.com, "Properties"). */
const written = (properties: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      value === null || value === undefined ? '' : String(value as string | boolean),
    ]),
  );

async function send(context: ConnectorContext, { document }: { document: JsonObject }): Promise<Receipt> {
  const of = { object: String(document['object']), idProperty: String(document['idProperty']), id: String(document['id']) };
  const beside = (Array.isArray(document['beside']) ? document['beside'] : []).filter(isJsonObject) as unknown as Reference[];
  const ids: string[] = [];
  for (const one of beside) ids.push(await idOf(context, one));
  const input = { idProperty: of.idProperty, id: of.id, properties: { ...written(document['properties'] as JsonObject), [of.idProperty]: of.id } };
  const call = { what: `write ${of.object} ${of.id}`, about: `${of.object} ${of.id}` };
  const answer = await write(context, { method: 'POST', path: `/crm/v3/objects/${encodeURIComponent(of.object)}/batch/upsert`, body: { inputs: [input] } }, call);
  const row = Array.isArray(answer['results']) ? answer['results'].find(isJsonObject) : undefined;
  if (typeof row?.['id'] !== 'string')
    throw inDoubt({ code: 'answer-without-record', message: `HubSpot took "${call.what}" and named no record.`, vendorWords: JSON.stringify(answer) });
  for (const [n, one] of beside.entries())
    await write(
      context,
      { method: 'PUT', path: `/crm/v4/objects/${encodeURIComponent(of.object)}/${row['id']}/associations/default/${encodeURIComponent(one.object)}/${ids[n]}` },
      { what: `show ${of.object} ${of.id} beside ${one.object} ${one.id}`, about: `${of.object} ${of.id}` },
    );
  return { documentId: row['id'], documentNumber: of.id, details: { object: of.object, created: row['new'] === true } };
} // prettier-ignore

/** Every part of it may be done again: the record is written over, and records that stand beside each other already stay so. */
export const record = {
  title: 'Record',
  summary: 'A record of any object, written over by a unique property, and shown beside others: billing’s status beside the company.',
  kind: 'operational',
  document: 'record',
  effects: ['create'],
  input: Type.Object(
    {
      ...reference,
      properties: Type.Record(Type.String(property), Type.Union([Type.String({ maxLength: 65_000 }), Type.Boolean(), Type.Null()]), {
        title: 'Properties',
        description: 'By their internal names. Numbers and amounts as text, dates as 2026-11-23.',
        minProperties: 1,
        maxProperties: 500,
        additionalProperties: false,
      }),
      beside: Type.Optional(Type.Array(Type.Object(reference, { additionalProperties: false }), { title: 'Beside', description: 'Records that it is shown beside; each must be there.', maxItems: 10 })),
    },
    { additionalProperties: false },
  ),
  writes: 'upsert',
  idempotency: { mode: 'unique-external-id' },
  maxUpstreamSeconds: 90,
  send,
} satisfies Operation; // prettier-ignore
