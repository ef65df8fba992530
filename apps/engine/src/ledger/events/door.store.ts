import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../config/index.js';
import { Backlog } from '../../platform/admission/index.js';
import { Database } from '../../platform/database/index.js';
import { Problem } from '../../platform/problems/index.js';
import { meters } from '../../platform/telemetry/index.js';
import { SETTINGS } from '../../platform/tokens.js';
import { limits } from './limits.js';

const waitingMax = 2_000;
const waitingBytesMax = 64 * 1024 * 1024;
const retryAfterSeconds = 5;
/** Commits that are counted; where there are more of them, they are small ones, and what they hold is as good as counted. */
const commitsMax = 200_000;

/** Who may bring usage: so many at a time, so many bytes, and nobody while the roll-up is far behind. */
@Injectable()
export class UsageDoor {
  private readonly backlog: Backlog;
  private waiting = 0;
  private bytes = 0;
  private streams = 0;

  constructor(@Inject(Database) db: Database, @Inject(SETTINGS) settings: Settings) {
    this.backlog = new Backlog({
      most: settings.usageBacklogMax,
      now: () => performance.now(),
      count: async (most) => {
        const [row] = await db.query<{ n: string }>(
          `select least(coalesce(sum(events), 0), $1::bigint) as n from (select events from usage_commit where roll is null order by id limit ${commitsMax}) c`,
          [most],
          { answerWithinMs: 2_000 },
        );
        meters.usageBacklog.set(Number(row!.n));
        return Number(row!.n);
      },
    });
  }

  /** Lets the work through, or throws BACKLOG_FULL before it costs anything. */
  async pass<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    if (this.waiting >= waitingMax || this.bytes + bytes > waitingBytesMax)
      throw new Problem('BACKLOG_FULL', `${this.waiting} requests with usage wait to be stored.`, { retryAfterSeconds: 1 });
    this.waiting += 1;
    this.bytes += bytes;
    meters.usageWaiting.set(this.waiting);
    try {
      await this.room();
      return await work();
    } finally {
      this.waiting -= 1;
      this.bytes -= bytes;
      meters.usageWaiting.set(this.waiting);
    }
  }

  /** Throws BACKLOG_FULL while the roll-up is far behind. */
  async room(): Promise<void> {
    if (!(await this.backlog.hasRoom()))
      throw new Problem('BACKLOG_FULL', `${this.backlog.size} usage events wait to be rolled up.`, { retryAfterSeconds });
  }

  /** A place for a request that brings its events piece by piece; give it back. */
  enterStream(): () => void {
    if (this.streams >= limits.bulkAtOnceMax)
      throw new Problem('USAGE_BULK_BUSY', `${limits.bulkAtOnceMax} bulk requests are under way in this process.`, {
        retryAfterSeconds: 5,
      });
    this.streams += 1;
    let inside = true;
    return () => {
      if (inside) this.streams -= 1;
      inside = false;
    };
  }
}
