import {
  amountOf,
  isConnectorFailure,
  isJsonObject,
  money,
  type ExactJson,
  type JsonObject,
  type JsonSchema,
  type Operation,
} from '@waybill/sdk';
import { upsert } from './api.js';
import { instanceOf } from './settings.js';

const name: JsonSchema = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_]{0,79}$' };
const amount: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['number'],
  properties: { number: { type: 'string', pattern: '^-?\\d{1,30}(\\.\\d{1,20})?$' } },
  description: 'An amount or quantity, {"number": "562.82"}: sent as a JSON number with every digit it has.',
};
const relation: JsonSchema = {
  type: 'object',
  minProperties: 1,
  maxProperties: 1,
  propertyNames: { pattern: '^[A-Z][A-Za-z0-9_]{0,79}$' },
  additionalProperties: { type: 'string', maxLength: 255 },
  description: 'Another record by an external id of it: {"Billing_Id__c": "cus_1"} in the field Account__r.',
};
const value: JsonSchema = { anyOf: [{ type: ['string', 'boolean', 'null'] }, amount, relation] };

const input: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['object', 'externalIdField', 'externalId', 'fields'],
  properties: {
    object: { ...name, title: 'Object', description: 'API name: Account, Invoice__c.' },
    externalIdField: { ...name, title: 'External id field', description: 'API name of a unique external id field of the object.' },
    externalId: { type: 'string', minLength: 1, maxLength: 255, title: 'External id' },
    fields: { type: 'object', minProperties: 1, maxProperties: 500, propertyNames: name, additionalProperties: value, title: 'Fields' },
  },
};

/**
 * Two writes of one external id at the same moment may both try to insert, and one gets DUPLICATE_VALUE: then there is something to write over.
 * A flow orders by that id, so this is a race with somebody else.
 */
export const record: Operation = {
  title: 'Record',
  summary: 'A record of any object, written over by an external id: payment, dunning and credit status beside the account.',
  kind: 'operational',
  document: 'record',
  effects: ['create'],
  input,
  writes: 'upsert',
  idempotency: { mode: 'unique-external-id' },
  maxUpstreamSeconds: 120,
  async send(context, { document }) {
    const of = {
      object: String(document['object']),
      field: String(document['externalIdField']),
      value: String(document['externalId']),
      fields: written(document['fields'] as JsonObject),
    };
    const write = () => upsert(context, of);
    const { id, created } = await write().catch((error: unknown) => {
      if (isConnectorFailure(error) && error.facts.code === 'DUPLICATE_VALUE') return write();
      throw error;
    });
    return {
      documentId: id,
      documentNumber: of.value,
      url: `${instanceOf(context.settings)}/${id}`,
      details: { object: of.object, created },
    };
  },
};

/** Fields as they go out: an amount becomes a JSON number, digit by digit. */
const written = (fields: JsonObject): { [field: string]: ExactJson } =>
  Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      field,
      isJsonObject(value) && money.isDecimal(value['number']) ? amountOf(money.add(value['number'])) : value,
    ]),
  );

export const operations = { record } satisfies Record<string, Operation>;
