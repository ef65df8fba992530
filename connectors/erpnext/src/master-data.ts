import { misconfigured, rejected, type ConnectorContext, type JsonObject } from '@waybill/sdk';
import { isOn, list, textIn } from './api.js';
import { setting } from './settings.js';

export interface Company {
  name: string;
  currency: string;
  receivable: string | undefined;
}

export async function companyOf(context: ConnectorContext): Promise<Company> {
  const name = setting(context.settings, 'company');
  const [row] = await list(context, 'Company', {
    fields: ['name', 'default_currency', 'default_receivable_account'],
    filters: [['name', '=', name]],
  });
  if (row?.['name'] !== name)
    throw misconfigured({
      code: 'company-unknown',
      message: `ERPNext has no company ${name} that this user may see.`,
      remedy: 'Correct the company of this connection, or let the user see it.',
    });
  return { name, currency: String(row['default_currency']), receivable: textIn(row['default_receivable_account']) };
}

const refused = (how: 'unknown' | 'disabled', of: { what: string; value: string; company: string; path: string }) =>
  rejected({
    code: `${of.what}-${how}`,
    category: 'master-data',
    message: `${of.what} ${of.value} is ${how === 'unknown' ? 'not in ERPNext' : 'disabled in ERPNext'} (${of.company}).`,
    path: of.path,
    cause: `${of.what} ${of.value} ${how} in ${of.company}`,
    remedy: `${how === 'unknown' ? 'Create' : 'Enable'} ${of.what} ${of.value} in ERPNext or correct the table, then replay.`,
  });

/** The customer with our number in the key field, or else with it as its name. */
export async function customerNumbered(context: ConnectorContext, number: string): Promise<JsonObject | undefined> {
  const key = setting(context.settings, 'keyField');
  const rows = await list(context, 'Customer', {
    fields: ['name', 'customer_name', 'disabled', key],
    filters: [],
    either: [
      [key, '=', number],
      ['name', '=', number],
    ],
  });
  return rows.find((row) => row[key] === number) ?? rows.find((row) => row['name'] === number);
}

/** An enabled customer's name. ERPNext refuses disabled ones itself, some only when the document is submitted; so it is asked first. */
export async function customerOf(context: ConnectorContext, company: Company, of: { number: string; path?: string }): Promise<string> {
  const { number: value, path = '/customer' } = of;
  const row = await customerNumbered(context, value);
  if (!row) throw refused('unknown', { what: 'customer', value, company: company.name, path });
  if (isOn(row['disabled'])) throw refused('disabled', { what: 'customer', value, company: company.name, path });
  return String(row['name']);
}

export interface Account {
  name: string;
  currency: string;
}
const accountsMax = 500;

/** Accounts by number or name, all with one look-up. `at` gives the path of an account in the document. */
export async function accountsOf(
  context: ConnectorContext,
  company: Company,
  of: { codes: readonly string[]; at: (code: string) => string },
): Promise<Map<string, Account>> {
  const codes = [...new Set(of.codes)];
  const found = new Map<string, Account>();
  if (codes.length === 0) return found;
  const rows = await list(context, 'Account', {
    fields: ['name', 'account_number', 'disabled', 'account_currency'],
    filters: [['company', '=', company.name]],
    either: [
      ['account_number', 'in', codes],
      ['name', 'in', codes],
    ],
    limit: accountsMax,
  });
  for (const value of codes) {
    const row = rows.find((one) => one['account_number'] === value) ?? rows.find((one) => one['name'] === value);
    if (!row) throw refused('unknown', { what: 'account', value, company: company.name, path: of.at(value) });
    if (isOn(row['disabled'])) throw refused('disabled', { what: 'account', value, company: company.name, path: of.at(value) });
    found.set(value, { name: String(row['name']), currency: textIn(row['account_currency']) ?? company.currency });
  }
  return found;
}
