import { Inject, Injectable } from '@nestjs/common';
import { AuditStore, decideApproval, ownPart, seenApprovals, type Decision, type Maker } from '../governance/index.js';
import { CandidateStore, DraftStore } from '../catalog/index.js';
import { openException } from '../pipeline/index.js';
import { Database, type Row, type Tx } from '../platform/database/index.js';
import { failPoint } from '../platform/failpoints/index.js';
import { decodeCursor, page, type Actor, type Caller } from '../platform/http/index.js';
import { Problem } from '../platform/problems/index.js';
import { Doorbell } from '../platform/queue/index.js';
import { EditStore } from './edits/edits.store.js';

const columns = `a.*, m.title, m.customer, m.flow, m.legal_entity, m.amount::text as amount_text, m.currency,
  to_char(a.requested_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at_text`;

/** Decisions: about documents that a rule holds, changes of tables, releases of flows, edits of records. An approval binds the hash of exactly what was shown; a changed document needs a new one. */
@Injectable()
export class ApprovalStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(Doorbell) private readonly bell: Doorbell,
    @Inject(DraftStore) private readonly drafts: DraftStore,
    @Inject(EditStore) private readonly edits: EditStore,
    @Inject(CandidateStore) private readonly candidates: CandidateStore,
  ) {}

  async list(
    query: { limit?: number | undefined; cursor?: string | undefined; count?: boolean | undefined; state?: string | undefined },
    caller: Caller,
  ) {
    const db = this.db.seenBy(caller.scope);
    const seen = seenApprovals(caller.scope, 2);
    const limit = query.limit ?? 50;
    const after = decodeCursor(query.cursor, ['instant', 'text']);
    const state = query.state ?? 'open';
    const where = `($1 = 'all' or a.state = $1) and ${seen.where}`;
    const rows = await db.query<Row>(
      `select ${columns} from approval a left join message m on m.id = a.message_id where ${where}
       and ($4::timestamptz is null or (a.requested_at, a.id) < ($4::timestamptz, $5::text)) order by a.requested_at desc, a.id desc limit $6`,
      [state, ...seen.values, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    const { items, next } = page(rows, limit, (row) => [row['at_text'] as string, row['id'] as string]);
    const count = query.count
      ? await db.query<{ n: number }>(`select count(*)::int as n from approval a where ${where}`, [state, ...seen.values])
      : undefined;
    return { items: items.map((row) => shape(row, caller)), next, ...(count ? { count: count[0]!.n } : {}) };
  }

  /** One, beside the last version of the document that was posted. */
  async find(id: string, caller: Caller) {
    const db = this.db.seenBy(caller.scope);
    const seen = seenApprovals(caller.scope, 2);
    const [row] = await db.query<Row>(
      `select ${columns}, r.version as release_version, r.mapping_name, r.mapping_version, m.tables from approval a
       left join message m on m.id = a.message_id left join release r on r.id = m.release_id where a.id = $1 and ${seen.where}`,
      [id, ...seen.values],
    );
    if (!row) throw new Problem('NOT_FOUND', `There is no approval ${id}.`);
    const [before] = await db.query<{ body: string }>(
      `select b.body from message n join message m on m.flow = n.flow and m.key = n.key and m.source_system = n.source_system and m.seq < n.seq and m.state = 'posted'
       join message_body b on b.message_id = m.id and b.stage = 'map' where n.id = $1 order by m.seq desc, b.seq desc limit 1`,
      [row['kind'] === 'message' ? row['message_id'] : null],
    );
    return {
      ...shape(row, caller),
      previous: before ? (JSON.parse(before.body) as unknown) : null,
      versions:
        row['release_version'] === null
          ? null
          : {
              release: row['release_version'] as number,
              mapping: `${row['mapping_name'] as string} ${row['mapping_version'] as number}`,
              tables: Object.entries((row['tables'] as Record<string, number> | null) ?? {}).map(([name, version]) => ({ name, version })),
            },
    };
  }

  async decide(id: string, decision: Decision, caller: Caller, actor: Actor) {
    const [known] = await this.db.query<{ kind: string; subject: string }>('select kind, subject from approval where id = $1', [id]);
    // A table or a flow belongs to no legal entity, and a corrected document may have had none: whoever sees the approval decides about all of it.
    const db = known && known.kind !== 'message' ? this.db : this.db.seenBy(caller.scope);
    await db.transaction(async (tx) => {
      if (known?.kind === 'table-draft') await this.drafts.lockTableOf(tx, known.subject);
      if (known?.kind === 'release') await this.candidates.lockFlowOf(tx, known.subject);
      const row = await decideApproval(tx, id, decision, caller, actor);
      await this.carryOut(tx, row, decision, actor);
      const state = row['state'] as string;
      await this.audit.record(tx, actor, {
        action: `approval.${state}`,
        object: { kind: 'approval', id },
        summary: `${actor.name} ${state} ${row['summary'] as string}`,
        reason: decision.reason,
        after: {
          contentHash: decision.contentHash,
          message: row['message_id'],
          ...(row['kind'] === 'table-draft' ? { draft: row['subject'] } : {}),
          ...(row['kind'] === 'release' ? { release: row['subject'] } : {}),
        },
      });
    });
    await failPoint('approval.committed');
    return this.find(id, caller);
  }

  /** What the decision means, in its transaction: both are committed or neither. */
  private async carryOut(tx: Tx, approval: Row, decision: Decision, actor: Actor): Promise<void> {
    const [id, subject] = [approval['id'] as string, approval['subject'] as string];
    switch (approval['kind']) {
      case 'table-draft':
        return decision.approve ? this.drafts.approved(tx, subject, actor) : this.drafts.rejected(tx, subject);
      case 'release':
        return decision.approve
          ? this.candidates.approved(tx, subject, actor)
          : this.candidates.rejected(tx, subject, decision.reason, actor);
      case 'payload-edit':
        return decision.approve ? this.edits.approved(tx, id, actor) : this.edits.rejected(tx, id, decision.reason, actor);
      default:
        return this.move(tx, approval, decision, actor);
    }
  }

  private async move(tx: Tx, approval: Row, decision: Decision, actor: Actor): Promise<void> {
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

function shape(row: Row, caller: Caller) {
  const makers = row['makers'] as Maker[];
  return {
    id: row['id'] as string,
    kind: row['kind'] as string,
    messageId: row['message_id'] as string | null,
    role: row['role'] as string,
    rule: row['rule'] as string,
    summary: row['summary'] as string,
    state: row['state'] as 'open',
    contentHash: row['content_hash'] as string,
    content: JSON.parse(row['content'] as string) as unknown,
    document: row['flow'] == null ? null : documentOf(row),
    requestedBy: askerOf(row['kind'] as string, makers) ?? `Waybill, by the rule ${row['rule'] as string}`,
    makers: makers.map(({ name, did }) => ({ name, did })),
    ownPart: ownPart(makers, caller) ?? null,
    requestedAt: iso(row['requested_at'])!,
    decidedAt: iso(row['decided_at']),
    decidedBy: row['decided_by'] as string | null,
    usedAt: iso(row['used_at']),
    reason: row['reason'] as string | null,
  };
}

/** A rule asks by itself, unless somebody sent the document again; everything else is asked for by whoever edited it last. */
const askerOf = (kind: string, makers: readonly Maker[]): string | undefined =>
  kind === 'message' ? makers.find(({ did }) => did === 'replayed the document')?.name : makers.at(-1)?.name;

const documentOf = (row: Row) => ({
  title: row['title'] as string | null,
  customer: row['customer'] as string | null,
  flow: row['flow'] as string,
  legalEntity: row['legal_entity'] as string | null,
  amount: row['amount_text'] === null ? null : { amount: row['amount_text'] as string, currency: row['currency'] as string },
});
