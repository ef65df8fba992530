import { Inject, Injectable } from '@nestjs/common';
import { Database, within, type Row, type Scope } from '../../platform/database/index.js';
import { decodeCursor, page } from '../../platform/http/index.js';

export interface AuditFilter {
  limit?: number | undefined;
  cursor?: string | undefined;
  count?: boolean | undefined;
  actor?: string | undefined;
  action?: string | undefined;
  object?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

@Injectable()
export class AuditQueryStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  async list(filter: AuditFilter, scope: Scope) {
    const db = this.db.seenBy(scope);
    const seen = seenEntries(scope, 7);
    const limit = filter.limit ?? 50;
    const after = decodeCursor(filter.cursor, 2);
    const [kind, id] = (filter.object ?? '').split('/', 2) as [string, string | undefined];
    const where = `($1::text is null or actor_name ilike '%' || $1 || '%') and ($2::text is null or action like $2 || '%') and ($3::text is null or object_kind = $3)
      and ($4::text is null or object_id = $4) and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at < $6) and ${seen.where}`;
    const values = [
      filter.actor ?? null,
      filter.action ?? null,
      kind || null,
      id ?? null,
      filter.from ?? null,
      filter.to ?? null,
      ...seen.values,
    ];
    const rows = await db.query<Row>(
      `select *, to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at_text from audit_entry where ${where} and ($9::timestamptz is null or (at, id) < ($9::timestamptz, $10::text))
       order by at desc, id desc limit $11`,
      [...values, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    const result = page(rows, limit, (row) => [row['at_text'] as string, row['id'] as string]);
    const count = filter.count ? await db.query<{ n: string }>(`select count(*) as n from audit_entry where ${where}`, values) : undefined;
    return { items: result.items.map(shape), next: result.next, ...(count ? { count: Number(count[0]!.n) } : {}) };
  }
}

/** What is said of a document is seen by whoever sees the document; what is said of settings and people, by everybody who reads the log. */
function seenEntries(scope: Scope, from: number) {
  const { where: message, values } = within(scope, 'm.legal_entities', from);
  const { where: approval } = within(scope, 'a.legal_entities', from);
  const where = `(($${from}::text[] is null and $${from + 1}::boolean) or case object_kind
    when 'message' then exists (select 1 from message m where m.id = object_id and ${message})
    when 'exception' then exists (select 1 from exception e join message m on m.id = e.message_id where e.id = object_id and ${message})
    when 'approval' then exists (select 1 from approval a where a.id = object_id and ${approval})
    when 'run' then exists (select 1 from run r where r.id = object_id and (case when r.kind = 'replay' then exists (select 1 from message m where m.run_id = r.id and ${message}) else $${from + 1}::boolean end))
    else action not like 'pipeline.%' end)`;
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
});
