import { money } from '@waybill/sdk';
import type { DocumentKind, DocumentLine, ErpDocument, TaxLine } from './document.js';
import { accountOf, activeCustomer, currencyOf, entityOf, openPeriod, taxCodeOf, type MasterData } from './master-data.js';
import { Refusal } from './refusal.js';
import { amountOf, dateOf, decimalOf, listOf, optionalText, textOf, textsOf, type Body } from './request-body.js';

/** A checked document that has no number yet. */
export type Draft = Omit<ErpDocument, 'id' | 'number' | 'createdAt' | 'status' | 'voidedBy' | 'open' | 'applications'> & {
  decimals: number;
  /** Documents it is to be applied to, as the caller named them. */
  appliesTo: { field: string; document?: string; origin?: string; reference?: string; amount: string }[];
};

/** What every document has: a known entity and currency, an open month, and a customer who may be billed where it needs one. */
function head(data: MasterData, kind: DocumentKind, body: Body, needsCustomer: boolean) {
  const entity = entityOf(data, textOf(body, 'entity')).code;
  const customer = needsCustomer ? activeCustomer(data, entity, textOf(body, 'customer')).number : null;
  const currency = currencyOf(data, textOf(body, 'currency'));
  const postingDate = dateOf(body, 'postingDate');
  openPeriod(data, entity, postingDate);
  return {
    kind,
    entity,
    externalId: optionalText(body, 'externalId'),
    reference: optionalText(body, 'reference'),
    origin: optionalText(body, 'origin'),
    credits: optionalText(body, 'credits'),
    customer,
    currency: currency.code,
    decimals: currency.decimals,
    documentDate: dateOf(body, 'documentDate'),
    postingDate,
    dueDate: body['dueDate'] === undefined || body['dueDate'] === null ? null : dateOf(body, 'dueDate'),
    description: optionalText(body, 'description'),
    actsOn: null,
    appliesTo: applicationsOf(body, currency.decimals),
  };
}

function applicationsOf(body: Body, decimals: number): Draft['appliesTo'] {
  return listOf(body, 'appliesTo', { max: 100 }).map((entry, at) => {
    const field = `appliesTo/${at}`;
    const names = {
      document: optionalText(entry, 'document'),
      origin: optionalText(entry, 'origin'),
      reference: optionalText(entry, 'reference'),
    };
    const given = Object.fromEntries(Object.entries(names).filter(([, value]) => value !== null));
    if (Object.keys(given).length === 0) throw new Refusal('FIELD_INVALID', `${field} must name a document, origin or reference.`, field);
    const amount = amountOf(entry, 'amount', decimals, `${field}/amount`);
    if (money.compare(amount, '0') <= 0) throw new Refusal('FIELD_INVALID', `${field}/amount must be more than zero.`, `${field}/amount`);
    return { field, ...given, amount };
  });
}

function lineOf(data: MasterData, entity: string, decimals: number, line: Body, at: number): DocumentLine {
  const path = `lines/${at}`;
  const item = optionalText(line, 'item', `${path}/item`);
  if (item !== null && !data.items.some((i) => i.code === item))
    throw new Refusal('ITEM_NOT_FOUND', `There is no item ${item}.`, `${path}/item`);
  const period = line['servicePeriod'] as Body | undefined;
  return {
    description: textOf(line, 'description', `${path}/description`),
    quantity: decimalOf(line, 'quantity', `${path}/quantity`),
    ...(line['unitPrice'] === undefined ? {} : { unitPrice: decimalOf(line, 'unitPrice', `${path}/unitPrice`) }),
    amount: amountOf(line, 'amount', decimals, `${path}/amount`),
    account: accountOf(data, entity, textOf(line, 'account', `${path}/account`), `${path}/account`).code,
    ...(item === null ? {} : { item }),
    taxCodes: textsOf(line, 'taxCodes', `${path}/taxCodes`).map((code) => taxCodeOf(data, entity, code, `${path}/taxCodes`).code),
    ...(period ? { servicePeriod: { from: dateOf(period, 'from'), to: dateOf(period, 'to') } } : {}),
  };
}

