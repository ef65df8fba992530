import type { ConnectorContext, JsonObject, JsonSchema, Lookup } from '@waybill/sdk';
import { list } from './api.js';
import { literal } from './keys.js';
import { companyOf, unblocked } from './master-data.js';

interface Ask {
  title: string;
  summary: string;
  field: string;
  schema?: JsonSchema;
  set: string;
  filter: (value: string) => string;
  orderBy?: string;
  show: (row: JsonObject) => JsonObject;
}

const by = ({ title, summary, field, schema, set, filter, orderBy, show }: Ask): Lookup => ({
  title,
  summary,
  by: {
    type: 'object',
    additionalProperties: false,
    required: [field],
    properties: { [field]: schema ?? { type: 'string', minLength: 1, maxLength: 100 } },
  },
  async run(context, question) {
    const ask = { filter: filter(String(question[field])), top: 1, ...(orderBy === undefined ? {} : { orderBy }) };
    const [row] = await list(context, set, ask, `look a ${title.toLowerCase()} up`);
    return row ? show(row) : null;
  },
});

/** A tax code is a tax group where sales tax rules, and the look-up of a tax area where there is no such group. */
async function taxCode(context: ConnectorContext, code: string): Promise<JsonObject | null> {
  for (const [set, kind] of [['taxGroups', 'group'], ['taxAreas', 'area']] as const) {
    const [row] = await list(context, set, { filter: `code eq ${literal(code)}`, top: 1 }, `look the tax code ${code} up`);
    if (row) return { id: row['id'], taxCode: row['code'], name: row['displayName'] ?? null, kind, taxType: row['taxType'] ?? null };
  }
  return null;
} // prettier-ignore

const company: Lookup = {
  title: 'Company',
  summary: 'The company of this connection: { id, name }.',
  by: { type: 'object', additionalProperties: false, properties: {} },
  async run(context) {
    const company = await companyOf(context);
    return company ? { id: company['id'], name: company['displayName'] ?? company['name'] } : null;
  },
};

export const lookups = {
  customer: by({
    title: 'Customer',
    summary: 'A customer by its number: { id, number, name, active, currency, open }.',
    field: 'number',
    set: 'customers',
    filter: (value) => `number eq ${literal(value)}`,
    show: (row) => ({
      id: row['id'],
      number: row['number'],
      name: row['displayName'],
      active: unblocked.includes(String(row['blocked'] ?? '')),
      currency: row['currencyCode'] ?? null,
      open: row['balanceDue'] ?? null,
    }),
  }),
  company,
  'tax-code': {
    title: 'Tax code',
    summary: 'A tax group, else a tax area, by its code: { id, taxCode, name, kind, taxType }.',
    by: {
      type: 'object',
      additionalProperties: false,
      required: ['taxCode'],
      properties: { taxCode: { type: 'string', minLength: 1, maxLength: 20 } },
    },
    run: (context, question) => taxCode(context, String(question['taxCode'])),
  },
  account: by({
    title: 'Account',
    summary: 'A G/L account by its number: { id, account, name, active, directPosting }.',
    field: 'account',
    set: 'accounts',
    filter: (value) => `number eq ${literal(value)}`,
    show: (row) => ({
      id: row['id'],
      account: row['number'],
      name: row['displayName'],
      active: row['blocked'] !== true,
      directPosting: row['directPosting'] === true,
    }),
  }),
  item: by({
    title: 'Item',
    summary: 'An item by its number: { id, item, name, active, taxCode }.',
    field: 'item',
    set: 'items',
    filter: (value) => `number eq ${literal(value)}`,
    show: (row) => ({
      id: row['id'],
      item: row['number'],
      name: row['displayName'],
      active: row['blocked'] !== true,
      taxCode: row['taxGroupCode'] ?? null,
    }),
  }),
  currency: by({
    title: 'Currency',
    summary: 'A currency by its code: { id, currency, decimals }. The company’s own has no row.',
    field: 'currency',
    schema: { type: 'string', pattern: '^[A-Z]{3}$' },
    set: 'currencies',
    filter: (value) => `code eq ${literal(value)}`,
    show: (row) => ({ id: row['id'], currency: row['code'], decimals: row['amountDecimalPlaces'] ?? null }),
  }),
  period: by({
    title: 'Period',
    summary: 'The accounting period of a day: { id, period, closed, locked, from }.',
    field: 'date',
    schema: { type: 'string', format: 'date' },
    set: 'accountingPeriods',
    filter: (value) => `startingDate le ${value}`,
    orderBy: 'startingDate desc',
    show: (row) => ({
      id: row['id'],
      period: row['name'],
      closed: row['closed'] === true,
      locked: row['dateLocked'] === true,
      from: row['startingDate'],
    }),
  }),
} satisfies Record<string, Lookup>;
