import { inDoubt, rejected, isConnectorFailure, type ConnectorContext, type Operation, type Receipt, type SendRequest } from '@waybill/sdk';
import { write, type Pairs } from './api.js';

/** The answers by which Stripe says that it has this identifier already: then the event is there. */
const alreadyThere = ['duplicate_meter_event', 'resource_already_exists'];

function formOf({ document, key }: SendRequest): Pairs {
  const payload = document['payload'] as Record<string, string>;
  const occurredAt = Date.parse(String(document['occurredAt']));
  if (!Number.isFinite(occurredAt))
    throw rejected({
      code: 'time-unreadable',
      category: 'transformation',
      message: `occurredAt must be an instant, not ${String(document['occurredAt'])}.`,
      path: '/occurredAt',
    });
  return [
    ['event_name', String(document['eventName'])],
    ['identifier', key],
    ['timestamp', Math.floor(occurredAt / 1000)],
    ...Object.entries(payload).map(([name, value]): [string, string] => [`payload[${name}]`, value]),
  ];
}

async function send(context: ConnectorContext, request: SendRequest): Promise<Receipt> {
  const { eventName = null, payload } = request.document as { eventName?: string; payload: Record<string, string> };
  // What was sent, for controls of usage; a meter that reads its quantity from another field tells none.
  const receipt: Receipt = { documentId: request.key, details: { eventName, quantity: payload['value'] ?? null } };
  // Stripe replays a stored answer for a key it knows, failures too: a corrected event needs a key of its own.
  const idempotencyKey = request.attempt > 1 ? `${request.key}-${request.attempt}` : request.key;
  try {
    const { body } = await write(context, {
      path: '/v1/billing/meter_events',
      form: formOf(request),
      key: idempotencyKey,
      what: `record the usage ${request.key}`,
    });
    if (body['identifier'] !== request.key)
      throw inDoubt({
        code: 'answer-of-another-event',
        message: `Stripe answered for the event ${String(body['identifier'])}, not for ${request.key}.`,
      });
    return receipt;
  } catch (error) {
    if (isConnectorFailure(error) && alreadyThere.includes(error.facts.code)) return receipt;
    throw error;
  }
}

export const meterEvent: Operation = {
  title: 'Meter event',
  summary: 'Reports usage to a Stripe billing meter. The posting key is the event’s identifier.',
  kind: 'operational',
  document: 'meter-event',
  effects: ['create'],
  input: {
    type: 'object',
    additionalProperties: false,
    required: ['eventName', 'payload', 'occurredAt'],
    properties: {
      eventName: { type: 'string', minLength: 1, maxLength: 100, description: 'event_name of the meter.' },
      occurredAt: { type: 'string', format: 'date-time', description: 'Within the past 35 days, at most 5 minutes ahead.' },
      payload: {
        type: 'object',
        minProperties: 1,
        maxProperties: 50,
        propertyNames: { pattern: '^[A-Za-z0-9_.-]{1,100}$' },
        additionalProperties: { type: 'string', maxLength: 500 },
        description: 'What the meter asks for, by default stripe_customer_id and value. Values are text.',
      },
    },
  },
  writes: 'once',
  idempotency: { mode: 'idempotency-key', keyTtlMs: 24 * 3600 * 1000, replaysFailures: true },
  maxUpstreamSeconds: 80,
  send,
  find: (_context, { key }) =>
    Promise.reject(
      inDoubt({
        code: 'meter-event-cannot-be-looked-up',
        message: `Stripe keeps no list of single meter events, so whether ${key} arrived cannot be looked up.`,
        remedy: 'Compare the meter’s total for the customer in Stripe with the usage here, then resolve or replay.',
      }),
    ),
};
