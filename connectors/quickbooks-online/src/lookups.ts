import { isJsonObject, rejected, Type, type ConnectorContext, type JsonObject, type JsonSchema, type Lookup } from '@waybill/sdk';
import { get, query, quoted, type Entity } from './api.js';

const by = (fields: Record<string, string>): JsonSchema =>
  Type.Object(
    Object.fromEntries(
      Object.entries(fields).map(([name, title]) => [name, Type.Optional(Type.String({ title, minLength: 1, maxLength: 500 }))]),
    ),
    { additionalProperties: false, minProperties: 1 },
  );

/** The one row whose fields equal the question's. Several that fit are an answer that nobody should guess. */
function lookup(
  entity: Entity,
  options: { title: string; summary: string; by: Record<string, { title: string; field: string }>; also?: string },
): Lookup {
  return {
    title: options.title,
    summary: options.summary,
    by: by(Object.fromEntries(Object.entries(options.by).map(([name, { title }]) => [name, title]))),
    async run(context, asked) {
      const parts = Object.entries(asked).map(([name, value]) => `${options.by[name]!.field} = ${quoted(String(value))}`);
      const rows = await query(
        context,
        entity,
        ` where ${[...parts, ...(options.also === undefined ? [] : [options.also])].join(' and ')} maxresults 2`,
      );
      if (rows.length > 1)
        throw rejected({
          code: 'several-fit',
          category: 'master-data',
          message: `QuickBooks has more than one ${options.title.toLowerCase()} with ${JSON.stringify(asked)}.`,
          cause: `${options.title.toLowerCase()} ${Object.values(asked).join(' ')} is not clear`,
          remedy: 'Rename or merge them in QuickBooks, or look up by the id; then replay.',
        });
      return rows[0] ?? null;
    },
  };
}

const id = { title: 'Id', field: 'Id' };

/** QuickBooks has no periods: books are closed up to a date, which finance moves. */
const period: Lookup = {
  title: 'Period',
  summary: 'Whether the books are open on a date: { date, open, closedUntil }.',
  by: Type.Object({ date: Type.String({ title: 'Date', format: 'date' }) }, { additionalProperties: false }),
  async run(context: ConnectorContext, asked: JsonObject) {
    const { AccountingInfoPrefs: prefs } = await get(context, 'Preferences');
    const until = isJsonObject(prefs) && typeof prefs['BookCloseDate'] === 'string' ? prefs['BookCloseDate'].slice(0, 10) : null;
    const date = String(asked['date']);
    return { date, open: until === null || date > until, closedUntil: until };
  },
};

const currency: Lookup = {
  title: 'Currency',
  summary: 'Whether the company uses a currency, and whether it is its home currency: { code, home }.',
  by: Type.Object({ code: Type.String({ title: 'ISO code', pattern: '^[A-Z]{3}$' }) }, { additionalProperties: false }),
  async run(context, asked) {
    const code = String(asked['code']);
    const { CurrencyPrefs: prefs } = await get(context, 'Preferences');
    const home = isJsonObject(prefs) && isJsonObject(prefs['HomeCurrency']) ? prefs['HomeCurrency']['value'] : undefined;
    if (home === code) return { code, home: true };
    if (!isJsonObject(prefs) || prefs['MultiCurrencyEnabled'] !== true) return null;
    const [row] = await query(context, 'CompanyCurrency', ` where Code = ${quoted(code)}`);
    return row && row['Active'] !== false ? { code, home: false } : null;
  },
};

export const lookups = {
  customer: lookup('Customer', {
    title: 'Customer',
    summary: 'A customer by its display name or id, active or not.',
    by: { displayName: { title: 'Display name', field: 'DisplayName' }, id },
    also: 'Active in (true, false)',
  }),
  item: lookup('Item', {
    title: 'Product or service',
    summary: 'An item by its name, SKU or id.',
    by: { name: { title: 'Name', field: 'Name' }, sku: { title: 'SKU', field: 'Sku' }, id },
  }),
  account: lookup('Account', {
    title: 'Account',
    summary: 'An account by its number, name or id.',
    by: { number: { title: 'Account number', field: 'AcctNum' }, name: { title: 'Name', field: 'Name' }, id },
  }),
  'tax-code': lookup('TaxCode', {
    title: 'Tax code',
    summary: 'A tax code by its name or id.',
    by: { name: { title: 'Name', field: 'Name' }, id },
  }),
  'tax-rate': lookup('TaxRate', {
    title: 'Tax rate',
    summary: 'A tax rate by its name or id.',
    by: { name: { title: 'Name', field: 'Name' }, id },
  }),
  currency,
  period,
} satisfies Record<string, Lookup>;
