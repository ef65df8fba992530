import { misconfigured } from '@waybill/sdk';

/** The last message that was handed out, and when its stream was made: a stream that is made anew numbers from 1 again. */
export interface Position {
  created: string;
  seq: number;
}

export interface StreamState {
  created: string;
  firstSeq: number;
  lastSeq: number;
}

export const writePosition = ({ created, seq }: Position): string => JSON.stringify({ created, seq });

export function readPosition(position: string | null): Position | undefined {
  if (position === null) return undefined;
  try {
    const { created, seq } = JSON.parse(position) as Partial<Position>;
    if (typeof created === 'string' && Number.isSafeInteger(seq)) return { created, seq: seq! };
  } catch {
    // said below, as for every position that is none of ours
  }
  throw misconfigured({
    code: 'position-unreadable',
    message: 'The position of the stream is not one of NATS.',
    remedy: 'A connection keeps its connector; this is a mistake in the engine.',
  });
}

/** Where to go on in the stream as it is now, and what is gone. Pure. */
export function placed(
  known: Position | undefined,
  { created, firstSeq, lastSeq }: StreamState,
  beginAt: string,
): { seq: number; lost?: { at: string; detail: string } } {
  if (known === undefined) return { seq: beginAt === 'latest' ? lastSeq : Math.max(0, firstSeq - 1) };
  if (known.created !== created || known.seq > lastSeq)
    return {
      seq: Math.max(0, firstSeq - 1),
      lost: {
        at: `${known.seq}@${created}`,
        detail: `The stream was made anew at ${created}; the one before was read up to ${known.seq}. It is read from its beginning.`,
      },
    };
  if (known.seq + 1 >= firstSeq) return { seq: known.seq };
  return {
    seq: firstSeq - 1,
    lost: {
      at: `${known.seq + 1}-${firstSeq}@${created}`,
      detail: `The messages from ${known.seq + 1} to before ${firstSeq} were removed from the stream before they were read.`,
    },
  };
}
