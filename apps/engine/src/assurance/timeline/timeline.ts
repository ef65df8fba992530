import type { RunsFact, TimelineFact, TimelineKind } from './timeline-fact.js';

/** One thing that happened. Its place in the list is its time, to the microsecond, and its key. */
export interface Happening {
  at: string;
  /** Unique over all sources, of ASCII, so that SQL and this file put equal times into one order. */
  key: string;
  kind: TimelineKind;
  fact: TimelineFact;
  by: string | null;
  reason: string | null;
  /** Path in the console. */
  link: string;
}

/** What one source told, newest first. `more`: it was asked for no more than that, and older ones may be there. */
export interface Told {
  items: readonly Happening[];
  more: boolean;
}

export interface TimelinePage {
  events: Happening[];
  /** The last that is in the page, if there is more. */
  end: Happening | undefined;
}

const newestFirst = (a: Happening, b: Happening): number =>
  a.at !== b.at ? (a.at < b.at ? 1 : -1) : a.key === b.key ? 0 : a.key < b.key ? 1 : -1;

/**
 * The newest of all sources as one list. A source that may have more says nothing of what is older than its last one, so the page ends there at the
 * latest: nothing that is told later can belong before what was told.
 */
export function pageOf(sources: readonly Told[], limit: number): TimelinePage {
  const ends = sources.flatMap(({ items, more }) => (more && items.length > 0 ? [items.at(-1)!] : [])).sort(newestFirst);
  const [horizon] = ends;
  const all = sources.flatMap(({ items }) => items).sort(newestFirst);
  const known = horizon ? all.filter((one) => newestFirst(one, horizon) <= 0) : all;
  const events: Happening[] = [];
  let end: Happening | undefined;
  for (const one of known) {
    const last = events.at(-1);
    const together = last && folded(last, one);
    if (together) events[events.length - 1] = together;
    else if (events.length === limit) return { events, end };
    else events.push(one);
    end = one;
  }
  return { events, end: ends.length > 0 || known.length < all.length ? end : undefined };
}

/** Runs of one kind that became the same are one event. It keeps what the newest says, and the key of the oldest, which stays while newer ones come. */
function folded(newer: Happening, older: Happening): Happening | undefined {
  const [a, b] = [newer.fact, older.fact];
  if (a.code !== 'runs' || b.code !== 'runs' || a.run !== b.run || a.state !== b.state) return undefined;
  const fact: RunsFact = {
    ...a,
    count: a.count + b.count,
    firstAt: b.firstAt,
    read: a.read + b.read,
    added: a.added + b.added,
    error: a.error ?? b.error,
  };
  return { ...newer, key: older.key, fact, by: newer.by === older.by ? newer.by : null, reason: null };
}