/** An invoice or a credit memo: lines and tax must be the totals, to the last digit. The ERP computes no tax of its own. */
export function draftSale(data: MasterData, kind: 'invoice' | 'credit-memo', body: Body): Draft {
  const common = head(data, kind, body, true);
  const { entity, decimals } = common;
  const lines = listOf(body, 'lines', { min: 1 }).map((line, at) => lineOf(data, entity, decimals, line, at));
  const taxLines = listOf(body, 'taxLines', { max: 200 }).map((line, at): TaxLine => {
    const path = `taxLines/${at}`;
    const amount = amountOf(line, 'amount', decimals, `${path}/amount`);
    const code = optionalText(line, 'taxCode', `${path}/taxCode`);
    if (code === null) throw new Refusal('TAX_CODE_REQUIRED', `${path} has tax of ${amount} and no tax code.`, `${path}/taxCode`);
    return {
      taxCode: taxCodeOf(data, entity, code, `${path}/taxCode`).code,
      base: amountOf(line, 'base', decimals, `${path}/base`),
      amount,
    };
  });
  const totals = {
    subtotal: amountOf(body, 'subtotal', decimals),
    tax: amountOf(body, 'tax', decimals),
    total: amountOf(body, 'total', decimals),
  };
  if (!money.isZero(totals.tax) && taxLines.length === 0)
    throw new Refusal('TAX_CODE_REQUIRED', `The tax is ${totals.tax} and no tax line names its code.`, 'taxLines');
  if (money.isNegative(totals.total))
    throw new Refusal('FIELD_INVALID', `total ${totals.total} is negative; that is the other kind of document.`, 'total');
  const sums: [keyof typeof totals, string, string][] = [
    ['subtotal', money.sum(lines.map((line) => line.amount)), 'the sum of the lines'],
    ['tax', money.sum(taxLines.map((line) => line.amount)), 'the sum of the tax lines'],
    ['total', money.add(totals.subtotal, totals.tax), 'subtotal and tax'],
  ];
  for (const [field, computed, what] of sums)
    if (!money.equals(totals[field], computed))
      throw new Refusal('TOTALS_MISMATCH', `${field} is ${totals[field]}, but ${what} is ${computed}.`, field);
  return { ...common, lines, taxLines, ...totals };
}

/** What an ERP makes of a sale that computes its lines anew and rounds them otherwise: the first is one minor unit more, and so is the total. */
export function roundedUp(draft: Draft): Draft {
  const [first, ...rest] = draft.lines;
  if (!first || (draft.kind !== 'invoice' && draft.kind !== 'credit-memo')) return draft;
  const more = (amount: string): string => money.add(amount, money.fromMinor('1', draft.decimals));
  return { ...draft, lines: [{ ...first, amount: more(first.amount) }, ...rest], subtotal: more(draft.subtotal), total: more(draft.total) };
}

/** Money in (`payment`) or out (`refund`). The account is where it waits for the bank statement; a fee goes to its own. */
export function draftPayment(data: MasterData, kind: 'payment' | 'refund', body: Body): Draft {
  const common = head(data, kind, body, true);
  const { entity, decimals } = common;
  const total = amountOf(body, 'amount', decimals);
  if (money.compare(total, '0') <= 0) throw new Refusal('FIELD_INVALID', `amount must be more than zero, not ${total}.`, 'amount');
  const fee = body['fee'] === undefined || body['fee'] === null ? money.round('0', decimals) : amountOf(body, 'fee', decimals);
  const line = (description: string, field: string, amount: string): DocumentLine => ({
    description, quantity: '1', amount, account: accountOf(data, entity, textOf(body, field), field).code, taxCodes: [],
  }); // prettier-ignore
  const lines = [
    line('Received or paid', 'account', money.subtract(total, fee)),
    ...(money.isZero(fee) ? [] : [line('Fee', 'feeAccount', fee)]),
  ];
  return { ...common, lines, taxLines: [], subtotal: total, tax: money.round('0', decimals), total };
}

/** Debits must equal credits. A credit is kept as a negative line. */
export function draftJournal(data: MasterData, body: Body): Draft {
  const common = head(data, 'journal-entry', body, false);
  const { entity, decimals } = common;
  const zero = money.round('0', decimals);
  let debits = zero;
  const lines = listOf(body, 'lines', { min: 2 }).map((line, at): DocumentLine => {
    const path = `lines/${at}`;
    const [debit, credit] = [amountOf(line, 'debit', decimals, `${path}/debit`), amountOf(line, 'credit', decimals, `${path}/credit`)];
    if (money.isNegative(debit) || money.isNegative(credit) || money.isZero(debit) === money.isZero(credit))
      throw new Refusal('FIELD_INVALID', `${path} must have a debit or a credit, and neither negative.`, path);
    debits = money.add(debits, debit);
    const account = accountOf(data, entity, textOf(line, 'account', `${path}/account`), `${path}/account`).code;
    return {
      description: optionalText(line, 'description', `${path}/description`) ?? '',
      quantity: '1',
      amount: money.subtract(debit, credit),
      account,
      taxCodes: [],
    };
  });
  const difference = money.sum(lines.map((line) => line.amount));
  if (!money.isZero(difference)) throw new Refusal('NOT_BALANCED', `Debits less credits is ${difference}, not zero.`, 'lines');
  return { ...common, lines, taxLines: [], subtotal: debits, tax: zero, total: debits };
}
