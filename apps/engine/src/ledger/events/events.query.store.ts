import { Inject, Injectable } from '@nestjs/common';
import { Database, type Row, type Scope, type Sql } from '../../platform/database/index.js';
import { decodeCursor, encodeCursor, page } from '../../platform/http/index.js';
import { parseExact } from '../../platform/json/index.js';
import { Problem } from '../../platform/problems/index.js';
import { bytesOf, eventKey, eventName, seqOf } from './event-key.js';
import { asCloudEvent } from './shown-event.js';

export interface EventFilter {
  limit?: number | undefined;
  cursor?: string | undefined;
  subject?: string | undefined;
  type?: string | undefined;
  source?: string | undefined;
  id?: string | undefined;
  state?: string | undefined;
  occurredFrom?: string | undefined;
  occurredTo?: string | undefined;
  receivedFrom?: string | undefined;
  receivedTo?: string | undefined;
}

/** Rows that one page looks at. A filter that fits few of millions makes short pages, not long ones: the page says where to go on. */
const lookedAtMax = 20_000;
const chainMax = 1_000;
const conflictsMax = 100;

const eventColumns = `e.seq, e.kind, e.source, e.id, e.type, e.subject, e.occurred_at, e.received_at, e.data::text as data, e.attributes::text as attributes, e.corrects, e.reason,
  n.seq as successor, n.kind as successor_kind, exists (select 1 from usage_event_type t where t.type = e.type) as registered`;
const eventFrom = 'left join usage_correction n on n.corrects = e.seq';

/** A moment as PostgreSQL writes it. */

