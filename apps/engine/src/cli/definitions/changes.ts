import { createTwoFilesPatch } from 'diff';
import { stringify } from 'yaml';
import { readControlFile, readFlowFile, readSyntheticFile } from '../../catalog/index.js';
import { readMeterFile } from '../../ledger/index.js';
import { canonicalText } from '../../platform/json/index.js';
import type { JsonObject } from '@waybill/sdk';
import {
  isFromEnvironment,
  kinds,
  plainText,
  type ConnectionFile,
  type Definitions,
  type Kind,
  type RowOfFile,
  type TableFile,
} from './definitions.js';

/** One thing that differs between the files and an installation. */
export interface Change {
  kind: Kind;
  name: string;
  /** `only-there`: the installation has it and the files do not; applying leaves it. */
  act: 'add' | 'change' | 'only-there';
  /** Unified: `-` the installation, `+` the files. */
  diff: string;
}

/** Rows that are written, and rows that only the installation has. */
export interface RowChanges {
  write: RowOfFile[];
  onlyThere: RowOfFile[];
}

/** What applying the files would do, in the order in which it is done, and what only the installation has. */
export function changesOf(files: Definitions, there: Definitions): Change[] {
  const changes: Change[] = [];
  const compare = <T>(kind: Kind, ours: ReadonlyMap<string, T>, theirs: ReadonlyMap<string, T>, same: (a: T, b: T) => boolean, text: (one: T) => string) => {
    for (const name of [...new Set([...ours.keys(), ...theirs.keys()])].sort()) {
      const [mine, its] = [ours.get(name), theirs.get(name)];
      if (mine !== undefined && its !== undefined && same(mine, its)) continue;
      const act = its === undefined ? 'add' : mine === undefined ? 'only-there' : 'change';
      changes.push({ kind, name, act, diff: patch(`${kind} ${name}`, its === undefined ? '' : text(its), mine === undefined ? '' : text(mine)) });
    }
  };
  const yaml = (value: unknown) => stringify(value, { lineWidth: 0 });
  /** Comments and the order of keys make no other version. */
  const byMeaning = (read: (text: string) => { definition: unknown }) => (a: string, b: string) => {
    if (plainText(a) === plainText(b)) return true;
    const [one, other] = [read(a).definition, read(b).definition];
    return one !== undefined && other !== undefined && sameContent(one, other);
  };
  compare('connection', files.connections, there.connections, sameConnection, yaml);
  compare('event-type', files.eventTypes, there.eventTypes, sameContent, yaml);
  compare('table', files.tables, there.tables, sameTable, tableText);
  compare('mapping', files.mappings, there.mappings, (a, b) => plainText(a) === plainText(b), (text) => text);
  compare('meter', files.meters, there.meters, byMeaning(readMeterFile), (text) => text);
  compare('flow', files.flows, there.flows, byMeaning(readFlowFile), (text) => text);
  compare('control', files.controls, there.controls, byMeaning(readControlFile), (text) => text);
  compare('synthetic-check', files.syntheticChecks, there.syntheticChecks, byMeaning(readSyntheticFile), (text) => text);
  return changes.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
} // prettier-ignore

/** Values that stand in the environment cannot be compared with what the installation keeps sealed; that they are set can. */
function sameConnection(ours: ConnectionFile, theirs: ConnectionFile): boolean {
  const open = (connection: ConnectionFile, other: ConnectionFile): JsonObject =>
    Object.fromEntries(
      Object.entries(connection.settings).map(([field, value]) => [
        field,
        isFromEnvironment(value) && isFromEnvironment(other.settings[field]) ? true : value,
      ]),
    );
  const system = ours.system ?? theirs.system;
  return sameContent({ ...ours, system, settings: open(ours, theirs) }, { ...theirs, settings: open(theirs, ours) });
}

function sameTable(ours: TableFile, theirs: TableFile): boolean {
  return sameShape(ours, theirs) && isEmpty(rowChanges(ours, theirs));
}

export function sameShape({ rows: _, ...ours }: TableFile, { rows: __, ...theirs }: TableFile): boolean {
  return sameContent(ours, theirs);
}

/** A field that is undefined is one that is not there. */
const sameContent = (a: unknown, b: unknown): boolean => plain(a) === plain(b);
const plain = (value: unknown): string => canonicalText(JSON.parse(JSON.stringify(value)));

export const isEmpty = ({ write, onlyThere }: RowChanges): boolean => write.length === 0 && onlyThere.length === 0;

/** A row is found by its key and its first day. Files that say nothing of rows change none. */
export function rowChanges(ours: TableFile, theirs: TableFile | undefined): RowChanges {
  if (!ours.rows) return { write: [], onlyThere: [] };
  const known = new Map((theirs?.rows ?? []).map((row) => [identity(row), row]));
  const wanted = new Set(ours.rows.map(identity));
  return {
    write: ours.rows.filter((row) => {
      const there = known.get(identity(row));
      return !there || rowText(there) !== rowText(row);
    }),
    onlyThere: [...known.values()].filter((row) => !wanted.has(identity(row))),
  };
}

const sorted = (values: Record<string, string | null>) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== '').sort(([a], [b]) => (a < b ? -1 : 1))); // prettier-ignore
const identity = ({ key, validFrom }: RowOfFile): string => JSON.stringify([sorted(key), validFrom]);
const rowText = ({ key, values, validFrom, validTo }: RowOfFile): string =>
  `${Object.values(sorted(key)).join(' · ')}: ${Object.entries(sorted(values)).map(([name, value]) => `${name}=${value}`).join(', ')}${validFrom ? ` from ${validFrom}` : ''}${validTo ? ` to ${validTo}` : ''}`; // prettier-ignore

function tableText({ rows, ...shape }: TableFile): string {
  const lines = (rows ?? []).map((row) => `  ${rowText(row)}`).sort();
  return `${stringify(shape, { lineWidth: 0 })}${lines.length > 0 ? `rows:\n${lines.join('\n')}\n` : ''}`;
}

/** Without the two lines that name the sides: they are the same everywhere. */
function patch(title: string, before: string, after: string): string {
  const text = createTwoFilesPatch(`installation: ${title}`, `files: ${title}`, plainText(before), plainText(after), '', '', {
    context: 2,
  });
  return text.split('\n').slice(3).join('\n').trimEnd();
}
