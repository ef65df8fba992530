import { isConnectorFailure, Type, type ConnectorContext, type JsonObject, type JsonSchema, type Lookup } from '@waybill/sdk';
import { get, list, quoted, type Kind } from './api.js';

const by = (name: string, title: string): JsonSchema =>
  Type.Object({ [name]: Type.String({ title, minLength: 1, maxLength: 255 }) }, { additionalProperties: false });

/** The first row whose field equals the question's. */
function lookup(
  kind: Kind,
  options: { title: string; summary: string; name: string; of: string; field: string; more?: Record<string, string> },
): Lookup {
  return {
    title: options.title,
    summary: options.summary,
    by: by(options.name, options.of),
    async run(context, asked) {
      const [row] = await list(context, kind, {
        query: { where: `${options.field}==${quoted(String(asked[options.name]))}`, ...options.more },
      });
      return row ?? null;
    },
  };
}

/** `/Date(1780272000000+0000)/` or a plain date. */
export function dateIn(value: unknown): string | null {
  const text = typeof value === 'string' ? value : '';
  const ms = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/.exec(text)?.[1];
  const at = ms === undefined ? Date.parse(text) : Number(ms);
  return Number.isFinite(at) ? new Date(at).toISOString() : null;
}

const period: Lookup = {
  title: 'Period',
  summary: 'Whether the books are open on a date: { date, open, lockedUntil }.',
  by: Type.Object({ date: Type.String({ title: 'Date', format: 'date' }) }, { additionalProperties: false }),
  async run(context: ConnectorContext, asked: JsonObject) {
    const [organisation = {}] = await list(context, 'Organisations');
    const locks = [organisation['PeriodLockDate'], organisation['EndOfYearLockDate']].map((lock) => dateIn(lock)?.slice(0, 10) ?? '');
    const until = locks.reduce((a, b) => (a > b ? a : b));
    const date = String(asked['date']);
    return { date, open: until === '' || date > until, lockedUntil: until === '' ? null : until };
  },
};

const invoice: Lookup = {
  title: 'Invoice',
  summary: 'A sales invoice by its id, with what is open on it.',
  by: by('id', 'Invoice id'),
  async run(context, asked) {
    try {
      return await get(context, 'Invoices', String(asked['id']));
    } catch (error) {
      if (isConnectorFailure(error) && error.facts.httpStatus === 404) return null;
      throw error;
    }
  },
};

export const lookups = {
  customer: lookup('Contacts', { title: 'Contact', summary: 'A contact by its number, archived or not.', name: 'number', of: 'Contact number', field: 'ContactNumber', more: { includeArchived: 'true' } }),
  invoice,
  account: lookup('Accounts', { title: 'Account', summary: 'An account by its code.', name: 'code', of: 'Account code', field: 'Code' }),
  item: lookup('Items', { title: 'Item', summary: 'An item by its code.', name: 'code', of: 'Item code', field: 'Code' }),
  'tax-code': lookup('TaxRates', { title: 'Tax rate', summary: 'A tax rate by its TaxType.', name: 'taxType', of: 'Tax type', field: 'TaxType' }),
  currency: lookup('Currencies', { title: 'Currency', summary: 'A currency that the organisation uses.', name: 'code', of: 'ISO code', field: 'Code' }),
  period,
} satisfies Record<string, Lookup>; // prettier-ignore
