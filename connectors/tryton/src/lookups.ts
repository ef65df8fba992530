import { isConnectorFailure, type JsonObject, type JsonSchema, type Lookup } from '@waybill/sdk';
import { companyOf } from './master-data.js';
import { nested, search, type Domain } from './rpc.js';
import { date } from './wire.js';

interface Ask {
  title: string;
  summary: string;
  field: string;
  model: string;
  domain: (value: string, company: number) => Domain;
  fields: string[];
  show: (row: JsonObject) => JsonObject;
  schema?: JsonSchema;
}

/** One row of master data by what people call it. */
const by = ({ title, summary, field, model, domain, fields, show, schema }: Ask): Lookup => ({
  title,
  summary,
  by: {
    type: 'object',
    additionalProperties: false,
    required: [field],
    properties: { [field]: schema ?? { type: 'string', minLength: 1, maxLength: 255 } },
  },
  async run(context, question) {
    const company = await companyOf(context);
    const [row] = await search(context, { model, domain: domain(String(question[field]), company.id), fields, company: company.id });
    return row ? show(row) : null;
  },
});

export const lookups = {
  customer: by({
    title: 'Customer',
    summary: 'A party by its code: { number, name, active, open }.',
    field: 'number',
    model: 'party.party',
    domain: (code) => [
      ['code', '=', code],
      ['active', 'in', [true, false]],
    ],
    fields: ['code', 'name', 'active', 'receivable'],
    show: (row) => ({ number: row['code'], name: row['name'], active: row['active'], open: row['receivable'] }),
  }),
  'tax-code': by({
    title: 'Tax code',
    summary: 'A tax by its name: { taxCode, rate, account }, the rate in parts of one.',
    field: 'taxCode',
    model: 'account.tax',
    domain: (name, company) => [
      ['company', '=', company],
      ['name', '=', name],
    ],
    fields: ['name', 'rate', 'invoice_account.code'],
    show: (row) => ({ taxCode: row['name'], rate: row['rate'] ?? null, account: nested(row, 'invoice_account')['code'] ?? null }),
  }),
  account: by({
    title: 'Account',
    summary: 'An account by its code: { account, name, endsOn }.',
    field: 'account',
    model: 'account.account',
    domain: (code, company) => [
      ['company', '=', company],
      ['code', '=', code],
    ],
    fields: ['code', 'name', 'end_date'],
    show: (row) => ({ account: row['code'], name: row['name'], endsOn: row['end_date'] ?? null }),
  }),
  period: by({
    title: 'Period',
    summary: 'The period of a day: { period, state, from, to }.',
    field: 'date',
    schema: { type: 'string', format: 'date' },
    model: 'account.period',
    domain: (day, company) => [
      ['company', '=', company],
      ['type', '=', 'standard'],
      ['start_date', '<=', date(day)],
      ['end_date', '>=', date(day)],
    ],
    fields: ['name', 'state', 'start_date', 'end_date'],
    show: (row) => ({ period: row['name'], state: row['state'], from: row['start_date'], to: row['end_date'] }),
  }),
  currency: by({
    title: 'Currency',
    summary: 'A currency by its code: { currency, decimals }.',
    field: 'currency',
    model: 'currency.currency',
    domain: (code) => [['code', '=', code]],
    fields: ['code', 'digits'],
    show: (row) => ({ currency: row['code'], decimals: row['digits'] }),
  }),
  company: {
    title: 'Company',
    summary: 'The company of this connection: { id, name, currency }.',
    by: { type: 'object', additionalProperties: false, properties: {} },
    async run(context) {
      try {
        const { id, name, currency } = await companyOf(context);
        return { id, name, currency };
      } catch (error) {
        if (isConnectorFailure(error) && error.facts.code === 'company-unknown') return null;
        throw error;
      }
    },
  },
} as Record<'customer' | 'tax-code' | 'account' | 'period' | 'currency' | 'company', Lookup>;
