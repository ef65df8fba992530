import type { Tx } from '../../../platform/database/index.js';
import {
  dimension, eventsOf, given, groupedBy, groupKey, grouped, problem, problemBy, said, starts, subject, takenBack, valueOf, wanted,
} from './reading.js'; // prettier-ignore

/** A version of a meter, as the roll-up reads events with it. */
export interface FoldedVersion {
  id: string;
  aggregate: string;
  types: string[];
  matches: object;
  value_path: string[] | null;
  dimensions: string[];
  path1: string[] | null;
  path2: string[] | null;
  path3: string[] | null;
  path4: string[] | null;
  path5: string[] | null;
  grain: string;
  zone: string;
}

/** Its columns of `usage_meter_version`. */
export const foldedVersion = 'id, aggregate, types, matches, value_path, dimensions, path1, path2, path3, path4, path5, grain, zone';

/** Versions of meters, and the rolls to fold into their buckets: those after `from`, up to `to`, with so many events. */
export interface Fold {
  versions: readonly FoldedVersion[];
  from: string;
  to: string;
  events: number;
}

/** From so many events on, each version reads them by itself. Fewer are read by all in one statement, however many meters there are. */
export const apartMin = 2_000;

/**
 * Folds rolls into buckets, in the transaction that says that they are folded: so each event counts exactly once, and one whose transaction committed
 * late counts when it appears. Everything is `numeric`; nothing passes through a float or through this process.
 */
export async function fold(tx: Tx, { versions, from, to, events }: Fold): Promise<void> {
  if (versions.length === 0) return;
  // A commit's events are one range of the index, whatever the planner believes of a table that grows faster than its statistics.
  // One roll at a time has room for what a second of full ingest brings, so it does not go through the disk.
  await tx.query(
    "set local jit = off; set local enable_seqscan = off; set local enable_material = off; set local work_mem = '96MB'; set local plan_cache_mode = force_custom_plan",
  );
  if (events < apartMin) await add(tx, together(versions), { from, to });
  else for (const version of await wantedOf(tx, versions, from, to)) await add(tx, alone(version), { from, to });
  const ids = versions.map(({ id }) => id);
  const touched = await tx.query(touchedBuckets, [ids, from, to]);
  if (touched.length > 0) await again(tx, JSON.stringify(touched), { versions: ids, from, to });
}

interface Rolls {
  from: string;
  to: string;
}

/** Versions as a part of a statement: `v` as a relation, what is named of it above it, what is grouped by because of it, and its parameters from $3 on. */
interface Readers {
  v: string;
  id: string;
  aggregate: string;
  dimensions: string;
  /** How many dimensions the one with the most has. */
  places: number;
  grouping: readonly string[];
  unique: boolean;
  latest: boolean;
  values: readonly unknown[];
}

const together = (versions: readonly FoldedVersion[]): Readers => ({
  v: '(select * from usage_meter_version where id = any($3::bigint[]))',
  id: 'version',
  aggregate: 'aggregate',
  dimensions: 'dimensions',
  places: Math.max(...versions.map(({ dimensions }) => dimensions.length)),
  grouping: ['version', 'dimensions'],
  unique: versions.some(({ aggregate }) => aggregate === 'unique'),
  latest: versions.some(({ aggregate }) => aggregate === 'latest'),
  values: [versions.map(({ id }) => id)],
});

/** As constants, so that the planner leaves out what this meter does not need: an event costs half of what it costs when each column is looked at. */
const alone = (version: FoldedVersion): Readers => ({
  v: `(select $3::bigint as id, $4::text as aggregate, $5::text[] as types, $6::jsonb as matches, $7::text[] as value_path, $8::text[] as dimensions,
    $9::text[] as path1, $10::text[] as path2, $11::text[] as path3, $12::text[] as path4, $13::text[] as path5, $14::text as grain, $15::text as zone)`,
  id: '$3::bigint',
  aggregate: '$4::text',
  dimensions: '($8::text[])',
  places: version.dimensions.length,
  grouping: [],
  unique: version.aggregate === 'unique',
  latest: version.aggregate === 'latest',
  values: [
    version.id, version.aggregate, version.types, JSON.stringify(version.matches), version.value_path, version.dimensions,
    version.path1, version.path2, version.path3, version.path4, version.path5, version.grain, version.zone,
  ],
}); // prettier-ignore

/** Those whose types are among the events: the others need not look at each. */
async function wantedOf(tx: Tx, versions: readonly FoldedVersion[], from: string, to: string): Promise<FoldedVersion[]> {
  const rows = await tx.query<{ type: string }>(
    `select distinct e.type from usage_commit c join usage_event e on e.seq >= c.id << 16 and e.seq < (c.id + 1) << 16 where c.roll > $1::bigint and c.roll <= $2::bigint`,
    [from, to],
  );
  const types = new Set(rows.map(({ type }) => type));
  return versions.filter((version) => version.types.some((type) => types.has(type)));
}

async function add(tx: Tx, readers: Readers, { from, to }: Rolls): Promise<void> {
  const values = [from, to, ...readers.values];
  const [row] = await tx.query<{ unreadable: string }>(additions(readers), values);
  if (readers.unique) await tx.query(different(readers), values);
  if (row!.unreadable !== '0') await tx.query(unreadable(readers), values);
}

/**
 * Was not taken back by a correction that was rolled up by then. Corrections of these commits are looked up once, as a set: asked for each event and each
 * meter they would cost more than everything else.
 */
