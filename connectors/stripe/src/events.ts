import { isJsonObject, readHeld, rejected, type Delivery, type Effect, type JsonObject, type SourceRecord } from '@waybill/sdk';

/**
 * Which events feed which stream. What is not here is not wanted: charge and payment-intent events would count a payment
 * twice, since a paid invoice has its InvoicePayment (API 2025-03-31 and later); drafts and previews are not documents yet.
 */
export const eventTypes = {
  invoices: ['invoice.finalized', 'invoice.paid', 'invoice.voided', 'invoice.marked_uncollectible'],
  'credit-notes': ['credit_note.created', 'credit_note.updated', 'credit_note.voided'],
  payments: ['invoice_payment.paid'],
  refunds: ['refund.created', 'refund.updated', 'refund.failed'],
  customers: ['customer.created', 'customer.updated', 'customer.deleted'],
  subscriptions: ['customer.subscription.created', 'customer.subscription.updated', 'customer.subscription.deleted'],
} as const;
export type StreamName = keyof typeof eventTypes;
export const streamNames = Object.keys(eventTypes) as StreamName[];

const streamOf = new Map<string, StreamName>(
  streamNames.flatMap((name) => eventTypes[name].map((type): [string, StreamName] => [type, name])),
);

/** Order among states that one second may bring together; a state that is not listed ranks lowest. */
const ranks: Record<StreamName, readonly string[]> = {
  invoices: ['draft', 'open', 'uncollectible', 'paid', 'void'],
  'credit-notes': ['issued', 'void'],
  payments: ['open', 'paid', 'canceled'],
  refunds: ['pending', 'requires_action', 'succeeded', 'canceled', 'failed'],
  customers: [],
  subscriptions: ['incomplete', 'trialing', 'active', 'past_due', 'paused', 'unpaid', 'incomplete_expired', 'canceled'],
};

/** The last part of an event type orders events of one second whose object shows the same status. */
const verbs = ['created', 'finalized', 'updated', 'marked_uncollectible', 'paid', 'failed', 'voided', 'deleted'];

/** The records inside one delivery: none for an event that no stream wants, else the one object that the event shows. */
export function unpack(delivery: Delivery): SourceRecord[] {
  const event = parse(delivery.body);
  const stream = typeof event['type'] === 'string' ? streamOf.get(event['type']) : undefined;
  if (stream === undefined || event['data'] === undefined) return []; // thin events hold no data
  const object = isJsonObject(event['data']) ? event['data']['object'] : undefined;
  const created = event['created'];
  if (!isJsonObject(object) || typeof object['id'] !== 'string' || typeof created !== 'number' || !Number.isInteger(created) || created < 0)
    throw rejected({
      code: 'event-without-object',
      category: 'transformation',
      message: `The event ${String(event['id'])} of type ${String(event['type'])} holds no object with an id and a time of creation.`,
      remedy: 'Send a full event (not a thin one) to this endpoint, or let the poll fetch it.',
    });
  return [toRecord({ stream, object, created, event })];
}

interface Facts {
  stream: StreamName;
  object: JsonObject;
  /** Seconds since 1970 at which the object was in this state, by Stripe's clock. */
  created: number;
  event: JsonObject;
}

export function toRecord({ stream, object, created, event }: Facts): SourceRecord {
  const type = String(event['type']);
  const effect = effectOf(stream, object);
  const truncated = isJsonObject(object['lines']) && object['lines']['has_more'] === true;
  return {
    stream,
    body: object,
    revision: revisionOf({ stream, object, created, type, id: String(event['id']) }),
    effect,
    occurredAt: new Date(created * 1000).toISOString(),
    ...(truncated ? { partial: true } : {}),
    delivery: { event: event['id'] ?? null, type, apiVersion: event['api_version'] ?? null, livemode: event['livemode'] ?? null },
  };
}

/**
 * Seconds to 12 digits, rank of the status, rank of the event's verb, event id. Two changes of one second that show the
 * same status have no order of their own: the id makes them two versions instead of a clash, and decides.
 */
function revisionOf(of: { stream: StreamName; object: JsonObject; created: number; type: string; id: string }): string {
  const status = Math.max(0, ranks[of.stream].indexOf(String(of.object['status'])));
  const verb = Math.max(0, verbs.indexOf(of.type.split('.').pop() ?? ''));
  return `${String(of.created).padStart(12, '0')}.${status}.${verb}.${of.id}`;
}

function effectOf(stream: StreamName, object: JsonObject): Effect {
  if (stream === 'refunds') return 'refund';
  if (object['status'] === 'void' && (stream === 'invoices' || stream === 'credit-notes')) return 'void';
  if (object['status'] === 'uncollectible' && stream === 'invoices') return 'write-off';
  return 'create';
}

function parse(body: string): JsonObject {
  const refuse = (code: string, message: string) =>
    rejected({ code, category: 'transformation', message, remedy: 'Send the event again from the Stripe dashboard.' });
  let event: unknown;
  try {
    event = readHeld(body);
  } catch (error) {
    if (error instanceof SyntaxError) throw refuse('body-not-json', 'The body is not JSON.');
    throw error;
  }
  if (!isJsonObject(event)) throw refuse('body-not-an-event', 'The body is JSON but not an event.');
  return event;
}
