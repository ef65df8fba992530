import type { Tx } from '../../../platform/database/index.js';
import { eventsOf, groupKey, grouped, problem, said, starts, subject, takenBack, valueOf, wanted } from './reading.js';

/** Versions of meters, and the rolls to fold into their buckets: those after `from`, up to `to`. */
export interface Fold {
  versions: readonly string[];
  from: string;
  to: string;
}

/**
 * Folds rolls into buckets, in the transaction that says that they are folded: so each event counts exactly once, and one whose transaction committed
 * late counts when it appears. Everything is `numeric`; nothing passes through a float or through this process.
 */
export async function fold(tx: Tx, { versions, from, to }: Fold): Promise<void> {
  if (versions.length === 0) return;
  // A commit's events are one range of the index, whatever the planner believes of a table that grows faster than its statistics.
  // One roll at a time has room for what a second of full ingest brings, so it does not go through the disk.
  await tx.query("set local jit = off; set local enable_seqscan = off; set local enable_material = off; set local work_mem = '96MB'");
  await tx.query(additions, [versions, from, to]);
  await tx.query(latest, [versions, from, to]);
  const touched = await tx.query(touchedBuckets, [versions, from, to]);
  if (touched.length > 0) await again(tx, JSON.stringify(touched), { versions, from, to });
}

/**
 * Was not taken back by a correction that was rolled up by then. Corrections of these commits are looked up once, as a set: asked for each event and each
 * meter they would cost more than everything else.
 */
const stands = `e.seq not in (
    select k.corrects from usage_correction k join usage_commit kc on kc.id = k.seq >> 16
    where kc.roll <= $3::bigint and k.corrects >= (select min(id) << 16 from usage_commit where roll > $2::bigint and roll <= $3::bigint)
      and k.corrects < (select (max(id) + 1) << 16 from usage_commit where roll > $2::bigint and roll <= $3::bigint))`;

const additions = `
with v as materialized (select v.*, t.type from usage_meter_version v, unnest(v.types) t(type) where v.id = any($1::bigint[])),
hit as materialized (
  select v.id as version, v.aggregate, e.seq, e.occurred_at, ${subject} as subject, ${starts} as starts, ${grouped} as grouped, ${said} as said, ${problem} as problem
  from usage_commit c join usage_event e on e.seq >= c.id << 16 and e.seq < (c.id + 1) << 16 join v on v.type = e.type and ${wanted}
  where c.roll > $2::bigint and c.roll <= $3::bigint and e.kind = 'event' and ${stands}),
good as materialized (select *, ${valueOf('aggregate', 'said')} as value from hit where problem is null),
summed as (
  select version, starts, subject, ${groupKey('grouped')} as group_key, grouped, count(*) as events, sum(value) as total, min(value) as smallest, max(value) as largest
  from good group by version, starts, subject, grouped),
counted as (
  insert into usage_bucket as b (version, starts, subject, group_key, grouped, events, total, smallest, largest, roll) select s.*, $3 from summed s
  on conflict (version, starts, subject, group_key) do update set
    events = b.events + excluded.events, total = coalesce(b.total + excluded.total, excluded.total, b.total),
    smallest = least(b.smallest, excluded.smallest), largest = greatest(b.largest, excluded.largest), roll = excluded.roll),
different as (
  insert into usage_distinct as d (version, starts, subject, group_key, value, events)
  select version, starts, subject, ${groupKey('grouped')}, said, count(*) from good where aggregate = 'unique' group by version, starts, subject, grouped, said
  on conflict (version, starts, subject, group_key, value) do update set events = d.events + excluded.events)
insert into usage_unreadable (version, seq, subject, starts, reason, said, roll)
select version, seq, subject, starts, problem, left(said, 200), $3 from hit where problem is not null on conflict do nothing`;

/** The newest value of each bucket of a meter that wants it. Apart from the rest: a join of two big unknowns would be planned as a loop in a loop. */
const latest = `
with v as materialized (select v.*, t.type from usage_meter_version v, unnest(v.types) t(type) where v.id = any($1::bigint[]) and v.aggregate = 'latest'),
hit as materialized (
  select v.id as version, v.aggregate, e.seq, e.occurred_at, ${subject} as subject, ${starts} as starts, ${grouped} as grouped, ${said} as said, ${problem} as problem
  from usage_commit c join usage_event e on e.seq >= c.id << 16 and e.seq < (c.id + 1) << 16 join v on v.type = e.type and ${wanted}
  where c.roll > $2::bigint and c.roll <= $3::bigint and e.kind = 'event' and ${stands}),
newest as materialized (
  select distinct on (version, starts, subject, grouped) version, starts, subject, ${groupKey('grouped')} as group_key, ${valueOf('aggregate', 'said')} as value, occurred_at, seq
  from hit where problem is null order by version, starts, subject, grouped, occurred_at desc, seq desc)
update usage_bucket b set last_value = n.value, last_at = n.occurred_at, last_seq = n.seq from newest n
where (b.version, b.starts, b.subject, b.group_key) = (n.version, n.starts, n.subject, n.group_key)
  and (b.last_at is null or (n.occurred_at, n.seq) > (b.last_at, b.last_seq))`;

