import { realBook } from '../../../platform/database/index.js';
import { periodEnds, periodOf, periodStarts } from '../rollup/reading.js';

/** The table that says who pays for a subject, and from when to when. */
export const accountsTable = 'usage-accounts';
/** The table that says what a unit of a meter costs, for what nobody is known to pay: a hint, never a price that is billed. */
export const pricesTable = 'usage-prices';

const validOn = (row: string, day: string): string =>
  `${row}.until_version is null and (${row}.valid_from is null or ${row}.valid_from <= ${day}) and (${row}.valid_to is null or ${row}.valid_to >= ${day})`;

/** The row of the account that was valid on the day of the usage. */
const account = `select t."values"->>'customer' as customer, t."values"->>'subscription' as subscription, t."values"->>'plan' as plan, t."values"->>'region' as region,
    t."values"->>'legalEntity' as legal_entity
  from table_row t where t.table_name = '${accountsTable}' and t.key = jsonb_build_object('subject', d.subject) and ${validOn('t', 'd.day')} limit 1`;

/** Without a row: the customer or the subscription of the hub that has the subject's name. Two of them are a question, not an answer. */
const known = `select count(*) as candidates, min(case o.type when 'customer' then o.source_id else o.content #>> '{customer,sourceId}' end) as customer,
    min(case o.type when 'subscription' then o.source_id end) as subscription, min(o.content->>'legalEntity') as legal_entity
  from (select o.type, o.source_id, (select cv.content::jsonb from canonical_version cv where cv.object_id = o.id and cv.version = o.version) as content
    from canonical_object o where o.type in ('customer', 'subscription') and ${realBook('o')} and o.source_id = d.subject) o`;

/** What a whole of buckets comes to, by the meter's aggregate; `u.n` is the number of different values. */
const quantity = `coalesce(case v.aggregate when 'sum' then sum(p.total) when 'count' then sum(p.events) when 'max' then max(p.largest) when 'min' then min(p.smallest)
    when 'average' then round(sum(p.total) / nullif(sum(p.events), 0), 20) when 'unique' then max(u.n)
    else (array_agg(p.last_value order by p.last_at desc nulls last, p.last_seq desc))[1] end, 0)`;

export interface Which {
  /** A condition on `v`, a version of a meter with `active` of its meter. */
  versions: string;
  /** A condition on `b`, a bucket of `v`. */
  buckets?: string;
}

/**
 * The buckets of some versions with who pays for them, as the head of a statement: `v` the versions, `paid` the days of subjects with their payer,
 * `whole` what each payer's usage comes to in each period. Accounts are those of the day of the usage, so a payer that changes in a period divides it;
 * the parts say whose usage, from when to when.
 */
export const wholes = ({ versions, buckets = 'true' }: Which): string => `
v as materialized (select v.*, m.active = v.version as active from usage_meter_version v join usage_meter m on m.name = v.meter where ${versions}),
daily as materialized (
  select b.version, ${periodOf('b.starts')} as period, (b.starts at time zone v.zone)::date as day, b.subject, b.group_key, b.grouped,
    sum(b.events) as events, sum(b.total) as total, min(b.smallest) as smallest, max(b.largest) as largest,
    (array_agg(b.last_value order by b.last_at desc nulls last, b.last_seq desc))[1] as last_value, max(b.last_at) as last_at,
    (array_agg(b.last_seq order by b.last_at desc nulls last, b.last_seq desc))[1] as last_seq
  from usage_bucket b join v on v.id = b.version where ${buckets} group by 1, 2, 3, 4, 5, 6),
payer as materialized (
  select d.subject, d.day, coalesce(a.customer, k.customer) as customer, coalesce(a.subscription, case when a.customer is null then k.subscription end) as subscription, a.plan, a.region,
    coalesce(a.legal_entity, case when a.customer is null then k.legal_entity end) as legal_entity,
    case when coalesce(a.customer, k.customer) is not null then null when k.candidates > 1 then 'ambiguous' else 'unknown' end as why
  from (select distinct subject, day from daily) d
  left join lateral (${account}) a on true
  left join lateral (select candidates, case when candidates = 1 then customer end as customer, case when candidates = 1 then subscription end as subscription,
    case when candidates = 1 then legal_entity end as legal_entity from (${known}) found where a.customer is null) k on true),
paid as materialized (
  select d.*, p.customer, p.subscription, p.plan, p.region, p.legal_entity, p.why,
    md5(jsonb_build_array(p.customer, p.subscription, p.plan, p.region, p.legal_entity, d.group_key)::text) as grain_key
  from daily d join payer p on p.subject = d.subject and p.day = d.day),
different as materialized (
  select p.version, p.period, p.grain_key, count(distinct u.value) as n from paid p join v on v.id = p.version and v.aggregate = 'unique'
  join usage_distinct u on u.version = p.version and u.subject = p.subject and u.group_key = p.group_key and u.events > 0
    and u.starts >= p.day::timestamp at time zone v.zone and u.starts < (p.day + 1)::timestamp at time zone v.zone group by 1, 2, 3),
stretch as (
  select version, period, grain_key, subject, min(day) as first, max(day) as last
  from (select distinct version, period, grain_key, subject, day, day - (dense_rank() over (partition by version, period, grain_key, subject order by day))::int as stretch from paid) s
  group by version, period, grain_key, subject, stretch),
parts as materialized (
  select s.version, s.period, s.grain_key, jsonb_agg(jsonb_build_object('subject', s.subject, 'starts', s.first::timestamp at time zone v.zone,
    'ends', (s.last + 1)::timestamp at time zone v.zone) order by s.subject, s.first) as parts
  from stretch s join v on v.id = s.version group by 1, 2, 3),
whole as materialized (
  select v.meter, v.version as meter_version, v.active, v.rolled as roll, v.definition, p.version, p.period, p.grain_key, p.customer, p.subscription, p.plan, p.region, p.legal_entity,
    p.grouped, p.group_key, ${periodStarts('p.period')} as starts, ${periodEnds('p.period')} as ends, sum(p.events)::bigint as events, ${quantity} as quantity,
    'open_' || md5(jsonb_build_array(p.version, p.period, p.grain_key)::text) as id
  from paid p join v on v.id = p.version left join different u on u.version = p.version and u.period = p.period and u.grain_key = p.grain_key
  where p.customer is not null
  group by v.id, v.meter, v.version, v.active, v.rolled, v.definition, v.every, v.zone, v.starts_on, v.aggregate, p.version, p.period, p.grain_key, p.customer, p.subscription, p.plan,
    p.region, p.legal_entity, p.grouped, p.group_key)`;
