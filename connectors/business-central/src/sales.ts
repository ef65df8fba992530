import {
  inDoubt, isConnectorFailure, isTransportFailure, money, rejected,
  type ConnectorContext, type JsonObject, type Receipt, type SendRequest,
} from '@waybill/sdk'; // prettier-ignore
import { act, create, etagOf, list, readOne, remove } from './api.js';
import { externalNumberOf, literal } from './keys.js';
import { customerOf, invoiceOf, isPosted } from './master-data.js';
import { assertSums, expectedTotals, saleBody, type SaleKind } from './sale-body.js';

/** What carries our key: what is in the books, and drafts that an earlier attempt left. */
async function byKey(context: ConnectorContext, kind: SaleKind, key: string): Promise<{ posted?: JsonObject; drafts: JsonObject[] }> {
  const filter = `externalDocumentNumber eq ${literal(externalNumberOf(key))}`;
  const rows = await list(context, kind.set, { filter, top: 10 }, `look the ${kind.name} up by our key`);
  const posted = rows.filter(isPosted);
  if (posted.length > 1)
    throw rejected({
      code: 'external-number-ambiguous',
      category: 'duplicate',
      message: `Business Central holds ${posted.length} posted documents with the external document number ${externalNumberOf(key)}.`,
      cause: `${posted.length} documents under one key`,
      remedy: 'Credit the surplus one in Business Central, then resolve this.',
    });
  return { ...(posted[0] ? { posted: posted[0] } : {}), drafts: rows.filter((row) => !isPosted(row)) };
}

const pathOf = (kind: SaleKind, document: JsonObject): string => `${kind.set}(${String(document['id'])})`;

/** What differs between the document there and ours, as a sentence; undefined when it is the same money for the same customer. */
function differenceOf(there: JsonObject, document: JsonObject, settings: JsonObject): string | undefined {
  for (const [field, ours] of Object.entries(expectedTotals(document, settings))) {
    const theirs = there[field];
    if (!money.isDecimal(theirs)) return `it shows no ${field}`;
    if (!money.equals(theirs, money.absolute(ours))) return `${field} ${theirs} there, ${ours} ${String(document['currency'])} here`;
  }
  if (String(there['customerNumber']).toUpperCase() !== String(document['customer']).toUpperCase())
    return `customer ${String(there['customerNumber'])} there, ${String(document['customer'])} here`;
  if (typeof there['currencyCode'] === 'string' && there['currencyCode'] !== '' && there['currencyCode'] !== document['currency'])
    return `${there['currencyCode']} there, ${String(document['currency'])} here`;
  return undefined;
}

/**
 * Two steps, create and post, each of which may have happened without our knowing. So it begins with a look: what is posted is taken,
 * a draft that says the same is posted, one that says something else is taken away. Only where nothing is there a draft is made.
 */
export async function postSale(context: ConnectorContext, request: SendRequest, kind: SaleKind): Promise<Receipt> {
  const { document, key } = request;
  assertSums(document);
  const { posted, drafts } = await byKey(context, kind, key);
  if (posted) return takePosted(context, posted, request, kind);
  await customerOf(context, document['customer']);
  const draft = (await reusable(context, kind, drafts, document)) ?? (await makeDraft(context, kind, request));
  const difference = differenceOf(draft, document, context.settings);
  if (difference !== undefined) {
    await removeDraft(context, kind, draft);
    throw rejected({
      code: 'totals-differ',
      category: 'posting-rejection',
      message: `Business Central makes another ${kind.name} of ${String(document['number'])}: ${difference}.`,
      path: '/total',
      cause: 'totals in Business Central differ from the source',
      remedy: 'Nothing was posted. Correct the tax set-up or the tax codes, or post the tax as lines, then replay.',
    });
  }
  await postDraft(context, kind, draft, request);
  return readBack(context, kind, draft, request);
}

/** What is in the books under our key is ours, if it is the same money; else somebody changed or reused it. */
function takePosted(context: ConnectorContext, posted: JsonObject, request: SendRequest, kind: SaleKind): Receipt {
  const difference = differenceOf(posted, request.document, context.settings);
  if (difference === undefined) return receiptOf(posted, request.document);
  throw rejected({
    code: 'posted-differs',
    category: 'duplicate',
    message: `The ${kind.name} ${String(posted['number'])} is posted under our key, and it is not the same: ${difference}.`,
    cause: `${kind.name} ${String(posted['number'])} in the way`,
    remedy: 'Compare the two; cancel the wrong one in Business Central, then replay, or resolve this.',
  });
}

async function reusable(
  context: ConnectorContext,
  kind: SaleKind,
  drafts: JsonObject[],
  document: JsonObject,
): Promise<JsonObject | undefined> {
  const same = drafts.find(
    (one) => differenceOf(one, document, context.settings) === undefined && one['postingDate'] === document['postingDate'],
  );
  for (const other of drafts) if (other !== same) await removeDraft(context, kind, other);
  return same;
}