/** What the console and the API read of the ledger. */
@Injectable()
export class UsageQueryStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  async list(filter: EventFilter, scope: Scope) {
    // Events belong to no legal entity; row-level security holds the same below.
    if (!scope.unassigned) return { items: [], next: null };
    const db = this.db.seenBy(scope);
    if (filter.id !== undefined) return { items: await this.byId(db, filter), next: null };
    return filter.subject === undefined ? this.newest(db, filter) : this.ofSubject(db, filter);
  }

  /** By the id that the source gave, or by ours. */
  private async byId(db: Sql, filter: EventFilter) {
    const seq = seqOf(filter.id!);
    if (filter.source === undefined && seq === undefined)
      throw new Problem('REQUEST_INVALID', 'An id is unique in its source only: name the source too, or an id that begins with ue_.', {
        path: '/source',
      });
    const rows = await db.query<Row>(
      `select ${eventColumns} from usage_event e ${eventFrom} where ($1::bytea is not null and (e.seq, e.received_at) = (select k.seq, k.received_at from usage_key k where k.key = $1))
       or ($2::bigint is not null and e.seq = $2) limit 2`,
      [filter.source === undefined ? null : bytesOf(eventKey(filter.source, filter.id!)), filter.source === undefined ? seq : null],
    );
    return rows.filter((row) => fits(row, filter)).map(shape);
  }

  /** Newest received first. Looks at so many rows, and goes on from the last of them in the next page. */
  private async newest(db: Sql, filter: EventFilter) {
    const limit = filter.limit ?? 50;
    const [from] = decodeCursor(filter.cursor, ['count']) ?? ['9223372036854775807'];
    const candidates = candidatesOf(filter.state);
    const rows = await db.query<Row>(
      `with looked as materialized (${candidates}),
       found as (select ${eventColumns} from looked l join usage_event e on e.seq = l.seq ${eventFrom}
         where ($3::text is null or e.type = $3) and ($4::text is null or e.source = $4) and ($5::timestamptz is null or e.occurred_at >= $5) and ($6::timestamptz is null or e.occurred_at < $6)
           and ($7::timestamptz is null or e.received_at >= $7) and ($8::timestamptz is null or e.received_at < $8) and ${stateCondition(filter.state)}
         order by e.seq desc limit $9)
       select f.*, (select min(seq) from looked) as lowest, (select count(*)::int from looked) as looked from (select 1) one left join found f on true order by f.seq desc nulls last`,
      [
        ...[from, lookedAtMax, filter.type ?? null, filter.source ?? null, filter.occurredFrom ?? null, filter.occurredTo ?? null],
        ...[filter.receivedFrom ?? null, filter.receivedTo ?? null, limit + 1],
      ],
    );
    const found = rows.filter((row) => row['seq'] !== null);
    const { items, next } = page(found, limit, (row) => [row['seq'] as string]);
    const { lowest, looked } = rows[0] as { lowest: string | null; looked: number };
    return { items: items.map(shape), next: next ?? (looked === lookedAtMax && lowest !== null ? encodeCursor([lowest]) : null) };
  }

  /** Of one subject, newest used first. */
  private async ofSubject(db: Sql, filter: EventFilter) {
    const limit = filter.limit ?? 50;
    const after = decodeCursor(filter.cursor, ['timestamp', 'count']);
    const rows = await db.query<Row>(
      `with looked as materialized (
         select e.seq, e.received_at, e.occurred_at from usage_event e where e.subject = $1 and ($2::timestamptz is null or (e.occurred_at, e.seq) < ($2, $3::bigint))
           and ($6::timestamptz is null or e.occurred_at >= $6) and ($7::timestamptz is null or e.occurred_at < $7)
         order by e.occurred_at desc, e.seq desc limit ${lookedAtMax}),
       found as (select ${eventColumns}, e.occurred_at::text as occurred_text from looked l join usage_event e on (e.seq, e.received_at) = (l.seq, l.received_at) ${eventFrom}
         where ($4::text is null or e.type = $4) and ($5::text is null or e.source = $5) and ($8::timestamptz is null or e.received_at >= $8) and ($9::timestamptz is null or e.received_at < $9)
           and ${stateCondition(filter.state)}
         order by e.occurred_at desc, e.seq desc limit $10)
       select f.*, l.occurred_at::text as lowest_at, l.seq as lowest, (select count(*)::int from looked) as looked
       from (select 1) one left join found f on true left join (select * from looked order by occurred_at, seq limit 1) l on true order by f.occurred_at desc nulls last, f.seq desc`,
      [
        ...[filter.subject, after?.[0] ?? null, after?.[1] ?? null, filter.type ?? null, filter.source ?? null],
        ...[filter.occurredFrom ?? null, filter.occurredTo ?? null, filter.receivedFrom ?? null, filter.receivedTo ?? null, limit + 1],
      ],
    );
    const found = rows.filter((row) => row['seq'] !== null);
    const { items, next } = page(found, limit, (row) => [row['occurred_text'] as string, row['seq'] as string]);
    const { lowest, lowest_at: at, looked } = rows[0] as { lowest: string | null; lowest_at: string | null; looked: number };
    return { items: items.map(shape), next: next ?? (looked === lookedAtMax && lowest !== null ? encodeCursor([at!, lowest]) : null) };
  }

  async find(id: string, scope: Scope) {
    const seq = seqOf(id);
    const missing = () => new Problem('NOT_FOUND', `There is no usage event ${id}.`);
    if (seq === undefined || !scope.unassigned) throw missing();
    const db = this.db.seenBy(scope);
    const [row] = await db.query<Row>(
      `select ${eventColumns}, coalesce(own.original, e.seq) as original, c.events, c.via, c.by, c.roll, d.times, d.last_at, encode(k.content, 'hex') as content
       from usage_event e ${eventFrom} left join usage_correction own on own.seq = e.seq join usage_commit c on c.id = e.seq >> 16 left join usage_duplicate d on d.seq = e.seq
       left join usage_key k on k.key = $2 where e.seq = $1`,
      [seq, await this.keyOf(db, seq)],
    );
    if (!row) throw missing();
    const [chain, conflicts] = await Promise.all([
      db.query<Row>(
        `select e.seq, e.kind, e.data::text as data, e.occurred_at, e.received_at, e.reason, c.by from usage_event e join usage_commit c on c.id = e.seq >> 16
         where e.seq = $1 or e.seq in (select seq from usage_correction where original = $1) order by e.seq limit ${chainMax}`,
        [row['original']],
      ),
      db.query<Row>(`${conflictSelect} where first_seq = $1 order by received_at desc, id desc limit ${conflictsMax}`, [seq]),
    ]);
    const shown = shape(row);
    return {
      ...shown,
      contentHash: row['content'] as string,
      cloudEvent: parseExact(cloudEventOf(row)),
      chain: chain.map((link) => ({
        id: eventName(link['seq'] as string),
        kind: link['kind'] as string,
        data: exact(link['data']),
        occurredAt: iso(link['occurred_at']),
        receivedAt: iso(link['received_at']),
        reason: link['reason'] as string | null,
        by: link['by'] as string,
      })),
      duplicates: { times: Number(row['times'] ?? 0), lastAt: row['last_at'] === null ? null : iso(row['last_at']) },
      conflicts: conflicts.map(shapeConflict),
      commit: {
        id: (BigInt(seq) >> 16n).toString(),
        events: row['events'] as number,
        via: row['via'] as string,
        by: row['by'] as string,
        roll: row['roll'] as string | null,
      },
    };
  }

  private async keyOf(db: Sql, seq: string): Promise<Buffer | null> {
    const [row] = await db.query<{ source: string; id: string }>('select source, id from usage_event where seq = $1', [seq]);
    return row ? bytesOf(eventKey(row.source, row.id)) : null;
  }

  async conflicts(
    filter: { limit?: number | undefined; cursor?: string | undefined; count?: boolean | undefined; source?: string | undefined },
    scope: Scope,
  ) {
    if (!scope.unassigned) return { items: [], next: null, ...(filter.count ? { count: 0 } : {}) };
    const db = this.db.seenBy(scope);
    const limit = filter.limit ?? 50;
    const after = decodeCursor(filter.cursor, ['timestamp', 'text']);
    const rows = await db.query<Row>(
      `${conflictSelect} where ($1::text is null or source = $1) and ($2::timestamptz is null or (received_at, id) < ($2, $3)) order by received_at desc, id desc limit $4`,
      [filter.source ?? null, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    const { items, next } = page(rows, limit, (row) => [row['received_text'] as string, row['id'] as string]);
    const [counted] = filter.count
      ? await db.query<{ n: number }>('select count(*)::int as n from usage_conflict where $1::text is null or source = $1', [
          filter.source ?? null,
        ])
      : [];
    return { items: items.map(shapeConflict), next, ...(counted ? { count: counted.n } : {}) };
  }
}

/** Where to look. What few events have is found by the few, not by looking at all. */
function candidatesOf(state: string | undefined): string {
  const last = 'order by seq desc limit $2';
  if (state === 'corrected' || state === 'cancelled')
    return `select corrects as seq from usage_correction where corrects < $1::bigint and kind = '${state === 'corrected' ? 'correction' : 'cancellation'}' ${last}`;
  if (state === 'correction' || state === 'cancellation')
    return `select seq from usage_correction where seq < $1::bigint and kind = '${state}' ${last}`;
  if (state === 'conflict') return `select distinct first_seq as seq from usage_conflict where first_seq < $1::bigint ${last}`;
  return `select seq from usage_event where seq < $1::bigint and ($7::timestamptz is null or received_at >= $7) and ($8::timestamptz is null or received_at < $8) ${last}`;
}

function stateCondition(state: string | undefined): string {
  switch (state) {
    case 'accepted':
      return "(e.kind = 'event' and n.seq is null)";
    case 'correction':
      return "(e.kind = 'correction' and n.seq is null)";
    case 'cancellation':
      return "e.kind = 'cancellation'";
    case 'corrected':
      return "n.kind = 'correction'";
    case 'cancelled':
      return "n.kind = 'cancellation'";
    case 'conflict':
      return 'exists (select 1 from usage_conflict x where x.first_seq = e.seq)';
    default:
      return 'true';
  }
}

/** The other conditions, for the one event that an id names. */
function fits(row: Row, { type, source, subject, state, occurredFrom, occurredTo, receivedFrom, receivedTo }: EventFilter): boolean {
  const [occurred, received] = [(row['occurred_at'] as Date).getTime(), (row['received_at'] as Date).getTime()];
  return (
    (type === undefined || row['type'] === type) &&
    (source === undefined || row['source'] === source) &&
    (subject === undefined || row['subject'] === subject) &&
    (state === undefined || stateOf(row) === state) &&
    (occurredFrom === undefined || occurred >= Date.parse(occurredFrom)) &&
    (occurredTo === undefined || occurred < Date.parse(occurredTo)) &&
    (receivedFrom === undefined || received >= Date.parse(receivedFrom)) &&
    (receivedTo === undefined || received < Date.parse(receivedTo))
  );
}

function stateOf(row: Row): string {
  if (row['successor_kind'] !== null) return row['successor_kind'] === 'cancellation' ? 'cancelled' : 'corrected';
  return row['kind'] === 'event' ? 'accepted' : (row['kind'] as string);
}

const iso = (value: unknown): string => (value as Date).toISOString();
/** Numbers that a double does not hold come as their text, as everywhere in the API. */
const exact = (text: unknown): unknown => (text === null ? null : parseExact(text as string));

function shape(row: Row) {
  return {
    id: eventName(row['seq'] as string),
    kind: row['kind'] as string,
    state: stateOf(row),
    source: row['source'] as string,
    eventId: row['id'] as string,
    type: row['type'] as string,
    registered: row['registered'] as boolean,
    subject: row['subject'] as string | null,
    occurredAt: iso(row['occurred_at']),
    receivedAt: iso(row['received_at']),
    data: exact(row['data']),
    attributes: (exact(row['attributes']) ?? {}) as Record<string, unknown>,
    corrects: row['corrects'] === null ? null : eventName(row['corrects'] as string),
    correctedBy: row['successor'] === null ? null : eventName(row['successor'] as string),
    reason: row['reason'] as string | null,
  };
}

const cloudEventOf = (row: Row): string =>
  asCloudEvent({
    source: row['source'] as string,
    id: row['id'] as string,
    type: row['type'] as string,
    subject: row['subject'] as string | null,
    occurredAt: { ms: (row['occurred_at'] as Date).getTime(), micros: 0 },
    data: row['data'] as string | null,
    attributes: row['attributes'] as string | null,
  });

const conflictSelect =
  'select id, source, event_id, first_seq, event::text as event, times, via, by, received_at, received_at::text as received_text, last_at from usage_conflict';
const shapeConflict = (row: Row) => ({
  id: row['id'] as string,
  source: row['source'] as string,
  eventId: row['event_id'] as string,
  first: eventName(row['first_seq'] as string),
  event: exact(row['event']),
  times: row['times'] as number,
  via: row['via'] as string,
  by: row['by'] as string,
  receivedAt: iso(row['received_at']),
  lastAt: iso(row['last_at']),
});
