import { Inject, Injectable } from '@nestjs/common';
import { isHub, ReleaseStore } from '../catalog/index.js';
import { voidApprovals } from '../governance/index.js';
import { identityOf, Pipeline, PostingStore } from '../pipeline/index.js';
import type { Row, Tx } from '../platform/database/index.js';
import type { Actor } from '../platform/http/index.js';
import { Doorbell } from '../platform/queue/index.js';
import type { Chosen, Refusal } from './acts.store.js';

/** The end of an exception without posting: its message, its posting, and whoever waited behind it. */
@Injectable()
export class ResolveStore {
  constructor(
    @Inject(PostingStore) private readonly postings: PostingStore,
    @Inject(Pipeline) private readonly pipeline: Pipeline,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(Doorbell) private readonly bell: Doorbell,
  ) {}

  /** Returns the exceptions that have ended, and those whose message has moved on meanwhile. */
  async end(tx: Tx, chosen: readonly Chosen[], reason: string, actor: Actor): Promise<{ ended: string[]; moved: Refusal[] }> {
    const messages = await tx.query<Row>(
      `with moved as (update message set state = 'resolved', reason = $2, settled_at = now(), updated_at = now() where id = any($1::text[]) and state = 'exception' returning *),
       told as (insert into message_history (message_id, from_state, to_state, reason, by_actor) select id, 'exception', 'resolved', $3, $4 from moved)
       select * from moved`,
      [chosen.map(({ messageId }) => messageId), `resolved by ${actor.name}: ${reason}`, reason, actor.name],
    );
    const there = new Set(messages.map((message) => message['id'] as string));
    const ended = chosen.filter(({ messageId }) => there.has(messageId)).map(({ id }) => id);
    await tx.query(
      "update exception set state = 'resolved', closed_at = now(), closed_by = $2, resolution = $3, snoozed_until = null, changed_at = now() where id = any($1::text[])",
      [ended, actor.name, reason],
    );
    await voidApprovals(tx, 'payload-edit', [...there], 'the exception was resolved');
    await this.waive(tx, messages);
    await this.freeFollowers(tx, messages);
    const moved = chosen.filter(({ messageId }) => !there.has(messageId)).map(({ id, messageId }): Refusal => ({
      exceptionId: id,
      code: 'CONFLICT',
      reason: `The message ${messageId} is not an exception any more.`,
    })); // prettier-ignore
    return { ended, moved };
  }

  private async waive(tx: Tx, messages: readonly Row[]): Promise<void> {
    for (const releaseId of new Set(messages.map((message) => message['release_id'] as string))) {
      const rows = messages.filter((message) => message['release_id'] === releaseId);
      const release = await this.releases.release(releaseId);
      if (isHub(release.definition.to)) continue;
      const target = await this.pipeline.target({ release });
      await this.postings.waive(
        tx,
        rows.map((message) => {
          const row = { effect: message['effect'], sourceSystem: message['source_system'], key: message['key'] };
          const identity = identityOf({ row } as never, target);
          return { identity, connection: target.connection, operation: target.operationName, messageId: message['id'] as string };
        }),
      );
    }
  }

  private async freeFollowers(tx: Tx, messages: readonly Row[]): Promise<void> {
    await tx.query(
      `with ended as (select distinct flow, key from unnest($1::text[], $2::text[]) as g(flow, key)),
       freed as (update message m set state = 'ready', reason = null, due_at = now(), updated_at = now() from ended where m.flow = ended.flow and m.ordering_key = ended.key and m.state = 'blocked' returning m.id)
       insert into message_history (message_id, from_state, to_state, reason) select id, 'blocked', 'ready', 'the version before it was resolved' from freed`,
      [messages.map((message) => message['flow']), messages.map((message) => message['ordering_key'])],
    );
    const lanes = new Map(messages.map((message) => [`${message['flow'] as string} ${message['lane'] as number}`, message]));
    tx.afterCommit(() =>
      lanes.forEach((message) => this.bell.ring({ bell: 'lane', flow: message['flow'] as string, lane: message['lane'] as number })),
    );
  }
}
