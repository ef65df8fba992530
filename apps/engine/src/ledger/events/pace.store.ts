import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../config/index.js';
import { Database } from '../../platform/database/index.js';
import { meters } from '../../platform/telemetry/index.js';
import { SETTINGS } from '../../platform/tokens.js';
import { restMs, type Behind } from './pace.js';

const askedEveryMs = 200;

/** How fast usage is taken in, by how far the roll-up is behind: asked for beside the commits, five times a second while some are made. */
@Injectable()
export class UsagePace {
  private behind: Behind = { oldestSeconds: null, rolledSeconds: null };
  private askedAt = -Infinity;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Milliseconds that the next commit rests. Never waits: by what was told last. */
  rest(): number {
    if (performance.now() - this.askedAt >= askedEveryMs) {
      this.askedAt = performance.now();
      void this.ask();
    }
    const rest = restMs(this.behind, this.settings.usageFreshSeconds);
    meters.usageRest.set(rest / 1_000);
    return rest;
  }

  /** What cannot be asked now slows nobody down: whether the database takes more, storing will show. */
  private async ask(): Promise<void> {
    const [row] = await this.db
      .query<{ oldest: string | null; rolled: string | null }>(
        `select extract(epoch from clock_timestamp() - c.received_at) as oldest, extract(epoch from clock_timestamp() - r.rolled_at) as rolled
         from usage_rollup r left join lateral (select received_at from usage_commit where roll is null order by id limit 1) c on true`,
        [],
        { answerWithinMs: 2_000 },
      )
      .catch(() => []);
    const seconds = (text: string | null | undefined) => (text == null ? null : Number(text));
    this.behind = { oldestSeconds: seconds(row?.oldest), rolledSeconds: seconds(row?.rolled) };
  }
}
