import { Inject, Injectable } from '@nestjs/common';
import type { StreamBatch, UsageSource } from '@waybill/sdk';
import { Database, type Tx } from '../../platform/database/index.js';
import { meters } from '../../platform/telemetry/index.js';
import type { Taken } from '../events/arrivals.js';
import type { CheckedEvent } from '../events/cloud-event.js';
import { EventTypeStore } from '../events/event-types.store.js';
import { Flaw } from '../events/flaw.js';
import { countTaken, UsageLedger } from '../events/ledger.store.js';
import { keptLoss, keptRefusal, type KeptRefusal } from './kept-refusal.js';
import { readRecord } from './read-record.js';
import { StreamRefusals } from './refusals.store.js';
import { StreamStore, type HeldStream } from './streams.store.js';

/** SQLSTATEs of a value that the database cannot hold: data exceptions, and rows that are too large for their index. */
const ofTheValue = /^(?:22|54000)/;

/** A batch of a stream, in one transaction: events into the ledger, what cannot go there among the refusals, and the position behind both. */
@Injectable()
export class StreamCommit {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(UsageLedger) private readonly ledger: UsageLedger,
    @Inject(EventTypeStore) private readonly types: EventTypeStore,
    @Inject(StreamRefusals) private readonly refusals: StreamRefusals,
    @Inject(StreamStore) private readonly streams: StreamStore,
  ) {}

  /** Throws `StreamLost` when another process has the stream by now; then nothing of the batch is there. */
  async commit(stream: HeldStream, batch: StreamBatch, attributes: UsageSource['attributes']): Promise<void> {
    await this.types.ready();
    const { records, position, lag, lost = [] } = batch;
    const events: { event: CheckedEvent; place: number }[] = [];
    const refused: KeptRefusal[] = [];
    const codes: string[] = [];
    records.forEach((record, place) => {
      const event = readRecord(record, attributes, this.types.check);
      if (!(event instanceof Flaw)) return void events.push({ event, place });
      refused.push(keptRefusal(record, event.all));
      codes.push(event.code);
    });
    const taken = await this.ledger.ofMonth(() =>
      this.db.transaction(async (tx) => {
        const { taken: found, misfits } = await this.take(tx, stream, events);
        const wrong = [...refused, ...misfits.map(({ place, problem }) => keptRefusal(records[place]!, [problem]))];
        const kept = await this.refusals.keep(tx, stream, wrong);
        await this.refusals.keep(tx, stream, lost.map(keptLoss));
        await this.streams.move(tx, stream, {
          from: stream.position,
          to: position,
          lag,
          read: records.length,
          accepted: found.accepted,
          // What was refused before and is read again is there already, like an event that comes again.
          duplicates: found.duplicates + wrong.length - kept,
          conflicts: found.conflicts.length,
          refused: kept,
        });
        return found;
      }),
    );
    countTaken(taken);
    for (const end of codes) meters.usageEvents.inc({ end });
  }

  /**
   * Events into the ledger. One that the database cannot hold, though its checks found nothing, is found by halves and set aside: nothing that somebody
   * writes into a stream may stop it.
   */
  private async take(
    tx: Tx,
    stream: HeldStream,
    events: readonly { event: CheckedEvent; place: number }[],
  ): Promise<{ taken: Taken; misfits: { place: number; problem: { code: 'USAGE_EVENT_INVALID'; path: string; detail: string } }[] }> {
    await tx.query('savepoint events');
    try {
      const arrival = {
        events: events.map(({ event }) => event),
        via: `stream:${stream.connection}/${stream.stream}`,
        by: `connection ${stream.connection}`,
      };
      const taken = await this.ledger.takeIn(tx, arrival);
      await tx.query('release savepoint events');
      return { taken, misfits: [] };
    } catch (error) {
      if (!ofTheValue.test(String((error as { code?: unknown }).code))) throw error;
      await tx.query('rollback to savepoint events');
      const detail = `The database cannot hold the event: ${(error as Error).message}.`;
      if (events.length === 1) {
        const misfits = [{ place: events[0]!.place, problem: { code: 'USAGE_EVENT_INVALID' as const, path: '', detail } }];
        return { taken: { accepted: 0, duplicates: 0, conflicts: [] }, misfits };
      }
    }
    const middle = events.length >> 1;
    const first = await this.take(tx, stream, events.slice(0, middle));
    const second = await this.take(tx, stream, events.slice(middle));
    return {
      taken: {
        accepted: first.taken.accepted + second.taken.accepted,
        duplicates: first.taken.duplicates + second.taken.duplicates,
        conflicts: [...first.taken.conflicts, ...second.taken.conflicts],
      },
      misfits: [...first.misfits, ...second.misfits],
    };
  }
}
