import { ownErrorRows, secret, Type, type JsonObject } from '@waybill/sdk';

/** The releases whose REST interface and exceptions this was written against. */
export const vendorApi = 'ERPNext 15 and 16, REST v1';

const word = (title: string, standard: string, description?: string) =>
  Type.Optional(
    Type.String({ title, default: standard, minLength: 1, maxLength: 140, ...(description === undefined ? {} : { description }) }),
  );
const fieldName = (title: string, standard: string) =>
  Type.Optional(Type.String({ title, default: standard, pattern: '^[a-z][a-z0-9_]{0,60}$' }));

export const settings = Type.Object(
  {
    baseUrl: Type.String({
      title: 'Address of the site',
      description: 'Such as https://acme.frappe.cloud, without a path.',
      pattern: '^https?://[^/?#]+$',
      maxLength: 500,
    }),
    apiKey: Type.Unsafe<string>(secret('API key')),
    apiSecret: Type.Unsafe<string>(secret('API secret', { description: 'Shown once, when the keys of the user are generated.' })),
    company: Type.String({
      title: 'Company',
      description: 'Its name in ERPNext. A second legal entity is a second connection.',
      minLength: 1,
      maxLength: 140,
    }),
    keyField: fieldName('Field for our key', 'custom_waybill_key'),
    numberField: fieldName('Field for the number of the biller', 'custom_waybill_number'),
    unit: word('Unit of sold lines', 'Nos'),
    customerGroup: word('Group of new customers', 'Commercial'),
    territory: word('Territory of new customers', 'Rest Of The World'),
    errors: Type.Optional(Type.Unsafe<JsonObject[]>(ownErrorRows)),
  },
  { additionalProperties: false },
);

const defaults = {
  baseUrl: '',
  apiKey: '',
  apiSecret: '',
  company: '',
  keyField: 'custom_waybill_key',
  numberField: 'custom_waybill_number',
  unit: 'Nos',
  customerGroup: 'Commercial',
  territory: 'Rest Of The World',
} as const;

export function setting(given: JsonObject, name: keyof typeof defaults): string {
  const value = given[name];
  return typeof value === 'string' && value !== '' ? value : defaults[name];
}

/** The books are the company's on its site. */
export function account(given: JsonObject): string | undefined {
  const [base, company] = [setting(given, 'baseUrl'), setting(given, 'company')];
  return base && company ? `erpnext/${base.replace(/^https?:\/\//, '')}/${company}` : undefined;
}
