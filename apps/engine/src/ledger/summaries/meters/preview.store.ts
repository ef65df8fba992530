import { Inject, Injectable } from '@nestjs/common';
import { Database, type Row } from '../../../platform/database/index.js';
import { grouped, problem, quantityOfEvents, said, subject, takenBack, valueOf, wanted } from '../rollup/reading.js';
import { columnsOf, type MeterDefinition } from './definition.js';
import { MeterStore } from './meters.store.js';

/** Never more than the newest events of so many. */
export const previewEventsMax = 200_000;
const differencesMax = 50;

export interface Compared {
  events: number;
  subjects: number;
  unreadable: { reason: string; events: number; example: string | null }[];
}

/** What a new version would make of past events, beside what the active one makes of the same. */
@Injectable()
export class MeterPreview {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(MeterStore) private readonly meters: MeterStore,
  ) {}

  async preview(name: string, input: { yaml: string; days: number }) {
    const { definition, problems } = await this.meters.check(input.yaml, name);
    if (!definition || problems.length > 0) return { ok: false, problems, now: null, then: null, differences: [], looked: 0 };
    const active = (await this.meters.active()).find((one) => one.meter === name);
    const sides = [sideOf('then', definition), ...(active ? [sideOf('now', active.definition)] : [])];
    const rows = await this.db.query<Row>(statement, [JSON.stringify(sides), input.days, name]);
    const [{ looked }] = (await this.db.query<{ looked: number }>(`select count(*)::int as looked from ${newest}`, [input.days])) as [{ looked: number }]; // prettier-ignore
    const of = (side: string) => rows.filter((row) => row['side'] === side);
    return {
      ok: true,
      problems: [],
      looked,
      now: active ? compared(of('now')) : null,
      then: compared(of('then')),
      differences: differences(of('now'), of('then')),
    };
  }
}

const sideOf = (side: string, definition: MeterDefinition) => {
  const c = columnsOf(definition);
  return {
    side,
    types: c.types,
    matches: JSON.parse(c.matches) as unknown,
    value_path: c.valuePath,
    dimensions: c.dimensions,
    ...Object.fromEntries(c.paths.map((path, n) => [`path${n + 1}`, path])),
    aggregate: c.aggregate,
    grain: c.grain,
    zone: c.zone,
  };
};

/** The newest events of all, so that a rare type costs no more than a frequent one. */
const newest = `(select * from (select * from usage_event order by seq desc limit ${previewEventsMax}) n where n.occurred_at >= now() - $1::int * interval '1 day') e`;

const statement = `
with v as (select * from jsonb_to_recordset($1::jsonb) as g(side text, types text[], matches jsonb, value_path text[], dimensions text[], path1 text[], path2 text[], path3 text[], path4 text[], path5 text[], aggregate text, grain text, zone text)),
last as (select coalesce(max(roll), 0) as roll from usage_rollup),
hit as materialized (
  select v.side, v.aggregate, e.seq, e.occurred_at, ${subject} as subject, ${grouped} as grouped, ${said} as said, ${problem} as problem
  from ${newest.replace('$1', '$2')} join v on ${wanted} where e.kind <> 'cancellation' and not ${takenBack('e.seq', '(select roll from last)')} and $3::text is not null)
select side, subject, grouped, null as problem, null as example, count(*)::int as events, trim_scale(${quantityOfEvents})::text as quantity
from (select *, ${valueOf('aggregate', 'said')} as value from hit where problem is null) g group by side, subject, grouped
union all select side, null, null, problem, left(min(said), 200), count(*)::int, null from hit where problem is not null group by side, problem`;

function compared(rows: Row[]): Compared {
  const counted = rows.filter((row) => row['problem'] === null);
  return {
    events: counted.reduce((sum, row) => sum + (row['events'] as number), 0),
    subjects: new Set(counted.map((row) => row['subject'])).size,
    unreadable: rows
      .filter((row) => row['problem'] !== null)
      .map((row) => ({ reason: row['problem'] as string, events: row['events'] as number, example: row['example'] as string | null })),
  };
}

/** Whose quantity would be another, those with most events first. */
function differences(now: Row[], then: Row[]) {
  const key = (row: Row) => JSON.stringify([row['subject'], row['grouped']]);
  const counted = (rows: Row[]) => new Map(rows.filter((row) => row['problem'] === null).map((row) => [key(row), row]));
  const [before, after] = [counted(now), counted(then)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((one) => ({ b: before.get(one), a: after.get(one) }))
    .filter(({ b, a }) => b?.['quantity'] !== a?.['quantity'])
    .sort((x, y) => Number((y.a ?? y.b)!['events']) - Number((x.a ?? x.b)!['events']))
    .slice(0, differencesMax)
    .map(({ b, a }) => ({
      subject: (a ?? b)!['subject'] as string,
      dimensions: (a ?? b)!['grouped'] as Record<string, string>,
      now: (b?.['quantity'] as string | undefined) ?? null,
      then: (a?.['quantity'] as string | undefined) ?? null,
    }));
}
