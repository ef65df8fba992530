import { Inject, Injectable } from '@nestjs/common';
import {
  byteaArray,
  Database,
  GroupCommit,
  int4Array,
  jsonbArray,
  textArray,
  timestamptzArray,
  type Tx,
} from '../../platform/database/index.js';
import { newId } from '../../platform/ids/index.js';
import { isProblem } from '../../platform/problems/index.js';
import { meters } from '../../platform/telemetry/index.js';
import { planCommit, type Arrival, type CommitPlan, type Placed, type Taken } from './arrivals.js';
import { digestOf, eventName } from './event-key.js';
import { UsagePace } from './pace.store.js';
import { asCloudEvent } from './shown-event.js';

/** Whoever sends does not wait longer; what became of the statement is found by the key when the event comes again. */
const storedWithinMs = 20_000;

/**
 * One statement for a commit: keys first, in one order for all writers; events and the commits' own rows for the keys that were new. `ids` are
 * the numbers of the commits, one for each slot. What is not among the answered `seqs` was there already.
 */
const insertSql = `
with n as materialized (select array_agg(nextval('usage_commit_id')) as ids from generate_series(1, cardinality($12::text[]))),
k as (
  insert into usage_key (key, content, seq, received_at)
  select t.key, t.content, ((select ids from n))[(t.place >> 16) + 1] * 65536 + (t.place & 65535), now() from unnest($1::bytea[], $2::bytea[], $3::int[]) as t(key, content, place)
  on conflict (key) do nothing returning seq),
e as (
  insert into usage_event (seq, received_at, occurred_at, source, id, type, subject, data, attributes)
  select k.seq, now(), coalesce(t.at, now()), t.source, t.id, t.type, t.subject, t.data, t.attributes
  from unnest($4::int[], $5::timestamptz[], $6::text[], $7::text[], $8::text[], $9::text[], $10::jsonb[], $11::jsonb[]) as t(place, at, source, id, type, subject, data, attributes)
  join k on k.seq = ((select ids from n))[(t.place >> 16) + 1] * 65536 + (t.place & 65535)),
c as (
  insert into usage_commit (id, received_at, events, via, by)
  select s.id, now(), k.events, s.via, s.by from unnest((select ids from n), $12::text[], $13::text[]) as s(id, via, by)
  join (select seq >> 16 as id, count(*) as events from k group by 1) k on k.id = s.id)
select count(*)::int as stored, (select ids from n) as ids, case when count(*) < cardinality($3::int[]) then array_agg(k.seq) end as seqs from k`;

interface Inserted {
  stored: number;
  ids: string[];
  seqs: string[] | null;
}

/** What became of events, as metrics. */
export function countTaken({ accepted, duplicates, conflicts }: Taken): void {
  if (accepted > 0) meters.usageEvents.inc({ end: 'accepted' }, accepted);
  if (duplicates > 0) meters.usageEvents.inc({ end: 'duplicate' }, duplicates);
  if (conflicts.length > 0) meters.usageEvents.inc({ end: 'conflict' }, conflicts.length);
}

