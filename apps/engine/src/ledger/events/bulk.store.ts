import { Inject, Injectable } from '@nestjs/common';
import { decodeText, JsonRefused, readJson } from '../../platform/json/index.js';
import { isProblem, Problem } from '../../platform/problems/index.js';
import { meters } from '../../platform/telemetry/index.js';
import { checkEvent, type CheckedEvent } from './cloud-event.js';
import { UsageDoor } from './door.store.js';
import { EventTypeStore } from './event-types.store.js';
import { Flaw } from './flaw.js';
import { UsageLedger } from './ledger.store.js';
import { limits } from './limits.js';
import { groupsOfLines, type Line } from './lines.js';
import { parted, resultsOf, type Rejection, type Results } from './results.js';

/** A line of the answer: sums so far, after a commit. */
export interface Progress extends Results {
  lines: number;
  done: boolean;
  /** Why it went no further; what is counted is stored. */
  problem?: ReturnType<Problem['body']>;
}

/** Any number of events in lines, committed a thousand at a time, with a line of the answer after each commit. Holds two groups of lines at most. */
@Injectable()
export class BulkIntake {
  constructor(
    @Inject(UsageLedger) private readonly ledger: UsageLedger,
    @Inject(EventTypeStore) private readonly types: EventTypeStore,
    @Inject(UsageDoor) private readonly door: UsageDoor,
  ) {}

  /** Throws what went wrong while nothing was committed; later it is the answer's last line. */
  async *take(pieces: AsyncIterable<Buffer>, { by, requestId }: { by: string; requestId: string }): AsyncGenerator<Progress> {
    const sum = { lines: 0, accepted: 0, duplicates: 0, conflicts: 0 };
    let [named, rejections, began]: [number, Rejection[], boolean] = [0, [], false];
    const told = (more: Partial<Progress>): Progress => {
      const rejected = rejections;
      rejections = [];
      began = true;
      return { ...sum, rejected, done: false, ...more };
    };
    try {
      const bounds = { linesMax: limits.batchItemsMax, groupBytesMax: 1024 * 1024, lineBytesMax: limits.bulkLineBytesMax };
      for await (const group of groupsOfLines(bounded(pieces), bounds)) {
        await this.door.room();
        if (group.at(-1)!.number >= limits.bulkEventsMax)
          throw new Problem('USAGE_BULK_TOO_LARGE', `A request brings ${limits.bulkEventsMax} lines at most.`);
        const results = await this.commit(group, by);
        sum.lines = group.at(-1)!.number + 1;
        sum.accepted += results.accepted;
        sum.duplicates += results.duplicates;
        sum.conflicts += results.conflicts;
        rejections = results.rejected.slice(0, limits.bulkRejectionsMax - named);
        named += rejections.length;
        yield told({});
      }
      yield told({ done: true });
    } catch (error) {
      if (!began || !isProblem(error)) throw error;
      yield told({ problem: error.body(requestId) });
    }
  }

  private async commit(group: readonly Line[], by: string): Promise<Results> {
    await this.types.ready();
    const split = parted(group.map(({ bytes }) => this.check(bytes)));
    for (const { code } of split.flaws) meters.usageEvents.inc({ end: code });
    const results = resultsOf(await this.ledger.take({ events: split.good, via: 'bulk', by }), split);
    return { ...results, rejected: results.rejected.map((rejection) => ({ ...rejection, index: group[rejection.index]!.number })) };
  }

  private check(bytes: Buffer | null): CheckedEvent | Flaw {
    if (bytes === null) return new Flaw('USAGE_EVENT_TOO_LARGE', '', `The line is longer than ${limits.bulkLineBytesMax / 1024} kB.`);
    try {
      const { value, ...facts } = readJson(decodeText(bytes));
      return checkEvent(value, this.types.check, facts);
    } catch (error) {
      if (error instanceof JsonRefused) return new Flaw(error.code, '', `The line cannot be read: ${error.message}.`);
      if (isProblem(error)) return new Flaw(error.code, '', error.message);
      throw error;
    }
  }
}

async function* bounded(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    for await (const piece of pieces) {
      bytes += piece.length;
      if (bytes > limits.bulkBytesMax)
        throw new Problem('USAGE_BULK_TOO_LARGE', `A request brings ${limits.bulkBytesMax / 1024 ** 2} MB at most.`);
      yield piece;
    }
  } catch (error) {
    if (isProblem(error)) throw error;
    throw new Problem('REQUEST_INVALID', `The request broke off: ${(error as Error).message}.`);
  }
}