async function makeDraft(context: ConnectorContext, kind: SaleKind, request: SendRequest): Promise<JsonObject> {
  const { document, key } = request;
  const credited = kind.set === 'salesCreditMemos' ? document['invoice'] : undefined;
  const appliesTo = typeof credited === 'string' ? String((await invoiceOf(context, credited))['id']) : undefined;
  const body = saleBody(document, { key, kind, settings: context.settings, ...(appliesTo === undefined ? {} : { appliesTo }) });
  const what = `make the ${kind.name} ${String(document['number'])}`;
  const made = await create(context, kind.set, body, { what, about: `customer ${String(document['customer'])}` });
  // the answer to a deep insert may have been computed before the lines
  return (await readOne(context, pathOf(kind, made), `read the draft of ${String(document['number'])}`)) ?? made;
}

async function postDraft(context: ConnectorContext, kind: SaleKind, draft: JsonObject, request: SendRequest): Promise<void> {
  const of = {
    what: `post the ${kind.name} ${String(request.document['number'])}`,
    about: `customer ${String(request.document['customer'])}`,
  };
  try {
    await act(context, `${pathOf(kind, draft)}/Microsoft.NAV.post`, of);
  } catch (error) {
    if (!isConnectorFailure(error) || error.facts.recovery !== 'rejected') throw error;
    // somebody else may have posted it at the same moment; else nothing half-made is left lying about
    const { posted } = await byKey(context, kind, request.key);
    if (posted) return;
    await removeDraft(context, kind, draft);
    throw error;
  }
}

async function removeDraft(context: ConnectorContext, kind: SaleKind, draft: JsonObject): Promise<void> {
  const path = pathOf(kind, draft);
  const current = await readOne(context, path, `read the draft ${String(draft['number'])}`);
  if (!current || isPosted(current)) return;
  await remove(context, path, { etag: etagOf(current), what: `take the draft ${String(draft['number'])} away` });
}

/** It is in the books by now: whatever goes wrong with the reading is in doubt, and is looked up. */
async function readBack(context: ConnectorContext, kind: SaleKind, draft: JsonObject, request: SendRequest): Promise<Receipt> {
  let there: JsonObject | undefined;
  try {
    there = await readOne(context, pathOf(kind, draft), `read the ${kind.name} back`);
  } catch (error) {
    if (!isConnectorFailure(error) && !isTransportFailure(error)) throw error;
    throw inDoubt({
      code: 'read-back-failed',
      message: `Posted, but reading it back failed: ${error.message}`,
      remedy: 'It is looked up.',
    });
  }
  if (there && isPosted(there)) return receiptOf(there, request.document);
  throw inDoubt({
    code: 'not-posted',
    message: `Business Central took the call, but the ${kind.name} is ${String(there?.['status'] ?? 'not there')}.`,
    remedy: 'It is looked up.',
  });
}

function receiptOf(there: JsonObject, document: JsonObject): Receipt {
  const [total, tax, currency] = [there['totalAmountIncludingTax'], there['totalTaxAmount'], document['currency']];
  return {
    documentId: String(there['id']),
    documentNumber: String(there['number']),
    ...(money.isDecimal(total) && typeof currency === 'string'
      ? { totals: { currency, total, ...(money.isDecimal(tax) ? { tax } : {}) } }
      : {}),
    details: {
      status: there['status'] ?? null,
      postingDate: there['postingDate'] ?? null,
      externalDocumentNumber: there['externalDocumentNumber'] ?? null,
    },
  };
}

/** A draft is not in the books, so it counts as absent: the next send goes on from it. */
export async function findSale(context: ConnectorContext, request: SendRequest, kind: SaleKind): Promise<Receipt | null> {
  const { posted } = await byKey(context, kind, request.key);
  return posted ? receiptOf(posted, request.document) : null;
}

const cancelled = 'Canceled';

/** `Microsoft.NAV.cancel` takes a posted document back by one of the other kind, which Business Central dates and applies itself. */
export async function cancelSale(context: ConnectorContext, request: SendRequest, kind: SaleKind): Promise<Receipt> {
  const found = await findCancelled(context, request, kind);
  if (found) return found;
  const path = `${kind.set}(${originalOf(request)})`;
  await act(context, `${path}/Microsoft.NAV.cancel`, {
    what: `cancel the ${kind.name} ${request.original?.documentNumber ?? ''}`,
    about: `${kind.name} ${originalOf(request)}`,
  });
  const after = await findCancelled(context, request, kind).catch((error: unknown) => {
    throw inDoubt({
      code: 'read-back-failed',
      message: `Cancelled, but reading it back failed: ${String(error)}`,
      remedy: 'It is looked up.',
    });
  });
  if (after) return after;
  throw inDoubt({
    code: 'not-cancelled',
    message: `Business Central took the call, but the ${kind.name} is not cancelled.`,
    remedy: 'It is looked up.',
  });
}

export async function findCancelled(context: ConnectorContext, request: SendRequest, kind: SaleKind): Promise<Receipt | null> {
  const there = await readOne(context, `${kind.set}(${originalOf(request)})`, `read the ${kind.name}`);
  if (there?.['status'] !== cancelled) return null;
  return { ...receiptOf(there, request.document), documentId: `${String(there['id'])}/cancelled` };
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
