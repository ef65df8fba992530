import type { Taken } from './arrivals.js';
import type { CheckedEvent } from './cloud-event.js';
import { Flaw, type FlawFacts } from './flaw.js';

export interface Rejection {
  index: number;
  id: string | null;
  code: string;
  path: string;
  detail: string;
  /** All its problems, where it has more than one. */
  problems?: FlawFacts[];
  first?: string;
}

export interface Results {
  accepted: number;
  duplicates: number;
  conflicts: number;
  rejected: Rejection[];
}

/** Those that may go into the ledger, with their places in the request, and those that may not. Pure. */
export function parted(events: readonly (CheckedEvent | Flaw)[]): { good: CheckedEvent[]; places: number[]; flaws: Rejection[] } {
  const [good, places, flaws]: [CheckedEvent[], number[], Rejection[]] = [[], [], []];
  events.forEach((event, index) => {
    if (event instanceof Flaw) flaws.push({ index, id: event.id, ...told(event.all) });
    else (good.push(event), places.push(index));
  });
  return { good, places, flaws };
}

/** The first problem, and all of them where there are more. */
const told = (problems: FlawFacts[]) => ({ ...problems[0]!, ...(problems.length > 1 ? { problems } : {}) });

/** What the sender is told: flaws and conflicts in the order of the request. */
export function resultsOf(taken: Taken, { good, places, flaws }: ReturnType<typeof parted>): Results {
  const conflicts = taken.conflicts.map(({ at, first }): Rejection => {
    const { source, id } = good[at]!;
    return {
      index: places[at]!,
      id,
      code: 'USAGE_CONFLICT',
      path: '/id',
      detail: `${first} has the id ${id} of ${source} and other content.`,
      first,
    };
  });
  return {
    accepted: taken.accepted,
    duplicates: taken.duplicates,
    conflicts: conflicts.length,
    rejected: [...flaws, ...conflicts].sort((a, b) => a.index - b.index),
  };
}
