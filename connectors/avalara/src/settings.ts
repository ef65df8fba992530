import { ownErrorRows, secret, type JsonObject, type JsonSchema } from '@waybill/sdk';

export const settingsSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['environment', 'accountId', 'licenseKey', 'companyCode'],
  properties: {
    environment: { enum: ['production', 'sandbox'], title: 'Environment' },
    accountId: { type: 'string', title: 'Account', description: 'The number of the account.', pattern: '^[0-9]{5,20}$' },
    licenseKey: secret('License key'),
    companyCode: { type: 'string', title: 'Company', description: 'Its code in AvaTax. One connection is one company.', pattern: '^[A-Za-z0-9_.-]{1,25}$' },
    errors: ownErrorRows,
  },
}; // prettier-ignore

export const text = (settings: JsonObject, name: string): string => (typeof settings[name] === 'string' ? settings[name] : '');

/** Source: developer.avalara.com, "Environments": production and sandbox have accounts and companies of their own. */
export const apiBaseOf = (settings: JsonObject): string =>
  settings['environment'] === 'production' ? 'https://rest.avatax.com/api/v2' : 'https://sandbox-rest.avatax.com/api/v2';

export const accountOf = (settings: JsonObject): string | undefined => {
  const [account, company] = [text(settings, 'accountId'), text(settings, 'companyCode')];
  return account === '' || company === '' ? undefined : `avalara/${account}.${company}`;
};
