import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Billing, type Collection } from './billing.js';
import { posts } from './commands.js';
import { advanceTo } from './cycle.js';
import { readForm, type Form } from './form.js';
import { once } from './idempotency.js';
import { expanded, pageOf } from './listing.js';
import { meterSummaries } from './meter-summaries.js';
import { has, nested, optional, optionalWhole, texts } from './parameters.js';
import { list } from './shapes.js';
import { invalid, StripeError } from './stripe-error.js';
import { cancelSubscription } from './subscriptions.js';

const paths: Partial<Record<Collection, string>> = {
  customers: '/customers', products: '/products', prices: '/prices', taxRates: '/tax_rates', subscriptions: '/subscriptions', meters: '/billing/meters', creditGrants: '/billing/credit_grants',
  invoices: '/invoices', invoicePayments: '/invoice_payments', paymentIntents: '/payment_intents', creditNotes: '/credit_notes', refunds: '/refunds', events: '/events',
}; // prettier-ignore

/** Parameters that narrow a list, and what they are compared with. */
const filters: Record<string, (object: Record<string, unknown>, form: Form) => boolean> = {
  customer: (object, form) => object['customer'] === form['customer'],
  status: (object, form) => object['status'] === form['status'] || form['status'] === 'all',
  subscription: (object, form) =>
    (object as { parent?: { subscription_details?: { subscription?: string } } }).parent?.subscription_details?.subscription ===
    form['subscription'],
  invoice: (object, form) => object['invoice'] === form['invoice'],
  payment_intent: (object, form) => object['payment_intent'] === form['payment_intent'],
  payment: (object, form) =>
    (object as { payment?: { payment_intent?: string } }).payment?.payment_intent === nested(form, 'payment')['payment_intent'],
  type: (object, form) => object['type'] === form['type'],
  types: (object, form) => texts(form, 'types').includes(String(object['type'])),
};

type Call = FastifyRequest<{ Params: { id?: string } }>;

/** Billing in Stripe's API: forms in, JSON out, errors and idempotency keys as Stripe has them. */
export function billingRoutes(app: FastifyInstance, options: { billing: Billing; key: string; saved: () => void }): void {
  const { billing, key, saved } = options;
  const basic = `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof StripeError) return reply.status(error.status).send(error.body());
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    return reply
      .status(status)
      .send({ error: { type: status < 500 ? 'invalid_request_error' : 'api_error', message: (error as Error).message } });
  });
  app.setNotFoundHandler((request, reply) =>
    reply.status(404).send(invalid(`Unrecognized request URL (${request.method}: ${request.url}).`).body()),
  );
  app.addHook('onRequest', async (request) => {
    const given = request.headers.authorization;
    if (given !== `Bearer ${key}` && given !== basic)
      throw new StripeError(401, { type: 'invalid_request_error', message: 'Invalid API Key provided.' });
  });
  app.addHook('onResponse', async (request) => {
    if (request.method !== 'GET') saved();
  });
  const query = (request: FastifyRequest): Form => readForm(request.url.split('?')[1] ?? '');

  for (const [name, path] of Object.entries(paths) as [Collection, string][]) {
    app.get(`/v1${path}`, (request) => {
      const form = query(request);
      const narrowed = Object.entries(filters).filter(([filter]) => has(form, filter));
      const all = billing.state[name].filter((object) => narrowed.every(([, matches]) => matches(object as Record<string, unknown>, form)));
      const page = pageOf(all as { id: string; created: number }[], form, `/v1${path}`);
      return expanded(billing, { ...page, data: page.data.map((object) => billing.shown(object)) }, form);
    });
    app.get(`/v1${path}/:id`, (request: Call) =>
      expanded(billing, billing.shown(billing.get(name, request.params.id ?? '')), query(request)),
    );
  }
  app.get('/v1/invoices/:id/lines', (request: Call) => invoiceLines(billing, request.params.id ?? '', query(request)));
  app.get('/v1/billing/meters/:id/event_summaries', (request: Call) => {
    const [id, form] = [request.params.id ?? '', query(request)];
    const page = pageOf(meterSummaries(billing, id, form), form, `/v1/billing/meters/${id}/event_summaries`);
    return { ...page, data: page.data.map(({ created: _, ...summary }) => summary) };
  });
  app.get('/v1/account', () => ({
    id: 'acct_sandbox',
    object: 'account',
    country: 'US',
    default_currency: 'usd',
    business_profile: { name: 'Northwind Metering' },
    email: null,
  }));

  for (const [path, handler] of Object.entries(posts))
    app.post(`/v1${path}`, (request: Call, reply) => {
      const answer = once(billing, asked(request), () =>
        expanded(billing, billing.shown(handler(billing, formOf(request), request.params.id ?? '')), formOf(request)),
      );
      if (answer.replayed) reply.header('idempotent-replayed', 'true');
      return reply.status(answer.status).send(answer.body);
    });
  app.delete('/v1/subscriptions/:id', (request: Call) =>
    cancelSubscription(billing, billing.get('subscriptions', request.params.id ?? '')),
  );

  /** The test clock. `to` is an instant or seconds since 1970; `days` counts from the clock's time. */
  app.get('/test/clock', () => ({ now: billing.clock.now().toISOString() }));
  app.post('/test/advance', (request) => {
    const form = formOf(request);
    const days = optionalWhole(form, 'days');
    const given = optional(form, 'to');
    const to =
      days === undefined
        ? new Date(given && /^\d+$/.test(given) ? Number(given) * 1000 : (given ?? NaN))
        : new Date(billing.clock.now().getTime() + days * 86_400_000);
    if (Number.isNaN(to.getTime()) || to < billing.clock.now()) throw invalid('Give days, or an instant in the future as to.', 'to');
    const { happened } = advanceTo(billing, to);
    return { now: billing.clock.now().toISOString(), happened };
  });
}

/** A body in either content type, as a form: numbers and booleans of a JSON body become text. */
function formOf(request: FastifyRequest): Form {
  const asText = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(asText)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([n, v]) => [n, asText(v)]))
        : String(value);
  return asText(request.body ?? {}) as Form;
}

/** What makes two requests with one idempotency key the same: the path and the body as it came. */
function asked(request: Call): { key: string | null; content: string } {
  const key = request.headers['idempotency-key'];
  return { key: typeof key === 'string' && key !== '' ? key : null, content: `${request.url}\u0000${request.bodyText ?? ''}` };
}

function invoiceLines(billing: Billing, id: string, form: Form) {
  const lines = billing.state.lines[billing.get('invoices', id).id] ?? [];
  const limit = optionalWhole(form, 'limit') ?? 10;
  const after = form['starting_after'];
  const start = after === undefined ? 0 : lines.findIndex((line) => line.id === after) + 1;
  if (after !== undefined && start === 0) throw invalid(`No such line item: '${String(after)}'`, 'starting_after', 'resource_missing');
  return list(lines.slice(start, start + limit), `/v1/invoices/${id}/lines`, start + limit < lines.length);
}
