import { Inject, Injectable } from '@nestjs/common';
import { AuditStore } from '../governance/index.js';
import { callBack, MessageStore } from '../pipeline/index.js';
import { Database, everything, within, type Row, type Scope, type Tx } from '../platform/database/index.js';
import { decodeCursor, engineActor, page, type Actor, type Caller } from '../platform/http/index.js';
import { Problem } from '../platform/problems/index.js';
import { ActStore, type Who } from './acts.store.js';
import type { ReplayOutcome } from './fields.js';

/** What became of a message, as long as it is still of this replay. `r` is the record, `m` its message. */
const outcome = `(case when r.refused is not null then 'refused' when r.called_back_at is not null then 'called-back' when m.run_id is distinct from r.run_id then 'replayed-again'
  when m.state = 'posted' then 'posted' when m.state in ('skipped','duplicate','superseded','resolved') then 'posted-nothing' when m.state = 'exception' then 'stopped-again'
  when m.state in ('waiting','blocked','held') then 'waits' else 'under-way' end)`;
const from = 'from replay_record r join message m on m.id = r.message_id';
/** Not begun: no worker has touched it since it was sent again. */
const notBegun =
  "m.run_id = r.run_id and m.state = 'ready' and m.stage is null and r.exception_id is not null and r.called_back_at is null";

/** Replays that are looked at in one round. */
const watchedMax = 20;

