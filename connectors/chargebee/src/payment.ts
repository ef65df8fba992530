import {
  inDoubt,
  isConnectorFailure,
  isJsonObject,
  money,
  rejected,
  Type,
  type ConnectorContext,
  type JsonObject,
  type Operation,
  type Receipt,
  type SendRequest,
} from '@waybill/sdk';
import { page, post, read } from './api.js';
import { keyOf } from './usage.js';

/** Source: apidocs.chargebee.com, "Idempotent requests": a key is known for 30 minutes. */
const keyTtlMs = 30 * 60_000;

/** Of npm chargebee 3.33.0, `RecordPaymentInvoiceTransactionSchema`, the ones that need nothing else. */
const methods = ['cash', 'check', 'bank_transfer', 'other'] as const;

/**
 * Chargebee's decimals, not ISO's: currencies without minor units in whole units, all others times 100, also those with three decimals in ISO.
 * Source: apidocs.chargebee.com, "Currencies → Whole number currency values".
 */
export const decimalsOf = (currency: string): number => (money.minorUnits(currency) === 0 ? 0 : 2);

const invoicePath = (document: JsonObject): string => `/invoices/${encodeURIComponent(String(document['invoice']))}`;

function minorOf({ amount, currency }: JsonObject): string {
  try {
    return money.toMinor(String(amount), decimalsOf(String(currency)));
  } catch (error) {
    if (!(error instanceof money.MoneyError)) throw error;
    throw rejected({
      code: 'amount-too-fine',
      category: 'transformation',
      message: `Chargebee takes ${String(currency)} with ${decimalsOf(String(currency))} decimals: ${error.message}.`,
      path: '/amount',
    });
  }
}

/** The invoice decides the currency of what is recorded on it: a payment in another one would be taken as its own. */
async function refuseOtherCurrency(context: ConnectorContext, document: JsonObject): Promise<void> {
  const { invoice } = await read(context, invoicePath(document), undefined, `read the invoice ${String(document['invoice'])}`);
  const currency = isJsonObject(invoice) ? invoice['currency_code'] : undefined;
  if (currency === document['currency']) return;
  throw rejected({
    code: 'currency-differs',
    category: 'master-data',
    message: `The invoice ${String(document['invoice'])} is in ${String(currency)}, the payment in ${String(document['currency'])}.`,
    remedy: 'Record the payment on an invoice of its currency.',
    path: '/currency',
  });
}

async function send(context: ConnectorContext, request: SendRequest): Promise<Receipt> {
  const { document, key, attempt } = request;
  const amount = minorOf(document);
  const at = Date.parse(String(document['receivedAt']));
  if (!Number.isFinite(at))
    throw rejected({ code: 'time-unreadable', category: 'transformation', message: `receivedAt must be an instant, not ${String(document['receivedAt'])}.`, path: '/receivedAt' }); // prettier-ignore
  const there = attempt > 1 ? await find(context, request) : null;
  if (there) return there;
  await refuseOtherCurrency(context, document);
  const answer = await post(
    context,
    `${invoicePath(document)}/record_payment`,
    {
      'transaction[amount]': amount,
      'transaction[payment_method]': String(document['method']),
      'transaction[reference_number]': key,
      'transaction[date]': String(Math.floor(at / 1_000)),
      comment: typeof document['comment'] === 'string' ? document['comment'] : undefined,
    },
    {
      what: `record ${String(document['amount'])} ${String(document['currency'])} on the invoice ${String(document['invoice'])}`,
      key: keyOf(request),
      about: `invoice ${String(document['invoice'])}`,
    },
  );
  const receipt = isJsonObject(answer['transaction']) ? receiptOf(answer['transaction'], key) : undefined;
  if (receipt) return receipt;
  throw inDoubt({ code: 'answer-without-payment', message: 'Chargebee did not name the payment that it recorded.', vendorWords: JSON.stringify(answer) }); // prettier-ignore
}

function receiptOf(transaction: JsonObject, key: string): Receipt | undefined {
  const { id, reference_number: reference, amount, currency_code: currency } = transaction;
  if (typeof id !== 'string' || reference !== key) return undefined;
  const told = typeof amount === 'string' && typeof currency === 'string' && /^[A-Z]{3}$/.test(currency);
  return { documentId: id, ...(told ? { totals: { currency, total: money.fromMinor(amount, decimalsOf(currency)) } } : {}) };
}

/** Payments of this invoice whose reference number is our key. Read page by page: whoever has many is not told "absent" by the first page. */
async function find(context: ConnectorContext, { document, key }: SendRequest): Promise<Receipt | null> {
  try {
    for (let offset: string | undefined, pages = 0; ; pages += 1) {
      if (pages === 50) throw rejected({ code: 'too-many-payments', category: 'api-failure', message: `The invoice ${String(document['invoice'])} has more than 5,000 payments.` }); // prettier-ignore
      const query = { limit: 100, ...(offset === undefined ? {} : { offset }) };
      const { rows, next } = await page(context, `${invoicePath(document)}/payments`, 'transaction', query);
      for (const row of rows) {
        const receipt = receiptOf(row, key);
        if (receipt) return receipt;
      }
      if (next === undefined) return null;
      offset = next;
    }
  } catch (error) {
    if (isConnectorFailure(error) && error.facts.httpStatus === 404 && error.facts.code === 'resource_not_found') return null;
    throw error;
  }
}

export const payment = {
  title: 'Payment',
  summary: 'Records money that arrived outside of Chargebee on an invoice. The posting key is its reference number.',
  kind: 'financial-posting',
  document: 'payment',
  effects: ['create'],
  input: Type.Object(
    {
      invoice: Type.String({ title: 'Invoice id', minLength: 1, maxLength: 50 }),
      amount: Type.String({ title: 'Amount', pattern: '^\\d{1,18}(\\.\\d{1,8})?$' }),
      currency: Type.String({ title: 'Currency', pattern: '^[A-Z]{3}$' }),
      method: Type.Unsafe<string>({ enum: [...methods], title: 'How it was paid' }),
      receivedAt: Type.String({ title: 'When it arrived', format: 'date-time' }),
      comment: Type.Optional(Type.String({ title: 'Comment', minLength: 1, maxLength: 300 })),
    },
    { additionalProperties: false },
  ),
  writes: 'once',
  idempotency: { mode: 'idempotency-key', keyTtlMs, replaysFailures: true },
  maxUpstreamSeconds: 90,
  send,
  find,
} satisfies Operation;
