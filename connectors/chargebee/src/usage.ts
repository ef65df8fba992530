import {
  inDoubt,
  isConnectorFailure,
  isJsonObject,
  rejected,
  Type,
  type ConnectorContext,
  type JsonObject,
  type Operation,
  type Receipt,
  type SendRequest,
} from '@waybill/sdk';
import { post, read } from './api.js';

const path = (document: JsonObject): string => `/subscriptions/${encodeURIComponent(String(document['subscription']))}/usages`;

const receiptOf = (answer: JsonObject, key: string): Receipt | undefined => {
  const usage = answer['usage'];
  return isJsonObject(usage) && usage['id'] === key ? { documentId: key, details: { quantity: usage['quantity'] ?? null } } : undefined;
};

function usageDate(occurredAt: unknown): string {
  const at = Date.parse(String(occurredAt));
  if (Number.isFinite(at)) return String(Math.floor(at / 1_000));
  throw rejected({ code: 'time-unreadable', category: 'transformation', message: `occurredAt must be an instant, not ${String(occurredAt)}.`, path: '/occurredAt' }); // prettier-ignore
}

/**
 * A usage record with the posting key as its id. Without `dedupe_option` Chargebee refuses an id that it has; with it a repeat would be skipped or
 * written over, and nobody would see that the quantity differs.
 */
async function send(context: ConnectorContext, request: SendRequest): Promise<Receipt> {
  const { document, key, attempt } = request;
  if (attempt > 1) {
    const there = await find(context, request);
    if (there) return there;
  }
  const form = {
    id: key,
    item_price_id: String(document['itemPrice']),
    quantity: String(document['quantity']),
    usage_date: usageDate(document['occurredAt']),
    note: typeof document['note'] === 'string' ? document['note'] : undefined,
  };
  try {
    const answer = await post(context, path(document), form, {
      what: `take usage of ${String(document['subscription'])}`,
      key: keyOf(request),
      about: `usage of ${String(document['itemPrice'])}`,
    });
    const receipt = receiptOf(answer, key);
    if (receipt) return receipt;
    throw inDoubt({ code: 'answer-without-usage', message: 'Chargebee did not name the usage that it took.', vendorWords: JSON.stringify(answer) }); // prettier-ignore
  } catch (error) {
    if (!isConnectorFailure(error) || error.facts.category !== 'duplicate') throw error;
    const there = await find(context, request);
    if (there) return there;
    throw error;
  }
}

/** A refusal may be stored under the key and given back after its cause is gone, so a later try has a key of its own. */
export const keyOf = ({ key, attempt }: SendRequest): string => (attempt === 1 ? key : `${key}-${attempt}`);

async function find(context: ConnectorContext, { document, key }: SendRequest): Promise<Receipt | null> {
  try {
    const answer = await read(context, path(document), { id: key }, `read the usage ${key}`);
    const receipt = receiptOf(answer, key);
    if (receipt) return receipt;
    throw rejected({ code: 'answer-makes-no-sense', category: 'api-failure', message: `Chargebee was asked for the usage ${key} and named another.` }); // prettier-ignore
  } catch (error) {
    if (isConnectorFailure(error) && error.facts.httpStatus === 404 && error.facts.code === 'resource_not_found') return null;
    throw error;
  }
}

export const usage = {
  title: 'Usage',
  summary: 'Reports one usage record for a metered item price. Its id is the posting key, so a repeat counts once.',
  kind: 'operational',
  document: 'usage',
  effects: ['create'],
  input: Type.Object(
    {
      subscription: Type.String({ title: 'Subscription id', minLength: 1, maxLength: 50 }),
      itemPrice: Type.String({ title: 'Item price id', minLength: 1, maxLength: 100 }),
      quantity: Type.String({ title: 'Quantity', pattern: '^\\d{1,20}(\\.\\d{1,15})?$' }),
      occurredAt: Type.String({ title: 'When it was used', format: 'date-time' }),
      note: Type.Optional(Type.String({ title: 'Note', minLength: 1, maxLength: 500 })),
    },
    { additionalProperties: false },
  ),
  writes: 'once',
  idempotency: { mode: 'unique-external-id' },
  maxUpstreamSeconds: 90,
  send,
  find,
} satisfies Operation;
