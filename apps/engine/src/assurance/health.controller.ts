import { Controller, Inject } from '@nestjs/common';
import type { Settings } from '../config/index.js';
import { Database, type Row } from '../platform/database/index.js';
import { In, Route, type Input } from '../platform/http/index.js';
import { Problem } from '../platform/problems/index.js';
import { Doorbell } from '../platform/queue/index.js';
import { metrics } from '../platform/telemetry/index.js';
import { API_DOCUMENT, SETTINGS } from '../platform/tokens.js';
import { assuranceRoutes as routes } from './routes.js';

@Controller()
export class HealthController {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(Doorbell) private readonly bell: Doorbell,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(API_DOCUMENT) private readonly document: unknown,
  ) {}

  @Route(routes.getLive)
  live() {
    return { status: 'live' as const };
  }

  @Route(routes.getReady)
  async ready() {
    await this.db.query('select 1').catch((error: unknown) => {
      throw new Problem('UNAVAILABLE', `The database does not answer: ${(error as Error).message}`, { retryAfterSeconds: 2 });
    });
    const warnings: string[] = [];
    const { databaseUrl, databaseMigrateUrl } = this.settings;
    if (databaseUrl && (databaseMigrateUrl ?? databaseUrl) === databaseUrl)
      warnings.push(
        'DATABASE_URL is the owner of the schema: grants do not protect the audit log. Use a role of its own, and DATABASE_MIGRATE_URL for the owner.',
      );
    if (this.bell.failuresInARow > 0)
      warnings.push(
        `The queue (${this.bell.backend}) did not take the last ${this.bell.failuresInARow} doorbells; work goes on by sweeping, more slowly.`,
      );
    return {
      status: warnings.length > 0 ? 'ready with warnings' : 'ready',
      database: 'ok',
      queue: this.bell.failuresInARow > 0 ? 'failing' : this.bell.backend,
      warnings,
    };
  }

  @Route(routes.getMetrics)
  async getMetrics(@In() input: Input<typeof routes.getMetrics>): Promise<void> {
    const states = await this.db.query<Row>(
      "select state, count(*)::int as n from message where settled_at is null group by state union all select 'exception_open', count(*)::int from exception where state = 'open'",
    );
    const own = states.map((row) => `waybill_messages_live{state="${row['state'] as string}"} ${row['n'] as number}`);
    const text = `${await metrics.metrics()}# HELP waybill_messages_live Messages that have not ended, by state\n# TYPE waybill_messages_live gauge\n${own.join('\n')}\n`;
    await input.reply.header('content-type', metrics.contentType).send(text);
  }

  @Route(routes.getOpenApi)
  openApi() {
    return this.document;
  }
}
