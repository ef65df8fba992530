/** A file whose structure is broken: where its rows begin and end cannot be told. */
export class BrokenFile extends Error {
  constructor(
    readonly code: string,
    readonly row: number,
    message: string,
  ) {
    super(message);
  }
}

/** One row as it lies in the file, without the end of its line. */
export interface RawRecord {
  bytes: Buffer;
  /** The first byte behind it and the end of its line, from the beginning of the file. */
  next: number;
  /** As a spreadsheet counts: the first row of the file is 1. */
  row: number;
}

/** A megabyte: far above any row that makes sense, and what is kept of an unclosed quote at most. */
export const recordBytesMax = 1_048_576;

const [quote, lineFeed, carriageReturn] = [0x22, 0x0a, 0x0d];

/**
 * The rows of a file as its bytes come, by RFC 4180: a line break inside quotes is part of the field; a quote opens only where a field begins. All encodings
 * that are taken agree on these signs, so rows are told apart before anything is decoded, and each knows where it ends: reading goes on there a page later.
 * Throws `BrokenFile` for a row without an end.
 */
export async function* recordsOf(
  pieces: AsyncIterable<Buffer>,
  { delimiter, at = 0, row = 1 }: { delimiter: string; at?: number; row?: number },
): AsyncGenerator<RawRecord> {
  const separator = delimiter.charCodeAt(0);
  let state: 'start' | 'plain' | 'quoted' | 'quote' = 'start';
  let parts: Buffer[] = [];
  let size = 0;
  let next = at;
  let number = row;
  const whole = (last: Buffer): Buffer => {
    const bytes = parts.length === 0 ? last : Buffer.concat([...parts, last]);
    [parts, size] = [[], 0];
    return bytes.at(-1) === carriageReturn ? bytes.subarray(0, -1) : bytes;
  };
  for await (const piece of pieces) {
    let from = 0;
    for (let i = 0; i < piece.length; i += 1) {
      const byte = piece[i]!;
      if (state === 'quoted') {
        if (byte === quote) state = 'quote';
      } else if (byte === lineFeed) {
        next += i + 1 - from;
        yield { bytes: whole(piece.subarray(from, i)), next, row: number };
        [state, from, number] = ['start', i + 1, number + 1];
      } else if (byte === separator) state = 'start';
      else if (byte === quote && state !== 'plain') state = 'quoted';
      else state = 'plain';
      if (size + i - from > recordBytesMax)
        throw new BrokenFile(
          state === 'quoted' ? 'quote-not-closed' : 'row-too-long',
          number,
          state === 'quoted'
            ? `a quote that is opened in row ${number} is not closed within ${recordBytesMax} bytes`
            : `row ${number} is longer than ${recordBytesMax} bytes`,
        );
    }
    if (from < piece.length) parts.push(piece.subarray(from));
    size += piece.length - from;
    next += piece.length - from;
  }
  if (state === 'quoted') throw new BrokenFile('quote-not-closed', number, `a quote that is opened in row ${number} is not closed`);
  if (size > 0) yield { bytes: whole(Buffer.alloc(0)), next, row: number };
}
