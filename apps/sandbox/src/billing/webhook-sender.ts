import { createHmac } from 'node:crypto';
import type { BillingState } from './billing-state.js';
import type { Event } from './objects.js';

/** Waits between tries; Stripe goes on for days, this gives up after about half an hour and keeps the event for the API. */
const retryAfterMs = [1_000, 2_000, 5_000, 15_000, 60_000, 300_000, 600_000, 900_000];
const atOnce = 8;

export interface WebhookSenderOptions {
  /** Part of the saved state: what was not acknowledged is sent again after a restart. */
  queue: BillingState['undelivered'];
  now: () => Date;
  target: { url: string; secret: string } | undefined;
  changed: () => void;
  signal: AbortSignal;
}

/** `t=…,v1=…`: HMAC-SHA256 in hex over `t.payload`, as https://docs.stripe.com/webhooks says. */
export function stripeSignature(payload: string, secret: string, unixSeconds: number): string {
  return `t=${unixSeconds},v1=${createHmac('sha256', secret).update(`${unixSeconds}.${payload}`).digest('hex')}`;
}

/** Delivers events to one address until each is acknowledged with a 2xx. The order is not promised, as it is not by Stripe. */
export class WebhookSender {
  private readonly busy = new Set<string>();
  private readonly notBefore = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: WebhookSenderOptions) {}

  enqueue = (event: Event): void => {
    if (!this.options.target) return;
    this.options.queue.push({ event: event.id, body: JSON.stringify(event), attempts: 0 });
    this.wake(0);
  };

  start(): void {
    this.options.signal.addEventListener('abort', () => clearTimeout(this.timer), { once: true });
    this.wake(0);
  }

  private wake(inMs: number): void {
    if (this.options.signal.aborted || !this.options.target) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.sendDue(), inMs);
  }

  private sendDue(): void {
    const now = performance.now();
    const idle = this.options.queue.filter((entry) => !this.busy.has(entry.event));
    const due = idle.filter((entry) => (this.notBefore.get(entry.event) ?? 0) <= now);
    for (const entry of due.slice(0, atOnce - this.busy.size)) {
      this.busy.add(entry.event);
      void this.send(entry).finally(() => {
        this.busy.delete(entry.event);
        this.options.changed();
        this.wake(0);
      });
    }
    const next = Math.min(...idle.filter((entry) => !due.includes(entry)).map((entry) => this.notBefore.get(entry.event) ?? now));
    if (due.length === 0 && Number.isFinite(next)) this.wake(Math.max(50, next - now));
  }

  private async send(entry: BillingState['undelivered'][number]): Promise<void> {
    const { queue, target, signal, now } = this.options;
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'stripe-signature': stripeSignature(entry.body, target!.secret, Math.floor(now().getTime() / 1000)),
      'user-agent': 'Waybill-Sandbox/1.0',
    };
    const acknowledged = await fetch(target!.url, {
      method: 'POST', headers, body: entry.body, redirect: 'manual', signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
    }).then((answer) => answer.status >= 200 && answer.status < 300, () => false); // prettier-ignore
    if (signal.aborted) return;
    entry.attempts += 1;
    const wait = retryAfterMs[entry.attempts - 1];
    if (acknowledged || wait === undefined) {
      queue.splice(queue.indexOf(entry), 1);
      this.notBefore.delete(entry.event);
    } else this.notBefore.set(entry.event, performance.now() + wait);
  }
}
