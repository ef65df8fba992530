import { Inject, Injectable } from '@nestjs/common';
import { hashFields } from '@waybill/sdk';
import { CanonStore, documentFacts, effectOf } from '../../canon/index.js';
import { AuditStore } from '../../governance/index.js';
import { Database, type Tx } from '../../platform/database/index.js';
import { failPoint } from '../../platform/failpoints/index.js';
import { engineActor } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { textHash } from '../../platform/json/index.js';
import { Doorbell } from '../../platform/queue/index.js';
import type { Ended, Ending, ExceptionFacts, Journey } from '../journey.js';
import { MessageStore, type Draft, type Rung } from '../messages.store.js';
import { lockDependency } from '../send/postings.store.js';
import type { Stage } from '../vocabulary.js';

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
      const mine = await this.moveMessages(tx, ended);
      await this.writeBodies(tx, mine);
      await this.writeAttempts(tx, mine);
      for (const one of mine) await this.consequences(tx, one);
      await this.sealBatch(tx, mine);
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

  private async consequences(tx: Tx, { journey, ending }: Ended): Promise<void> {
    const { row } = journey;
    const lane: Rung = { flow: row.flow, lane: row.lane };
    switch (ending.to) {
      case 'posted':
        await tx.query(
          "update exception set state = 'resolved', closed_at = now(), closed_by = coalesce(closed_by, 'Waybill'), resolution = 'posted' where message_id = $1 and state = 'open'",
          [row.id],
        );
        if (ending.hub) await this.intoHub(tx, journey);
        else await this.posted(tx, journey, ending);
        return this.followersGo(tx, journey);
      case 'skipped':
      case 'duplicate':
      case 'superseded':
        return this.followersGo(tx, journey);
      case 'ready':
        await this.postingRejected(tx, row.id);
        return tx.afterCommit(() => this.bell.ring({ bell: 'lane', ...lane }, ending.afterMs));
      case 'in_doubt':
        await tx.query(
          "update posting set state = 'in_doubt', quiet_until = now() + $2 * interval '1 millisecond' where message_id = $1 and state in ('in_flight','in_doubt')",
          [row.id, ending.quietMs],
        );
        return tx.afterCommit(() => this.bell.ring({ bell: 'lane', ...lane }, ending.quietMs));
      case 'exception':
        // What could not be found out stays in doubt until a person says so by a replay.
        if (ending.facts.code !== 'TARGET_UNCLEAR' && ending.facts.code !== 'POISON') await this.postingRejected(tx, row.id);
        await openException(tx, row.id, row.flow, journey.stage, ending.facts);
        return this.followersStop(tx, journey);
      case 'held':
        await tx.query(
          "update approval set state = 'void', decided_at = now(), reason = 'the document changed' where message_id = $1 and state = 'open'",
          [row.id],
        );
        await tx.query(
          'insert into approval (id, kind, message_id, role, rule, summary, content_hash, content) values ($1,$2,$3,$4,$5,$6,$7,$8)',
          [
            newId('apr'),
            'message',
            row.id,
            ending.approval.role,
            ending.approval.rule,
            ending.reason,
            ending.approval.hash,
            ending.approval.content,
          ],
        );
        return this.followersStop(tx, journey);
      case 'waiting':
        await this.wakeIfMissed(tx, ending.dependsOn);
        return this.followersStop(tx, journey);
    }
  }

  private async posted(tx: Tx, { row }: Journey, ending: Extract<Ending, { hub: false }>): Promise<void> {
    const { receipt } = ending;
    const [posting] = await tx.query<{ external_key: string }>(
      "update posting set state = 'posted', document_id = $2, document_number = $3, receipt = $4, settled_at = now(), quiet_until = null where id = $1 and message_id = $5 returning external_key",
      [ending.postingId, receipt.documentId, receipt.documentNumber ?? null, JSON.stringify(receipt), row.id],
    );
    if (posting) await this.wake(tx, posting.external_key);
  }

  /** Definitely not in the target: a later try, or another message of the document, may take the identity over. */
  private async postingRejected(tx: Tx, messageId: string): Promise<void> {
    await tx.query("update posting set state = 'rejected' where message_id = $1 and state in ('in_flight','in_doubt')", [messageId]);
  }

  /** The hub's transaction: a version if the content changed, a message for each subscriber. */
  private async intoHub(tx: Tx, journey: Journey): Promise<void> {
    const { row, release } = journey;
    const content = journey.output!;
    const type = (release.definition.to as { canonical: string }).canonical;
    const kept = await this.canon.keep(tx, { type: type.split('@')[0]!, content, text: journey.outputText!, messageId: row.id });
    if (!kept.changed) return;
    const drafts = (journey.subscribers ?? []).map(({ flow, releaseId, orderBy }): Draft => ({
      flow,
      releaseId,
      orderBy,
      key: row.key,
      revision: String(kept.version).padStart(10, '0'),
      effect: effectOf(type.split('@')[0]!, content),
      sourceSystem: row.sourceSystem,
      connection: null,
      stream: null,
      inboxId: null,
      canonicalId: kept.objectId,
      canonicalVersion: kept.version,
      correlationId: row.correlationId,
      causedBy: row.id,
      runId: row.runId,
      occurredAt: row.occurredAt,
      facts: documentFacts(content),
      text: journey.outputText!,
      delivery: journey.delivery,
      partial: false,
    }));
    const lanes = await this.messages.insert(tx, drafts);
    tx.afterCommit(() => lanes.forEach((lane) => this.bell.ring({ bell: 'lane', ...lane })));
  }

  /** An end lets the next version of the document go. */
  private async followersGo(tx: Tx, { row }: Journey): Promise<void> {
    await tx.query(
      `with freed as (update message m set state = 'ready', reason = null, due_at = now(), updated_at = now() where flow = $1 and ordering_key = $2 and state = 'blocked'
         and not exists (select 1 from message h where h.flow = m.flow and h.ordering_key = m.ordering_key and h.key = m.key and h.seq < m.seq and h.state in ('waiting','held','exception')) returning id)
       insert into message_history (message_id, from_state, to_state, reason) select id, 'blocked', 'ready', 'the version before it has ended' from freed`,
      [row.flow, row.orderingKey],
    );
  }

  /** A stop parks later versions of the document outside the due index; a void among them may end it all. */
  private async followersStop(tx: Tx, { row }: Journey): Promise<void> {
    await tx.query(
      `with parked as (update message set state = 'blocked', reason = 'an earlier version of the document has stopped', updated_at = now() where flow = $1 and key = $2 and source_system = $3 and seq > $4 and state = 'ready' returning id)
       insert into message_history (message_id, from_state, to_state, reason) select id, 'ready', 'blocked', 'an earlier version of the document has stopped' from parked`,
      [row.flow, row.key, row.sourceSystem, row.seq],
    );
    await this.messages.withdraw(tx, row.flow, row.sourceSystem, row.key);
  }

  private async wake(tx: Tx, externalKey: string): Promise<void> {
    await lockDependency(tx, externalKey);
    const woken = await tx.query<{ flow: string; lane: number }>(
      `with woken as (update message set state = 'ready', reason = null, due_at = now(), depends_on = null, updated_at = now() where state = 'waiting' and depends_on = $1 returning id, flow, lane),
       told as (insert into message_history (message_id, from_state, to_state, reason) select id, 'waiting', 'ready', 'what it waited for is posted' from woken)
       select distinct flow, lane from woken`,
      [externalKey],
    );
    tx.afterCommit(() => woken.forEach((lane) => this.bell.ring({ bell: 'lane', ...lane })));
  }

  /** What it waits for may have been posted between the look and the parking. */
  private async wakeIfMissed(tx: Tx, externalKey: string): Promise<void> {
    await lockDependency(tx, externalKey);
    const [posted] = await tx.query("select 1 as one from posting where external_key = $1 and state = 'posted'", [externalKey]);
    if (posted) await this.wake(tx, externalKey);
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
