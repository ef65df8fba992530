import { countedUsageLookup, isConnectorFailure, type ConnectorContext, type JsonObject, type Lookup } from '@waybill/sdk';
import { itemsOf, read, type Pairs } from './api.js';
import { countedUsage } from './counted-usage.js';

async function get(context: ConnectorContext, path: string, query: Pairs = []): Promise<JsonObject | null> {
  try {
    const { body } = await read(context, { path, query, what: `read ${path}` });
    return body['deleted'] === true ? null : body;
  } catch (error) {
    if (isConnectorFailure(error) && (error.facts.code === 'resource_missing' || error.facts.httpStatus === 404)) return null;
    throw error;
  }
}

const idSchema = (title: string) => ({
  type: 'object',
  required: ['id'],
  additionalProperties: false,
  properties: { id: { type: 'string', title, minLength: 1, maxLength: 255, pattern: '^[\\w-]+$' } },
});

const byId = (title: string, path: string): Lookup => ({
  title,
  summary: `The ${title.toLowerCase()} as it is now, by its id.`,
  by: idSchema(`${title} id`),
  run: (context, by) => get(context, `${path}/${encodeURIComponent(String(by['id']))}`),
});

/** Invoices since API 2025-03-31 name a tax rate by id only, and the percentage is what a tax-code table asks for. */
const taxRates: Lookup = {
  title: 'Tax rates',
  summary: 'The percentages of several tax rates, by id: { rates: { txr_…: { percentage, inclusive, country, name } } }. No id, no call.',
  by: {
    type: 'object',
    required: ['ids'],
    additionalProperties: false,
    properties: {
      ids: {
        description: 'One id or several.',
        anyOf: [
          { type: 'string', maxLength: 255 },
          { type: 'array', maxItems: 50, items: { type: 'string', maxLength: 255 } },
        ],
      },
    },
  },
  async run(context, by) {
    const ids = [...new Set([by['ids']].flat().filter((id): id is string => typeof id === 'string'))];
    const rates: JsonObject = {};
    for (const id of ids) {
      const rate = await get(context, `/v1/tax_rates/${encodeURIComponent(id)}`);
      if (rate === null) continue;
      rates[id] = {
        percentage: String(rate['percentage']),
        inclusive: rate['inclusive'] === true,
        country: rate['country'] ?? null,
        name: rate['display_name'] ?? null,
      };
    }
    return { rates };
  },
};

/** A refund names a payment intent or a charge; the invoice behind it is what gives it a customer and a legal entity. */
const invoiceOfPayment: Lookup = {
  title: 'Invoice of a payment',
  summary: 'The invoice that a payment intent or a charge paid, through its invoice payment. null for a payment without invoice.',
  by: {
    type: 'object',
    additionalProperties: false,
    properties: { paymentIntent: { type: ['string', 'null'], maxLength: 255 }, charge: { type: ['string', 'null'], maxLength: 255 } },
  },
  async run(context, by) {
    const intent = by['paymentIntent'] ?? (await intentOf(context, by['charge']));
    if (typeof intent !== 'string') return null;
    const query: Pairs = [
      ['payment[type]', 'payment_intent'],
      ['payment[payment_intent]', intent],
      ['limit', 1],
    ];
    const payments = await get(context, '/v1/invoice_payments', query);
    const invoice = payments === null ? undefined : itemsOf(payments)[0]?.['invoice'];
    return typeof invoice === 'string' ? get(context, `/v1/invoices/${encodeURIComponent(invoice)}`) : null;
  },
};

async function intentOf(context: ConnectorContext, charge: unknown): Promise<unknown> {
  return typeof charge === 'string' ? (await get(context, `/v1/charges/${encodeURIComponent(charge)}`))?.['payment_intent'] : undefined;
}

export const lookups = {
  customer: byId('Customer', '/v1/customers'),
  invoice: byId('Invoice', '/v1/invoices'),
  product: byId('Product', '/v1/products'),
  price: byId('Price', '/v1/prices'),
  'tax-rates': taxRates,
  'invoice-of-payment': invoiceOfPayment,
  [countedUsageLookup]: countedUsage,
} satisfies Record<string, Lookup>;
