import { Inject, Injectable } from '@nestjs/common';
import { seenApprovals } from '../governance/index.js';
import { Database, within, withinOne, type Row, type Scope, type Sql } from '../platform/database/index.js';
import { engineActor, type Caller } from '../platform/http/index.js';

interface Amounts {
  currency: string;
  amount: string;
}

const iso = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);
const money = (column: string) =>
  `coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'amount', ${column}::text) order by ${column} desc), '[]')`;
const delayedAfterMinutes = 15;

/** The questions of one overview, kept to its caller's scope: `values` are $2 and $3 in each. */
interface View {
  db: Sql;
  scope: Scope;
  hours: number;
  values: unknown[];
  message: string;
  approval: string;
  exception: string;
  posting: string;
  delivery: string;
  notice: string;
}

/** What hangs on a message is asked for it only when the caller does not see everything. */
function parts(scope: Scope): Omit<View, 'db' | 'hours' | 'scope'> {
  const { where: message, values } = within(scope, 'm.legal_entities', 2);
  const ofMessage = (id: string) =>
    `(($2::text[] is null and $3::boolean) or exists (select 1 from message m where m.id = ${id} and ${message}))`;
  return {
    values,
    message,
    approval: seenApprovals(scope, 2).where,
    exception: ofMessage('e.message_id'),
    posting: ofMessage('p.message_id'),
    delivery: '(($2::text[] is null or true) and $3::boolean)',
    notice: within(scope, 'n.legal_entities', 2).where,
  };
}

