import type { JsonObject } from '@waybill/sdk';
import type { DoubleRequest, DoubleResponse, VendorDouble } from '@waybill/sdk/double';
import { contractOf } from './contract.js';

/** A Chargebee site in memory, as far as lists, usage and recorded payments go. Amounts are numbers, as on the wire. */
export interface State {
  lists: Record<string, JsonObject[]>;
  /** By subscription and id. */
  usages: Map<string, JsonObject>;
  /** Of an invoice. */
  payments: Map<string, JsonObject[]>;
  /** What was answered under an idempotency key. */
  answered: Map<string, DoubleResponse>;
  /** Lines that `/invoices/{id}` shows a page at a time. */
  lines: Map<string, JsonObject[]>;
}

export const settings = {
  site: 'acme-test',
  apiKey: 'test_key-of-the-site',
  webhookUser: 'waybill',
  webhookPassword: 'password-of-the-webhook',
};

const objects: Record<string, string> = { invoices: 'invoice', credit_notes: 'credit_note', transactions: 'transaction', customers: 'customer', subscriptions: 'subscription', item_prices: 'item_price' }; // prettier-ignore
const said = (status: number, api_error_code: string, message: string, more: JsonObject = {}): DoubleResponse => ({
  status,
  body: { message, type: 'invalid_request', api_error_code, ...more },
});
const notFound = said(404, 'resource_not_found', 'Sorry, we couldn’t find that resource.');

function list(name: string, { query }: DoubleRequest, state: State): DoubleResponse {
  const rows = (state.lists[name] ?? [])
    .filter((row) => Number(row['updated_at']) > Number(query['updated_at[after]'] ?? -1))
    .filter((row) => query['id[is]'] === undefined || row['id'] === query['id[is]'])
    .filter((row) => query['type[is]'] === undefined || row['type'] === query['type[is]'])
    .filter((row) => query['type[in]'] === undefined || (JSON.parse(query['type[in]']) as string[]).includes(String(row['type'])))
    .filter((row) => query['include_deleted'] === 'true' || row['deleted'] !== true)
    .sort((a, b) => Number(b['updated_at']) - Number(a['updated_at']));
  return paged(rows, objects[name]!, query);
}

function paged(rows: readonly JsonObject[], object: string, query: Record<string, string>): DoubleResponse {
  const [at, size] = [Number(query['offset'] ?? 0), Number(query['limit'] ?? 10)];
  const next = rows.length > at + size ? { next_offset: String(at + size) } : {};
  return { status: 200, body: { list: rows.slice(at, at + size).map((row) => ({ [object]: row })), ...next } };
}

function takeUsage(subscription: string, { form }: DoubleRequest, state: State): DoubleResponse {
  if (!state.lists['subscriptions']!.some((row) => row['id'] === subscription)) return notFound;
  const at = `${subscription}/${form['id']}`;
  if (state.usages.has(at)) return said(400, 'duplicate_entry', `id : The value ${form['id']} is already present.`, { param: 'id' });
  const usage = { id: form['id']!, subscription_id: subscription, item_price_id: form['item_price_id']!, quantity: form['quantity']!, usage_date: Number(form['usage_date']), object: 'usage' };
  state.usages.set(at, usage);
  return { status: 200, body: { usage } };
} // prettier-ignore

function recordPayment(invoiceId: string, { form }: DoubleRequest, state: State): DoubleResponse {
  const invoice = state.lists['invoices']!.find((row) => row['id'] === invoiceId);
  if (!invoice) return notFound;
  const [due, amount] = [Number(invoice['amount_due']), Number(form['transaction[amount]'])];
  if (amount > due)
    return said(400, 'invalid_state_for_request', 'The amount is more than the amount due.', { param: 'transaction[amount]' });
  const paid = state.payments.get(invoiceId) ?? [];
  const transaction = {
    id: `txn_${invoiceId}_${paid.length + 1}`,
    type: 'payment',
    status: 'success',
    amount,
    currency_code: invoice['currency_code'],
    reference_number: form['transaction[reference_number]'],
  };
  state.payments.set(invoiceId, [...paid, transaction]);
  invoice['amount_due'] = due - amount;
  return { status: 200, body: { invoice, transaction } };
}

