import { Inject, Injectable } from '@nestjs/common';
import { Database, real, within, type Row } from '../../platform/database/index.js';
import type { Caller } from '../../platform/http/index.js';
import { ageOf, ages } from '../../pipeline/index.js';
import { judge, type Judged, type Promised } from './service-level.js';

const open = "m.state not in ('posted','skipped','duplicate','superseded','resolved')";

/**
 * What flows promise, and what became of it. The live release says what is promised; of the documents that came in during the range,
 * those count that were posted, or closed by hand, and those whose time is over. What was skipped, a duplicate or superseded was never due.
 */
@Injectable()
export class ServiceLevelStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  async levels({ hours, flow }: { hours: number; flow: string | undefined }, { scope }: Pick<Caller, 'scope'>) {
    const seen = within(scope, 'm.legal_entities', 2);
    const rows = await this.db.seenBy(scope).query<Row>(
      `with promised as (
         select f.name, (r.definition->'promise'->>'withinMs')::bigint as within_ms, (r.definition->'promise'->>'share')::float8 as share,
           now() as at, now() - (r.definition->'promise'->>'withinMs')::bigint * interval '1 millisecond' as due_before
         from flow f join release r on r.id = f.release_id where r.definition ? 'promise' and ($1::text is null or f.name = $1)),
       judged as (
         select flow, count(*) filter (where m.state = 'posted' and not late)::int as kept,
           count(*) filter (where late and (m.state in ('posted','resolved') or ${open}))::int as late
         from (select m.flow, m.state, coalesce(m.settled_at, now()) - m.received_at > p.within_ms * interval '1 millisecond' as late
           from message m join promised p on p.name = m.flow where m.received_at > now() - $4 * interval '1 hour' and ${seen.where} and ${real('m')}) m
         group by flow),
       delayed as (
         select flow, jsonb_object_agg(age, n) as ages, min(oldest) as oldest from (
           select m.flow, ${ageOf('m.received_at')} as age, count(*)::int as n, min(m.received_at) as oldest
           from message m join promised p on p.name = m.flow where ${open} and m.received_at < p.due_before and ${seen.where} and ${real('m')} group by 1, 2) a
         group by flow)
       select p.*, coalesce(j.kept, 0) as kept, coalesce(j.late, 0) as late, coalesce(d.ages, '{}') as ages, d.oldest
       from promised p left join judged j on j.flow = p.name left join delayed d on d.flow = p.name order by p.name`,
      [flow ?? null, ...seen.values, hours],
    );
    return { items: rows.map(shape) };
  }
}

function shape(row: Row) {
  const promised: Promised = { withinMs: Number(row['within_ms']), share: row['share'] as number };
  const judged: Judged = { kept: row['kept'] as number, late: row['late'] as number };
  const delayed = row['ages'] as Record<string, number>;
  return {
    flow: row['name'] as string,
    ...promised,
    ...judged,
    ...judge(promised, judged),
    dueBefore: (row['due_before'] as Date).toISOString(),
    delayed: {
      count: Object.values(delayed).reduce((sum, n) => sum + n, 0),
      oldestAt: (row['oldest'] as Date | null)?.toISOString() ?? null,
      ages: ages.map((age, at) => ({ age, count: delayed[String(at)] ?? 0 })),
    },
  };
}
