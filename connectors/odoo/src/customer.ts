import { rejected, type ConnectorContext, type ExactJson, type JsonObject, type Operation, type SendRequest } from '@waybill/sdk';
import { change, idOf, madeId, search } from './api.js';
import { customerInput } from './inputs.js';
import { companyOf, partnersNumbered, type Company } from './master-data.js';

async function countryOf(context: ConnectorContext, code: string): Promise<string> {
  const [row] = await search(context, { model: 'res.country', domain: [['code', '=', code]], fields: ['code'] });
  if (row?.['code'] === code) return String(row['id']);
  throw rejected({
    code: 'country-unknown',
    category: 'master-data',
    message: `Country ${code} is not in Odoo.`,
    path: '/address/country',
    cause: `country ${code} unknown`,
    remedy: 'Correct the country at the source, then replay.',
  });
}

/** Fields that the document does not have are left as they are. */
async function valuesOf(context: ConnectorContext, document: JsonObject): Promise<Record<string, ExactJson>> {
  const address = (document['address'] ?? {}) as JsonObject;
  const country = typeof address['country'] === 'string' ? await countryOf(context, address['country']) : undefined;
  return {
    name: document['name'],
    email: document['email'],
    phone: document['phone'],
    vat: document['taxNumber'],
    street: address['line1'],
    street2: address['line2'],
    city: address['city'],
    zip: address['postalCode'],
    active: document['active'],
    ...(country === undefined ? {} : { country_id: idOf(country) }),
  };
}

async function made(context: ConnectorContext, company: Company, of: { number: string; values: Record<string, ExactJson> }): Promise<string> {
  const { number, values } = of;
  const [known, other] = (await partnersNumbered(context, company, number)).filter(({ ref }) => ref === number);
  const about = `customer ${number}`;
  if (other)
    throw rejected({
      code: 'customer-ambiguous',
      category: 'master-data',
      message: `More than one contact of Odoo has the reference ${number}: ${String(known?.['name'])} and ${String(other['name'])}.`,
      path: '/number',
      cause: `${about} twice in ${company.name}`,
      remedy: 'Merge the two contacts in Odoo, then replay.',
    });
  if (known) {
    const id = String(known['id']);
    await change(context, { model: 'res.partner', method: 'write', ids: [id], company: company.id, args: { vals: values }, what: `change ${about}`, about }); // prettier-ignore
    return id;
  }
  const what = `create ${about}`;
  const vals = { ref: number, is_company: true, company_id: idOf(company.id), ...values };
  return madeId(await change(context, { model: 'res.partner', method: 'create', company: company.id, args: { vals_list: [vals] }, what, about }), what);
} // prettier-ignore

export const customer = {
  title: 'Customer',
  summary: 'A contact with address and tax number, written over by its reference.',
  kind: 'operational',
  document: 'customer',
  effects: ['create'],
  input: customerInput,
  writes: 'upsert',
  idempotency: { mode: 'lookup-only' },
  maxUpstreamSeconds: 120,
  async send(context: ConnectorContext, { document }: SendRequest) {
    const number = String(document['number']);
    const id = await made(context, await companyOf(context), { number, values: await valuesOf(context, document) });
    return { documentId: id, documentNumber: number };
  },
} satisfies Operation;
