import { Inject, Injectable } from '@nestjs/common';
import { voidApprovals } from '../../governance/index.js';
import { Database, type Row, type Tx } from '../../platform/database/index.js';
import { decodeCursor, page, type Actor } from '../../platform/http/index.js';
import { isHub, isInbound, type FlowDefinition } from './definition.js';
import { candidateStates, type ReleaseState } from './release-life.js';

/** A flow's row under the lock that every act on its releases takes first. */
export interface LockedFlow {
  name: string;
  releaseId: string;
  /** The role that approves its releases; null: none needs to. */
  approver: string | null;
}

export interface Move {
  id: string;
  flow: string;
  from: ReleaseState;
  to: ReleaseState;
  reason?: string | null | undefined;
  details?: object;
}

/** How releases move, and what is kept of it. In the transaction of whoever moves them. */
@Injectable()
export class ReleaseLife {
  constructor(@Inject(Database) private readonly db: Database) {}

  /** Undefined: there is no such flow yet. */
  async lockFlow(tx: Tx, name: string): Promise<LockedFlow | undefined> {
    const [row] = await tx.query<Row>('select release_id, approver from flow where name = $1 for update', [name]);
    return row && { name, releaseId: row['release_id'] as string, approver: row['approver'] as string | null };
  }

  async move(tx: Tx, move: Move, actor: Actor): Promise<void> {
    if (move.from !== move.to) await tx.query('update release set state = $2 where id = $1', [move.id, move.to]);
    await this.tell(tx, move, actor);
  }

  /** What was made, or did not move. */
  async tell(
    tx: Tx,
    { id, flow, from, to, reason, details }: Omit<Move, 'from'> & { from: ReleaseState | null },
    actor: Actor,
  ): Promise<void> {
    await tx.query(
      'insert into release_event (flow, release_id, from_state, to_state, reason, by_name, by_id, details) values ($1,$2,$3,$4,$5,$6,$7,$8)',
      [flow, id, from, to, reason ?? null, actor.name, actor.id, JSON.stringify(details ?? {})],
    );
  }

  /**
   * Before another release goes live: the live one gives way, and every candidate that was made on it is over, since what it was compared with is
   * not what is live any more. Their approvals are void.
   */
  async giveWay(
    tx: Tx,
    flow: LockedFlow,
    next: { id: string; version: number },
    how: { former: 'superseded' | 'rolled-back'; reason: string | null | undefined },
    actor: Actor,
  ): Promise<void> {
    // A process of an earlier version, during an upgrade, moved the flow alone.
    await tx.query("update release set state = 'superseded' where flow = $1 and state = 'live' and id <> $2", [flow.name, flow.releaseId]);
    await tx.query("update release set state = 'live', live_since = created_at where id = $1 and state = 'superseded'", [flow.releaseId]);
    await this.move(
      tx,
      {
        id: flow.releaseId,
        flow: flow.name,
        from: 'live',
        to: how.former,
        reason: how.former === 'rolled-back' ? how.reason : `version ${next.version} went live`,
      },
      actor,
    );
    const over = await tx.query<{ id: string; state: ReleaseState }>(
      'select id, state from release where flow = $1 and id <> $2 and state = any($3) for update',
      [flow.name, next.id, candidateStates],
    );
    for (const { id, state } of over)
      await this.move(tx, { id, flow: flow.name, from: state, to: 'superseded', reason: `version ${next.version} went live` }, actor);
    await voidApprovals(
      tx,
      'release',
      over.map(({ id }) => id),
      `version ${next.version} of the flow ${flow.name} went live`,
    );
  }

  /** New messages come under it from now on; its row stands as live already. */
  async takeEffect(tx: Tx, release: { id: string; definition: FlowDefinition; mapping: { name: string; version: number } }): Promise<void> {
    const { flow, from, to } = release.definition;
    await tx.query('update release set live_since = now() where id = $1', [release.id]);
    await tx.query(
      `insert into flow (name, release_id, source_connection, source_stream, source_type, target_connection) values ($1,$2,$3,$4,$5,$6)
       on conflict (name) do update set release_id = excluded.release_id, source_connection = excluded.source_connection, source_stream = excluded.source_stream, source_type = excluded.source_type, target_connection = excluded.target_connection, updated_at = now()`,
      [
        flow,
        release.id,
        isInbound(from) ? from.connection : null,
        isInbound(from) ? from.stream : null,
        isInbound(from) ? null : from.canonical,
        isHub(to) ? null : to.connection,
      ],
    );
    await tx.query('update mapping_version set draft = false where name = $1 and version = $2 and draft', [
      release.mapping.name,
      release.mapping.version,
    ]);
  }

  /** What happened to the releases of a flow, newest first. */
  async history(flow: string, query: { limit?: number | undefined; cursor?: string | undefined }) {
    const limit = query.limit ?? 50;
    const [before] = decodeCursor(query.cursor, ['count']) ?? [];
    const rows = await this.db.query<Row>(
      `select e.*, r.version from release_event e join release r on r.id = e.release_id where e.flow = $1 and ($2::bigint is null or e.seq < $2::bigint) order by e.seq desc limit $3`,
      [flow, before ?? null, limit + 1],
    );
    const { items, next } = page(rows, limit, (row) => [row['seq'] as string]);
    return { items: items.map(eventOf), next };
  }
}

export const eventOf = (row: Row) => ({
  releaseId: row['release_id'] as string,
  version: row['version'] as number,
  at: (row['at'] as Date).toISOString(),
  from: row['from_state'] as ReleaseState | null,
  to: row['to_state'] as ReleaseState,
  reason: row['reason'] as string | null,
  by: row['by_name'] as string,
  details: row['details'] as Record<string, unknown>,
});
