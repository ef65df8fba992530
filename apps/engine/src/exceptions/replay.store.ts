import { Inject, Injectable } from '@nestjs/common';
import { identityDiffers, ReleaseStore, TableStore } from '../catalog/index.js';
import { AuditStore, voidApprovals } from '../governance/index.js';
import { RunStore } from '../intake/index.js';
import { asClaimed, Pipeline, Preview, sumsOf } from '../pipeline/index.js';
import { Database, within, type Row, type Tx } from '../platform/database/index.js';
import type { Caller } from '../platform/http/index.js';
import { Problem } from '../platform/problems/index.js';
import { Doorbell } from '../platform/queue/index.js';
import { ActStore, type Who } from './acts.store.js';
import { selectionMax, SelectionStore, type Frozen } from './selections.store.js';

/** What to send again: messages, what is to do of one root cause, or what somebody froze. */
export interface Wanted {
  messages?: string[] | undefined;
  causeKey?: string | undefined;
  selection?: string | undefined;
  /** `kept`, the default: the release that each came in under; `live`: the one that is live in its flow now. */
  release?: 'kept' | 'live' | undefined;
}

/** How it is sent. */
export interface Sending {
  reason?: string | undefined;
  /** At most so many begin a minute, in the order in which they came; as fast as their targets take them otherwise. */
  perMinute?: number | undefined;
  /** When so many have stopped again, what has not begun is taken back. */
  stopAfter?: number | undefined;
}

const waysToName = ['messages', 'causeKey', 'selection'] as const;

/** A message that is not sent again, and why. */
interface Refused {
  messageId: string;
  reason: string;
}

const previewMax = 50;
/** States out of which a person may send a message again. */
const replayable = ['exception', 'skipped', 'resolved'];

type Verdict = 'sends' | 'posts-nothing' | 'still-fails' | 'refused';

/**
 * A replay sends stored messages again, from the enrichment on: the release they came in under or the live one, as the person says, and the tables
 * as they are now. The invoice is not made again at its source, and what is posted is not posted again: the posting's identity stands in the way, whatever a person asks.
 */
