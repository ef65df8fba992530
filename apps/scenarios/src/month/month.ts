import { sleep, until, type Dice } from '@waybill/faults';
import type { BillingInvoice } from '../oracle/documents.js';
import type { UsageCorrection, UsageEvent } from '../oracle/usage.js';
import { csv } from '../stage/clients.js';
import type { Stage } from '../stage/stage.js';
import { callsIncluded, currencies, customersOf, months, prices, tablesOf, taxChangesAt, type Customer } from './company.js';
import { asCloudEvents, meter, mistakesIn, usageOf } from './product.js';

/** What was done, for the table at the end. */
export type Counts = Record<string, number>;

export interface Played {
  customers: Customer[];
  events: UsageEvent[];
  corrections: UsageCorrection[];
  /** Those that came when the month of their event was sealed. */
  late: Set<UsageCorrection>;
  counts: Counts;
}

type Invoice = BillingInvoice & { customer: string; amount_paid: number; lines: { data: { id: string; amount: number }[] } };

const batchMax = 1_000;
const atOnce = 8;
const outageMs = 15_000;
const rollUpMs = 120_000;
const reportMs = 180_000;

/** In order, a few at a time. */
async function forEach<T>(all: readonly T[], act: (one: T) => Promise<unknown>): Promise<void> {
  const queue = [...all];
  await Promise.all(Array.from({ length: atOnce }, async () => { for (let one = queue.shift(); one !== undefined; one = queue.shift()) await act(one); })); // prettier-ignore
}

/**
 * Two months of a company that sells licences and usage in two entities and three currencies, on the billing platform's clock. Everything that happens is
 * drawn from the dice; what must come of it is never asked of the engine.
 */
export async function playTheMonths(stage: Stage, customerCount: number, dice: Dice, tell: (line: string) => void): Promise<Played> {
  const { billing, books } = stage;
  const customers = customersOf(customerCount, dice);
  const counts: Counts = {};
  const count = (what: string, n = 1) => (counts[what] = (counts[what] ?? 0) + n);
  const advance = (to: string) => billing.post('/test/advance', { to });
  const duplicates = new Duplicates(stage, dice.fork('duplicates'), count);

  tell('the shop opens');
  await openShop(stage);
  await setUp(stage, customers);
  await forEach(customers, (who) => signUp(stage, who));
  // An ERP knows a customer before the first invoice to it comes.
  await stage.settled('customers');
  tell(`${customers.length} customers subscribe`);
  for (const who of customers) await subscribe(stage, who);
  await stage.settled('first invoices');

  const events = usageOf(months[0], customers, dice);
  const mistakes = mistakesIn(events, dice);
  // Half of them are found before the month is sealed.
  const early = mistakes.filter((_, at) => at % 2 === 0);
  const late = new Set(mistakes.filter((_, at) => at % 2 === 1));
  tell(`${months[0]}: usage, amendments, credits, refunds, dunning`);
  await advance('2026-08-10T12:00:00Z');
  await amend(stage, customers, dice.fork('august'), count);
  await advance('2026-08-20T12:00:00Z');
  await credit(stage, dice.fork('august/credits'), count);
  await report(stage, events);
  await correct(stage, early, events);
  count('usage corrected in time', early.length);
  await duplicates.send();

  tell('the month ends while the ERP is away');
  const comeBack = await books.goAway();
  await advance('2026-09-01T06:00:00Z');
  await seal(stage, months[0]);
  await advance('2026-09-04T12:00:00Z');
  await sleep(outageMs);
  await comeBack();
  count('month ends without an ERP');
  await payTransfers(stage, customers, count);
  await stage.settled(months[0]);

  tell(`${months[1]}: corrections of a sealed month, another tax rate in Germany`);
  await correct(stage, [...late], events);
  count('usage corrected after the seal', late.size);
  await advance('2026-09-10T12:00:00Z');
  await amend(stage, customers, dice.fork('september'), count);
  await advance(taxChangesAt);
  await changeTax(stage);
  count('tax rates changed');
  await oneOffs(stage, customers, dice.fork('services'), count);
  await advance('2026-09-22T12:00:00Z');
  await credit(stage, dice.fork('september/credits'), count);
  await giveUp(stage, customers, count);
  const september = usageOf(months[1], customers, dice);
  await report(stage, september);
  await duplicates.send();
  await advance('2026-10-01T06:00:00Z');
  await seal(stage, months[1]);
  await advance('2026-10-04T12:00:00Z');
  await payTransfers(stage, customers, count);
  await duplicates.send();
  await stage.settled(months[1]);
  count('usage events', events.length + september.length);
  return { customers, events: [...events, ...september], corrections: mistakes, late, counts };
}

