import type { Entry, Wanted } from './documents.js';

/** Sums of one entity, kind and currency on both sides, minor units. */
export interface Total {
  entity: string;
  kind: string;
  currency: string;
  documents: number;
  wanted: bigint;
  booked: bigint;
}

const placeOf = ({ entity, kind, currency, reference }: Entry): string => `${entity} ${kind} ${currency} ${reference}`;
const groupOf = ({ entity, kind, currency }: Entry): string => `${entity} ${kind} ${currency}`;

function grouped<T>(all: readonly T[], by: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(by(one), [...(groups.get(by(one)) ?? []), one]);
  return groups;
}

const bySize = (a: Entry, b: Entry): number => (a.total < b.total ? -1 : Number(a.total > b.total));

/** What must be in the books and is not, is there and must not be, or is there with another amount: a sentence for each. `booked` holds what lives. */
export function differences(wanted: readonly Wanted[], booked: readonly Entry[]): string[] {
  const found: string[] = [];
  const there = grouped(booked, placeOf);
  for (const [place, all] of grouped(wanted, placeOf)) {
    const mine = all.filter(({ live }) => live).sort(bySize);
    const theirs = [...(there.get(place) ?? [])].sort(bySize);
    there.delete(place);
    if (mine.length !== theirs.length) {
      found.push(`${place} is in the books ${theirs.length} times and must be there ${mine.length} times`);
      continue;
    }
    for (const [at, { total, tax }] of mine.entries()) {
      const other = theirs[at]!;
      if (other.total !== total) found.push(`${place} is booked with ${other.total} and must be ${total}, in minor units`);
      if (tax !== undefined && other.tax !== undefined && other.tax !== tax)
        found.push(`${place} is booked with a tax of ${other.tax} and must have ${tax}, in minor units`);
    }
  }
  for (const [place, all] of there) found.push(`${place} is in the books ${all.length} times, and nobody billed it`);
  return found;
}

/** Sums by entity, kind and currency. */
export function totals(wanted: readonly Wanted[], booked: readonly Entry[]): Total[] {
  const live = wanted.filter((one) => one.live);
  const [mine, theirs] = [grouped<Entry>(live, groupOf), grouped(booked, groupOf)];
  const sum = (all: readonly Entry[] = []) => all.reduce((total, one) => total + one.total, 0n);
  return [...new Set([...mine.keys(), ...theirs.keys()])].sort().map((group) => {
    const [entity, kind, currency] = group.split(' ') as [string, string, string];
    return {
      entity,
      kind,
      currency,
      documents: mine.get(group)?.length ?? 0,
      wanted: sum(mine.get(group)),
      booked: sum(theirs.get(group)),
    };
  });
}
