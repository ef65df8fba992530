import { openApiContract, type DoubleRequest } from '@waybill/sdk/double';

/**
 * What Chargebee says of the requests that this connector makes, and nothing else. Written by hand: its OpenAPI document is not among the contracts that
 * tests read. Sources: the generated request schemas and `api_endpoints.ts` of npm chargebee 3.33.0 (github.com/chargebee/chargebee-node, MIT) for names,
 * lengths and enumerations; apidocs.chargebee.com, "List operations", "Usages", "Record an invoice payment" and "Idempotent requests" for the rest. Form
 * fields and query parameters are text on the wire, so numbers are patterns here.
 */
const seconds = { type: 'string', pattern: '^\\d{1,12}$' };
const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength });
const query = (names: Record<string, object>) => Object.entries(names).map(([name, schema]) => ({ name, in: 'query', schema }));
const id = { name: 'id', in: 'path', required: true, schema: text(100) };
const key = { name: 'chargebee-idempotency-key', in: 'header', required: true, schema: text(100) };

const paging = { limit: { type: 'string', pattern: '^([1-9]\\d?|100)$' }, offset: text(1000) };
const listing = (sort: readonly string[], more: Record<string, object> = {}) =>
  query({
    ...paging,
    include_deleted: { type: 'string', enum: ['true', 'false'] },
    'id[is]': text(100),
    'updated_at[after]': { type: 'string', pattern: '^(0|\\d{9,10})$' },
    'sort_by[desc]': { type: 'string', enum: sort },
    ...more,
  });
const lines = query({ line_items_limit: { type: 'string', pattern: '^([1-9]\\d?|[12]\\d\\d|300)$' }, line_items_offset: text(1000) });
const form = (required: string[], properties: object) => ({
  required: true,
  content: { 'application/x-www-form-urlencoded': { schema: { type: 'object', required, properties, additionalProperties: false } } },
});

const paths: Record<string, Record<string, { parameters: { name: string; in: string }[]; requestBody?: object }>> = {
  '/invoices': { get: { parameters: listing(['date', 'updated_at']) } },
  '/credit_notes': { get: { parameters: listing(['date']) } },
  '/transactions': {
    get: { parameters: listing(['date', 'updated_at'], { 'type[is]': { enum: ['authorization', 'payment', 'refund', 'payment_reversal'] }, 'type[in]': { type: 'string', pattern: '^\\["[a-z_]+"(,"[a-z_]+")*\\]$' } }) },
  },
  '/customers': { get: { parameters: listing(['created_at', 'updated_at']) } },
  '/subscriptions': { get: { parameters: listing(['created_at', 'updated_at']) } },
  '/invoices/{id}': { get: { parameters: [id, ...lines] } },
  '/credit_notes/{id}': { get: { parameters: [id, ...lines] } },
  '/transactions/{id}': { get: { parameters: [id] } },
  '/customers/{id}': { get: { parameters: [id] } },
  '/subscriptions/{id}': { get: { parameters: [id] } },
  '/item_prices/{id}': { get: { parameters: [id] } },
  '/invoices/{id}/payments': { get: { parameters: [id, ...query(paging)] } },
  '/invoices/{id}/record_payment': {
    post: {
      parameters: [id, key],
      requestBody: form(['transaction[payment_method]'], {
        comment: text(300),
        'transaction[amount]': { type: 'string', pattern: '^\\d{1,18}$' },
        'transaction[payment_method]': { enum: ['cash', 'check', 'bank_transfer', 'other', 'app_store', 'play_store', 'custom', 'dana', 'touch_n_go', 'tamara', 'qpay'] },
        'transaction[reference_number]': text(100),
        'transaction[date]': seconds,
      }),
    },
  },
  '/subscriptions/{id}/usages': {
    get: { parameters: [id, ...query({ id: text(100) })] },
    post: {
      parameters: [id, key],
      requestBody: form(['item_price_id', 'quantity', 'usage_date'], { id: text(100), item_price_id: text(100), quantity: text(40), usage_date: seconds, note: text(500) }),
    },
  },
}; // prettier-ignore

const check = openApiContract({ openapi: '3.0.3', paths }, { base: '/api/v2' });

/** The schema, and what a schema does not say: no parameter but those named, and the key as the user of HTTP Basic. */
export function contractOf(apiKey: string): (request: DoubleRequest) => string[] {
  const authorization = `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`;
  return (request) => {
    const template = Object.keys(paths).find((one) => new RegExp(`^/api/v2${one.replace('{id}', '[^/]+')}$`).test(request.path));
    const known = template ? paths[template]![request.method.toLowerCase()]?.parameters : undefined;
    const strange = Object.keys(request.query).filter((name) => known && !known.some((one) => one.in === 'query' && one.name === name));
    return [
      ...check(request),
      ...strange.map((name) => `the query parameter ${name} is not known`),
      ...(request.headers['authorization'] === authorization ? [] : ['the API key is missing']),
    ];
  };
}
