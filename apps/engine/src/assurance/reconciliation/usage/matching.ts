import { money } from '@waybill/sdk';

/**
 * Compares sealed usage with what billing counts, a place at a time. Quantities only: they have the unit of their meter, and no currency. Pure: whoever calls
 * brings the rows in the order of their places.
 */

/** A sealed summary, as the ledger has it. */
export interface SummaryRow {
  id: string;
  kind: 'period' | 'adjustment';
  /** The period that it is billed in: `2026-10`, `2026-10-03`. */
  period: string;
  quantity: string;
  /** Its way to billing: nothing is known there of `no`, `maybe` is in flight or in doubt. */
  sent: 'yes' | 'maybe' | 'no';
  /** The quantity that it was sent with, where the receipt tells. */
  sentQuantity: string | null;
}

/** What is one: a customer's usage of a meter that falls on one day. Billing tells no more than its sum, which may be of several summaries. */
export interface UsagePlace {
  meter: string;
  unit: string | null;
  customer: string;
  /** Of UTC, by the last second of the summaries' period, which is the time that they are sent with. */
  day: string;
  summaries: readonly SummaryRow[];
  /** What billing counts; undefined where it tells nothing. */
  counted: string | undefined;
}

export const usageFoundKinds = ['missing-in-billing', 'missing-in-ledger', 'quantity', 'counted-twice', 'rounding'] as const;
export type UsageFoundKind = (typeof usageFoundKinds)[number];

export interface UsageFound {
  kind: UsageFoundKind;
  place: UsagePlace;
  /** What it adds to the sum of billing less that of the ledger. */
  difference: string;
  /** The summary that it is about; undefined where billing counts what no summary says. */
  summary: SummaryRow | undefined;
}

export const summed = ({ summaries }: Pick<UsagePlace, 'summaries'>): string =>
  money.sum(['0', ...summaries.map(({ quantity }) => quantity)]);

/**
 * The differences of a place; they sum exactly to what billing counts less what the ledger says. In this order: what was not sent is missing; what was
 * sent with another quantity says so; what is left is a summary that billing lost or counted twice where it is as much as one, and else a quantity that differs.
 */
export function compareUsage(place: UsagePlace, tolerance: string): UsageFound[] {
  const { summaries, counted = '0' } = place;
  let left = money.subtract(counted, summed(place));
  if (money.isZero(left)) return [];
  const found: UsageFound[] = [];
  const tell = (kind: UsageFoundKind, difference: string, summary?: SummaryRow) => {
    if (money.isZero(difference)) return;
    found.push({ kind, place, difference, summary });
    left = money.subtract(left, difference);
  };
  const missing = (summary: SummaryRow) => tell('missing-in-billing', money.negate(summary.quantity), summary);

  for (const summary of summaries.filter(({ sent }) => sent === 'no')) missing(summary);
  const sent = summaries.filter((one) => one.sent !== 'no');
  const nothingCounted = money.isZero(counted);
  if (nothingCounted) sent.forEach(missing);
  else for (const one of sent) tell('quantity', money.subtract(one.sentQuantity ?? one.quantity, one.quantity), one);
  if (money.isZero(left)) return found;

  if (money.compare(money.absolute(left), tolerance) <= 0) tell('rounding', left, sent[0]);
  else if (sent.length === 0) tell('missing-in-ledger', left);
  else {
    const lost = sent.find(({ quantity }) => money.equals(left, money.negate(quantity)));
    const twice = sent.find(({ quantity }) => money.equals(left, quantity));
    if (lost) missing(lost);
    else if (twice) tell('counted-twice', left, twice);
    // By the largest: a difference of the whole is most likely one of its.
    else tell('quantity', left, [...sent].sort((a, b) => money.compare(money.absolute(b.quantity), money.absolute(a.quantity)) || (a.id < b.id ? -1 : 1))[0]); // prettier-ignore
  }
  return found;
}

interface PlaceRow {
  meter: string;
  unit: string | null;
  customer: string;
  day: string;
}
export type UsageRow = PlaceRow & ({ side: 'ledger'; summary: SummaryRow } | { side: 'billing'; counted: string });

/** Rows in the order of their places become places. Holds one place at a time. */
export async function* usagePlacesOf(rows: AsyncIterable<UsageRow>): AsyncGenerator<UsagePlace> {
  let place: (UsagePlace & { summaries: SummaryRow[] }) | undefined;
  for await (const row of rows) {
    const { meter, unit, customer, day } = row;
    if (place && (place.meter !== meter || place.customer !== customer || place.day !== day)) {
      yield place;
      place = undefined;
    }
    place ??= { meter, unit, customer, day, summaries: [], counted: undefined };
    if (row.side === 'ledger') place.summaries.push(row.summary);
    // A meter that was renamed in billing has counted under both names.
    else place.counted = money.add(place.counted ?? '0', row.counted);
  }
  if (place) yield place;
}
