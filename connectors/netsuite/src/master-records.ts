import { isJsonObject, type ConnectorContext, type JsonObject, type Operation, type Receipt, type SendRequest } from '@waybill/sdk';
import { upsertRecord } from './api.js';
import { externalIdOf } from './external-id.js';
import { customerInput, itemInput } from './inputs.js';
import { resolve, type Reference } from './references.js';
import { setting } from './settings.js';
import { type ExactObject } from './wire.js';

const kept = {
  kind: 'operational',
  effects: ['create'],
  writes: 'upsert',
  idempotency: { mode: 'unique-external-id' },
  maxUpstreamSeconds: 900,
} as const;
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const given = (entries: Record<string, string | undefined>): ExactObject =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));

function addressBook(address: JsonObject): ExactObject {
  const country = text(address['country']);
  const lines = given({
    addr1: text(address['line1']),
    addr2: text(address['line2']),
    city: text(address['city']),
    state: text(address['region']),
    zip: text(address['postalCode']),
  });
  const one = { ...lines, ...(country === undefined ? {} : { country: { id: country } }) };
  return { items: [{ defaultBilling: true, defaultShipping: true, addressBookAddress: one }] };
}

/** `PUT eid:` writes the customer over, or makes it. A customer that finance made inactive stays so: only `active: false` is sent. */
async function sendCustomer(context: ConnectorContext, { document }: SendRequest): Promise<Receipt> {
  const number = String(document['number']);
  const currency = text(document['currency']);
  const references: Reference[] = currency === undefined ? [] : [{ kind: 'currency', code: currency, path: '/currency' }];
  const ids = references.length === 0 ? undefined : await resolve(context, { references });
  const subsidiary = setting(context.settings, 'subsidiaryId');
  const address = document['address'];
  const body: ExactObject = {
    entityId: number,
    isPerson: false,
    companyName: String(document['name']),
    ...given({ email: text(document['email']), phone: text(document['phone']), vatRegNumber: text(document['taxNumber']) }),
    ...(subsidiary === undefined ? {} : { subsidiary: { id: subsidiary } }),
    ...(ids && currency !== undefined ? { currency: { id: ids.id('currency', currency) } } : {}),
    ...(document['active'] === false ? { isInactive: true } : {}),
    ...(isJsonObject(address) ? { addressBook: addressBook(address) } : {}),
  };
  const of = { what: `write customer ${number}`, about: `customer ${number}` };
  // without `replace` each write would add its address to those that are there
  const id = await upsertRecord(context, 'customer', externalIdOf(number), body, {
    ...of,
    ...(isJsonObject(address) ? { replace: 'addressBook' } : {}),
  });
  return { documentId: id, documentNumber: number };
}

async function sendItem(context: ConnectorContext, { document }: SendRequest): Promise<Receipt> {
  const code = String(document['code']);
  const deferred = text(document['deferredAccount']);
  const references: Reference[] = [
    { kind: 'account', code: String(document['incomeAccount']), path: '/incomeAccount' },
    ...(deferred === undefined ? [] : [{ kind: 'account' as const, code: deferred, path: '/deferredAccount' }]),
  ];
  const ids = await resolve(context, { references });
  const subsidiary = setting(context.settings, 'subsidiaryId');
  const body: ExactObject = {
    itemId: code,
    ...given({ displayName: text(document['name']), salesDescription: text(document['description']) }),
    incomeAccount: { id: ids.id('account', document['incomeAccount']) },
    ...(deferred === undefined ? {} : { deferredRevenueAccount: { id: ids.id('account', deferred) } }),
    ...(subsidiary === undefined ? {} : { subsidiary: { items: [{ id: subsidiary }] } }),
  };
  const id = await upsertRecord(context, 'serviceSaleItem', externalIdOf(code), body, {
    what: `write item ${code}`,
    about: `item ${code}`,
  });
  return { documentId: id, documentNumber: code };
}

export const customer: Operation = {
  ...kept,
  title: 'Customer',
  summary: 'A customer with address, currency and tax number; written over by its number, which is its external id.',
  document: 'customer',
  input: customerInput,
  send: sendCustomer,
};

export const item: Operation = {
  ...kept,
  title: 'Item',
  summary: 'A service item for sale with its income account; written over by its name, which is its external id.',
  document: 'item',
  input: itemInput,
  send: sendItem,
};
