import { countWithin, type ConnectorContext, type Following, type StreamBatch, type StreamRecord } from '@waybill/sdk';
import type { Redis } from 'ioredis';
import { connectTo } from './client.js';
import { readFailure } from './failures.js';
import { placed, readPosition, writePosition, type Position, type StreamFacts } from './position.js';
import { text } from './settings.js';

/** Entries of a read begin with so many, until their size is known. */
const firstRead = 100;

type Entry = [id: Buffer, fields: Buffer[]];

/** Opens a stream behind the position. A key that is not there yet is waited for. Throws a ConnectorFailure. */
export async function followKey(context: ConnectorContext, ask: { stream: string; position: string | null }): Promise<Following> {
  const known = readPosition(ask.position);
  let client: Redis | undefined;
  try {
    client = await connectTo(context);
    const { lost, ...at } = placed(known, await factsOf(client, ask.stream), text(context.settings, 'beginAt'));
    return new KeyFollowing(client, ask.stream, text(context.settings, 'valueField'), at, lost ? [lost] : []);
  } catch (error) {
    client?.disconnect();
    throw readFailure(error, `open the stream ${ask.stream}`);
  }
}

/** What XINFO STREAM says; null when there is no such key. */
export async function factsOf(client: Redis, key: string): Promise<StreamFacts | null> {
  let answer: unknown[];
  try {
    answer = (await client.xinfo('STREAM', key)) as unknown[];
  } catch (error) {
    if ((error as Error).message === 'ERR no such key') return null;
    throw error;
  }
  const facts = new Map(Array.from({ length: answer.length / 2 }, (_, n) => [String(answer[2 * n]), answer[2 * n + 1]]));
  const [first] = (facts.get('first-entry') ?? [null]) as [string | null];
  const added = facts.get('entries-added');
  return {
    length: Number(facts.get('length')),
    lastId: String(facts.get('last-generated-id')),
    firstId: first,
    added: added === undefined ? null : Number(added),
  };
}

class KeyFollowing implements Following {
  private received: StreamRecord[] = [];
  private readMost = firstRead;
  private added: number | null = null;

  constructor(
    private readonly client: Redis,
    private readonly key: string,
    private readonly valueField: string,
    private readonly at: Position,
    private lost: NonNullable<StreamBatch['lost']>,
  ) {}

  async next({ recordsMax, bytesMax, waitMs }: { recordsMax: number; bytesMax: number; waitMs: number }): Promise<StreamBatch> {
    try {
      if (this.received.length === 0) await this.receive(Math.min(recordsMax, this.readMost), { bytesMax, waitMs });
    } catch (error) {
      throw readFailure(error, `read the stream ${this.key}`);
    }
    const records = this.received.splice(0, countWithin(this.received, { recordsMax, bytesMax }));
    this.at.id = records.at(-1)?.at ?? this.at.id;
    if (this.at.seen !== null) this.at.seen += records.length;
    const lost = this.lost;
    this.lost = [];
    const lag = this.added === null || this.at.seen === null ? null : Math.max(0, this.added - this.at.seen);
    return { records, position: writePosition(this.at), lag, lost };
  }

  async close(): Promise<void> {
    this.client.disconnect();
    return Promise.resolve();
  }

  private async receive(most: number, { bytesMax, waitMs }: { bytesMax: number; waitMs: number }): Promise<void> {
    const answer = (await this.client.callBuffer('XREAD', 'COUNT', most, 'BLOCK', waitMs, 'STREAMS', this.key, this.at.id)) as
      [Buffer, Entry[]][] | null;
    const entries = answer?.[0]?.[1] ?? [];
    if (entries.length === 0) return;
    this.received = entries.map((entry) => recordOf(entry, this.valueField));
    const bytes = this.received.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
    // The next read brings about as many bytes as a batch may have.
    this.readMost = Math.max(1, Math.floor(bytesMax / Math.max(1, bytes / this.received.length)));
    this.added = (await factsOf(this.client, this.key))?.added ?? null;
  }
}

/** An entry as the engine takes it; its id begins with the milliseconds at which it was added. Pure. */
export function recordOf([id, fields]: Entry, valueField: string): StreamRecord {
  const at = id.toString('latin1');
  const headers: Record<string, string> = {};
  let value: Buffer | null = null;
  for (let n = 0; n + 1 < fields.length; n += 2) {
    const name = fields[n]!.toString('utf8');
    if (name === valueField) value = fields[n + 1]!;
    else Object.defineProperty(headers, name, { value: fields[n + 1]!.toString('utf8'), enumerable: true, configurable: true });
  }
  const ms = Number(at.split('-')[0]);
  return { at, headers, value, key: null, time: new Date(ms < 8.64e15 ? ms : 0).toISOString() };
}
