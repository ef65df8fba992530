import type { ProblemItem } from '../../platform/problems/index.js';
import { dayBefore, keyText, planRow, rowProblems, sameValues, type RowInput, type StoredRow, type TableShape } from './rows.js';

/** One row of a change set. A row is found by its key and its first day: `put` writes it, `remove` takes it out as if it had never been. */
export interface RowChange {
  op: 'put' | 'remove';
  key: Record<string, string>;
  validFrom: string | null;
  /** Empty for `remove`. */
  values: Record<string, string | null>;
  validTo: string | null;
  /** Of the CSV file that it came in. */
  line?: number;
}

export const changesMax = 10_000;

export type ChangeKind = 'added' | 'changed' | 'ended' | 'removed' | 'unchanged' | 'refused';

/** What a change means for the rows that are there, cell by cell. */
export interface ChangeEntry {
  /** Its place among the changes. */
  index: number;
  kind: ChangeKind;
  key: Record<string, string>;
  validFrom: string | null;
  validTo: string | null;
  before: Record<string, string | null> | null;
  after: Record<string, string | null> | null;
  /** Columns that differ; of an added row, those that say something. */
  cells: { column: string; before: string | null; after: string | null }[];
  /** What else happens because of it. */
  note: string | null;
  problems: ProblemItem[];
}

export interface ChangePlan {
  /** Rows that the next version no longer has. */
  retire: string[];
  add: Omit<StoredRow, 'id'>[];
  entries: ChangeEntry[];
}

const emptyAsNull = (values: Record<string, string | null>): Record<string, string | null> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === '' ? null : value]));

export const putChange = (row: RowInput, line?: number): RowChange => ({
  op: 'put',
  key: row.key,
  validFrom: row.validFrom || null,
  values: emptyAsNull(row.values),
  validTo: row.validTo || null,
  ...(line === undefined ? {} : { line }),
});

const identityOf = ({ key, validFrom }: Pick<RowChange, 'key' | 'validFrom'>): string => `${keyText(key)} ${validFrom ?? ''}`;

