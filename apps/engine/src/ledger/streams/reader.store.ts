import { Inject, Injectable } from '@nestjs/common';
import { isConnectorFailure, misconfigured, type Following, type StreamBatch, type UsageSource } from '@waybill/sdk';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectionCalls } from '../../catalog/index.js';
import { failPoint } from '../../platform/failpoints/index.js';
import { isProblem } from '../../platform/problems/index.js';
import { meters, type Logger } from '../../platform/telemetry/index.js';
import { LOGGER } from '../../platform/tokens.js';
import { UsageDoor } from '../events/door.store.js';
import { StreamCommit } from './commit.store.js';
import { limits } from './limits.js';
import { isTold, pauseAfter } from './pauses.js';
import { StreamLost, StreamStore, type HeldStream } from './streams.store.js';

/** Between two words about a stream in which nothing comes. */
const tellEveryMs = 5_000;

/** Follows one stream from the position of its row on: read, commit with the position, read again; until it is stopped, lost, or fails. */
@Injectable()
export class StreamReader {
  constructor(
    @Inject(ConnectionCalls) private readonly calls: ConnectionCalls,
    @Inject(UsageDoor) private readonly door: UsageDoor,
    @Inject(StreamCommit) private readonly commits: StreamCommit,
    @Inject(StreamStore) private readonly streams: StreamStore,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Never throws. What went wrong is in the row, and whoever claims it after its pause goes on. */
  async read(stream: HeldStream, stop: AbortSignal): Promise<void> {
    const lost = new AbortController();
    const signal = AbortSignal.any([stop, lost.signal]);
    const renewing = setInterval(() => void this.renew(stream, lost), limits.renewEveryMs);
    try {
      await this.follow(stream, signal);
      if (stop.aborted) await this.streams.release(stream);
    } catch (error) {
      await this.ended(stream, lost.signal.aborted ? new StreamLost(stream) : error, stop).catch((late: unknown) =>
        this.log.warn({ event: 'stream-not-told', connection: stream.connection, stream: stream.stream, error: (late as Error).message }),
      );
    } finally {
      clearInterval(renewing);
      meters.usageStreamLag.remove({ stream: labelOf(stream) });
    }
  }

  private async follow(stream: HeldStream, signal: AbortSignal): Promise<void> {
    const { context, connection } = await this.calls.stay(stream.connection, signal);
    const usage = connection.connector.usage as UsageSource;
    const following = await usage.open(context, { stream: stream.stream, position: stream.position });
    try {
      let toldAt = -Infinity;
      while (!signal.aborted) {
        await this.room(stream, signal);
        const batch = await next(following);
        await failPoint('stream.read');
        if (signal.aborted) return;
        meters.usageStreamLag.set({ stream: labelOf(stream) }, batch.lag ?? 0);
        const moved = batch.position !== stream.position || (batch.lost ?? []).length > 0;
        if (moved) await this.commit(stream, batch, usage, signal);
        else if (performance.now() - toldAt > tellEveryMs) {
          await this.streams.reading(stream, batch.lag);
          stream.failures = 0;
          await this.calls.heard(stream.connection);
          toldAt = performance.now();
        }
      }
    } finally {
      await following.close();
    }
  }

  /** Under the same admission as requests: while the ledger takes no more, the batch waits here, and nothing more is read. */
  private async commit(stream: HeldStream, batch: StreamBatch, usage: UsageSource, signal: AbortSignal): Promise<void> {
    const bytes = batch.records.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
    await this.admitted(stream, signal, () => this.door.pass(bytes, () => this.commits.commit(stream, batch, usage.attributes)));
    stream.position = batch.position;
    stream.failures = 0;
    meters.usageStreamRecords.inc({ stream: labelOf(stream) }, batch.records.length);
    await failPoint('stream.committed');
    await this.calls.heard(stream.connection);
  }

  private room(stream: HeldStream, signal: AbortSignal): Promise<void> {
    return this.admitted(stream, signal, () => this.door.room());
  }

  private async admitted(stream: HeldStream, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isProblem(error) || error.code !== 'BACKLOG_FULL') throw error;
        await this.streams.resting(stream, error.message);
        await sleep((error.more.retryAfterSeconds ?? 1) * 1_000, undefined, { signal });
      }
    }
  }

  private async ended(stream: HeldStream, error: unknown, stop: AbortSignal): Promise<void> {
    const { connection, stream: name } = stream;
    if (stop.aborted) return this.streams.release(stream);
    if (error instanceof StreamLost) return this.log.warn({ event: 'stream-lost', connection, stream: name, epoch: stream.epoch });
    const pauseMs = pauseAfter(error, stream.failures);
    const { message } = error as Error;
    this.log.warn({ event: 'stream-failed', connection, stream: name, pauseMs, error: message });
    const remedy = isConnectorFailure(error) && error.facts.remedy ? ` ${error.facts.remedy}` : '';
    await this.streams.failed(stream, isTold(error) ? `${message}${remedy}` : `The reader failed: ${message}`, pauseMs);
    await this.calls.heard(connection, error as Error);
  }

  /** When the database cannot be asked nothing follows from it: a commit will show whose the stream is. */
  private async renew(stream: HeldStream, lost: AbortController): Promise<void> {
    const mine = await this.streams.renew(stream).catch(() => true);
    if (!mine) lost.abort();
  }
}

const labelOf = ({ connection, stream }: HeldStream): string => `${connection}/${stream}`;

async function next(following: Following): Promise<StreamBatch> {
  const { batchRecordsMax: recordsMax, batchBytesMax: bytesMax, waitMs } = limits;
  const batch = await following.next({ recordsMax, bytesMax, waitMs });
  if (batch.records.length > recordsMax || Buffer.byteLength(batch.position) > limits.positionBytesMax)
    throw misconfigured({
      code: 'batch-too-large',
      message: `The connector gave ${batch.records.length} records and a position of ${batch.position.length} characters.`,
      remedy: 'This is a mistake in the connector.',
    });
  return batch;
}
