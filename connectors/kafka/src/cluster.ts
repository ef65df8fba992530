/// <reference path="./kafkajs-inside.d.ts" />
import type { ConnectorContext } from '@waybill/sdk';
import Cluster from 'kafkajs/src/cluster/index.js';
import loggers from 'kafkajs/src/loggers/index.js';
import { configOf } from './client.js';
import { installCodecs } from './codecs.js';
import type { Bounds } from './position.js';

const readCommitted = 1;
const metadataMaxAgeMs = 60_000;

/** kafkajs below its consumer, which would join a group: the position is not the broker's. */
export function clusterOf(context: ConnectorContext): Cluster {
  installCodecs();
  return new Cluster({
    ...configOf(context),
    logger: loggers.createLogger({ level: 0, logCreator: () => () => undefined }),
    metadataMaxAge: metadataMaxAgeMs,
    allowAutoTopicCreation: false,
    isolationLevel: readCommitted,
  });
}

/** The first offset of each partition, and the next that will be written. */
export async function boundsOf(cluster: Cluster, topic: string, partitions: readonly number[]): Promise<Map<number, Bounds>> {
  const ask = async (fromBeginning: boolean) => {
    const [found] = await cluster.fetchTopicsOffset([{ topic, partitions: partitions.map((partition) => ({ partition })), fromBeginning }]);
    return new Map(found?.partitions.map(({ partition, offset }) => [partition, offset]));
  };
  const [earliest, next] = [await ask(true), await ask(false)];
  return new Map(partitions.map((partition) => [partition, { earliest: earliest.get(partition)!, next: next.get(partition)! }]));
}
