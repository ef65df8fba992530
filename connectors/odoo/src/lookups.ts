import { isConnectorFailure, Type, type ConnectorContext, type JsonObject, type JsonSchema, type Lookup } from '@waybill/sdk';
import { idOf, nameIn, search, textIn, type Domain } from './api.js';
import { companyOf, partnersNumbered, type Company } from './master-data.js';

const by = (name: string, title: string): JsonSchema =>
  Type.Object({ [name]: Type.String({ title, minLength: 1, maxLength: 255 }) }, { additionalProperties: false });

/** The one row whose own field equals the question; an active one before an archived one. */
function lookup(of: {
  title: string;
  summary: string;
  model: string;
  name: string;
  says: string;
  field: string;
  fields: string[];
  more?: (company: Company) => Domain;
  show: (row: JsonObject) => JsonObject;
}): Lookup {
  return {
    title: of.title,
    summary: of.summary,
    by: by(of.name, of.says),
    async run(context, asked) {
      const company = await companyOf(context);
      const value = String(asked[of.name]);
      const rows = await search(context, {
        model: of.model,
        domain: [[of.field, '=', value], ...(of.more?.(company) ?? [])],
        fields: [of.field, ...of.fields],
        limit: 10,
        company: company.id,
      });
      const same = rows.filter((row) => row[of.field] === value);
      const row = same.find(({ active }) => active !== false) ?? same[0];
      return row ? of.show(row) : null;
    },
  };
}

const ofCompany = ({ id }: Company): Domain => [['company_id', '=', idOf(id)]];

const customer: Lookup = {
  title: 'Customer',
  summary: 'A contact by its reference, archived or not: { number, name, active, id }.',
  by: by('number', 'Reference of the contact'),
  async run(context, asked) {
    const number = String(asked['number']);
    const rows = (await partnersNumbered(context, await companyOf(context), number)).filter(({ ref }) => ref === number);
    const row = rows.find(({ active }) => active === true) ?? rows[0];
    return row ? { number, name: row['name'], active: row['active'], id: row['id'] } : null;
  },
};

const period: Lookup = {
  title: 'Period',
  summary: 'Whether the books are open on a date, for sales with tax and for other entries: { date, sales, entries, lockedUntil }.',
  by: Type.Object({ date: Type.String({ title: 'Date', format: 'date' }) }, { additionalProperties: false }),
  async run(context: ConnectorContext, asked: JsonObject) {
    const { locked } = await companyOf(context);
    const date = String(asked['date']);
    const open = (until: string | undefined): boolean => until === undefined || date > until;
    return { date, sales: open(locked['taxed-sale']), entries: open(locked.entry), lockedUntil: locked['taxed-sale'] ?? null };
  },
};

const company: Lookup = {
  title: 'Company',
  summary: 'The company of this connection: { id, name, currency }.',
  by: Type.Object({}, { additionalProperties: false }),
  async run(context) {
    try {
      const { id, name, currency } = await companyOf(context);
      return { id, name, currency };
    } catch (error) {
      if (isConnectorFailure(error) && error.facts.code === 'company-unknown') return null;
      throw error;
    }
  },
};

export const lookups = {
  customer,
  company,
  invoice: lookup({
    title: 'Invoice', summary: 'A posted invoice by the biller’s number: { number, name, id, total, open, currency, state }.',
    model: 'account.move', name: 'number', says: 'Number of the biller', field: 'ref',
    fields: ['name', 'amount_total', 'amount_residual', 'currency_id', 'payment_state'],
    more: (of) => [...ofCompany(of), ['move_type', '=', 'out_invoice'], ['state', '=', 'posted']],
    show: (row) => ({ number: row['ref'], name: row['name'], id: row['id'], total: row['amount_total'], open: row['amount_residual'], currency: nameIn(row['currency_id']) ?? null, state: row['payment_state'] }),
  }),
  account: lookup({
    title: 'Account', summary: 'An account by its code: { code, name, active }.',
    model: 'account.account', name: 'code', says: 'Account code', field: 'code', fields: ['name', 'active'],
    more: ({ id }) => [['company_ids', 'in', [idOf(id)]]],
    show: (row) => ({ code: row['code'], name: row['name'], active: row['active'] }),
  }),
  item: lookup({
    title: 'Item', summary: 'A product by its internal reference: { code, name, active }.',
    model: 'product.product', name: 'code', says: 'Internal reference', field: 'default_code', fields: ['name', 'active'],
    more: ({ id }) => [['company_id', 'in', [false, idOf(id)]]],
    show: (row) => ({ code: row['default_code'], name: row['name'], active: row['active'] }),
  }),
  'tax-code': lookup({
    title: 'Tax', summary: 'A sales tax by its name: { taxCode, rate, active }, the rate in percent.',
    model: 'account.tax', name: 'taxCode', says: 'Name of the tax', field: 'name', fields: ['amount', 'active'],
    more: (of) => [...ofCompany(of), ['type_tax_use', '=', 'sale']],
    show: (row) => ({ taxCode: row['name'], rate: row['amount'], active: row['active'] }),
  }),
  journal: lookup({
    title: 'Journal', summary: 'A journal by its code: { code, name, type, active }.',
    model: 'account.journal', name: 'code', says: 'Journal code', field: 'code', fields: ['name', 'type', 'active'], more: ofCompany,
    show: (row) => ({ code: row['code'], name: row['name'], type: row['type'], active: row['active'] }),
  }),
  currency: lookup({
    title: 'Currency', summary: 'A currency by its code: { code, decimals, active }.',
    model: 'res.currency', name: 'code', says: 'ISO code', field: 'name', fields: ['decimal_places', 'active'],
    show: (row) => ({ code: textIn(row['name']) ?? null, decimals: row['decimal_places'], active: row['active'] }),
  }),
  period,
} satisfies Record<string, Lookup>; // prettier-ignore
