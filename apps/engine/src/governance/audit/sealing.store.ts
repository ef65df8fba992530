import { Inject, Injectable } from '@nestjs/common';
import { meters, type Logger } from '../../platform/telemetry/index.js';
import { LOGGER } from '../../platform/tokens.js';
import { SealCopies } from './seal-copies.store.js';
import { sealEntriesMax, SealerStore } from './sealer.store.js';

const everyMs = 500;
const leadEveryMs = 1_500;
/** After this we no longer believe in the lead; the database does a little longer. */
const believeMs = 4_000;

/** Seals twice a second, as long as this process has the lead, and has the seals carried outside. Runs where the scheduler runs. */
@Injectable()
export class Sealing {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  private carrying: Promise<void> | undefined;
  private askedAt = -Infinity;
  private leadsUntil = -Infinity;
  private failing = false;

  constructor(
    @Inject(SealerStore) private readonly sealer: SealerStore,
    @Inject(SealCopies) private readonly copies: SealCopies,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.tick(), everyMs);
  }

  /** Seals what is there a last time, so that a stop leaves nothing unsealed, and lets another process in. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
    await this.carrying;
    if (!this.leads()) return;
    await this.tick();
    await this.carrying;
    await this.sealer.resign();
    this.leadsUntil = -Infinity;
  }

  /** One beat. A beat that is still going is not joined by another. */
  tick(): Promise<void> {
    return (this.round ??= this.beat()
      .then(() => (this.failing = false))
      .catch((error: unknown) => {
        if (!this.failing) this.log.warn({ event: 'sealing-waits', error: (error as Error).message });
        this.failing = true;
      })
      .then(() => undefined)
      .finally(() => (this.round = undefined)));
  }

  private readonly leads = (): boolean => performance.now() < this.leadsUntil;

  private async beat(): Promise<void> {
    if (!(await this.keepLead())) return;
    for (let sealed = sealEntriesMax; sealed === sealEntriesMax && (await this.keepLead());) {
      sealed = await this.sealer.seal();
      if (sealed > 0) {
        meters.auditSeals.inc();
        meters.auditSealedEntries.inc(sealed);
      }
    }
    this.carrying = this.copies
      .carry(this.leads)
      .catch((error: unknown) => this.log.warn({ event: 'audit-copy-waits', error: (error as Error).message }));
  }

  private async keepLead(): Promise<boolean> {
    const askedAt = performance.now();
    if (askedAt - this.askedAt < leadEveryMs) return this.leads();
    const led = this.leads();
    this.leadsUntil = -Infinity;
    this.askedAt = askedAt;
    if (!(await this.sealer.lead())) return false;
    if (!led) this.copies.forget();
    this.leadsUntil = askedAt + believeMs;
    return true;
  }
}
