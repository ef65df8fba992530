import { Inject, Injectable } from '@nestjs/common';
import { AuditStore, requestApproval, useApprovals, voidApprovals, type Maker } from '../../governance/index.js';
import { Database, real, within, type Row, type Sql, type Tx } from '../../platform/database/index.js';
import { decodeCursor, page, type Actor, type Caller } from '../../platform/http/index.js';
import { contentHash } from '../../platform/json/index.js';
import { Problem } from '../../platform/problems/index.js';
import { isInbound, type FlowDefinition } from './definition.js';
import { identityDiffers } from './likeness.js';
import { mayMove, underWayStates, type ReleaseState } from './release-life.js';
import { eventOf, ReleaseLife, type LockedFlow, type Move } from './release-life.store.js';
import { ReleaseStore } from './releases.store.js';
import { usualStopRule, type Judged, type StopRule } from './stop-rule.js';

interface Who {
  caller: Caller;
  actor: Actor;
}

export interface ShareInput {
  percent?: number | undefined;
  entities?: string[] | undefined;
  stop?: StopRule | undefined;
}

/** A release's row, and its flow under the lock. */
interface Locked {
  flow: LockedFlow;
  id: string;
  version: number;
  state: ReleaseState;
  definition: FlowDefinition;
  row: Row;
}

/** Messages of a flow that a release's are counted among, the newest: what a page shows must not cost more with every year. */
export const countedMax = 10_000;

