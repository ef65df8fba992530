import { money } from '@waybill/sdk';

/**
 * How old what waits is, in the buckets that finance reads. A bucket begins with its first day and ends before its last; the oldest has no end.
 * Age is counted from when the thing came, in whole days of 24 hours: no calendar decides what is late.
 */
export const ages = ['0-1', '1-3', '3-7', '7-30', '30+'] as const;
export type Age = (typeof ages)[number];

/** Days at which one bucket ends and the next begins. */
const edges = [1, 3, 7, 30] as const;
/** What has no amount has no currency either. */
export const noCurrency = 'none';

const before = (column: string, days: number): string => `${column} <= now() - interval '${days} days'`;

/** The bucket of an instant, as SQL: its place in `ages`. */
export const ageOf = (column: string): string => `(${edges.map((days) => `(${before(column, days)})::int`).join(' + ')})`;

/** Whether an instant is of a bucket, as SQL. The words are of this table, so they stand in the text. */
export function isOfAge(column: string, age: Age): string {
  const at = ages.indexOf(age);
  const [from, to] = [edges[at - 1], edges[at]];
  const parts = [from === undefined ? undefined : before(column, from), to === undefined ? undefined : `not (${before(column, to)})`];
  return `(${parts.filter((part) => part !== undefined).join(' and ')})`;
}

export interface AgedRow {
  currency: string | null;
  age: number;
  n: number;
  amount: string | null;
}

/** A line for each currency, most first, what has no amount last; each with every bucket, so that a page shows a table without holes. */
export function ageing(rows: readonly AgedRow[]) {
  const currencies = [...new Set(rows.map(({ currency }) => currency))];
  const items = currencies.map((currency) => {
    const own = rows.filter((row) => row.currency === currency);
    return {
      currency,
      count: own.reduce((sum, { n }) => sum + n, 0),
      amount: currency === null ? null : own.reduce((sum, { amount }) => money.add(sum, amount ?? '0'), '0'),
      ages: ages.map((age, at) => {
        const found = own.find((row) => row.age === at);
        return { age, count: found?.n ?? 0, amount: currency === null ? null : (found?.amount ?? '0') };
      }),
    };
  });
  const last = (currency: string | null): number => (currency === null ? 1 : 0);
  items.sort((a, b) => last(a.currency) - last(b.currency) || b.count - a.count || (String(a.currency) < String(b.currency) ? -1 : 1));
  return { items };
}
