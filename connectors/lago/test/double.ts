import type { JsonObject } from '@waybill/sdk';
import { openApiContract, type DoubleRequest, type DoubleResponse, type VendorDouble } from '@waybill/sdk/double';
import { contractsOf } from '../../../tools/contracts-for-tests.mjs';

/** A Lago in memory, as far as usage and lists go. */
export interface State {
  events: Map<string, JsonObject>;
  lists: Record<string, JsonObject[]>;
}

export const settings = {
  apiKey: 'key-of-the-organization',
  organization: '1a901a90-1a90-1a90-1a90-1a901a901a90',
  hmacKey: 'hmac-key-of-the-endpoint',
};
const { missing, json } = contractsOf('lago');
export const contractMissing = missing;
export const openApi = (): JsonObject => json('lago-openapi-bundled.json') as JsonObject;
const against = missing === undefined ? openApiContract(openApi(), { base: '/api/v1', closed: true }) : undefined;

function contract(request: DoubleRequest): string[] {
  const authorized = request.headers['authorization'] === `Bearer ${settings.apiKey}`;
  return [...(against?.(request) ?? []), ...(authorized ? [] : ['the API key is missing'])];
}

const refused = (error_details: JsonObject): DoubleResponse => ({
  status: 422,
  body: { status: 422, error: 'Unprocessable entity', code: 'validation_errors', error_details },
});
const notFound = (code: string): DoubleResponse => ({ status: 404, body: { status: 404, error: 'Not Found', code } });

function take(events: readonly JsonObject[], state: State): DoubleResponse {
  const errors = events.flatMap((event, at): [string, JsonObject][] =>
    state.events.has(String(event['transaction_id'])) ? [[String(at), { transaction_id: ['value_already_exist'] }]] : [],
  );
  if (errors.length > 0) return refused(Object.fromEntries(errors));
  for (const event of events) state.events.set(String(event['transaction_id']), event);
  return { status: 200, body: { events } };
}

function answer(request: DoubleRequest, state: State): DoubleResponse {
  const [, name, id] = /^\/api\/v1\/([a-z_]+)(?:\/([^/]+))?$/.exec(request.path) ?? [];
  if (request.method === 'POST' && request.path === '/api/v1/events/batch')
    return take((request.json as { events: JsonObject[] }).events, state);
  if (name === 'events') {
    const event = state.events.get(decodeURIComponent(id ?? ''));
    return event ? { status: 200, body: { event } } : notFound('event_not_found');
  }
  const rows = state.lists[name ?? ''];
  if (!rows) return notFound('not_found');
  if (id !== undefined) {
    const found = rows.find((row) => row['lago_id'] === id || row['external_id'] === id || row['code'] === id);
    return found
      ? { status: 200, body: { [name!.replace(/e?s$/, (end) => (name === 'taxes' ? '' : end === 'es' ? 'e' : ''))]: found } }
      : notFound('not_found');
  }
  const [page, size] = [Number(request.query['page'] ?? 1), Number(request.query['per_page'] ?? 20)];
  const since = request.query['issuing_date_from'] ?? '';
  const found = rows.filter((row) => String(row['issuing_date'] ?? '9999') >= since);
  const rest = found.length - page * size;
  return {
    status: 200,
    body: { [name!]: found.slice((page - 1) * size, page * size), meta: { current_page: page, next_page: rest > 0 ? page + 1 : null } },
  };
}

export const double: VendorDouble<State> = {
  name: 'Lago',
  contract,
  start: () => ({
    events: new Map(),
    lists: {
      invoices: Array.from({ length: 5 }, (_, n) => ({ lago_id: `inv-${n}`, issuing_date: `2026-11-0${n + 1}`, status: n === 4 ? 'draft' : 'finalized', payment_status: 'pending', total_amount_cents: 1000 + n, updated_at: `2026-11-0${n + 1}T00:00:00Z`, ...(n === 0 ? {} : { fees: [] }) })),
      credit_notes: [], payments: [], customers: [], subscriptions: [],
      plans: [{ code: 'basic', name: 'Basic' }],
    },
  }), // prettier-ignore
  answer,
  says: {
    throttled: {
      status: 429,
      headers: { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '3' },
      body: { status: 429, error: 'Too Many Requests' },
    },
    tokenOver: { status: 401, body: { status: 401, error: 'Unauthorized' } },
    serverError: { status: 500, body: { status: 500, error: 'Internal Server Error' } },
  },
  situations: { 'closed-period': () => () => undefined, 'inactive-customer': () => () => undefined },
};
