// Connectors of streams against their real systems: the suite that each of them owes.
import { describe, expect, it, jest } from '@jest/globals';
import { afterAll, beforeAll } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect as connectNats, type NatsConnection } from '@nats-io/transport-node';
import { kafka as kafkaConnector } from '@waybill/connector-kafka';
import { nats as natsConnector } from '@waybill/connector-nats';
import { redisStreams } from '@waybill/connector-redis-streams';
import type { Dial } from '@waybill/sdk';
import { describeFollowing, type FollowingSuite } from '@waybill/sdk/conformance';
import { Redis } from 'ioredis';
import { addressRules, EgressClient } from '../src/platform/egress/index.js';
import { missingKafka, missingNats, startTestKafka, startTestNats, type TestKafka, type TestNats } from './test-brokers.js';
import { missingOwnRedis, startOwnRedis, type OwnRedis } from './test-redis.js';

jest.setTimeout(180_000);
const egress = new EgressClient(addressRules(['127.0.0.0/8']));
afterAll(() => egress.close());
const dial: Dial = (to) => egress.dialFor({})(to);
let made = 0;
const named = (): string => `s${(made += 1)}`;

/** The suite where the system is there; else one skipped test that says what is missing. */
function suiteOf(name: string, missing: string | undefined, suite: () => void): void {
  if (missing) it.skip(`usage of ${name} (skipped: ${missing})`, () => undefined);
  else describe(name, suite);
}
const harness = { describe, it, expect: expect as never, dial } satisfies Partial<FollowingSuite>;

suiteOf('Kafka', missingKafka(), () => {
  let kafka: TestKafka;
  beforeAll(async () => {
    kafka = await startTestKafka();
  });
  afterAll(() => kafka?.kill());
  describeFollowing(kafkaConnector, {
    ...harness,
    settings: () => ({ system: 'test', brokers: kafka.brokers, encryption: 'none' }),
    // The cluster makes a topic when something is written to it, or asked for.
    stream: async () => {
      const topic = named();
      await kafka.touch(topic);
      return topic;
    },
    write: (topic, values) => kafka.produceLines(topic, values),
  });
});

suiteOf('NATS', missingNats(), () => {
  let nats: TestNats;
  let connection: NatsConnection;
  beforeAll(async () => {
    nats = await startTestNats();
    connection = await connectNats({ servers: nats.server });
  });
  afterAll(async () => {
    await connection?.close();
    await nats?.stop();
  });
  describeFollowing(natsConnector, {
    ...harness,
    settings: () => ({ system: 'test', servers: [nats.server], encryption: 'none' }),
    stream: async () => {
      const name = named();
      await (await jetstreamManager(connection)).streams.add({ name, subjects: [name] });
      return name;
    },
    write: async (stream, values) => {
      for (const value of values) await jetstream(connection).publish(stream, value);
    },
  });
});

suiteOf('Redis', missingOwnRedis(), () => {
  let redis: OwnRedis;
  let client: Redis;
  beforeAll(async () => {
    redis = await startOwnRedis();
    client = new Redis(redis.url);
  });
  afterAll(async () => {
    client?.disconnect();
    await redis?.kill();
  });
  describeFollowing(redisStreams, {
    ...harness,
    settings: () => ({ system: 'test', address: `127.0.0.1:${redis.port}`, encryption: 'none' }),
    stream: () => Promise.resolve(named()),
    write: async (key, values) => {
      for (const value of values) await client.xadd(key, '*', 'data', value);
    },
  });
});
