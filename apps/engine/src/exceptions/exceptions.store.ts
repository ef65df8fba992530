import { Inject, Injectable } from '@nestjs/common';
import { ConnectionStore, isHub, ReleaseStore } from '../catalog/index.js';
import { AuditStore } from '../governance/index.js';
import { identityOf, Pipeline, PostingStore } from '../pipeline/index.js';
import { Database, within, type Row, type Scope, type Tx } from '../platform/database/index.js';
import { decodeCursor, page, type Actor } from '../platform/http/index.js';
import { Problem } from '../platform/problems/index.js';
import { Doorbell } from '../platform/queue/index.js';

export interface ExceptionFilter {
  limit?: number | undefined;
  cursor?: string | undefined;
  count?: boolean | undefined;
  state?: 'open' | 'resolved' | 'all' | undefined;
  category?: string | undefined;
  flow?: string | undefined;
  causeKey?: string | undefined;
  message?: string | undefined;
  q?: string | undefined;
}

const select = `select e.*, m.title, m.customer, m.legal_entity, m.amount::text as amount_text, m.currency, m.attempts, to_char(e.opened_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at_text
  from exception e join message m on m.id = e.message_id`;

/** The work list: what stopped, why, and what was done about it. */
@Injectable()
export class ExceptionStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(PostingStore) private readonly postings: PostingStore,
    @Inject(Pipeline) private readonly pipeline: Pipeline,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(ConnectionStore) private readonly connections: ConnectionStore,
    @Inject(Doorbell) private readonly bell: Doorbell,
  ) {}

  async list(filter: ExceptionFilter, scope: Scope) {
    const db = this.db.seenBy(scope);
    const limit = filter.limit ?? 50;
    const after = decodeCursor(filter.cursor, ['instant', 'text']);
    const state = filter.state ?? 'open';
    const forward = state === 'open'; // open ones oldest first, the rest newest first
    const seen = within(scope, 'm.legal_entities', 7);
    const q = filter.q ? `%${filter.q.replace(/[\\%_]/g, '\\$&')}%` : null;
    const where = `($1 = 'all' or e.state = $1) and ($2::text is null or e.category = $2) and ($3::text is null or e.flow = $3) and ($4::text is null or e.cause_key = $4) and ($5::text is null or e.message_id = $5)
      and ($6::text is null or m.title ilike $6 or m.customer ilike $6 or e.cause ilike $6) and ${seen.where}`;
    const values = [
      state,
      filter.category ?? null,
      filter.flow ?? null,
      filter.causeKey ?? null,
      filter.message ?? null,
      q,
      ...seen.values,
    ];
    const rows = await db.query<Row>(
      `${select} where ${where} and ($9::timestamptz is null or (e.opened_at, e.id) ${forward ? '>' : '<'} ($9::timestamptz, $10::text)) order by e.opened_at ${forward ? 'asc' : 'desc'}, e.id ${forward ? 'asc' : 'desc'} limit $11`,
      [...values, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    const { items, next } = page(rows, limit, (row) => [row['at_text'] as string, row['id'] as string]);
    const count = filter.count
      ? await db.query<{ n: number }>(
          `select count(*)::int as n from exception e join message m on m.id = e.message_id where ${where}`,
          values,
        )
      : undefined;
    return { items: items.map(shape), next, ...(count ? { count: count[0]!.n } : {}) };
  }

  async groups(scope: Scope) {
    const seen = within(scope, 'm.legal_entities', 1);
    const rows = await this.db.seenBy(scope).query<Row>(
      `with open as (select e.*, m.amount, m.currency from exception e join message m on m.id = e.message_id where e.state = 'open' and ${seen.where}),
       money as (select cause_key, jsonb_agg(jsonb_build_object('currency', currency, 'amount', total::text) order by total desc) as amounts from (select cause_key, currency, sum(amount) as total from open where amount is not null group by cause_key, currency) s group by cause_key)
       select o.cause_key, count(*)::int as count, min(opened_at) as oldest, max(opened_at) as newest, array_agg(distinct flow) as flows, (array_agg(id order by opened_at))[1] as sample,
         (array_agg(category order by opened_at desc))[1] as category, (array_agg(code order by opened_at desc))[1] as code, (array_agg(cause order by opened_at desc))[1] as cause,
         (array_agg(remedy order by opened_at desc))[1] as remedy, (array_agg(fix::text order by opened_at desc))[1] as fix, coalesce((select amounts from money where money.cause_key = o.cause_key), '[]') as amounts
       from open o group by o.cause_key order by count(*) desc, min(opened_at)`,
      seen.values,
    );
    return rows.map((row) => ({
      causeKey: row['cause_key'] as string,
      category: row['category'] as never,
      code: row['code'] as string,
      cause: row['cause'] as string,
      remedy: row['remedy'] as string,
      fix: JSON.parse(row['fix'] as string) as never,
      count: row['count'] as number,
      amounts: row['amounts'] as { currency: string; amount: string }[],
      flows: row['flows'] as string[],
      oldestAt: (row['oldest'] as Date).toISOString(),
      newestAt: (row['newest'] as Date).toISOString(),
      sample: row['sample'] as string,
    }));
  }

  async find(id: string, scope: Scope) {
    const seen = within(scope, 'm.legal_entities', 2);
    const [row] = await this.db.seenBy(scope).query<Row>(`${select} where e.id = $1 and ${seen.where}`, [id, ...seen.values]);
    if (!row) throw new Problem('NOT_FOUND', `There is no exception ${id}.`);
    return shape(row);
  }

  async assign(id: string, assignee: string | null, scope: Scope, actor: Actor) {
    await this.find(id, scope);
    await this.db.seenBy(scope).transaction(async (tx) => {
      const [row] = await tx.query<Row>("update exception set assignee = $2 where id = $1 and state = 'open' returning message_id", [
        id,
        assignee,
      ]);
      if (!row) throw closed(id);
      await this.audit.record(tx, actor, {
        action: 'exception.assigned',
        object: { kind: 'exception', id },
        summary: `${actor.name} ${assignee === null ? 'gave back' : `assigned to ${assignee}`} the exception ${id}`,
        after: { assignee },
      });
    });
    return this.find(id, scope);
  }

  /** Ends it without posting, for good: later versions of the document do not post it either. */
  async resolve(id: string, reason: string, scope: Scope, actor: Actor) {
    await this.find(id, scope);
    await this.db.seenBy(scope).transaction(async (tx) => {
      const [row] = await tx.query<Row>(
        "update exception set state = 'resolved', closed_at = now(), closed_by = $2, resolution = $3 where id = $1 and state = 'open' returning message_id",
        [id, actor.name, reason],
      );
      if (!row) throw closed(id);
      const messageId = row['message_id'] as string;
      const [message] = await tx.query<Row>(
        "update message set state = 'resolved', reason = $2, settled_at = now(), updated_at = now() where id = $1 and state = 'exception' returning *",
        [messageId, `resolved by ${actor.name}: ${reason}`],
      );
      if (!message) throw new Problem('CONFLICT', `The message ${messageId} is not an exception any more.`);
      await tx.query(
        "insert into message_history (message_id, from_state, to_state, reason, by_actor) values ($1, 'exception', 'resolved', $2, $3)",
        [messageId, reason, actor.name],
      );
      await this.waive(tx, message);
      await this.freeFollowers(tx, message);
      await this.audit.record(tx, actor, {
        action: 'exception.resolved',
        object: { kind: 'exception', id },
        summary: `${actor.name} resolved ${(message['title'] as string | null) ?? messageId} without posting`,
        reason,
      });
    });
    return this.find(id, scope);
  }

  private async waive(tx: Tx, message: Row): Promise<void> {
    const release = await this.releases.release(message['release_id'] as string);
    if (isHub(release.definition.to)) return;
    const target = await this.pipeline.target({ release });
    const row = { effect: message['effect'], sourceSystem: message['source_system'], key: message['key'] };
    await this.postings.waive(tx, identityOf({ row } as never, target), target.connection, target.operationName, message['id'] as string);
  }

  private async freeFollowers(tx: Tx, message: Row): Promise<void> {
    await tx.query(
      `with freed as (update message set state = 'ready', reason = null, due_at = now(), updated_at = now() where flow = $1 and ordering_key = $2 and state = 'blocked' returning id)
       insert into message_history (message_id, from_state, to_state, reason) select id, 'blocked', 'ready', 'the version before it was resolved' from freed`,
      [message['flow'], message['ordering_key']],
    );
    tx.afterCommit(() => this.bell.ring({ bell: 'lane', flow: message['flow'] as string, lane: message['lane'] as number }));
  }
}

const closed = (id: string) => new Problem('EXCEPTION_CLOSED', `The exception ${id} has already ended.`);

const iso = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);

export const shape = (row: Row) => ({
  id: row['id'] as string,
  messageId: row['message_id'] as string,
  flow: row['flow'] as string,
  category: row['category'] as never,
  code: row['code'] as string,
  cause: row['cause'] as string,
  causeKey: row['cause_key'] as string,
  remedy: row['remedy'] as string,
  vendorWords: row['vendor_words'] as string | null,
  path: row['path'] as string | null,
  stage: row['stage'] as string,
  fix: row['fix'] as never,
  state: row['state'] as 'open',
  assignee: row['assignee'] as string | null,
  openedAt: iso(row['opened_at'])!,
  closedAt: iso(row['closed_at']),
  closedBy: row['closed_by'] as string | null,
  resolution: row['resolution'] as string | null,
  title: row['title'] as string | null,
  customer: row['customer'] as string | null,
  legalEntity: row['legal_entity'] as string | null,
  amount: row['amount_text'] === null ? null : { amount: row['amount_text'] as string, currency: row['currency'] as string },
  attempts: row['attempts'] as number,
});
