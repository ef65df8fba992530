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
  return {
    documentId: String(Id),
    ...(typeof DocNumber === 'string' ? { documentNumber: DocNumber } : {}),
    url: `https://app.qbo.intuit.com/app/${entity.toLowerCase()}?txnId=${encodeURIComponent(String(Id))}`,
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
  const hasCustomer = entity !== 'JournalEntry' && typeof customer === 'string';
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
