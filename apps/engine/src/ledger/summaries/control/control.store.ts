import { Inject, Injectable } from '@nestjs/common';
import { Database, type Row } from '../../../platform/database/index.js';
import { meters as gauges, type Logger } from '../../../platform/telemetry/index.js';
import { LOGGER } from '../../../platform/tokens.js';
import { RollUp } from '../rollup/rollup.store.js';
import { askMany } from '../seal/ask.store.js';
import { commitSlice, daySlice, judged, meterSlice, touchedDays, unknownDays } from './slices.js';

/** One turn looks for so long; the next goes on where it ended. */
const turnMs = 2_000;
/** Events whose days are looked up at once, a roll at least: a ledger that is far behind is caught up with piece by piece. */
const eventsAtOnce = 500_000;
const rollsAtOnce = 200;
const shownMax = 100;

/**
 * The control of the ledger, which never rests: accepted = ledgered = summarised + unattributed + used by no meter + unreadable + taken back, and what each
 * meter has booked is what its events come to. It counts from the events, slice by slice: what changed first, then what it has not looked at for longest.
 */
@Injectable()
export class UsageControl {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(RollUp) private readonly rollUp: RollUp,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  private lastRoll: string | undefined;

  /** One turn. Looks at everything that is due when there is time for it, and at no slice twice. True when the ledger has been quiet since the last. */
  async check(leads: () => boolean = () => true): Promise<boolean> {
    const until = performance.now() + turnMs;
    while (leads() && performance.now() < until && (await this.discover()));
    const seen = new Set<string>();
    while (leads() && performance.now() < until) {
      const due = await this.db.query<{ slice: string }>(
        `select slice from usage_control where slice <> 'discovered' and slice <> all($1) order by roll <> 0, checked_at limit 20`,
        [[...seen]],
      );
      if (due.length === 0) break;
      for (const { slice } of due) {
        if (performance.now() >= until) break;
        seen.add(slice);
        await this.look(slice);
      }
    }
    return this.measure();
  }

  private async look(slice: string): Promise<void> {
    const [kind, first, second] = slice.split(':') as [string, string, string | undefined];
    const [row] =
      kind === 'commits'
        ? await this.db.query(commitSlice, [first])
        : kind === 'meter'
          ? await this.db.query(meterSlice, [first, second])
          : await askMany(this.db, daySlice, [first]);
    const { facts, roll, difference } = judged(slice, row as Record<string, string> & { roll: string });
    // Roll 0 stands for "not looked at": a ledger without a roll has no slices.
    const [before] = await this.db.query<{ difference: string }>('select difference from usage_control where slice = $1', [slice]);
    await this.db.query('update usage_control set facts = $2, roll = greatest($3::bigint, 1), difference = $4, checked_at = clock_timestamp() where slice = $1', [slice, JSON.stringify(facts), roll, difference]); // prettier-ignore
    if (difference !== 0 && Number(before?.difference ?? 0) !== difference)
      this.log.error({ event: 'usage-control-red', slice, difference, ...facts });
  }

  /** Days and commits that new rolls touched are looked at next. False when there are none. */
  private async discover(): Promise<boolean> {
    const [last] = await this.db.query<{ roll: string }>(
      `insert into usage_control (slice, kind, roll, facts, difference) values ('discovered', 'commits', 0, '{}', 0) on conflict (slice) do update set kind = 'commits' returning roll`,
    );
    const from = BigInt(last!.roll);
    const [ahead] = await this.db.query<{ now: string; to: string | null }>(
      `select (select roll from usage_rollup) as now, max(roll) filter (where so_far <= ${eventsAtOnce} or n = 1) as to
       from (select roll, sum(sum(events)) over (order by roll) as so_far, row_number() over (order by roll) as n from usage_commit
         where roll > $1::bigint and roll <= $1::bigint + ${rollsAtOnce} group by roll) r`,
      [String(from)],
    );
    const now = ahead!.now;
    const to = BigInt(ahead!.to ?? now);
    const found = [
      ...(to > from ? await this.db.query<{ slice: string }>(touchedDays, [String(from), String(to)]) : []),
      ...(await this.db.query<{ slice: string }>(unknownDays)),
    ];
    await this.db.query(
      `insert into usage_control (slice, kind, roll, facts, difference) select s, case when s like 'commits:%' then 'commits' else 'day' end, 0, '{}', 0 from (select distinct unnest($1::text[]) as s) found
       on conflict (slice) do update set roll = 0`,
      [found.map(({ slice }) => slice)],
    );
    await this.db.query("update usage_control set roll = $1 where slice = 'discovered'", [String(to)]);
    // A version that nobody reads any more is not counted on.
    await this.db.query(
      "delete from usage_control k using usage_meter_version v where k.slice like 'meter:' || v.id || ':%' and not v.rolls",
    );
    return to < BigInt(now);
  }

