import { misconfigured } from '@waybill/sdk';

/** The last row of an outbox that was handed out. Both are 64 bits, so they stay text. */
export interface Position {
  xid: string;
  id: string;
}

export const beginning: Position = { xid: '0', id: '-9223372036854775808' };
export const writePosition = ({ xid, id }: Position): string => JSON.stringify({ xid, id });

export function readPosition(position: string | null): Position | undefined {
  if (position === null) return undefined;
  try {
    const { xid, id } = JSON.parse(position) as Partial<Position>;
    if (typeof xid === 'string' && /^\d{1,20}$/.test(xid) && typeof id === 'string' && /^-?\d{1,19}$/.test(id)) return { xid, id };
  } catch {
    // said below, as for every position that is none of ours
  }
  throw misconfigured({
    code: 'position-unreadable',
    message: 'The position of the outbox is not one of PostgreSQL.',
    remedy: 'A connection keeps its connector; this is a mistake in the engine.',
  });
}

/** Where to go on, given the number that the next transaction of this server gets, and what that means. Pure. */
export function placed(known: Position | undefined, next: string): Position & { lost?: { at: string; detail: string } } {
  if (known === undefined) return beginning;
  if (BigInt(known.xid) < BigInt(next)) return known;
  return {
    ...beginning,
    lost: {
      at: `${known.xid}@${next}`,
      detail: `The outbox was read up to transaction ${known.xid}, and this server is at ${next}: it is another one, such as a restored copy. The outbox is read from its beginning.`,
    },
  };
}