/** The door of the ledger for whoever has checked events: each once, for ever, acknowledged when committed. */
@Injectable()
export class UsageLedger {
  private readonly commits = new GroupCommit<Arrival, Taken>({
    store: (arrivals) => this.store(arrivals),
    mayBeOneBadItem: (error) => !isProblem(error),
    itemsMax: 500,
    weigh: ({ events }) => events.length,
    weightMax: 4_000,
    patienceMs: 200,
    commitsMax: 4,
    restMs: () => this.pace.rest(),
  });

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(UsagePace) private readonly pace: UsagePace,
  ) {}

  /** Commits the events; the answer may leave when this has returned. Callers at the same time share a commit. */
  async take(arrival: Arrival): Promise<Taken> {
    if (arrival.events.length === 0) return { accepted: 0, duplicates: 0, conflicts: [] };
    const taken = await this.commits.add(arrival);
    countTaken(taken);
    return taken;
  }

  /**
   * For a reader of a stream: in its transaction, which also moves its position, so that both are committed or neither. Locks keys in the order of all
   * writers, then the rows of conflicts and duplicates; whoever calls this locks nothing before it that others lock after keys. What is counted as
   * metrics is counted by `countTaken`, after the commit.
   */
  async takeIn(tx: Tx, arrival: Arrival): Promise<Taken> {
    if (arrival.events.length === 0) return { accepted: 0, duplicates: 0, conflicts: [] };
    const plan = planCommit([arrival]);
    const taken: Taken = { accepted: arrival.events.length, duplicates: 0, conflicts: [] };
    const again = [...plan.folded, ...(await this.insert(plan, (values) => tx.query<Inserted>(insertSql, values)))];
    if (again.length > 0) await this.settle(tx, again, [arrival], [taken]);
    return taken;
  }

  private async store(arrivals: readonly Arrival[]): Promise<Taken[]> {
    const plan = planCommit(arrivals);
    const taken = arrivals.map(({ events }): Taken => ({ accepted: events.length, duplicates: 0, conflicts: [] }));
    const known = await this.insert(plan, (values) =>
      this.ofMonth(() => this.db.query<Inserted>(insertSql, values, { answerWithinMs: storedWithinMs })),
    );
    const again = [...plan.folded, ...known];
    if (again.length > 0) await this.db.transaction((tx) => this.settle(tx, again, arrivals, taken));
    return taken;
  }

  /** Inserts what is new; gives back what was there already. */
  private async insert(
    { slots, inKeyOrder, inOrder }: CommitPlan,
    run: (values: readonly unknown[]) => Promise<Inserted[]>,
  ): Promise<Placed[]> {
    const values = [
      byteaArray(inKeyOrder.map(({ event }) => event.key)),
      byteaArray(inKeyOrder.map(({ event }) => event.content)),
      int4Array(inKeyOrder.map(({ place }) => place)),
      int4Array(inOrder.map(({ place }) => place)),
      timestamptzArray(inOrder.map(({ event }) => event.occurredAt)),
      textArray(inOrder.map(({ event }) => event.source)),
      textArray(inOrder.map(({ event }) => event.id)),
      textArray(inOrder.map(({ event }) => event.type)),
      textArray(inOrder.map(({ event }) => event.subject)),
      jsonbArray(inOrder.map(({ event }) => event.data)),
      jsonbArray(inOrder.map(({ event }) => event.attributes)),
      textArray(slots.map(({ via }) => via)),
      textArray(slots.map(({ by }) => by)),
    ];
    const [row] = await run(values);
    if (row!.stored === inKeyOrder.length) return [];
    const stored = new Set(row!.seqs ?? []);
    const ids = row!.ids.map(BigInt);
    return inKeyOrder.filter(({ place }) => !stored.has(String(ids[place >> 16]! * 65_536n + BigInt(place & 65_535))));
  }

  /** The scheduler makes months ahead; where none ran for long, the month is made when the first event of it comes. */
  async ofMonth<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!/no partition of relation "usage_event"/.test((error as Error).message)) throw error;
      await this.db.query('select usage_event_month(now())');
      return work();
    }
  }

  /** Makes the months that events will soon be received in. */
  async makeMonths(): Promise<void> {
    await this.db.query("select usage_event_month(now() + n * interval '1 month') from generate_series(0, 2) n");
  }

  /**
   * What came under a key that is there: the same content is a duplicate and counted, other content is a conflict and kept whole. The events of
   * the commit are there for good by now; if this fails nothing is acknowledged, and when they come again they meet themselves.
   */
  private async settle(tx: Tx, again: readonly Placed[], arrivals: readonly Arrival[], taken: readonly Taken[]): Promise<void> {
    const rows = await tx.query<{ key: Buffer; content: Buffer; seq: string }>(
      'select key, content, seq from usage_key where key = any($1::bytea[])',
      [byteaArray(again.map(({ event }) => event.key))],
    );
    const first = new Map(rows.map((row) => [digestOf(row.key), row]));
    const duplicates = new Map<string, number>();
    const conflicts: Conflict[] = [];
    for (const { event, arrival, at } of again) {
      const row = first.get(event.key)!;
      const of = taken[arrival]!;
      of.accepted -= 1;
      if (digestOf(row.content) === event.content) {
        of.duplicates += 1;
        duplicates.set(row.seq, (duplicates.get(row.seq) ?? 0) + 1);
      } else {
        of.conflicts.push({ at, first: eventName(row.seq) });
        conflicts.push({ event, first: row.seq, via: arrivals[arrival]!.via, by: arrivals[arrival]!.by });
      }
    }
    await keepConflicts(tx, conflicts);
    await countDuplicates(tx, duplicates);
  }
}

interface Conflict {
  event: Placed['event'];
  first: string;
  via: string;
  by: string;
}

/** One row for each content that came under the key; how often, in it. In one order for all writers. */
export async function keepConflicts(tx: Tx, found: readonly Conflict[]): Promise<void> {
  if (found.length === 0) return;
  const conflicts = new Map<string, Conflict & { times: number }>();
  for (const conflict of found) {
    const name = conflict.event.key + conflict.event.content;
    const known = conflicts.get(name);
    if (known) known.times += 1;
    else conflicts.set(name, { ...conflict, times: 1 });
  }
  const rows = [...conflicts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, conflict]) => conflict);
  await tx.query(
    `insert into usage_conflict (id, key, content, first_seq, via, by, source, event_id, event, times)
     select * from unnest($1::text[], $2::bytea[], $3::bytea[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[], $9::jsonb[], $10::int[])
     on conflict (key, content) do update set times = usage_conflict.times + excluded.times, last_at = now()`,
    [
      rows.map(() => newId('ucf')),
      byteaArray(rows.map(({ event }) => event.key)),
      byteaArray(rows.map(({ event }) => event.content)),
      rows.map(({ first }) => first),
      rows.map(({ via }) => via),
      rows.map(({ by }) => by),
      rows.map(({ event }) => event.source),
      rows.map(({ event }) => event.id),
      jsonbArray(rows.map(({ event }) => asCloudEvent(event))),
      rows.map(({ times }) => times),
    ],
  );
}

export async function countDuplicates(tx: Tx, duplicates: ReadonlyMap<string, number>): Promise<void> {
  if (duplicates.size === 0) return;
  const rows = [...duplicates].sort(([a], [b]) => (BigInt(a) < BigInt(b) ? -1 : 1));
  await tx.query(
    `insert into usage_duplicate (seq, times) select * from unnest($1::bigint[], $2::bigint[])
     on conflict (seq) do update set times = usage_duplicate.times + excluded.times, last_at = now()`,
    [rows.map(([seq]) => seq), rows.map(([, times]) => times)],
  );
}
