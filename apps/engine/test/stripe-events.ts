import type { JsonObject } from '@waybill/sdk';
import { createHmac } from 'node:crypto';
import type { Bench } from './test-bench.js';

export const webhookSecret = 'whsec_of_the_test_bench';
/** 1 November 2026, 12:00 in UTC. */
export const firstOfNovember = 1793534400;

/** Major units of these tests are whole: `amount` 12.50 is 1250 in Stripe's words. */
export interface InvoiceFacts {
  id: string;
  number?: string;
  status?: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible';
  customer?: string;
  country?: string;
  currency?: string;
  /** Minor units, one for each line. */
  amounts?: number[];
  finalized?: number;
}

/** An invoice as Stripe's API of 2026 shows it, with as much as the mapping reads. */
export function invoice(facts: InvoiceFacts): JsonObject {
  const {
    id,
    status = 'open',
    customer = 'cus_globex',
    country = 'US',
    currency = 'usd',
    amounts = [10_000],
    finalized = firstOfNovember,
  } = facts;
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  return {
    id,
    object: 'invoice',
    number: facts.number ?? `NUM-${id}`,
    status,
    created: finalized,
    currency,
    customer,
    customer_name: 'Globex Corporation',
    customer_email: 'ap@globex.example',
    customer_address: { country, city: 'Springfield' },
    status_transitions: {
      finalized_at: finalized,
      ...(status === 'void' ? { voided_at: finalized + 60 } : {}),
      ...(status === 'uncollectible' ? { marked_uncollectible_at: finalized + 40 * 86_400 } : {}),
    },
    due_date: null,
    description: null,
    amount_shipping: 0,
    subtotal: total,
    total_excluding_tax: total,
    total,
    amount_remaining: status === 'open' || status === 'uncollectible' ? total : 0,
    total_taxes: [],
    lines: {
      has_more: false,
      data: amounts.map((amount, n) => ({
        id: `il_${id}_${n}`,
        object: 'line_item',
        amount,
        currency,
        description: `Line ${n + 1}`,
        quantity: 1,
        period: { start: finalized - 86_400, end: finalized },
        discount_amounts: [],
        taxes: [],
        pricing: null,
        pretax_credit_amounts: [],
      })),
    },
  };
}

const typeOf: Record<string, string> = {
  open: 'invoice.finalized',
  paid: 'invoice.paid',
  void: 'invoice.voided',
  uncollectible: 'invoice.marked_uncollectible',
};
let events = 0;

/** An event that shows an object; each has an id of its own unless one is given. */
export function event(object: JsonObject, facts: { id?: string; type?: string; created?: number } = {}): JsonObject {
  events += 1;
  const type = facts.type ?? typeOf[String(object['status'])] ?? 'invoice.finalized';
  const later = { 'invoice.voided': 3600, 'invoice.paid': 1800, 'invoice.marked_uncollectible': 2400 }[type] ?? 0;
  return {
    id: facts.id ?? `evt_${events}_${Math.random().toString(36).slice(2)}`,
    object: 'event',
    api_version: '2026-10-28',
    livemode: false,
    type,
    created: facts.created ?? firstOfNovember + later,
    data: { object },
  };
}

/** `Stripe-Signature` of a body, as docs.stripe.com/webhooks describes it. */
export function signature(body: string, options: { secret?: string; at?: number } = {}): string {
  const { secret = webhookSecret, at = Math.floor(Date.now() / 1000) } = options;
  return `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;
}

/** Posts a body to the webhook of a connection. */
export function postHook(bench: Bench, body: string, options: { connection?: string; header?: string | null } = {}): Promise<Response> {
  const header = options.header === undefined ? signature(body) : options.header;
  return fetch(`${bench.api.url}/v1/hooks/${options.connection ?? 'stripe'}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(header === null ? {} : { 'stripe-signature': header }) },
    body,
  });
}

/** Sends an event as Stripe would; throws when it was not taken. */
export async function deliver(bench: Bench, what: JsonObject, connection = 'stripe'): Promise<{ duplicate: boolean }> {
  const response = await postHook(bench, JSON.stringify(what), { connection });
  if (!response.ok) throw new Error(`the webhook was refused: ${response.status} ${await response.text()}`);
  return (await response.json()) as { duplicate: boolean };
}