/** The way of a release from draft to live and back. Every act is one transaction: the flow's row first, the move, the event, the audit entry. */
@Injectable()
export class CandidateStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(ReleaseLife) private readonly life: ReleaseLife,
  ) {}

  async list(flow: string, query: { limit?: number | undefined; cursor?: string | undefined }, caller: Caller) {
    await this.releases.flow(flow);
    const limit = query.limit ?? 50;
    const [before] = decodeCursor(query.cursor, ['count']) ?? [];
    const rows = await this.db.query<Row>(
      `select ${columns} from release r join flow f on f.name = r.flow where r.flow = $1 and ($2::bigint is null or r.version < $2::bigint) order by r.version desc limit $3`,
      [flow, before ?? null, limit + 1],
    );
    const { items, next } = page(rows, limit, (row) => [String(row['version'])]);
    const counted = await this.counted(flow, caller);
    return { items: items.map((row) => summaryOf(row, counted)), next };
  }

  events(flow: string, query: { limit?: number | undefined; cursor?: string | undefined }) {
    return this.life.history(flow, query);
  }

  async find(id: string, caller: Caller) {
    const row = await this.row(this.db, id);
    const flow = await this.releases.flow(row['flow'] as string);
    const [own, live] = [await this.releases.release(id), await this.releases.release(flow.releaseId)];
    const counted = await this.counted(flow.name, caller);
    const [approval] = await this.db.query<Row>("select id, state, decided_at, decided_by, reason from approval where kind = 'release' and subject = $1 order by requested_at desc, id desc limit 1", [id]); // prettier-ignore
    const events = await this.db.query<Row>('select e.*, r.version from release_event e join release r on r.id = e.release_id where e.release_id = $1 order by e.seq desc limit 100', [id]); // prettier-ignore
    return {
      ...summaryOf(row, counted),
      approver: flow.approver,
      approval: approval
        ? {
            id: approval['id'] as string,
            state: approval['state'] as string,
            decidedAt: iso(approval['decided_at']),
            decidedBy: approval['decided_by'] as string | null,
            reason: approval['reason'] as string | null,
          }
        : null,
      evidence: row['evidence'] ?? null,
      content: { id, version: own.version, yaml: row['yaml'] as string, mapping: mappingOf(own) },
      live: { id: live.id, version: live.version, yaml: flow.yaml, mapping: mappingOf(live), counted: counted.get(live.id) ?? noCount },
      mayShare: mayShare(live.definition, own.definition),
      history: events.reverse().map(eventOf),
    };
  }

  /**
   * Asks for the approval, or takes it as given where the flow names nobody. What is submitted is exactly what was shown. `evidence`: what the asker saw
   * of a comparison; the approver may see fewer of the documents.
   */
  async submit(id: string, { hash, reason, evidence }: { hash: string; reason: string; evidence: unknown }, who: Who) {
    await this.act(id, 'submitted', async (tx, release) => {
      if (release.row['hash'] !== hash)
        throw new Problem('RELEASE_CHANGED', `Version ${release.version} of the flow ${release.flow.name} is not the one that was shown.`, { path: '/contentHash' }); // prettier-ignore
      await this.unchanged(tx, release);
      const { approver } = release.flow;
      await tx.query('update release set submitted_at = now(), submitted_by = $2, reason = $3, evidence = $4 where id = $1', [
        id,
        who.actor.name,
        reason,
        JSON.stringify(evidence ?? null),
      ]);
      if (approver === null) {
        await tx.query('update release set approved_at = now() where id = $1', [id]);
        return this.move(tx, release, { to: 'approved', reason, did: 'submitted (no approval is needed)' }, who.actor);
      }
      const { flow, version } = release;
      await requestApproval(tx, {
        kind: 'release',
        subject: id,
        messageId: null,
        role: approver,
        rule: `flow ${flow.name}`,
        summary: `version ${version} of the flow ${flow.name}`,
        hash: submissionHash(release, reason),
        content: JSON.stringify({
          release: id,
          flow: flow.name,
          version,
          against: flow.releaseId,
          contentHash: hash,
          reason,
          evidence: evidence ?? null,
        }),
        legalEntities: [],
        makers: await this.makers(tx, release, who.caller),
      });
      return this.move(tx, release, { to: 'submitted', reason, did: 'submitted', details: { approver } }, who.actor);
    });
    return this.find(id, who.caller);
  }

  /** Before the approval is decided: whatever moves a release takes the lock of the flow first. */
  async lockFlowOf(tx: Tx, id: string): Promise<void> {
    const [row] = await tx.query<{ flow: string }>('select flow from release where id = $1', [id]);
    if (row) await this.life.lockFlow(tx, row.flow);
  }

  /** Approved, in the transaction of the decision: the approval is used here, against the release as it stands. */
  async approved(tx: Tx, id: string, actor: Actor): Promise<void> {
    const release = await this.locked(tx, id, 'approved', ['submitted']);
    await this.unchanged(tx, release);
    const hash = submissionHash(release, release.row['reason'] as string);
    const { missing } = await useApprovals(tx, 'release', [{ subject: id, hash }]);
    if (missing.size > 0) throw new Problem('APPROVAL_CHANGED', 'The release is not the one that was submitted.');
    await tx.query('update release set approved_at = now(), approved_by = $2 where id = $1', [id, actor.name]);
    await this.move(tx, release, { to: 'approved', did: 'approved' }, actor);
  }

  async rejected(tx: Tx, id: string, reason: string | undefined, actor: Actor): Promise<void> {
    const release = await this.locked(tx, id, 'rejected');
    await this.move(tx, release, { to: 'rejected', reason, did: 'rejected' }, actor);
  }

  async withdraw(id: string, reason: string, who: Who) {
    await this.act(id, 'withdrawn', async (tx, release) => {
      await voidApprovals(tx, 'release', [id], `${who.actor.name} withdrew the release`);
      await this.move(tx, release, { to: 'withdrawn', reason, did: 'withdrew' }, who.actor);
    });
    return this.find(id, who.caller);
  }

  async shadow(id: string, reason: string, who: Who) {
    await this.act(id, 'shadow', async (tx, release) => {
      await this.alone(tx, release);
      await this.mayGoOn(tx, release);
      await tx.query('update release set under_way_since = now(), share_percent = null, share_entities = null where id = $1', [id]);
      await this.move(tx, release, { to: 'shadow', reason, did: 'put in the shadow' }, who.actor);
    });
    return this.find(id, who.caller);
  }

  /** A part of new messages; messages that are there keep the release they came in under. */
  async share(id: string, input: ShareInput, reason: string, who: Who) {
    const { percent = null, entities = null } = input;
    const stop = input.stop ?? usualStopRule;
    await this.act(id, 'share', async (tx, release) => {
      if ((percent === null) === (entities === null))
        throw new Problem('REQUEST_INVALID', 'A share is given either by percent or by legal entities.', { path: '/percent' });
      const again = release.state === 'share';
      await this.alone(tx, release);
      await this.mayGoOn(tx, release);
      const may = mayShare((await this.releases.release(release.flow.releaseId)).definition, release.definition);
      if (!(percent === null ? may.entities : may.percent)) throw new Problem('RELEASE_SHARE', may.why!);
      await tx.query(
        'update release set under_way_since = case when $6 then under_way_since else now() end, share_percent = $2, share_entities = $3, stop_points = $4, stop_minimum = $5 where id = $1',
        [id, percent, entities, stop.points, stop.minimum, again],
      );
      const part = percent === null ? `the legal entities ${entities!.join(', ')}` : `${percent} %`;
      await this.move(tx, release, { to: 'share', reason, did: `gave ${part} of new messages to`, details: { percent, entities, stop } }, who.actor); // prettier-ignore
    });
    return this.find(id, who.caller);
  }

  async makeLive(id: string, reason: string, who: Who) {
    await this.act(id, 'live', async (tx, release) => {
      await this.mayGoOn(tx, release);
      await this.goLive(tx, release, { former: 'superseded', reason, did: 'made live' }, who.actor);
    });
    return this.find(id, who.caller);
  }

  async stop(id: string, reason: string, who: Who) {
    await this.db.transaction(async (tx) => {
      const release = await this.locked(tx, id, undefined, underWayStates);
      await this.move(tx, release, { to: release.state === 'share' ? 'stopped' : 'approved', reason, did: 'stopped' }, who.actor);
    });
    return this.find(id, who.caller);
  }

  /** Taken back by itself. False: somebody was quicker. */
  async stopByItself(id: string, why: string, judged: { candidate: Judged; live: Judged }, actor: Actor): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      await this.lockFlowOf(tx, id);
      if ((await this.row(tx, id))['state'] !== 'share') return false;
      const release = await this.locked(tx, id, 'stopped');
      await this.move(tx, release, { to: 'stopped', reason: why, did: 'took back the share of', details: judged }, actor);
      return true;
    });
  }

  /** An earlier live release again. It was approved, or needed no approval, when it went live: whoever undoes a change waits for nobody. */
  async rollBack(flow: string, version: number, reason: string, who: Who) {
    const id = await this.db.transaction(async (tx) => {
      const [known] = await tx.query<{ id: string }>('select id from release where flow = $1 and version = $2', [flow, version]);
      if (!known) throw new Problem('NOT_FOUND', `The flow ${flow} has no version ${version}.`, { path: '/version' });
      const release = await this.locked(tx, known.id, undefined);
      if (release.flow.releaseId === release.id) throw new Problem('RELEASE_STATE', `Version ${version} of the flow ${flow} is the live one.`, { path: '/version' }); // prettier-ignore
      if (release.row['live_since'] === null)
        throw new Problem('RELEASE_NEVER_LIVE', `Version ${version} of the flow ${flow} was never live.`, { path: '/version' });
      await this.releases.checked(flow, release.row['yaml'] as string, tx);
      await this.goLive(tx, release, { former: 'rolled-back', reason, did: 'rolled back to' }, who.actor);
      return known.id;
    });
    return this.find(id, who.caller);
  }

  /** Releases that were approved by nobody, or by another role, are drafts again: what is needed from now on is needed of them too. */
  async govern(name: string, approver: string | null, reason: string, who: Who) {
    await this.db.transaction(async (tx) => {
      const flow = await this.life.lockFlow(tx, name);
      if (!flow) throw new Problem('NOT_FOUND', `There is no flow ${name}.`);
      if (flow.approver === approver) return;
      const rows = await tx.query<Row>("select * from release where flow = $1 and state in ('submitted','approved','shadow','stopped','share') for update", [name]); // prettier-ignore
      const shared = rows.find((row) => row['state'] === 'share');
      if (shared)
        throw new Problem('RELEASE_STATE', `Version ${shared['version'] as number} of the flow ${name} takes a share of new messages.`, { remedy: 'Stop it or make it live first.' }); // prettier-ignore
      await tx.query('update flow set approver = $2, updated_at = now() where name = $1', [name, approver]);
      const words = 'who approves releases of the flow has changed';
      for (const row of rows)
        await this.life.move(tx, { id: row['id'] as string, flow: name, from: row['state'] as ReleaseState, to: 'draft', reason: words }, who.actor); // prettier-ignore
      await tx.query("update release set approved_at = null, approved_by = null where flow = $1 and state = 'draft'", [name]);
      await voidApprovals(tx, 'release', rows.map((row) => row['id'] as string), words); // prettier-ignore
      await this.audit.record(tx, who.actor, {
        action: 'flow.governed',
        object: { kind: 'flow', id: name },
        summary: `${who.actor.name} decided that releases of the flow ${name} ${approver === null ? 'need no approval' : `need an approval by ${approver}`}`,
        reason,
        before: { approver: flow.approver },
        after: { approver },
      });
    });
    return { flow: name, approver };
  }

  private async goLive(
    tx: Tx,
    release: Locked,
    { former, reason, did }: { former: 'superseded' | 'rolled-back'; reason: string; did: string },
    actor: Actor,
  ): Promise<void> {
    await this.life.giveWay(tx, release.flow, release, { former, reason }, actor);
    await this.move(tx, release, { to: 'live', reason, did, details: { before: release.flow.releaseId } }, actor);
    const { id, definition } = release;
    await this.life.takeEffect(tx, {
      id,
      definition,
      mapping: { name: release.row['mapping_name'] as string, version: release.row['mapping_version'] as number },
    });
  }

  private act(id: string, to: ReleaseState, work: (tx: Tx, release: Locked) => Promise<void>): Promise<void> {
    return this.db.transaction(async (tx) => work(tx, await this.locked(tx, id, to)));
  }

  private async move(tx: Tx, release: Locked, { did, ...move }: Pick<Move, 'to' | 'reason' | 'details'> & { did: string }, actor: Actor) {
    const { id, flow, version, state } = release;
    await this.life.move(tx, { id, flow: flow.name, from: state, ...move }, actor);
    await this.audit.record(tx, actor, {
      action: `flow.release-${move.to}`,
      object: { kind: 'flow', id: flow.name },
      summary: `${actor.name} ${did} version ${version} of the flow ${flow.name}`,
      reason: move.reason ?? undefined,
      before: { state },
      after: { release: id, version, state: move.to, hash: release.row['hash'], ...move.details },
    });
  }

  /** The flow first, as everything that moves a release does; then the release. `to`: refused where the table of moves has no such move. */
  private async locked(tx: Tx, id: string, to: ReleaseState | undefined, from?: readonly ReleaseState[]): Promise<Locked> {
    const known = await this.row(tx, id);
    const flow = (await this.life.lockFlow(tx, known['flow'] as string))!;
    const row = await this.row(tx, id, 'for update of r');
    const [state, version] = [row['state'] as ReleaseState, row['version'] as number];
    const fits =
      (from === undefined || from.includes(state)) && (to === undefined || mayMove(state, to) || (to === state && to === 'share'));
    if (!fits) throw refusal(state, version, flow, to);
    return { flow, id, version, state, definition: row['definition'] as FlowDefinition, row };
  }

  private async row(sql: Sql, id: string, lock = ''): Promise<Row> {
    const [row] = await sql.query<Row>(`select ${columns}, r.yaml, r.definition, r.evidence, r.reason, r.base_release_id, r.created_by_id from release r join flow f on f.name = r.flow where r.id = $1 ${lock}`, [id]); // prettier-ignore
    if (!row) throw new Problem('NOT_FOUND', `There is no release ${id}.`);
    return row;
  }

  /** One release of a flow is under way at a time: of two nobody could say which did what. */
  private async alone(tx: Tx, { id, flow }: Locked): Promise<void> {
    const [other] = await tx.query<{ version: number; state: string }>(
      'select version, state from release where flow = $1 and id <> $2 and state = any($3)',
      [flow.name, id, underWayStates],
    );
    if (other) throw new Problem('RELEASE_UNDER_WAY', `Version ${other.version} of the flow ${flow.name} is ${stateWords[other.state as 'shadow']}.`); // prettier-ignore
  }

  /** Made on what is live, and still possible: a connection or a table may be gone since. */
  private async mayGoOn(tx: Tx, { flow, version, row }: Locked): Promise<void> {
    if (row['base_release_id'] !== flow.releaseId)
      throw new Problem('RELEASE_BEHIND', `Another release of the flow ${flow.name} went live since version ${version} was made.`);
    await this.releases.checked(flow.name, row['yaml'] as string, tx);
  }

  /** The same content makes the same hash: what it depends on has not changed since it was saved. */
  private async unchanged(tx: Tx, release: Locked): Promise<void> {
    await this.mayGoOn(tx, release);
    const { mapping } = await this.releases.release(release.id);
    if ((await this.releases.hashOf(tx, release.definition, mapping)) !== release.row['hash'])
      throw new Problem('RELEASE_CHANGED', `A schema or the columns of a table changed since version ${release.version} of the flow ${release.flow.name} was saved.`, { remedy: 'Save it again: a new draft holds what is there now.' }); // prettier-ignore
  }

  /** Who saved the flow, who wrote the mapping where it is another than the live one's, and who submits. */
  private async makers(tx: Tx, { id, flow }: Locked, caller: Caller): Promise<Maker[]> {
    const made = await tx.query<Maker>(
      `select w.id, w.name, w.did, coalesce(k.hands, array_remove(array[w.id], null)) as hands from (
       select created_by_id as id, created_by as name, format('saved version %s of the flow %s', version, flow) as did from release where id = $1
       union all select m.created_by_id, m.created_by, format('wrote version %s of the mapping %s', m.version, m.name)
         from release r join mapping_version m on m.name = r.mapping_name and m.version = r.mapping_version join release l on l.id = $2
         where r.id = $1 and (l.mapping_name, l.mapping_version) is distinct from (r.mapping_name, r.mapping_version)) w
       left join api_key k on k.id = w.id`,
      [id, flow.releaseId],
    );
    return [...made, { id: caller.id, name: caller.name, did: 'submitted the release', hands: caller.hands }];
  }

  /** By release, among the newest messages of the flow that the caller sees. */
  private async counted(flow: string, { scope }: Caller): Promise<ReadonlyMap<string, Counted>> {
    const seen = within(scope, 'm.legal_entities', 2);
    const rows = await this.db.seenBy(scope).query<Row>(
      `select m.release_id, count(*)::int as messages, count(*) filter (where ${endedSql})::int as ended, count(*) filter (where ${stoppedSql})::int as exceptions
       from (select * from message m where m.flow = $1 and ${real('m')} and ${seen.where} order by m.received_at desc, m.id desc limit ${countedMax}) m group by m.release_id`,
      [flow, ...seen.values],
    );
    return new Map(
      rows.map((row) => [
        row['release_id'] as string,
        { messages: row['messages'] as number, ended: row['ended'] as number, exceptions: row['exceptions'] as number },
      ]),
    );
  }
}

