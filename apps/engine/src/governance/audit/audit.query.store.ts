import { Inject, Injectable } from '@nestjs/common';
import { Database, within, type Row, type Scope } from '../../platform/database/index.js';
import { decodeCursor, page } from '../../platform/http/index.js';
import { seenApprovals } from '../approvals/desk.store.js';
import { auditCondition, auditValues, type AuditFilter } from './audit-filter.js';

interface AuditQuery extends AuditFilter {
  limit?: number | undefined;
  cursor?: string | undefined;
  count?: boolean | undefined;
}

@Injectable()
export class AuditQueryStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  async list(query: AuditQuery, scope: Scope) {
    const db = this.db.seenBy(scope);
    const seen = seenEntries(scope, 7);
    const limit = query.limit ?? 50;
    const after = decodeCursor(query.cursor, ['instant', 'text']);
    const values = [...auditValues(query), ...seen.values];
    const rows = await db.query<Row>(
      `select e.*, to_char(e.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at_text, s.seal_seq, s.seal
       from audit_entry e left join audit_seal_entry s on s.entry_id = e.id
       where ${auditCondition} and ${seen.where} and ($9::timestamptz is null or (e.at, e.id) < ($9::timestamptz, $10::text)) order by e.at desc, e.id desc limit $11`,
      [...values, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    const result = page(rows, limit, (row) => [row['at_text'] as string, row['id'] as string]);
    const count = query.count
      ? await db.query<{ n: string }>(`select count(*) as n from audit_entry e where ${auditCondition} and ${seen.where}`, values)
      : undefined;
    return { items: result.items.map(shape), next: result.next, ...(count ? { count: Number(count[0]!.n) } : {}) };
  }
}

/** What is said of a document is seen by whoever sees the document; what is said of settings and people, by everybody who reads the log. */
function seenEntries(scope: Scope, from: number) {
  const { where: message, values } = within(scope, 'm.legal_entities', from);
  const { where: canonical } = within(scope, 'c.legal_entities', from);
  const { where: approval } = seenApprovals(scope, from);
  const where = `(($${from}::text[] is null and $${from + 1}::boolean) or case e.object_kind
    when 'message' then exists (select 1 from message m where m.id = e.object_id and ${message})
    when 'exception' then exists (select 1 from exception x join message m on m.id = x.message_id where x.id = e.object_id and ${message})
    when 'approval' then exists (select 1 from approval a where a.id = e.object_id and ${approval})
    when 'canonical' then exists (select 1 from canonical_object c where c.id = e.object_id and ${canonical})
    when 'selection' then exists (select 1 from selection_member s join message m on m.id = s.message_id where s.selection_id = e.object_id and ${message})
    when 'run' then exists (select 1 from run r where r.id = e.object_id and (case when r.kind = 'replay' then exists (select 1 from message m where m.run_id = r.id and ${message}) else $${from + 1}::boolean end))
    else e.action not like 'pipeline.%' end)`;
  return { where, values };
}

const shape = (row: Row) => ({
  id: row['id'] as string,
  at: (row['at'] as Date).toISOString(),
  actorKind: row['actor_kind'] as string,
  actor: row['actor_name'] as string,
  action: row['action'] as string,
  objectKind: row['object_kind'] as string,
  objectId: row['object_id'] as string,
  summary: row['summary'] as string,
  reason: row['reason'] as string | null,
  before: row['before'],
  after: row['after'],
  requestId: row['request_id'] as string | null,
  leaf: (row['leaf'] as Buffer).toString('hex'),
  sealSeq: row['seal_seq'] === null ? null : Number(row['seal_seq']),
  seal: row['seal'] === null ? null : Number(row['seal']),
});
