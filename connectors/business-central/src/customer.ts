import {
  isConnectorFailure,
  isJsonObject,
  type ConnectorContext,
  type JsonObject,
  type Operation,
  type Receipt,
  type SendRequest,
} from '@waybill/sdk';
import { change, create, etagOf, list } from './api.js';
import { customerInput } from './inputs.js';
import { literal } from './keys.js';
import type { ExactObject } from './wire.js';

function bodyOf(document: JsonObject): ExactObject {
  const address = isJsonObject(document['address']) ? document['address'] : {};
  const fields: Record<string, unknown> = {
    displayName: document['name'],
    email: document['email'],
    phoneNumber: document['phone'],
    taxRegistrationNumber: document['taxNumber'],
    currencyCode: document['currency'],
    addressLine1: address['line1'],
    addressLine2: address['line2'],
    city: address['city'],
    state: address['region'],
    postalCode: address['postalCode'],
    country: address['country'],
  };
  return {
    type: 'Company',
    ...Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))),
  };
}

async function upsert(context: ConnectorContext, { document }: SendRequest): Promise<Receipt> {
  const number = String(document['number']);
  const [there] = await list(context, 'customers', { filter: `number eq ${literal(number)}`, top: 1 }, `look customer ${number} up`);
  const of = { what: `write customer ${number}`, about: `customer ${number}` };
  const written = there
    ? await change(context, `customers(${String(there['id'])})`, bodyOf(document), { ...of, etag: etagOf(there) })
    : await create(context, 'customers', { number, ...bodyOf(document) }, of);
  return { documentId: String(written['id']), documentNumber: String(written['number'] ?? number) };
}

export const customer: Operation = {
  title: 'Customer',
  summary: 'A customer with address, currency and tax number; written over by its number. What blocks a customer stays as finance set it.',
  kind: 'operational',
  document: 'customer',
  effects: ['create'],
  input: customerInput,
  writes: 'upsert',
  idempotency: { mode: 'unique-external-id' },
  maxUpstreamSeconds: 600,
  async send(context, request) {
    try {
      return await upsert(context, request);
    } catch (error) {
      // made by somebody else between our look and our write: now there is something to write over
      if (isConnectorFailure(error) && error.facts.category === 'duplicate') return upsert(context, request);
      throw error;
    }
  },
};
