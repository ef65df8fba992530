import {
  isConnectorFailure,
  isJsonObject,
  rejected,
  type ConnectorContext,
  type JsonObject,
  type JsonSchema,
  type Operation,
  type Receipt,
  type SendRequest,
} from '@waybill/sdk';
import { companyOf, type Company } from './master-data.js';
import { rpc, search } from './rpc.js';

const text = (description: string, maxLength = 255): JsonSchema => ({ type: 'string', maxLength, description });
const input: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['number', 'name'],
  properties: {
    number: { ...text('Party code.', 100), minLength: 1 },
    name: { ...text('Name.'), minLength: 1 },
    email: text('Address for invoices.'),
    phone: text('Phone.', 60),
    active: { type: 'boolean', description: 'May be billed.' },
    taxNumber: text('Kept as an identifier without a type, since Tryton refuses typed ones that fail its check digit.', 60),
    address: {
      type: 'object',
      additionalProperties: false,
      properties: { street: text('Street, several lines.', 500), city: text('City.'), postalCode: text('Postal code.', 60), country: { type: 'string', pattern: '^[A-Z]{2}$' } },
    },
  },
}; // prettier-ignore

const partyFields = ['name', 'active', 'addresses', 'contact_mechanisms', 'identifiers'];
const findParty = async (context: ConnectorContext, company: Company, code: string) =>
  (
    await search(context, {
      model: 'party.party',
      domain: [
        ['code', '=', code],
        ['active', 'in', [true, false]],
      ],
      fields: partyFields,
      company: company.id,
    })
  )[0];

async function addressValues(context: ConnectorContext, address: JsonObject): Promise<JsonObject> {
  const { street, city, postalCode, country } = address;
  let countryId: number | null = null;
  if (typeof country === 'string') {
    const [row] = await search(context, { model: 'country.country', domain: [['code', '=', country]], fields: ['code'] });
    if (!row)
      throw rejected({
        code: 'country-unknown',
        category: 'master-data',
        message: `Country ${country} is not in Tryton.`,
        path: '/address/country',
        cause: `country ${country} unknown`,
        remedy: 'Import the countries into Tryton (trytond_import_countries), then replay.',
      });
    countryId = Number(row['id']);
  }
  return { street: street ?? null, city: city ?? null, postal_code: postalCode ?? null, country: countryId };
}

/** What belongs to a party, by the kind of change: made when new, written over when there. */
async function relations(context: ConnectorContext, document: JsonObject, party: JsonObject | undefined): Promise<JsonObject> {
  const values: JsonObject = {};
  const address = isJsonObject(document['address']) ? await addressValues(context, document['address']) : undefined;
  const first = (party?.['addresses'] as number[] | undefined)?.[0];
  if (address && first !== undefined) values['addresses'] = [['write', [first], address]];
  else if (first === undefined) values['addresses'] = [['create', [address ?? {}]]]; // an invoice needs one, be it empty
  const known =
    party === undefined
      ? []
      : await search(context, {
          model: 'party.contact_mechanism',
          domain: [['id', 'in', (party['contact_mechanisms'] as number[]) ?? []]],
          fields: ['type', 'value'],
          limit: 50,
        });
  const contacts = (['email', 'phone'] as const).flatMap((type) => {
    const value = document[type];
    if (typeof value !== 'string' || value === '' || known.some((one) => one['type'] === type && one['value'] === value)) return [];
    const old = known.find((one) => one['type'] === type);
    return [old ? ['write', [Number(old['id'])], { value }] : ['create', [{ type, value }]]];
  });
  if (contacts.length > 0) values['contact_mechanisms'] = contacts;
  const tax = document['taxNumber'];
  if (typeof tax === 'string' && tax !== '') {
    const there =
      party === undefined
        ? []
        : await search(context, {
            model: 'party.identifier',
            domain: [
              ['party', '=', Number(party['id'])],
              ['code', '=', tax],
            ],
            fields: ['code'],
          });
    if (there.length === 0) values['identifiers'] = [['create', [{ type: null, code: tax }]]];
  }
  return values;
}

async function upsert(context: ConnectorContext, { document }: SendRequest): Promise<Receipt> {
  const company = await companyOf(context);
  const code = String(document['number']);
  const party = await findParty(context, company, code);
  const values: JsonObject = {
    name: String(document['name']),
    active: document['active'] !== false,
    ...(await relations(context, document, party)),
  };
  if (party) {
    await rpc(context, {
      method: 'model.party.party.write',
      params: [[Number(party['id'])], values, { company: company.id }],
      what: `change customer ${code}`,
      writes: true,
    });
    return receipt(Number(party['id']), code);
  }
  const [id] = (await rpc(context, {
    method: 'model.party.party.create',
    params: [[{ code, ...values }], { company: company.id }],
    what: `create customer ${code}`,
    writes: true,
  })) as number[];
  return receipt(Number(id), code);
}

const receipt = (id: number, code: string): Receipt => ({ documentId: String(id), documentNumber: code });

export const customer: Operation = {
  title: 'Customer',
  summary: 'A party with its address, contacts and tax number; written over by code.',
  kind: 'operational',
  document: 'customer',
  effects: ['create'],
  input,
  writes: 'upsert',
  idempotency: { mode: 'unique-external-id' },
  maxUpstreamSeconds: 60,
  async send(context, request) {
    try {
      return await upsert(context, request);
    } catch (error) {
      // made by somebody else between our look and our write: now there is something to write over
      if (isConnectorFailure(error) && error.facts.code === 'party-code-taken') return upsert(context, request);
      throw error;
    }
  },
};