@Injectable()
export class ReplayStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(RunStore) private readonly runs: RunStore,
    @Inject(SelectionStore) private readonly selections: SelectionStore,
    @Inject(ActStore) private readonly acts: ActStore,
    @Inject(Pipeline) private readonly pipeline: Pipeline,
    @Inject(Preview) private readonly preview: Preview,
    @Inject(TableStore) private readonly tables: TableStore,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(Doorbell) private readonly bell: Doorbell,
  ) {}

  async show(wanted: Wanted, caller: Caller) {
    const rows = await this.chosen(wanted, caller);
    const tables = await this.tables.snapshot();
    const items = [];
    for (const row of rows.slice(0, previewMax)) items.push(await this.showOne(row, tables));
    const verdicts: Record<string, number> = {};
    for (const row of rows.slice(previewMax))
      count(verdicts, this.refusal(row) ? (row['state'] === 'posted' ? 'posts-nothing' : 'refused') : 'not-previewed');
    for (const item of items) count(verdicts, item.verdict);
    return { count: rows.length, amounts: sumsOf(rows), verdicts, items };
  }

  async start(wanted: Wanted, { reason, perMinute, stopAfter }: Sending, { caller, actor }: Who) {
    const rows = await this.chosen(wanted, caller);
    if (rows.length === 0) throw nothingFound(wanted);
    const able = rows.filter((row) => this.refusal(row) === undefined);
    const unable = rows.flatMap((row): Refused[] => {
      const reason = this.refusal(row);
      return reason === undefined ? [] : [{ messageId: row['id'] as string, reason }];
    });
    return this.db.seenBy(caller.scope).transaction(async (tx) => {
      const runId = await this.runs.start(tx, {
        kind: 'replay',
        note: reason ?? wanted.causeKey,
        startedBy: actor.name,
        startedById: actor.id,
      });
      if (stopAfter !== undefined) await tx.query('update run set stop_after = $2, watched = true where id = $1', [runId, stopAfter]);
      const frozen =
        wanted.selection === undefined ? undefined : await this.selections.use(tx, wanted.selection, caller, `the replay ${runId}`);
      const chosen = able.filter((row) => frozen?.gone.has(row['id'] as string) !== true);
      const moved = await tx.query<{ id: string; flow: string; lane: number; kept: string | null; run_before: string | null }>(
        `with old as (select m.id, m.state, m.release_id, m.run_id as run_before, g.release, coalesce((g.place - 1) * 60000.0 / $7::int, 0) * interval '1 millisecond' as rests from unnest($1::text[], $2::text[], $6::text[]) with ordinality as g(id, state, release, place) join message m on m.id = g.id where m.state = g.state for update of m),
         moved as (update message m set state = 'ready', stage = null, release_id = old.release, reason = 'replayed by ' || $3 || case when old.release = old.release_id then '' else ' with the live release' end, due_at = now() + old.rests, settled_at = null, failures = 0, unclear = 0, crashes = 0, replayed = true, approved_hash = null, run_id = $4, depends_on = null, depends_until = null, updated_at = now()
           from old where m.id = old.id returning m.id, m.flow, m.lane, old.run_before, old.state as was, case when old.release <> old.release_id then old.release_id end as kept),
         told as (insert into message_history (message_id, from_state, to_state, reason, by_actor) select id, was, 'ready', coalesce($5, 'replayed') || case when kept is null then '' else ' (with the live release)' end, $3 from moved)
         select id, flow, lane, kept, run_before from moved`,
        [
          chosen.map((row) => row['id']),
          chosen.map((row) => row['state']),
          actor.name,
          runId,
          reason ?? null,
          chosen.map((row) => row['uses_release']),
          perMinute ?? null,
        ],
      );
      const ids = moved.map((row) => row.id);
      const sentNow = new Set(ids);
      const left = able.map((row) => row['id'] as string).filter((id) => !sentNow.has(id));
      const refused = [...unable, ...(await this.overtaken(tx, left, frozen))];
      await voidApprovals(tx, 'payload-edit', ids, `${actor.name} sent the message again as it was`);
      const sent = await tx.query<{ id: string; message: string }>(
        "update exception set state = 'replaying', snoozed_until = null, changed_at = now() where message_id = any($1) and state in ('open','in-progress') returning id, message_id as message",
        [ids],
      );
      const exceptions = sent.map(({ id }) => id);
      await this.acts.tell(tx, exceptions, { kind: 'replayed', words: reason, run: runId }, actor);
      await this.keep(tx, runId, { ids, sent, refused, before: new Map(moved.map((row) => [row.id, row])) });
      // A doubt that nobody could end: the person who replays has looked and says that the document is not there.
      await tx.query("update posting set state = 'rejected' where message_id = any($1) and state = 'in_doubt'", [ids]);
      // A document that was resolved may be posted after all.
      await tx.query("update posting set state = 'rejected' where message_id = any($1) and state = 'waived'", [ids]);
      await this.runs.count(tx, runId, rows.length, ids.length);
      await this.audit.record(tx, actor, {
        action: 'message.replayed',
        object: { kind: 'run', id: runId },
        summary: `${actor.name} replayed ${ids.length} message${ids.length === 1 ? '' : 's'}`,
        reason,
        after: {
          messages: ids.slice(0, 1000),
          amounts: sumsOf(chosen.filter((row) => sentNow.has(row['id'] as string))),
          causeKey: wanted.causeKey ?? null,
          release: wanted.release ?? 'kept',
          ...(perMinute === undefined ? {} : { perMinute }),
          ...(stopAfter === undefined ? {} : { stopAfter }),
          ...(frozen ? { selection: wanted.selection, hash: frozen.hash } : {}),
        },
      });
      const lanes = new Map(moved.map(({ flow, lane }) => [`${flow} ${lane}`, { flow, lane }]));
      tx.afterCommit(() => lanes.forEach(({ flow, lane }) => this.bell.ring({ bell: 'lane', flow, lane })));
      return { runId, accepted: ids.length, refused };
    });
  }

  /** What moved on between the look and the act: it is not sent, and the answer and the records say so. */
  private async overtaken(tx: Tx, ids: readonly string[], frozen: Frozen | undefined): Promise<Refused[]> {
    if (ids.length === 0) return [];
    const rows = await tx.query<Row>('select m.* from message m where m.id = any($1::text[]) order by m.seq', [ids]);
    return rows.map((row) => ({
      messageId: row['id'] as string,
      reason:
        this.refusal({ ...row, gone: frozen?.gone.get(row['id'] as string) }) ??
        `somebody was faster: it is ${row['state'] as string} meanwhile`,
    }));
  }

  /** Each message that the replay was asked for, so that its outcome can be told by record. */
  private async keep(
    tx: Tx,
    runId: string,
    asked: {
      ids: readonly string[];
      sent: readonly { id: string; message: string }[];
      refused: readonly Refused[];
      /** The release that a message came in under, where it takes another one now, and the run that it was of. */
      before: ReadonlyMap<string, { kept: string | null; run_before: string | null }>;
    },
  ): Promise<void> {
    const exceptionOf = new Map(asked.sent.map(({ id, message }) => [message, id]));
    const records = [
      ...asked.ids.map((message) => ({
        message,
        exception: exceptionOf.get(message) ?? null,
        refused: null,
        kept: asked.before.get(message)?.kept ?? null,
        run: asked.before.get(message)?.run_before ?? null,
      })),
      ...asked.refused.map(({ messageId, reason }) => ({ message: messageId, exception: null, refused: reason, kept: null, run: null })),
    ];
    await tx.query(
      'insert into replay_record (run_id, message_id, exception_id, refused, release_before, run_before) select $1, message, exception, refused, kept, run from jsonb_to_recordset($2::jsonb) as g(message text, exception text, refused text, kept text, run text)',
      [runId, JSON.stringify(records)],
    );
  }

  private async showOne(row: Row, tables: Awaited<ReturnType<TableStore['snapshot']>>) {
    const refusal = this.refusal(row);
    const used = (row['tables'] as Record<string, number> | null) ?? {};
    const base = {
      messageId: row['id'] as string,
      flow: row['flow'] as string,
      title: row['title'] as string | null,
      amount: row['amount_text'] === null ? null : { amount: row['amount_text'] as string, currency: row['currency'] as string },
      versions: {
        release: row['release_version'] as number,
        kept: row['kept_version'] as number,
        mapping: { name: row['mapping_name'] as string, version: row['mapping_version'] as number },
        tables: tables
          .filter((t) => used[t.name] !== undefined)
          .map((t) => ({ name: t.name, used: used[t.name] ?? null, current: t.version })),
      },
    };
    const before = await this.lastOutput(base.messageId);
    if (refusal !== undefined)
      return {
        ...base,
        verdict: (row['state'] === 'posted' || row['state'] === 'duplicate' ? 'posts-nothing' : 'refused') as Verdict,
        reason: refusal,
        before,
        after: null,
      };
    const [posted] = await this.db.query<{ document_number: string | null }>(
      "select document_number from posting where id = $1 and state = 'posted'",
      [row['posting_id']],
    );
    if (posted)
      return {
        ...base,
        verdict: 'posts-nothing' as Verdict,
        reason: `already posted as ${posted.document_number ?? 'a document'}; nothing is posted again`,
        before,
        after: null,
      };
    const [journey] = await this.pipeline.load([asClaimed({ ...row, release_id: row['uses_release'] })], tables);
    const tried = await this.preview.try(journey!);
    if (tried.failure)
      return { ...base, verdict: 'still-fails' as Verdict, reason: tried.failure.cause, before, after: tried.output ?? null };
    if (tried.stopped) return { ...base, verdict: 'posts-nothing' as Verdict, reason: tried.stopped, before, after: tried.output ?? null };
    return {
      ...base,
      verdict: 'sends' as Verdict,
      reason: `goes to ${row['target_name'] as string} by ${byRelease(base.versions)}, with the tables as they are now`,
      before,
      after: tried.output ?? null,
    };
  }

  private async lastOutput(id: string): Promise<unknown> {
    const [body] = await this.db.query<{ body: string }>(
      "select body from message_body where message_id = $1 and stage = 'map' order by seq desc limit 1",
      [id],
    );
    return body ? JSON.parse(body.body) : null;
  }

  private refusal(row: Row): string | undefined {
    const state = row['state'] as string;
    if (row['gone'] !== undefined)
      return row['gone'] === 'replaying'
        ? 'its exception is being replayed since it was selected'
        : 'its exception ended after it was selected';
    if (row['erasure'] !== null) return 'what was personal of its customer was erased, and its payload with it';
    if (replayable.includes(state)) return (row['elsewhere'] as string | undefined) ?? undefined;
    if (state === 'posted')
      return `already posted${row['document_number'] === null ? '' : ` as ${row['document_number'] as string}`}; nothing is posted again`;
    if (state === 'duplicate') return 'a duplicate of a document that is posted; nothing is posted again';
    if (state === 'superseded') return 'a later version of the document took its place';
    return `it is ${state.replace('_', ' ')}, so it goes on by itself`;
  }

  private async chosen(wanted: Wanted, caller: Caller): Promise<Row[]> {
    const named = waysToName.filter((way) => wanted[way] !== undefined && wanted[way].length > 0);
    if (named.length === 0) throw new Problem('REPLAY_EMPTY', 'Neither messages nor a causeKey nor a selection was given.');
    if (named.length > 1)
      throw new Problem('REQUEST_INVALID', `A replay is of one of them: ${named.join(' or ')}.`, {
        path: `/${named[1]!}`,
        remedy: 'Give messages, a causeKey or a selection alone.',
      });
    const db = this.db.seenBy(caller.scope);
    const { selection } = wanted;
    const frozen = selection === undefined ? undefined : await db.transaction((tx) => this.selections.peek(tx, selection, caller));
    const seen = within(caller.scope, 'm.legal_entities', 4);
    const rows = await db.query<Row>(
      `select m.*, m.amount::text as amount_text, r.id as uses_release, r.version as release_version, k.version as kept_version, r.mapping_name, r.mapping_version, coalesce(r.definition->'to'->>'connection', r.definition->'to'->>'canonical') as target_name
       from message m join release k on k.id = m.release_id left join flow f on f.name = m.flow join release r on r.id = case when $6 then coalesce(f.release_id, m.release_id) else m.release_id end where (m.id = any($1::text[]) or ($2::text is not null and m.id in (
         select message_id from exception where state in ('open','in-progress') and cause_key = $2 and (snoozed_until is null or snoozed_until <= now())))) and ${seen.where} order by m.seq limit $3`,
      [
        [...(wanted.messages ?? []), ...(frozen?.messages ?? [])],
        wanted.causeKey ?? null,
        selectionMax + 1,
        ...seen.values,
        wanted.release === 'live',
      ],
    );
    if (rows.length > selectionMax)
      throw new Problem('SELECTION_TOO_LARGE', `More than ${selectionMax} messages would be replayed at once.`, {
        path: '/causeKey',
        remedy: 'Make selections by a narrower filter, and replay one after the other.',
      });
    const found = new Set(rows.map((row) => row['id'] as string));
    const missing = (wanted.messages ?? []).find((id) => !found.has(id));
    if (missing !== undefined) throw new Problem('NOT_FOUND', `There is no message ${missing}.`, { path: '/messages' });
    return this.withElsewhere(rows.map((row) => ({ ...row, gone: frozen?.gone.get(row['id'] as string) })));
  }

  /** Where the live release would know a document by another key, or send it elsewhere, it does not take a message over. */
  private async withElsewhere(rows: readonly Row[]): Promise<Row[]> {
    const why = new Map<string, string | undefined>();
    for (const row of rows) {
      const [kept, uses] = [row['release_id'] as string, row['uses_release'] as string];
      if (kept === uses || why.has(`${kept} ${uses}`)) continue;
      const parts = identityDiffers((await this.releases.release(kept)).definition, (await this.releases.release(uses)).definition);
      why.set(
        `${kept} ${uses}`,
        parts.length > 0 ? `the live release has another ${parts.join(', ')} of the flow: it would be another document` : undefined,
      );
    }
    return rows.map((row) => ({ ...row, elsewhere: why.get(`${row['release_id'] as string} ${row['uses_release'] as string}`) }));
  }
}

const nothingFound = ({ causeKey, selection }: Wanted): Problem =>
  new Problem(
    'REPLAY_EMPTY',
    causeKey ? `Nothing of the root cause ${JSON.stringify(causeKey)} is to do.` : `Nothing of the selection ${selection} is there.`,
    {
      path: causeKey ? '/causeKey' : '/selection',
      remedy: 'Look at the exceptions again; what has ended, is being replayed or is put off is not replayed by its root cause.',
    },
  );
const byRelease = ({ release, kept }: { release: number; kept: number }): string =>
  release === kept
    ? `version ${kept} of the flow, which it came in under`
    : `the live version ${release} of the flow (it came in under ${kept})`;
const count = (into: Record<string, number>, name: string): void => void (into[name] = (into[name] ?? 0) + 1);
