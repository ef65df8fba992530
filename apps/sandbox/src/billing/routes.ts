import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { collections, type Billing, type Collection } from './billing.js';
import {
  createCreditGrant,
  createCustomer,
  createMeter,
  createMeterEvent,
  createPrice,
  createProduct,
  createTaxRate,
  updateCustomer,
} from './catalogue.js';
import { createCreditNote, createRefund, voidCreditNote } from './credit-notes.js';
import { advanceTo } from './cycle.js';
import { readForm, type Form } from './form.js';
import { draftInvoice, finalizeInvoice, lineOfItem, markUncollectible, payInvoice, voidInvoice } from './invoicing.js';
import { expanded, pageOf } from './listing.js';
import { createInvoiceItem } from './invoice-items.js';
import { has, many, metadata, nested, oneOf, optional, optionalWhole, text, texts } from './parameters.js';
import { list } from './shapes.js';
import { invalid, StripeError } from './stripe-error.js';
import { cancelSubscription, createSubscription, updateItem } from './subscriptions.js';

/** Answers a request from its parameters and the id in its path. */
type Handler = (billing: Billing, form: Form, id: string) => object;

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

/** What a POST does. `:id` is the object in the path. */
const posts: Record<string, Handler> = {
  '/customers': createCustomer,
  '/customers/:id': (billing, form, id) => updateCustomer(billing, billing.get('customers', id), form),
  '/products': createProduct,
  '/prices': createPrice,
  '/tax_rates': createTaxRate,
  '/billing/meters': createMeter,
  '/billing/meter_events': createMeterEvent,
  '/billing/credit_grants': createCreditGrant,
  '/invoiceitems': createInvoiceItem,
  '/subscriptions': (billing, form) =>
    createSubscription(billing, {
      customer: text(form, 'customer'),
      items: many(form, 'items').map((item) => ({
        price: text(item, 'price'),
        ...(has(item, 'quantity') ? { quantity: optionalWhole(item, 'quantity')! } : {}),
      })),
      collectionMethod: oneOf(form, 'collection_method', ['charge_automatically', 'send_invoice'] as const, 'charge_automatically'),
      ...(has(form, 'days_until_due') ? { daysUntilDue: optionalWhole(form, 'days_until_due')! } : {}),
      metadata: metadata(form),
    }),
  '/subscriptions/:id': (billing, form, id) => {
    const subscription = billing.get('subscriptions', id);
    if (has(form, 'cancel_at_period_end')) {
      const before = billing.change(subscription, { cancel_at_period_end: form['cancel_at_period_end'] === 'true' });
      billing.emit('customer.subscription.updated', subscription, before);
    }
    for (const item of many(form, 'items'))
      updateItem(billing, subscription, {
        item: text(item, 'id'),
        ...(has(item, 'price') ? { price: text(item, 'price') } : {}),
        ...(has(item, 'quantity') ? { quantity: optionalWhole(item, 'quantity')! } : {}),
        proration: oneOf(form, 'proration_behavior', ['create_prorations', 'always_invoice', 'none'] as const, 'create_prorations'),
      });
    return subscription;
  },
  '/invoices': (billing, form) => {
    const customer = billing.get('customers', text(form, 'customer'));
    const items = billing.state.pendingItems.filter((item) => item.customer === customer.id && item.subscription === null);
    const currency = optional(form, 'currency')?.toLowerCase() ?? items[0]?.currency ?? customer.currency ?? 'usd';
    const taken = items.filter((item) => item.currency === currency);
    billing.state.pendingItems = billing.state.pendingItems.filter((item) => !taken.includes(item));
    const now = billing.now();
    return draftInvoice(billing, {
      customer,
      currency,
      billingReason: 'manual',
      collectionMethod: oneOf(form, 'collection_method', ['charge_automatically', 'send_invoice'] as const, 'charge_automatically'),
      daysUntilDue: optionalWhole(form, 'days_until_due') ?? null,
      period: { start: now, end: now },
      lines: taken.map(lineOfItem),
      metadata: metadata(form),
    });
  },
  '/invoices/:id/finalize': (billing, _form, id) => finalizeInvoice(billing, billing.get('invoices', id)),
  '/invoices/:id/void': (billing, _form, id) => voidInvoice(billing, billing.get('invoices', id)),
  '/invoices/:id/mark_uncollectible': (billing, _form, id) => markUncollectible(billing, billing.get('invoices', id)),
  '/invoices/:id/pay': (billing, form, id) => {
    const invoice = billing.get('invoices', id);
    const method = optional(form, 'payment_method');
    const paid = payInvoice(billing, invoice, method ? { method } : {});
    if (!paid) throw new StripeError(402, { type: 'card_error', code: 'card_declined', message: 'Your card was declined.' });
    return invoice;
  },
  '/credit_notes': (billing, form) =>
    createCreditNote(billing, {
      invoice: text(form, 'invoice'),
      lines: has(form, 'lines')
        ? many(form, 'lines').map((line) => ({
            ...(has(line, 'invoice_line_item') ? { line: text(line, 'invoice_line_item') } : {}),
            ...(has(line, 'description') ? { description: text(line, 'description') } : {}),
            ...(has(line, 'amount') || has(line, 'unit_amount')
              ? { amount: optionalWhole(line, has(line, 'amount') ? 'amount' : 'unit_amount')! }
              : {}),
          }))
        : [{ description: 'Credit', amount: optionalWhole(form, 'amount') ?? 0 }],
      reason: optional(form, 'reason'),
      memo: optional(form, 'memo'),
      ...(has(form, 'refund_amount') ? { refundAmount: optionalWhole(form, 'refund_amount')! } : {}),
      ...(has(form, 'out_of_band_amount') ? { outOfBandAmount: optionalWhole(form, 'out_of_band_amount')! } : {}),
      metadata: metadata(form),
    }),
  '/credit_notes/:id/void': (billing, _form, id) => voidCreditNote(billing, billing.get('creditNotes', id)),
  '/refunds': (billing, form) => {
    const amount = optionalWhole(form, 'amount');
    return createRefund(billing, {
      intent: text(form, 'payment_intent'),
      reason: optional(form, 'reason'),
      metadata: metadata(form),
      ...(amount === undefined ? {} : { amount }),
    });
  },
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
      const answer = once(billing, request, () =>
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

/**
 * The first answer to an idempotency key is kept for 24 hours and given again; the same key with other parameters is an
 * error. A refusal of the parameters is not kept, since nothing was begun.
 */
function once(billing: Billing, request: Call, run: () => object): { status: number; body: unknown; replayed: boolean } {
  const given = request.headers['idempotency-key'];
  const name = typeof given === 'string' && given !== '' ? given : null;
  const hash = createHash('sha256')
    .update(`${request.url}\u0000${request.bodyText ?? ''}`)
    .digest('hex');
  const kept = name === null ? undefined : billing.state.idempotency[name];
  if (name !== null && name.length > 255) throw invalid('Idempotency keys are at most 255 characters long.', 'idempotency_key');
  if (kept && kept.at > billing.now() - 86_400) {
    if (kept.request === hash) return { status: kept.status, body: kept.body, replayed: true };
    throw new StripeError(400, {
      type: 'idempotency_error',
      message: 'Keys for idempotent requests can only be used with the same parameters they were first used with.',
    });
  }
  billing.request = { id: billing.id('req'), idempotency_key: name };
  try {
    const body = structuredClone(run());
    if (name !== null) billing.state.idempotency[name] = { request: hash, status: 200, body, at: billing.now() };
    return { status: 200, body, replayed: false };
  } finally {
    billing.request = { id: null, idempotency_key: null };
  }
}

function invoiceLines(billing: Billing, id: string, form: Form) {
  const lines = billing.state.lines[billing.get('invoices', id).id] ?? [];
  const limit = optionalWhole(form, 'limit') ?? 10;
  const after = form['starting_after'];
  const start = after === undefined ? 0 : lines.findIndex((line) => line.id === after) + 1;
  if (after !== undefined && start === 0) throw invalid(`No such line item: '${String(after)}'`, 'starting_after', 'resource_missing');
  return list(lines.slice(start, start + limit), `/v1/invoices/${id}/lines`, start + limit < lines.length);
}

export const collectionNames = collections;
