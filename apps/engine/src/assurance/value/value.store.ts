import { Inject, Injectable } from '@nestjs/common';
import { Database, within, type Row, type Sql } from '../../platform/database/index.js';
import type { Caller } from '../../platform/http/index.js';
import { explainedKinds } from '../reconciliation/causes.js';
import { money, partsOf, type Amounts } from '../seen.js';
import { daysToClose, endOf, monthsBefore, shareOf } from './value.js';

interface Found {
  gaps: number;
  settled: number;
  amounts: Amounts[];
}

const monthOf = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM')`;

/** What months were worth, counted anew for each look out of what is kept anyway. */
@Injectable()
export class ValueStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  async months(count: number, { scope, permissions }: Pick<Caller, 'scope' | 'permissions'>) {
    const db = this.db.seenBy(scope);
    const months = monthsBefore(new Date(), count);
    const from = `${months.at(-1)!}-01T00:00:00Z`;
    const { values, posting, exception } = partsOf(scope);
    const seesControls = permissions.has('control.read');
    const seen = within(scope, 'r.legal_entities', 2);
    const [posted, stopped, found, signed] = await Promise.all([
      this.posted(db, { from, values, posting }),
      this.stopped(db, { from, values, exception }),
      seesControls ? this.found(db, from, seen) : new Map<string, Found>(),
      seesControls ? this.signedOff(db, months, seen) : new Map<string, { reviewedAt: Date | null }[]>(),
    ]);
    return months.map((month) => {
      const done = posted.get(month) ?? { posted: 0, untouched: 0 };
      const stops = stopped.get(month) ?? { stopped: 0, stoppedHours: 0, medianHours: null };
      return {
        month,
        ...done,
        untouchedShare: shareOf(done.untouched, done.posted),
        ...stops,
        found: seesControls ? (found.get(month) ?? { gaps: 0, settled: 0, amounts: [] }) : null,
        daysToClose: daysToClose(endOf(month), signed.get(month) ?? []),
      };
    });
  }

  private async posted(db: Sql, { from, values, posting }: { from: string; values: unknown[]; posting: string }) {
    const rows = await db.query<Row>(
      `select ${monthOf('p.settled_at')} as month, count(*)::int as posted,
         count(*) filter (where not exists (select 1 from exception e where e.message_id in (p.message_id, m.caused_by)) and not exists (select 1 from approval a where a.message_id in (p.message_id, m.caused_by)))::int as untouched
       from posting p left join message m on m.id = p.message_id where p.state = 'posted' and p.settled_at >= $1::timestamptz and ${posting} group by 1`,
      [from, ...values],
    );
    return new Map(rows.map((row) => [row['month'] as string, { posted: row['posted'] as number, untouched: row['untouched'] as number }]));
  }

  private async stopped(db: Sql, { from, values, exception }: { from: string; values: unknown[]; exception: string }) {
    const rows = await db.query<Row>(
      `with seen as (select e.opened_at, e.closed_at, extract(epoch from coalesce(e.closed_at, now()) - e.opened_at) / 3600 as hours from exception e
         where (e.opened_at >= $1::timestamptz or e.closed_at >= $1::timestamptz) and ${exception}),
       opened as (select ${monthOf('opened_at')} as month, count(*)::int as n, sum(hours) as hours from seen where opened_at >= $1::timestamptz group by 1),
       closed as (select ${monthOf('closed_at')} as month, percentile_cont(0.5) within group (order by hours) as median from seen where closed_at >= $1::timestamptz group by 1)
       select coalesce(o.month, c.month) as month, coalesce(o.n, 0) as n, coalesce(o.hours, 0)::float8 as hours, c.median::float8 as median from opened o full join closed c on c.month = o.month`,
      [from, ...values],
    );
    const tenths = (hours: number) => Math.round(hours * 10) / 10;
    return new Map(
      rows.map((row) => [
        row['month'] as string,
        {
          stopped: row['n'] as number,
          stoppedHours: tenths(row['hours'] as number),
          medianHours: row['median'] === null ? null : tenths(row['median'] as number),
        },
      ]),
    );
  }

  /** Each difference once, in the month in which a run first saw it. It is settled when a person accepted it, or when the newest run of its control and period has it no more. */
  private async found(db: Sql, from: string, seen: ReturnType<typeof within>): Promise<Map<string, Found>> {
    const rows = await db.query<Row>(
      `with newest as (select distinct on (r.control, r.period) r.control, r.period, r.id from control_run r where r.state = 'done' and ${seen.where} order by r.control, r.period, r.started_at desc),
       first as (select distinct on (r.control, r.period, g.fingerprint) r.control, r.period, g.fingerprint, g.currency, abs(g.difference) as amount, r.started_at
         from gap g join control_run r on r.id = g.run_id where r.state = 'done' and not (g.kind = any($4)) and ${seen.where} order by r.control, r.period, g.fingerprint, r.started_at),
       told as (select ${monthOf('f.started_at')} as month, f.currency, f.amount,
           exists (select 1 from gap_acceptance a where a.control = f.control and a.fingerprint = f.fingerprint)
           or not exists (select 1 from newest n join gap g on g.run_id = n.id and g.fingerprint = f.fingerprint where n.control = f.control and n.period = f.period) as settled
         from first f where f.started_at >= $1::timestamptz)
       select month, count(*)::int as gaps, count(*) filter (where settled)::int as settled,
         (select ${money('total')} from (select currency, sum(amount) as total from told x where x.month = t.month and currency is not null and amount <> 0 group by currency) s) as amounts from told t group by month`,
      [from, ...seen.values, explainedKinds],
    );
    return new Map(rows.map((row) => [row['month'] as string, { gaps: row['gaps'] as number, settled: row['settled'] as number, amounts: row['amounts'] as Amounts[] }])); // prettier-ignore
  }

  /** Controls that ran for a month, and the sign-off that stands. */
  private async signedOff(db: Sql, months: readonly string[], seen: ReturnType<typeof within>) {
    const rows = await db.query<Row>(
      `select r.period, c.reviewed_at from (select distinct r.control, r.period from control_run r join control d on d.name = r.control and d.state = 'on' where r.period = any($1) and r.state = 'done' and ${seen.where}) r
       left join checkpoint c on c.control = r.control and c.period = r.period and c.state = 'locked'`,
      [months, ...seen.values],
    );
    const byMonth = new Map<string, { reviewedAt: Date | null }[]>();
    for (const row of rows) {
      const month = row['period'] as string;
      byMonth.set(month, [...(byMonth.get(month) ?? []), { reviewedAt: row['reviewed_at'] as Date | null }]);
    }
    return byMonth;
  }
}
