import { Inject, Injectable } from '@nestjs/common';
import { isBreached } from '../exceptions/index.js';
import { Database, within, withinOne, type Row } from '../platform/database/index.js';
import { engineActor, type Caller } from '../platform/http/index.js';
import { attentionWords, type AttentionItem } from './attention.js';
import { money, partsOf, type Amounts } from './seen.js';
import { linkOfCheck, troubledChecks, type SyntheticTrouble } from './synthetic/trouble.js';
import { ServiceLevelStore } from './service-levels/service-levels.store.js';

type Seeing = Pick<Caller, 'scope' | 'permissions'>;

const delayedAfterMinutes = 15;
const groupsMax = 8;

const iso = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);
const line = (item: Partial<AttentionItem> & Pick<AttentionItem, 'kind' | 'severity' | 'fact' | 'link'>): AttentionItem => ({
  ...attentionWords(item.fact),
  since: null,
  amounts: [],
  owner: undefined,
  ...item,
});

/** What needs a person, worst first: systems that are away, then what does not tie out, then money that is held, then decisions and delays. */
@Injectable()
export class AttentionStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(ServiceLevelStore) private readonly levels: ServiceLevelStore,
  ) {}

  async items(hours: number, caller: Seeing): Promise<AttentionItem[]> {
    const parts = await Promise.all([
      this.connections(),
      this.releases(),
      caller.permissions.has('control.read') ? this.controls(caller) : [],
      caller.permissions.has('control.read') ? this.synthetic(caller) : [],
      this.promises(hours, caller),
      this.exceptions(caller),
      this.counted(caller),
    ]);
    return parts.flat();
  }

  private async connections(): Promise<AttentionItem[]> {
    const rows = await this.db.query<Row>(
      "select h.connection, h.state, h.since, h.detail from connection_health h join connection c on c.name = h.connection and c.state = 'on' where h.state in ('open','failing')",
    );
    return rows.map((row) =>
      line({
        kind: 'connection',
        severity: 'high',
        fact: {
          code: row['state'] === 'open' ? 'connection-silent' : 'connection-failing',
          connection: row['connection'] as string,
          said: row['detail'] as string | null,
        },
        since: iso(row['since']),
        link: `/connections/${row['connection'] as string}`,
      }),
    );
  }

  private async releases(): Promise<AttentionItem[]> {
    const rows = await this.db.query<Row>(
      `select r.flow, r.version, e.at, e.reason from release r join lateral (select at, reason, by_id from release_event where release_id = r.id and to_state = 'stopped' order by seq desc limit 1) e on true
       where r.state = 'stopped' and e.by_id = $1 order by e.at desc limit ${groupsMax}`,
      [engineActor.id],
    );
    return rows.map((row) =>
      line({
        kind: 'release',
        severity: 'high',
        fact: {
          code: 'release-stopped',
          flow: row['flow'] as string,
          version: row['version'] as number,
          said: row['reason'] as string | null,
        },
        since: iso(row['at']),
        link: `/flows/${row['flow'] as string}?tab=releases`,
      }),
    );
  }

  /** The newest run of each control and month that has ended, where it failed or left something to explain. */
  private async controls({ scope }: Seeing): Promise<AttentionItem[]> {
    const seen = within(scope, 'r.legal_entities', 1);
    const rows = await this.db.seenBy(scope).query<Row>(
      `select r.id, r.control, r.period, r.state, r.error, r.open_gaps, r.drift, r.ended_at from (
         select distinct on (r.control, r.period) r.* from control_run r where r.state <> 'running' and ${seen.where} order by r.control, r.period, r.started_at desc) r
       join control c on c.name = r.control and c.state = 'on' where r.state = 'failed' or r.open_gaps > 0 order by r.ended_at limit ${groupsMax}`,
      seen.values,
    );
    return rows.map((row) => {
      const [control, period, drift] = [row['control'] as string, row['period'] as string, row['drift'] as number];
      const failed = row['state'] === 'failed';
      return line({
        kind: 'control',
        severity: failed || drift > 0 ? 'high' : 'medium',
        fact: failed
          ? { code: 'control-failed', control, period, said: row['error'] as string | null }
          : { code: 'control-gaps', control, period, gaps: row['open_gaps'] as number, drift },
        since: iso(row['ended_at']),
        link: `/recon/${control}/${row['id'] as string}`,
      });
    });
  }

  private async synthetic({ scope }: Seeing): Promise<AttentionItem[]> {
    const seen = within(scope, 'r.legal_entities', 1);
    const rows = await this.db.seenBy(scope).query<SyntheticTrouble>(`${troubledChecks(seen.where)} limit ${groupsMax}`, seen.values);
    return rows.map(({ name, owner, trouble, says, since, open }) =>
      line({
        kind: 'synthetic',
        severity: 'high',
        fact: { code: 'synthetic', check: name, trouble, said: says[0] ?? null, open, owner },
        since: iso(since),
        owner,
        link: linkOfCheck(name),
      }),
    );
  }

  private async promises(hours: number, caller: Seeing): Promise<AttentionItem[]> {
    const { items } = await this.levels.levels({ hours, flow: undefined }, caller);
    return items.flatMap(({ flow, state, share, keptShare, late, delayed }) =>
      state !== 'missed' || keptShare === null
        ? []
        : line({
            kind: 'promise',
            severity: 'high',
            fact: { code: 'promise-missed', flow, share, keptShare, late, delayed: delayed.count },
            since: delayed.oldestAt,
            link: `/flows/${flow}`,
          }),
    );
  }

  /** Groups of one cause: those with documents that are over their time first. */
  private async exceptions({ scope }: Seeing): Promise<AttentionItem[]> {
    const seen = withinOne(scope, 'e.held_entity', 1);
    const rows = await this.db.seenBy(scope).query<Row>(
      `with open as (select e.cause_key, e.cause, e.remedy, e.opened_at, e.held_amount as amount, e.held_currency as currency, e.assignee_id, e.assignee, ${isBreached('now()')} as late
         from exception e where e.state in ('open','in-progress') and (e.snoozed_until is null or e.snoozed_until <= now()) and ${seen.where})
       select o.cause_key, count(*)::int as n, count(*) filter (where late)::int as late, min(opened_at) as since, (array_agg(cause order by opened_at desc))[1] as cause, (array_agg(remedy order by opened_at desc))[1] as remedy,
         count(distinct assignee_id)::int as owners, min(assignee) as owner,
         (select ${money('total')} from (select currency, sum(amount) as total from open x where x.cause_key = o.cause_key and amount is not null group by currency) s) as amounts
       from open o group by cause_key order by count(*) filter (where late) > 0 desc, count(*) desc, min(opened_at) limit ${groupsMax}`,
      seen.values,
    );
    return rows.map((row) => {
      const [documents, late, owners] = [row['n'] as number, row['late'] as number, row['owners'] as number];
      return line({
        kind: 'exceptions',
        severity: 'high',
        fact: { code: 'exceptions', documents, late, cause: row['cause'] as string, remedy: row['remedy'] as string, owners },
        since: iso(row['since']),
        amounts: row['amounts'] as Amounts[],
        owner: owners === 0 ? null : owners === 1 ? (row['owner'] as string) : `${owners} people`,
        link: `/exceptions?causeKey=${encodeURIComponent(row['cause_key'] as string)}`,
      });
    });
  }

  private async counted({ scope }: Seeing): Promise<AttentionItem[]> {
    const { values, message, approval, delivery, notice } = partsOf(scope);
    const [row] = await this.db.seenBy(scope).query<Row>(
      `select (select count(*)::int from approval a where state = 'open' and ${approval}) as approvals, (select min(requested_at) from approval a where state = 'open' and ${approval}) as approvals_since,
         (select count(*)::int from message m where state = 'in_doubt' and ${message}) as doubts, (select min(updated_at) from message m where state = 'in_doubt' and ${message}) as doubts_since,
         (select count(*)::int from message m where ${message} and state in ('ready','claimed') and received_at < now() - $1::int * interval '1 minute') as delayed,
         (select min(received_at) from message m where ${message} and state in ('ready','claimed') and received_at < now() - $1::int * interval '1 minute') as delayed_since,
         (select count(*)::int from inbox i where state = 'failed' and ${delivery}) as unread, (select min(received_at) from inbox i where state = 'failed' and ${delivery}) as unread_since,
         (select count(*)::int from alert_notice n where state = 'failed' and tried_at > now() - interval '24 hours' and ${notice}) as unheard, (select min(tried_at) from alert_notice n where state = 'failed' and tried_at > now() - interval '24 hours' and ${notice}) as unheard_since,
         (select count(*)::int from connection where state = 'paused') + (select count(*)::int from flow where state = 'paused') as paused`,
      [delayedAfterMinutes, ...values],
    );
    const count = (name: string) => row![name] as number;
    const since = (name: string) => iso(row![`${name}_since`]);
    const items = [
      line({
        kind: 'delayed',
        severity: 'high',
        fact: { code: 'deliveries-unread', count: count('unread') },
        since: since('unread'),
        link: '/ops?tab=unread',
      }),
      line({
        kind: 'alert',
        severity: 'high',
        fact: { code: 'alerts-unheard', count: count('unheard') },
        since: since('unheard'),
        link: '/alerts?tab=sent&state=failed',
      }),
      line({
        kind: 'in-doubt',
        severity: 'medium',
        fact: { code: 'in-doubt', count: count('doubts') },
        since: since('doubts'),
        link: '/messages?state=in_doubt',
      }),
      line({
        kind: 'approval',
        severity: 'medium',
        fact: { code: 'approvals', count: count('approvals') },
        since: since('approvals'),
        link: '/approvals',
      }),
      line({
        kind: 'delayed',
        severity: 'medium',
        fact: { code: 'delayed', count: count('delayed'), minutes: delayedAfterMinutes },
        since: since('delayed'),
        link: '/messages?state=ready',
      }),
      line({ kind: 'paused', severity: 'medium', fact: { code: 'paused', count: count('paused') }, link: '/flows' }),
    ];
    const counts = ['unread', 'unheard', 'doubts', 'approvals', 'delayed', 'paused'].map(count);
    return items.filter((_, at) => counts[at]! > 0);
  }
}
