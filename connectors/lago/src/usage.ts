import {
  inDoubt,
  isConnectorFailure,
  isJsonObject,
  rejected,
  type ConnectorContext,
  type JsonObject,
  type Operation,
  type Receipt,
  type SendRequest,
} from '@waybill/sdk';
import { post, read } from './api.js';

/** Events in one call: docs.getlago.com, "Batch multiple events". */
const eventsMax = 100;

/** The posting key and the place of the event: the same in every repeat, so Lago takes each event once. */
const transactionId = (key: string, at: number): string => `${key}-${at + 1}`;

function eventsOf({ document, key }: SendRequest): JsonObject[] {
  const events = document['events'] as JsonObject[];
  return events.map(({ code, subscription, occurredAt, properties, preciseTotalAmountCents }, at) => {
    const ms = Date.parse(String(occurredAt));
    if (!Number.isFinite(ms))
      throw rejected({
        code: 'time-unreadable',
        category: 'transformation',
        message: `occurredAt of event ${at + 1} must be an instant, not ${String(occurredAt)}.`,
        path: `/events/${at}/occurredAt`,
      });
    return {
      transaction_id: transactionId(key, at),
      external_subscription_id: subscription,
      code,
      // Seconds with milliseconds, as text: it is part of the identity where Lago stores events in ClickHouse.
      timestamp: `${Math.floor(ms / 1_000)}.${String(ms % 1_000).padStart(3, '0')}`,
      ...(properties === undefined ? {} : { properties }),
      ...(preciseTotalAmountCents === undefined ? {} : { precise_total_amount_cents: preciseTotalAmountCents }),
    };
  });
}

async function send(context: ConnectorContext, request: SendRequest): Promise<Receipt> {
  const events = eventsOf(request);
  const receipt: Receipt = { documentId: request.key, details: { events: events.length } };
  try {
    const answer = await post(
      context,
      '/events/batch',
      { events },
      { what: `take ${events.length} events`, about: `usage of ${String(events[0]?.['external_subscription_id'])}` },
    );
    const taken = answer['events'];
    if (!Array.isArray(taken) || !taken.some((one) => isJsonObject(one) && one['transaction_id'] === transactionId(request.key, 0)))
      throw inDoubt({
        code: 'answer-without-events',
        message: 'Lago did not name the events that it took.',
        vendorWords: JSON.stringify(answer),
      });
    return receipt;
  } catch (error) {
    // A batch is taken whole or not at all: where its first and its last event are there, an earlier try was taken.
    const ids = [transactionId(request.key, 0), transactionId(request.key, events.length - 1)];
    if (isConnectorFailure(error) && error.facts.category === 'duplicate' && (await allThere(context, ids))) return receipt;
    throw error;
  }
}

async function allThere(context: ConnectorContext, ids: readonly string[]): Promise<boolean> {
  for (const id of ids) if (!(await isThere(context, id))) return false;
  return true;
}

async function isThere(context: ConnectorContext, id: string): Promise<boolean> {
  try {
    const { event } = await read(context, `/events/${encodeURIComponent(id)}`, undefined, `read the event ${id}`);
    if (isJsonObject(event) && event['transaction_id'] === id) return true;
    throw inDoubt({ code: 'answer-without-event', message: `Lago was asked for the event ${id} and named another.` });
  } catch (error) {
    if (isConnectorFailure(error) && error.facts.httpStatus === 404 && error.facts.code === 'event_not_found') return false;
    throw error;
  }
}

export const usage = {
  title: 'Usage',
  summary: `Reports up to ${eventsMax} usage events at once. Each carries a transaction id made of the posting key and its place, so a repeat counts once.`,
  kind: 'operational',
  document: 'usage',
  effects: ['create'],
  input: {
    type: 'object',
    additionalProperties: false,
    required: ['events'],
    properties: {
      events: {
        type: 'array',
        minItems: 1,
        maxItems: eventsMax,
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['code', 'subscription', 'occurredAt'],
          properties: {
            code: { type: 'string', title: 'Code of the billable metric', minLength: 1, maxLength: 255 },
            subscription: { type: 'string', title: 'External id of the subscription', minLength: 1, maxLength: 255 },
            occurredAt: { type: 'string', title: 'When it was used', format: 'date-time' },
            properties: {
              type: 'object',
              title: 'Properties that the metric sums, counts or filters by',
              maxProperties: 50,
              additionalProperties: { type: ['string', 'integer', 'boolean'], maxLength: 500 },
            },
            preciseTotalAmountCents: {
              type: 'string',
              title: 'Price in cents, for the dynamic model',
              pattern: '^-?\\d{1,20}(\\.\\d{1,15})?$',
            },
          },
        },
      },
    },
  },
  writes: 'once',
  idempotency: { mode: 'unique-external-id' },
  // guarantees D3: Lago may hold a request for five minutes.
  maxUpstreamSeconds: 300,
  send,
  find: async (context: ConnectorContext, request: SendRequest) => {
    const events = request.document['events'] as JsonObject[];
    const there = await isThere(context, transactionId(request.key, events.length - 1));
    return there ? { documentId: request.key, details: { events: events.length } } : null;
  },
} satisfies Operation;