interface Counted {
  messages: number;
  ended: number;
  exceptions: number;
}
const noCount: Counted = { messages: 0, ended: 0, exceptions: 0 };

/** Of a row `m`: it stopped as an exception at least once, whatever became of it; it has come to an end, or stopped. */
export const stoppedSql = 'exists (select 1 from exception e where e.message_id = m.id)';
export const endedSql = `(m.state in ('posted','skipped','duplicate','superseded','resolved','exception') or ${stoppedSql})`;

/** Live is what the flow says, also of releases that a process of an earlier version saved. */
const columns = `r.id, r.flow, r.version, case when f.release_id = r.id then 'live' else r.state end as state, r.hash, r.mapping_name, r.mapping_version, r.note, r.created_at, r.created_by,
  r.submitted_at, r.submitted_by, r.approved_at, r.approved_by, r.under_way_since, r.share_percent, r.share_entities, r.stop_points, r.stop_minimum, r.live_since`;

const iso = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);
const mappingOf = ({ mapping: { name, version, source } }: { mapping: { name: string; version: number; source: string } }) => ({ name, version, source }); // prettier-ignore

const summaryOf = (row: Row, counted: ReadonlyMap<string, Counted>) => {
  const state = row['state'] as ReleaseState;
  const shared = row['share_percent'] !== null || row['share_entities'] !== null;
  return {
    id: row['id'] as string,
    flow: row['flow'] as string,
    version: row['version'] as number,
    state,
    contentHash: row['hash'] as string,
    mapping: { name: row['mapping_name'] as string, version: row['mapping_version'] as number },
    note: row['note'] as string | null,
    createdAt: iso(row['created_at'])!,
    createdBy: row['created_by'] as string,
    submittedAt: iso(row['submitted_at']),
    submittedBy: row['submitted_by'] as string | null,
    approvedAt: iso(row['approved_at']),
    approvedBy: row['approved_by'] as string | null,
    underWaySince: iso(row['under_way_since']),
    share: shared
      ? {
          percent: row['share_percent'] as number | null,
          entities: row['share_entities'] as string[] | null,
          stop: { points: row['stop_points'] as number, minimum: row['stop_minimum'] as number },
        }
      : null,
    liveSince: iso(row['live_since']),
    counted: counted.get(row['id'] as string) ?? noCount,
  };
};

