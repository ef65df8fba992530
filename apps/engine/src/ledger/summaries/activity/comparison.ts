/** Two sides of usage beside each other: two customers, two periods, or both. Pure. */
import { money } from '@waybill/sdk';

export interface Quantity {
  meter: string;
  unit: string | null;
  aggregate: string;
  dimensions: Record<string, string>;
  quantity: string;
  eventCount: number;
}

export interface Compared {
  meter: string;
  unit: string | null;
  dimensions: Record<string, string>;
  /** Null: nothing was used there. */
  left: string | null;
  right: string | null;
  leftEvents: number;
  rightEvents: number;
  /** Right less left. */
  difference: string;
  /** Of the left, in percent with one decimal; null where there is nothing on the left. */
  percent: string | null;
}

const keyOf = ({ meter, dimensions }: Quantity): string =>
  JSON.stringify([meter, ...Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);

/** What may be added up over subscriptions, periods and adjustments. A maximum of maxima is one; an average of averages is none. */
const together: Record<string, (a: string, b: string) => string> = {
  sum: (a, b) => money.add(a, b),
  count: (a, b) => money.add(a, b),
  max: (a, b) => (money.compare(a, b) >= 0 ? a : b),
  min: (a, b) => (money.compare(a, b) <= 0 ? a : b),
};

/**
 * One row for each meter and dimensions that either side has, those that differ most first within a meter. Meters of which a side has several quantities
 * that cannot be made one are left out, and named.
 */
export function compare(left: readonly Quantity[], right: readonly Quantity[]): { items: Compared[]; leftOut: string[] } {
  const leftOut = new Set<string>();
  const [lefts, rights] = [byKey(left, leftOut), byKey(right, leftOut)];
  const items = [...new Set([...lefts.keys(), ...rights.keys()])]
    .filter((key) => !leftOut.has((lefts.get(key) ?? rights.get(key))!.meter))
    .map((key) => {
      const [one, other] = [lefts.get(key), rights.get(key)];
      const { meter, unit, dimensions } = (one ?? other)!;
      const difference = money.subtract(other?.quantity ?? '0', one?.quantity ?? '0');
      return {
        meter,
        unit,
        dimensions,
        left: one?.quantity ?? null,
        right: other?.quantity ?? null,
        leftEvents: one?.eventCount ?? 0,
        rightEvents: other?.eventCount ?? 0,
        difference,
        percent: one === undefined || money.compare(one.quantity, '0') === 0 ? null : money.divide(money.multiply(difference, '100'), one.quantity, 1),
      };
    })
    .sort((a, b) => (a.meter < b.meter ? -1 : a.meter > b.meter ? 1 : money.compare(money.absolute(b.difference), money.absolute(a.difference))));
  return { items, leftOut: [...leftOut].sort() };
} // prettier-ignore

function byKey(all: readonly Quantity[], leftOut: Set<string>): Map<string, Quantity> {
  const found = new Map<string, Quantity>();
  for (const one of all) {
    const there = found.get(keyOf(one));
    const add = together[one.aggregate];
    if (there === undefined) found.set(keyOf(one), one);
    else if (add !== undefined)
      found.set(keyOf(one), { ...there, quantity: add(there.quantity, one.quantity), eventCount: there.eventCount + one.eventCount });
    else leftOut.add(one.meter);
  }
  return found;
}
