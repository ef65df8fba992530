import { Inject, Injectable } from '@nestjs/common';
import { AuditStore } from '../governance/index.js';
import { Database } from '../platform/database/index.js';
import { newId } from '../platform/ids/index.js';
import { Problem } from '../platform/problems/index.js';
import type { Who } from './acts.store.js';
import { exceptionsAsCsv } from './export.js';
import type { ExceptionFilter } from './filter.js';
import { WorkListStore } from './work-list.store.js';

export const exportMax = 10_000;
const pageSize = 1_000;

/** The work list as a file. The audit log keeps how much and by what it was chosen, not the words: they may name what its reader may not see. */
@Injectable()
export class ExceptionExport {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(WorkListStore) private readonly list: WorkListStore,
  ) {}

  async csv(filter: ExceptionFilter, { caller, actor }: Who): Promise<{ name: string; text: string }> {
    const { count } = await this.list.list({ ...filter, limit: 1, count: true }, caller);
    if (count! > exportMax) throw new Problem('EXPORT_TOO_LARGE', `${count} exceptions match; a file holds ${exportMax}.`);
    const items = [];
    let cursor: string | undefined;
    do {
      const page = await this.list.list({ ...filter, limit: pageSize, cursor }, caller);
      items.push(...page.items);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined && items.length <= exportMax);
    const id = newId('exp');
    await this.db.transaction((tx) =>
      this.audit.record(tx, actor, {
        action: 'exception.exported',
        object: { kind: 'exception-export', id },
        summary: `${actor.name} exported ${items.length} exception${items.length === 1 ? '' : 's'}`,
        after: { rows: items.length, chosenBy: Object.keys(filter).sort() },
      }),
    );
    return { name: `waybill-exceptions-${id}.csv`, text: exceptionsAsCsv(items) };
  }
}