  private async measure(): Promise<boolean> {
    const [row] = await this.db.query<{ events: string; slices: number }>(
      "select coalesce(sum(difference), 0)::text as events, count(*) filter (where difference <> 0)::int as slices from usage_control where slice <> 'discovered'",
    );
    gauges.usageDifference.set(Number(row!.events));
    const { roll, waitingCommits, meters } = await this.rollUp.lag();
    const quiet = waitingCommits === 0 && meters.length === 0 && roll === this.lastRoll;
    this.lastRoll = roll;
    return quiet;
  }

  /** Each record that was read from a stream is in the ledger, or is kept as refused: what the readers say, beside what is kept. */
  private async streams() {
    const [row] = await this.db.query<Record<'read' | 'accepted' | 'duplicates' | 'conflicts' | 'refused' | 'kept' | 'open', string>>(
      `select coalesce(sum(read), 0) as read, coalesce(sum(accepted), 0) as accepted, coalesce(sum(duplicates), 0) as duplicates, coalesce(sum(conflicts), 0) as conflicts,
         coalesce(sum(refused), 0) as refused, (select count(*) from usage_refusal where code <> 'USAGE_RECORDS_LOST') as kept,
         (select count(*) from usage_refusal r where not exists (select 1 from usage_refusal_answer a where a.refusal = r.id)) as open from usage_stream`,
    );
    const { read, accepted, duplicates, conflicts, refused, kept, open } = Object.fromEntries(
      Object.entries(row!).map(([name, n]) => [name, Number(n)]),
    ) as Record<keyof NonNullable<typeof row>, number>;
    const difference = Math.abs(read - accepted - duplicates - conflicts - refused) + Math.abs(refused - kept);
    return { read, accepted, duplicates, conflicts, refused, open, difference };
  }

  async status() {
    const rows = await this.db.query<Row>("select * from usage_control where slice <> 'discovered'");
    const sum = (kind: string, name: string) =>
      rows
        .filter((row) => (row['slice'] as string).startsWith(kind))
        .reduce((all, row) => all + Number((row['facts'] as Record<string, string>)[name] ?? 0), 0);
    const red = rows.filter((row) => row['difference'] !== '0');
    const byVersion = await this.db.query<{ id: string; meter: string; version: number }>('select id, meter, version from usage_meter_version where rolls order by meter, version'); // prettier-ignore
    const day = (name: string) => sum('day:', name);
    const streams = await this.streams();
    return {
      ok: red.length === 0 && streams.difference === 0,
      lag: await this.rollUp.lag(),
      events: {
        accepted: sum('commits:', 'accepted'),
        ledgered: sum('commits:', 'ledgered'),
        summarised: day('summarised'),
        unattributed: day('unattributed'),
        unused: day('unused'),
        unreadable: day('unreadable'),
        takenBack: day('takenBack'),
        difference: red.reduce((all, row) => all + Number(row['difference']), 0),
      },
      streams,
      meters: byVersion.map(({ id, meter, version }) => ({
        meter,
        version,
        counted: sum(`meter:${id}:`, 'counted'),
        booked: sum(`meter:${id}:`, 'booked'),
        unreadable: sum(`meter:${id}:`, 'unreadable'),
        listed: sum(`meter:${id}:`, 'listed'),
      })),
      differences: red.slice(0, shownMax).map((row) => ({
        slice: row['slice'] as string,
        difference: Number(row['difference']),
        facts: row['facts'] as Record<string, string>,
        checkedAt: (row['checked_at'] as Date).toISOString(),
      })),
      slices: rows.length,
      due: rows.filter((row) => row['roll'] === '0').length,
      oldestCheckAt:
        rows.length === 0 ? null : new Date(Math.min(...rows.map((row) => (row['checked_at'] as Date).getTime()))).toISOString(),
    };
  }
}
