import {
  inDoubt,
  isConnectorFailure,
  isJsonObject,
  isTransportFailure,
  money,
  rejected,
  type ConnectorContext,
  type JsonObject,
  type Receipt,
  type SendRequest,
} from '@waybill/sdk';
import { createRecord, readRecord } from './api.js';
import { externalIdOf } from './external-id.js';
import { recordUrl } from './settings.js';
import { type ExactObject } from './wire.js';

export interface Posting {
  /** NetSuite's kind of record: `invoice`. */
  kind: string;
  body: ExactObject;
  /** Finishes the sentence "NetSuite refused to …". */
  what: string;
  about: string;
  /** What the books must say: the total, and who owes it. Undefined for journal entries, which have neither. */
  expected?: { total: string; currency: string; customerId?: string };
}

const eid = (request: SendRequest): string => `eid:${externalIdOf(request.key)}`;
const idOf = (value: unknown): string | undefined => (isJsonObject(value) && typeof value['id'] === 'string' ? value['id'] : undefined);
/** A payment's record calls its amount `payment`; all others `total`. */
const totalOf = (record: JsonObject): string | undefined =>
  [record['total'], record['payment']].find((value): value is string => money.isDecimal(value));

export function receiptOf(context: ConnectorContext, kind: string, record: JsonObject, currency: unknown): Receipt {
  const [id, number, total, tax] = [String(record['id']), record['tranId'], totalOf(record), record['taxTotal']];
  const url = recordUrl(context.settings, kind, id);
  return {
    documentId: id,
    ...(typeof number === 'string' ? { documentNumber: number } : {}),
    ...(url === undefined ? {} : { url }),
    ...(total !== undefined && typeof currency === 'string'
      ? { totals: { currency, total: money.absolute(total), ...(money.isDecimal(tax) ? { tax: money.absolute(tax) } : {}) } }
      : {}),
    details: {
      kind,
      status: nameOf(record['status']),
      date: record['tranDate'] ?? null,
      period: nameOf(record['postingPeriod']),
    },
  };
}

const nameOf = (value: unknown): string | null =>
  isJsonObject(value) && typeof value['refName'] === 'string' ? value['refName'] : typeof value === 'string' ? value : null;

/**
 * Posts a money document: made once under our external id, never written over. "Already exists" is looked up by that id and
 * compared; the same money is our own document, whose answer was lost. What the books say is read back and compared.
 */
export async function post(context: ConnectorContext, request: SendRequest, posting: Posting): Promise<Receipt> {
  const { kind, what, about, expected } = posting;
  let id: string;
  try {
    id = await createRecord(context, kind, { ...posting.body, externalId: externalIdOf(request.key) }, { what, about });
  } catch (error) {
    if (!isConnectorFailure(error) || error.facts.category !== 'duplicate') throw error;
    const there = await readRecord(context, kind, eid(request), `read ${kind} ${eid(request)}`);
    if (!there) throw error; // the duplicate is another field's: the number, say
    const difference = expected && differenceOf(there, expected);
    if (difference === undefined) return receiptOf(context, kind, there, request.document['currency']);
    throw rejected({
      code: error.facts.code,
      category: 'duplicate',
      message: `NetSuite holds ${kind} ${String(there['tranId'] ?? there['id'])} under our external id, and it is not the same: ${difference}.`,
      cause: `${kind} ${String(there['id'])} in the way`,
      remedy: 'Compare the two in NetSuite; void the wrong one there, then replay, or resolve this.',
      ...(error.facts.vendorWords === undefined ? {} : { vendorWords: error.facts.vendorWords }),
    });
  }
  const record = await readBack(() => readRecord(context, kind, id, `read ${kind} ${id} back`));
  const difference = expected && differenceOf(record, expected);
  if (difference === undefined) return receiptOf(context, kind, record, request.document['currency']);
  throw rejected({
    code: 'totals-differ',
    category: 'posting-rejection',
    message: `NetSuite booked ${kind} ${String(record['tranId'] ?? id)} otherwise than the source says: ${difference}.`,
    path: '/total',
    cause: `totals of ${kind} differ from the source`,
    remedy: `Take ${String(record['tranId'] ?? id)} back in NetSuite and correct the tax set-up or the mapping.`,
  });
}

/** What differs, as a sentence; undefined when it is the same money. */
function differenceOf(record: JsonObject, expected: NonNullable<Posting['expected']>): string | undefined {
  const there = totalOf(record);
  if (there === undefined) return `it shows no total, here ${expected.total} ${expected.currency}`;
  if (!money.equals(money.absolute(there), money.absolute(expected.total)))
    return `${there} there, ${expected.total} ${expected.currency} here`;
  const customer = idOf(record['entity']) ?? idOf(record['customer']);
  if (expected.customerId !== undefined && customer !== undefined && customer !== expected.customerId)
    return `customer ${customer} there, ${expected.customerId} here`;
  return undefined;
}

/** Something is in the books by now: whatever goes wrong with the reading is in doubt, and is looked up. */
async function readBack(read: () => Promise<JsonObject | undefined>): Promise<JsonObject> {
  try {
    const record = await read();
    if (record) return record;
  } catch (error) {
    if (!isConnectorFailure(error) && !isTransportFailure(error)) throw error;
    throw inDoubt({
      code: 'read-back-failed',
      message: `Posted, but reading it back failed: ${error.message}`,
      remedy: 'It is looked up.',
    });
  }
  throw inDoubt({ code: 'not-there', message: 'NetSuite named a document that it does not have.', remedy: 'It is looked up.' });
}

/** The look-up by our external id. NetSuite's record service reads its own writes; nothing there is certainly nothing. */
export async function find(context: ConnectorContext, request: SendRequest, kind: string): Promise<Receipt | null> {
  const record = await readRecord(context, kind, eid(request), `look ${kind} up by its external id`);
  return record ? receiptOf(context, kind, record, request.document['currency']) : null;
}
