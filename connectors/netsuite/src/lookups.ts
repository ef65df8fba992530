import type { JsonObject, JsonSchema, Lookup } from '@waybill/sdk';
import { literal, suiteql } from './api.js';

interface Ask {
  title: string;
  summary: string;
  field: string;
  schema?: JsonSchema;
  /** The query for a value that is already a literal. */
  query: (value: string) => string;
  show: (row: JsonObject) => JsonObject;
}

const flag = (row: JsonObject, name: string): boolean => row[name] === 'T';

/** One row of master data by what people call it, or by its external id. */
const by = ({ title, summary, field, schema, query, show }: Ask): Lookup => ({
  title,
  summary,
  by: {
    type: 'object',
    additionalProperties: false,
    required: [field],
    properties: { [field]: schema ?? { type: 'string', minLength: 1, maxLength: 255 } },
  },
  async run(context, question) {
    const [row] = await suiteql(context, query(literal(String(question[field]))), { what: `look a ${title.toLowerCase()} up`, limit: 2 });
    return row ? show(row) : null;
  },
});

export const lookups = {
  customer: by({
    title: 'Customer',
    summary: 'A customer by its id or external id: { id, number, name, active, currency }.',
    field: 'number',
    query: (v) => `SELECT c.id, c.entityid, c.companyname, c.isinactive, cur.symbol FROM customer c LEFT JOIN currency cur ON cur.id = c.currency WHERE c.entityid = ${v} OR c.externalid = ${v}`,
    show: (row) => ({ id: row['id'], number: row['entityid'], name: row['companyname'] ?? null, active: !flag(row, 'isinactive'), currency: row['symbol'] ?? null }),
  }),
  subsidiary: by({
    title: 'Subsidiary',
    summary: 'A subsidiary of a OneWorld account by its name or internal id: { id, name, active, currency }.',
    field: 'subsidiary',
    query: (v) => `SELECT s.id, s.name, s.isinactive, cur.symbol FROM subsidiary s LEFT JOIN currency cur ON cur.id = s.currency WHERE s.name = ${v} OR TO_CHAR(s.id) = ${v}`,
    show: (row) => ({ id: row['id'], name: row['name'], active: !flag(row, 'isinactive'), currency: row['symbol'] ?? null }),
  }),
  'tax-code': by({
    title: 'Tax code',
    summary: 'A tax code of SuiteTax by its name or external id: { id, taxCode, taxType, active }.',
    field: 'taxCode',
    query: (v) => `SELECT id, itemid, taxtype, isinactive FROM salestaxitem WHERE itemid = ${v} OR externalid = ${v}`,
    show: (row) => ({ id: row['id'], taxCode: row['itemid'], taxType: row['taxtype'] ?? null, active: !flag(row, 'isinactive') }),
  }),
  account: by({
    title: 'Account',
    summary: 'An account by its number: { id, account, name, type, active }.',
    field: 'account',
    query: (v) => `SELECT id, acctnumber, accountsearchdisplayname, accttype, isinactive FROM account WHERE acctnumber = ${v} OR externalid = ${v}`,
    show: (row) => ({ id: row['id'], account: row['acctnumber'], name: row['accountsearchdisplayname'] ?? null, type: row['accttype'] ?? null, active: !flag(row, 'isinactive') }),
  }),
  item: by({
    title: 'Item',
    summary: 'An item by its name or external id: { id, item, type, active }.',
    field: 'item',
    query: (v) => `SELECT id, itemid, itemtype, isinactive FROM item WHERE itemid = ${v} OR externalid = ${v}`,
    show: (row) => ({ id: row['id'], item: row['itemid'], type: row['itemtype'] ?? null, active: !flag(row, 'isinactive') }),
  }),
  currency: by({
    title: 'Currency',
    summary: 'A currency by its ISO code: { id, currency, decimals, active }.',
    field: 'currency',
    schema: { type: 'string', pattern: '^[A-Z]{3}$' },
    query: (v) => `SELECT id, symbol, currencyprecision, isinactive FROM currency WHERE symbol = ${v}`,
    show: (row) => ({ id: row['id'], currency: row['symbol'], decimals: Number(row['currencyprecision'] ?? 2), active: !flag(row, 'isinactive') }),
  }),
  period: by({
    title: 'Period',
    summary: 'The accounting period of a day: { id, period, closed, receivablesLocked, from, to }.',
    field: 'date',
    schema: { type: 'string', format: 'date' },
    query: (v) =>
      `SELECT id, periodname, closed, alllocked, arlocked, TO_CHAR(startdate, 'YYYY-MM-DD') AS first, TO_CHAR(enddate, 'YYYY-MM-DD') AS last FROM accountingperiod WHERE isquarter = 'F' AND isyear = 'F' AND isadjust = 'F' AND startdate <= TO_DATE(${v}, 'YYYY-MM-DD') AND enddate >= TO_DATE(${v}, 'YYYY-MM-DD')`,
    show: (row) => ({
      id: row['id'],
      period: row['periodname'],
      closed: flag(row, 'closed') || flag(row, 'alllocked'),
      receivablesLocked: flag(row, 'arlocked'),
      from: row['first'] ?? null,
      to: row['last'] ?? null,
    }),
  }),
} satisfies Record<string, Lookup>; // prettier-ignore
