import { Inject, Injectable } from '@nestjs/common';
import { isBreached } from '../../exceptions/index.js';
import { Database, real, type Row } from '../../platform/database/index.js';
import type { Situation, Money } from './episodes.js';
import { linkOfCheck, syntheticWords, troubledChecks, type SyntheticTrouble } from '../synthetic/trouble.js';
import { limitsOf, type AlertRule, type Limits, type WatchName, type Where } from './rules.js';

/** Situations of one rule at one time; more of them are one flood, and the screens are the place to look at it. */
export const situationsMax = 50;

const plural = (n: number, word: string, words = `${word}s`) => `${n} ${n === 1 ? word : words}`;
const iso = (value: unknown): string => (value instanceof Date ? value : new Date()).toISOString();

/** What rules look at, as it is now. Each question is one statement over what is open, never over the past. */
@Injectable()
export class Situations {
  private readonly looks: Record<WatchName, (where: Where, limits: Limits) => Promise<Situation[]>> = {
    exceptions: (where, limits) => this.exceptions(where, limits),
    connections: (where, limits) => this.connections(where, limits),
    delays: (where, limits) => this.delays(where, limits),
    controls: (where) => this.controls(where),
    synthetic: (where) => this.synthetic(where),
    approvals: (where, limits) => this.approvals(where, limits),
    deliveries: (where, limits) => this.deliveries(where, limits),
    credentials: (_, limits) => this.credentials(limits),
    usage: (_, limits) => this.usage(limits),
  };

  constructor(@Inject(Database) private readonly db: Database) {}

  find(rule: Pick<AlertRule, 'watch' | 'where' | 'limits'>): Promise<Situation[]> {
    return this.looks[rule.watch](rule.where, limitsOf(rule));
  }

  private async exceptions({ flow, category, legalEntity }: Where, { count, minutes, amount, overdue }: Limits): Promise<Situation[]> {
    const rows = await this.db.query<Row>(
      `with open as (select e.cause_key, e.cause, e.remedy, e.opened_at, m.amount, m.currency, ${isBreached('now()')} as late from exception e join message m on m.id = e.message_id
         where e.state in ('open','in-progress') and (e.snoozed_until is null or e.snoozed_until <= now()) and ($1::text is null or e.flow = $1) and ($2::text is null or e.category = $2) and ($3::text is null or $3 = any(m.legal_entities)))
       select cause_key, count(*)::int as n, count(*) filter (where late)::int as late, min(opened_at) as since, (array_agg(cause order by opened_at desc))[1] as cause, (array_agg(remedy order by opened_at desc))[1] as remedy,
         (select coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'amount', total::text) order by total desc), '[]') from (select currency, sum(amount) as total from open x where x.cause_key = o.cause_key and amount is not null group by currency) s) as amounts
       from open o group by cause_key
       having count(*) >= $4 and min(opened_at) <= now() - $5 * interval '1 minute' and (not $6 or bool_or(late)) and ($7::text is null or sum(amount) filter (where currency = $7) >= $8::numeric)
       order by count(*) desc, cause_key limit ${situationsMax}`,
      [flow ?? null, category ?? null, legalEntity ?? null, count, minutes, overdue ?? false, amount?.currency ?? null, amount?.amount ?? null],
    );
    return rows.map((row) => ({
      subject: `cause ${row['cause_key'] as string}`,
      title: `${plural(row['n'] as number, 'document')}: ${row['cause'] as string}`,
      detail: [row['remedy'] as string, (row['late'] as number) > 0 ? `${plural(row['late'] as number, 'document')} over time.` : ''].filter((part) => part !== '').join(' '),
      link: `/exceptions?causeKey=${encodeURIComponent(row['cause_key'] as string)}`,
      since: iso(row['since']),
      amounts: row['amounts'] as Money[],
    }));
  } // prettier-ignore

  private async connections({ connection }: Where, { minutes }: Limits): Promise<Situation[]> {
    const rows = await this.db.query<Row>(
      `select h.connection, h.state, h.since, h.detail from connection_health h join connection c on c.name = h.connection and c.state = 'on'
       where h.state in ('open','failing') and ($1::text is null or h.connection = $1) and h.since <= now() - $2 * interval '1 minute' order by h.since limit ${situationsMax}`,
      [connection ?? null, minutes],
    );
    return rows.map((row) => {
      const name = row['connection'] as string;
      return {
        subject: `connection ${name}`,
        title: `${name} ${row['state'] === 'open' ? 'does not answer' : 'is failing'}`,
        detail: (row['detail'] as string | null) ?? '',
        link: `/connections/${name}`,
        since: iso(row['since']),
        amounts: [],
      };
    });
  }

  private async delays({ flow, legalEntity }: Where, { minutes }: Limits): Promise<Situation[]> {
    const rows = await this.db.query<Row>(
      `with waiting as (select m.flow, m.received_at, m.amount, m.currency from message m
         where m.state in ('ready','claimed') and ${real('m')} and m.received_at <= now() - $3 * interval '1 minute' and ($1::text is null or m.flow = $1) and ($2::text is null or $2 = any(m.legal_entities)))
       select flow, count(*)::int as n, min(received_at) as since,
         (select coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'amount', total::text) order by total desc), '[]') from (select currency, sum(amount) as total from waiting x where x.flow = w.flow and amount is not null group by currency) s) as amounts
       from waiting w group by flow order by min(received_at) limit ${situationsMax}`,
      [flow ?? null, legalEntity ?? null, minutes],
    );
    return rows.map((row) => ({
      subject: `delay ${row['flow'] as string}`,
      title: `${plural(row['n'] as number, 'document')} of ${row['flow'] as string} waiting for more than ${plural(minutes!, 'minute')}`,
      detail: 'They go on by themselves when their target takes them.',
      link: `/messages?state=ready&flow=${encodeURIComponent(row['flow'] as string)}`,
      since: iso(row['since']),
      amounts: row['amounts'] as Money[],
    })); // prettier-ignore
  }

