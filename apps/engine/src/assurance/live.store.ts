import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { seenApprovals } from '../governance/index.js';
import { Database, scopeKey, seesEverything, within, withinOne, type Row, type Scope } from '../platform/database/index.js';

type Listener = (topics: string[]) => void;

const everyMs = 1_500;

/** Screens of one scope: they are told of the same changes. */
interface Audience {
  scope: Scope;
  listeners: Map<Listener, () => void>;
  last: Record<string, string> | undefined;
}

/**
 * What changed, for screens that are open: one small question to the database every second and a half for each scope, however many listen, and
 * none when nobody does. It costs the pipeline nothing, and it sees the work of every process. Who sees some legal entities hears of those.
 */
@Injectable()
export class LiveUpdates implements OnModuleDestroy {
  private readonly audiences = new Map<string, Audience>();
  private timer: NodeJS.Timeout | undefined;

  constructor(@Inject(Database) private readonly db: Database) {}

  /** `end` closes the screen's stream when the engine stops; the screen comes back by itself. */
  listen(listener: Listener, end: () => void, scope: Scope): () => void {
    const key = scopeKey(scope);
    const audience = this.audiences.get(key) ?? { scope, listeners: new Map(), last: undefined };
    this.audiences.set(key, audience);
    audience.listeners.set(listener, end);
    this.timer ??= setInterval(() => this.lookAll(), everyMs);
    return () => {
      audience.listeners.delete(listener);
      if (audience.listeners.size === 0 && this.audiences.get(key) === audience) this.audiences.delete(key);
      if (this.audiences.size === 0) this.stop();
    };
  }

  onModuleDestroy(): void {
    for (const { listeners } of this.audiences.values()) for (const end of listeners.values()) end();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private lookAll(): void {
    for (const audience of this.audiences.values()) void this.look(audience).catch(() => (audience.last = undefined));
  }

  private async look(audience: Audience): Promise<void> {
    const { scope } = audience;
    const { where: message, values } = within(scope, 'm.legal_entities', 1);
    const exception = withinOne(scope, 'e.held_entity', 1).where;
    const approval = seenApprovals(scope, 1).where;
    const [row] = await this.db.seenBy(scope).query<Row>(
      `select ${seesEverything(scope) ? anyMove : movesOf(message)} as messages,
         (select concat(count(*), ' ', max(e.changed_at)) from exception e where e.state <> 'resolved' and ${exception}) as exceptions,
         (select concat(count(*), ' ', max(a.requested_at)) from approval a where a.state = 'open' and ${approval}) as approvals,
         (select string_agg(concat(connection, state), ',' order by connection) from connection_health) as connections,
         (select concat(count(*) filter (where ended_at is null), max(opened_at), max(ended_at), max(acknowledged_at), (select concat(max(id), max(tried_at)) from alert_notice)) from alert) as alerts,
         (select concat(max(created_at), (select sum(version) from reference_table), (select max(updated_at) from connection), (select max(updated_at) from flow), (select sum(revision) from table_draft)) from release) as catalog`,
      values,
    );
    const now = Object.fromEntries(Object.entries(row!).map(([topic, value]) => [topic, String(value)]));
    const before = audience.last;
    audience.last = now;
    if (!before) return;
    const changed = Object.keys(now).filter((topic) => now[topic] !== before[topic]);
    if (changed.length > 0) for (const listener of audience.listeners.keys()) listener(changed);
  }
}

/** Every move has a line in the history, so its newest number says whether anything moved. */
const anyMove = '(select last_value::text from message_history_seq_seq)';
/** The same for some messages, without an index of its own: how many of them stand in each state, and the newest. */
const movesOf = (
  message: string,
) => `concat((select max(m.received_at) from message m where ${message}), (select string_agg(concat(s.state, s.n), ' ' order by s.state)
           from (select m.state, count(*) as n from message m where ${message} and m.state not in ('posted','skipped','duplicate','superseded','resolved') group by m.state) s))`;
