/**
 * How an event `e` is read by a version `v` of a meter, as SQL: the one place that says it. The roll-up, the preview of a new version, the members of a
 * summary and the control all read with it, so that what was counted is what is shown.
 */

/** Does the meter want it? A type in its list, and data that hold what `where` says. */
export const wanted = "(e.type = any(v.types) and (v.matches = '{}' or e.data @> v.matches))";

/** The beginning of the hour or day that it happened in, by the meter's clock. */
export const starts = 'date_trunc(v.grain, e.occurred_at, v.zone)';

/** CloudEvents know events without a subject; nobody is called nothing. */
export const subject = "coalesce(e.subject, '')";

/** As many dimensions as a meter can have. */
const places = [1, 2, 3, 4, 5];
/** The value of a dimension as text, by its place: 1 to 5. */
export const dimension = (place: number): string => `e.data #>> v.path${place}`;

/** The dimensions that are there, of their texts. Built of as many as the meter has: this runs for every event. */
export const groupedBy = (names: string, text: (place: number) => string): string =>
  `case cardinality(${names}) when 0 then '{}'::jsonb ${places
    .map(
      (n) =>
        `when ${n} then jsonb_strip_nulls(jsonb_build_object(${places
          .slice(0, n)
          .map((place) => `${names}[${place}], ${text(place)}`)
          .join(', ')}))`,
    )
    .join(' ')} end`;
export const grouped = groupedBy('v.dimensions', dimension);

/** The value as it was sent, and as text: of a number all its digits. */
export const given = 'e.data #> v.value_path';
export const said = 'e.data #>> v.value_path';

/** Quantities have at most 30 digits before the point and 20 behind it, as text or as a number of JSON. A number of JSON that is this short needs no look at its digits. */
const number = "'^-?[0-9]{1,30}(\\.[0-9]{1,20})?$'";
const shortMax = 21;
const dimensionMax = 255;

/** Null, or why the event cannot be counted. What is no number is told, never guessed. Of expressions for the parts, for whoever has them already. */
export const problemBy = (of: {
  aggregate: string;
  dimensions: string;
  dimension: (place: number) => string;
  given: string;
  said: string;
}): string => `case
  when cardinality(${of.dimensions}) > 0 and greatest(${places.map((place) => `length(${of.dimension(place)})`).join(', ')}) > ${dimensionMax} then 'dimension-too-long'
  when ${of.aggregate} = 'count' then null
  when ${of.said} is null then 'missing'
  when ${of.aggregate} = 'unique' then case when jsonb_typeof(${of.given}) in ('object', 'array') then 'no-single-value' when length(${of.said}) > ${dimensionMax} then 'too-long' end
  when jsonb_typeof(${of.given}) = 'number' and length(${of.said}) <= ${shortMax} then null
  when ${of.said} !~ ${number} then 'no-number' end`;
export const problem = problemBy({ aggregate: 'v.aggregate', dimensions: 'v.dimensions', dimension, given, said });

export const groupKey = (column: string): string => `md5(${column}::text)::uuid`;

/** A number that `problem` let pass. */
export const valueOf = (aggregate: string, text: string): string =>
  `case when ${aggregate} not in ('count', 'unique') then ${text}::numeric end`;

/** The aggregate over rows with `aggregate`, `value`, `said`, `occurred_at` and `seq`, all of one meter. An average is cut to 20 digits behind the point. */
export const quantityOfEvents = `case min(aggregate) when 'sum' then coalesce(sum(value), 0) when 'count' then count(seq) when 'max' then max(value) when 'min' then min(value)
  when 'average' then round(sum(value) / nullif(count(seq), 0), 20) when 'unique' then count(distinct said) filter (where aggregate = 'unique')
  else (array_agg(value order by occurred_at desc, seq desc) filter (where aggregate = 'latest'))[1] end`;

/** Was it taken back by a correction or a cancellation that was rolled up by then? */
export const takenBack = (seq: string, roll: string): string =>
  `exists (select 1 from usage_correction k join usage_commit kc on kc.id = k.seq >> 16 where k.corrects = ${seq} and kc.roll <= ${roll})`;

/** Events of a subject in a span. The two halves are for the index: it knows no row "is null or equal". */
export const eventsOf = (who: string, from: string, to: string): string => `(
  select * from usage_event x where x.subject = ${who} and x.occurred_at >= ${from} and x.occurred_at < ${to}
  union all select * from usage_event x where ${who} = '' and x.subject is null and x.occurred_at >= ${from} and x.occurred_at < ${to})`;

/** The name of the period that an instant lies in: `2026-10`, or `2026-10-03`. A month that starts on the 15th has the name of the month it starts in. */
export const periodOf = (instant: string): string =>
  `case v.every when 'day' then to_char(${instant} at time zone v.zone, 'YYYY-MM-DD')
    else to_char((${instant} at time zone v.zone) - (v.starts_on - 1) * interval '1 day', 'YYYY-MM') end`;

/** The first instant of a period, and the first after it. */
export const periodStarts = (period: string): string =>
  `(case v.every when 'day' then ${period}::timestamp else (${period} || '-01')::timestamp + (v.starts_on - 1) * interval '1 day' end) at time zone v.zone`;
export const periodEnds = (period: string): string =>
  `(case v.every when 'day' then ${period}::timestamp + interval '1 day' else (${period} || '-01')::timestamp + interval '1 month' + (v.starts_on - 1) * interval '1 day' end) at time zone v.zone`;

const periodName = /^(19[7-9]\d|2[01]\d\d)-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/;
/** `month` or `day`, or nothing for what is no name of a period; the 31st of a short month is none. */
export function kindOfPeriod(name: string): 'month' | 'day' | undefined {
  if (!periodName.test(name)) return undefined;
  if (name.length === 7) return 'month';
  return new Date(`${name}T00:00:00Z`).toISOString().startsWith(name) ? 'day' : undefined;
}
