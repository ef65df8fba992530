import { Inject, Injectable } from '@nestjs/common';
import { failPoint } from '../../platform/failpoints/index.js';
import { isProblem } from '../../platform/problems/index.js';
import { Doorbell } from '../../platform/queue/index.js';
import type { Logger } from '../../platform/telemetry/index.js';
import { LOGGER } from '../../platform/tokens.js';
import { ConnectionCalls, isHub, ReleaseStore } from '../../catalog/index.js';
import { MessageStore } from '../messages.store.js';
import { Pipeline } from '../pipeline.store.js';
import { FencedError } from '../send/postings.store.js';
import { LaneStore } from './lanes.store.js';

const hubBatch = 100;
const heartbeatMs = 15_000;

/** Answers a doorbell: leases the lane, works until nothing is due, looks once more, and leaves. */
@Injectable()
export class LaneWorker {
  private readonly drain = new AbortController();
  private readonly busy = new Set<Promise<void>>();

  constructor(
    @Inject(LaneStore) private readonly lanes: LaneStore,
    @Inject(MessageStore) private readonly messages: MessageStore,
    @Inject(Pipeline) private readonly pipeline: Pipeline,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(ConnectionCalls) private readonly calls: ConnectionCalls,
    @Inject(Doorbell) private readonly bell: Doorbell,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async work(flow: string, lane: number): Promise<void> {
    if (this.drain.signal.aborted) return;
    const work = this.workLane(flow, lane).catch((error: unknown) => {
      if (error instanceof FencedError || isProblem(error))
        this.log.warn({ event: 'lane-interrupted', flow, lane, error: (error as Error).message });
      else this.log.error({ event: 'lane-failed', flow, lane, error: String((error as Error)?.stack ?? error) });
    });
    this.busy.add(work);
    await work.finally(() => this.busy.delete(work));
  }

  /** No new claims; waits for what is under way. */
  async stop(withinMs: number): Promise<void> {
    this.drain.abort();
    await Promise.race([Promise.allSettled(this.busy), new Promise((done) => setTimeout(done, withinMs).unref())]);
  }

  private async workLane(flow: string, lane: number): Promise<void> {
    const lease = await this.lanes.lease(flow, lane);
    if (!lease) return;
    const held = new AbortController();
    let batch: { id: string; epoch: number }[] = [];
    const heartbeat = setInterval(() => {
      void Promise.all([this.lanes.renew(flow, lane, lease.epoch), this.messages.renew(batch)]).then(
        ([still]) => {
          if (!still) held.abort();
        },
        () => held.abort(),
      );
    }, heartbeatMs);
    try {
      while (!this.drain.signal.aborted && !held.signal.aborted) {
        const room = await this.room(flow);
        if (room.restingMs > 0) {
          await this.messages.explain(flow, lane, room.why);
          this.bell.ring({ bell: 'lane', flow, lane }, room.restingMs);
          return;
        }
        const doubtful = await this.messages.claimDoubtful(flow, lane, room.size);
        batch = doubtful;
        if (doubtful.length > 0) await this.pipeline.lookUp(doubtful, held.signal);
        const claimed = await this.messages.claim(flow, lane, room.size, room.blocksOrderingKey);
        batch = claimed;
        await failPoint('lane.claimed');
        if (claimed.length > 0) await this.pipeline.run(claimed, held.signal);
        batch = [];
        if (claimed.length === 0 && doubtful.length === 0) break;
      }
    } finally {
      clearInterval(heartbeat);
      await this.lanes.release(flow, lane, lease.epoch);
    }
    if (!this.drain.signal.aborted && (await this.lanes.hasDue(flow, lane))) this.bell.ring({ bell: 'lane', flow, lane });
  }

  /** How many messages to take: what the target does in a few seconds, never more than it may start before the lease is half over. */
  private async room(flow: string): Promise<{ size: number; restingMs: number; why: string; blocksOrderingKey: boolean }> {
    const { definition } = await this.releases.flow(flow);
    const blocksOrderingKey = definition.blocks === 'orderingKey';
    if (isHub(definition.to)) return { size: hubBatch, restingMs: 0, why: '', blocksOrderingKey };
    const { connection } = definition.to;
    const { free, restingMs, why } = await this.calls.room(connection);
    return { size: Math.max(1, Math.min(50, free * 4)), restingMs, why: `${connection} is not called now: ${why}`, blocksOrderingKey };
  }
}
