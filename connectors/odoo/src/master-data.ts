import { misconfigured, rejected, type ConnectorContext, type JsonObject } from '@waybill/sdk';
import { idIn, idOf, nameIn, search, textIn, type Domain } from './api.js';
import { companyNameOf } from './settings.js';

export interface Company {
  id: string;
  name: string;
  currency: string;
  /** The last closed day for each kind of entry, by the rights of this user; undefined where nothing is closed. */
  locked: Record<Kind, string | undefined>;
}
/** What lock dates tell apart: sales with and without tax, and all other entries. */
export type Kind = 'taxed-sale' | 'untaxed-sale' | 'entry';

/** `user_…`: the lock dates as they bind this user, exceptions included (`res.company`, Odoo 18 and 19); the tax lock binds what the tax report shows. */
const everything = ['user_fiscalyear_lock_date', 'user_hard_lock_date'] as const;
const sales = [...everything, 'user_sale_lock_date'] as const;
const locks = [...sales, 'user_tax_lock_date'] as const;

/** The company of the connection, by id or name. */
export async function companyOf(context: ConnectorContext): Promise<Company> {
  const wanted = companyNameOf(context.settings);
  const domain: Domain = /^[1-9]\d*$/.test(wanted) ? [['id', '=', idOf(wanted)]] : [['name', '=', wanted]];
  const [row, other] = await search(context, { model: 'res.company', domain, fields: ['name', 'currency_id', ...locks] });
  if (!row || other)
    throw misconfigured({
      code: 'company-unknown',
      message: `${other ? 'More than one company is' : 'No company is'} known to Odoo as ${wanted}.`,
      remedy: 'Correct the company of this connection, or let the user of the key see it.',
    });
  const latest = (names: readonly string[]): string | undefined =>
    names.map((name) => textIn(row[name]) ?? '').reduce((a, b) => (a > b ? a : b)) || undefined;
  return {
    id: String(row['id']),
    name: String(row['name']),
    currency: nameIn(row['currency_id']) ?? '',
    locked: { 'taxed-sale': latest(locks), 'untaxed-sale': latest(sales), entry: latest(everything) },
  };
}

/**
 * Odoo does not refuse an entry of a closed period when it is posted: it moves it into the next open day ("postponed", help of the lock dates in
 * `res.company`). So the day is looked at first.
 */
export function refuseClosed(company: Company, kind: Kind, day: string): void {
  const until = company.locked[kind];
  if (until === undefined || day > until) return;
  throw rejected({
    code: 'period-closed',
    category: 'posting-rejection',
    message: `The books of ${company.name} are locked up to ${until}, and the posting date is ${day}.`,
    path: '/postingDate',
    cause: `locked up to ${until} in ${company.name}`,
    remedy: 'Move the lock date in Odoo or post into the next open period, then replay.',
  });
}

const unknown = (of: { what: string; value: string; company: Company; path: string }) =>
  rejected({
    code: `${of.what.replaceAll(' ', '-')}-unknown`,
    category: 'master-data',
    message: `${of.what} ${of.value} is not in Odoo (${of.company.name}).`,
    path: of.path,
    cause: `${of.what} ${of.value} unknown in ${of.company.name}`,
    remedy: `Create ${of.what} ${of.value} in Odoo or correct the table, then replay.`,
  });

const inactive = (of: { what: string; value: string; company: Company; path: string }) =>
  rejected({
    code: `${of.what.replaceAll(' ', '-')}-inactive`,
    category: 'master-data',
    message: `${of.what} ${of.value} is archived in Odoo (${of.company.name}).`,
    path: of.path,
    cause: `${of.what} ${of.value} archived in ${of.company.name}`,
    remedy: `Restore ${of.what} ${of.value} in Odoo or correct the table, then replay.`,
  });

