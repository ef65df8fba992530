import { misconfigured } from '@waybill/sdk';

/** The last entry that was handed out, and how many entries the stream had up to it, where the server counts them (Redis 7). */
export interface Position {
  id: string;
  seen: number | null;
}

/** What the server says of the stream; null when the key is not there. */
export interface StreamFacts {
  length: number;
  lastId: string;
  firstId: string | null;
  /** Entries that were ever added. */
  added: number | null;
}

export const beginning = '0-0';
export const writePosition = ({ id, seen }: Position): string => JSON.stringify({ id, seen });

export function readPosition(position: string | null): Position | undefined {
  if (position === null) return undefined;
  try {
    const { id, seen } = JSON.parse(position) as Partial<Position>;
    if (typeof id === 'string' && /^\d+-\d+$/.test(id) && (seen === null || Number.isSafeInteger(seen))) return { id, seen: seen ?? null };
  } catch {
    // said below, as for every position that is none of ours
  }
  throw misconfigured({
    code: 'position-unreadable',
    message: 'The position of the stream is not one of Redis.',
    remedy: 'A connection keeps its connector; this is a mistake in the engine.',
  });
}

/** Both parts are 64 bits. */
export function isBefore(a: string, b: string): boolean {
  const [ams, an] = a.split('-').map(BigInt) as [bigint, bigint];
  const [bms, bn] = b.split('-').map(BigInt) as [bigint, bigint];
  return ams < bms || (ams === bms && an < bn);
}

/** Where to go on in the stream as it is now, and what is gone. Pure. */
export function placed(
  known: Position | undefined,
  facts: StreamFacts | null,
  beginAt: string,
): Position & { lost?: { at: string; detail: string } } {
  if (facts === null) return known ?? { id: beginning, seen: 0 };
  const before = facts.added === null ? null : facts.added - facts.length;
  if (known === undefined) return beginAt === 'latest' ? { id: facts.lastId, seen: facts.added } : { id: beginning, seen: before };
  // A new stream ends earlier, or had fewer entries in all.
  if (isBefore(facts.lastId, known.id) || (facts.added !== null && known.seen !== null && facts.added < known.seen))
    return {
      id: beginning,
      seen: before,
      lost: {
        at: `${known.id}@${facts.lastId}`,
        detail: `The stream that was read up to ${known.id} was made anew; now it ends at ${facts.lastId}. It is read from its beginning.`,
      },
    };
  // Entries are trimmed from the front. All that are left lie behind the position: what was added since, less what is left, is gone.
  const trimmed = facts.firstId === null || isBefore(known.id, facts.firstId);
  if (!trimmed || known.seen === null || before === null) return known;
  const gone = before - known.seen;
  if (gone <= 0) return known;
  return {
    id: known.id,
    seen: before,
    lost: {
      at: `${known.id}+${gone}`,
      detail: `${gone} ${gone === 1 ? 'entry' : 'entries'} after ${known.id} ${gone === 1 ? 'was' : 'were'} removed from the stream before ${gone === 1 ? 'it was' : 'they were'} read.`,
    },
  };
}
