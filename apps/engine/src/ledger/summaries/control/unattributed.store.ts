import { Inject, Injectable } from '@nestjs/common';
import { Database, type Row } from '../../../platform/database/index.js';
import { decodeCursor, page } from '../../../platform/http/index.js';
import { askMany } from '../seal/ask.store.js';
import { pricesTable, wholes } from '../seal/paying.js';

/** Usage that nobody is known to pay for: by subject, meter and period, with what it would be worth where the prices say so. */
@Injectable()
export class UnattributedStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  async list(query: { meter?: string | undefined; period?: string | undefined; limit?: number | undefined; cursor?: string | undefined }) {
    const limit = query.limit ?? 50;
    const after = decodeCursor(query.cursor, ['text', 'text', 'text', 'text']);
    const rows = await askMany<Row>(
      this.db,
      `with ${wholes({ versions: countedBy, buckets: ofSeal })},
       lost as (
         select v.meter, v.version as meter_version, v.definition, v.aggregate, p.period, p.subject, p.grouped, p.group_key, min(p.why) as why, sum(p.events)::bigint as events,
           coalesce(case v.aggregate when 'sum' then sum(p.total) when 'count' then sum(p.events) when 'max' then max(p.largest) when 'min' then min(p.smallest)
             when 'average' then round(sum(p.total) / nullif(sum(p.events), 0), 20)
             when 'unique' then (select count(distinct u.value) from usage_distinct u where u.version = v.id and u.subject = p.subject and u.group_key = p.group_key and u.events > 0
               and u.starts >= min(p.day)::timestamp at time zone v.zone and u.starts < (max(p.day) + 1)::timestamp at time zone v.zone)
             else (array_agg(p.last_value order by p.last_at desc nulls last))[1] end, 0) as quantity, min(p.day) as first_day, max(p.day) as last_day
         from paid p join v on v.id = p.version where p.customer is null
         group by v.id, v.meter, v.version, v.definition, v.aggregate, v.zone, p.period, p.subject, p.grouped, p.group_key having sum(p.events) > 0)
       select l.*, trim_scale(l.quantity)::text as quantity_text, to_char(first_day, 'YYYY-MM-DD') as first_seen, to_char(last_day, 'YYYY-MM-DD') as last_seen, r.currency,
         trim_scale(l.quantity * r.price::numeric)::text as amount
       from lost l left join lateral (
         select t."values"->>'currency' as currency, t."values"->>'price' as price from table_row t where t.table_name = '${pricesTable}' and t.until_version is null
           and t.key = jsonb_build_object('meter', l.meter) and (t.valid_from is null or t.valid_from <= l.last_day) and (t.valid_to is null or t.valid_to >= l.last_day)
           and t."values"->>'price' ~ '^[0-9]{1,30}([.][0-9]{1,20})?$' limit 1) r on true
       where ($1::text is null or l.meter = $1) and ($2::text is null or l.period = $2)
         and ($3::text is null or (l.subject collate "C", l.meter collate "C", l.period collate "C", l.group_key::text collate "C") > ($3, $4, $5, $6))
       order by l.subject collate "C", l.meter collate "C", l.period collate "C", l.group_key::text collate "C" limit $7`,
      [query.meter ?? null, query.period ?? null, ...(after ?? [null, null, null, null]), limit + 1],
    );
    const { items, next } = page(rows, limit, (row) => ['subject', 'meter', 'period', 'group_key'].map((name) => String(row[name])));
    return { items: items.map(shape), next };
  }
}

/** Open periods by the active version, sealed ones by the one that they were sealed with. */
const countedBy = 'v.rolls';
const ofSeal =
  'coalesce((select z.version = v.id from usage_seal z where z.meter = v.meter and b.starts >= z.starts and b.starts < z.ends), v.active)';

const shape = (row: Row) => ({
  subject: row['subject'] === '' ? null : (row['subject'] as string),
  meter: row['meter'] as string,
  meterVersion: row['meter_version'] as number,
  period: row['period'] as string,
  dimensions: row['grouped'] as Record<string, string>,
  quantity: row['quantity_text'] as string,
  unit: (row['definition'] as { unit?: string }).unit ?? null,
  eventCount: Number(row['events']),
  firstSeen: row['first_seen'] as string,
  lastSeen: row['last_seen'] as string,
  reason: row['why'] as 'unknown' | 'ambiguous',
  atRisk:
    row['amount'] === null || row['currency'] === null ? null : { amount: row['amount'] as string, currency: row['currency'] as string },
});
