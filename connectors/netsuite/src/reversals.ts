import {
  money,
  mustBeOpen,
  rejected,
  writtenOffOf,
  type ConnectorContext,
  type JsonObject,
  type Receipt,
  type SendRequest,
} from '@waybill/sdk';
import { readRecord } from './api.js';
import { find } from './posting.js';
import { postSale } from './sales.js';
import { setting } from './settings.js';
import { exact } from './wire.js';

const text = (document: JsonObject, name: string): string => String(document[name]);

/** A credit memo over `document`, on the void's date, applied to what is open of the original and to nothing else. */
function creditOriginal(context: ConnectorContext, request: SendRequest, of: { document: JsonObject; open: string }): Promise<Receipt> {
  const { appliesTo: _, dueDate: __, ...document } = of.document;
  const amount = money.compare(of.open, text(document, 'total')) < 0 ? of.open : text(document, 'total');
  const doc = { id: originalOf(request) };
  const apply = money.isZero(of.open) ? {} : { apply: { items: [{ doc, apply: true, amount: exact(amount) }] } };
  return postSale(context, { ...request, document: { ...document, documentDate: document['postingDate'] } }, 'creditMemo', apply);
}

/** What is open on the original by NetSuite's books; payments and credits may have taken some of it, or all. */
async function openOf(context: ConnectorContext, request: SendRequest): Promise<string> {
  const id = originalOf(request);
  const invoice = await readRecord(context, 'invoice', id, `read invoice ${id}`);
  const open = invoice?.['amountRemaining'];
  if (money.isDecimal(open)) return money.isNegative(open) ? '0' : open;
  throw rejected({
    code: 'original-gone',
    category: 'posting-rejection',
    message: `NetSuite has no invoice ${id} any more, or does not show what is open on it.`,
    cause: `invoice ${id} is gone from NetSuite`,
    remedy: 'Look what became of it in NetSuite, then resolve this.',
  });
}

/** Takes an invoice back: a credit memo with its lines. What was paid already stays as the customer's credit. */
export async function voidInvoice(context: ConnectorContext, request: SendRequest): Promise<Receipt> {
  // the look comes first: once it is credited, nothing is open any more, and the answer may have been lost
  const there = await find(context, request, 'creditMemo');
  return there ?? creditOriginal(context, request, { document: request.document, open: await openOf(context, request) });
}

/** What billing wrote off leaves the receivable by a credit memo of the write-off item, applied to the invoice. */
export async function writeOff(context: ConnectorContext, request: SendRequest): Promise<Receipt> {
  const there = await find(context, request, 'creditMemo');
  if (there) return there;
  const [amount, number] = [writtenOffOf(request), text(request.document, 'number')];
  const writeOffItem = setting(context.settings, 'writeOffItem');
  if (writeOffItem === undefined)
    throw rejected({
      code: 'no-write-off-item',
      category: 'master-data',
      message: 'The connection names no item for write-offs.',
      cause: 'no write-off item',
      remedy: 'Enter a service item whose income account is bad debt in the connection, then replay.',
    });
  const open = await openOf(context, request);
  mustBeOpen({ amount, open, currency: text(request.document, 'currency'), number, target: 'NetSuite' });
  const line = { item: writeOffItem, description: `Write-off of ${number}`, quantity: '1', amount };
  const document: JsonObject = { ...request.document, lines: [line], taxLines: [], subtotal: amount, taxTotal: '0', total: amount };
  return creditOriginal(context, request, { document, open });
}

function originalOf(request: SendRequest): string {
  const id = request.original?.documentId;
  if (id !== undefined) return id;
  throw rejected({
    code: 'no-original',
    category: 'posting-rejection',
    message: `There is no posted document to ${request.effect}.`,
    cause: `${request.effect} without a posted document`,
    remedy: 'Post the original document first, then replay.',
  });
}
