import { Inject, Injectable } from '@nestjs/common';
import { ConnectionStore, type OpenConnection } from '../catalog/index.js';
import type { Settings } from '../config/index.js';
import { Backlog } from '../platform/admission/index.js';
import { Database } from '../platform/database/index.js';
import { isProblem, Problem } from '../platform/problems/index.js';
import { meters } from '../platform/telemetry/index.js';
import { SETTINGS } from '../platform/tokens.js';

const waitingMax = 2_000;
const waitingBytesMax = 64 * 1024 * 1024;
const retryAfterSeconds = 5;
const knownForMs = 1_000;
const knownMax = 1_000;

/** Who may come in at the door for webhooks: so many at a time, and none while the pipeline is far behind. */
@Injectable()
export class HookDoor {
  private readonly backlog: Backlog;
  private readonly known = new Map<string, { until: number; opened: Promise<OpenConnection> }>();
  private waiting = 0;
  private bytes = 0;

  constructor(
    @Inject(Database) db: Database,
    @Inject(ConnectionStore) private readonly connections: ConnectionStore,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.backlog = new Backlog({
      most: settings.backlogMax,
      now: () => performance.now(),
      count: async (most) => {
        const [row] = await db.query<{ n: number }>(
          `select ((select count(*) from (select 1 from inbox where state = 'new' limit $1) i) + (select count(*) from (select 1 from message where state = 'ready' limit $1) m))::int as n`,
          [most],
          { answerWithinMs: 2_000 },
        );
        meters.backlog.set(row!.n);
        return row!.n;
      },
    });
  }

  /** Lets the work through, or throws BACKLOG_FULL before it costs anything. */
  async pass<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    if (this.waiting >= waitingMax || this.bytes + bytes > waitingBytesMax)
      throw new Problem('BACKLOG_FULL', `${this.waiting} webhooks wait to be stored.`, { retryAfterSeconds: 1 });
    this.waiting += 1;
    this.bytes += bytes;
    meters.doorWaiting.set(this.waiting);
    try {
      if (!(await this.backlog.hasRoom()))
        throw new Problem('BACKLOG_FULL', `${this.backlog.size} deliveries and messages wait to be worked on.`, { retryAfterSeconds });
      return await work();
    } finally {
      this.waiting -= 1;
      this.bytes -= bytes;
      meters.doorWaiting.set(this.waiting);
    }
  }

  /**
   * The connection of a webhook, as it was up to a second ago: a question to the database for each webhook would cost more than storing it.
   * `anew` asks in any case, before a webhook is refused for what may have changed.
   */
  async connection(name: string, { anew = false } = {}): Promise<OpenConnection> {
    const now = performance.now();
    let found = this.known.get(name);
    if (!found || found.until < now || anew) {
      if (this.known.size >= knownMax) this.known.clear();
      found = { until: now + knownForMs, opened: this.connections.open(name) };
      this.known.set(name, found);
      found.opened.catch(() => this.known.delete(name)); // told below to whoever asked
    }
    return found.opened.catch((error: unknown) => {
      if (isProblem(error) && error.code === 'NOT_FOUND') throw new Problem('HOOK_UNKNOWN', `There is no webhook ${name}.`);
      throw error;
    });
  }
}
