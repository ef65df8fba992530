import { Controller, Inject, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { In, Route, type Input } from '../platform/http/index.js';
import { metrics } from '../platform/telemetry/index.js';
import { API_DOCUMENT } from '../platform/tokens.js';
import { HealthStore } from './health.store.js';
import { assuranceRoutes as routes } from './routes.js';

const lookAtClocksMs = 20_000;

@Controller()
export class HealthController implements OnModuleInit, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(HealthStore) private readonly health: HealthStore,
    @Inject(API_DOCUMENT) private readonly document: unknown,
  ) {}

  /** Clocks are watched though nobody asks; a database that is away is told elsewhere. */
  onModuleInit(): void {
    this.timer = setInterval(() => void this.health.skews().catch(() => undefined), lookAtClocksMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  @Route(routes.getLive)
  live() {
    return { status: 'live' as const };
  }

  @Route(routes.getReady)
  ready() {
    return this.health.ready();
  }

  @Route(routes.getMetrics)
  async getMetrics(@In() input: Input<typeof routes.getMetrics>): Promise<void> {
    await this.health.auditTroubles(); // brings the meters of the audit log up to date
    const own = (await this.health.live()).map(({ state, n }) => `waybill_messages_live{state="${state}"} ${n}`);
    const text = `${await metrics.metrics()}# HELP waybill_messages_live Messages that have not ended, by state\n# TYPE waybill_messages_live gauge\n${own.join('\n')}\n`;
    await input.reply.header('content-type', metrics.contentType).send(text);
  }

  @Route(routes.getOpenApi)
  openApi() {
    return this.document;
  }
}
