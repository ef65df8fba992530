import type { Json, JsonObject } from '@waybill/sdk';

/** What is personal in a canonical document, and what stays because it is accounted for. Pure. */

/** Stands where a text was. */
export const erased = 'erased';

/**
 * Fields of canonical documents whose text stays: ids, numbers of documents, money, codes, dates and words of fixed lists. They are the accounting
 * record, which the laws that ask for erasure ask to keep.
 */
export const kept: ReadonlySet<string> = new Set([
  ...['sourceSystem', 'sourceId', 'sourceRevision', 'correlationId', 'occurredAt', 'id', 'number', 'type', 'kind', 'status', 'method'],
  ...[
    'legalEntity',
    'currency',
    'functionalCurrency',
    'country',
    'zone',
    'family',
    'itemCode',
    'plan',
    'price',
    'product',
    'pricingVersion',
  ],
  ...[
    'amount',
    'base',
    'credit',
    'debit',
    'fee',
    'quantity',
    'rate',
    'subtotal',
    'taxTotal',
    'total',
    'unitPrice',
    'unit',
    'meter',
    'writtenOff',
  ],
  ...[
    'account',
    'clearingAccount',
    'revenueAccount',
    'taxCode',
    'taxCodes',
    'taxCategory',
    'code',
    'paymentTerms',
    'collection',
    'aggregate',
  ],
  ...['documentDate', 'postingDate', 'dueDate', 'startDate', 'endDate', 'decidedAt', 'from', 'to', 'period', 'adjusts', 'digest'],
  ...['invoice', 'customer', 'creditMemo', 'refund', 'subscription', 'document'],
]);

/** Fields whose text goes, each for what people may have written there. Every field of every canonical schema is in one of the two; a test holds it. */
export const personal: ReadonlySet<string> = new Set([
  ...['name', 'email', 'phone', 'line1', 'line2', 'city', 'postalCode', 'region', 'value', 'owner'],
  ...['description', 'memo', 'reason', 'reference', 'terms', 'dimensions'],
]);

/** The document without what is personal. Its shape, its sums and what it says of other documents are what they were. */
export const redact = (content: JsonObject): JsonObject => fields(content);

const fields = (value: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(value).map(([name, one]) => [name, without(name, one as Json)]));

function without(name: string, value: Json): Json {
  if (typeof value === 'string') return kept.has(name) ? value : erased;
  if (Array.isArray(value)) return value.map((one) => without(name, one));
  if (typeof value !== 'object' || value === null) return value;
  // Under a name that is not known to be harmless nothing is: names of dimensions are whatever a meter chose.
  return personal.has(name)
    ? Object.fromEntries(Object.entries(value).map(([inner, one]) => [inner, without('', one as Json)]))
    : fields(value);
}