/** Buckets of what was corrected or cancelled, and of what stands in its place. */
const touchedBuckets = `
with correction as (
  select k.seq, k.corrects from usage_commit c join usage_correction k on k.seq >= c.id << 16 and k.seq < (c.id + 1) << 16
  where c.roll > $2::bigint and c.roll <= $3::bigint)
select distinct v.id as version, ${starts} as starts, ${subject} as subject, ${grouped} as grouped
from (select seq from correction union select corrects from correction) x
join usage_event e on e.seq = x.seq and e.kind <> 'cancellation' join usage_meter_version v on v.id = any($1::bigint[]) and ${wanted}`;

/** Counts the touched buckets anew, from the events themselves: that is exact for every aggregate. */
async function again(tx: Tx, touched: string, { versions, from, to }: Fold): Promise<void> {
  const keys = `select version, starts, subject, grouped, ${groupKey('grouped')} as group_key
    from jsonb_to_recordset($1::jsonb) as g(version bigint, starts timestamptz, subject text, grouped jsonb)`;
  await tx.query(
    `with touched as (${keys}) delete from usage_distinct d using touched t
     where (d.version, d.starts, d.subject, d.group_key) = (t.version, t.starts, t.subject, t.group_key)`,
    [touched],
  );
  await tx.query(
    `with touched as (${keys})
     update usage_bucket b set events = 0, total = null, smallest = null, largest = null, last_value = null, last_at = null, last_seq = null, roll = $2 from touched t
     where (b.version, b.starts, b.subject, b.group_key) = (t.version, t.starts, t.subject, t.group_key)`,
    [touched, to],
  );
  await tx.query(
    `delete from usage_unreadable u using usage_commit c join usage_correction k on k.seq >= c.id << 16 and k.seq < (c.id + 1) << 16
     where c.roll > $2::bigint and c.roll <= $3::bigint and u.version = any($1::bigint[]) and u.seq = k.corrects`,
    [versions, from, to],
  );
  await tx.query(
    `with touched as materialized (${keys}),
     hit as materialized (
       select v.id as version, v.aggregate, t.starts, t.subject, t.group_key, t.grouped, e.seq, e.occurred_at, ${said} as said, ${problem} as problem
       from touched t join usage_meter_version v on v.id = t.version
       cross join lateral ${eventsOf('t.subject', 't.starts', "t.starts + case v.grain when 'hour' then interval '1 hour' else interval '26 hours' end")} e
       join usage_commit c on c.id = e.seq >> 16 and c.roll <= $2::bigint
       where e.kind <> 'cancellation' and ${wanted} and ${starts} = t.starts and ${grouped} = t.grouped and not ${takenBack('e.seq', '$2::bigint')}),
     good as materialized (select *, ${valueOf('aggregate', 'said')} as value from hit where problem is null),
     summed as (
       select version, starts, subject, group_key, grouped, count(*) as events, sum(value) as total, min(value) as smallest, max(value) as largest,
         (array_agg(value order by occurred_at desc, seq desc))[1] as last_value, max(occurred_at) as last_at, (array_agg(seq order by occurred_at desc, seq desc))[1] as last_seq
       from good group by version, starts, subject, group_key, grouped),
     counted as (
       insert into usage_bucket (version, starts, subject, group_key, grouped, events, total, smallest, largest, last_value, last_at, last_seq, roll)
       select s.*, $2 from summed s
       on conflict (version, starts, subject, group_key) do update set events = excluded.events, total = excluded.total, smallest = excluded.smallest,
         largest = excluded.largest, last_value = excluded.last_value, last_at = excluded.last_at, last_seq = excluded.last_seq, roll = excluded.roll),
     different as (
       insert into usage_distinct (version, starts, subject, group_key, value, events)
       select version, starts, subject, group_key, said, count(*) from good where aggregate = 'unique' group by 1, 2, 3, 4, 5)
     insert into usage_unreadable (version, seq, subject, starts, reason, said, roll)
     select version, seq, subject, starts, problem, left(said, 200), $2 from hit where problem is not null on conflict do nothing`,
    [touched, to],
  );
}
