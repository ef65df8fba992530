import { misconfigured, type ConnectorContext, type Delivery, type JsonObject, type Page, type Stream } from '@waybill/sdk';
import type { Pairs } from './api.js';
import { eventTypes, type StreamName } from './events.js';
import { firstPollDaysOf } from './settings.js';
import { readWindow } from './window.js';

const daySeconds = 86_400;
/** Stripe keeps events 30 days (docs.stripe.com/api/events); a little less, so that a window is whole. */
const eventsKeptSeconds = 29 * daySeconds;
/** How far each sweep reads back over what the one before it saw: an event may become visible after younger ones. */
const overlapSeconds = 300;
const spanMax = 7 * daySeconds;

/**
 * Where a sweep stands. A sweep walks forward in windows of `span` seconds from `at`; when it reaches the present, the
 * next one starts `overlapSeconds` before it, never before `floor`.
 */
interface Cursor {
  at: number;
  floor: number;
  span: number;
}

/** Lists for what is older than the events: the objects as they are now. */
const history: Record<StreamName, { path: string; filters: Pairs }> = {
  invoices: { path: '/v1/invoices', filters: [] },
  'credit-notes': { path: '/v1/credit_notes', filters: [] },
  payments: { path: '/v1/invoice_payments', filters: [['status', 'paid']] },
  refunds: { path: '/v1/refunds', filters: [] },
  customers: { path: '/v1/customers', filters: [] },
  subscriptions: { path: '/v1/subscriptions', filters: [['status', 'all']] },
};

type Ask = Parameters<NonNullable<Stream['poll']>['read']>[1];

/** One window of one stream. Delivery ids of events are the same as by webhook, so both routes fold into one. */
export async function readPage(context: ConnectorContext, ask: Ask): Promise<Page> {
  const stream = ask.stream as StreamName;
  const present = Math.floor(context.now().getTime() / 1000);
  const cursor = ask.cursor === null ? startOf(context, ask, present) : parseCursor(ask.cursor);
  const end = ask.until === undefined ? undefined : secondsOf(ask.until) + (ask.until.length === 10 ? daySeconds : 1);
  if (end !== undefined && cursor.at >= end) return { deliveries: [], cursor: JSON.stringify(cursor), more: false };

  const eventsFrom = present - eventsKeptSeconds;
  const old = cursor.at < eventsFrom;
  const source = old ? history[stream] : { path: '/v1/events', filters: eventTypes[stream].map((type) => ['types[]', type] as const) };
  for (let span = cursor.span; ; span = Math.max(1, Math.floor(span / 2))) {
    const to = Math.min(cursor.at + span, old ? eventsFrom : Infinity, end ?? Infinity);
    const { items, now } = await readWindow(context, { ...source, from: cursor.at, to, itemsMax: ask.limit });
    if (items === undefined) continue;
    const reachedPresent = to > now;
    const next: Cursor = {
      at: reachedPresent ? Math.max(cursor.floor, now - overlapSeconds) : to,
      floor: cursor.floor,
      span: items.length * 4 < ask.limit ? Math.min(span * 2, spanMax) : span,
    };
    return {
      deliveries: items.flatMap((item) => (old ? ofObject(stream, item) : ofEvent(stream, item))),
      cursor: JSON.stringify(next),
      more: !reachedPresent && (end === undefined || to < end),
    };
  }
}

const ofEvent = (stream: StreamName, event: JsonObject): Delivery[] => [
  { id: String(event['id']), body: JSON.stringify(event), via: 'poll', stream },
];

/**
 * An object older than the events is wrapped as the event that a snapshot would have been, so that unpacking and mapping
 * know one shape only. Its id names the state: the same object found again in the same state is the same delivery.
 */
function ofObject(stream: StreamName, object: JsonObject): Delivery[] {
  if (object['status'] === 'draft') return [];
  const transitions = Object.values((object['status_transitions'] ?? {}) as JsonObject);
  const times = [object['created'], object['voided_at'], object['canceled_at'], ...transitions].filter((one) => typeof one === 'number');
  const created = Math.max(...times);
  const id = `${String(object['id'])}.${String(object['status'] ?? 'current')}.${created}`;
  const event = {
    id,
    object: 'event',
    type: eventTypes[stream][0],
    created,
    api_version: null,
    livemode: object['livemode'],
    data: { object },
  };
  return [{ id, body: JSON.stringify(event), via: 'poll', stream }];
}

function startOf(context: ConnectorContext, ask: Ask, present: number): Cursor {
  const at = ask.since === undefined ? present - firstPollDaysOf(context.settings) * daySeconds : secondsOf(ask.since);
  return { at, floor: at, span: daySeconds };
}

function secondsOf(date: string): number {
  const milliseconds = Date.parse(date);
  if (!Number.isFinite(milliseconds))
    throw misconfigured({
      code: 'date-unreadable',
      message: `${date} is not a date such as 2026-11-23.`,
      remedy: 'Give the range as ISO 8601 dates.',
    });
  return Math.floor(milliseconds / 1000);
}

function parseCursor(text: string): Cursor {
  try {
    const { at, floor, span } = JSON.parse(text) as Cursor;
    if ([at, floor, span].every(Number.isSafeInteger) && span >= 1) return { at, floor, span };
  } catch {
    // falls through to the sentence below
  }
  throw misconfigured({
    code: 'cursor-unreadable',
    message: `The stored cursor ${text.slice(0, 80)} is not one of this connector.`,
    remedy: 'Start a backfill from a date.',
  });
}
