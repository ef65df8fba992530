import { Inject, Injectable } from '@nestjs/common';
import { Database, type Row, type Sql } from '../platform/database/index.js';
import type { Caller } from '../platform/http/index.js';
import { AttentionStore } from './attention.store.js';
import { money, partsOf, type Amounts, type Parts } from './seen.js';
import { OwnWorkStore } from './own-work.store.js';

const iso = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);

/** The questions of one overview, kept to its caller's scope: `values` are $2 and $3 in each. */
interface View extends Parts {
  db: Sql;
  hours: number;
}

/** Is money moving, and what needs a person? Every number leads to the list of what it counts. */
@Injectable()
export class OverviewStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AttentionStore) private readonly attention: AttentionStore,
    @Inject(OwnWorkStore) private readonly ownWork: OwnWorkStore,
  ) {}

  async overview(hours: number, caller: Caller) {
    const { scope, permissions } = caller;
    const view: View = { db: this.db.seenBy(scope), hours, ...partsOf(scope) };
    const [numbers, ledgers, throughput, flows, connections, changes, attention, mine] = await Promise.all([
      this.numbers(view),
      this.ledgers(view),
      this.throughput(view),
      this.flows(view),
      this.connections(),
      permissions.has('audit.read') ? this.changes(hours) : [],
      this.attention.items(hours, caller),
      this.ownWork.of(caller),
    ]);
    return { asOf: new Date().toISOString(), attention, mine, numbers, postedByLedger: ledgers, throughput, flows, connections, changes };
  }

  private async numbers({ db, hours, values, delivery, message, posting, exception }: View) {
    const [row] = await db.query<Row>(
      `select (select count(*)::int from inbox i where received_at > now() - $1 * interval '1 hour' and ${delivery}) as received,
         (select count(*)::int from posting p where state = 'posted' and settled_at > now() - $1 * interval '1 hour' and ${posting}) as posted,
         (select count(*)::int from exception e where state in ('open','in-progress') and (e.snoozed_until is null or e.snoozed_until <= now()) and ${exception}) as exceptions,
         (select count(*)::int from message m where ${message} and state in ('ready','claimed','in_flight','in_doubt','waiting','blocked','held')) as underway,
         (select ${money('total')} from (select m.currency, sum(m.amount) as total from message m join release r on r.id = m.release_id
            where ${message} and m.state in ('ready','claimed','in_flight','in_doubt','waiting','blocked','held','exception') and m.amount is not null and r.definition->'to' ? 'connection' group by m.currency) s) as open_amounts,
         (select ${money('total')} from (select currency, sum(amount) as total from posting p where ${posting} and state = 'posted' and amount is not null and settled_at > now() - $1 * interval '1 hour' group by currency) s) as posted_amounts`,
      [hours, ...values],
    );
    return {
      received: row!['received'] as number,
      posted: row!['posted'] as number,
      exceptions: row!['exceptions'] as number,
      underway: row!['underway'] as number,
      notYetPosted: row!['open_amounts'] as Amounts[],
      postedAmounts: row!['posted_amounts'] as Amounts[],
    };
  }

  private async ledgers({ db, hours, values, posting }: View) {
    const rows = await db.query<Row>(
      `with posted as (select * from posting p where ${posting} and state = 'posted' and settled_at > now() - $1 * interval '1 hour'),
       money as (select ledger, ${money('total')} as amounts from (select ledger, currency, sum(amount) as total from posted where amount is not null group by ledger, currency) s group by ledger)
       select p.ledger, max(p.connection) as connection, count(*)::int as documents, max(settled_at) as last, (select amounts from money where money.ledger = p.ledger) as amounts from posted p group by p.ledger order by p.ledger`,
      [hours, ...values],
    );
    return rows.map((row) => ({
      ledger: row['ledger'] as string,
      connection: row['connection'] as string | null,
      documents: row['documents'] as number,
      amounts: (row['amounts'] as Amounts[] | null) ?? [],
      lastAt: iso(row['last']),
    }));
  }

  private async throughput({ db, hours, values, delivery, posting, exception }: View) {
    const minutes = hours <= 2 ? 2 : hours <= 24 ? 30 : 240;
    const rows = await db.query<Row>(
      `with buckets as (select generate_series(date_bin($4 * interval '1 minute', now() - $1 * interval '1 hour', 'epoch'), now(), $4 * interval '1 minute') as at),
       r as (select date_bin($4 * interval '1 minute', received_at, 'epoch') as at, count(*)::int as n from inbox i where received_at > now() - $1 * interval '1 hour' and ${delivery} group by 1),
       p as (select date_bin($4 * interval '1 minute', settled_at, 'epoch') as at, count(*)::int as n from posting p where state = 'posted' and settled_at > now() - $1 * interval '1 hour' and ${posting} group by 1),
       e as (select date_bin($4 * interval '1 minute', opened_at, 'epoch') as at, count(*)::int as n from exception e where opened_at > now() - $1 * interval '1 hour' and ${exception} group by 1)
       select b.at, coalesce(r.n, 0) as received, coalesce(p.n, 0) as posted, coalesce(e.n, 0) as exceptions from buckets b left join r using (at) left join p using (at) left join e using (at) order by b.at`,
      [hours, ...values, minutes],
    );
    return rows.map((row) => ({
      at: iso(row['at'])!,
      received: row['received'] as number,
      posted: row['posted'] as number,
      exceptions: row['exceptions'] as number,
    }));
  }

  private async flows({ db, hours, values, message }: View) {
    const rows = await db.query<Row>(
      `select f.name, f.state, coalesce(s.posted, 0) as posted, coalesce(s.exceptions, 0) as exceptions, coalesce(s.underway, 0) as underway, s.p95, s.last from flow f left join (
         select flow, count(*) filter (where state = 'posted' and settled_at > now() - $1 * interval '1 hour')::int as posted, count(*) filter (where state = 'exception')::int as exceptions,
           count(*) filter (where state in ('ready','claimed','in_flight','in_doubt','waiting','blocked','held'))::int as underway, max(received_at) as last,
           percentile_cont(0.95) within group (order by extract(epoch from settled_at - received_at)) filter (where state = 'posted' and settled_at > now() - $1 * interval '1 hour') as p95
         from message m where ${message} and (settled_at is null or settled_at > now() - $1 * interval '1 hour') group by flow) s on s.flow = f.name order by f.name`,
      [hours, ...values],
    );
    return rows.map((row) => ({
      name: row['name'] as string,
      state: row['state'] as string,
      posted: row['posted'] as number,
      exceptions: row['exceptions'] as number,
      underway: row['underway'] as number,
      p95Seconds: row['p95'] === null ? null : Math.round(Number(row['p95']) * 100) / 100,
      lastAt: iso(row['last']),
    }));
  }

  private async connections() {
    const rows = await this.db.query<Row>(
      "select c.name, c.connector, case when c.state = 'paused' then 'paused' else coalesce(h.state, 'unknown') end as state, h.detail from connection c left join connection_health h on h.connection = c.name order by c.name",
    );
    return rows.map((row) => ({
      name: row['name'] as string,
      connector: row['connector'] as string,
      state: row['state'] as string,
      detail: row['detail'] as string | null,
    }));
  }

  private async changes(hours: number) {
    const rows = await this.db.query<Row>(
      "select at, summary from audit_entry where at > now() - $1 * interval '1 hour' and actor_kind <> 'engine' and (action like 'flow.%' or action like 'mapping.%' or action like 'connection.%' or action like 'table.%') order by at desc limit 50",
      [hours],
    );
    return rows.map((row) => ({ at: iso(row['at'])!, summary: row['summary'] as string }));
  }
}
