import { Inject, Injectable } from '@nestjs/common';
import { AuditStore } from '../governance/index.js';
import {
  ageOf,
  ages,
  answersMax,
  BriefAnswers,
  counting,
  facetOf,
  isAged,
  keptMs,
  namedBy,
  type FacetCounts,
  type Named,
} from '../pipeline/index.js';
import { Database, scopeKey, within, type Row, type Scope, type Sql, type Tx } from '../platform/database/index.js';
import { decodeCursor, page, type Actor } from '../platform/http/index.js';
import { newId } from '../platform/ids/index.js';
import { Problem } from '../platform/problems/index.js';
import { facetRunsMax, type RunField } from './run-fields.js';

/** Kind, flow and state may be what it is not: `-a`, `-a,-b`. */
export interface RunFilter {
  kind?: string | undefined;
  flow?: string | undefined;
  state?: string | undefined;
  replayed?: boolean | undefined;
  /** Since it began: a bucket of days, or `>24h`, `<15m`, `1d..7d`. */
  age?: string | undefined;
}

export interface RunList extends RunFilter {
  limit?: number | undefined;
  cursor?: string | undefined;
  count?: boolean | undefined;
}

/** A part of a list in time: a condition on `r.started_at` and `r.id`, whose parameters begin at $7. */
export interface RunBounds {
  where: string;
  values: unknown[];
  limit: number;
}

export interface NewRun {
  kind: 'poll' | 'backfill' | 'replay';
  connection?: string;
  stream?: string;
  flow?: string;
  note?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
  startedBy: string;
  startedById: string;
}

/** A run as one process runs it: the how manieth taking over this is, 0 at first. */
export interface RunTurn {
  id: string;
  turn: number;
}

export interface AbandonedRun extends RunTurn {
  kind: 'poll' | 'backfill';
  flow: string | null;
  connection: string | null;
  stream: string | null;
  cursor: string | null;
  since: string | null;
  until: string | null;
  cancel: boolean;
}

/** Another process goes on with the run, or it has ended. */
export class RunLost extends Error {}

/** A process that has said nothing of its run for so long is taken to be gone; see `watchRun` for its beat. */
const alive = "now() + interval '30 seconds'";

