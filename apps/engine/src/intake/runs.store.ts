import { Inject, Injectable } from '@nestjs/common';
import { AuditStore } from '../governance/index.js';
import { Database, type Row, type Sql, type Tx } from '../platform/database/index.js';
import { decodeCursor, page, type Actor } from '../platform/http/index.js';
import { newId } from '../platform/ids/index.js';
import { Problem } from '../platform/problems/index.js';

export interface NewRun {
  kind: 'poll' | 'backfill' | 'replay';
  connection?: string;
  stream?: string;
  flow?: string;
  note?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
  startedBy: string;
}

/** Polls, backfills and replays as records that can be looked at and stopped. */
@Injectable()
export class RunStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
  ) {}

  async start(sql: Sql, run: NewRun): Promise<string> {
    const id = newId('run');
    await sql.query(
      'insert into run (id, kind, connection, stream, flow, note, range_since, range_until, started_by) values ($1,$2,$3,$4,$5,$6,$7,$8,$9)',
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
      ],
    );
    return id;
  }

  async count(sql: Sql, id: string, read: number, added: number): Promise<void> {
    await sql.query('update run set read = read + $2, added = added + $3 where id = $1', [id, read, added]);
  }

  async end(id: string, state: 'succeeded' | 'failed' | 'cancelled', error?: string): Promise<void> {
    await this.db.query("update run set state = $2, ended_at = now(), error = $3 where id = $1 and state = 'running'", [
      id,
      state,
      error?.slice(0, 1000) ?? null,
    ]);
  }

  async isCancelled(id: string): Promise<boolean> {
    return (await this.db.query('select 1 as one from run where id = $1 and cancel', [id])).length > 0;
  }

  async cancel(id: string, actor: Actor) {
    await this.db.transaction(async (tx: Tx) => {
      const rows = await tx.query("update run set cancel = true where id = $1 and state = 'running' and kind <> 'replay' returning id", [
        id,
      ]);
      if (rows.length === 0) return void (await this.find(id));
      await this.audit.record(tx, actor, {
        action: 'run.cancelled',
        object: { kind: 'run', id },
        summary: `${actor.name} cancelled the run ${id}`,
      });
    });
    return this.find(id);
  }

  /** Runs that a killed process left behind are not running. */
  async closeAbandoned(): Promise<void> {
    await this.db.query(
      "update run set state = 'failed', ended_at = now(), error = 'the process that ran it went away' where state = 'running' and kind <> 'replay' and started_at < now() - interval '1 hour'",
    );
  }

  async find(id: string) {
    const [row] = await this.db.query<Row>(`${select} where r.id = $1`, [id]);
    if (!row) throw new Problem('NOT_FOUND', `There is no run ${id}.`);
    return shape(row);
  }

  async list(query: {
    limit?: number | undefined;
    cursor?: string | undefined;
    count?: boolean | undefined;
    kind?: string | undefined;
    flow?: string | undefined;
    state?: string | undefined;
  }) {
    const limit = query.limit ?? 50;
    const after = decodeCursor(query.cursor, 2);
    const where = `where ($1::text is null or r.kind = $1) and ($2::text is null or r.flow = $2) and ($3::text is null or r.state = $3)`;
    const values = [query.kind ?? null, query.flow ?? null, query.state ?? null];
    const rows = await this.db.query<Row>(
      `${select} ${where} and ($4::timestamptz is null or (r.started_at, r.id) < ($4::timestamptz, $5::text)) order by r.started_at desc, r.id desc limit $6`,
      [...values, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    const { items, next } = page(rows, limit, (row) => [row['at_text'] as string, row['id'] as string]);
    const count = query.count ? await this.db.query<{ n: number }>(`select count(*)::int as n from run r ${where}`, values) : undefined;
    return { items: items.map(shape), next, ...(count ? { count: count[0]!.n } : {}) };
  }
}

const select = `select r.*, to_char(r.started_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at_text,
  coalesce((select jsonb_object_agg(state, n) from (select state, count(*)::int as n from message m where m.run_id = r.id group by state) s), '{}') as messages from run r`;

const shape = (row: Row) => {
  const messages = row['messages'] as Record<string, number>;
  const underway = ['ready', 'claimed', 'in_flight', 'in_doubt'].some((state) => messages[state]);
  // A replay is over when none of its messages is under way any more.
  const state = row['kind'] === 'replay' ? (underway ? 'running' : 'succeeded') : (row['state'] as string);
  return {
    id: row['id'] as string,
    kind: row['kind'] as 'poll',
    connection: row['connection'] as string | null,
    stream: row['stream'] as string | null,
    flow: row['flow'] as string | null,
    state: state as 'running',
    startedBy: row['started_by'] as string,
    startedAt: (row['started_at'] as Date).toISOString(),
    endedAt: (row['ended_at'] as Date | null)?.toISOString() ?? null,
    read: row['read'] as number,
    added: row['added'] as number,
    messages,
    note: row['note'] as string | null,
    error: row['error'] as string | null,
  };
};
