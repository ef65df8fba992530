/** What a month was worth, out of what was counted. Pure. */

/** A control of a month, and when its sign-off was reviewed; null: it is not signed off. */
export interface SignedOff {
  reviewedAt: Date | null;
}

const dayMs = 86_400_000;

/**
 * Days from the end of a month to the last sign-off of its controls, rounded up: a month that was signed off on the day after took one. Null where there
 * is no control, or where one is not signed off.
 */
export function daysToClose(monthEnds: Date, controls: readonly SignedOff[]): number | null {
  if (controls.length === 0) return null;
  const times = controls.map(({ reviewedAt }) => reviewedAt?.getTime() ?? Number.NaN);
  const last = Math.max(...times);
  return Number.isNaN(last) ? null : Math.max(0, Math.ceil((last - monthEnds.getTime()) / dayMs));
}

/** Percent, rounded down to tenths, so that what is not all does not read like all; null: of nothing. */
export const shareOf = (part: number, of: number): number | null => (of === 0 ? null : Math.floor((part * 1_000) / of) / 10);

/** Months, the newest first, as `2026-11`, that end with the one of that instant in UTC. */
export function monthsBefore(at: Date, count: number): string[] {
  return Array.from({ length: count }, (_, n) =>
    new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - n, 1)).toISOString().slice(0, 7),
  );
}

/** The instant at which a month has ended, in UTC. */
export function endOf(month: string): Date {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, number, 1));
}
