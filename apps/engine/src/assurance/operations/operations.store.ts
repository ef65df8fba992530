import { Inject, Injectable } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { installedConnectors, limitsInForce } from '../../catalog/index.js';
import { Database, real, type Row } from '../../platform/database/index.js';
import { Doorbell } from '../../platform/queue/index.js';
import { noticesKeptDays } from '../alerts/watching.store.js';

const liveStates = ['ready', 'claimed', 'in_flight', 'in_doubt', 'waiting', 'blocked', 'held', 'exception'] as const;
const tablesShown = 12;
const priorities = ['high', 'normal', 'low'] as const;

const iso = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);
const waiting = (row: Row, count: string, oldest: string) => ({ count: row[count] as number, oldestAt: iso(row[oldest]) });

/** What an operator asks: is it working, what waits, what is full. Every question is over what is live, or over the catalogue of the database. */
@Injectable()
export class OperationsStore {
  private readonly version = (JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }).version;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(Doorbell) private readonly bell: Doorbell,
  ) {}

  async now() {
    const [facts, messages, leader, workers, connections, tables] = await Promise.all([
      this.facts(),
      this.db.query<Row>(
        `select state, count(*)::int as n, min(received_at) as oldest from message m where ${real('m')} and state = any($1) and state not in ('posted','skipped','duplicate','superseded','resolved') group by state`,
        [liveStates],
      ),
      this.db.query<Row>("select holder, until from leader where name = 'scheduler' and until > now()"),
      this.db.query<Row>('select holder, count(*)::int as lanes, max(lease_until) as until from lane where lease_until > now() and holder is not null group by holder order by holder'),
      this.connections(),
      this.db.query<Row>(
        `select coalesce(pg_partition_root(c.oid), c.oid)::regclass::text as name, sum(pg_total_relation_size(c.oid))::float8 as bytes, sum(greatest(c.reltuples, 0))::float8 as rows
         from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname = 'public' group by 1 order by 2 desc limit ${tablesShown}`,
      ),
    ]);
    const byState = new Map(messages.map((row) => [row['state'] as string, row]));
    const state = this.bell.state;
    return {
      asOf: iso(facts['now'])!,
      version: this.version,
      schema: { newest: facts['newest'] as string, migrations: facts['migrations'] as number },
      queue: { backend: this.bell.backend, state: state.is, detail: 'why' in state ? state.why : 'policy' in state ? `maxmemory-policy ${state.policy}` : null },
      messages: liveStates.map((name) => ({ state: name, count: (byState.get(name)?.['n'] as number | undefined) ?? 0, oldestAt: iso(byState.get(name)?.['oldest']), link: name === 'exception' ? '/exceptions' : `/messages?state=${name}` })),
      deliveries: { waiting: waiting(facts, 'fresh', 'fresh_oldest'), unread: waiting(facts, 'unread', 'unread_oldest') },
      usage: { commits: waiting(facts, 'commits', 'commits_oldest'), events: facts['events'] as string },
      processes: {
        leader: leader[0] ? { holder: leader[0]['holder'] as string, until: iso(leader[0]['until'])! } : null,
        workers: workers.map((row) => ({ process: row['holder'] as string, lanes: row['lanes'] as number, until: iso(row['until'])! })),
      },
      connections,
      database: {
        version: facts['pg'] as string,
        bytes: Number(facts['bytes']),
        connections: { used: facts['used'] as number, most: Number(facts['most']) },
        longestTransactionSeconds: facts['longest'] === null ? null : Math.round(Number(facts['longest']) * 10) / 10,
        tables: tables.map((row) => ({ name: row['name'] as string, bytes: Number(row['bytes']), rows: Number(row['rows']) })),
      },
      kept: [
        { what: 'Messages with every payload, attempt and move', forDays: null, oldestAt: iso(facts['message_oldest']) },
        { what: 'Usage events and their keys', forDays: null, oldestAt: iso(facts['usage_oldest']) },
        { what: 'The audit log and its seals', forDays: null, oldestAt: iso(facts['audit_oldest']) },
        { what: 'Alerts that are over, and notices', forDays: noticesKeptDays, oldestAt: iso(facts['notice_oldest']) },
      ],
    };
  }

  private async facts(): Promise<Row> {
    const [row] = await this.db.query<Row>(
      `select now(), current_setting('server_version') as pg, pg_database_size(current_database())::float8 as bytes, current_setting('max_connections') as most,
         (select count(*)::int from pg_stat_activity where datname = current_database()) as used,
         (select max(extract(epoch from now() - xact_start)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()) as longest,
         (select count(*)::int from schema_migration) as migrations, (select name from schema_migration order by id desc limit 1) as newest,
         (select count(*)::int from inbox i where state = 'new' and ${real('i')}) as fresh, (select min(received_at) from inbox i where state = 'new' and ${real('i')}) as fresh_oldest,
         (select count(*)::int from inbox i where state = 'failed' and ${real('i')}) as unread, (select min(received_at) from inbox i where state = 'failed' and ${real('i')}) as unread_oldest,
         (select count(*)::int from usage_commit where roll is null) as commits, (select received_at from usage_commit where roll is null order by id limit 1) as commits_oldest,
         (select coalesce(sum(events), 0)::text from usage_commit where roll is null) as events,
         (select min(received_at) from message) as message_oldest, (select received_at from usage_event order by seq, received_at limit 1) as usage_oldest,
         (select min(at) from audit_entry) as audit_oldest, (select created_at from alert_notice order by id limit 1) as notice_oldest`,
    );
    return row!;
  }

  private async connections() {
    const rows = await this.db.query<Row>(
      `select c.name, c.connector, c.state, c.limits, g.day_used, g.day = (clock_timestamp() at time zone 'utc')::date as of_today, g.open_until > clock_timestamp() as open,
         array(select u > clock_timestamp() from unnest(g.waiting_until) with ordinality as w(u, n) order by n) as waiting,
         (select coalesce(sum(running), 0)::int from connection_share s where s.connection = c.name and s.until > clock_timestamp()) as running
       from connection c left join connection_gate g on g.connection = c.name order by c.name`,
    );
    return Promise.all(
      rows.map(async (row) => {
        const name = row['name'] as string;
        const usual = installedConnectors.get(row['connector'] as string)!.limits;
        const limits = limitsInForce(usual, row['limits'] as object);
        const [rest] = await this.db.query<{ rest_ms: number; why: string }>('select rest_ms, why from connection_rest($1,$2)', [name, limits.perDay ?? null]);
        return {
          name,
          state: row['state'] as 'on' | 'paused',
          rests: rest && row['state'] === 'on' ? { why: rest.why, forMs: Math.max(0, Math.round(rest.rest_ms)), circuit: row['open'] === true } : null,
          running: row['running'] as number,
          concurrency: limits.concurrency,
          perSecond: limits.perSecond ?? null,
          usedToday: row['of_today'] === true ? Number(row['day_used']) : 0,
          perDay: limits.perDay ?? null,
          waiting: priorities.filter((_, at) => (row['waiting'] as boolean[] | null)?.[at] === true),
        };
      }),
    );
  }
} // prettier-ignore
