import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Database, type Row } from '../platform/database/index.js';

type Listener = (topics: string[]) => void;

const everyMs = 1_500;

/**
 * What changed, for screens that are open: one small question to the database every second and a half, however many listen, and none when
 * nobody does. It costs the pipeline nothing, and it sees the work of every process.
 */
@Injectable()
export class LiveUpdates implements OnModuleDestroy {
  private readonly listeners = new Map<Listener, () => void>();
  private last: Record<string, string> | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(@Inject(Database) private readonly db: Database) {}

  /** `end` closes the screen's stream when the engine stops; the screen comes back by itself. */
  listen(listener: Listener, end: () => void): () => void {
    this.listeners.set(listener, end);
    this.timer ??= setInterval(() => void this.look().catch(() => (this.last = undefined)), everyMs);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.stop();
    };
  }

  onModuleDestroy(): void {
    for (const end of this.listeners.values()) end();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.last = undefined;
  }

  private async look(): Promise<void> {
    const [row] = await this.db.query<Row>(
      `select (select last_value::text from message_history_seq_seq) as messages,
         (select concat(count(*), ' ', max(opened_at), ' ', count(assignee)) from exception where state = 'open') as exceptions,
         (select concat(count(*), ' ', max(requested_at)) from approval where state = 'open') as approvals,
         (select string_agg(concat(connection, state), ',' order by connection) from connection_health) as connections,
         (select concat(max(created_at), (select sum(version) from reference_table), (select max(updated_at) from connection), (select max(updated_at) from flow)) from release) as catalog`,
    );
    const now = Object.fromEntries(Object.entries(row!).map(([topic, value]) => [topic, String(value)]));
    const before = this.last;
    this.last = now;
    if (!before) return;
    const changed = Object.keys(now).filter((topic) => now[topic] !== before[topic]);
    if (changed.length > 0) for (const listener of this.listeners.keys()) listener(changed);
  }
}