/** Of exactly what is approved: the release, all that it depends on, what it takes the place of, and why. */
const submissionHash = ({ id, flow, row }: Locked, reason: string): string =>
  contentHash({ release: id, hash: row['hash'], against: flow.releaseId, reason }).toString('hex');

/**
 * A share is possible where both releases make the same documents of the same records, under the same keys, for the same target: else one document
 * could come under two names. By legal entity only where it is known when the message is made: a document out of the hub has one, a record
 * from outside gets it in its mapping.
 */
function mayShare(live: FlowDefinition, then: FlowDefinition): { percent: boolean; entities: boolean; why: string | null } {
  const parts = identityDiffers(live, then);
  if (parts.length > 0)
    return { percent: false, entities: false, why: `The release changes ${parts.join(', ')} of the flow ${then.flow}: a document could be known under two names, so it goes live whole.` }; // prettier-ignore
  const inbound = isInbound(then.from);
  return { percent: true, entities: !inbound, why: inbound ? `A record of the flow ${then.flow} gets its legal entity in the mapping, after its release was chosen: share it by percent.` : null }; // prettier-ignore
}

const stateWords: Record<ReleaseState, string> = {
  draft: 'a draft',
  submitted: 'waiting for its approval',
  approved: 'approved and not under way',
  shadow: 'in the shadow',
  share: 'live on a share',
  stopped: 'stopped',
  live: 'live',
  superseded: 'superseded',
  withdrawn: 'withdrawn',
  rejected: 'rejected',
  'rolled-back': 'rolled back',
};

function refusal(state: ReleaseState, version: number, flow: LockedFlow, to: ReleaseState | undefined): Problem {
  const sentence = `Version ${version} of the flow ${flow.name} is ${stateWords[state]}.`;
  const early = (state === 'draft' || state === 'submitted') && (to === 'shadow' || to === 'share' || to === 'live');
  return early ? new Problem('RELEASE_NEEDS_APPROVAL', sentence) : new Problem('RELEASE_STATE', sentence);
}
