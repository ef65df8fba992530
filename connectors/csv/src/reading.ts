import {
  misconfigured,
  type ConnectorContext,
  type Delivery,
  type Folder,
  type FolderFile,
  type JsonObject,
  type Page,
} from '@waybill/sdk';
import { createHash } from 'node:crypto';
import { nextOf, printOf, wanted, type ArrivalRules } from './arrivals.js';
import { filesMax, readCursor, writeCursor, type Cursor, type Reading } from './cursor.js';
import { deliveryOf, refusalOf, type FileFacts } from './delivery.js';
import { withFolder } from './places.js';
import { BrokenFile, recordsOf } from './records.js';
import { columnsOf, rowOf, withoutMark, type RowShape } from './row.js';
import { folderOf, matcherOf, number, shapeOf, text } from './settings.js';

export type Ask = { cursor: string | null; limit: number; since?: string; until?: string };

const rowsMax = 500;
const pageBytesMax = 4 * 1024 * 1024;

export function rulesOf(settings: JsonObject, range: { since?: string | undefined; until?: string | undefined } = {}): ArrivalRules {
  return {
    matches: matcherOf(text(settings, 'files')),
    readyBy: text(settings, 'readyBy') === 'marker' ? 'marker' : 'quiet',
    quietSeconds: number(settings, 'quietSeconds'),
    markerEnding: text(settings, 'markerEnding'),
    order: text(settings, 'order') === 'modified' ? 'modified' : 'name',
    ...range,
  };
}

/**
 * One page of rows. A file is first read through once, for its checksum and to see that its rows can be told apart; then it is handed out row by row, from the
 * byte where the page before ended. It is put away when the engine comes back with the cursor behind its last row: what the cursor says is committed.
 */
export async function readRows(context: ConnectorContext, ask: Ask): Promise<Page> {
  const { settings } = context;
  const cursor = readCursor(ask.cursor);
  const shape = shapeOf(settings);
  const rules = rulesOf(settings, { since: ask.since, until: ask.until });
  return withFolder(context, folderOf(settings, 'inFolder'), async (folder) => {
    if (cursor.reading?.ended) await putAway(folder, cursor, { settings, rules });
    if (cursor.reading === undefined) return begin(folder, cursor, { context, rules, shape });
    return goOn(folder, cursor, cursor.reading, { shape, limit: Math.min(ask.limit, rowsMax) });
  });
}

/** Looks for a file that is complete, and reads it through. */
async function begin(
  folder: Folder,
  cursor: Cursor,
  { context, rules, shape }: { context: ConnectorContext; rules: ArrivalRules; shape: RowShape },
): Promise<Page> {
  const files = await folder.list();
  const mine = wanted(files, rules);
  if (mine.length > filesMax)
    throw misconfigured({
      code: 'folder-full',
      message: `${mine.length} files lie in the folder; ${filesMax} are the most.`,
      remedy: 'Let files be archived after they were read, or take the old ones away.',
    });
  const now = context.now();
  // What is no longer there need not be remembered.
  const there = new Set(mine.map(printOf));
  const known = cursor.known.filter((print) => there.has(print));
  const { next, seen } = nextOf(files, rules, { seen: cursor.seen, known: new Set(known), now });
  if (!next) return { deliveries: [], cursor: writeCursor({ seen, known }), more: false };
  const { [next.name]: _, ...others } = seen;
  const { reading, refusal } = await readThrough(folder, next, { shape, begunAt: now.toISOString(), bytesMax: number(context.settings, 'megabytesMax') * 1_000_000 });
  return { deliveries: refusal ? [refusal] : [], cursor: writeCursor({ reading, seen: others, known }), more: true };
} // prettier-ignore

/** Checksum, header and number of rows. A file that cannot be taken apart is refused whole, before its first row. */
async function readThrough(
  folder: Folder,
  file: FolderFile,
  { shape, begunAt, bytesMax }: { shape: RowShape; begunAt: string; bytesMax: number },
): Promise<{ reading: Reading; refusal?: Delivery }> {
  const hash = createHash('sha256');
  async function* hashed(): AsyncGenerator<Buffer> {
    for await (const piece of folder.read(file.name, 0)) {
      hash.update(piece);
      yield piece;
    }
  }
  const found = { columns: [] as string[], offset: 0, rows: 0, row: 1 };
  let broken: BrokenFile | undefined;
  const pieces = hashed();
  try {
    if (file.bytes > bytesMax)
      throw new BrokenFile('too-large', 1, `the file has ${file.bytes} bytes; ${bytesMax} are the most that the connection takes`);
    if (!shape.hasHeader) found.columns = columnsOf(undefined, shape);
    for await (const record of recordsOf(pieces, shape)) {
      found.rows = record.row;
      if (record.row > 1 || !shape.hasHeader) continue;
      found.columns = columnsOf(withoutMark(record.bytes), shape);
      [found.offset, found.row] = [record.next, 2];
    }
    if (shape.hasHeader && found.columns.length === 0) columnsOf(undefined, shape);
  } catch (error) {
    if (!(error instanceof BrokenFile)) throw error;
    broken = error;
  }
  const checksum = broken ? await checksumOf(folder, file, bytesMax) : hash.digest('hex');
  const facts = { name: file.name, bytes: file.bytes, modifiedAt: file.modifiedAt, checksum, begunAt };
  if (!broken) return { reading: { ...facts, ...found } };
  const remedy = 'Let the source write the file anew; no row of this one was taken.';
  const refusal = refusalOf({ ...facts, rows: 0 }, broken.row, { code: broken.code, reason: broken.message, remedy });
  return { reading: { ...facts, ...found, ended: 'refused' }, refusal };
}

