import { countWithin, retryable, type ConnectorContext, type Following, type StreamBatch, type StreamRecord } from '@waybill/sdk';
import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager, ReplayPolicy, type Consumer, type JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { connectTo } from './client.js';
import { readFailure } from './failures.js';
import { placed, readPosition, writePosition } from './position.js';
import { partsOf, text } from './settings.js';

const nanosOf = (ms: number): number => ms * 1_000_000;
/** The consumer on the server goes away by itself when nobody asks it for so long. */
const forgottenAfterMs = 60_000;
/** A pull that gets nothing ends after this; below two seconds the missing of two heartbeats would be a matter of chance. */
const pullMs = 2_000;
/** Messages of a pull begin with so many, until their size is known. */
const firstPull = 100;

/** Opens a stream behind the position. Throws a ConnectorFailure. */
export async function followStream(context: ConnectorContext, ask: { stream: string; position: string | null }): Promise<Following> {
  const known = readPosition(ask.position);
  const { stream, subject } = partsOf(ask.stream);
  let connection: NatsConnection | undefined;
  try {
    connection = await connectTo(context);
    const manager = await jetstreamManager(connection, { checkAPI: false });
    const { created, state } = await manager.streams.info(stream);
    const now = { created, firstSeq: state.first_seq, lastSeq: state.last_seq };
    const { seq, lost } = placed(known, now, text(context.settings, 'beginAt'));
    const consumer = await manager.consumers.add(stream, {
      ack_policy: AckPolicy.None,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: seq + 1,
      replay_policy: ReplayPolicy.Instant,
      inactive_threshold: nanosOf(forgottenAfterMs),
      mem_storage: true,
      num_replicas: 1,
      ...(subject === undefined ? {} : { filter_subject: subject }),
    });
    const pulling = jetstream(connection).consumers.getConsumerFromInfo(consumer);
    return new StreamFollowing(connection, pulling, { created, seq, behind: consumer.num_pending }, lost ? [lost] : []);
  } catch (error) {
    await connection?.close().catch(() => undefined); // what went wrong is told
    throw readFailure(error, `open the stream ${stream}`);
  }
}

interface Received {
  seq: number;
  record: StreamRecord;
}

class StreamFollowing implements Following {
  private received: Received[] = [];
  /** Of the consumer: the next has the next number, or one went astray. */
  private deliveries = 0;
  private pull = firstPull;

  constructor(
    private readonly connection: NatsConnection,
    private readonly consumer: Consumer,
    /** What was handed out last, and how many lie behind what was received last. */
    private readonly at: { created: string; seq: number; behind: number },
    private lost: NonNullable<StreamBatch['lost']>,
  ) {}

  async next({ recordsMax, bytesMax }: { recordsMax: number; bytesMax: number; waitMs: number }): Promise<StreamBatch> {
    if (this.received.length === 0) await this.receive(Math.min(recordsMax, this.pull), bytesMax);
    const records = this.received.map(({ record }) => record);
    const handed = this.received.splice(0, countWithin(records, { recordsMax, bytesMax }));
    this.at.seq = handed.at(-1)?.seq ?? this.at.seq;
    const lost = this.lost;
    this.lost = [];
    return {
      records: handed.map(({ record }) => record),
      position: writePosition(this.at),
      lag: this.received.length + this.at.behind,
      lost,
    };
  }

  async close(): Promise<void> {
    await this.consumer.delete().catch(() => undefined); // it would go away by itself
    await this.connection.close().catch(() => undefined); // it is given up whatever it says
  }

  private async receive(most: number, bytesMax: number): Promise<void> {
    let bytes = 0;
    try {
      for await (const message of await this.consumer.fetch({ max_messages: most, expires: pullMs })) {
        this.keep(message);
        bytes += message.data.length;
      }
    } catch (error) {
      throw readFailure(error, 'read the stream');
    }
    if (this.connection.isClosed()) throw retryable({ code: 'connection-lost', message: 'The connection to the server was lost.' });
    // The next pull brings about as many bytes as a batch may have.
    if (this.received.length > 0) this.pull = Math.max(1, Math.floor(bytesMax / Math.max(1, bytes / this.received.length)));
  }

  private keep(message: JsMsg): void {
    const { streamSequence, deliverySequence, pending } = message.info;
    if (deliverySequence !== this.deliveries + 1)
      throw retryable({
        code: 'message-astray',
        message: `Delivery ${deliverySequence} came after ${this.deliveries}: a message went astray.`,
      });
    this.deliveries = deliverySequence;
    this.at.behind = pending;
    this.received.push({ seq: streamSequence, record: recordOf(message) });
  }
}

/** A message as the engine takes it. Its time is part of its name: a stream that is made anew numbers from 1 again. */
export function recordOf({ info, data, headers, subject }: Pick<JsMsg, 'info' | 'data' | 'headers' | 'subject'>): StreamRecord {
  const ms = Math.floor(info.timestampNanos / 1_000_000);
  return {
    at: `${info.streamSequence}@${ms}`,
    headers: {
      ...Object.fromEntries((headers?.keys() ?? []).map((name) => [name, headers!.values(name).at(-1) ?? ''])),
      'nats-subject': subject,
    },
    value: Buffer.from(data),
    // A subject names a kind of message, not a record.
    key: null,
    time: new Date(ms).toISOString(),
  };
}
