import { money } from '@waybill/sdk';

/** Compares two sides of documents, a place at a time. Pure: whoever calls brings the rows in the order of their places. */

export interface SideRow {
  side: 'billing' | 'erp';
  id: string;
  /** Our key: as it was posted with, and as the ERP has it. */
  key: string | null;
  /** As people on its side know it. */
  number: string | null;
  /** Of billing its id there; of the ERP the number or the id that it has in billing. */
  reference: string | null;
  type: string;
  currency: string;
  /** As it counts in the sum of its side: a refund is less than nothing. */
  amount: string;
  tax: string | null;
  date: string;
  /** False for what was taken back: it comes to nothing. */
  live: boolean;
  /** Is its date within the period? Rows around the period are there to find partners of a moved date, and count in no sum. */
  within: boolean;
}

/** The rows of one document: at most one of billing. */
export interface Place {
  billing: SideRow | undefined;
  erp: readonly SideRow[];
}

export interface Terms {
  /** `one-to-many`: what stands in the ERP under one document of billing is added up; else a second one is a duplicate. */
  match: 'one-to-one' | 'one-to-many';
  /** Per currency, decimal text; none is zero. */
  amount: Readonly<Record<string, string>>;
  tax: Readonly<Record<string, string>>;
  days: number;
}

export const foundKinds = ['missing-in-erp', 'missing-in-billing', 'currency', 'amount', 'tax', 'date', 'duplicate', 'voided', 'not-voided', 'rounding'] as const; // prettier-ignore
export type FoundKind = (typeof foundKinds)[number];

export interface Found {
  kind: FoundKind;
  currency: string;
  /** What it adds to the ERP's sum less billing's. */
  difference: string;
  billing: SideRow | undefined;
  erp: SideRow | undefined;
  /** What else differs. */
  also: FoundKind[];
}

/** What a row adds to the sum of its side. */
export const counted = (row: SideRow | undefined): string => (row && row.live && row.within ? row.amount : '0');

/** The differences of a place. Per currency they sum exactly to the ERP's rows less billing's. */
export function compare({ billing, erp }: Place, terms: Terms): Found[] {
  const live = erp.filter((row) => row.live);
  if (!billing) return live.filter(({ within }) => within).map((row) => found('missing-in-billing', { erp: row }));
  const [first, ...more] = terms.match === 'one-to-many' ? together(live, billing) : inOrder(live, billing);
  const extra = more.filter(({ within }) => within).map((row) => found(row.currency === billing.currency ? 'duplicate' : 'missing-in-billing', { billing, erp: row })); // prettier-ignore
  if (!first) return billing.live && billing.within ? [taken(billing, erp)] : [];
  if (!billing.within && !first.within) return extra;
  if (!billing.live) return first.within ? [found('not-voided', { billing, erp: first }), ...extra] : extra;
  return [...pair(billing, first, terms), ...extra];
}

/** It is not there, or it is there and was taken back. */
function taken(billing: SideRow, erp: readonly SideRow[]): Found {
  const [gone] = inOrder(erp, billing);
  return gone ? { ...found('missing-in-erp', { billing }), kind: 'voided', erp: gone } : found('missing-in-erp', { billing });
}

function pair(billing: SideRow, erp: SideRow, terms: Terms): Found[] {
  if (billing.currency !== erp.currency)
    return [
      { kind: 'currency', currency: billing.currency, difference: money.negate(counted(billing)), billing, erp, also: [] },
      { kind: 'currency', currency: erp.currency, difference: counted(erp), billing, erp, also: [] },
    ];
  const { currency } = billing;
  const within = (difference: string, allowed: Readonly<Record<string, string>>) =>
    money.compare(money.absolute(difference), allowed[currency] ?? '0') <= 0;
  const difference = money.subtract(counted(erp), counted(billing));
  const differs: FoundKind[] = [];
  if (!within(money.subtract(erp.amount, billing.amount), terms.amount)) differs.push('amount');
  if (billing.tax !== null && erp.tax !== null && !within(money.subtract(erp.tax, billing.tax), terms.tax)) differs.push('tax');
  // Within the period on one side only: whatever the tolerance in days, the sums of the period differ by all of it.
  if (billing.within !== erp.within || daysBetween(billing.date, erp.date) > terms.days) differs.push('date');
  const [kind, ...also] = differs;
  if (kind) return [{ kind, currency, difference, billing, erp, also }];
  return money.isZero(difference) ? [] : [{ kind: 'rounding', currency, difference, billing, erp, also: [] }];
}

/** The one that was posted comes first; what looks like it stands behind it. */
function inOrder(rows: readonly SideRow[], billing: SideRow): SideRow[] {
  const rank = (row: SideRow) => [row.key !== null && row.key === billing.key ? 0 : 1, row.within ? 0 : 1, row.currency === billing.currency ? 0 : 1]; // prettier-ignore
  const order = (a: SideRow, b: SideRow) => rank(a).map((one, at) => one - rank(b)[at]!).find((one) => one !== 0) ?? (a.id < b.id ? -1 : a.id > b.id ? 1 : 0); // prettier-ignore
  return [...rows].sort(order);
}

/** Parts of one document as one row. Those in another currency, or in another period than the document's, stay by themselves. */
function together(rows: readonly SideRow[], billing: SideRow): SideRow[] {
  const fits = (row: SideRow) => row.currency === billing.currency && row.within === billing.within;
  const [parts, rest] = [inOrder(rows.filter(fits), billing), rows.filter((row) => !fits(row))];
  const [first, ...others] = parts;
  if (!first || others.length === 0) return [...parts, ...rest];
  const taxes = parts.map(({ tax }) => tax);
  const whole: SideRow = {
    ...first,
    amount: money.sum(parts.map(({ amount }) => amount)),
    tax: taxes.every((tax) => tax !== null) ? money.sum(taxes) : null,
    date: parts.reduce((far, { date }) => (daysBetween(date, billing.date) > daysBetween(far, billing.date) ? date : far), first.date),
  };
  return [whole, ...rest];
}

function found(kind: FoundKind, { billing, erp }: { billing?: SideRow; erp?: SideRow }): Found {
  const difference = erp ? counted(erp) : money.negate(counted(billing));
  return { kind, currency: (erp ?? billing)!.currency, difference, billing, erp, also: [] };
}

const dayMs = 86_400_000;
const daysBetween = (a: string, b: string): number => Math.abs(Date.parse(a) - Date.parse(b)) / dayMs;

/** Rows in the order of their places become places. Holds one place at a time. */
export async function* placesOf<Row extends { place: number; row: SideRow }>(rows: AsyncIterable<Row>): AsyncGenerator<Place> {
  let at: number | undefined;
  let billing: SideRow | undefined;
  let erp: SideRow[] = [];
  for await (const { place, row } of rows) {
    if (at !== undefined && place !== at) {
      yield { billing, erp };
      billing = undefined;
      erp = [];
    }
    at = place;
    if (row.side === 'erp') erp.push(row);
    else if (billing) throw new Error(`two documents of billing have the place ${place}`);
    else billing = row;
  }
  if (at !== undefined) yield { billing, erp };
}
