import { misconfigured, rejected, type ConnectorContext, type JsonObject } from '@waybill/sdk';
import { nested, rpc, search } from './rpc.js';
import { setting } from './settings.js';

export interface Company {
  id: number;
  name: string;
  currencyId: number;
  currency: string;
}

/** The company of the connection, by id, party code or name. */
export async function companyOf(context: ConnectorContext): Promise<Company> {
  const wanted = setting(context.settings, 'company');
  const domain = /^\d+$/.test(wanted) ? [['id', '=', Number(wanted)]] : ['OR', ['party.code', '=', wanted], ['party.name', '=', wanted]];
  const [row, other] = await search(context, {
    model: 'company.company',
    domain: /^\d+$/.test(wanted) ? domain : [domain],
    fields: ['rec_name', 'currency', 'currency.code'],
  });
  if (!row || other)
    throw misconfigured({
      code: 'company-unknown',
      message: `${other ? 'More than one company is' : 'No company is'} known to Tryton as ${wanted}.`,
      remedy: 'Correct the company of this connection, or let the user see it.',
    });
  return {
    id: Number(row['id']),
    name: String(row['rec_name']),
    currencyId: Number(row['currency']),
    currency: String(nested(row, 'currency')['code']),
  };
}

export interface Party {
  id: number;
  name: string;
  addressId: number;
  receivableId: number;
}

const unknown = (what: string, value: string, company: Company, path: string) =>
  rejected({
    code: `${what}-unknown`,
    category: 'master-data',
    message: `${what} ${value} is not in Tryton (${company.name}).`,
    path,
    cause: `${what} ${value} unknown in ${company.name}`,
    remedy: `Create ${what} ${value} in Tryton or correct the table, then replay.`,
  });

/** An active customer with an address. Tryton itself posts to an inactive party without a word, so this is asked first. */
export async function partyOf(context: ConnectorContext, company: Company, code: string, path = '/customer'): Promise<Party> {
  const [row] = await search(context, {
    model: 'party.party',
    domain: [
      ['code', '=', code],
      ['active', 'in', [true, false]],
    ],
    fields: ['name', 'active', 'addresses', 'account_receivable'],
    company: company.id,
  });
  if (!row) throw unknown('customer', code, company, path);
  if (row['active'] !== true)
    throw rejected({
      code: 'customer-inactive',
      category: 'master-data',
      message: `Customer ${code} (${String(row['name'])}) is inactive in Tryton.`,
      path,
      cause: `customer ${code} inactive in ${company.name}`,
      remedy: `Activate customer ${code} in Tryton, then replay.`,
    });
  const addressId = (row['addresses'] as number[] | undefined)?.[0];
  if (addressId === undefined)
    throw rejected({
      code: 'customer-without-address',
      category: 'master-data',
      message: `Customer ${code} has no address in Tryton.`,
      path,
      cause: `customer ${code} without address`,
      remedy: `Give customer ${code} an address in Tryton, then replay.`,
    });
  const receivableId = Number(row['account_receivable'] ?? (await defaultReceivable(context, company)));
  if (receivableId === 0)
    throw rejected({
      code: 'customer-without-receivable',
      category: 'master-data',
      message: `Customer ${code} has no receivable account in ${company.name}.`,
      path,
      cause: `no receivable account for ${code} in ${company.name}`,
      remedy: 'Set the default receivable account of the company in Tryton, then replay.',
    });
  return { id: Number(row['id']), name: String(row['name']), addressId, receivableId };
}

/** The receivable account of every party that has none of its own. */
async function defaultReceivable(context: ConnectorContext, company: Company): Promise<number> {
  const params = [[1], ['default_account_receivable'], { company: company.id }];
  const [row] = (await rpc(context, {
    method: 'model.account.configuration.read',
    params,
    what: 'read the default receivable account',
    writes: false,
  })) as JsonObject[];
  return Number(row?.['default_account_receivable'] ?? 0);
}

async function idOf(
  context: ConnectorContext,
  company: Company,
  ask: { what: string; model: string; domain: (string | number)[][]; value: string; path: string },
): Promise<number> {
  const [row] = await search(context, { model: ask.model, domain: ask.domain, fields: ['id'], company: company.id });
  if (!row) throw unknown(ask.what, ask.value, company, ask.path);
  return Number(row['id']);
}

export const accountIdOf = (context: ConnectorContext, company: Company, code: string, path: string): Promise<number> =>
  idOf(context, company, {
    what: 'account',
    model: 'account.account',
    domain: [
      ['company', '=', company.id],
      ['code', '=', code],
    ],
    value: code,
    path,
  });

export const taxIdOf = (context: ConnectorContext, company: Company, name: string, path: string): Promise<number> =>
  idOf(context, company, {
    what: 'tax code',
    model: 'account.tax',
    domain: [
      ['company', '=', company.id],
      ['name', '=', name],
    ],
    value: name,
    path,
  });

export const currencyIdOf = (context: ConnectorContext, company: Company, code: string, path = '/currency'): Promise<number> =>
  code === company.currency
    ? Promise.resolve(company.currencyId)
    : idOf(context, company, { what: 'currency', model: 'currency.currency', domain: [['code', '=', code]], value: code, path });

export const journalIdOf = (
  context: ConnectorContext,
  company: Company,
  name: 'revenueJournal' | 'cashJournal' | 'writeOffJournal',
): Promise<number> => {
  const code = setting(context.settings, name);
  return idOf(context, company, {
    what: 'journal',
    model: 'account.journal',
    domain: [['code', '=', code]],
    value: code,
    path: '/journal',
  });
};

/** The open standard period that a day falls into. */
export async function periodIdOf(context: ConnectorContext, company: Company, day: JsonObject, shown: string): Promise<number> {
  const domain = [
    ['company', '=', company.id],
    ['type', '=', 'standard'],
    ['start_date', '<=', day],
    ['end_date', '>=', day],
  ];
  const [row] = await search(context, { model: 'account.period', domain, fields: ['name', 'state'], company: company.id });
  if (row && row['state'] === 'open') return Number(row['id']);
  const name = row ? String(row['name']) : undefined;
  throw rejected({
    code: name ? 'period-closed' : 'period-missing',
    category: 'posting-rejection',
    message: name
      ? `Period ${name} is closed in ${company.name}, and the posting date is ${shown}.`
      : `${company.name} has no period for ${shown}.`,
    path: '/postingDate',
    cause: name ? `period ${name} closed in ${company.name}` : `no period for ${shown} in ${company.name}`,
    remedy: 'Open the period in Tryton or post into the next open one, then replay.',
  });
}

/** Ids of several codes with one look-up each, in the order given. */
export async function each<T>(values: readonly string[], find: (value: string, index: number) => Promise<T>): Promise<Map<string, T>> {
  const found = new Map<string, T>();
  for (const [index, value] of values.entries()) if (!found.has(value)) found.set(value, await find(value, index));
  return found;
}
