import {
  inDoubt,
  isConnectorFailure,
  isTransportFailure,
  money,
  rejected,
  type ConnectorContext,
  type Json,
  type JsonObject,
  type Receipt,
  type SendRequest,
} from '@waybill/sdk';
import { inDateOrder } from './date-order.js';
import { invoiceValues } from './invoice-document.js';
import { readInvoices } from './invoice-rows.js';
import { companyOf, type Company } from './master-data.js';
import { nested, rpc } from './rpc.js';
import { setting } from './settings.js';
import { settleWith } from './settlement.js';
import { date } from './wire.js';

/** States of Tryton's invoice: before these nothing is in the books. */
const inTheBooks = ['posted', 'paid', 'cancelled'];
async function byKey(context: ConnectorContext, company: Company, key: string): Promise<{ final?: JsonObject; drafts: JsonObject[] }> {
  const rows = await readInvoices(context, company, [['reference', '=', key]]);
  const final = rows.filter((row) => inTheBooks.includes(String(row['state'])));
  if (final.length > 1)
    throw rejected({
      code: 'reference-ambiguous',
      category: 'duplicate',
      message: `Tryton holds ${final.length} invoices with the reference ${key}.`,
      remedy: 'Credit the surplus one in Tryton, then resolve this.',
    });
  return { ...(final[0] ? { final: final[0] } : {}), drafts: rows.filter((row) => !inTheBooks.includes(String(row['state']))) };
}

/** The books' totals without a sign, both with the decimals of the total: Tryton says plain 0 for no tax. */
function totalsOf(row: JsonObject): Receipt['totals'] {
  const total = money.absolute(String(row['total_amount']));
  const decimals = total.split('.')[1]?.length ?? 0;
  return {
    currency: String(nested(row, 'currency')['code']),
    total,
    tax: money.round(money.absolute(String(row['tax_amount'])), decimals),
  };
}

export function receiptOf(context: ConnectorContext, row: JsonObject): Receipt {
  const number = typeof row['number'] === 'string' ? row['number'] : undefined;
  const entry = nested(row, 'move')['post_number'];
  return {
    documentId: String(row['id']),
    ...(number ? { documentNumber: number } : {}),
    url: `${setting(context.settings, 'baseUrl')}/#${setting(context.settings, 'database')}/model/account.invoice/${String(row['id'])}`,
    totals: totalsOf(row),
    details: { state: row['state'] ?? null, accountingDate: row['accounting_date'] ?? null, ...(entry ? { entry: String(entry) } : {}) },
  };
}

/** What Tryton's books say against what the document says. A difference is shown, never plugged. */
function compare(row: JsonObject, document: JsonObject): void {
  for (const [field, name] of [
    ['total_amount', 'total'],
    ['untaxed_amount', 'subtotal'],
    ['tax_amount', 'taxTotal'],
  ] as const) {
    const [theirs, ours] = [money.absolute(String(row[field])), money.absolute(String(document[name]))];
    if (money.equals(theirs, ours)) continue;
    throw rejected({
      code: 'totals-differ',
      category: 'posting-rejection',
      message: `Tryton says ${name} ${theirs} for ${String(row['number'] ?? 'the draft')} of ${String(document['number'])}, the source says ${ours} ${String(document['currency'])}.`,
      path: `/${name}`,
      cause: 'totals in Tryton differ from the source',
      remedy: row['number']
        ? `Credit ${String(row['number'])} in Tryton and correct the mapping or the tax set-up.`
        : 'Nothing was posted. Correct the mapping or the tax set-up in Tryton, then replay.',
    });
  }
}

/** Create, then post. Both halves are looked for first: what is in the books is taken, a half-made draft is made anew. */
export async function postInvoice(context: ConnectorContext, request: SendRequest, sign: 1 | -1): Promise<Receipt> {
  const company = await companyOf(context);
  const { final, drafts } = await byKey(context, company, request.key);
  if (final) {
    compare(final, request.document);
    return receiptOf(context, final);
  }
  const { values } = await invoiceValues(context, company, { document: request.document, key: request.key, sign });
  for (const draft of drafts) await removeDraft(context, company, Number(draft['id']));
  const [id] = (await rpc(context, {
    method: 'model.account.invoice.create',
    params: [[values], { company: company.id }],
    what: 'create the invoice',
    writes: true,
  })) as number[];
  if (typeof id !== 'number') throw inDoubt({ code: 'no-id', message: 'Tryton created the invoice but told no id.' });
  try {
    const [draft] = await readInvoices(context, company, [['id', '=', id]]);
    if (draft) compare(draft, request.document);
    await postInDateOrder(context, company, id, request.document);
  } catch (error) {
    // nothing is in the books after a refusal, so nothing half-made is left lying about; if this fails, the next send does it
    if (isConnectorFailure(error) && error.facts.recovery === 'rejected') await removeDraft(context, company, id).catch(() => undefined);
    throw error;
  }
  return afterwards(async () => {
    const [row] = await readInvoices(context, company, [['id', '=', id]]);
    if (!row || !inTheBooks.includes(String(row['state'])))
      throw inDoubt({
        code: 'not-posted',
        message: `Tryton took the call but invoice ${id} is ${String(row?.['state'] ?? 'gone')}.`,
        remedy: 'It is looked up again.',
      });
    compare(row, request.document);
    if (sign === -1 && typeof request.document['invoice'] === 'string')
      await settleWith(context, company, { creditNote: row, number: request.document['invoice'] });
    const [settled] = await readInvoices(context, company, [['id', '=', id]]);
    return receiptOf(context, settled ?? row);
  });
}

/** Something is in the books by now: whatever goes wrong from here on is in doubt, unless it is a definite refusal. */
export async function afterwards<T>(body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    if (isConnectorFailure(error) && ['rejected', 'in-doubt'].includes(error.facts.recovery)) throw error;
    if (!isConnectorFailure(error) && !isTransportFailure(error)) throw error;
    throw inDoubt({
      code: 'read-back-failed',
      message: `Posted, but reading it back failed: ${error.message}`,
      remedy: 'It is looked up.',
    });
  }
}

export async function findInvoice(context: ConnectorContext, request: SendRequest): Promise<Receipt | null> {
  const { final } = await byKey(context, await companyOf(context), request.key);
  return final ? receiptOf(context, final) : null;
}

async function postInDateOrder(context: ConnectorContext, company: Company, id: number, document: JsonObject): Promise<void> {
  const wanted = String(document['accountingDate'] ?? document['invoiceDate']);
  const call = (method: string, params: Json[], what: string) =>
    rpc(context, { method: `model.account.invoice.${method}`, params: [[id], ...params, { company: company.id }], what, writes: true });
  await inDateOrder(context, company, {
    day: wanted,
    post: async (day) => {
      if (day !== wanted) await call('write', [{ accounting_date: date(day) }], 'set the accounting date');
      await call('post', [], `post the invoice ${String(document['number'])}`);
    },
  });
}

async function removeDraft(context: ConnectorContext, company: Company, id: number): Promise<void> {
  for (const step of ['cancel', 'delete'])
    await rpc(context, {
      method: `model.account.invoice.${step}`,
      params: [[id], { company: company.id }],
      what: `${step} the half-made draft ${id}`,
      writes: false,
    });
}
