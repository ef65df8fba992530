import type { SandboxClock } from '../clock.js';
import { newId, type BillingState } from './billing-state.js';
import { apiVersion, type Event, type Invoice } from './objects.js';
import { withLines } from './shapes.js';
import { missing } from './stripe-error.js';

/** The collections that hold objects with an id, and what Stripe calls one of them. */
export const collections = {
  customers: 'customer', products: 'product', prices: 'price', taxRates: 'tax rate', subscriptions: 'subscription', meters: 'billing meter', creditGrants: 'billing credit grant',
  invoices: 'invoice', invoicePayments: 'invoice payment', paymentIntents: 'payment_intent', creditNotes: 'credit note', refunds: 'refund', events: 'event',
} as const; // prettier-ignore
export type Collection = keyof typeof collections;
type Member<C extends Collection> = BillingState[C][number];

/** What every part of the billing platform works with: the state, the clock, new ids, and events that tell what changed. */
export class Billing {
  /** The request that is being answered, named in the events it causes. */
  request: Event['request'] = { id: null, idempotency_key: null };
  private readonly index = new Map<string, object>();

  constructor(
    readonly state: BillingState,
    readonly clock: SandboxClock,
    private readonly deliver: (event: Event) => void,
    /** Seconds after the end of a period in which its usage may still be reported: the invoice is made when they are over. */
    readonly usageGrace = 0,
  ) {
    for (const name of Object.keys(collections) as Collection[]) for (const object of state[name]) this.index.set(object.id, object);
  }

  now(): number {
    return this.clock.unix();
  }

  id(prefix: string): string {
    return newId(this.state, prefix);
  }

  add<C extends Collection>(collection: C, object: Member<C>): Member<C> {
    (this.state[collection] as Member<C>[]).push(object);
    this.index.set(object.id, object);
    return object;
  }

  get<C extends Collection>(collection: C, id: string): Member<C> {
    const found = this.index.get(id) as Member<C> | undefined;
    if (!found || !(this.state[collection] as Member<C>[]).includes(found)) throw missing(collections[collection], id);
    return found;
  }

  /** Any object by its id alone, for `expand`. */
  find(id: string): object | undefined {
    return this.index.get(id);
  }

  /** The object as the API shows it. */
  shown(object: object): object {
    return (object as { object?: string }).object === 'invoice' ? this.invoiceShown(object as Invoice) : object;
  }

  invoiceShown(invoice: Invoice) {
    return withLines(invoice, this.state.lines[invoice.id] ?? []);
  }

  /** Tells the world: the event holds the object as it is now, for ever. */
  emit(type: string, object: object, previous?: object): Event {
    const event: Event = {
      id: this.id('evt'),
      object: 'event',
      api_version: apiVersion,
      created: this.now(),
      data: structuredClone({ object: this.shown(object), ...(previous ? { previous_attributes: previous } : {}) }),
      livemode: false,
      pending_webhooks: 1,
      request: { ...this.request },
      type,
    };
    this.add('events', event);
    this.deliver(event);
    return event;
  }

  /** Changes an object and returns what it was, for `previous_attributes`. */
  change<T extends object>(object: T, facts: Partial<T>): Partial<T> {
    const before = Object.fromEntries(Object.keys(facts).map((name) => [name, object[name as keyof T] ?? null]));
    Object.assign(object, facts);
    return before as Partial<T>;
  }
}