async function openShop({ billing }: Stage): Promise<void> {
  for (const [id, name] of [['prod_platform', 'Platform'], ['prod_seats', 'Seats'], ['prod_calls', 'API calls'], ['prod_services', 'Services']] as const)
    await billing.post('/v1/products', { id, name });
  await billing.post('/v1/billing/meters', { id: 'mtr_calls', event_name: 'calls', display_name: 'API calls' });
  await billing.post('/v1/tax_rates', { id: 'txr_ny', country: 'US', state: 'NY', percentage: '8.875', display_name: 'Sales tax', inclusive: 'false' });
  await billing.post('/v1/tax_rates', { id: 'txr_de_19', country: 'DE', percentage: '19', display_name: 'USt', inclusive: 'false' });
  for (const currency of currencies) {
    const monthly = { currency, 'recurring[interval]': 'month' };
    for (const plan of ['starter', 'growth'] as const)
      await billing.post('/v1/prices', { ...monthly, id: `price_${plan}_${currency}`, product: 'prod_platform', unit_amount: prices[plan][currency] });
    await billing.post('/v1/prices', { ...monthly, id: `price_seat_${currency}`, product: 'prod_seats', unit_amount: prices.seat[currency] });
    await billing.post('/v1/prices', {
      ...monthly, id: `price_call_${currency}`, product: 'prod_calls', billing_scheme: 'tiered', tiers_mode: 'graduated',
      'recurring[usage_type]': 'metered', 'recurring[meter]': 'mtr_calls',
      'tiers[0][up_to]': String(callsIncluded), 'tiers[0][unit_amount]': '0', 'tiers[1][up_to]': 'inf', 'tiers[1][unit_amount_decimal]': prices.call[currency],
    });
  }
} // prettier-ignore

async function setUp({ engine, books, booksName, connectBilling, installBilling }: Stage, customers: readonly Customer[]): Promise<void> {
  await connectBilling();
  await installBilling();
  await books.connect(engine);
  for (const [name, rows] of Object.entries(tablesOf(customers, booksName)))
    if (rows.length > 0) await engine.call('PUT', `/v1/tables/${name}/rows`, csv(rows), 'text/csv');
  await engine.call('PUT', '/v1/usage/meters/api-calls', meter, 'application/yaml');
}

const methods: Record<Customer['pays'], string> = {
  card: 'pm_card_visa',
  'declined-once': 'pm_sandbox_declinedOnce',
  never: 'pm_card_chargeDeclined',
  transfer: 'pm_card_visa',
  late: 'pm_card_visa',
};

const signUp = ({ billing }: Stage, who: Customer): Promise<unknown> =>
  billing.post('/v1/customers', {
    id: who.id,
    name: who.name,
    email: `${who.id.slice(4)}@customers.example`,
    'address[country]': who.country,
    ...(who.state ? { 'address[state]': who.state } : {}),
    'invoice_settings[default_payment_method]': methods[who.pays],
  });

const subscribe = ({ billing }: Stage, who: Customer): Promise<unknown> =>
  billing.post('/v1/subscriptions', {
    customer: who.id,
    'items[0][price]': `price_${who.plan}_${who.currency}`,
    'items[1][price]': `price_seat_${who.currency}`,
    'items[1][quantity]': String(who.seats),
    ...(who.subject ? { 'items[2][price]': `price_call_${who.currency}` } : {}),
    ...(who.pays === 'transfer' || who.pays === 'late' ? { collection_method: 'send_invoice', days_until_due: '30' } : {}),
  });

