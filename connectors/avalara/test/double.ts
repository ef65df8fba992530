import type { JsonObject } from '@waybill/sdk';
import type { DoubleRequest, DoubleResponse, VendorDouble } from '@waybill/sdk/double';
import { contract } from './contract.js';

/** One transaction under its code and kind. Amounts are cents here and numbers on the wire. */
export interface Transaction {
  id: number;
  code: string;
  type: string;
  status: 'Saved' | 'Committed' | 'Cancelled';
  locked: boolean;
  referenceCode: string;
  currencyCode: string;
  amount: number;
  tax: number;
  /** How often it was recorded under this code. */
  version: number;
}

/** A company of AvaTax in memory, with one rate for every sale. */
export interface State {
  transactions: Map<string, Transaction>;
  licenseKey: string;
}

export const settings = { environment: 'sandbox', accountId: '2000123456', licenseKey: 'license-key-of-the-test', companyCode: 'ACME' };

/** As the pages of developer.avalara.com/avatax/errors show it. */
const said = (status: number, code: string, message: string, headers: Record<string, string> = {}): DoubleResponse => ({
  status,
  headers,
  body: { error: { code, message, target: 'Unknown', details: [{ code, number: 1, message, description: `About ${code}.`, faultCode: 'Client', severity: 'Error' }] } },
}); // prettier-ignore
const notFound = said(404, 'EntityNotFoundError', 'The transaction was not found.');
const [ratePerMille, cents] = [88.75, (amount: unknown) => Math.round(Number(amount) * 100)];
const shown = ({ amount, tax, version: _, locked, ...one }: Transaction, more: JsonObject = {}): DoubleResponse => ({
  status: 200,
  body: { ...one, locked, totalAmount: amount / 100, totalTax: tax / 100, totalTaxable: amount / 100, ...more },
});

interface Model {
  code: string;
  type: string;
  companyCode: string;
  currencyCode: string;
  referenceCode?: string;
  commit?: boolean;
  addresses: { shipTo: { country: string; postalCode?: string } };
  lines: { amount: number }[];
  taxOverride?: { taxAmount: number };
}

function calculated(model: Model, state: State): Transaction | DoubleResponse {
  if (model.companyCode !== settings.companyCode) return said(400, 'CompanyInvalidException', `Company ${model.companyCode} not found.`);
  const { country, postalCode } = model.addresses.shipTo;
  if (country === 'US' && postalCode === undefined) return said(400, 'NotEnoughAddressesInfo', 'Not enough address information.');
  const amount = model.lines.reduce((sum, line) => sum + cents(line.amount), 0);
  const tax = model.taxOverride ? cents(model.taxOverride.taxAmount) : Math.round((amount * ratePerMille) / 1_000);
  const status = model.commit ? 'Committed' : 'Saved';
  return { id: 1_000 + state.transactions.size, code: model.code, type: model.type, status, locked: false, referenceCode: model.referenceCode ?? '', currencyCode: model.currencyCode, amount, tax, version: 1 };
} // prettier-ignore

function recorded(model: Model, state: State): DoubleResponse {
  const made = calculated(model, state);
  if (!('id' in made)) return made;
  const at = `${made.type}/${made.code}`;
  const before = state.transactions.get(at);
  if (before?.locked) return said(400, 'CannotModifyLockedTransaction', `Document ${made.code} is locked.`);
  const now = before ? { ...made, id: before.id, version: before.version + 1 } : made;
  state.transactions.set(at, now);
  return { ...shown(now), status: before ? 200 : 201 };
}

function answer({ method, path, query, json, headers }: DoubleRequest, state: State): DoubleResponse {
  const login = `Basic ${Buffer.from(`${settings.accountId}:${state.licenseKey}`).toString('base64')}`;
  const known = headers['authorization'] === login;
  if (path === '/api/v2/utilities/ping') return { status: 200, body: { version: '26.9.0', authenticated: known } };
  if (!known) return said(401, 'AuthenticationException', 'Authentication failed.');
  if (path === '/api/v2/companies') return { status: 200, body: { value: query['$filter']?.includes("'ACME'") ? [{ id: 1, companyCode: 'ACME' }] : [] } };
  if (path === '/api/v2/transactions/createoradjust') return recorded((json as { createTransactionModel: Model }).createTransactionModel, state);
  if (path === '/api/v2/transactions/create') {
    const made = calculated(json as Model, state);
    if (!('id' in made)) return made;
    const tax = { jurisName: 'NEW YORK', jurisType: 'State', taxType: 'Sales', taxName: 'NY STATE TAX', taxable: made.amount / 100, tax: made.tax / 100, rate: ratePerMille / 1_000 };
    return { ...shown(made, { id: 0, code: 'c0ffee', status: 'Temporary', summary: [tax] }), status: 201 };
  }
  const [, company, encoded, act] = /^\/api\/v2\/companies\/([^/]+)\/transactions\/([^/]+)(?:\/(commit|void))?$/.exec(path) ?? [];
  const code = decodeURIComponent(encoded ?? '').replaceAll('_-ava2f-_', '/').replaceAll('_-ava2b-_', '+').replaceAll('_-ava3f-_', '?').replaceAll('_-ava25-_', '%');
  const found = company === settings.companyCode ? state.transactions.get(`${query['documentType']}/${code}`) : undefined;
  if (!found) return notFound;
  if (method === 'GET') return shown(found);
  if (found.locked) return said(400, 'CannotModifyLockedTransaction', `Document ${code} is locked.`);
  if (act === 'commit') {
    if (found.status === 'Cancelled') return said(400, 'InvalidDocumentStatus', 'A cancelled document cannot be committed.');
    found.status = 'Committed';
    return shown(found);
  }
  if (found.status === 'Cancelled') return said(400, 'TransactionAlreadyCancelled', `Document ${code} is cancelled.`);
  found.status = 'Cancelled';
  return shown(found);
} // prettier-ignore

export const double: VendorDouble<State> = {
  name: 'AvaTax',
  contract,
  start: () => ({ transactions: new Map(), licenseKey: settings.licenseKey }),
  answer,
  says: {
    throttled: said(429, 'RateLimitExceededError', 'Too many requests.', { 'retry-after': '5' }),
    tokenOver: said(401, 'AuthenticationException', 'Authentication failed.'),
    serverError: said(500, 'InternalServerError', 'An unexpected error occurred.'),
  },
  // A quote is a POST that records nothing.
  writes: ({ method, path }) => method !== 'GET' && path !== '/api/v2/transactions/create',
  situations: { 'closed-period': () => () => undefined, 'inactive-customer': () => () => undefined },
};
