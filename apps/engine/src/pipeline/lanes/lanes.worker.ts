import { Inject, Injectable } from '@nestjs/common';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectionCalls, isHub, priorityOf, ReleaseStore, type CallTerms, type FlowDefinition } from '../../catalog/index.js';
import type { Settings } from '../../config/index.js';
import { failPoint } from '../../platform/failpoints/index.js';
import { isProblem } from '../../platform/problems/index.js';
import { Doorbell } from '../../platform/queue/index.js';
import type { Logger } from '../../platform/telemetry/index.js';
import { LOGGER, SETTINGS } from '../../platform/tokens.js';
import type { MessageRow } from '../journey.js';
import { MessageStore } from '../messages.store.js';
import { Pipeline } from '../pipeline.store.js';
import { FencedError } from '../send/postings.store.js';
import { AbandonedStore, type HeldRows } from './abandoned.store.js';
import { LaneStore, type Rung } from './lanes.store.js';
import { Lease } from './lease.js';
import { isPoison } from './poison.js';
import { together } from './together.js';
import { Visitors } from './visitors.js';

const hubBatch = 200;
const targetBatchMax = 200;
/** A flow's target and priority are read anew after so long; what a message does is in its release. */
const flowKnownMs = 1_000;
/** A visit ends after so much, and the lane goes behind the others; so every lane has its turn, and none waits longer than the others' turns. */
const visitBatches = 5;
const visitMs = 2_000;
/** A rest may end early, by a probe or a person; the lane looks again after this. */
const restMsMax = 30_000;

/** One lane while a worker has it. */
interface Visit {
  flow: string;
  lane: number;
  /** Of the lease. */
  epoch: string;
  /** Undefined: the hub. */
  target: string | undefined;
  blocksOrderingKey: boolean;
  terms: CallTerms & { isOver: () => boolean };
  /** May it take messages whose worker ended? */
  suspects: boolean;
  /** Were there messages in doubt to be looked up? Those whose quiet time ends during the visit are the next one's. */
  doubts: boolean;
  /** Its turn is a short one: a flow of higher priority has work for the same target. */
  yields: boolean;
  /** Somebody in this process had work for the lane since it was looked at last. */
  called: boolean;
  /** What it has now, for renewals and for a sudden end. */
  batch: HeldRows;
}

/** Answers a doorbell: leases the lane, works a while or until nothing is due, looks once more, and leaves. */
@Injectable()
export class LaneWorker {
  private readonly drain = new AbortController();
  private readonly busy = new Set<Promise<void>>();
  private readonly visits = new Set<Visit>();
  private readonly visitors: Visitors<Rung>;
  private readonly known = new Map<string, { until: number; definition: Promise<FlowDefinition> }>();
  /** Lanes whose bell was put off, and until when. */
  private readonly comingBack = new Map<string, number>();
  private readonly leaseMs: number;

  constructor(
    @Inject(LaneStore) private readonly lanes: LaneStore,
    @Inject(MessageStore) private readonly messages: MessageStore,
    @Inject(AbandonedStore) private readonly abandoned: AbandonedStore,
    @Inject(Pipeline) private readonly pipeline: Pipeline,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(ConnectionCalls) private readonly calls: ConnectionCalls,
    @Inject(Doorbell) private readonly bell: Doorbell,
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(SETTINGS) settings: Pick<Settings, 'leaseSeconds' | 'workers'>,
  ) {
    this.leaseMs = settings.leaseSeconds * 1_000;
    this.visitors = new Visitors(settings.workers, together);
  }

  async work(rung: Rung): Promise<void> {
    if (this.drain.signal.aborted) return;
    const { flow, lane } = rung;
    const work = this.answer(rung).catch((error: unknown) => {
      if (isPassing(error)) this.log.warn({ event: 'lane-interrupted', flow, lane, error: (error as Error).message });
      else this.log.error({ event: 'lane-failed', flow, lane, error: String((error as Error)?.stack ?? error) });
    });
    this.busy.add(work);
    await work.finally(() => this.busy.delete(work));
  }

  /**
   * A lane that is visited here needs no bell: its visitor looks once more when it leaves. A bell with an epoch is the visitor's own, and one for
   * a lane that stands in a row calls somebody to the row, whoever is first in it then. Called in the turn in which the bell would be rung, after
   * the commit of what it is rung for.
   */
  attends(rung: Rung): boolean {
    if (rung.epoch !== undefined || this.drain.signal.aborted || this.visitors.awaits(keyOf(rung))) return false;
    const visit = [...this.visits].find(({ flow, lane }) => flow === rung.flow && lane === rung.lane);
    if (visit) visit.called = true;
    return visit !== undefined;
  }

