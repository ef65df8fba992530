import { Inject, Injectable } from '@nestjs/common';
import type { Effect, JsonObject } from '@waybill/sdk';
import { hashFields } from '@waybill/sdk';
import type { DocumentFacts } from '../canon/index.js';
import type { Settings } from '../config/index.js';
import { voidApprovals } from '../governance/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { newId } from '../platform/ids/index.js';
import { contentHash, textHash } from '../platform/json/index.js';
import { SETTINGS } from '../platform/tokens.js';
import type { MessageRow } from './journey.js';
import { orderingKeyOf } from './ordering-key.js';
import { finalStates, type Stage } from './vocabulary.js';

/** Lanes of a flow: how many workers may work on one flow side by side. */
export const lanesPerFlow = 8;

/** A message to be. */
export interface Draft {
  flow: string;
  releaseId: string;
  /** Without the system: the store keeps systems apart. */
  orderBy: string;
  key: string;
  revision: string;
  effect: Effect;
  sourceSystem: string;
  connection: string | null;
  stream: string | null;
  inboxId: string | null;
  canonicalId: string | null;
  canonicalVersion: number | null;
  correlationId: string | null;
  causedBy: string | null;
  runId: string | null;
  occurredAt: string;
  facts: DocumentFacts | null;
  /** What `text` says, as data. */
  content: unknown;
  text: string;
  delivery: JsonObject;
  partial: boolean;
  /** The synthetic run that it is part of; null for all that is real. */
  syntheticRun: string | null;
  /** What look-ups of the flow would say, by the name of the enrichment: of a synthetic document its source knows nothing. */
  answers?: JsonObject;
}

export interface Rung {
  flow: string;
  lane: number;
}

const finals = finalStates.map((s) => `'${s}'`).join(',');
const laneOf = (flow: string, orderingKey: string): number => hashFields([flow, orderingKey]).readUInt32BE(0) % lanesPerFlow;

/** Columns of a claimed row, in the names of `MessageRow`. */
const rowColumns = `m.id, m.seq, m.flow, m.release_id as "releaseId", m.lane, m.ordering_key as "orderingKey", m.key, m.revision, m.effect, m.state, m.stage, m.epoch, m.attempts, m.failures, m.unclear,
  m.replayed, m.source_system as "sourceSystem", m.connection, m.stream, m.canonical_id as "canonicalId", m.canonical_version as "canonicalVersion", m.correlation_id as "correlationId",
  to_char(m.occurred_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "occurredAt", encode(m.content_hash, 'hex') as "contentHash", m.run_id as "runId", m.posting_id as "postingId", m.approved_hash as "approvedHash", m.tables, m.crashes, m.synthetic_run as "syntheticRun"`;

/** What a claim looks at beside the lane. */
export interface ClaimRule {
  /** Does a stopped message hold up other documents of its ordering key? */
  blocksOrderingKey: boolean;
  suspects: boolean;
}

/** A ready row `m` of the flow `f` that nothing before it holds up; `blocks` is the parameter for `blocksOrderingKey`. */
const mayGo = (blocks: string) => `f.state <> 'paused' and (f.drain_to is null or m.seq <= f.drain_to)
  and not exists (select 1 from message h where h.flow = m.flow and h.ordering_key = m.ordering_key and h.seq < m.seq and h.state not in (${finals})
    and (h.state not in ('waiting','held','exception','blocked') or h.key = m.key or ${blocks}))`;
/** A row `m` that may be looked up. One whose worker went away keeps its lease until the sweeper has counted that. */
const doubtOver = "m.state = 'in_doubt' and m.due_at <= now() and m.lease_until is null";

