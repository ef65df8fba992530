import { secret, type JsonObject, type JsonSchema } from '@waybill/sdk';

/** The version that the calls and the error table were recorded from. */
export const vendorApi = '6.0';

export const settingsSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['baseUrl', 'database', 'username', 'password', 'company'],
  properties: {
    baseUrl: { type: 'string', title: 'Address of the server', pattern: '^https?://[^/?#]+$', description: 'Such as https://erp.example:8000, without the database.' },
    database: { type: 'string', title: 'Database', pattern: '^[A-Za-z0-9_.-]{1,63}$' },
    username: { type: 'string', title: 'User', minLength: 1, maxLength: 255, description: 'Needs the groups Accounting and Party Administration.' },
    password: secret('Password'),
    company: { type: 'string', title: 'Company', minLength: 1, maxLength: 255, description: 'Name, party code or database id. A second legal entity is a second connection.' },
    revenueJournal: { type: 'string', title: 'Journal for invoices', default: 'REV', maxLength: 60 },
    cashJournal: { type: 'string', title: 'Journal for payments', default: 'CASH', maxLength: 60 },
    writeOffJournal: { type: 'string', title: 'Journal for write-offs', default: 'WO', maxLength: 60 },
    writeOffAccount: { type: 'string', title: 'Account for bad debt', default: '5900', maxLength: 60 },
    bankMethod: { type: 'string', title: 'Payment method', default: 'BANK', maxLength: 255, description: 'Only for payments in another currency than the company’s, where no method for exchange differences is named.' },
    exchangeMethod: { type: 'string', title: 'Write-off method for exchange differences', maxLength: 255, description: 'Its accounts take the gain or loss of a payment in another currency, and be it a cent, so that the invoice is paid. Without one such payments go through Tryton’s wizard, which leaves a cent open and refuses a gain.' },
  },
}; // prettier-ignore

const defaults: Record<string, string> = {
  revenueJournal: 'REV',
  cashJournal: 'CASH',
  writeOffJournal: 'WO',
  writeOffAccount: '5900',
  bankMethod: 'BANK',
};

export function setting(settings: JsonObject, name: string): string {
  const value = settings[name];
  return typeof value === 'string' && value !== '' ? value : (defaults[name] ?? '');
}

export const endpointOf = (settings: JsonObject): string => `${setting(settings, 'baseUrl')}/${setting(settings, 'database')}/`;

/** Host, database and company: what a re-created connection shares with the one before it. */
export function accountOf(settings: JsonObject): string | undefined {
  const [base, database, company] = ['baseUrl', 'database', 'company'].map((name) => setting(settings, name));
  return base && database && company ? `tryton/${base.replace(/^https?:\/\//, '')}/${database}/${company}` : undefined;
}