  /** No new claims; waits for what is under way, and gives up the rest. */
  async stop(withinMs: number): Promise<void> {
    this.drain.abort();
    await Promise.race([Promise.allSettled(this.busy), new Promise((done) => setTimeout(done, withinMs).unref())]);
    const rows = [...this.visits].flatMap((visit) => visit.batch);
    await this.abandoned.byWorker(rows, { crashed: false, why: 'its worker was stopped', afterMs: 0 });
  }

  private async answer(rung: Rung): Promise<void> {
    const definition = await this.definition(rung.flow);
    const target = isHub(definition.to) ? undefined : definition.to.connection;
    if (target === undefined) return this.visitLeased(rung, definition, target);
    const first = this.visitors.enter(target, keyOf(rung), rung);
    if (!first) return;
    try {
      const of = first === rung ? definition : await this.definition(first.flow);
      const awayMs = await this.calls.awayMs(target, { priority: priorityOf(of) });
      if (awayMs > 0) this.comeBack(first, awayMs);
      else await this.visitLeased(first, of, target);
    } finally {
      const next = this.visitors.leave(target);
      if (next && !this.drain.signal.aborted) this.bell.ring({ bell: 'lane', ...next });
    }
  }

  /**
   * Nothing can be sent for this lane now: its bell is rung again later, and nobody leases it, reads its messages and puts them back meanwhile. One
   * bell of a kind is enough for a lane, however many come.
   */
  private comeBack(rung: Rung, ms: number): void {
    const name = `${keyOf(rung)} ${rung.epoch ?? ''}`;
    const now = performance.now();
    if ((this.comingBack.get(name) ?? 0) > now) return;
    for (const [other, until] of this.comingBack) if (until <= now) this.comingBack.delete(other);
    this.comingBack.set(name, now + ms);
    this.bell.ring({ bell: 'lane', ...rung }, ms);
  }

  private definition(flow: string): Promise<FlowDefinition> {
    const known = this.known.get(flow);
    if (known && known.until > performance.now()) return known.definition;
    const definition = this.releases.flow(flow).then((record) => record.definition);
    this.known.set(flow, { until: performance.now() + flowKnownMs, definition });
    definition.catch(() => this.known.delete(flow));
    return definition;
  }

  private async visitLeased(rung: Rung, definition: FlowDefinition, target: string | undefined): Promise<void> {
    const priority = priorityOf(definition);
    const askedAt = performance.now();
    const wants = { target, priority };
    const leased =
      (await this.lanes.lease(rung, wants)) ??
      (rung.plain ? await this.lanes.lease({ flow: rung.flow, lane: rung.lane }, wants) : undefined);
    if (!leased) return;
    const held = new AbortController();
    setMaxListeners(0, held.signal); // every call under way listens, and a batch may have a hundred
    const lease = new Lease(this.leaseMs, askedAt, () => performance.now());
    const visit: Visit = {
      flow: rung.flow,
      lane: rung.lane,
      epoch: leased.epoch,
      target,
      blocksOrderingKey: definition.blocks === 'orderingKey',
      terms: { signal: held.signal, isOver: lease.isOver, priority },
      doubts: leased.doubts,
      yields: leased.yields,
      suspects: leased.suspects && this.visitors.takeSuspects(keyOf(rung)),
      called: false,
      batch: [],
    };
    this.visits.add(visit);
    const heartbeat = this.keepAlive(visit, lease, held);
    try {
      await this.visit(visit);
    } finally {
      clearInterval(heartbeat);
      this.visits.delete(visit);
      this.visitors.leaveSuspects(keyOf(rung));
      if (visit.called) this.bell.ring({ bell: 'lane', flow: rung.flow, lane: rung.lane });
    }
  }

  /** Renews the leases of the lane and its rows, a few times as often as they would end. */
  private keepAlive(visit: Visit, lease: Lease, held: AbortController): NodeJS.Timeout {
    return setInterval(() => {
      const askedAt = performance.now();
      void Promise.all([this.lanes.renew(visit.flow, visit.lane, visit.epoch), this.messages.renew(visit.batch)]).then(
        ([still]) => {
          if (still) return lease.renewed(askedAt);
          lease.lost();
          held.abort();
        },
        // The next beat may succeed; until then the lease runs out by itself.
        () => lease.isOver() && held.abort(),
      );
    }, this.leaseMs / 4);
  }