@Injectable()
export class MessageStore {
  private readonly leaseSeconds: number;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(SETTINGS) settings: Pick<Settings, 'leaseSeconds'>,
  ) {
    this.leaseSeconds = settings.leaseSeconds;
  }

  /**
   * Writes messages with their record in the caller's transaction and returns the lanes to ring. A message whose document has already
   * stopped begins `blocked`; a void takes back what has not left yet.
   */
  async insert(tx: Tx, drafts: readonly Draft[]): Promise<Rung[]> {
    if (drafts.length === 0) return [];
    const rows = drafts.map((draft) => {
      const id = newId('msg');
      const orderingKey = orderingKeyOf(draft.sourceSystem, draft.orderBy);
      return {
        id,
        flow: draft.flow,
        release_id: draft.releaseId,
        lane: laneOf(draft.flow, orderingKey),
        ordering_key: orderingKey,
        key: draft.key,
        revision: draft.revision,
        content_hash: contentHash(draft.content).toString('hex'),
        effect: draft.effect,
        source_system: draft.sourceSystem,
        connection: draft.connection,
        stream: draft.stream,
        inbox_id: draft.inboxId,
        canonical_id: draft.canonicalId,
        canonical_version: draft.canonicalVersion,
        correlation_id: draft.correlationId ?? newId('cor'),
        caused_by: draft.causedBy,
        run_id: draft.runId,
        occurred_at: draft.occurredAt,
        ...(draft.facts ?? { title: null, customer: null, legalEntity: null, amount: null, currency: null }),
        text: draft.text,
        text_hash: textHash(draft.text).toString('hex'),
        delivery: JSON.stringify({ facts: draft.delivery, partial: draft.partial, ...(draft.answers ? { answers: draft.answers } : {}) }),
        synthetic_run: draft.syntheticRun,
      };
    });
    await tx.query(
      `with given as (select * from jsonb_to_recordset($1::jsonb) as g(id text, flow text, release_id text, lane smallint, ordering_key text, key text, revision text, content_hash text, effect text,
           source_system text, connection text, stream text, inbox_id text, canonical_id text, canonical_version int, correlation_id text, caused_by text, run_id text, occurred_at timestamptz,
           title text, customer text, "legalEntity" text, amount numeric, currency text, text text, text_hash text, delivery text, synthetic_run text)),
       made as (
         insert into message (id, flow, release_id, lane, ordering_key, key, revision, content_hash, effect, state, source_system, connection, stream, inbox_id, canonical_id, canonical_version,
           correlation_id, caused_by, run_id, occurred_at, title, customer, legal_entity, amount, currency, synthetic_run)
         select id, flow, release_id, lane, ordering_key, key, revision, decode(content_hash, 'hex'), effect,
           case when exists (select 1 from message h where h.flow = g.flow and h.ordering_key = g.ordering_key and h.state in ('waiting','held','exception') and h.key = g.key) then 'blocked' else 'ready' end,
           source_system, connection, stream, inbox_id, canonical_id, canonical_version, correlation_id, caused_by, run_id, occurred_at, title, customer, "legalEntity", amount, currency, synthetic_run from given g
         returning id, state),
       bodies as (
         insert into message_body (message_id, stage, body, hash) select id, 'accept', text, decode(text_hash, 'hex') from given
         union all select id, 'delivery', delivery, decode(text_hash, 'hex') from given)
       insert into message_history (message_id, from_state, to_state, reason) select id, null, state, case state when 'blocked' then 'an earlier version of the document has stopped' end from made`,
      [JSON.stringify(rows)],
    );
    for (const row of rows) if (row.effect === 'void') await this.withdraw(tx, row.flow, row.source_system, row.key);
    return rows.map(({ flow, lane }) => ({ flow, lane }));
  }

  /**
   * A void that comes before its document was posted ends both: nothing has left, so nothing needs to be reversed. Called when a void
   * arrives and when a document stops. Leaves everything alone while any part of it may be on its way.
   */
  async withdraw(tx: Tx, flow: string, sourceSystem: string, key: string): Promise<void> {
    const all = await tx.query<{ id: string; state: string; effect: string; seq: string }>(
      'select id, state, effect, seq from message where flow = $1 and key = $2 and source_system = $3 order by seq for update',
      [flow, key, sourceSystem],
    );
    const live = all.filter((m) => !(finalStates as readonly string[]).includes(m.state));
    const voidAt = live.findIndex((m) => m.effect === 'void' && ['ready', 'blocked'].includes(m.state));
    if (voidAt <= 0) return;
    const before = live.slice(0, voidAt);
    const stopped = before.filter((m) => ['waiting', 'held', 'exception', 'blocked', 'ready'].includes(m.state));
    if (stopped.length < before.length) return;
    const unsure = await tx.query("select 1 as one from posting where message_id = any($1) and state in ('in_flight','in_doubt') limit 1", [
      before.map((m) => m.id),
    ]);
    if (unsure.length > 0) return; // it stopped because nobody knows whether it arrived: a void must reverse it if it did
    // What stopped with a difference is in the books all the same, and a void must reverse it.
    const booked = await tx.query("select 1 as one from posting where message_id = any($1) and state = 'posted' limit 1", [
      before.map((m) => m.id),
    ]);
    const posted = booked.length > 0 || all.some((m) => m.state === 'posted');
    const ids = [...before, ...(posted ? [] : [live[voidAt]!])].map((m) => m.id);
    const reason = posted ? 'a later void makes it needless' : 'the document was voided before it was posted';
    await tx.query(
      `with moved as (update message m set state = 'superseded', reason = $2, settled_at = now(), updated_at = now(), lease_until = null from (select id, state from message where id = any($1)) o where m.id = o.id returning m.id, o.state as was)
       insert into message_history (message_id, from_state, to_state, reason) select id, was, 'superseded', $2 from moved`,
      [ids, reason],
    );
    await tx.query(
      "update exception set state = 'resolved', closed_at = now(), closed_by = 'Waybill', resolution = $2, changed_at = now() where message_id = any($1) and state <> 'resolved'",
      [ids, reason],
    );
    await voidApprovals(tx, 'message', ids, reason);
    await voidApprovals(tx, 'payload-edit', ids, reason);
    if (posted)
      await tx.query(
        "update message set state = 'ready', reason = null, due_at = now(), updated_at = now() where id = $1 and state = 'blocked'",
        [live[voidAt]!.id],
      );
  }

  /**
   * Claims due messages of a lane: the oldest of each ordering key only, unless that one has stopped and belongs to another document.
   * One statement; the epoch fences every later move of these rows. `suspects`: only messages whose worker ended, those that ended the fewest first, so that the
   * neighbours of one that ends its worker again and again need not wait for the last of its ends; else only others.
   */
  async claim(flow: string, lane: number, limit: number, rule: ClaimRule): Promise<MessageRow[]> {
    return this.db.query<MessageRow>(
      `with due as (
         select m.id from message m join flow f on f.name = m.flow
         where m.flow = $1 and m.lane = $2 and m.state = 'ready' and m.due_at <= now() and (m.crashes > 0) = $5 and ${mayGo('$4')}
         order by ${rule.suspects ? 'm.crashes, ' : ''}m.seq limit $3 for update of m skip locked)
       update message m set state = 'claimed', epoch = m.epoch + 1, lease_until = now() + $6 * interval '1 second', updated_at = now() from due where m.id = due.id returning ${rowColumns}`,
      [flow, lane, limit, rule.blocksOrderingKey, rule.suspects, this.leaseSeconds],
    );
  }

  /** Is there something that `claim` or `claimDoubtful` would take? A doorbell may have been rung for it while the lane was held. */
  async hasDue(flow: string, lane: number, rule: ClaimRule): Promise<boolean> {
    const rows = await this.db.query(
      `select 1 as one where exists (select 1 from message m join flow f on f.name = m.flow
           where m.flow = $1 and m.lane = $2 and m.state = 'ready' and m.due_at <= now() and (m.crashes = 0 or $4) and ${mayGo('$3')})
         or exists (select 1 from message m join flow f on f.name = m.flow and f.state <> 'paused' where m.flow = $1 and m.lane = $2 and ${doubtOver} and (m.crashes = 0 or $4))`,
      [flow, lane, rule.blocksOrderingKey, rule.suspects],
    );
    return rows.length > 0;
  }

  /** Claims messages in doubt whose quiet time is over. Their state stays; the new epoch fences a late answer of the old call. */
  claimDoubtful(flow: string, lane: number, limit: number, suspects: boolean): Promise<MessageRow[]> {
    return this.db.query<MessageRow>(
      `with due as (select m.id from message m where m.flow = $1 and m.lane = $2 and ${doubtOver} and (m.crashes > 0) = $4 order by m.due_at limit $3 for update skip locked)
       update message m set epoch = m.epoch + 1, lease_until = now() + $5 * interval '1 second' from due where m.id = due.id returning ${rowColumns}`,
      [flow, lane, limit, suspects, this.leaseSeconds],
    );
  }

  /**
   * Keeps the leases of rows that are still worked on. One that was settled has none any more and gets none again: a message in doubt whose lease ends
   * is taken for one that was being looked up, and would be looked up before its quiet time is over.
   */
  async renew(rows: readonly { id: string; epoch: number }[]): Promise<void> {
    if (rows.length === 0) return;
    await this.db.query(
      `update message m set lease_until = now() + $3 * interval '1 second' from unnest($1::text[], $2::int[]) as g(id, epoch) where m.id = g.id and m.epoch = g.epoch and m.lease_until is not null and m.state in ('claimed','in_flight','in_doubt')`,
      [rows.map((r) => r.id), rows.map((r) => r.epoch), this.leaseSeconds],
    );
  }

  /** Says on every due message of a lane why it is not taken. */
  async explain(flow: string, lane: number, reason: string): Promise<void> {
    await this.db.query(
      "update message set reason = $3, updated_at = now() where flow = $1 and lane = $2 and state = 'ready' and due_at <= now() and reason is distinct from $3",
      [flow, lane, reason],
    );
  }

  /** The newest body of each stage. */
  async bodies(ids: readonly string[]): Promise<Map<string, Partial<Record<Stage | 'delivery', string>>>> {
    const rows = await this.db.query<{ message_id: string; stage: Stage; body: string }>(
      'select distinct on (message_id, stage) message_id, stage, body from message_body where message_id = any($1) order by message_id, stage, seq desc',
      [ids],
    );
    const found = new Map<string, Partial<Record<Stage | 'delivery', string>>>();
    for (const row of rows) found.set(row.message_id, { ...found.get(row.message_id), [row.stage]: row.body });
    return found;
  }

  /** The flows that the synthetic runs of these messages go through, by run. Of real messages nothing is asked. */
  async syntheticFlows(rows: readonly MessageRow[]): Promise<Map<string, ReadonlySet<string>>> {
    const runs = [...new Set(rows.flatMap(({ syntheticRun }) => (syntheticRun === null ? [] : [syntheticRun])))];
    if (runs.length === 0) return new Map();
    const found = await this.db.query<{ run: string; flows: string[] }>(
      'select run_id as run, array_agg(distinct f) as flows from synthetic_step cross join lateral unnest(flows) f where run_id = any($1) group by run_id',
      [runs],
    );
    return new Map(found.map(({ run, flows }) => [run, new Set(flows)]));
  }

  /**
   * Versions of the same documents that came before: what `dedupe` compares with. Numbers are given before they are committed, so one that has a later number
   * and has gone its way already came before too.
   */
  async earlier(rows: readonly MessageRow[]): Promise<Map<string, { id: string; revision: string; hash: string; state: string }[]>> {
    const found = await this.db.query<{ of: string; id: string; revision: string; hash: string; state: string }>(
      `select g.id as of, m.id, m.revision, encode(m.content_hash, 'hex') as hash, m.state from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[]) as g(id, flow, system, key, seq)
       join message m on m.flow = g.flow and m.key = g.key and m.source_system = g.system and (m.seq < g.seq or m.seq > g.seq and m.state in ('posted','skipped','in_flight','in_doubt','waiting','held','exception')) order by m.seq desc`,
      [rows.map((r) => r.id), rows.map((r) => r.flow), rows.map((r) => r.sourceSystem), rows.map((r) => r.key), rows.map((r) => r.seq)],
    );
    const earlier = new Map<string, { id: string; revision: string; hash: string; state: string }[]>();
    for (const { of, ...row } of found) earlier.set(of, [...(earlier.get(of) ?? []), row]);
    return earlier;
  }
}
