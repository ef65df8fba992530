import { Inject, Injectable } from '@nestjs/common';
import { AuditStore } from '../governance/index.js';
import { openException } from '../pipeline/index.js';
import { Database, type Row, type Tx } from '../platform/database/index.js';
import { decodeCursor, page, type Actor, type Caller } from '../platform/http/index.js';
import { Problem } from '../platform/problems/index.js';
import { Doorbell } from '../platform/queue/index.js';

/** Decisions about documents that a rule holds. An approval binds the hash of exactly what was shown; a changed document needs a new one. */
@Injectable()
export class ApprovalStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(Doorbell) private readonly bell: Doorbell,
  ) {}

  async list(query: { limit?: number | undefined; cursor?: string | undefined; count?: boolean | undefined; state?: string | undefined }) {
    const limit = query.limit ?? 50;
    const after = decodeCursor(query.cursor, 2);
    const state = query.state ?? 'open';
    const rows = await this.db.query<Row>(
      `select *, to_char(requested_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at_text from approval where ($1 = 'all' or state = $1) and ($2::timestamptz is null or (requested_at, id) < ($2::timestamptz, $3::text)) order by requested_at desc, id desc limit $4`,
      [state, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    const { items, next } = page(rows, limit, (row) => [row['at_text'] as string, row['id'] as string]);
    const count = query.count
      ? await this.db.query<{ n: number }>("select count(*)::int as n from approval where $1 = 'all' or state = $1", [state])
      : undefined;
    return { items: items.map(shape), next, ...(count ? { count: count[0]!.n } : {}) };
  }

  decide(id: string, decision: { approve: boolean; contentHash: string; reason?: string | undefined }, caller: Caller, actor: Actor) {
    return this.db.transaction(async (tx) => {
      const [row] = await tx.query<Row>('select * from approval where id = $1 for update', [id]);
      if (!row) throw new Problem('NOT_FOUND', `There is no approval ${id}.`);
      if (row['state'] !== 'open') throw new Problem('APPROVAL_CLOSED', `The approval is ${row['state'] as string}.`);
      if (row['content_hash'] !== decision.contentHash)
        throw new Problem('APPROVAL_CHANGED', 'The document is not the one that was shown.', { path: '/contentHash' });
      if (!caller.roles.includes(row['role'] as string) && !caller.roles.includes('admin'))
        throw new Problem('APPROVAL_ROLE', `A ${row['role'] as string} decides this.`);
      const state = decision.approve ? 'approved' : 'rejected';
      const [done] = await tx.query<Row>(
        'update approval set state = $2, decided_at = now(), decided_by = $3, reason = $4 where id = $1 returning *',
        [id, state, actor.name, decision.reason ?? null],
      );
      await this.move(tx, row, decision, actor);
      await this.audit.record(tx, actor, {
        action: `approval.${state}`,
        object: { kind: 'approval', id },
        summary: `${actor.name} ${state} ${row['summary'] as string}`,
        reason: decision.reason,
        after: { contentHash: decision.contentHash, message: row['message_id'] },
      });
      return shape(done!);
    });
  }

  private async move(tx: Tx, approval: Row, decision: { approve: boolean; reason?: string | undefined }, actor: Actor): Promise<void> {
    const to = decision.approve ? 'ready' : 'exception';
    const [message] = await tx.query<{ id: string; flow: string; lane: number }>(
      "update message set state = $2, approved_hash = case when $2 = 'ready' then $3 else approved_hash end, due_at = now(), reason = $4, updated_at = now() where id = $1 and state = 'held' returning id, flow, lane",
      [approval['message_id'], to, approval['content_hash'], `${decision.approve ? 'approved' : 'rejected'} by ${actor.name}`],
    );
    if (!message) throw new Problem('CONFLICT', 'The message is not held any more.');
    await tx.query(
      "insert into message_history (message_id, from_state, to_state, stage, reason, by_actor) values ($1, 'held', $2, 'permit', $3, $4)",
      [message.id, to, decision.reason ?? null, actor.name],
    );
    if (!decision.approve) {
      await openException(tx, message.id, message.flow, 'permit', {
        category: 'posting-rejection',
        code: 'APPROVAL_REJECTED',
        cause: `${actor.name} did not approve it${decision.reason ? `: ${decision.reason}` : ''}.`,
        causeKey: `rejected ${approval['rule'] as string}`,
        remedy: 'Correct it at its source, or resolve the exception.',
        fix: { kind: 'decision' },
      });
    }
    tx.afterCommit(() => this.bell.ring({ bell: 'lane', flow: message.flow, lane: message.lane }));
  }
}

const iso = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);

const shape = (row: Row) => ({
  id: row['id'] as string,
  kind: row['kind'] as string,
  messageId: row['message_id'] as string | null,
  role: row['role'] as string,
  rule: row['rule'] as string,
  summary: row['summary'] as string,
  state: row['state'] as 'open',
  contentHash: row['content_hash'] as string,
  content: JSON.parse(row['content'] as string) as unknown,
  requestedAt: iso(row['requested_at'])!,
  decidedAt: iso(row['decided_at']),
  decidedBy: row['decided_by'] as string | null,
  reason: row['reason'] as string | null,
});
