import { Inject, Injectable } from '@nestjs/common';
import { Database, within, type Row } from '../platform/database/index.js';
import type { Caller } from '../platform/http/index.js';
import { Problem } from '../platform/problems/index.js';
import { historyMax } from './life.js';
import { iso } from './rows.js';

/**
 * Who did what to an exception, and when, as one list. What people did stands in the acts; what the pipeline did, in the history of the message
 * from the stop to the end. A move that belongs to an act has the instant of its transaction, and is told by the act alone.
 */
@Injectable()
export class HistoryStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  async of(id: string, { scope }: Caller) {
    const db = this.db.seenBy(scope);
    const seen = within(scope, 'm.legal_entities', 2);
    const [there] = await db.query(
      `select 1 as one from exception e join message m on m.id = e.message_id where e.id = $1 and ${seen.where}`,
      [id, ...seen.values],
    );
    if (!there) throw new Problem('NOT_FOUND', `There is no exception ${id}.`);
    const rows = await db.query<Row>(
      `select * from (
         select a.at, 0 as kind_order, a.seq, a.kind, a.by_name as by, a.words, a.assignee, a.until, a.run_id, null as from_state, null as to_state, null as stage from exception_act a where a.exception_id = $1
         union all select h.at, 1, h.seq, 'moved', h.by_actor, h.reason, null, null, null, h.from_state, h.to_state, h.stage from exception e join message_history h on h.message_id = e.message_id
           and h.at >= e.opened_at and (e.closed_at is null or h.at <= e.closed_at) where e.id = $1 and h.to_state <> 'claimed'
           and (h.by_actor is null or not exists (select 1 from exception_act a where a.exception_id = e.id and a.at = h.at))) s
       order by at desc, kind_order desc, seq desc limit ${historyMax + 1}`,
      [id],
    );
    return { items: rows.slice(0, historyMax).map(entryOf).reverse(), more: rows.length > historyMax };
  }
}

const entryOf = (row: Row) => ({
  at: iso(row['at'])!,
  kind: row['kind'] as never,
  by: row['by'] as string | null,
  words: row['words'] as string | null,
  assignee: row['assignee'] as string | null,
  until: iso(row['until']),
  runId: row['run_id'] as string | null,
  from: row['from_state'] as string | null,
  to: row['to_state'] as string | null,
  stage: row['stage'] as string | null,
});