  private async visit(visit: Visit): Promise<void> {
    const { flow, lane, epoch } = visit;
    const until = performance.now() + visitMs;
    let restMs = 0;
    let batches = 0;
    let left = false;
    try {
      while (!this.drain.signal.aborted && !visit.terms.isOver()) {
        left = batches === (visit.yields ? 1 : visitBatches) || performance.now() > until;
        if (left) break;
        const room = await this.room(visit);
        if (room.restMs > 0) {
          if (room.why !== undefined) await this.messages.explain(flow, lane, `${visit.target} is not called now: ${room.why}`);
          restMs = Math.min(room.restMs, restMsMax);
          break;
        }
        const alone = visit.suspects ? await this.batch(visit, 1, true) : 0;
        if (alone + (await this.batch(visit, room.size, false)) === 0) break;
        batches += 1;
      }
    } catch (error) {
      await this.giveUp(visit, error);
      throw error;
    } finally {
      if (restMs === 0) await this.lanes.release(flow, lane, epoch, left);
      else if (await this.lanes.rest(flow, lane, epoch, restMs)) this.bell.ring({ bell: 'lane', flow, lane }, restMs);
    }
    if (restMs > 0 || this.drain.signal.aborted) return;
    visit.called = false; // who called until now has committed, and is seen by this look
    if (left || (await this.messages.hasDue(flow, lane, visit))) this.bell.ring({ bell: 'lane', flow, lane, epoch });
  }

  /** Looks up what is in doubt, and takes messages on their trip. Returns how many there were. */
  private async batch(visit: Visit, size: number, suspects: boolean): Promise<number> {
    const { flow, lane, terms } = visit;
    const doubtful = visit.doubts ? await this.messages.claimDoubtful(flow, lane, size, suspects) : [];
    visit.batch = doubtful;
    if (doubtful.length > 0) await this.unlessPoison(doubtful, (rows) => this.pipeline.lookUp(rows, terms));
    if (suspects && doubtful.length > 0) {
      visit.batch = [];
      return doubtful.length;
    }
    const claimed = await this.messages.claim(flow, lane, size, { blocksOrderingKey: visit.blocksOrderingKey, suspects });
    visit.batch = claimed;
    await failPoint('lane.claimed');
    if (claimed.length > 0) await this.unlessPoison(claimed, (rows) => this.pipeline.run(rows, terms));
    visit.batch = [];
    return claimed.length + doubtful.length;
  }

  private async unlessPoison(rows: MessageRow[], work: (rows: MessageRow[]) => Promise<void>): Promise<void> {
    const poison = rows.filter(isPoison);
    if (poison.length > 0) await this.pipeline.condemn(poison);
    const rest = rows.filter((row) => !isPoison(row));
    if (rest.length > 0) await work(rest);
  }

  /** What the worker has goes back at once where its trouble passes; where the code failed, that counts like the end of a worker. */
  private async giveUp(visit: Visit, cause: unknown): Promise<void> {
    const passing = isPassing(cause);
    const end = passing
      ? { crashed: false, why: 'its worker was interrupted', afterMs: isProblem(cause) ? 2_000 : 0 }
      : { crashed: true, why: `its worker failed (${String((cause as Error)?.message ?? cause).slice(0, 200)})`, afterMs: 5_000 };
    for (;;) {
      try {
        return await this.abandoned.byWorker(visit.batch, end);
      } catch (error) {
        // The sweeper finds the rows when their lease ends.
        this.log.warn({ event: 'rows-not-given-back', flow: visit.flow, lane: visit.lane, error: (error as Error).message });
        if (visit.terms.isOver() || this.drain.signal.aborted) return;
        await sleep(1_000);
      }
    }
  }

  /** How many messages to take: what the target does in a few seconds, never more than it may start before the lease is half over. */
  private async room({ target, yields }: Visit): Promise<{ size: number; restMs: number; why: string | undefined }> {
    if (target === undefined) return { size: hubBatch, restMs: 0, why: undefined };
    const { concurrency, restMs, why, tight } = await this.calls.room(target);
    // Where others have most of its calls, what is claimed beyond one or two would be put back.
    const size = tight ? Math.ceil(concurrency / 4) : Math.min(targetBatchMax, concurrency * 4);
    return { size: yields ? Math.max(1, Math.floor(size / 10)) : size, restMs, why };
  }
}

const keyOf = ({ flow, lane }: Rung): string => `${flow} ${lane}`;

/** Trouble that says nothing about the messages: somebody else took them over, or the database is away. */
const isPassing = (error: unknown): boolean => error instanceof FencedError || isProblem(error);