/** Of a refused file, so that the same one is refused once. One that is too large is not read for that: its size and time name it. */
async function checksumOf(folder: Folder, file: FolderFile, bytesMax: number): Promise<string> {
  const hash = createHash('sha256');
  if (file.bytes > bytesMax) return hash.update(`${file.name}\n${file.bytes}\n${file.modifiedAt}`).digest('hex');
  for await (const piece of folder.read(file.name, 0)) hash.update(piece);
  return hash.digest('hex');
}

async function goOn(
  folder: Folder,
  cursor: Cursor,
  reading: Reading,
  { shape, limit }: { shape: RowShape; limit: number },
): Promise<Page> {
  const deliveries: Delivery[] = [];
  const { offset, row, columns } = reading;
  const at = { offset, row };
  let full = false;
  if (await isAsItWas(folder, reading)) {
    let bytes = 0;
    for await (const record of recordsOf(folder.read(reading.name, offset), { delimiter: shape.delimiter, at: offset, row })) {
      const content = record.row === 1 ? withoutMark(record.bytes) : record.bytes;
      const read = rowOf(content, columns, shape);
      [at.offset, at.row] = [record.next, record.row + 1];
      if (read.kind === 'blank') continue;
      deliveries.push(
        read.kind === 'row'
          ? deliveryOf(reading, record.row, read.values)
          : refusalOf(reading, record.row, { code: read.code, reason: read.reason, bytes: record.bytes, remedy: 'Let the source correct the row and send it in a file of its own.' }),
      );
      bytes += record.bytes.length;
      full = deliveries.length >= limit || bytes >= pageBytesMax;
      if (full) break;
    }
    // What was read belongs to the file that was read through only if that is the one which still lies there.
    if (await isAsItWas(folder, reading)) {
      const next = { ...reading, ...at, ...(full ? {} : { ended: 'read' as const }) };
      return { deliveries, cursor: writeCursor({ ...cursor, reading: next }), more: true };
    }
  }
  const left: Cursor = { seen: cursor.seen, known: cursor.known };
  return { deliveries: [changed(reading, row)], cursor: writeCursor(left), more: true };
} // prettier-ignore

const isAsItWas = async (folder: Folder, reading: Reading): Promise<boolean> => {
  const file = await folder.look(reading.name);
  return file !== undefined && printOf(file) === printOf(reading);
};

const changed = (file: FileFacts, row: number): Delivery =>
  refusalOf(file, row, {
    code: 'file-changed',
    reason: 'the file was changed or taken away while it was read, and what comes from here on is not of it',
    remedy:
      'Nothing, if it comes again; let the source write under another name and rename, or leave a marker, so that it does not happen.',
  });

/** Moves, renames or remembers a file whose rows are all committed. One that was changed since is another file, and stays to be read. */
async function putAway(folder: Folder, cursor: Cursor, { settings, rules }: { settings: JsonObject; rules: ArrivalRules }): Promise<void> {
  const reading = cursor.reading!;
  delete cursor.reading;
  if (!(await isAsItWas(folder, reading))) return;
  const [after, refused] = [text(settings, 'afterRead'), reading.ended === 'refused'];
  if (after === 'leave') {
    cursor.known.push(printOf(reading));
    return;
  }
  // The marker first: left behind, it would say of the next file of this name that it is complete.
  if (rules.readyBy === 'marker') await folder.remove(`${reading.name}${rules.markerEnding}`);
  const mark = reading.checksum.slice(0, 12);
  if (refused) await folder.move(reading.name, { name: fitting(reading.name, `.${mark}.refused`) });
  else if (after === 'mark') await folder.move(reading.name, { name: fitting(reading.name, `.${mark}.read`) });
  else await folder.move(reading.name, { into: text(settings, 'archive'), name: archived(reading.name, mark) });
}

const nameMax = 200;
const fitting = (name: string, ending: string): string => `${name.slice(0, nameMax - ending.length)}${ending}`;

/** `invoices.csv` is archived as `invoices.3f9a0c12ab34.csv`: another file of that name does not take its place. */
export function archived(name: string, mark: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? fitting(name, `.${mark}`) : fitting(name.slice(0, dot), `.${mark}${name.slice(dot)}`);
}