interface Subscription {
  id: string;
  customer: string;
  status: string;
  items: { data: { id: string; quantity?: number; price: { product: string } }[] };
}

/** Contracts change in the middle of a month: more seats with the next invoice or at once, fewer at once (which makes an invoice below zero), and some end. */
async function amend({ billing }: Stage, customers: readonly Customer[], dice: Dice, count: (what: string) => void): Promise<void> {
  const subscriptions = await billing.all<Subscription>('/v1/subscriptions?status=active');
  const known = new Set(customers.map(({ id }) => id));
  for (const { id, items } of subscriptions.filter(({ customer }) => known.has(customer))) {
    const seats = items.data.find(({ price }) => price.product === 'prod_seats');
    const roll = dice.next();
    const change = dice.whole(1, 9);
    if (!seats || roll > 0.3) continue;
    const ask = (quantity: number, how: string) =>
      billing.post(`/v1/subscriptions/${id}`, {
        'items[0][id]': seats.id,
        'items[0][quantity]': String(quantity),
        proration_behavior: how,
      });
    const now = seats.quantity ?? 1;
    if (roll < 0.15) {
      await ask(now + change, 'create_prorations');
      count('amended with the next invoice');
    } else if (roll < 0.22) {
      await ask(now + change, 'always_invoice');
      count('amended at once');
    } else if (roll < 0.27 && now > 1) {
      await ask(1, 'always_invoice');
      count('amended downwards: an invoice below zero');
    } else if (roll > 0.27) {
      await billing.delete(`/v1/subscriptions/${id}`);
      count('subscriptions ended');
    }
  }
}

/** Credits on paid invoices, some of them paid back, credits on open ones, and invoices that were a mistake. */
async function credit({ billing }: Stage, dice: Dice, count: (what: string) => void): Promise<void> {
  for (const invoice of await billing.all<Invoice & { pre_payment_credit_notes_amount: number; post_payment_credit_notes_amount: number }>('/v1/invoices')) {
    const { id, status, total, amount_paid, lines, pre_payment_credit_notes_amount: before, post_payment_credit_notes_amount: after } = invoice;
    const roll = dice.next();
    const line = [...lines.data].sort((a, b) => b.amount - a.amount)[0];
    if (total <= 0 || !line || line.amount < 10 || total < 10 || before + after > 0) continue;
    // Negative lines and the customer's balance leave less to credit than the line says.
    const most = Math.min(line.amount, total, status === 'paid' ? amount_paid : total);
    if (most < 4) continue;
    const part = String(Math.floor(most / 4));
    const of = { invoice: id, 'lines[0][type]': 'invoice_line_item', 'lines[0][invoice_line_item]': line.id, 'lines[0][amount]': part };
    if (status === 'paid' && amount_paid > 0 && roll < 0.04) {
      await billing.post('/v1/credit_notes', { ...of, refund_amount: part });
      count('credited and paid back');
    } else if (status === 'paid' && amount_paid > 0 && roll < 0.06) {
      await billing.post('/v1/credit_notes', of);
      count('credited to the balance');
    } else if (status === 'open' && roll < 0.1) {
      await billing.post('/v1/credit_notes', of);
      count('credited before it was paid');
    } else if (status === 'open' && roll < 0.2) {
      await billing.post(`/v1/invoices/${id}/void`);
      count('invoices voided');
    }
  }
} // prettier-ignore

async function report({ engine }: Stage, events: readonly UsageEvent[]): Promise<void> {
  for (let at = 0; at < events.length; at += batchMax)
    await engine.call('POST', '/v1/usage/events', asCloudEvents(events.slice(at, at + batchMax)), 'application/cloudevents-batch+json');
}

