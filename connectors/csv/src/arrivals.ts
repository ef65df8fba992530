import { createHash } from 'node:crypto';
import type { FolderFile } from '@waybill/sdk';

/** Files that were seen and are not known to be complete: what they were like, and since when they are so, ISO 8601. */
export type Seen = Record<string, { print: string; since: string }>;

export interface ArrivalRules {
  matches: (name: string) => boolean;
  readyBy: 'quiet' | 'marker';
  quietSeconds: number;
  markerEnding: string;
  order: 'name' | 'modified';
  /** Only files of these days, by their time: a backfill. ISO 8601 dates, inclusive. */
  since?: string | undefined;
  until?: string | undefined;
}

/** How far the clocks of two machines may be apart. A file whose time lies further back than that and the quiet time is complete. */
const clocksApartMs = 3_600_000;

/** A file that is still being written has one of these at the end of its name. */
const unfinished = /(?:\.(?:part|partial|filepart|tmp|temp|crdownload|swp)|~)$/i;
/** What this connector itself leaves beside files. */
const ours = /\.(?:read|refused)$/;

/** Names one state of a file: another size or time is another state. */
export const printOf = ({ name, bytes, modifiedAt }: FolderFile): string =>
  createHash('sha256').update(`${bytes} ${modifiedAt} ${name}`).digest('hex').slice(0, 16);

/** The files of the connection among those of a folder, in their order; complete or not. */
export function wanted(files: readonly FolderFile[], rules: ArrivalRules): FolderFile[] {
  const mine = files.filter(
    ({ name, modifiedAt }) =>
      rules.matches(name) &&
      !unfinished.test(name) &&
      !ours.test(name) &&
      !(rules.readyBy === 'marker' && name.endsWith(rules.markerEnding)) &&
      (rules.since === undefined || modifiedAt.slice(0, rules.since.length) >= rules.since) &&
      (rules.until === undefined || modifiedAt.slice(0, rules.until.length) <= rules.until),
  );
  const byName = (a: FolderFile, b: FolderFile) => (a.name < b.name ? -1 : 1);
  return mine.sort((a, b) => (rules.order === 'modified' && a.modifiedAt !== b.modifiedAt ? (a.modifiedAt < b.modifiedAt ? -1 : 1) : byName(a, b)));
} // prettier-ignore

/**
 * Which file is to be read next, and what to remember of those that are not complete. A file that is still growing holds back those behind it: they are read in
 * order or not yet. One whose marker has not come is not there. Pure.
 */
export function nextOf(
  files: readonly FolderFile[],
  rules: ArrivalRules,
  { seen, known, now }: { seen: Seen; known: ReadonlySet<string>; now: Date },
): { next: FolderFile | undefined; seen: Seen; waiting: string[] } {
  const candidates = wanted(files, rules).filter((file) => !known.has(printOf(file)));
  if (rules.readyBy === 'marker') {
    const byName = new Map(files.map((file) => [file.name, file]));
    const complete = candidates.filter((file) => {
      const marker = byName.get(`${file.name}${rules.markerEnding}`);
      // An older marker is of the file that lay here before.
      return marker !== undefined && marker.modifiedAt >= file.modifiedAt;
    });
    return { next: complete[0], seen: {}, waiting: candidates.filter((one) => !complete.includes(one)).map(({ name }) => name) };
  }
  const kept = Object.create(null) as Seen;
  for (const file of candidates) {
    const [print, before] = [printOf(file), Object.hasOwn(seen, file.name) ? seen[file.name] : undefined];
    kept[file.name] = before?.print === print ? before : { print, since: now.toISOString() };
  }
  const isQuiet = (file: FolderFile): boolean => {
    const quietMs = rules.quietSeconds * 1_000;
    const long = now.getTime() - Date.parse(file.modifiedAt) > quietMs + clocksApartMs;
    return long || now.getTime() - Date.parse(kept[file.name]!.since) >= quietMs;
  };
  const [first] = candidates;
  return { next: first && isQuiet(first) ? first : undefined, seen: kept, waiting: candidates.filter((one) => !isQuiet(one)).map(({ name }) => name) };
} // prettier-ignore