/** Contacts of a number: companies' own ones and those that all companies share. A number that two have is nobody's. */
export const partnersNumbered = (context: ConnectorContext, company: Company, number: string): Promise<JsonObject[]> =>
  search(context, {
    model: 'res.partner',
    domain: [['ref', '=', number], ['parent_id', '=', false], ['company_id', 'in', [false, idOf(company.id)]]],
    fields: ['name', 'ref', 'active'],
    company: company.id,
  }); // prettier-ignore

/** An active customer. Odoo itself posts to archived ones, so this is asked first. */
export async function partnerOf(context: ConnectorContext, company: Company, of: { number: string; path?: string }): Promise<string> {
  const { number: value, path = '/customer' } = of;
  const rows = (await partnersNumbered(context, company, value)).filter(({ ref }) => ref === value);
  const [row, other] = rows;
  if (other)
    throw rejected({
      code: 'customer-ambiguous',
      category: 'master-data',
      message: `More than one contact of Odoo has the reference ${value}: ${String(row?.['name'])} and ${String(other['name'])}.`,
      path,
      cause: `customer ${value} twice in ${company.name}`,
      remedy: 'Merge the two contacts in Odoo, then replay.',
    });
  if (!row) throw unknown({ what: 'customer', value, company, path });
  if (row['active'] !== true) throw inactive({ what: 'customer', value, company, path });
  return String(row['id']);
}

type Coded = 'account' | 'tax code' | 'item' | 'journal';
const models: Record<Coded, { model: string; field: string; more: (company: string) => Domain; archives: boolean }> = {
  account: { model: 'account.account', field: 'code', more: (company) => [['company_ids', 'in', [idOf(company)]]], archives: true },
  'tax code': { model: 'account.tax', field: 'name', more: (company) => [['company_id', '=', idOf(company)], ['type_tax_use', '=', 'sale']], archives: true },
  item: { model: 'product.product', field: 'default_code', more: (company) => [['company_id', 'in', [false, idOf(company)]]], archives: true },
  journal: { model: 'account.journal', field: 'code', more: (company) => [['company_id', '=', idOf(company)]], archives: true },
}; // prettier-ignore
const codesMax = 500;

/** Ids by code, one look-up for all codes of a kind. `at` gives the path of a code in the document. */
export async function idsOf(
  context: ConnectorContext,
  company: Company,
  of: { what: Coded; codes: readonly string[]; at: (code: string) => string },
): Promise<Map<string, string>> {
  const { what, at } = of;
  const codes = [...new Set(of.codes)];
  if (codes.length === 0) return new Map();
  const { model, field, more } = models[what];
  const rows = await search(context, {
    model,
    domain: [[field, 'in', codes], ...more(company.id)],
    fields: [field, 'active'],
    limit: codesMax,
    company: company.id,
  });
  const found = new Map<string, string>();
  for (const code of codes) {
    const same = rows.filter((row) => row[field] === code);
    const row = same.find(({ active }) => active === true) ?? same[0];
    if (!row) throw unknown({ what, value: code, company, path: at(code) });
    if (row['active'] !== true) throw inactive({ what, value: code, company, path: at(code) });
    found.set(code, String(row['id']));
  }
  return found;
}

export async function journalOf(context: ConnectorContext, company: Company, code: string, path: string): Promise<string> {
  return (await idsOf(context, company, { what: 'journal', codes: [code], at: () => path })).get(code)!;
}

export interface Currency {
  id: string;
  code: string;
  decimals: number;
}

export async function currencyOf(context: ConnectorContext, company: Company, code: string): Promise<Currency> {
  const [row] = await search(context, {
    model: 'res.currency',
    domain: [['name', '=', code]],
    fields: ['name', 'active', 'decimal_places'],
    company: company.id,
  });
  if (!row) throw unknown({ what: 'currency', value: code, company, path: '/currency' });
  if (row['active'] !== true) throw inactive({ what: 'currency', value: code, company, path: '/currency' });
  return { id: String(row['id']), code, decimals: Number(row['decimal_places']) };
}

export const sameId = (value: unknown, id: string): boolean => idIn(value) === id;