const stands = `e.seq not in (
    select k.corrects from usage_correction k join usage_commit kc on kc.id = k.seq >> 16
    where kc.roll <= $2::bigint and k.corrects >= (select min(id) << 16 from usage_commit where roll > $1::bigint and roll <= $2::bigint)
      and k.corrects < (select (max(id) + 1) << 16 from usage_commit where roll > $1::bigint and roll <= $2::bigint))`;

const column = (place: number) => `d${place}`;
const columns = (count: number) => Array.from({ length: count }, (_, at) => column(at + 1));
const groups = ({ grouping, places }: Readers) => [...grouping, 'starts', 'subject', ...columns(places)].join(', ');
const groupedOf = ({ dimensions, places }: Readers) => groupedBy(dimensions, (place) => (place <= places ? column(place) : 'null'));

/**
 * The events of the rolls as the versions read them. In steps, each of which the planner may not open (`offset 0`): what a step has made of the JSON is used by
 * the next, instead of being made again wherever it is named.
 */
const hit = ({ v, aggregate, dimensions, places, grouping }: Readers): string => `
  select *, case when problem is null then ${valueOf(aggregate, 'said')} end as value from (
    select *, ${problemBy({ aggregate, dimensions, dimension: (place) => (place <= places ? column(place) : 'null'), given: 'given', said: 'said' })} as problem from (
      select *, given #>> '{}' as said from (
        select ${grouping.length > 0 ? 'v.id as version, v.aggregate, v.dimensions, ' : ''}e.seq, e.occurred_at, ${subject} as subject, ${starts} as starts, ${given} as given
          ${columns(places)
            .map((name, at) => `, ${dimension(at + 1)} as ${name}`)
            .join('')}
        from ${v} v, usage_commit c join usage_event e on e.seq >= c.id << 16 and e.seq < (c.id + 1) << 16
        where c.roll > $1::bigint and c.roll <= $2::bigint and e.kind = 'event' and ${wanted} and ${stands} offset 0) a offset 0) b offset 0) h`;

const newest = (what: string, { aggregate }: Readers) =>
  `(array_agg(${what} order by occurred_at desc, seq desc) filter (where problem is null and ${aggregate} = 'latest'))[1]`;

/** Buckets, and how many events could not be read. The texts of dimensions are grouped, and made one value once for each group. */
const additions = (readers: Readers): string => `
with summed as materialized (
  select ${groups(readers)}, count(*) filter (where problem is null) as events, count(*) filter (where problem is not null) as unreadable,
    sum(value) as total, min(value) as smallest, max(value) as largest,
    ${readers.latest ? `${newest('value', readers)} as last_value, ${newest('occurred_at', readers)} as last_at, ${newest('seq', readers)} as last_seq` : 'null::numeric as last_value, null::timestamptz as last_at, null::bigint as last_seq'}
  from (${hit(readers)}) hit group by ${groups(readers)}),
named as (
  select ${readers.id} as version, starts, subject, ${groupedOf(readers)} as grouped, events, total, smallest, largest, last_value, last_at, last_seq from summed where events > 0),
counted as (
  insert into usage_bucket as b (version, starts, subject, group_key, grouped, events, total, smallest, largest, last_value, last_at, last_seq, roll)
  select version, starts, subject, ${groupKey('grouped')}, grouped, events, total, smallest, largest, last_value, last_at, last_seq, $2::bigint from named
  on conflict (version, starts, subject, group_key) do update set
    events = b.events + excluded.events, total = coalesce(b.total + excluded.total, excluded.total, b.total),
    smallest = least(b.smallest, excluded.smallest), largest = greatest(b.largest, excluded.largest), roll = excluded.roll,
    (last_value, last_at, last_seq) = (select n.* from (select b.last_value, b.last_at, b.last_seq union all select excluded.last_value, excluded.last_at, excluded.last_seq) n
      order by n.last_at desc nulls last, n.last_seq desc limit 1))
select coalesce(sum(unreadable), 0)::text as unreadable from summed`;

/** The values that a meter of different ones has seen. */
const different = (readers: Readers): string => `
insert into usage_distinct as d (version, starts, subject, group_key, value, events)
select ${readers.id}, starts, subject, ${groupKey(groupedOf(readers))}, said, events
from (select ${groups(readers)}, said, count(*) as events
  from (${hit(readers)}) hit where problem is null and ${readers.aggregate} = 'unique' group by ${groups(readers)}, said) valued
on conflict (version, starts, subject, group_key, value) do update set events = d.events + excluded.events`;

const unreadable = (readers: Readers): string => `
insert into usage_unreadable (version, seq, subject, starts, reason, said, roll)
select ${readers.id}, seq, subject, starts, problem, left(said, 200), $2::bigint from (${hit(readers)}) hit where problem is not null on conflict do nothing`;

/** Buckets of what was corrected or cancelled, and of what stands in its place. */
const touchedBuckets = `
with correction as (
  select k.seq, k.corrects from usage_commit c join usage_correction k on k.seq >= c.id << 16 and k.seq < (c.id + 1) << 16
  where c.roll > $2::bigint and c.roll <= $3::bigint)
select distinct v.id as version, ${starts} as starts, ${subject} as subject, ${grouped} as grouped
from (select seq from correction union select corrects from correction) x
join usage_event e on e.seq = x.seq and e.kind <> 'cancellation' join usage_meter_version v on v.id = any($1::bigint[]) and ${wanted}`;

/** Counts the touched buckets anew, from the events themselves: that is exact for every aggregate. */
async function again(tx: Tx, touched: string, { versions, from, to }: Rolls & { versions: readonly string[] }): Promise<void> {
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
