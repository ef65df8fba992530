import { Inject, Injectable } from '@nestjs/common';
import { Database, type Row, type Sql, type Tx } from '../../platform/database/index.js';
import { limits } from './limits.js';

/** A stream of a connection that the settings name. */
export interface WantedStream {
  connection: string;
  stream: string;
  /** When the connection was changed last. */
  settingsAt: string;
}

/** A stream that this process reads, until somebody else has a later epoch. */
export interface HeldStream {
  connection: string;
  stream: string;
  position: string | null;
  epoch: string;
  failures: number;
  settingsAt: string;
}

export interface Moved {
  /** Where it was: of two that read from one place only one moves it. */
  from: string | null;
  to: string;
  lag: number | null;
  read: number;
  accepted: number;
  duplicates: number;
  conflicts: number;
  refused: number;
}

/** Another process reads the stream: nothing of what this one has read may be committed. */
export class StreamLost extends Error {
  constructor({ connection, stream }: HeldStream) {
    super(`${stream} of ${connection} is read by another process`);
  }
}

const leased = `now() + interval '${limits.leaseMs} milliseconds'`;
/** $1 to $3: the stream, and the epoch that must still hold it. */
const held = 'connection = $1 and stream = $2 and epoch = $3::bigint';
const since = (state: string) => `since = case when state = '${state}' then since else now() end, state = '${state}'`;

/** Who reads which stream, how far, and how it goes. */
@Injectable()
export class StreamStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  /** Takes up to so many of the streams that nobody reads and that are due. A stream rests after a failure; a change of its connection ends the rest. */
  async claim(wanted: readonly WantedStream[], holder: string, most: number): Promise<HeldStream[]> {
    if (wanted.length === 0 || most <= 0) return [];
    return this.db.query<HeldStream>(
      `with wanted as materialized (select * from unnest($1::text[], $2::text[], $3::timestamptz[]) as w(connection, stream, settings_at)),
       made as (insert into usage_stream (connection, stream) select connection, stream from wanted order by 1, 2 on conflict do nothing),
       free as (select s.connection, s.stream, w.settings_at from usage_stream s join wanted w using (connection, stream)
         where s.lease_until < now() and (s.next_at <= now() or s.settings_at is distinct from w.settings_at) order by s.next_at limit $4 for update of s skip locked)
       update usage_stream s set epoch = s.epoch + 1, holder = $5, lease_until = ${leased}, settings_at = free.settings_at,
         failures = case when s.settings_at is distinct from free.settings_at then 0 else s.failures end
       from free where (s.connection, s.stream) = (free.connection, free.stream)
       returning s.connection, s.stream, s.position, s.epoch::text as epoch, s.failures, to_char(s.settings_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "settingsAt"`,
      [wanted.map((w) => w.connection), wanted.map((w) => w.stream), wanted.map((w) => w.settingsAt), most, holder],
    );
  }

  /** False: somebody else has it. */
  async renew(stream: HeldStream): Promise<boolean> {
    return (await this.change(this.db, stream, `lease_until = ${leased}`)).length > 0;
  }

  /** In the transaction that brings the events. Throws `StreamLost` when the stream is no longer this process's. */
  async move(tx: Tx, stream: HeldStream, moved: Moved): Promise<void> {
    const rows = await this.change(
      tx,
      stream,
      `position = $5, lag = $6, read = read + $7, accepted = accepted + $8, duplicates = duplicates + $9, conflicts = conflicts + $10, refused = refused + $11,
       moved_at = case when $7::int > 0 then now() else moved_at end, lease_until = ${leased}, failures = 0, detail = null, ${since('reading')}`,
      [moved.from, moved.to, moved.lag, moved.read, moved.accepted, moved.duplicates, moved.conflicts, moved.refused],
      'and position is not distinct from $4',
    );
    if (rows.length === 0) throw new StreamLost(stream);
  }

  /** It is open, and there was nothing to read. */
  async reading(stream: HeldStream, lag: number | null): Promise<void> {
    await this.change(this.db, stream, `lag = $4, failures = 0, detail = null, ${since('reading')}`, [lag]);
  }

  /** The ledger takes no more for a while. */
  async resting(stream: HeldStream, detail: string): Promise<void> {
    await this.change(this.db, stream, `detail = $4, ${since('resting')}`, [detail.slice(0, 500)]);
  }

  /** Whoever comes after the pause may try it, here or elsewhere. */
  async failed(stream: HeldStream, detail: string, pauseMs: number): Promise<void> {
    await this.change(
      this.db,
      stream,
      `detail = $4, failures = failures + 1, next_at = now() + $5 * interval '1 millisecond', holder = null, lease_until = '-infinity', ${since('failing')}`,
      [detail.slice(0, 500), pauseMs],
    );
  }

  /** Lets go of it, so that another process need not wait for the end of the lease. */
  async release(stream: HeldStream): Promise<void> {
    await this.change(this.db, stream, `holder = null, lease_until = '-infinity', next_at = now(), ${since('waiting')}`);
  }

  async all(connection?: string) {
    const rows = await this.db.query<Row>(
      'select * from usage_stream where $1::text is null or connection = $1 order by connection, stream limit 1000',
      [connection ?? null],
    );
    return rows.map(shape);
  }

  private change(sql: Sql, { connection, stream, epoch }: HeldStream, set: string, values: readonly unknown[] = [], also = '') {
    return sql.query(`update usage_stream set ${set} where ${held} ${also} returning stream`, [connection, stream, epoch, ...values]);
  }
}

const iso = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);

const shape = (row: Row) => ({
  connection: row['connection'] as string,
  stream: row['stream'] as string,
  state: row['state'] as 'waiting' | 'reading' | 'resting' | 'failing',
  since: (row['since'] as Date).toISOString(),
  detail: row['detail'] as string | null,
  failures: row['failures'] as number,
  nextTryAt: row['state'] === 'failing' ? iso(row['next_at']) : null,
  position: row['position'] as string | null,
  lag: row['lag'] === null ? null : Number(row['lag']),
  lastRecordsAt: iso(row['moved_at']),
  read: Number(row['read']),
  accepted: Number(row['accepted']),
  duplicates: Number(row['duplicates']),
  conflicts: Number(row['conflicts']),
  refused: Number(row['refused']),
});
