import { countWithin, misconfigured, type ConnectorContext, type Following, type StreamBatch, type StreamRecord } from '@waybill/sdk';
import type Cluster from 'kafkajs/src/cluster/index.js';
import Batch, { type PartitionData } from 'kafkajs/src/consumer/batch.js';
import { boundsOf, clusterOf } from './cluster.js';
import { readFailure } from './failures.js';
import { placed, readPosition, writePosition, type Offsets } from './position.js';
import { recordOf } from './record.js';
import { text } from './settings.js';

const partitionBytesMax = 1024 * 1024;
const brokerBytesMax = 4 * 1024 * 1024;
const readCommitted = 1;
/** Partitions that were added are found within this time. */
const lookAgainMs = 60_000;

interface Fetched {
  partition: number;
  offset: string;
  record: StreamRecord;
}

/** Opens a topic where the position says. Throws a ConnectorFailure. */
export async function followTopic(context: ConnectorContext, ask: { stream: string; position: string | null }): Promise<Following> {
  const cluster = clusterOf(context);
  const following = new TopicFollowing(cluster, ask.stream, readPosition(ask.position), context);
  try {
    await cluster.connect();
    await following.begin(ask.position === null && text(context.settings, 'beginAt') === 'latest');
    return following;
  } catch (error) {
    await following.close();
    throw readFailure(error, `open the topic ${ask.stream}`);
  }
}

class TopicFollowing implements Following {
  /** Fetched, and not handed out yet; in the order of each partition. */
  private fetched: Fetched[] = [];
  private lost: NonNullable<StreamBatch['lost']> = [];
  /** Behind what was fetched last of each partition; the position is behind what was handed out. */
  private readonly ends = new Map<number, string>();
  private lookedAt = 0;

  constructor(
    private readonly cluster: Cluster,
    private readonly topic: string,
    private readonly offsets: Offsets,
    private readonly context: ConnectorContext,
  ) {}

  async begin(atTheEnd: boolean): Promise<void> {
    await this.cluster.addTargetTopic(this.topic);
    await this.place(atTheEnd);
  }

  async next({ recordsMax, bytesMax, waitMs }: { recordsMax: number; bytesMax: number; waitMs: number }): Promise<StreamBatch> {
    try {
      if (this.context.now().getTime() - this.lookedAt > lookAgainMs) {
        await this.cluster.refreshMetadata();
        await this.place(false);
      }
      if (this.fetched.length === 0) await this.fetch(waitMs);
    } catch (error) {
      throw readFailure(error, `read the topic ${this.topic}`);
    }
    const taken = this.fetched.splice(0, countWithin(this.fetched.map(({ record }) => record), { recordsMax, bytesMax })); // prettier-ignore
    const lost = this.lost;
    this.lost = [];
    return { records: taken.map(({ record }) => record), position: writePosition(this.position()), lag: this.lag(), lost };
  }

  async close(): Promise<void> {
    await this.cluster.disconnect().catch(() => undefined); // it is given up whatever it says
  }

  /** Partitions that the position does not know are read from their beginning, the very first time from the end if so asked. */
  private async place(atTheEnd: boolean): Promise<void> {
    const partitions = this.cluster.findTopicPartitionMetadata(this.topic).map(({ partitionId }) => partitionId);
    if (partitions.length === 0)
      throw misconfigured({
        code: 'unknown-topic',
        message: `The cluster has no topic ${this.topic}.`,
        remedy: 'Make the topic, or correct its name in the connection.',
      });
    const bounds = await boundsOf(this.cluster, this.topic, partitions);
    for (const [partition, bound] of bounds) {
      const known = this.offsets.get(partition);
      const { offset, lost } = known === undefined ? { offset: atTheEnd ? bound.next : bound.earliest } : placed(partition, known, bound);
      this.offsets.set(partition, offset);
      if (lost) this.lost.push(lost);
      this.ends.set(partition, bound.next);
    }
    this.lookedAt = this.context.now().getTime();
  }

  private async fetch(waitMs: number): Promise<void> {
    const leaders = Object.entries(this.cluster.findLeaderForPartitions(this.topic, [...this.offsets.keys()]));
    try {
      const answers = await Promise.all(leaders.map(([nodeId, partitions]) => this.fetchFrom(nodeId, partitions, waitMs)));
      for (const data of answers.flat()) this.keep(data);
    } catch (error) {
      // Retention took away what was to be read next; where, the bounds tell.
      if ((error as { type?: string }).type !== 'OFFSET_OUT_OF_RANGE') throw error;
      await this.place(false);
    }
  }

  private async fetchFrom(nodeId: string, partitions: readonly number[], maxWaitTime: number): Promise<PartitionData[]> {
    const broker = await this.cluster.findBroker({ nodeId });
    const wanted = partitions.map((partition) => ({ partition, fetchOffset: this.offsets.get(partition)!, maxBytes: partitionBytesMax }));
    const { responses } = await broker.fetch({
      maxWaitTime,
      minBytes: 1,
      maxBytes: brokerBytesMax,
      isolationLevel: readCommitted,
      topics: [{ topic: this.topic, partitions: wanted }],
    });
    return responses.flatMap((response) => response.partitions);
  }

  private keep(data: PartitionData): void {
    const { partition } = data;
    const asked = this.offsets.get(partition)!;
    this.ends.set(partition, data.highWatermark);
    const batch = new Batch(this.topic, asked, data);
    for (const message of batch.messages) this.fetched.push({ partition, offset: message.offset, record: recordOf(partition, message) });
    // Behind the last that came, markers of transactions too; a stretch that was compacted away entirely is stepped over.
    const last = batch.messagesWithinOffset.at(-1)?.offset ?? (batch.rawMessages.length > 0 ? asked : undefined);
    if (last !== undefined) this.offsets.set(partition, String(BigInt(last) + 1n));
  }

  /** Of each partition the first record that is not handed out yet, or what comes behind all that were fetched. */
  private position(): Offsets {
    const position = new Map(this.offsets);
    for (const { partition, offset } of [...this.fetched].reverse()) position.set(partition, offset);
    return position;
  }

  private lag(): number {
    let lag = 0n;
    for (const [partition, offset] of this.position()) {
      const behind = BigInt(this.ends.get(partition) ?? offset) - BigInt(offset);
      if (behind > 0n) lag += behind;
    }
    return Number(lag);
  }
}
