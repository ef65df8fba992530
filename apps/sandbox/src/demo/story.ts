import { createCreditGrant, updateCustomer } from '../billing/catalogue.js';
import { voidInvoice } from '../billing/invoicing.js';
import { pick, seededAt } from '../random.js';
import type { Sandbox } from '../sandbox.js';
import { addSeats, credit, giveUp, leave, oneOff, payOldest, use, voidDisputed } from './acts.js';
import { bookByHand } from './bookkeeper.js';
import { customers } from './company.js';
import { closePeriod, fillErp, openShop, signUp } from './opening.js';

/** Something that happens at a moment. `quiet`: it makes no document, so nobody needs to watch it happen. */
export interface Scene {
  /** Seconds since 1970. */
  at: number;
  name: string;
  quiet?: boolean;
  play(sandbox: Sandbox): void;
}

export interface Calendar {
  /** The first moment: two days before the month that holds `burstEnd`. */
  begin: number;
  /** Until here everything happens at once. */
  burstEnd: number;
  /** The present, where the story ends. */
  end: number;
}

const day = 86_400;
const monthOf = (unix: number): string => new Date(unix * 1000).toISOString().slice(0, 7);
const firstOfNextMonth = (unix: number): number => {
  const at = new Date(unix * 1000);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1) / 1000;
};

/** Five weeks before the present the trickle begins; what led up to it, from two days before that month, is the burst. */
export function calendarOf(now: Date): Calendar {
  const end = Math.floor(now.getTime() / 1000);
  const burstEnd = end - 35 * day;
  const first = new Date(`${monthOf(burstEnd)}-01T06:00:00Z`).getTime() / 1000;
  return { begin: first - 2 * day, burstEnd, end };
}

/** The whole story in order of time. It follows from the seed and the calendar alone, so a restart finds its place again. */
export function story(seed: string, calendar: Calendar): Scene[] {
  const { begin, burstEnd, end } = calendar;
  const at = (place: string): number => seededAt(seed, place);
  const between = (from: number, to: number, place: string): number => Math.floor(from + (to - from) * at(place));
  const scenes: Scene[] = [
    { at: begin, name: 'the shop opens', play: ({ billing, books }) => (openShop(billing), fillErp(books, monthOf(begin))) },
  ];
  const scene = (when: number, name: string, play: Scene['play'], quiet = false): void => {
    if (when < end) scenes.push({ at: Math.floor(when), name, play, quiet });
  };
  const trickle = (days: number): number => burstEnd + days * day;

  for (const [n, who] of customers.entries()) {
    // The first German customers sign up in the month that is closed there by the time their invoices arrive.
    const early = who.id === 'cus_stark' || who.id === 'cus_cedar';
    const signed = early ? begin + (n + 1) * 600 : between(begin + 2 * day, burstEnd, `sign-up/${who.id}`);
    scene(signed, `${who.name} signs up`, ({ billing }) => signUp(billing, who));
    if (who.pays === 'invoice')
      for (let paid = 1; paid < 5; paid += 1)
        scene(signed + paid * 12 * day, `${who.name} pays by transfer`, ({ billing }) => payOldest(billing, who.id));
    if (who.metered)
      for (let week = 0; signed + week * 7 * day < end; week += 1)
        scene(signed + week * 7 * day + 3600, `${who.name} uses it`, ({ billing }) => use(billing, who.id, `${seed}/${week}`), true);
  }

  scene(
    trickle(0.5),
    'Initech buys credits ahead',
    ({ billing }) =>
      void createCreditGrant(billing, {
        customer: 'cus_initech',
        name: 'Prepaid usage',
        amount: { monetary: { currency: 'usd', value: '15000' } },
      }),
  );
  scene(trickle(1), 'Hooli adds seats', ({ billing }) => addSeats(billing, 'cus_hooli', 4));
  scene(
    trickle(2),
    'Globex buys an enterprise onboarding',
    ({ billing }) => void oneOff(billing, 'cus_globex', [['Enterprise onboarding and migration', 6_200_000]]),
  );
  scene(
    trickle(3),
    'Umbrella orders a long list of services',
    ({ billing }) =>
      void oneOff(
        billing,
        'cus_umbrella',
        Array.from({ length: 14 }, (_, n) => [`Workshop, day ${n + 1}`, 92_500 + n * 1_250]),
      ),
  );
  scene(trickle(4), 'Umbrella is credited two workshop days', ({ billing }) =>
    credit(billing, 'cus_umbrella', { part: 1, openOnly: true }),
  );
  scene(trickle(6), 'Wonka gets money back', ({ billing }) => credit(billing, 'cus_wonka', { part: 0.5, refund: true }));
  scene(trickle(7), 'Stark is given a goodwill credit', ({ billing }) => credit(billing, 'cus_stark', { part: 0.25 }));
  scene(
    trickle(8),
    'an invoice to Globex was a mistake',
    ({ billing }) => void voidInvoice(billing, oneOff(billing, 'cus_globex', [['Training, wrong customer', 240_000]])),
  );
  scene(trickle(9), 'Duff is given up', ({ billing }) => giveUp(billing, 'cus_duff'));
  scene(trickle(0.4), 'a bookkeeper types an invoice by hand', ({ billing, books }) => bookByHand(billing, books, 'cus_acme'), true);
  scene(trickle(0.45), 'Acme is billed for a workshop', ({ billing }) => void oneOff(billing, 'cus_acme', [['Workshop', 180_000]]));
  scene(trickle(11), 'Initech adds seats', ({ billing }) => addSeats(billing, 'cus_initech', 3));
  // Void of an invoice whose month is closed by then: the books refuse it, and a credit memo takes it back in the next open month.
  const closing = firstOfNextMonth(burstEnd) + 2 * day;
  const export_ = [['Data export', 75_000]] as const;
  scene(
    trickle(0.3),
    'Globex is billed for an export it will dispute',
    ({ billing }) => void oneOff(billing, 'cus_globex', export_, { disputed: 'true' }),
  );
  scene(closing, 'the US closes the month', ({ books }) => closePeriod(books, 'US', monthOf(trickle(0.3))), true);
  scene(closing + day, 'the disputed invoice is voided, too late', ({ billing }) => voidDisputed(billing, 'cus_globex'));
  scene(trickle(18), 'Kite leaves', ({ billing }) => leave(billing, 'cus_kite'));

  // Between the planned scenes, everyday ones: someone adds a seat, gets a credit, orders a day of help, moves its inbox.
  const regulars = customers.filter((who) => who.entity && !who.blocked && !who.pays && who.id !== 'cus_kite' && who.id !== 'cus_acme');
  for (let n = 0; n < 40; n += 1) {
    const who = pick(regulars, at(`everyday/who/${n}`));
    const when = between(trickle(0.2), end - 3600, `everyday/when/${n}`);
    const what = at(`everyday/what/${n}`);
    if (what < 0.35) scene(when, `${who.name} adds seats`, ({ billing }) => addSeats(billing, who.id, 1 + (n % 4)));
    else if (what < 0.7)
      scene(when, `${who.name} orders help`, ({ billing }) => void oneOff(billing, who.id, [['Consulting, day', 118_000 + n * 250]]));
    else if (what < 0.9)
      scene(when, `${who.name} is credited`, ({ billing }) => credit(billing, who.id, { part: 0.1, refund: n % 2 === 0 }));
    else
      scene(
        when,
        `${who.name} changes its address`,
        ({ billing }) =>
          void updateCustomer(billing, billing.get('customers', who.id), { email: `invoices-${n}@${who.id.slice(4)}.example` }),
      );
  }
  return scenes.sort((a, b) => a.at - b.at);
}