/** Polls, backfills and replays as records that can be looked at and stopped. */
@Injectable()
export class RunStore {
  private readonly facets = new BriefAnswers<FacetCounts>({ keptMs, answersMax });

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
  ) {}

  async start(sql: Sql, run: NewRun): Promise<string> {
    const id = newId('run');
    await sql.query(
      'insert into run (id, kind, connection, stream, flow, note, range_since, range_until, started_by, started_by_id) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)',
      [
        id,
        run.kind,
        run.connection ?? null,
        run.stream ?? null,
        run.flow ?? null,
        run.note ?? null,
        run.since ?? null,
        run.until ?? null,
        run.startedBy,
        run.startedById,
      ],
    );
    return id;
  }

  /** For a replay, whose messages are all chosen at once: also of which flows those are that it sends, by its records. */
  async count(sql: Sql, id: string, read: number, added: number): Promise<void> {
    await sql.query(
      `update run set read = read + $2, added = added + $3,
         flows = array(select distinct m.flow from replay_record p join message m on m.id = p.message_id where p.run_id = $1 and p.refused is null order by 1) where id = $1`,
      [id, read, added],
    );
  }

  /**
   * A page is committed, in the transaction that stores it. Throws `RunLost` when the run is no longer this process's: it was ended, or
   * another process took it over, and what this one still holds must not be stored under it.
   */
  async page(
    sql: Sql,
    { id, turn }: RunTurn,
    page: { read: number; added: number; reachedAt?: string | undefined; cursor?: string },
  ): Promise<void> {
    const rows = await sql.query(
      `update run set pages = pages + 1, read = read + $3, added = added + $4, reached_at = greatest(reached_at, $5::timestamptz), cursor = coalesce($6, cursor), alive_until = ${alive}
       where id = $1 and resumed = $2 and state = 'running' returning id`,
      [id, turn, page.read, page.added, page.reachedAt ?? null, page.cursor ?? null],
    );
    if (rows.length === 0) throw new RunLost(`the run ${id} is no longer this process's`);
  }

  /** Says that the process is there; hears whether somebody cancelled the run. */
  async beat({ id, turn }: RunTurn): Promise<'on' | 'cancelled' | 'lost'> {
    const [row] = await this.db.query<{ cancel: boolean }>(
      `update run set alive_until = ${alive} where id = $1 and resumed = $2 and state = 'running' returning cancel`,
      [id, turn],
    );
    return !row ? 'lost' : row.cancel ? 'cancelled' : 'on';
  }

  /** Lets go of a run that is not done, so that another process goes on with it at once. */
  async leave({ id, turn }: RunTurn): Promise<void> {
    await this.db.query("update run set alive_until = now() where id = $1 and resumed = $2 and state = 'running'", [id, turn]);
  }

  async end({ id, turn }: RunTurn, state: 'succeeded' | 'failed' | 'cancelled', error?: string): Promise<void> {
    await this.db.query("update run set state = $3, ended_at = now(), error = $4 where id = $1 and resumed = $2 and state = 'running'", [
      id,
      turn,
      state,
      error?.slice(0, 1000) ?? null,
    ]);
  }

  /** Takes over runs whose process is gone; each is given to one taker only. */
  async takeAbandoned(): Promise<AbandonedRun[]> {
    return this.db.query<AbandonedRun>(
      `update run set resumed = resumed + 1, alive_until = ${alive} where id in (
         select id from run where state = 'running' and kind <> 'replay' and alive_until < now() order by alive_until limit 10 for update skip locked)
       returning id, resumed as turn, kind, flow, connection, stream, cursor, range_since as since, range_until as until, cancel`,
    );
  }

  async cancel(id: string, scope: Scope, actor: Actor) {
    const { kind } = await this.find(id, scope);
    if ((kind as string) === 'replay')
      throw new Problem('RUN_NOT_POSSIBLE', `The run ${id} is a replay, which is cancelled as such.`, {
        remedy: `Call POST /v1/replays/${id}/cancel: it takes back what has not begun.`,
      });
    await this.db.seenBy(scope).transaction(async (tx: Tx) => {
      const rows = await tx.query("update run set cancel = true where id = $1 and state = 'running' and kind <> 'replay' returning id", [
        id,
      ]);
      if (rows.length === 0) return;
      await this.audit.record(tx, actor, {
        action: 'run.cancelled',
        object: { kind: 'run', id },
        summary: `${actor.name} cancelled the run ${id}`,
      });
    });
    return this.find(id, scope);
  }

  async find(id: string, scope: Scope) {
    const seen = seenRuns(scope, 2);
    const [row] = await this.db
      .seenBy(scope)
      .query<Row>(`${select(seen.messages)} where r.id = $1 and ${seen.where}`, [id, ...seen.values]);
    if (!row) throw new Problem('NOT_FOUND', `There is no run ${id}.`);
    return shape(row);
  }

  async list(query: RunList, scope: Scope) {
    const db = this.db.seenBy(scope);
    const limit = query.limit ?? 50;
    const after = decodeCursor(query.cursor, ['instant', 'text']);
    const { where, values, messages } = conditionsOf(query, scope);
    const n = values.length;
    const older = after ? ` and (r.started_at, r.id) < ($${n + 2}::timestamptz, $${n + 3}::text)` : '';
    const rows = await db.query<Row>(`${select(messages)} where ${where}${older} order by r.started_at desc, r.id desc limit $${n + 1}`, [
      ...values,
      limit + 1,
      ...(after ?? []),
    ]);
    const { items, next } = page(rows, limit, (row) => [row['at_text'] as string, row['id'] as string]);
    const count = query.count ? await db.query<{ n: number }>(`select count(*)::int as n from run r where ${where}`, values) : undefined;
    return { items: items.map(shape), next, ...(count ? { count: count[0]!.n } : {}) };
  }

  /**
   * What brought something to a flow or sent something of it again, newest first, as far as the caller sees runs: its own backfills and polls, polls of the stream that
   * it reads, replays of its messages.
   */
  ofFlow(
    { flow, connection, stream }: { flow: string; connection: string | null; stream: string | null },
    bounds: RunBounds,
    scope: Scope,
  ): Promise<Row[]> {
    const { messages, values } = seenRuns(scope, 5);
    const replay = `(($5::text[] is null and $6::boolean) or exists (select 1 from message m where m.run_id = r.id and m.flow = $1 and ${messages}))`;
    const newest = (where: string) =>
      `(select r.* from run r where ${where} and ${bounds.where} order by r.started_at desc, r.id desc limit $4)`;
    return this.db.seenBy(scope).query<Row>(
      `select r.id, r.kind, r.connection, r.stream, ${stateOf(messages)} as state, r.started_by, r.read, r.added, r.note, r.error, r.started_at,
         to_char(r.started_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at_text
       from (${newest(`r.flow = $1 and r.kind <> 'replay' and $6::boolean`)}
         union all ${newest(`r.connection = $2 and r.stream = $3 and r.kind = 'poll' and r.flow is distinct from $1 and $6::boolean`)}
         union all ${newest(`r.kind = 'replay' and $1 = any(r.flows) and ${replay}`)}) r
       order by r.started_at desc, r.id desc limit $4`,
      [flow, connection, stream, bounds.limit, ...values, ...bounds.values],
    );
  }

  /** Values of a filter of the list with how many of the newest runs have each. */
  async facet(field: RunField, { [field]: _, ...others }: RunFilter, scope: Scope, letters: string | undefined) {
    const key = JSON.stringify([scopeKey(scope), field, Object.entries(others).sort()]);
    return facetOf(field, await this.facets.get(key, performance.now(), () => this.counted(field, others, scope)), letters);
  }

  private counted(field: RunField, others: RunFilter, scope: Scope): Promise<FacetCounts> {
    const { where, values, messages } = conditionsOf(others, scope);
    const value = {
      kind: 'r.kind',
      flow: 'r.flow',
      state: stateOf(messages),
      replayed: `(${hasReplay(messages)})::text`,
      age: `(array[${ages.map((age) => `'${age}'`).join(', ')}])[1 + ${ageOf('r.started_at')}]`,
    }[field];
    return counting(this.db.seenBy(scope), {
      text: `select ${value} as value, count(*) filter (where ${where})::int as n, count(*)::int as looked
       from (select * from run order by started_at desc, id desc limit $${values.length + 1}) r group by 1`,
      values: [...values, facetRunsMax + 1],
      most: facetRunsMax,
    });
  }
}

