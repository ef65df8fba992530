import { ownErrorRows, secret, Type, type JsonObject } from '@waybill/sdk';

/** The release whose external API (`/json/2`, new in 19.0) and exceptions this was written against. */
export const vendorApi = '19.0, JSON-2';

const code = (title: string, standard: string) => Type.Optional(Type.String({ title, default: standard, minLength: 1, maxLength: 10 }));

export const settings = Type.Object(
  {
    baseUrl: Type.String({
      title: 'Address of Odoo',
      description: 'Such as https://acme.odoo.com, without a path.',
      pattern: '^https?://[^/?#]+$',
      maxLength: 500,
    }),
    database: Type.Optional(
      Type.String({
        title: 'Database',
        description: 'Only where the server has several databases at one address.',
        pattern: '^[A-Za-z0-9_.-]{1,63}$',
      }),
    ),
    apiKey: Type.Unsafe<string>(
      secret('API key', { description: 'Of a user for Waybill alone. Odoo lets no key live longer than three months.' }),
    ),
    company: Type.String({
      title: 'Company',
      description: 'Its name or its id. A second legal entity is a second connection.',
      minLength: 1,
      maxLength: 255,
    }),
    salesJournal: code('Journal for invoices and credit memos', 'INV'),
    entriesJournal: code('Journal for journal entries', 'MISC'),
    errors: Type.Optional(Type.Unsafe<JsonObject[]>(ownErrorRows)),
  },
  { additionalProperties: false },
);

const textOf = (given: JsonObject, name: string): string | undefined => (typeof given[name] === 'string' && given[name] !== '' ? given[name] : undefined); // prettier-ignore

export const baseUrlOf = (given: JsonObject): string => textOf(given, 'baseUrl') ?? '';
export const databaseOf = (given: JsonObject): string | undefined => textOf(given, 'database');
export const apiKeyOf = (given: JsonObject): string => textOf(given, 'apiKey') ?? '';
export const companyNameOf = (given: JsonObject): string => textOf(given, 'company') ?? '';
export const salesJournalOf = (given: JsonObject): string => textOf(given, 'salesJournal') ?? 'INV';
export const entriesJournalOf = (given: JsonObject): string => textOf(given, 'entriesJournal') ?? 'MISC';

/** Host, database and company: what a re-created connection shares with the one before it. */
export function account(given: JsonObject): string | undefined {
  const [base, company] = [baseUrlOf(given), companyNameOf(given)];
  return base && company ? ['odoo', base.replace(/^https?:\/\//, ''), databaseOf(given) ?? [], company].flat().join('/') : undefined;
}