/** A change set after more was said: of two changes of one row the later stands. In one order, so that equal sets have one hash. */
export function mergeChanges(
  before: readonly RowChange[],
  next: { changes?: readonly RowChange[]; drop?: readonly Pick<RowChange, 'key' | 'validFrom'>[] },
): RowChange[] {
  const byRow = new Map(before.map((change) => [identityOf(change), change]));
  for (const row of next.drop ?? []) byRow.delete(identityOf(row));
  for (const change of next.changes ?? []) byRow.set(identityOf(change), change);
  const order = (change: RowChange) => `${change.op === 'remove' ? 0 : 1} ${identityOf(change)}`;
  return [...byRow.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** Rows that a file, or a request, names twice. */
export function repeatedRows(
  changes: readonly RowChange[],
  at: (index: number) => Place = (index) => lineOf(changes[index]!),
): ProblemItem[] {
  const first = new Map<string, number>();
  return changes.flatMap((change, index): ProblemItem[] => {
    const id = identityOf(change);
    const before = first.get(id);
    if (before === undefined) {
      first.set(id, index);
      return [];
    }
    const { line, path } = at(before);
    return [{ code: 'TABLE_INVALID', ...at(index), detail: `repeats the row of ${line === undefined ? path! : `line ${line}`}` }];
  });
}

const lineOf = ({ line }: RowChange): Place => (line === undefined ? {} : { line });

/**
 * What a change set does to the rows of the keys that it names, change by change: each sees what those before it left. A change with a problem does
 * nothing and says why.
 */
export function planChanges(
  table: TableShape,
  existing: readonly StoredRow[],
  changes: readonly RowChange[],
  at: (index: number) => { path?: string; line?: number } = placeIn(changes),
): ChangePlan {
  const byKey = new Map<string, StoredRow[]>();
  for (const row of existing) byKey.set(keyText(row.key), [...(byKey.get(keyText(row.key)) ?? []), row]);
  const made = new Map<string, StoredRow>();
  const retired = new Set<string>();
  const entries = changes.map((change, index): ChangeEntry => {
    const current = byKey.get(keyText(change.key)) ?? [];
    const found = change.op === 'remove' ? removal(current, change, at(index)) : writing(table, current, change, at(index));
    const fresh = found.add.map((row, n) => ({ ...row, id: `new ${index} ${n}` }));
    for (const id of found.retire) if (!made.delete(id)) retired.add(id);
    for (const row of fresh) made.set(row.id, row);
    byKey.set(keyText(change.key), [...current.filter(({ id }) => !found.retire.includes(id)), ...fresh]);
    return { index, ...found.entry };
  });
  return { retire: [...retired], add: [...made.values()].map(({ id: _, ...row }) => row), entries };
}

const placeIn = (changes: readonly RowChange[]) => (index: number) => {
  const { line } = changes[index]!;
  return { path: `/changes/${index}`, ...(line === undefined ? {} : { line }) };
};

interface Found {
  retire: string[];
  add: Omit<StoredRow, 'id'>[];
  entry: Omit<ChangeEntry, 'index'>;
}
type Place = { path?: string; line?: number };

function refused(change: RowChange, problems: ProblemItem[]): Found {
  const after = change.op === 'put' ? change.values : null;
  const { key, validFrom, validTo } = change;
  return { retire: [], add: [], entry: { kind: 'refused', key, validFrom, validTo, before: null, after, cells: cellsOf(null, after), note: null, problems } }; // prettier-ignore
}

function writing(table: TableShape, current: readonly StoredRow[], change: RowChange, place: Place): Found {
  const problems = rowProblems(table, [change], () => place);
  if (problems.length > 0) return refused(change, problems);
  const plan = planRow(current, change);
  if ('overlap' in plan)
    return refused(change, [{ code: 'TABLE_OVERLAP', detail: `it overlaps: ${plan.overlap}`, ...place, path: `${place.path ?? ''}/validTo` }]); // prettier-ignore
  const same = current.find((row) => row.validFrom === change.validFrom);
  const ends = current.find((row) => row !== same && plan.retire.includes(row.id));
  const written = plan.add[0];
  const before = same ?? ends ?? null;
  const after = change.values;
  const entry = { key: change.key, validFrom: change.validFrom, validTo: written?.validTo ?? change.validTo, before: before?.values ?? null, after, problems: [] }; // prettier-ignore
  if (plan.unchanged) return { ...plan, entry: { ...entry, kind: 'unchanged', cells: [], note: null } };
  const cells = cellsOf(before?.values ?? null, after);
  const notes = [
    ends && `the row before it ends on ${dayBefore(change.validFrom!)}`,
    written && written.validTo !== change.validTo && `it ends on ${written.validTo}, before the row that is known to come`,
    same && same.validTo !== written?.validTo && lastDayBefore(same),
  ].filter((note) => typeof note === 'string');
  const kind = !before ? 'added' : same && sameValues(same.values, after) && written?.validTo ? 'ended' : 'changed';
  return { ...plan, entry: { ...entry, kind, cells, note: notes.join('; ') || null } };
}

const lastDayBefore = ({ validTo }: Pick<StoredRow, 'validTo'>): string =>
  validTo === null ? 'it had no last day before' : `its last day was ${validTo} before`;

function removal(current: readonly StoredRow[], change: RowChange, place: Place): Found {
  const row = current.find(({ validFrom }) => validFrom === change.validFrom);
  if (!row)
    return refused(change, [
      { code: 'TABLE_INVALID', detail: `there is no row of this key that begins ${change.validFrom ?? 'from ever'}`, ...place },
    ]);
  const { key, validFrom, validTo, values } = row;
  const note = 'look-ups of documents that it was valid for find nothing any more; earlier versions of the table keep it';
  return { retire: [row.id], add: [], entry: { kind: 'removed', key, validFrom, validTo, before: values, after: null, cells: cellsOf(values, null), note, problems: [] } }; // prettier-ignore
}

function cellsOf(before: Record<string, string | null> | null, after: Record<string, string | null> | null): ChangeEntry['cells'] {
  const columns = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return columns
    .map((column) => ({ column, before: before?.[column] ?? null, after: after?.[column] ?? null }))
    .filter((cell) => cell.before !== cell.after);
}

/** How many of each kind. */
export function countsOf(entries: readonly Pick<ChangeEntry, 'kind'>[]): Record<ChangeKind, number> {
  const counts = { added: 0, changed: 0, ended: 0, removed: 0, unchanged: 0, refused: 0 };
  for (const { kind } of entries) counts[kind] += 1;
  return counts;
}

/** Counts as words: `1 added, 2 changed`. */
export function countWords(counts: Record<ChangeKind, number>): string {
  const said = (['added', 'changed', 'ended', 'removed'] as const).filter((kind) => counts[kind] > 0);
  return said.map((kind) => `${counts[kind]} ${kind}`).join(', ') || 'nothing changed';
}

/** What a version of a table did: the rows that it ended against those that it began, by key. */
export function versionEntries(retired: readonly StoredRow[], begun: readonly StoredRow[]): Omit<ChangeEntry, 'problems'>[] {
  const left = [...retired];
  const take = (of: (row: StoredRow) => boolean) => {
    const at = left.findIndex(of);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const shown = begun.map((row) => ({ row, was: take((one) => keyText(one.key) === keyText(row.key) && one.validFrom === row.validFrom) }));
  const entries = shown.map(({ row, was }, index) => {
    const before = was?.values ?? null;
    const kind: ChangeKind = !was ? 'added' : sameValues(was.values, row.values) && row.validTo ? 'ended' : 'changed';
    return { index, kind, key: row.key, validFrom: row.validFrom, validTo: row.validTo, before, after: row.values, cells: cellsOf(before, row.values), note: was && was.validTo !== row.validTo ? lastDayBefore(was) : null }; // prettier-ignore
  });
  const gone = left.map((row, n) => ({ index: entries.length + n, kind: 'removed' as const, key: row.key, validFrom: row.validFrom, validTo: row.validTo, before: row.values, after: null, cells: cellsOf(row.values, null), note: null })); // prettier-ignore
  return [...entries, ...gone];
}
