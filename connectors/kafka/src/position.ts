import { misconfigured } from '@waybill/sdk';

/** The next offset of each partition. Offsets are 64 bits, so they stay text. */
export type Offsets = Map<number, string>;

export const writePosition = (offsets: Offsets): string =>
  JSON.stringify(Object.fromEntries([...offsets].sort(([a], [b]) => a - b).map(([partition, offset]) => [String(partition), offset])));

export function readPosition(position: string | null): Offsets {
  if (position === null) return new Map();
  try {
    const read = Object.entries(JSON.parse(position) as Record<string, string>);
    if (read.every(([partition, offset]) => /^\d+$/.test(partition) && /^\d+$/.test(offset)))
      return new Map(read.map(([partition, offset]) => [Number(partition), offset]));
  } catch {
    // said below, as for every position that is none of ours
  }
  throw misconfigured({
    code: 'position-unreadable',
    message: 'The position of the stream is not one of Kafka.',
    remedy: 'A connection keeps its connector; this is a mistake in the engine.',
  });
}

export interface Bounds {
  earliest: string;
  /** Where the next record will lie. */
  next: string;
}

export interface Placed {
  offset: string;
  lost?: { at: string; detail: string };
}

/** Where to go on in a partition whose offset the broker does not have, and what is gone. Pure. */
export function placed(partition: number, wanted: string, { earliest, next }: Bounds): Placed {
  if (BigInt(wanted) > BigInt(next))
    return {
      offset: earliest,
      lost: {
        at: `${partition}:${wanted}@${next}`,
        detail: `Partition ${partition} ends at ${next}, before ${wanted}, up to which it was read: the topic was made anew. It is read from its beginning.`,
      },
    };
  if (BigInt(wanted) >= BigInt(earliest)) return { offset: wanted };
  return {
    offset: earliest,
    lost: {
      at: `${partition}:${wanted}-${earliest}`,
      detail: `Of partition ${partition} the records from ${wanted} to before ${earliest} were deleted before they were read.`,
    },
  };
}
