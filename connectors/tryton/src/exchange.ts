import { money, rejected, type ConnectorContext, type JsonObject } from '@waybill/sdk';
import { currencyIdOf, type Company } from './master-data.js';
import { rpc, search } from './rpc.js';
import { setting } from './settings.js';
import { date, decimal } from './wire.js';

/** An amount in another currency than the company's, and what it is worth in its books. */
export interface Exchanged {
  currencyId: number;
  worth: string;
  /** Decimals of the company's currency. */
  digits: number;
}

/**
 * At Tryton's own rate of the day, rounded as Tryton rounds, which is half-even: what its wizards would have said. Undefined for the company's own currency.
 * Nothing is chosen here; a day without a rate is refused.
 */
export async function exchanged(
  context: ConnectorContext,
  company: Company,
  of: { amount: string; currency: string; day: string },
): Promise<Exchanged | undefined> {
  if (of.currency === company.currency) return undefined;
  const currencyId = await currencyIdOf(context, company, of.currency);
  const rows = (await rpc(context, {
    method: 'model.currency.currency.read',
    params: [[currencyId, company.currencyId], ['rate', 'digits'], { company: company.id, date: date(of.day) }],
    what: `read the rate of ${of.currency} on ${of.day}`,
    writes: false,
  })) as JsonObject[];
  const row = (id: number): JsonObject => rows.find((one) => one['id'] === id) ?? {};
  const [theirs, ours] = [String(row(currencyId)['rate'] ?? '0'), String(row(company.currencyId)['rate'] ?? '0')];
  if (money.isZero(theirs) || money.isZero(ours))
    throw rejected({
      code: 'currency-rate-missing',
      category: 'master-data',
      message: `Tryton has no rate from ${of.currency} to ${company.currency} on ${of.day}.`,
      path: '/currency',
      cause: `no rate from ${of.currency} to ${company.currency} on ${of.day}`,
      remedy: 'Enter a rate for the currency and date in Tryton, then replay.',
    });
  const digits = Number(row(company.currencyId)['digits'] ?? 2);
  return { currencyId, digits, worth: money.divide(money.multiply(of.amount, ours), theirs, digits, 'half-even') };
}

/** Decimals of the company's currency. */
export async function digitsOf(context: ConnectorContext, company: Company): Promise<number> {
  const [row] = (await rpc(context, {
    method: 'model.currency.currency.read',
    params: [[company.currencyId], ['digits'], { company: company.id }],
    what: `read the decimals of ${company.currency}`,
    writes: false,
  })) as JsonObject[];
  return Number(row?.['digits'] ?? 2);
}

/** What a line says beside the company's currency. Its sign is that of a debit. */
export const inCurrency = (currencyId: number | undefined, signed: string): JsonObject =>
  currencyId === undefined ? {} : { second_currency: currencyId, amount_second_currency: decimal(signed) };

export interface ExchangeMethod {
  /** A loss is debited, a gain credited. */
  debitAccount: number;
  creditAccount: number;
}

/** The accounts of the write-off method that the connection names, or undefined when it names none. */
export async function exchangeMethodOf(context: ConnectorContext, company: Company): Promise<ExchangeMethod | undefined> {
  const name = setting(context.settings, 'exchangeMethod');
  if (name === '') return undefined;
  const [method] = await search(context, {
    model: 'account.move.reconcile.write_off',
    domain: [
      ['company', '=', company.id],
      ['name', '=', name],
    ],
    fields: ['debit_account', 'credit_account'],
    company: company.id,
  });
  if (method) return { debitAccount: Number(method['debit_account']), creditAccount: Number(method['credit_account']) };
  throw rejected({
    code: 'exchange-method-unknown',
    category: 'master-data',
    message: `${company.name} has no write-off method ${name}.`,
    cause: `write-off method ${name} unknown`,
    remedy: 'Create it in Tryton or correct the connection.',
  });
}
