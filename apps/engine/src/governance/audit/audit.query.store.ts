import { Inject, Injectable } from '@nestjs/common';
import { Database, type Row } from '../../platform/database/index.js';
import { decodeCursor, page } from '../../platform/http/index.js';
import { auditCondition, auditValues, type AuditFilter } from './audit-filter.js';

interface AuditQuery extends AuditFilter {
  limit?: number | undefined;
  cursor?: string | undefined;
  count?: boolean | undefined;
}

@Injectable()
export class AuditQueryStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  async list(query: AuditQuery) {
    const limit = query.limit ?? 50;
    const after = decodeCursor(query.cursor, 2);
    const values = auditValues(query);
    const rows = await this.db.query<Row>(
      `select e.*, to_char(e.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at_text, s.seal_seq, s.seal
       from audit_entry e left join audit_seal_entry s on s.entry_id = e.id
       where ${auditCondition} and ($7::timestamptz is null or (e.at, e.id) < ($7::timestamptz, $8::text)) order by e.at desc, e.id desc limit $9`,
      [...values, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    const result = page(rows, limit, (row) => [row['at_text'] as string, row['id'] as string]);
    const count = query.count
      ? await this.db.query<{ n: string }>(`select count(*) as n from audit_entry e where ${auditCondition}`, values)
      : undefined;
    return { items: result.items.map(shape), next: result.next, ...(count ? { count: Number(count[0]!.n) } : {}) };
  }
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
