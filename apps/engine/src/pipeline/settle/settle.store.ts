import { Inject, Injectable } from '@nestjs/common';
import { hashFields } from '@waybill/sdk';
import { CanonStore } from '../../canon/index.js';
import { AuditStore } from '../../governance/index.js';
import { Database, type Tx } from '../../platform/database/index.js';
import { failPoint } from '../../platform/failpoints/index.js';
import { engineActor } from '../../platform/http/index.js';
import { Doorbell } from '../../platform/queue/index.js';
import { bookingOf, type Ended, type Ending } from '../journey.js';
import { MessageStore, type Rung } from '../messages.store.js';
import { stopUnapproved } from '../send/approved.store.js';
import { lockDependencies } from '../send/postings.store.js';
import { closingOf } from './closing.js';
import { followersStop, othersGo, ownWaitersGo } from './followers.store.js';
import { given } from './given.js';
import { canonicalType, originOf, outbound } from './outbound.js';
import { askPeople } from './people.store.js';

/** Writes how journeys ended: message, bodies, history, posting, exception, approval, followers; all of it or nothing. */
@Injectable()
export class SettleStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(MessageStore) private readonly messages: MessageStore,
    @Inject(CanonStore) private readonly canon: CanonStore,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(Doorbell) private readonly bell: Doorbell,
  ) {}

  async settle(ended: readonly Ended[]): Promise<void> {
    if (ended.length === 0) return;
    await this.db.transaction(async (tx) => {
      // Before any row is locked: whoever decides to wait takes these locks first as well.
      await lockDependencies(tx, keysOf(ended));
      const mine = await this.write(tx, await stopUnapproved(tx, ended));
      await this.movePostings(tx, mine);
      await this.intoHub(tx, mine);
      await this.closeExceptions(tx, mine);
      await askPeople(tx, mine);
      await followersStop(tx, mine, this.messages);
      this.ring(tx, await othersGo(tx, mine));
      await this.sealBatch(tx, mine);
      this.ringAgain(tx, mine);
    });
    await failPoint('settle.committed');
  }

  /**
   * Moves the rows that are still ours, and writes what belongs to them: history, payloads, the end of the call, what is in the books now. A row
   * with another epoch was taken over, and what we know about it is dropped. One statement, however many.
   */
  private async write(tx: Tx, ended: readonly Ended[]): Promise<Ended[]> {
    const { messages, bodies, calls, posted } = given(ended);
    const moved = await tx.query<{ id: string }>(
      `with given as (select * from jsonb_to_recordset($1::jsonb) as g(id text, epoch int, state text, stage text, reason text, due_ms bigint, final boolean, unclear int, failures int, attempts int, depends_on text, within_ms bigint,
           document_number text, posting_id text, tables jsonb, title text, customer text, "legalEntity" text, amount numeric, currency text)),
       moved as (
         update message m set state = g.state, stage = g.stage, reason = g.reason, due_at = now() + g.due_ms * interval '1 millisecond', lease_until = null, updated_at = now(),
           settled_at = case when g.final then now() end, unclear = g.unclear, failures = m.failures + g.failures, attempts = m.attempts + g.attempts, depends_on = g.depends_on,
           depends_until = case when g.depends_on is null then null when g.within_ms > 0 then coalesce(m.depends_until, now() + g.within_ms * interval '1 millisecond') else m.depends_until end,
           document_number = coalesce(g.document_number, m.document_number), posting_id = coalesce(g.posting_id, m.posting_id), tables = coalesce(g.tables, m.tables),
           title = coalesce(g.title, m.title), customer = coalesce(g.customer, m.customer), legal_entity = coalesce(g."legalEntity", m.legal_entity), amount = coalesce(g.amount, m.amount), currency = coalesce(g.currency, m.currency)
         from given g join message o on o.id = g.id where m.id = g.id and m.epoch = g.epoch and m.state in ('claimed','in_flight','in_doubt') returning m.id, o.state as was),
       told as (
         insert into message_history (message_id, from_state, to_state, stage, reason) select g.id, v.was, g.state, g.stage, g.reason from given g join moved v on v.id = g.id),
       kept as (
         insert into message_body (message_id, stage, body, hash) select b.id, b.stage, b.body, b.hash from unnest($2::text[], $3::text[], $4::text[], $5::bytea[]) as b(id, stage, body, hash) join moved v on v.id = b.id),
       called as (
         update attempt a set ended_at = now(), outcome = c.outcome, code = c.code, detail = c.detail, vendor_words = c."vendorWords", http_status = c."httpStatus", exchanges = a.exchanges || coalesce(c.exchanges, '[]')
         from jsonb_to_recordset($6::jsonb) as c("attemptId" text, message text, outcome text, code text, detail text, "vendorWords" text, "httpStatus" int, exchanges jsonb) join moved v on v.id = c.message where a.id = c."attemptId"),
       booked as (
         update posting p set state = 'posted', document_id = b.document, document_number = b.number, receipt = b.receipt, settled_at = now(), quiet_until = null
         from jsonb_to_recordset($7::jsonb) as b(id text, message text, document text, number text, receipt jsonb) join moved v on v.id = b.message where p.id = b.id and p.message_id = b.message)
       select id from moved`,
      [
        JSON.stringify(messages),
        bodies.map((body) => body.message),
        bodies.map((body) => body.stage),
        bodies.map((body) => body.text),
        bodies.map((body) => body.hash),
        JSON.stringify(calls),
        JSON.stringify(posted),
      ],
    );
    const ids = new Set(moved.map((row) => row.id));
    return ended.filter(({ journey }) => ids.has(journey.row.id));
  }

  /** What the books say of calls that did not end in a posting: definitely not there, or still unknown. */
  private async movePostings(tx: Tx, ended: readonly Ended[]): Promise<void> {
    const rejected = ended.filter(({ ending }) => isDefinite(ending)).map(({ journey }) => journey.row.id);
    if (rejected.length > 0) this.ring(tx, await ownWaitersGo(tx, await this.reject(tx, rejected, false)));
    // A call that did not leave says nothing of an earlier one under the same key.
    const notDone = ended.filter(({ ending }) => ending.to === 'ready' && !ending.doubt).map(({ journey }) => journey.row.id);
    if (notDone.length > 0) this.ring(tx, await ownWaitersGo(tx, await this.reject(tx, notDone, true)));
    const doubtful = ended.flatMap(({ journey: { row }, ending }) => {
      if (ending.to === 'in_doubt') return [{ id: row.id, ms: Math.ceil(ending.quietMs), again: false }];
      return ending.to === 'ready' && ending.doubt === 'same-key' ? [{ id: row.id, ms: 0, again: true }] : [];
    });
    if (doubtful.length > 0)
      await tx.query(
        `update posting p set state = 'in_doubt', quiet_until = now() + g.ms * interval '1 millisecond', doubtful = doubtful or g.again
         from unnest($1::text[], $2::bigint[], $3::boolean[]) as g(id, ms, again) where p.message_id = g.id and p.state in ('in_flight','in_doubt')`,
        [doubtful.map(({ id }) => id), doubtful.map(({ ms }) => ms), doubtful.map(({ again }) => again)],
      );
  }

  /** Returns the keys that are free again. A waiter that is missed here is found by the sweeper. */
  private async reject(tx: Tx, messageIds: readonly string[], keepDoubt: boolean): Promise<string[]> {
    const rows = await tx.query<{ external_key: string; state: string }>(
      `update posting set state = case when doubtful and $2 then 'in_doubt' else 'rejected' end, doubtful = doubtful and $2
       where message_id = any($1) and state in ('in_flight','in_doubt') returning external_key, state`,
      [messageIds, keepDoubt],
    );
    return rows.filter(({ state }) => state === 'rejected').map((row) => row.external_key);
  }

  /** A message comes out of an exception by a replay alone, so others have none to close. What closes it is named: the run and the attempt. */
  private async closeExceptions(tx: Tx, ended: readonly Ended[]): Promise<void> {
    const closing = ended.flatMap(({ journey, ending }) => closingOf(journey.row, ending) ?? []);
    if (closing.length === 0) return;
    await tx.query(
      `update exception e set state = 'resolved', closed_at = now(), closed_by = 'Waybill', closed_run = g.run, closed_attempt = g.attempt, resolution = g.words, snoozed_until = null, changed_at = now()
       from jsonb_to_recordset($1::jsonb) as g(message text, run text, attempt int, words text) where e.message_id = g.message and e.state <> 'resolved'`,
      [JSON.stringify(closing)],
    );
  }

  /** The hub's transaction: a version where the content changed, a message for each subscriber. */
  private async intoHub(tx: Tx, ended: readonly Ended[]): Promise<void> {
    const arrived = ended.filter(({ ending }) => ending.to === 'posted' && ending.hub).map(({ journey }) => journey);
    if (arrived.length === 0) return;
    const kept = await this.canon.keep(
      tx,
      arrived.map((journey) => ({
        type: canonicalType(journey),
        content: journey.output!,
        text: journey.outputText!,
        messageId: journey.row.id,
        synthetic: journey.row.syntheticRun !== null,
      })),
    );
    const drafts = arrived.flatMap((journey, index) => outbound(originOf(journey), journey.subscribers ?? [], kept[index]!));
    const lanes = await this.messages.insert(tx, drafts);
    this.ring(tx, lanes);
  }

  private ringAgain(tx: Tx, ended: readonly Ended[]): void {
    const waits = new Map<string, { lane: Rung; ms: number }>();
    for (const { journey, ending } of ended) {
      const ms = ending.to === 'ready' ? ending.afterMs : ending.to === 'in_doubt' ? ending.quietMs : undefined;
      if (ms === undefined) continue;
      const { flow, lane } = journey.row;
      const earliest = Math.min(ms, waits.get(`${flow} ${lane}`)?.ms ?? ms);
      waits.set(`${flow} ${lane}`, { lane: { flow, lane }, ms: earliest });
    }
    tx.afterCommit(() => waits.forEach(({ lane, ms }) => this.bell.ring({ bell: 'lane', ...lane }, ms)));
  }

  private ring(tx: Tx, lanes: readonly Rung[]): void {
    const once = new Map(lanes.map((lane) => [`${lane.flow} ${lane.lane}`, lane]));
    tx.afterCommit(() => once.forEach(({ flow, lane }) => this.bell.ring({ bell: 'lane', flow, lane })));
  }

  /** One audit entry a batch: a root over what was posted where (decision D9 of the guarantees). */
  private async sealBatch(tx: Tx, ended: readonly Ended[]): Promise<void> {
    const posted = ended.flatMap(({ journey, ending, call }) => {
      const booking = bookingOf(ending);
      return booking ? [[journey.row.id, call?.attemptId ?? '', booking.receipt.documentId]] : [];
    });
    if (posted.length === 0) return;
    const root = hashFields(posted.flat()).toString('hex');
    const flow = ended[0]!.journey.row.flow;
    await this.audit.record(tx, engineActor, {
      action: 'pipeline.posted',
      object: { kind: 'flow', id: flow },
      summary: `${posted.length} document${posted.length === 1 ? '' : 's'} of ${flow} posted`,
      after: { root, documents: posted.map(([message, , document]) => ({ message, document })) },
    });
  }
}

const keysOf = (ended: readonly Ended[]): string[] =>
  ended.flatMap(({ ending }) => bookingOf(ending)?.key ?? (ending.to === 'waiting' ? [ending.dependsOn] : []));

/** Exceptions of messages that may be in the target: the doubt stays until a person says so by a replay. */
const staysInDoubt = ['TARGET_UNCLEAR', 'POISON'];

/** Definitely not in the target: the identity may be taken over. What could not be found out stays in doubt. */
const isDefinite = (ending: Ending): boolean =>
  (ending.to === 'ready' && ending.doubt === 'absent') || (ending.to === 'exception' && !staysInDoubt.includes(ending.facts.code));