async function correct({ engine }: Stage, corrections: readonly UsageCorrection[], events: readonly UsageEvent[]): Promise<void> {
  const known = new Map(events.map((event) => [event.id, event]));
  for (const { of, calls } of corrections)
    if (known.has(of))
      await engine.call('POST', '/v1/usage/corrections', {
        kind: 'correction', source: '/support', id: `fix/${of}`, of: { source: '/product', id: of }, data: { calls }, reason: 'The program counted wrong',
      });
} // prettier-ignore

/** Seals a month when all that was reported is counted, and waits until billing has every summary of it. */
async function seal({ engine, sandbox }: Stage, period: string): Promise<void> {
  type Control = { lag: { waitingCommits: number; meters: { behind: number }[] } };
  await until('the roll-up', rollUpMs, async () => {
    const { lag } = await engine.call<Control>('GET', '/v1/usage/control');
    return lag.waitingCommits === 0 && lag.meters.every(({ behind }) => behind === 0);
  }, { everyMs: 500 });
  await engine.call('POST', `/v1/usage/periods/${period}/seal`, { meter: 'api-calls', reason: 'The month is over' });
  // What came too late for a month before is a summary of its own.
  const summaries = await engine.all<{ sealedAt: string | null }>('/v1/usage/summaries');
  const sealed = summaries.filter(({ sealedAt }) => sealedAt !== null).length;
  await until(`${sealed} meter events by the seal of ${period}`, reportMs, () => sandbox.billing.state.meterEvents.length >= sealed, { everyMs: 500 });
} // prettier-ignore

async function payTransfers({ billing }: Stage, customers: readonly Customer[], count: (what: string) => void): Promise<void> {
  const pays = new Set(customers.filter((who) => who.pays === 'transfer').map(({ id }) => id));
  for (const { id, customer, status } of await billing.all<Invoice>('/v1/invoices?status=open')) {
    if (status !== 'open' || !pays.has(customer)) continue;
    await billing.post(`/v1/invoices/${id}/pay`, { payment_method: 'pm_bank_transfer' });
    count('paid by transfer');
  }
}

async function changeTax({ billing }: Stage): Promise<void> {
  await billing.post('/v1/tax_rates/txr_de_19', { active: 'false' });
  await billing.post('/v1/tax_rates', { id: 'txr_de_7', country: 'DE', percentage: '7', display_name: 'USt', inclusive: 'false' });
}

async function oneOffs({ billing }: Stage, customers: readonly Customer[], dice: Dice, count: (what: string) => void): Promise<void> {
  for (const who of customers) {
    if (!dice.chance(0.1)) continue;
    const amount = String(dice.whole(100, 9_999));
    await billing.post('/v1/invoiceitems', { customer: who.id, amount, currency: who.currency, description: 'A day of help' });
    const { id } = await billing.post('/v1/invoices', { customer: who.id, currency: who.currency });
    await billing.post(`/v1/invoices/${id}/finalize`);
    count('one-off invoices');
  }
}

/** Dunning has ended for who never pays. */
async function giveUp({ billing }: Stage, customers: readonly Customer[], count: (what: string) => void): Promise<void> {
  const never = new Set(customers.filter((who) => who.pays === 'never').map(({ id }) => id));
  const seen = new Set<string>();
  for (const { id, customer } of await billing.all<Invoice>('/v1/invoices?status=open')) {
    if (!never.has(customer) || seen.has(customer)) continue;
    seen.add(customer);
    await billing.post(`/v1/invoices/${id}/mark_uncollectible`);
    count('invoices given up');
  }
}

/** Some events come a second and a third time, as billing platforms send them. */
class Duplicates {
  private taken = 0;

  constructor(
    private readonly stage: Stage,
    private readonly dice: Dice,
    private readonly count: (what: string) => void,
  ) {}

  async send(): Promise<void> {
    const { events } = this.stage.sandbox.billing.state;
    const fresh = events.slice(this.taken);
    this.taken = events.length;
    await forEach(
      fresh.filter(() => this.dice.chance(0.05)),
      async (event) => {
        for (let n = this.dice.whole(1, 2); n > 0; n -= 1) {
          await this.stage.engine.deliver(event, this.stage.webhookSecret);
          this.count('webhooks sent once more');
        }
      },
    );
  }
}
