import { isJsonObject, misconfigured, type Json } from '@waybill/sdk';
import type { Seen } from './arrivals.js';

/** A file that is being read, and how far. */
export interface Reading {
  name: string;
  bytes: number;
  modifiedAt: string;
  /** SHA-256 of its content, in hex. */
  checksum: string;
  /** When reading it began, ISO 8601 UTC by our clock. */
  begunAt: string;
  rows: number;
  columns: string[];
  /** The first byte, and the number, of the next row. */
  offset: number;
  row: number;
  /** All its rows were handed out: once that is committed, it is put away. */
  ended?: 'read' | 'refused';
}

export interface Cursor {
  reading?: Reading;
  seen: Seen;
  /** States of files that were read and stay where they are, oldest first. */
  known: string[];
}

/** Files that a folder may hold at once for this connection: what is remembered of each is in the cursor. */
export const filesMax = 1_000;

export const writeCursor = (cursor: Cursor): string => JSON.stringify({ v: 1, ...cursor });

export function readCursor(given: string | null): Cursor {
  if (given === null) return { seen: {}, known: [] };
  try {
    const read = JSON.parse(given) as Json;
    if (isJsonObject(read) && read['v'] === 1 && isJsonObject(read['seen']) && Array.isArray(read['known'])) {
      const { reading, seen, known } = read as unknown as Cursor;
      return { ...(reading === undefined ? {} : { reading }), seen, known };
    }
  } catch {
    // falls through to the sentence below
  }
  throw misconfigured({
    code: 'cursor-unreadable',
    message: `The stored cursor ${given.slice(0, 80)} is none of this connector.`,
    remedy: 'Start a backfill of the flow.',
  });
}
