import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '../platform/database/index.js';
import { meters, type Logger } from '../platform/telemetry/index.js';
import { LOGGER } from '../platform/tokens.js';

const writeAfterMs = 1_000;
const namesMax = 1_000;

/**
 * Counts webhooks that were refused, by connection, day and code; nothing of them is kept. Counts are gathered and written once a second:
 * whoever sends rubbish does not make the database work.
 */
@Injectable()
export class RefusalStore implements OnModuleDestroy {
  private counts = new Map<string, { connection: string; code: string; count: number }>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  count(connection: string, code: string): void {
    meters.hooks.inc({ end: code });
    const name = `${code} ${connection}`;
    const known = this.counts.get(name);
    if (known) known.count += 1;
    else if (this.counts.size < namesMax) this.counts.set(name, { connection, code, count: 1 });
    this.timer ??= setTimeout(() => void this.write(), writeAfterMs);
  }

  async onModuleDestroy(): Promise<void> {
    clearTimeout(this.timer);
    await this.write();
  }

  /** Names that are no connection are not counted: anybody can make them up. */
  private async write(): Promise<void> {
    this.timer = undefined;
    const rows = [...this.counts.values()];
    this.counts = new Map();
    if (rows.length === 0) return;
    await this.db
      .query(
        `insert into hook_refusal (connection, code, count) select c.name, t.code, t.count from unnest($1::text[], $2::text[], $3::int[]) as t(connection, code, count)
         join connection c on c.name = t.connection order by 1, 2
         on conflict (connection, day, code) do update set count = hook_refusal.count + excluded.count, last_at = now()`,
        [rows.map((r) => r.connection), rows.map((r) => r.code), rows.map((r) => r.count)],
      )
      .catch((error: unknown) => this.log.warn({ event: 'refusals-not-counted', error: (error as Error).message }));
  }
}
