/** One line of a stream, with its number from 0. Null: it was longer than allowed, and its bytes are gone. */
export interface Line {
  number: number;
  bytes: Buffer | null;
}

/** Lines of a stream in groups of so many, or fewer when a group has grown heavy. Empty lines are stepped over. Holds one group and one line. Pure. */
export async function* groupsOfLines(
  pieces: AsyncIterable<Buffer>,
  { linesMax, groupBytesMax, lineBytesMax }: { linesMax: number; groupBytesMax: number; lineBytesMax: number },
): AsyncGenerator<Line[]> {
  let group: Line[] = [];
  let weight = 0;
  let number = 0;
  let rest: Buffer[] = [];
  let restBytes = 0;
  const end = (last: Buffer) => {
    const bytes = restBytes + last.length;
    const line = bytes > lineBytesMax ? null : rest.length === 0 ? last : Buffer.concat([...rest, last]);
    rest = [];
    restBytes = 0;
    if (line === null || !isBlank(line)) group.push({ number, bytes: line });
    weight += line?.length ?? 0;
    number += 1;
  };
  for await (const piece of pieces) {
    let from = 0;
    for (let at = piece.indexOf(10, from); at >= 0; at = piece.indexOf(10, from)) {
      end(piece.subarray(from, at));
      from = at + 1;
      if (group.length >= linesMax || weight >= groupBytesMax) {
        yield group;
        group = [];
        weight = 0;
      }
    }
    const left = piece.subarray(from);
    restBytes += left.length;
    // Of a line that is too long nothing more is kept.
    if (restBytes <= lineBytesMax) rest.push(left);
    else rest = [];
  }
  if (restBytes > 0) end(Buffer.alloc(0));
  if (group.length > 0) yield group;
}

function isBlank(line: Buffer): boolean {
  for (const byte of line) if (byte !== 32 && byte !== 9 && byte !== 13) return false;
  return true;
}
