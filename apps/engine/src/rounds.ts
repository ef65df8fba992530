import type { Doorbell } from './platform/queue/index.js';
import type { Logger } from './platform/telemetry/index.js';

const everyMs = 1_000;

/**
 * What a process that works does while its queue is away: it looks for work itself. Its rings are then answered in this process (see
 * `Doorbell`), so a queue that is away costs up to a second for each hop, and no throughput. Processes that do so at the same time are kept
 * apart by the leases of lanes and the locks of rows.
 */
export class Rounds {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  private failing = false;

  constructor(
    private readonly bell: Doorbell,
    /** Finds what is due and rings for it. */
    private readonly sweep: () => Promise<unknown>,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      if (this.bell.state.is === 'away') this.round ??= this.walk().finally(() => (this.round = undefined));
    }, everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
  }

  private async walk(): Promise<void> {
    try {
      this.bell.ring({ bell: 'inbox' });
      await this.sweep();
      this.failing = false;
    } catch (error) {
      if (!this.failing) this.log.warn({ event: 'round-failed', error: (error as Error).message });
      this.failing = true;
    }
  }
}
