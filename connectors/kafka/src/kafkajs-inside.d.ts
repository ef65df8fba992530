/** What lies below the consumer of kafkajs 2.2.4, as far as it is used here. Its own types end at its door. */
declare module 'kafkajs/src/cluster/index.js' {
  import type { PartitionData } from 'kafkajs/src/consumer/batch.js';
  export default class Cluster {
    constructor(options: object);
    connect(): Promise<void>;
    disconnect(): Promise<void>;
    addTargetTopic(topic: string): Promise<void>;
    refreshMetadata(): Promise<void>;
    findTopicPartitionMetadata(topic: string): { partitionId: number; leader: number }[];
    findLeaderForPartitions(topic: string, partitions: number[]): Record<string, number[]>;
    findBroker(node: { nodeId: string }): Promise<Broker>;
    fetchTopicsOffset(
      topics: { topic: string; partitions: { partition: number }[]; fromBeginning: boolean }[],
    ): Promise<{ topic: string; partitions: { partition: number; offset: string }[] }[]>;
  }
  interface Broker {
    fetch(request: {
      maxWaitTime: number;
      minBytes: number;
      maxBytes: number;
      isolationLevel: number;
      topics: { topic: string; partitions: { partition: number; fetchOffset: string; maxBytes: number }[] }[];
    }): Promise<{ responses: { topicName: string; partitions: PartitionData[] }[] }>;
  }
}
declare module 'kafkajs/src/consumer/batch.js' {
  export interface Message {
    offset: string;
    timestamp: string;
    key: Buffer | null;
    value: Buffer | null;
    headers?: Record<string, Buffer | string | (Buffer | string)[]>;
  }
  export interface PartitionData {
    partition: number;
    highWatermark: string;
    messages: Message[];
  }
  export default class Batch {
    constructor(topic: string, fetchedOffset: string, data: PartitionData);
    /** Everything that came, from before the asked offset too. */
    readonly rawMessages: Message[];
    /** From the asked offset on, markers and aborted ones too. */
    readonly messagesWithinOffset: Message[];
    /** What a reader sees. */
    readonly messages: Message[];
  }
}
declare module 'kafkajs/src/loggers/index.js' {
  const loggers: { createLogger(options: { level: number; logCreator: () => () => void }): object };
  export default loggers;
}
declare module 'lz4js' {
  const lz4: { decompress(frame: Uint8Array): Uint8Array };
  export default lz4;
}
declare module 'snappyjs' {
  const snappy: { uncompress(block: Uint8Array, maxLength: number): Uint8Array };
  export default snappy;
}