function conditionsOf(filter: RunFilter, scope: Scope) {
  const { where, messages, values: seen } = seenRuns(scope, 1);
  const values: unknown[] = [...seen];
  const parts = [where];
  const put = (text: (n: string) => string, value: unknown) => {
    if (value === undefined) return;
    values.push(value);
    parts.push(text(`$${values.length}`));
  };
  /** What has no value is none of those that are left out. */
  const putNamed = (column: string, { is, not }: Named) => {
    put((n) => `${column} = ${n}`, is[0]);
    put((n) => `(${column} = any(${n}::text[])) is not true`, not.length > 0 ? not : undefined);
  };
  putNamed('r.kind', namedBy('kind', filter.kind));
  putNamed('r.flow', namedBy('flow', filter.flow));
  putNamed(stateOf(messages), namedBy('state', filter.state));
  if (filter.age !== undefined) parts.push(isAged('r.started_at', filter.age));
  put((n) => `${hasReplay(messages)} = ${n}`, filter.replayed);
  return { where: parts.join(' and '), values, messages };
}

/** States of messages that a worker or a clock will go on with. */
const underway = ['ready', 'claimed', 'in_flight', 'in_doubt'] as const;

/** A replay is over when none of its messages is under way any more; other runs say it themselves. `messages` keeps it to what the caller sees. */
const stateOf = (messages: string): string =>
  `(case when r.kind <> 'replay' then r.state when exists (select 1 from message m where m.run_id = r.id and m.state in (${underway.map((state) => `'${state}'`).join(', ')}) and ${messages}) then 'running' when r.cancel then 'cancelled' else 'succeeded' end)`;

/** Some of its messages were sent again, by another run. */
const hasReplay = (messages: string): string =>
  `exists (select 1 from replay_record p join message m on m.id = p.message_id where p.run_before = r.id and p.called_back_at is null and ${messages})`;

/** A replay is seen by whoever sees one of its messages; what polls and backfills read belongs to nobody yet. `messages` keeps the counts to the same. */
function seenRuns(scope: Scope, from: number) {
  const { where: messages, values } = within(scope, 'm.legal_entities', from);
  const all = `($${from}::text[] is null and $${from + 1}::boolean)`;
  const where = `(${all} or case when r.kind = 'replay' then exists (select 1 from message m where m.run_id = r.id and ${messages}) else $${from + 1}::boolean end)`;
  return { where, messages, values };
}

const select = (
  messages: string,
) => `select r.*, ${stateOf(messages)} as state_now, ${hasReplay(messages)} as replayed, to_char(r.started_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at_text,
  coalesce((select jsonb_object_agg(state, n) from (select state, count(*)::int as n from message m where m.run_id = r.id and ${messages} group by state) s), '{}') as messages from run r`;

const shape = (row: Row) => {
  const messages = row['messages'] as Record<string, number>;
  return {
    id: row['id'] as string,
    kind: row['kind'] as 'poll',
    connection: row['connection'] as string | null,
    stream: row['stream'] as string | null,
    flow: row['flow'] as string | null,
    since: row['range_since'] as string | null,
    until: row['range_until'] as string | null,
    state: row['state_now'] as 'running',
    startedBy: row['started_by'] as string,
    startedAt: (row['started_at'] as Date).toISOString(),
    endedAt: (row['ended_at'] as Date | null)?.toISOString() ?? null,
    read: row['read'] as number,
    added: row['added'] as number,
    pages: row['pages'] as number,
    reachedAt: (row['reached_at'] as Date | null)?.toISOString() ?? null,
    resumed: row['resumed'] as number,
    messages,
    replayed: row['replayed'] as boolean,
    note: row['note'] as string | null,
    error: row['error'] as string | null,
  };
};
