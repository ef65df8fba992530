import { Refusal } from './refusal.js';

export interface Entity {
  code: string;
  name: string;
  currency: string;
  country: string;
}
export interface TaxCode {
  entity: string;
  code: string;
  name: string;
  /** Percent, as text. */
  rate: string;
  /** Where the tax is owed. */
  account: string;
}
export const accountTypes = ['asset', 'liability', 'income', 'expense'] as const;
export interface Account {
  entity: string;
  code: string;
  name: string;
  type: (typeof accountTypes)[number];
}
export interface Item {
  code: string;
  name: string;
}
export interface Currency {
  code: string;
  decimals: number;
}
export interface Period {
  entity: string;
  /** `2026-11`. */
  month: string;
  status: 'open' | 'closed';
}
export interface Customer {
  entity: string;
  number: string;
  name: string;
  active: boolean;
  email?: string;
  country?: string;
  currency?: string;
  /** The id under which another system knows it. */
  origin?: string;
  externalId?: string;
  createdAt: string;
  updatedAt: string;
}

/** What documents refer to. Plain data, so it is saved as it is. */
export interface MasterData {
  entities: Entity[];
  taxCodes: TaxCode[];
  accounts: Account[];
  items: Item[];
  currencies: Currency[];
  periods: Period[];
  customers: Customer[];
}

/** The accounts that the ERP itself posts to, the same in each chart. */
export const receivables = '1200';

export function entityOf(data: MasterData, code: string): Entity {
  const entity = data.entities.find((e) => e.code === code);
  if (!entity) throw new Refusal('INVALID_LEGAL_ENTITY', `There is no legal entity ${JSON.stringify(code)}.`, 'entity');
  return entity;
}

export function activeCustomer(data: MasterData, entity: string, number: string): Customer {
  const customer = data.customers.find((c) => c.entity === entity && c.number === number);
  if (!customer) throw new Refusal('CUSTOMER_NOT_FOUND', `There is no customer ${number} in ${entity}.`, 'customer');
  if (!customer.active) throw new Refusal('CUSTOMER_INACTIVE', `Customer ${number} is inactive in ${entity}.`, 'customer');
  return customer;
}

export function taxCodeOf(data: MasterData, entity: string, code: string, field: string): TaxCode {
  const tax = data.taxCodes.find((t) => t.entity === entity && t.code === code);
  if (!tax) throw new Refusal('TAX_CODE_NOT_FOUND', `There is no tax code ${code} in ${entity}.`, field);
  return tax;
}

export function accountOf(data: MasterData, entity: string, code: string, field: string): Account {
  const account = data.accounts.find((a) => a.entity === entity && a.code === code);
  if (!account) throw new Refusal('ACCOUNT_NOT_FOUND', `There is no account ${code} in ${entity}.`, field);
  return account;
}

export function currencyOf(data: MasterData, code: string): Currency {
  const currency = data.currencies.find((c) => c.code === code);
  if (!currency) throw new Refusal('CURRENCY_NOT_FOUND', `There is no currency ${code}.`, 'currency');
  return currency;
}

/** A month nobody opened is a month nobody may post into. */
export function openPeriod(data: MasterData, entity: string, date: string): Period {
  const month = date.slice(0, 7);
  const period = data.periods.find((p) => p.entity === entity && p.month === month);
  if (!period) throw new Refusal('PERIOD_NOT_FOUND', `Period ${month} of ${entity} does not exist.`, 'postingDate');
  if (period.status === 'closed') throw new Refusal('PERIOD_CLOSED', `Period ${month} of ${entity} is closed.`, 'postingDate');
  return period;
}
