import {
  inDoubt,
  isJsonObject,
  money,
  rejected,
  type ConnectorContext,
  type JsonObject,
  type Receipt,
  type SendRequest,
} from '@waybill/sdk';
import { query, quoted, type Entity } from './api.js';
import { isOurs, listOf, noteLine, type Applied } from './documents.js';

/** Rows of one page of a query; more are asked for from the next place on (API reference, "Query operations and syntax"). */
const pageMax = 1_000;
const pagesMax = 20;

const refOf = (found: JsonObject, name: string): string | undefined => {
  const ref = found[name];
  return isJsonObject(ref) && typeof ref['value'] === 'string' ? ref['value'] : undefined;
};

export function receiptOf(entity: Entity, found: JsonObject): Receipt {
  const { Id, DocNumber, TotalAmt, SyncToken, TxnDate, TxnTaxDetail } = found;
  const currency = refOf(found, 'CurrencyRef');
  const tax = isJsonObject(TxnTaxDetail) ? TxnTaxDetail['TotalTax'] : undefined;
  const told = currency !== undefined && money.isDecimal(TotalAmt);
  // What the API calls a purchase is an expense in QuickBooks' own pages.
  const page = entity === 'Purchase' ? 'expense' : entity.toLowerCase();
  return {
    documentId: String(Id),
    ...(typeof DocNumber === 'string' ? { documentNumber: DocNumber } : {}),
    url: `https://app.qbo.intuit.com/app/${page}?txnId=${encodeURIComponent(String(Id))}`,
    ...(told ? { totals: { currency, total: TotalAmt, ...(money.isDecimal(tax) ? { tax } : {}) } } : {}),
    details: { entity, syncToken: SyncToken ?? null, date: TxnDate ?? null },
  };
}

/**
 * A transaction of ours, by our key in its private note. Notes cannot be asked for, so the question is narrowed by what QuickBooks can filter: the
 * number, or the date and the customer. Queries read what was just written.
 */
export async function findTransaction(
  context: ConnectorContext,
  entity: Entity,
  request: SendRequest,
  key = request.key,
): Promise<JsonObject | undefined> {
  const { number, date, customer } = request.document;
  // Expenses cannot be asked for by their payee.
  const hasCustomer = entity !== 'JournalEntry' && entity !== 'Purchase' && typeof customer === 'string';
  const where =
    typeof number === 'string' && key === request.key && request.effect === 'create'
      ? ` where DocNumber = ${quoted(number)}`
      : ` where TxnDate = ${quoted(String(date))}${hasCustomer ? ` and CustomerRef = ${quoted(customer)}` : ''}`;
  for (let page = 0; page < pagesMax; page += 1) {
    const rows = await query(context, entity, `${where} startposition ${page * pageMax + 1} maxresults ${pageMax}`);
    const found = rows.find((row) => isOurs(row, key));
    if (found) return found;
    if (rows.length < pageMax) return undefined;
  }
  throw inDoubt({
    code: 'too-many-to-look-through',
    message: `More than ${pageMax * pagesMax} ${entity}s of ${String(date)} could hold ${noteLine(key)}.`,
    remedy: 'Look for the key in the private notes by hand.',
  });
}

/** The invoices that a payment or a credit is applied to, by their numbers; ours or booked by hand. */
export async function invoicesOf(context: ConnectorContext, document: JsonObject): Promise<Applied[]> {
  const asked = listOf(document['appliesTo']);
  const found: Applied[] = [];
  for (const { invoice, amount } of asked) {
    const rows = await query(context, 'Invoice', ` where DocNumber = ${quoted(String(invoice))}`);
    const fitting = rows.filter((row) => refOf(row, 'CustomerRef') === document['customer']);
    if (fitting.length !== 1)
      throw rejected({
        code: fitting.length === 0 ? 'invoice-not-found' : 'invoice-not-clear',
        category: 'posting-rejection',
        message: `QuickBooks has ${fitting.length === 0 ? 'no' : String(fitting.length)} invoice ${String(invoice)} of customer ${String(document['customer'])}.`,
        cause: `invoice ${String(invoice)} to apply to`,
        remedy: 'Post the invoice first, or correct its number and customer in QuickBooks; then replay.',
      });
    found.push({ id: String(fitting[0]!['Id']), kind: 'Invoice', amount: String(amount) });
  }
  return found;
}

const typeOfReceivables = 'Accounts Receivable';

/** The receivables that a refund is on: the account that the document names, or the company's only one in the document's currency. */
export async function receivableOf(context: ConnectorContext, { receivable, currency }: JsonObject): Promise<string> {
  if (typeof receivable === 'string') return receivable;
  const accounts = await query(context, 'Account', ` where AccountType = ${quoted(typeOfReceivables)}`);
  // Companies with one currency name none on their accounts.
  const fitting = accounts.filter((row) => (refOf(row, 'CurrencyRef') ?? currency) === currency);
  const [account] = fitting;
  if (account && fitting.length === 1) return String(account['Id']);
  const names = fitting.map(({ Name }) => String(Name)).join(', ');
  throw rejected({
    code: account ? 'receivable-not-clear' : 'receivable-not-found',
    category: 'master-data',
    message: `QuickBooks has ${account ? `several receivables accounts in ${String(currency)}: ${names}` : `no receivables account in ${String(currency)}`}.`,
    path: '/receivable',
    cause: `receivables account in ${String(currency)}`,
    remedy: account
      ? 'Let the mapping name the id of the right one as `receivable`, then replay.'
      : 'Make one of type Accounts receivable in QuickBooks, or make it active; then replay.',
  });
}

/** The account that the money leaves. QuickBooks would take another silently. */
export function payingAccountOf({ depositTo }: JsonObject): void {
  if (typeof depositTo === 'string') return;
  throw rejected({
    code: 'refund-without-account',
    category: 'master-data',
    message: 'The refund names no account that the money leaves.',
    path: '/depositTo',
    cause: 'refund without an account',
    remedy: 'Name the bank account of the clearing account in the mapping, then replay.',
  });
}