  /** The newest run of each control and period that has ended. */
  private async controls({ control, legalEntity }: Where): Promise<Situation[]> {
    const rows = await this.db.query<Row>(
      `select r.* from (select distinct on (control, period) * from control_run where state <> 'running' and ($1::text is null or control = $1) and ($2::text is null or $2 = any(legal_entities))
         order by control, period, started_at desc) r join control c on c.name = r.control and c.state = 'on' where r.state = 'failed' or r.open_gaps > 0 order by r.ended_at limit ${situationsMax}`,
      [control ?? null, legalEntity ?? null],
    );
    return rows.map((row) => {
      const name = row['control'] as string;
      const gaps = row['open_gaps'] as number;
      return {
        subject: `control ${name} ${row['period'] as string}`,
        title: row['state'] === 'failed' ? `The control ${name} of ${row['period'] as string} could not be run` : `${name} of ${row['period'] as string}: ${plural(gaps, 'gap')} to explain`,
        detail: row['state'] === 'failed' ? ((row['error'] as string | null) ?? '') : row['ledger_cut_off'] === null ? `${plural(row['drift'] as number, 'document')} changed in the ERP behind our back.` : `${plural(row['drift'] as number, 'quantity', 'quantities')} changed in billing after they were sent.`,
        link: `/recon/${name}/${row['id'] as string}`,
        since: iso(row['ended_at']),
        amounts: [],
      };
    }); // prettier-ignore
  }

  /** The newest run of each check, where it is in trouble or has ended in it. */
  private async synthetic({ legalEntity }: Where): Promise<Situation[]> {
    const rows = await this.db.query<SyntheticTrouble>(`${troubledChecks('($1::text is null or $1 = any(r.legal_entities))')} limit ${situationsMax}`, [legalEntity ?? null]);
    return rows.map((row) => ({ subject: `synthetic ${row.name}`, since: iso(row.since), amounts: [], link: linkOfCheck(row.name), ...syntheticWords(row) }));
  } // prettier-ignore

  private async approvals({ legalEntity }: Where, { count, minutes }: Limits): Promise<Situation[]> {
    const [row] = await this.db.query<Row>(
      `select count(*)::int as n, min(requested_at) as since from approval where state = 'open' and requested_at <= now() - $2 * interval '1 minute' and ($1::text is null or $1 = any(legal_entities))`,
      [legalEntity ?? null, minutes],
    );
    const n = row!['n'] as number;
    if (n < count!) return [];
    return [
      {
        subject: 'approvals',
        title: `${plural(n, 'approval')} waiting for more than ${plural(minutes!, 'minute')}`,
        detail: 'What a rule holds goes on when somebody has decided.',
        link: '/approvals',
        since: iso(row!['since']),
        amounts: [],
      },
    ];
  }

  private async deliveries({ connection }: Where, { count }: Limits): Promise<Situation[]> {
    const rows = await this.db.query<Row>(
      `select connection, count(*)::int as n, min(received_at) as since from inbox i where state = 'failed' and ${real('i')} and ($1::text is null or connection = $1) group by connection having count(*) >= $2 order by connection limit ${situationsMax}`,
      [connection ?? null, count],
    );
    return rows.map((row) => ({
      subject: `deliveries ${row['connection'] as string}`,
      title: `${row['n'] === 1 ? 'One delivery' : `${row['n'] as number} deliveries`} of ${row['connection'] as string} could not be read`,
      detail: 'The connector did not understand them; they are kept.',
      link: `/connections/${row['connection'] as string}`,
      since: iso(row['since']),
      amounts: [],
    }));
  }

  private async credentials({ days }: Limits): Promise<Situation[]> {
    const rows = await this.db.query<Row>(
      `select id, name, expires_at from api_key where revoked_at is null and expires_at > now() and expires_at <= now() + $1 * interval '1 day' order by expires_at limit ${situationsMax}`,
      [days],
    );
    return rows.map((row) => ({
      subject: `key ${row['id'] as string}`,
      title: `The API key ${row['name'] as string} ends on ${iso(row['expires_at']).slice(0, 10)}`,
      detail: 'What uses it is refused from then on. Rotate it: the old one can live beside the new one.',
      link: '/access?tab=keys',
      since: iso(row['expires_at']),
      amounts: [],
    }));
  }

  private async usage({ minutes }: Limits): Promise<Situation[]> {
    const [row] = await this.db.query<Row>(
      `select (select received_at from usage_commit where roll is null order by id limit 1) as since, (select sum(events)::text from usage_commit where roll is null) as events`,
    );
    const since = row!['since'] as Date | null;
    const [late] = since === null ? [] : await this.db.query<{ late: boolean }>("select $1::timestamptz <= now() - $2 * interval '1 minute' as late", [since, minutes]); // prettier-ignore
    if (!late?.late) return [];
    return [
      {
        subject: 'usage',
        title: `Usage of more than ${plural(minutes!, 'minute')} is not counted`,
        detail: `${row!['events'] as string} events wait for their meters.`,
        link: '/usage?tab=meters',
        since: iso(since),
        amounts: [],
      },
    ];
  }
}
