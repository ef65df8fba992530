import { canonicalize } from 'json-canonicalize';
import { csvLine } from '../../platform/csv/index.js';

/** An entry as an export tells it; its RFC 8785 text is what the leaf was made of. */
export interface ExportedEntry {
  id: string;
  at: string;
  format: number;
  actorKind: string;
  actorId: string;
  actorName: string;
  action: string;
  objectKind: string;
  objectId: string;
  summary: string;
  reason: string | null;
  before: unknown;
  after: unknown;
  requestId: string | null;
}

/** One place in the log. `entry` is null where the row is gone: the place stays, so that a reader sees the hole. */
export interface ExportedRow {
  entry: ExportedEntry | null;
  seq: number | null;
  seal: number | null;
  leaf: string;
  proof: string[];
}

export interface ExportManifest {
  type: 'waybill-audit-export';
  version: 1;
  id: string;
  format: 'jsonl' | 'csv';
  log: string | null;
  exportedAt: string;
  exportedBy: string;
  filter: Record<string, string>;
  /** Whole seals, one after another: shows that nothing is missing among them. */
  whole: boolean;
  entries: number;
  unsealed: number;
  firstSeq: number | null;
  lastSeq: number | null;
  /** The newest seal of the log when this was exported. */
  lastSeal: { number: number; hash: string } | null;
  /** Of all bytes before the line of the manifest; of the whole file for CSV. */
  sha256: string;
  publicKey: string;
}

export const jsonLine = (value: unknown): string => `${canonicalize(value)}\n`;

const columns =
  'seal_seq seal at actor_kind actor_id actor action object_kind object_id summary reason before after request_id entry_id leaf';

export const csvHead = (): string => csvLine(columns.split(' '));

export function csvRow({ entry, seq, seal, leaf }: ExportedRow): string {
  const json = (value: unknown) => (value === null || value === undefined ? '' : JSON.stringify(value));
  const told = entry
    ? [
        ...[entry.at, entry.actorKind, entry.actorId, entry.actorName, entry.action, entry.objectKind, entry.objectId],
        ...[entry.summary, entry.reason ?? '', json(entry.before), json(entry.after), entry.requestId ?? '', entry.id],
      ]
    : Array.from({ length: 13 }, () => '');
  return csvLine([seq ?? '', seal ?? '', ...told, leaf]);
}
