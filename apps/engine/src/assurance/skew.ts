/**
 * Do the clocks agree? A webhook's signature holds for minutes of our clock, leases are counted by the database's, and a document's date is
 * its source's: clocks far apart make each of them lie. Nothing is decided here; a person is told.
 */
export const skewSecondsMax = 60;

export interface Reading {
  /** When the other clock was asked, and when its answer was here: milliseconds since 1970 by our clock. */
  askedAt: number;
  heardAt: number;
  /** What it said, in milliseconds since 1970. */
  said: number;
  /** How finely it speaks, in milliseconds: a `Date` header has whole seconds. */
  grainMs: number;
}

/** Seconds by which the other clock is certainly ahead of ours (negative: behind); 0 when the way and the grain explain the difference. */
export function skewSeconds({ askedAt, heardAt, said, grainMs }: Reading): number {
  const ahead = said - heardAt;
  const behind = said + grainMs - askedAt;
  if (ahead > 0) return Math.round(ahead / 1000);
  if (behind < 0) return Math.round(behind / 1000);
  return 0;
}

/** One sentence for each clock that is too far from ours. */
export function skewWarnings(skews: ReadonlyMap<string, number>): string[] {
  return [...skews]
    .filter(([, seconds]) => Math.abs(seconds) > skewSecondsMax)
    .map(
      ([whose, seconds]) =>
        `The clock of ${whose} is ${Math.abs(seconds)} seconds ${seconds > 0 ? 'ahead of' : 'behind'} this machine's. Set both by NTP.`,
    );
}