/** The same answer under the same key, refusals too. Source: apidocs.chargebee.com, "Idempotent requests". */
function once(request: DoubleRequest, state: State, make: () => DoubleResponse): DoubleResponse {
  const key = `${request.path} ${request.headers['chargebee-idempotency-key']}`;
  const before = state.answered.get(key);
  if (before) return { ...before, headers: { 'chargebee-idempotency-replayed': 'true' } };
  const answer = make();
  state.answered.set(key, JSON.parse(JSON.stringify(answer)) as DoubleResponse);
  return answer;
}

function answer(request: DoubleRequest, state: State): DoubleResponse {
  const [, name = '', encoded, rest] = /^\/api\/v2\/([a-z_]+)(?:\/([^/]+))?(?:\/([a-z_]+))?$/.exec(request.path) ?? [];
  const id = decodeURIComponent(encoded ?? '');
  if (rest === 'usages' && request.method === 'POST') return once(request, state, () => takeUsage(id, request, state));
  if (rest === 'usages') {
    const usage = state.usages.get(`${id}/${request.query['id']}`);
    return usage ? { status: 200, body: { usage } } : notFound;
  }
  if (rest === 'record_payment') return once(request, state, () => recordPayment(id, request, state));
  if (rest === 'payments') return paged(state.payments.get(id) ?? [], 'transaction', request.query);
  if (encoded === undefined) return list(name, request, state);
  const row = state.lists[name]?.find((one) => one['id'] === id);
  if (!row) return notFound;
  const lines = state.lines.get(id);
  if (!lines) return { status: 200, body: { [objects[name]!]: row } };
  const at = Number(request.query['line_items_offset'] ?? 0);
  const next = lines.length > at + 2 ? { line_items_next_offset: String(at + 2) } : { line_items_next_offset: undefined };
  return { status: 200, body: { [objects[name]!]: { ...row, line_items: lines.slice(at, at + 2), ...next } } };
}

const invoice = (n: number, more: JsonObject = {}): JsonObject => ({
  id: `INV-${n}`, customer_id: 'C-1', status: 'payment_due', currency_code: 'EUR', total: 1000 + n, amount_due: 1000 + n, updated_at: 1_795_000_000 + n * 60,
  resource_version: (1_795_000_000 + n * 60) * 1000 + 7, deleted: false, ...more,
}); // prettier-ignore
export const invoiceRow = invoice;

export const double: VendorDouble<State> = {
  name: 'Chargebee',
  contract: contractOf(settings.apiKey),
  start: () => ({
    lists: {
      invoices: [...[1, 2, 3, 4].map((n) => invoice(n)), invoice(5, { status: 'pending' }), invoice(6, { currency_code: 'JPY', total: 5000, amount_due: 5000 })],
      credit_notes: [],
      transactions: [
        { id: 'txn_1', type: 'payment', status: 'success', amount: 500, currency_code: 'EUR', updated_at: 1_795_000_000, resource_version: 1_795_000_000_000 },
        { id: 'txn_2', type: 'refund', status: 'success', amount: 500, currency_code: 'EUR', updated_at: 1_795_000_001, resource_version: 1_795_000_001_000 },
      ],
      customers: [{ id: 'C-1', company: 'Umbrella GmbH', updated_at: 1_795_000_000, resource_version: 1_795_000_000_000 }],
      subscriptions: [{ id: 'S-1', customer_id: 'C-1', status: 'active', updated_at: 1_795_000_000, resource_version: 1_795_000_000_000 }],
      item_prices: [{ id: 'calls-EUR', name: 'Calls' }],
    },
    usages: new Map(),
    payments: new Map(),
    answered: new Map(),
    lines: new Map(),
  }), // prettier-ignore
  answer,
  says: {
    throttled: {
      status: 429,
      headers: { 'retry-after': '9' },
      body: { message: 'Sorry, access has been blocked temporarily due to request count exceeding acceptable limits.', type: 'operation_failed', api_error_code: 'api_request_limit_exceeded' },
    },
    tokenOver: { status: 401, body: { message: 'Sorry, authentication failed. Invalid api key', api_error_code: 'api_authentication_failed' } },
    serverError: { status: 500, body: { message: 'Something went wrong.', type: 'operation_failed', api_error_code: 'internal_error' } },
  }, // prettier-ignore
  situations: { 'closed-period': () => () => undefined, 'inactive-customer': () => () => undefined },
};
