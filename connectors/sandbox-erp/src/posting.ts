import { inDoubt, money, rejected, type ConnectorContext, type JsonObject, type Receipt, type SendRequest } from '@waybill/sdk';
import { readJson } from './answer.js';
import { call, entityOf, read, rows } from './erp-client.js';
import { erpError, failureOf } from './refusals.js';

/** A receipt of a posted document, or nothing when the object is no document. */
export function receiptOf(document: JsonObject | undefined): Receipt | undefined {
  const { id, number, total, tax, currency, status, postingDate } = document ?? {};
  if (typeof id !== 'string' || typeof number !== 'string') return undefined;
  const totals =
    typeof total === 'string' && typeof currency === 'string'
      ? { currency, total, ...(typeof tax === 'string' ? { tax } : {}) }
      : undefined;
  return {
    documentId: id,
    documentNumber: number,
    ...(totals ? { totals } : {}),
    details: { status: status ?? null, postingDate: postingDate ?? null },
  };
}

/**
 * Posts a document in one call. The ERP refuses a repeated external id and names the document that has it, so whoever
 * sends twice gets the first one's receipt. The same number under another key is the same document only when it is the
 * same money: somebody booked it by hand.
 */
export async function post(context: ConnectorContext, path: string, request: SendRequest, body: JsonObject): Promise<Receipt> {
  const sent: JsonObject = { ...body, entity: entityOf(context), externalId: request.key };
  const response = await call(context, { method: 'POST', path, body: sent });
  if (response.status === 201) {
    const receipt = receiptOf(readJson(response));
    if (receipt) return receipt;
    throw inDoubt({
      code: 'no-document',
      message: 'The ERP answered 201 without naming a document.',
      httpStatus: 201,
      vendorWords: response.text,
    });
  }
  const error = erpError(response);
  if (response.status === 409 && error?.existing) {
    const existing = await read(context, `/documents/${encodeURIComponent(error.existing)}`);
    const receipt = receiptOf(existing);
    if (error.code === 'ALREADY_VOIDED' && receipt) return receipt;
    if (existing && receipt && isSameMoney(existing, sent, request)) return receipt;
    throw rejected({
      code: error.code,
      category: 'duplicate',
      message: `${error.message} It is not the same: ${difference(existing, sent, request)}.`,
      cause: `document ${error.existing} is in the way`,
      remedy: 'Compare the two documents; void the wrong one in the ERP, then replay, or resolve this one.',
      httpStatus: 409,
      vendorWords: response.text,
    });
  }
  throw failureOf(response, { write: true, document: sent });
}

const amountOf = (document: JsonObject): string => String(document['total'] ?? document['amount'] ?? '');

function difference(existing: JsonObject | undefined, sent: JsonObject, request: SendRequest): string {
  if (isOfAnother(existing, request))
    return `that one was posted under the external id ${String(existing?.['externalId'])}, for another document`;
  return `${String(existing?.['total'])} ${String(existing?.['currency'])} there, ${amountOf(sent)} ${String(sent['currency'])} here`;
}

/** Posted with a key of its own that is not ours: two documents of the source may share a number and an amount, never a document here. */
const isOfAnother = (existing: JsonObject | undefined, request: SendRequest): boolean =>
  typeof existing?.['externalId'] === 'string' && existing['externalId'] !== request.key;

function isSameMoney(existing: JsonObject, sent: JsonObject, request: SendRequest): boolean {
  if (isOfAnother(existing, request)) return false;
  const amount = amountOf(sent);
  // A void and a journal carry no total of their own: the external id alone says it is the same.
  if (amount === '') return existing['externalId'] === request.key;
  const [there, currency] = [existing['total'], existing['currency']];
  if (!money.isDecimal(there) || !money.isDecimal(amount)) return false;
  return money.equals(there, amount) && currency === sent['currency'] && (existing['customer'] ?? null) === (sent['customer'] ?? null);
}

/** Looks a posted document up by our key. The ERP's lists read their own writes, so nothing found means nothing there. */
export async function findByKey(context: ConnectorContext, request: SendRequest): Promise<Receipt | null> {
  const found = await rows(context, '/documents', { entity: entityOf(context), externalId: request.key, limit: 2 });
  const [document] = found;
  return receiptOf(document) ?? null;
}

/** The posting that a void, refund or write-off acts on. The engine always gives it. */
export function originalOf(request: SendRequest): string {
  const id = request.original?.documentId;
  if (id) return id;
  throw rejected({
    code: 'no-original',
    category: 'posting-rejection',
    message: `There is no posted document to ${request.effect}.`,
    cause: `${request.effect} without a posted document`,
    remedy: 'Post the original document first, then replay.',
  });
}
