import { eventsOf, grouped, problem, quantityOfEvents, said, takenBack, valueOf, wanted } from '../rollup/reading.js';

/**
 * The exact members of summaries, as SQL. A summary says whose usage, from when to when, read by which version of its meter, and rolled up by when; its
 * members follow from that for ever. `$1` holds a row for each part: `n` tells summaries apart, `side` is `now`, or `before` for what an adjustment adjusts.
 */
export interface PartRow {
  n: number;
  side: 'now' | 'before';
  version: string;
  subject: string;
  starts: string;
  ends: string;
  grouped: Record<string, string>;
  roll: string;
}

const members = `
part as materialized (
  select * from jsonb_to_recordset($1::jsonb) as g(n int, side text, version bigint, subject text, starts timestamptz, ends timestamptz, grouped jsonb, roll bigint)),
read as materialized (
  select p.n, p.side, v.aggregate, e.seq, e.occurred_at, ${said} as said
  from part p join usage_meter_version v on v.id = p.version cross join lateral ${eventsOf('p.subject', 'p.starts', 'p.ends')} e
  join usage_commit c on c.id = e.seq >> 16 and c.roll <= p.roll
  where e.kind <> 'cancellation' and ${wanted} and ${grouped} = p.grouped and ${problem} is null and not ${takenBack('e.seq', 'p.roll')}),
member as materialized (
  select n, seq, bool_or(side = 'now') as is_now, bool_or(side = 'before') as was, min(aggregate) as aggregate, min(said) as said, min(occurred_at) as occurred_at
  from read group by n, seq)`;

/** Its key among the events of the ledger, as `eventKey` makes it: source and id, each with its length in bytes before it. */
const keyOf = (event: string): string =>
  `sha256(convert_to(octet_length(${event}.source) || ':' || ${event}.source || octet_length(${event}.id) || ':' || ${event}.id, 'UTF8'))`;

/** One page of the members of one summary, in the order of the ledger: what it adds, and what an adjustment takes away. */
export const memberPage = `with ${members}
select m.seq, case when m.is_now then 'added' else 'removed' end as effect, e.source, e.id, e.type, e.subject, e.occurred_at, e.received_at, e.kind, m.said
from member m join usage_event e on e.seq = m.seq where m.is_now <> m.was and m.seq > $2::bigint order by m.seq limit $3`;

/**
 * What summaries come to, from their members. The digest is the SHA-256 over the content hashes of those added, in the order of the ledger; those that an
 * adjustment removes follow after the byte 2d.
 */
export const measures = `with ${members},
changed as (
  select m.n, m.seq, m.is_now, k.content from member m join usage_event e on e.seq = m.seq join usage_key k on k.key = ${keyOf('e')} where m.is_now <> m.was),
digest as (
  select n, count(*) filter (where is_now) as added, count(*) filter (where not is_now) as removed,
    sha256(coalesce(string_agg(content, ''::bytea order by seq) filter (where is_now), ''::bytea)
      || coalesce('\\x2d'::bytea || string_agg(content, ''::bytea order by seq) filter (where not is_now), ''::bytea)) as digest from changed group by n),
amount as (
  select n, count(*) as events, ${quantityOfEvents} as quantity from (select *, ${valueOf('aggregate', 'said')} as value from member where is_now) g group by n)
select g.n, coalesce(d.added, 0)::text as added, coalesce(d.removed, 0)::text as removed, encode(coalesce(d.digest, sha256(''::bytea)), 'hex') as digest,
  coalesce(a.events, 0)::text as events, trim_scale(coalesce(a.quantity, 0))::text as quantity
from (select distinct n from part) g left join digest d using (n) left join amount a using (n)`;
