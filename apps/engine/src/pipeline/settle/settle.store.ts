import { Inject, Injectable } from '@nestjs/common';
import { hashFields } from '@waybill/sdk';
import { CanonStore } from '../../canon/index.js';
import { AuditStore } from '../../governance/index.js';
import { Database, type Tx } from '../../platform/database/index.js';
import { failPoint } from '../../platform/failpoints/index.js';
import { engineActor } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { textHash } from '../../platform/json/index.js';
import { Doorbell } from '../../platform/queue/index.js';
import type { Ended, Ending, ExceptionFacts } from '../journey.js';
import { MessageStore, type Rung } from '../messages.store.js';
import { lockDependencies } from '../send/postings.store.js';
import { stoppedStates } from '../states.js';
import { isFinal, type MessageState, type Stage } from '../vocabulary.js';
import { canonicalType, outbound } from './outbound.js';

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
      const mine = await this.moveMessages(tx, ended);
      await this.writeBodies(tx, mine);
      await this.writeAttempts(tx, mine);
      await this.movePostings(tx, mine);
      await this.intoHub(tx, mine);
      await this.askPeople(tx, mine);
      await this.followersStop(tx, mine);
      await this.followersGo(tx, mine);
      await this.wake(tx, mine);
      await this.sealBatch(tx, mine);
      this.ringAgain(tx, mine);
    });
    await failPoint('settle.committed');
  }

  /** Moves the rows that are still ours; a row with another epoch was taken over and what we know about it is dropped. */
  private async moveMessages(tx: Tx, ended: readonly Ended[]): Promise<Ended[]> {
    const rows = ended.map(({ journey, ending, call }) => ({
      id: journey.row.id,
      epoch: journey.row.epoch,
      state: ending.to,
      stage: ending.to === 'posted' ? 'settle' : journey.stage,
      reason: reasonOf(ending),
      // Clocks give fractions of milliseconds; the statement takes none.
      due_ms: Math.ceil(ending.to === 'ready' ? ending.afterMs : ending.to === 'in_doubt' ? ending.quietMs : 0),
      final: ['posted', 'skipped', 'duplicate', 'superseded'].includes(ending.to),
      unclear: journey.row.unclear,
      failures: ending.to === 'ready' && ending.counts ? 1 : 0,
      attempts: call?.outcome === 'resting' ? -1 : 0,
      depends_on: ending.to === 'waiting' ? ending.dependsOn : null,
      within_ms: ending.to === 'waiting' ? (ending.withinMs ?? 0) : 0,
      document_number:
        'receipt' in ending
          ? (ending.receipt.documentNumber ?? ending.receipt.documentId)
          : 'documentNumber' in ending
            ? (ending.documentNumber ?? null)
            : null,
      posting_id: 'postingId' in ending ? (ending.postingId ?? null) : null,
      tables: journey.tables,
      ...(journey.facts ?? { title: null, customer: null, legalEntity: null, amount: null, currency: null }),
    }));
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
         insert into message_history (message_id, from_state, to_state, stage, reason) select g.id, v.was, g.state, g.stage, g.reason from given g join moved v on v.id = g.id)
       select id from moved`,
      [JSON.stringify(rows)],
    );
    const ids = new Set(moved.map((row) => row.id));
    return ended.filter(({ journey }) => ids.has(journey.row.id));
  }

  private async writeBodies(tx: Tx, ended: readonly Ended[]): Promise<void> {
    const bodies: { id: string; stage: Stage; text: string }[] = ended.flatMap(({ journey, ending }) => [
      ...journey.bodies.map(({ stage, text }) => ({ id: journey.row.id, stage, text })),
      ...('receipt' in ending ? [{ id: journey.row.id, stage: 'settle' as const, text: JSON.stringify(ending.receipt) }] : []),
    ]);
    if (bodies.length === 0) return;
    await tx.query(
      'insert into message_body (message_id, stage, body, hash) select id, stage, body, decode(hash, $5) from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as t(id, stage, body, hash)',
      [
        bodies.map((b) => b.id),
        bodies.map((b) => b.stage),
        bodies.map((b) => b.text),
        bodies.map((b) => textHash(b.text).toString('hex')),
        'hex',
      ],
    );
  }

  private async writeAttempts(tx: Tx, ended: readonly Ended[]): Promise<void> {
    const calls = ended.flatMap(({ call }) => (call ? [call] : []));
    if (calls.length === 0) return;
    await tx.query(
      `update attempt a set ended_at = now(), outcome = g.outcome, code = g.code, detail = g.detail, vendor_words = g."vendorWords", http_status = g."httpStatus", exchanges = a.exchanges || coalesce(g.exchanges, '[]')
       from jsonb_to_recordset($1::jsonb) as g("attemptId" text, outcome text, code text, detail text, "vendorWords" text, "httpStatus" int, exchanges jsonb) where a.id = g."attemptId"`,
      [JSON.stringify(calls)],
    );
  }

  /** What the books say of the calls: posted, definitely not there, or still unknown. */
  private async movePostings(tx: Tx, ended: readonly Ended[]): Promise<void> {
    const posted = ended.flatMap(({ journey: { row }, ending }) =>
      ending.to === 'posted' && !ending.hub
        ? [{ id: ending.postingId, message: row.id, document: ending.receipt.documentId, number: ending.receipt.documentNumber ?? null, receipt: ending.receipt }]
        : [],
    ); // prettier-ignore
    if (posted.length > 0)
      await tx.query(
        `update posting p set state = 'posted', document_id = g.document, document_number = g.number, receipt = g.receipt, settled_at = now(), quiet_until = null
         from jsonb_to_recordset($1::jsonb) as g(id text, message text, document text, number text, receipt jsonb) where p.id = g.id and p.message_id = g.message`,
        [JSON.stringify(posted)],
      );
    const rejected = ended.filter(({ ending }) => isDefinite(ending)).map(({ journey }) => journey.row.id);
    if (rejected.length > 0) await this.wakeKeys(tx, await this.reject(tx, rejected, false), true);
    // A call that did not leave says nothing of an earlier one under the same key.
    const notDone = ended.filter(({ ending }) => ending.to === 'ready' && !ending.doubt).map(({ journey }) => journey.row.id);
    if (notDone.length > 0) await this.wakeKeys(tx, await this.reject(tx, notDone, true), true);
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

  /** Stops that a person ends: an exception, or an approval bound to what was shown. */
  private async askPeople(tx: Tx, ended: readonly Ended[]): Promise<void> {
    const posted = ended.filter(({ ending }) => ending.to === 'posted').map(({ journey }) => journey.row.id);
    if (posted.length > 0)
      await tx.query(
        "update exception set state = 'resolved', closed_at = now(), closed_by = coalesce(closed_by, 'Waybill'), resolution = 'posted' where message_id = any($1) and state = 'open'",
        [posted],
      );
    for (const { journey, ending } of ended) {
      if (ending.to === 'exception') await openException(tx, journey.row.id, journey.row.flow, journey.stage, ending.facts);
      if (ending.to === 'held') await askForApproval(tx, journey.row.id, ending);
    }
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
      })),
    );
    const drafts = arrived.flatMap((journey, index) => outbound(journey, kept[index]!));
    const lanes = await this.messages.insert(tx, drafts);
    this.ring(tx, lanes);
  }

  /** An end lets the next version of the document go. */
  private async followersGo(tx: Tx, ended: readonly Ended[]): Promise<void> {
    const rows = ended.filter(({ ending }) => isFinal(ending.to)).map(({ journey }) => journey.row);
    if (rows.length === 0) return;
    const freed = await tx.query<Rung>(
      `with ended as (select distinct flow, key from unnest($1::text[], $2::text[]) as g(flow, key)),
       freed as (update message m set state = 'ready', reason = null, due_at = now(), updated_at = now() from ended e where m.flow = e.flow and m.ordering_key = e.key and m.state = 'blocked'
         and not exists (select 1 from message h where h.flow = m.flow and h.ordering_key = m.ordering_key and h.key = m.key and h.seq < m.seq and h.state in ('waiting','held','exception')) returning m.id, m.flow, m.lane),
       told as (insert into message_history (message_id, from_state, to_state, reason) select id, 'blocked', 'ready', 'the version before it has ended' from freed)
       select distinct flow, lane from freed`,
      [rows.map((row) => row.flow), rows.map((row) => row.orderingKey)],
    );
    this.ring(tx, freed);
  }

  /** A stop parks later versions of the document outside the due index; a void among them may end it all. */
  private async followersStop(tx: Tx, ended: readonly Ended[]): Promise<void> {
    const rows = ended.filter(({ ending }) => isStop(ending.to)).map(({ journey }) => journey.row);
    if (rows.length === 0) return;
    await tx.query(
      `with stopped as (select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) as g(flow, key, system, seq)),
       parked as (update message m set state = 'blocked', reason = 'an earlier version of the document has stopped', updated_at = now() from stopped s
         where m.flow = s.flow and m.key = s.key and m.source_system = s.system and m.seq > s.seq and m.state = 'ready' returning m.id)
       insert into message_history (message_id, from_state, to_state, reason) select id, 'ready', 'blocked', 'an earlier version of the document has stopped' from parked`,
      [rows.map((row) => row.flow), rows.map((row) => row.key), rows.map((row) => row.sourceSystem), rows.map((row) => row.seq)],
    );
    for (const row of rows) await this.messages.withdraw(tx, row.flow, row.sourceSystem, row.key);
  }

  /** Wakes who waits for what was posted, and whoever has just lain down beside something that is posted already. */
  private async wake(tx: Tx, ended: readonly Ended[]): Promise<void> {
    const posted = ended.flatMap(({ ending }) => (ending.to === 'posted' && !ending.hub ? [ending.key] : []));
    const awaited = ended.flatMap(({ ending }) => (ending.to === 'waiting' ? [ending.dependsOn] : []));
    const missed =
      awaited.length === 0
        ? []
        : await tx.query<{ external_key: string }>("select external_key from posting where external_key = any($1) and state = 'posted'", [awaited]); // prettier-ignore
    await this.wakeKeys(tx, [...posted, ...missed.map((row) => row.external_key)], false);
  }

  private async wakeKeys(tx: Tx, keys: readonly string[], ofItself: boolean): Promise<void> {
    if (keys.length === 0) return;
    const woken = await tx.query<Rung>(
      `with woken as (update message set state = 'ready', reason = null, due_at = now(), depends_on = null, updated_at = now() where state = 'waiting' and depends_on = any($1) and (not $3 or depends_until is null) returning id, flow, lane),
       told as (insert into message_history (message_id, from_state, to_state, reason) select id, 'waiting', 'ready', $2 from woken)
       select distinct flow, lane from woken`,
      [keys, ofItself ? 'what it waited for has ended' : 'what it waited for is posted', ofItself],
    );
    this.ring(tx, woken);
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
    const posted = ended.flatMap(({ journey, ending, call }) =>
      ending.to === 'posted' && !ending.hub ? [[journey.row.id, call?.attemptId ?? '', ending.receipt.documentId]] : [],
    );
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

const isStop = (state: MessageState): boolean => (stoppedStates as readonly string[]).includes(state);
const keysOf = (ended: readonly Ended[]): string[] =>
  ended.flatMap(({ ending }) => (ending.to === 'posted' && !ending.hub ? [ending.key] : ending.to === 'waiting' ? [ending.dependsOn] : []));

/** Exceptions of messages that may be in the target: the doubt stays until a person says so by a replay. */
const staysInDoubt = ['TARGET_UNCLEAR', 'POISON'];

/** Definitely not in the target: the identity may be taken over. What could not be found out stays in doubt. */
const isDefinite = (ending: Ending): boolean =>
  (ending.to === 'ready' && ending.doubt === 'absent') || (ending.to === 'exception' && !staysInDoubt.includes(ending.facts.code));

async function askForApproval(tx: Tx, messageId: string, { reason, approval }: Extract<Ending, { to: 'held' }>): Promise<void> {
  await tx.query(
    "update approval set state = 'void', decided_at = now(), reason = 'the document changed' where message_id = $1 and state = 'open'",
    [messageId],
  );
  await tx.query(
    'insert into approval (id, kind, message_id, role, rule, summary, content_hash, content) values ($1,$2,$3,$4,$5,$6,$7,$8)',
    [newId('apr'), 'message', messageId, approval.role, approval.rule, reason, approval.hash, approval.content],
  );
}

const reasonOf = (ending: Ending): string | null => (ending.to === 'exception' ? ending.facts.cause : (ending.reason ?? null));

export async function openException(tx: Tx, messageId: string, flow: string, stage: string, facts: ExceptionFacts): Promise<void> {
  await tx.query(
    `insert into exception (id, message_id, flow, category, code, cause, cause_key, remedy, vendor_words, path, stage, fix) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)
     on conflict (message_id) where state = 'open' do update set category = excluded.category, code = excluded.code, cause = excluded.cause, cause_key = excluded.cause_key, remedy = excluded.remedy,
       vendor_words = excluded.vendor_words, path = excluded.path, stage = excluded.stage, fix = excluded.fix`,
    [
      newId('exc'),
      messageId,
      flow,
      facts.category,
      facts.code,
      facts.cause.slice(0, 2000),
      facts.causeKey.slice(0, 200),
      facts.remedy,
      facts.vendorWords ?? null,
      facts.path ?? null,
      stage,
      JSON.stringify(facts.fix),
    ],
  );
}
