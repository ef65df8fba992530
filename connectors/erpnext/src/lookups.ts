import { isConnectorFailure, isJsonObject, Type, type ConnectorContext, type JsonObject, type JsonSchema, type Lookup } from '@waybill/sdk';
import { get, isOn, list, textIn, type DocType, type Filter } from './api.js';
import { companyOf, customerNumbered } from './master-data.js';
import { setting } from './settings.js';
import { numberFieldOf, rowsOf } from './vouchers.js';

const by = (name: string, title: string): JsonSchema =>
  Type.Object({ [name]: Type.String({ title, minLength: 1, maxLength: 140 }) }, { additionalProperties: false });

/** The one row whose own field equals the question, by the first of the fields that does. */
function lookup(of: {
  title: string;
  summary: string;
  type: DocType;
  name: string;
  says: string;
  fields: readonly [string, ...string[]];
  more: readonly string[];
  filters?: (company: string) => readonly Filter[];
  show: (row: JsonObject) => JsonObject;
}): Lookup {
  return {
    title: of.title,
    summary: of.summary,
    by: by(of.name, of.says),
    async run(context, asked) {
      const value = String(asked[of.name]);
      const rows = await list(context, of.type, {
        fields: [...new Set(['name', ...of.fields, ...of.more])],
        filters: of.filters?.(setting(context.settings, 'company')) ?? [],
        either: of.fields.map((field): Filter => [field, '=', value]),
      });
      const row = of.fields.map((field) => rows.find((one) => one[field] === value)).find((one) => one !== undefined);
      return row ? of.show(row) : null;
    },
  };
}

const ofCompany = (company: string): readonly Filter[] => [['company', '=', company]];

const customer: Lookup = {
  title: 'Customer',
  summary: 'A customer by our number or by its name, disabled or not: { number, name, title, active }.',
  by: by('number', 'Number of the customer'),
  async run(context, asked) {
    const row = await customerNumbered(context, String(asked['number']));
    return row ? { number: asked['number'], name: row['name'], title: row['customer_name'] ?? null, active: !isOn(row['disabled']) } : null;
  },
};

const company: Lookup = {
  title: 'Company',
  summary: 'The company of this connection: { name, currency }.',
  by: Type.Object({}, { additionalProperties: false }),
  async run(context) {
    try {
      const { name, currency } = await companyOf(context);
      return { name, currency };
    } catch (error) {
      if (isConnectorFailure(error) && error.facts.code === 'company-unknown') return null;
      throw error;
    }
  },
};

const invoice: Lookup = {
  title: 'Invoice',
  summary: 'A submitted invoice by the number of the biller: { number, name, total, open, currency }.',
  by: by('number', 'Number of the biller'),
  async run(context, asked) {
    const number = String(asked['number']);
    const [row] = await rowsOf(context, 'Sales Invoice', [
      [numberFieldOf(context), '=', number],
      ['company', '=', setting(context.settings, 'company')],
      ['docstatus', '=', 1],
      ['is_return', '=', 0],
    ]);
    return row
      ? { number, name: row['name'], total: row['grand_total'], open: row['outstanding_amount'], currency: row['currency'] }
      : null;
  },
};

/** Accounting periods that close sales invoices on a date; the list of closed kinds is a child table. */
async function closedBy(context: ConnectorContext, date: string): Promise<string | undefined> {
  const periods = await list(context, 'Accounting Period', {
    fields: ['name'],
    filters: [
      ['company', '=', setting(context.settings, 'company')],
      ['start_date', '<=', date],
      ['end_date', '>=', date],
    ],
    limit: 20,
  });
  for (const { name } of periods) {
    const { closed_documents: closed } = await get(context, 'Accounting Period', String(name));
    const rows = Array.isArray(closed) ? closed.filter(isJsonObject) : [];
    if (rows.some((row) => row['document_type'] === 'Sales Invoice' && isOn(row['closed']))) return String(name);
  }
  return undefined;
}

const period: Lookup = {
  title: 'Period',
  summary: 'Whether sales invoices of a date may be posted: { date, open, fiscalYear, closedBy, frozenUntil }.',
  by: Type.Object({ date: Type.String({ title: 'Date', format: 'date' }) }, { additionalProperties: false }),
  async run(context, asked) {
    const date = String(asked['date']);
    const [year] = await list(context, 'Fiscal Year', {
      fields: ['name'],
      filters: [
        ['year_start_date', '<=', date],
        ['year_end_date', '>=', date],
        ['disabled', '=', 0],
      ],
    });
    const closed = await closedBy(context, date);
    const frozen = textIn((await get(context, 'Accounts Settings', 'Accounts Settings'))['acc_frozen_upto']);
    const open = year !== undefined && closed === undefined && (frozen === undefined || date > frozen);
    return { date, open, fiscalYear: year?.['name'] ?? null, closedBy: closed ?? null, frozenUntil: frozen ?? null };
  },
};

export const lookups = {
  customer,
  company,
  invoice,
  account: lookup({
    title: 'Account', summary: 'An account by its number or name: { name, number, currency, active }.',
    type: 'Account', name: 'code', says: 'Account number or name', fields: ['account_number', 'name'], more: ['account_currency', 'disabled'], filters: ofCompany,
    show: (row) => ({ name: row['name'], number: row['account_number'] ?? null, currency: row['account_currency'] ?? null, active: !isOn(row['disabled']) }),
  }),
  'tax-code': lookup({
    title: 'Tax account', summary: 'An account of type Tax by its number or name: { taxCode, name, rate, active }, the rate in percent.',
    type: 'Account', name: 'taxCode', says: 'Account number or name', fields: ['account_number', 'name'], more: ['tax_rate', 'disabled'],
    filters: (of) => [...ofCompany(of), ['account_type', '=', 'Tax']],
    show: (row) => ({ taxCode: row['account_number'] ?? row['name'], name: row['name'], rate: row['tax_rate'] ?? null, active: !isOn(row['disabled']) }),
  }),
  item: lookup({
    title: 'Item', summary: 'An item by its code: { code, name, active }.',
    type: 'Item', name: 'code', says: 'Item code', fields: ['item_code'], more: ['item_name', 'disabled'],
    show: (row) => ({ code: row['item_code'], name: row['item_name'] ?? null, active: !isOn(row['disabled']) }),
  }),
  currency: lookup({
    title: 'Currency', summary: 'A currency by its code: { code, active }.',
    type: 'Currency', name: 'code', says: 'ISO code', fields: ['name'], more: ['enabled'],
    show: (row) => ({ code: row['name'], active: isOn(row['enabled']) }),
  }),
  period,
} satisfies Record<string, Lookup>; // prettier-ignore
