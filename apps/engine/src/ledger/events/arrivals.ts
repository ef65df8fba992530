import type { CheckedEvent } from './cloud-event.js';

/** Events that one caller brings, to be committed together with those of others. */
export interface Arrival {
  events: readonly CheckedEvent[];
  /** `http`, `bulk`, or `stream:` and a name. */
  via: string;
  /** Who brings them. */
  by: string;
}

/** What became of an arrival. */
export interface Taken {
  accepted: number;
  duplicates: number;
  /** Which events came under a key that has other content, and which event has the key. */
  conflicts: { at: number; first: string }[];
}

/** One event among all of a commit. */
export interface Placed {
  event: CheckedEvent;
  arrival: number;
  /** Place in its arrival. */
  at: number;
  /** slot * 65,536 + place: each slot gets a row of `usage_commit`, and so one range of `seq`. */
  place: number;
}

export interface CommitPlan {
  /** Who brings, and how: a commit's row each. */
  slots: { via: string; by: string }[];
  /** The first of each key, in the order of the keys: the one order in which all writers insert them, so that no two of them wait for each other. */
  inKeyOrder: Placed[];
  /** The same in the order they came. */
  inOrder: Placed[];
  /** Later ones of a key that is there already in this commit. */
  folded: Placed[];
}

/** Orders and folds what several callers bring for one commit. Pure. */
export function planCommit(arrivals: readonly Arrival[]): CommitPlan {
  const slots: { via: string; by: string; count: number }[] = [];
  const all: Placed[] = [];
  arrivals.forEach(({ events, via, by }, arrival) => {
    let index = slots.findIndex((slot) => slot.via === via && slot.by === by);
    if (index < 0) index = slots.push({ via, by, count: 0 }) - 1;
    const slot = slots[index]!;
    for (let at = 0; at < events.length; at += 1) all.push({ event: events[at]!, arrival, at, place: index * 65_536 + slot.count + at });
    slot.count += events.length;
  });
  const sorted = inOrderOfKeys(all);
  const [inKeyOrder, folded]: [Placed[], Placed[]] = [[], []];
  for (const placed of sorted) {
    const last = inKeyOrder.at(-1);
    if (last !== undefined && last.event.key === placed.event.key) folded.push(placed);
    else inKeyOrder.push(placed);
  }
  const inOrder = folded.length === 0 ? all : all.filter(notIn(folded));
  return { slots, inKeyOrder, inOrder, folded };
}

/** By key, and of equal keys the one that came first. A character of a key is a byte, so texts are in the order of the bytes. */
function inOrderOfKeys(all: readonly Placed[]): Placed[] {
  return [...all].sort((a, b) => (a.event.key < b.event.key ? -1 : a.event.key > b.event.key ? 1 : 0)); // the sort is stable
}

function notIn(folded: readonly Placed[]): (placed: Placed) => boolean {
  const left = new Set(folded);
  return (placed) => !left.has(placed);
}
