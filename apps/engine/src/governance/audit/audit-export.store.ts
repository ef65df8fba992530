import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Database } from '../../platform/database/index.js';
import type { Actor } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { Problem } from '../../platform/problems/index.js';
import { asksOnlyForTime, type AuditFilter } from './audit-filter.js';
import { AuditStore } from './audit.store.js';
import { csvHead, csvRow, jsonLine, type ExportedRow, type ExportManifest } from './export-lines.js';
import { ExportRows, type ExportMark } from './export-rows.store.js';
import { signed, type SealKey } from './seal.js';
import { SEAL_KEY } from './seal-key.store.js';

export const exportsAtOnceMax = 2;
/** So long an export waits for the seal over what was written before it. */
const waitForSealMs = 3_000;

export interface AuditExport {
  id: string;
  format: 'jsonl' | 'csv';
  exportedAt: string;
  /** The file, piece by piece. */
  text: AsyncGenerator<string>;
  /** Must be called when nobody reads any more, to the end or not; a reader who left before the first piece never made the text begin. */
  close(): Promise<void>;
}

interface Job {
  id: string;
  format: 'jsonl' | 'csv';
  filter: AuditFilter;
  actor: Actor;
  counted: { entries: number; unsealed: number };
  ended: boolean;
}

/** Exports of the audit log: one entry before the first byte leaves, one when the last one has, or the line broke. */
@Injectable()
export class AuditExportStore {
  private readonly running = new Set<Job>();

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(ExportRows) private readonly rows: ExportRows,
    @Inject(SEAL_KEY) private readonly key: SealKey,
  ) {}

  async begin(filter: AuditFilter, format: 'jsonl' | 'csv', actor: Actor): Promise<AuditExport> {
    if (this.running.size >= exportsAtOnceMax)
      throw new Problem('EXPORTS_BUSY', `${exportsAtOnceMax} exports of the audit log are under way in this process.`, {
        retryAfterSeconds: 10,
      });
    const job: Job = { id: newId('exp'), format, filter, actor, counted: { entries: 0, unsealed: 0 }, ended: false };
    const { id } = job;
    this.running.add(job);
    try {
      const words = `${actor.name} began to export the audit log as ${format}`;
      await this.record(actor, 'audit.export-begun', id, words, { format, filter: saidOf(filter) });
      await this.untilSealed();
      const mark = await this.rows.mark(filter, asksOnlyForTime(filter));
      return { id, format, exportedAt: mark.exportedAt, text: this.write(job, mark), close: () => this.close(job) };
    } catch (error) {
      this.running.delete(job);
      throw error;
    }
  }

  /** The signed manifest of an export that ended. */
  async manifest(id: string): Promise<{ manifest: ExportManifest; signature: string }> {
    const [row] = await this.db.query<{ after: { manifest: ExportManifest; signature: string } }>(
      "select after from audit_entry where object_kind = 'audit-export' and object_id = $1 and action = 'audit.exported'",
      [id],
    );
    if (!row) throw new Problem('NOT_FOUND', `There is no export ${id} that ended.`);
    return row.after;
  }

  private async *write(job: Job, mark: ExportMark): AsyncGenerator<string> {
    const { id, format, filter, actor, counted } = job;
    const hash = createHash('sha256');
    const hashed = (text: string) => (hash.update(text), text);
    try {
      if (format === 'csv') yield hashed(csvHead());
      for await (const item of this.rows.read(filter, mark)) {
        if ('seq' in item) count(counted, item);
        const text = format === 'csv' ? ('seq' in item ? csvRow(item) : '') : 'seq' in item ? jsonLine(item) : `${item.line}\n`;
        if (text !== '') yield hashed(text);
      }
      const { exportedAt, log, whole, firstSeq, lastSeq, lastSeal } = mark;
      const manifest: ExportManifest = {
        ...{ type: 'waybill-audit-export', version: 1, id, format, log, exportedAt, exportedBy: actor.name, filter: saidOf(filter), whole },
        ...{ ...counted, firstSeq, lastSeq, lastSeal, sha256: hash.digest('hex'), publicKey: this.key.publicKey },
      };
      const signature = signed(this.key, 3, manifest).signature.toString('hex');
      const words = `${actor.name} exported ${counted.entries} audit entr${counted.entries === 1 ? 'y' : 'ies'} as ${format}`;
      await this.record(actor, 'audit.exported', id, words, { manifest, signature });
      job.ended = true;
      if (format === 'jsonl') yield jsonLine({ manifest, signature });
    } finally {
      await this.close(job);
    }
  }

  private async close(job: Job): Promise<void> {
    if (!this.running.delete(job) || job.ended) return;
    const words = `The export of the audit log for ${job.actor.name} broke off after ${job.counted.entries} entries`;
    await this.record(job.actor, 'audit.export-broken', job.id, words, { ...job.counted });
  }

  private async record(actor: Actor, action: string, id: string, summary: string, after: unknown): Promise<void> {
    await this.db.transaction((tx) => this.audit.record(tx, actor, { action, object: { kind: 'audit-export', id }, summary, after }));
  }

  /** What was committed before the export is sealed in it, unless nobody seals; then it says so, entry by entry. */
  protected async untilSealed(): Promise<void> {
    const [last] = await this.db.query<{ arrival: string | null }>('select max(arrival) as arrival from audit_unsealed');
    if (last?.arrival == null) return;
    for (const end = performance.now() + waitForSealMs; performance.now() < end; await sleep(100)) {
      const waits = await this.db.query('select 1 from audit_unsealed where arrival <= $1 limit 1', [last.arrival]);
      if (waits.length === 0) return;
    }
  }
}

function count(counted: { entries: number; unsealed: number }, { seq }: ExportedRow): void {
  counted.entries += 1;
  if (seq === null) counted.unsealed += 1;
}

const saidOf = (filter: AuditFilter): Record<string, string> =>
  Object.fromEntries(Object.entries(filter).filter((field): field is [string, string] => field[1] !== undefined));
