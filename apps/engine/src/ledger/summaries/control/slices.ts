import { realBook } from '../../../platform/database/index.js';
import { problem, takenBack, wanted } from '../rollup/reading.js';
import { accountsTable } from '../seal/paying.js';

/**
 * What the control counts, each slice in one statement, so that it sees one moment. Everything is counted from the events themselves; nothing that the
 * roll-up has added up is believed.
 */

/** Commits of a slice: so many numbers. */
export const commitsInSlice = 1_000;

/** $1: the slice. Accepted is what the doors said yes to, ledgered what lies in the ledger. */
export const commitSlice = `
select coalesce(sum(events), 0)::text as accepted,
  (select count(*) from usage_event where seq >= $1::bigint * ${commitsInSlice} << 16 and seq < ($1::bigint + 1) * ${commitsInSlice} << 16)::text as ledgered,
  (select roll from usage_rollup) as roll
from usage_commit where id >= $1::bigint * ${commitsInSlice} and id < ($1::bigint + 1) * ${commitsInSlice}`;

/** $1: a version, $2: a day by its clock. What the events say, beside what buckets and the list of unreadable ones say. */
export const meterSlice = `
with v as (select * from usage_meter_version where id = $1::bigint),
span as (select $2::date::timestamp at time zone v.zone as first, ($2::date + 1)::timestamp at time zone v.zone as next from v),
found as (
  select count(*) filter (where ${problem} is null) as counted, count(*) filter (where ${problem} is not null) as unreadable
  from span join usage_event e on e.occurred_at >= span.first and e.occurred_at < span.next cross join v join usage_commit c on c.id = e.seq >> 16 and c.roll <= v.rolled
  where e.kind <> 'cancellation' and ${wanted} and not ${takenBack('e.seq', 'v.rolled')})
select f.counted::text as counted, f.unreadable::text as unreadable, v.rolled as roll,
  (select coalesce(sum(events), 0) from usage_bucket b, span where b.version = v.id and b.starts >= span.first and b.starts < span.next)::text as booked,
  (select count(*) from usage_unreadable u, span where u.version = v.id and u.starts >= span.first and u.starts < span.next)::text as listed
from found f, v`;

/** $1: a day of UTC. Where each event that was rolled up has gone: every one of them into exactly one of these. */
export const daySlice = `
with v as materialized (select v.* from usage_meter_version v join usage_meter m on m.name = v.meter and m.active = v.version),
successor as materialized (select k.corrects from usage_correction k join usage_commit kc on kc.id = k.seq >> 16 and kc.roll is not null),
e as materialized (
  select e.*, e.kind = 'cancellation' or s.corrects is not null as taken_back
  from usage_event e join usage_commit c on c.id = e.seq >> 16 and c.roll is not null left join successor s on s.corrects = e.seq
  where e.occurred_at >= $1::date::timestamp at time zone 'UTC' and e.occurred_at < ($1::date + 1)::timestamp at time zone 'UTC'),
paid as materialized (
  select distinct e.subject from e where exists (
      select 1 from table_row t where t.table_name = '${accountsTable}' and t.until_version is null and t.key = jsonb_build_object('subject', e.subject)
        and (t.valid_from is null or t.valid_from <= $1::date) and (t.valid_to is null or t.valid_to >= $1::date))
    or 1 = (select count(*) from canonical_object o where o.type in ('customer', 'subscription') and ${realBook('o')} and o.source_id = e.subject)),
gone as (
  select case when e.taken_back then 'takenBack' when w.wanted = 0 then 'unused' when w.readable = 0 then 'unreadable'
    when p.subject is null then 'unattributed' else 'summarised' end as into_
  from e left join paid p on p.subject = e.subject
  cross join lateral (select count(*) as wanted, count(*) filter (where ${problem} is null) as readable from v where not e.taken_back and ${wanted}) w)
select (select roll from usage_rollup) as roll, count(*)::text as ledgered, ${[
  'takenBack',
  'unused',
  'unreadable',
  'unattributed',
  'summarised',
]
  .map((into) => `count(*) filter (where into_ = '${into}')::text as "${into}"`)
  .join(', ')} from gone`;

/** $1, $2: rolls. The days that they brought events of: of UTC, and by the clock of each version. */
export const touchedDays = `
with e as materialized (
  select e.occurred_at, e.type, e.data, e.subject from usage_commit c join usage_event e on e.seq >= c.id << 16 and e.seq < (c.id + 1) << 16
  where c.roll > $1::bigint and c.roll <= $2::bigint)
select distinct 'day:' || (occurred_at at time zone 'UTC')::date as slice from e
union select distinct 'meter:' || v.id || ':' || (e.occurred_at at time zone v.zone)::date from e join usage_meter_version v on v.rolls and e.type = any(v.types)
union select distinct 'commits:' || id / ${commitsInSlice} from usage_commit where roll > $1::bigint and roll <= $2::bigint`;

/** Days of versions that the control does not know yet: a new version counts the past. */
export const unknownDays = `
select distinct 'meter:' || v.id || ':' || (b.starts at time zone v.zone)::date as slice from usage_meter_version v join usage_bucket b on b.version = v.id
where v.rolls and not exists (select 1 from usage_control k where k.slice like 'meter:' || v.id || ':%')`;

export interface Facts {
  facts: Record<string, string>;
  roll: string;
  /** Events that are on one side and not on the other. */
  difference: number;
}

/** What a slice says is wrong, as a number of events. */
export function judged(slice: string, { roll, ...facts }: Record<string, string> & { roll: string }): Facts {
  const n = (name: string) => Number(facts[name] ?? 0);
  const difference = slice.startsWith('commits:')
    ? Math.abs(n('accepted') - n('ledgered'))
    : slice.startsWith('meter:')
      ? Math.abs(n('counted') - n('booked')) + Math.abs(n('unreadable') - n('listed'))
      : Math.abs(n('ledgered') - n('takenBack') - n('unused') - n('unreadable') - n('unattributed') - n('summarised'));
  return { facts, roll, difference };
}
