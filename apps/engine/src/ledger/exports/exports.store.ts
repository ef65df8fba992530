import { Inject, Injectable } from '@nestjs/common';
import { AuditStore } from '../../governance/index.js';
import { csvLine } from '../../platform/csv/index.js';
import { Database } from '../../platform/database/index.js';
import type { Actor } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { Problem } from '../../platform/problems/index.js';
import { eventColumns, summaryColumns, type Shown } from './columns.js';

export const exportsAtOnceMax = 2;
export type Format = 'jsonl' | 'csv';

/** Pages of a list, as the list itself gives them. */
export type Pages = (cursor: string | undefined) => Promise<{ items: Shown[]; next: string | null }>;

export interface Asked {
  what: 'usage-events' | 'usage-summaries';
  format: Format;
  /** As it was asked for. The audit log keeps by what it was chosen, not the words: they may name what its reader may not see. */
  filter: Record<string, unknown>;
  pages: Pages;
}

export interface UsageExport {
  /** Of the file. */
  name: string;
  text: AsyncGenerator<string>;
  /** Must be called when nobody reads any more, to the end or not. */
  close(): Promise<void>;
}

const columnsOf = { 'usage-events': eventColumns, 'usage-summaries': summaryColumns };

/**
 * Files of usage, written page by page while they are read: an entry of the audit log before the first byte leaves, another when the last one has or
 * the line broke. What is received meanwhile may come in or not; what was there before is in it once.
 */
@Injectable()
export class UsageExports {
  private running = 0;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
  ) {}

  async begin(asked: Asked, actor: Actor): Promise<UsageExport> {
    if (this.running >= exportsAtOnceMax)
      throw new Problem('EXPORTS_BUSY', `${exportsAtOnceMax} exports of usage are under way in this process.`, { retryAfterSeconds: 10 });
    this.running += 1;
    const id = newId('exp');
    const sum = { rows: 0, ended: false, open: true };
    const close = async () => {
      if (!sum.open) return;
      sum.open = false;
      this.running -= 1;
      if (!sum.ended) await this.record(actor, 'usage.export-broken', id, `The export of ${asked.what} for ${actor.name} broke off after ${sum.rows} rows`, { rows: sum.rows }); // prettier-ignore
    };
    try {
      const { what, format, filter } = asked;
      // The first page before the first byte: what cannot be asked is a problem, and no file that breaks off.
      const first = await asked.pages(undefined);
      await this.record(actor, 'usage.export-begun', id, `${actor.name} began to export ${what} as ${format}`, {
        what,
        format,
        chosenBy: Object.keys(filter).sort(),
      });
      const finish = async () => {
        sum.ended = true;
        await this.record(actor, 'usage.exported', id, `${actor.name} exported ${sum.rows} ${what}`, { rows: sum.rows });
      };
      return { name: `waybill-${what}-${id}.${format}`, text: written(asked, first, sum, finish, close), close };
    } catch (error) {
      this.running -= 1;
      throw error;
    }
  }

  private async record(actor: Actor, action: string, id: string, summary: string, after: unknown): Promise<void> {
    await this.db.transaction((tx) => this.audit.record(tx, actor, { action, object: { kind: 'usage-export', id }, summary, after }));
  }
}

async function* written(
  { what, format, pages }: Asked,
  first: Awaited<ReturnType<Pages>>,
  sum: { rows: number },
  finish: () => Promise<void>,
  close: () => Promise<void>,
): AsyncGenerator<string> {
  const columns = columnsOf[what];
  try {
    if (format === 'csv') yield csvLine(columns.map(([name]) => name));
    let page = first;
    for (;;) {
      const { items, next } = page;
      sum.rows += items.length;
      const lines = items.map((row) => (format === 'csv' ? csvLine(columns.map(([, cell]) => cell(row))) : `${JSON.stringify(row)}\n`));
      if (lines.length > 0) yield lines.join('');
      if (next === null) break;
      page = await pages(next);
    }
    await finish();
  } finally {
    await close();
  }
}
