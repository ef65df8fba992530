import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Settings } from '../config/index.js';
import { AuditStatusStore } from '../governance/index.js';
import { Database, real, type Row } from '../platform/database/index.js';
import { EgressClient } from '../platform/egress/index.js';
import { Problem } from '../platform/problems/index.js';
import { Doorbell } from '../platform/queue/index.js';
import { meters, type Logger } from '../platform/telemetry/index.js';
import { LOGGER, SETTINGS } from '../platform/tokens.js';
import { skewSeconds, skewSecondsMax, skewWarnings } from './skew.js';

export interface Readiness {
  /** `degraded`: it works, more slowly or not for ever. */
  status: 'ready' | 'ready with warnings' | 'degraded';
  database: string;
  queue: string;
  warnings: string[];
}

/** Can this process work, and what should a person look at? Asked by whoever balances the load, every few seconds, so it is cheap. */
@Injectable()
export class HealthStore {
  private readonly told = new Set<string>();
  private auditKnown: string[] = [];
  private auditAskedAt = -Infinity;
  private auditAsking: Promise<void> | undefined;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(Doorbell) private readonly bell: Doorbell,
    @Inject(AuditStatusStore) private readonly audit: AuditStatusStore,
    @Inject(EgressClient) private readonly egress: EgressClient,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Throws UNAVAILABLE when nothing may be sent here: no database within two seconds, or a queue that may throw jobs away. */
  async ready(): Promise<Readiness> {
    const skews = await this.skews();
    const { state, backend } = this.bell;
    if (state.is === 'evicts')
      throw new Problem('UNAVAILABLE', `The Redis of the queue may throw jobs away (maxmemory-policy ${state.policy}).`, {
        remedy: 'Set its maxmemory-policy to noeviction.',
        retryAfterSeconds: 5,
      });
    const troubles = skewWarnings(skews);
    if (state.is === 'away')
      troubles.unshift(`The queue (${backend}) does not take doorbells (${state.why}); work goes on by sweeping, a little later.`);
    troubles.push(...(await this.auditTroubles()));
    const advice: string[] = [];
    const { databaseUrl, databaseMigrateUrl } = this.settings;
    if (databaseUrl && (databaseMigrateUrl ?? databaseUrl) === databaseUrl)
      advice.push(
        'DATABASE_URL is the owner of the schema: grants do not protect the audit log. Use a role of its own, and DATABASE_MIGRATE_URL for the owner.',
      );
    return {
      status: troubles.length > 0 ? 'degraded' : advice.length > 0 ? 'ready with warnings' : 'ready',
      database: 'ok',
      queue: state.is === 'away' ? 'away' : backend,
      warnings: [...troubles, ...advice],
    };
  }

  /**
   * What a person should know of the seals. Asked in the background, every two seconds at most: a pool without a free connection does not make readiness
   * late, the last answer does for so long.
   */
  async auditTroubles(): Promise<string[]> {
    const now = performance.now();
    if (now - this.auditAskedAt >= 2_000) {
      this.auditAskedAt = now;
      this.auditAsking ??= this.audit
        .warnings(new Date())
        .then((warnings) => void (this.auditKnown = warnings))
        .catch((error: unknown) => void (this.auditKnown = [`How far the audit log is sealed is not known: ${(error as Error).message}`]))
        .finally(() => (this.auditAsking = undefined));
    }
    await Promise.race([this.auditAsking, sleep(300, undefined, { ref: false })]);
    return this.auditKnown;
  }

  /** Messages that have not ended, by state, and open exceptions; empty when the database does not answer, since the other metrics do not need it. */
  async live(): Promise<{ state: string; n: number }[]> {
    const rows = await this.db
      .query<Row>(
        `select state, count(*)::int as n from message m where ${real('m')} and state not in ('posted','skipped','duplicate','superseded','resolved') group by state
         union all select 'exception_open', count(*)::int from exception where state in ('open','in-progress')`,
        [],
        { answerWithinMs: 2_000 },
      )
      .catch((error: unknown) => {
        this.log.warn({ event: 'metrics-without-database', error: (error as Error).message });
        return [];
      });
    return rows as { state: string; n: number }[];
  }

  /** Seconds by which other clocks are apart from ours, by whose they are. Told in the log when one goes too far. */
  async skews(): Promise<ReadonlyMap<string, number>> {
    const askedAt = Date.now();
    const { clock } = await this.db.pulse();
    const found = new Map([['the database', skewSeconds({ askedAt, heardAt: Date.now(), said: clock.getTime(), grainMs: 1 })]]);
    for (const [host, reading] of this.egress.clocks) found.set(host, skewSeconds({ ...reading, grainMs: 1000 }));
    for (const [whose, seconds] of found) {
      meters.clockSkew.set({ clock: whose }, seconds);
      const far = Math.abs(seconds) > skewSecondsMax;
      if (far && !this.told.has(whose)) this.log.error({ event: 'clock-skew', clock: whose, seconds, remedy: 'Set both clocks by NTP.' });
      if (far) this.told.add(whose);
      else this.told.delete(whose);
    }
    return found;
  }
}