/** How far a replay is, message by message, and its end before its time. */
@Injectable()
export class ReplayProgressStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(MessageStore) private readonly messages: MessageStore,
    @Inject(ActStore) private readonly acts: ActStore,
  ) {}

  async of(runId: string, { scope }: Caller) {
    const seen = within(scope, 'm.legal_entities', 2);
    const rows = await this.db
      .seenBy(scope)
      .query<{ outcome: ReplayOutcome; n: number; waiting: number; last: Date | null }>(
        `select ${outcome} as outcome, count(*)::int as n, count(*) filter (where ${notBegun})::int as waiting, max(m.due_at) filter (where ${notBegun} and m.due_at > now()) as last ${from} where r.run_id = $1 and ${seen.where} group by 1 order by 1`,
        [runId, ...seen.values],
      );
    if (rows.length === 0) throw new Problem('NOT_FOUND', `There is no replay ${runId}.`);
    const [run] = await this.db.query<{ cancel: boolean; stop_after: number | null }>('select cancel, stop_after from run where id = $1', [
      runId,
    ]);
    return {
      runId,
      total: rows.reduce((sum, { n }) => sum + n, 0),
      outcomes: Object.fromEntries(rows.map((row) => [row.outcome, row.n])),
      mayCancel: rows.some(({ waiting }) => waiting > 0),
      lastBeginsAt:
        rows
          .reduce<Date | null>((latest, { last }) => (last !== null && (latest === null || last > latest) ? last : latest), null)
          ?.toISOString() ?? null,
      stopAfter: run?.stop_after ?? null,
      cancelled: run?.cancel ?? false,
    };
  }

  async records(
    runId: string,
    query: { limit?: number | undefined; cursor?: string | undefined; count?: boolean | undefined; outcome?: ReplayOutcome | undefined },
    caller: Caller,
  ) {
    await this.of(runId, caller);
    const { scope } = caller;
    const db = this.db.seenBy(scope);
    const limit = query.limit ?? 50;
    const after = decodeCursor(query.cursor, ['text']);
    const seen = within(scope, 'm.legal_entities', 3);
    const where = `r.run_id = $1 and ($2::text is null or ${outcome} = $2) and ${seen.where}`;
    const values = [runId, query.outcome ?? null, ...seen.values];
    const rows = await db.query<Row>(
      `select r.*, ${outcome} as outcome, m.flow, m.title, m.amount::text as amount_text, m.currency, m.reason, m.document_number ${from} where ${where} and ($5::text is null or r.message_id > $5) order by r.message_id limit $6`,
      [...values, after?.[0] ?? null, limit + 1],
    );
    const { items, next } = page(rows, limit, (row) => [row['message_id'] as string]);
    const [count] = query.count ? await db.query<{ n: number }>(`select count(*)::int as n ${from} where ${where}`, values) : [];
    return { items: items.map(shape), next, ...(count ? { count: count.n } : {}) };
  }

  /** Takes back what nobody has begun. What is under way goes on: a call may be on its way. */
  async cancel(runId: string, { caller, actor }: Who) {
    await this.of(runId, caller);
    return this.db
      .seenBy(caller.scope)
      .transaction((tx) => this.takeBack(tx, runId, caller.scope, actor, `${actor.name} cancelled the replay ${runId}`));
  }

  /** Replays that end by themselves: when too many of their messages have stopped again, what has not begun is taken back. */
  async watch(): Promise<void> {
    const runs = await this.db.query<{ id: string; after: number; stopped: number; waiting: number }>(
      `select w.id, w.stop_after as after, count(*) filter (where ${outcome} = 'stopped-again')::int as stopped, count(*) filter (where ${notBegun})::int as waiting
       from run w join replay_record r on r.run_id = w.id join message m on m.id = r.message_id where w.watched group by w.id order by w.id limit ${watchedMax}`,
    );
    for (const { id, after, stopped, waiting } of runs) {
      if (stopped < after && waiting > 0) continue;
      await this.db.transaction(async (tx) => {
        await tx.query('update run set watched = false where id = $1', [id]);
        if (stopped >= after)
          await this.takeBack(
            tx,
            id,
            everything,
            engineActor,
            `The replay ${id} ended by itself, for ${stopped} of its messages stopped again`,
          );
      });
    }
  }

  private async takeBack(tx: Tx, runId: string, scope: Scope, actor: Actor, summary: string) {
    const seen = within(scope, 'm.legal_entities', 2);
    const waiting = await tx.query<{ id: string }>(`select m.id ${from} where r.run_id = $1 and ${notBegun} and ${seen.where}`, [
      runId,
      ...seen.values,
    ]);
    const back = await callBack(
      tx,
      waiting.map(({ id }) => id),
      actor.name,
      this.messages,
    );
    const exceptions = await tx.query<{ id: string }>(
      `with back as (update replay_record set called_back_at = now() where run_id = $1 and message_id = any($2::text[]) returning exception_id)
       update exception e set state = 'open', changed_at = now() from back where e.id = back.exception_id and e.state = 'replaying' returning e.id`,
      [runId, back],
    );
    await tx.query(
      'update message m set release_id = r.release_before from replay_record r where r.run_id = $1 and r.message_id = any($2::text[]) and r.message_id = m.id and r.release_before is not null',
      [runId, back],
    );
    await this.acts.tell(
      tx,
      exceptions.map(({ id }) => id),
      { kind: 'called-back', run: runId },
      actor,
    );
    const [rest] = await tx.query<{ n: number }>(
      `select count(*)::int as n ${from} where r.run_id = $1 and ${outcome} in ('under-way','waits') and ${seen.where}`,
      [runId, ...seen.values],
    );
    // Nothing was left to take back: it goes on, or has ended, as it was, and nobody reads that it was cancelled.
    if (back.length === 0) return { calledBack: 0, goesOn: rest!.n };
    await tx.query("update run set cancel = true where id = $1 and kind = 'replay'", [runId]);
    await this.audit.record(tx, actor, {
      action: 'replay.cancelled',
      object: { kind: 'run', id: runId },
      summary: `${summary}: ${back.length} taken back, ${rest!.n} under way`,
      after: { calledBack: back.length, goesOn: rest!.n },
    });
    return { calledBack: back.length, goesOn: rest!.n };
  }
}

const shape = (row: Row) => ({
  messageId: row['message_id'] as string,
  exceptionId: row['exception_id'] as string | null,
  flow: row['flow'] as string,
  title: row['title'] as string | null,
  amount: row['amount_text'] === null ? null : { amount: row['amount_text'] as string, currency: row['currency'] as string },
  outcome: row['outcome'] as ReplayOutcome,
  reason: (row['refused'] ?? (['called-back', 'replayed-again'].includes(row['outcome'] as string) ? null : row['reason'])) as
    string | null,
  documentNumber: row['document_number'] as string | null,
});