/** Is money moving, and what needs a person? Every number leads to the list of what it counts. */
@Injectable()
export class OverviewStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  async overview(hours: number, { scope, permissions }: Pick<Caller, 'scope' | 'permissions'>) {
    const view: View = { db: this.db.seenBy(scope), scope, hours, ...parts(scope) };
    const [numbers, ledgers, throughput, flows, connections, changes, attention] = await Promise.all([
      this.numbers(view),
      this.ledgers(view),
      this.throughput(view),
      this.flows(view),
      this.connections(),
      permissions.has('audit.read') ? this.changes(hours) : [],
      this.attention(view),
    ]);
    return { asOf: new Date().toISOString(), attention, numbers, postedByLedger: ledgers, throughput, flows, connections, changes };
  }

  private async numbers({ db, hours, values, delivery, message, posting, exception }: View) {
    const [row] = await db.query<Row>(
      `select (select count(*)::int from inbox where received_at > now() - $1 * interval '1 hour' and ${delivery}) as received,
         (select count(*)::int from posting p where state = 'posted' and settled_at > now() - $1 * interval '1 hour' and ${posting}) as posted,
         (select count(*)::int from exception e where state in ('open','in-progress') and ${exception}) as exceptions,
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
       r as (select date_bin($4 * interval '1 minute', received_at, 'epoch') as at, count(*)::int as n from inbox where received_at > now() - $1 * interval '1 hour' and ${delivery} group by 1),
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

  /** Worst first: systems that are away, then money that is held, then decisions and delays. */
  private async attention({ db, scope, values, message, approval, delivery, notice }: View) {
    const connections = await this.db.query<Row>(
      "select h.connection, h.state, h.since, h.detail from connection_health h join connection c on c.name = h.connection and c.state = 'on' where h.state in ('open','failing')",
    );
    const seen = withinOne(scope, 'e.held_entity', 1).where;
    const groups = await db.query<Row>(
      `with open as (select e.cause_key, e.cause, e.remedy, e.category, e.opened_at, e.held_amount as amount, e.held_currency as currency from exception e where e.state in ('open','in-progress') and (e.snoozed_until is null or e.snoozed_until <= now()) and ${seen})
       select o.cause_key, count(*)::int as n, min(opened_at) as since, (array_agg(cause order by opened_at desc))[1] as cause, (array_agg(remedy order by opened_at desc))[1] as remedy,
         (select ${money('total')} from (select currency, sum(amount) as total from open x where x.cause_key = o.cause_key and amount is not null group by currency) s) as amounts
       from open o group by cause_key order by count(*) desc, min(opened_at) limit 8`,
      values,
    );
    const [rest] = await db.query<Row>(
      `select (select count(*)::int from approval a where state = 'open' and ${approval}) as approvals, (select min(requested_at) from approval a where state = 'open' and ${approval}) as approvals_since,
         (select count(*)::int from message m where state = 'in_doubt' and ${message}) as doubts, (select min(updated_at) from message m where state = 'in_doubt' and ${message}) as doubts_since,
         (select count(*)::int from message m where ${message} and state in ('ready','claimed') and received_at < now() - $1::int * interval '1 minute') as delayed,
         (select min(received_at) from message m where ${message} and state in ('ready','claimed') and received_at < now() - $1::int * interval '1 minute') as delayed_since,
         (select count(*)::int from inbox where state = 'failed' and ${delivery}) as unread, (select min(received_at) from inbox where state = 'failed' and ${delivery}) as unread_since,
         (select count(*)::int from alert_notice n where state = 'failed' and tried_at > now() - interval '24 hours' and ${notice}) as unheard, (select min(tried_at) from alert_notice n where state = 'failed' and tried_at > now() - interval '24 hours' and ${notice}) as unheard_since,
         (select count(*)::int from connection where state = 'paused') + (select count(*)::int from flow where state = 'paused') as paused`,
      [delayedAfterMinutes, ...values],
    );
    const stopped = await this.db.query<Row>(
      `select r.flow, r.version, e.at, e.reason from release r join lateral (select at, reason, by_id from release_event where release_id = r.id and to_state = 'stopped' order by seq desc limit 1) e on true
       where r.state = 'stopped' and e.by_id = $1 order by e.at desc limit 8`,
      [engineActor.id],
    );
    const plural = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
    const line = (
      kind: string,
      severity: 'high' | 'medium',
      title: string,
      detail: string,
      since: unknown,
      link: string,
      amounts: Amounts[] = [],
    ) => ({ kind: kind as 'paused', severity, title, detail, since: iso(since), amounts, link });
    const items = connections.map((row) =>
      line(
        'connection',
        'high',
        `${row['connection'] as string} ${row['state'] === 'open' ? 'does not answer' : 'is failing'}`,
        (row['detail'] as string | null) ?? '',
        row['since'],
        `/connections/${row['connection'] as string}`,
      ),
    );
    for (const row of stopped)
      items.push(
        line(
          'release',
          'high',
          `Version ${row['version'] as number} of ${row['flow'] as string} was stopped by itself`,
          (row['reason'] as string | null) ?? '',
          row['at'],
          `/flows/${row['flow'] as string}?tab=releases`,
        ),
      );
    for (const row of groups)
      items.push(
        line(
          'exceptions',
          'high',
          `${plural(row['n'] as number, 'document')}: ${row['cause'] as string}`,
          row['remedy'] as string,
          row['since'],
          `/exceptions?causeKey=${encodeURIComponent(row['cause_key'] as string)}`,
          row['amounts'] as Amounts[],
        ),
      );
    const n = (name: string) => rest![name] as number;
    if (n('unread') > 0)
      items.push(
        line(
          'delayed',
          'high',
          `${n('unread') === 1 ? 'One delivery' : `${n('unread')} deliveries`} could not be read`,
          'The connector did not understand them; they are kept, and each says what is wrong.',
          rest!['unread_since'],
          '/ops?tab=unread',
        ),
      );
    if (n('unheard') > 0)
      items.push(
        line(
          'alert',
          'high',
          `${n('unheard') === 1 ? 'One alert' : `${n('unheard')} alerts`} could not be delivered`,
          'Nobody was told. The log says why; put the channel right and send again.',
          rest!['unheard_since'],
          '/alerts?tab=sent&state=failed',
        ),
      );
    if (n('doubts') > 0)
      items.push(
        line(
          'in-doubt',
          'medium',
          `${plural(n('doubts'), 'document')} in doubt`,
          'Whether they were posted is unknown; they are looked up by themselves.',
          rest!['doubts_since'],
          '/messages?state=in_doubt',
        ),
      );
    if (n('approvals') > 0)
      items.push(
        line(
          'approval',
          'medium',
          `${plural(n('approvals'), 'document')} to approve`,
          'A rule holds them until somebody decides.',
          rest!['approvals_since'],
          '/approvals',
        ),
      );
    if (n('delayed') > 0)
      items.push(
        line(
          'delayed',
          'medium',
          `${plural(n('delayed'), 'document')} waiting for more than ${delayedAfterMinutes} minutes`,
          'They go on by themselves when their target takes them.',
          rest!['delayed_since'],
          '/messages?state=ready',
        ),
      );
    if (n('paused') > 0)
      items.push(
        line(
          'paused',
          'medium',
          `${n('paused') === 1 ? 'One flow or connection is' : `${n('paused')} flows and connections are`} paused`,
          'Messages keep coming in and wait.',
          null,
          '/flows',
        ),
      );
    return items;
  }
}
