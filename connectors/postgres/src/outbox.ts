import { countWithin, misconfigured, type ConnectorContext, type Following, type StreamBatch, type StreamRecord } from '@waybill/sdk';
import type pg from 'pg';
import { columnsOf, requireColumns } from './catalog.js';
import { connectTo, letGo } from './client.js';
import { readFailure } from './failures.js';
import { quotedTable } from './names.js';
import { placed, readPosition, writePosition, type Position } from './position.js';

/** How many rows the first read of a stream asks for; from then on as many as fill a batch. */
const firstRead = 100;
const pauseMs = 250;

interface OutboxRow {
  xid: string;
  id: string;
  at: string;
  key: string | null;
  payload: string | null;
}

/**
 * Opens an outbox behind the position. Numbers of a sequence are no order: 5 is taken, 6 commits and is read, then 5 commits. So each row carries the number
 * of its transaction, and is read when every transaction with a smaller number has ended. What has a smaller number than that is there or never comes.
 */
export async function followOutbox(context: ConnectorContext, ask: { stream: string; position: string | null }): Promise<Following> {
  const call = { what: `open the outbox ${ask.stream}`, settings: context.settings };
  const known = readPosition(ask.position);
  let client: pg.Client | undefined;
  try {
    client = await connectTo(context);
    await requireOutbox(client, ask.stream);
    const { rows } = await client.query<{ next: string }>('select pg_snapshot_xmax(pg_current_snapshot())::text as next');
    const { lost, ...at } = placed(known, rows[0]!.next);
    return new OutboxFollowing(client, context, ask.stream, at, lost ? [lost] : []);
  } catch (error) {
    await letGo(client);
    throw readFailure(error, call);
  }
}

/** An outbox whose rows do not carry the number of their own transaction would be read in the wrong order, and rows would be missed. */
export async function requireOutbox(client: pg.Client, table: string): Promise<void> {
  const columns = await columnsOf(client, table);
  const [id, xid, at] = requireColumns(columns, table, ['id', 'xid', 'created_at', 'key', 'payload']);
  const wrong =
    xid!.type !== 'xid8' || !xid!.notNull || !xid!.otherwise.includes('pg_current_xact_id()')
      ? 'xid must be "xid8 not null default pg_current_xact_id()"'
      : id!.type !== 'bigint' || !id!.notNull
        ? 'id must be "bigint not null"'
        : !at!.type.startsWith('timestamp') || !at!.notNull
          ? 'created_at must be "timestamptz not null"'
          : undefined;
  if (wrong === undefined) return;
  throw misconfigured({
    code: 'outbox-shape',
    message: `The table ${table} is no outbox: ${wrong}.`,
    remedy: 'Make the table as the documentation page of the connector shows it.',
  });
}

class OutboxFollowing implements Following {
  private received: (StreamRecord & Position)[] = [];
  private readMost = firstRead;

  constructor(
    private readonly client: pg.Client,
    private readonly context: ConnectorContext,
    private readonly table: string,
    private at: Position,
    private lost: NonNullable<StreamBatch['lost']>,
  ) {}

  async next({ recordsMax, bytesMax, waitMs }: { recordsMax: number; bytesMax: number; waitMs: number }): Promise<StreamBatch> {
    try {
      for (let waited = 0; this.received.length === 0; waited += pauseMs) {
        await this.receive(Math.min(recordsMax, this.readMost), bytesMax);
        if (this.received.length > 0 || waited >= waitMs || this.context.signal.aborted) break;
        await new Promise((done) => setTimeout(done, Math.min(pauseMs, waitMs - waited)));
      }
    } catch (error) {
      throw readFailure(error, { what: `read the outbox ${this.table}`, settings: this.context.settings });
    }
    const taken = this.received.splice(0, countWithin(this.received, { recordsMax, bytesMax }));
    const last = taken.at(-1);
    if (last) this.at = { xid: last.xid, id: last.id };
    const lost = this.lost;
    this.lost = [];
    // To count what lies behind would read it.
    return { records: taken.map(({ xid: _, id: __, ...record }) => record), position: writePosition(this.at), lag: null, lost };
  }

  close(): Promise<void> {
    return letGo(this.client);
  }

  private async receive(most: number, bytesMax: number): Promise<void> {
    const behind = this.received.at(-1) ?? this.at;
    const { rows } = await this.client.query<OutboxRow>(
      `select xid::text, id::text, to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, key::text, payload::text
         from ${quotedTable(this.table)}
        where (xid, id) > ($1::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
        order by xid, id limit $3`,
      [behind.xid, behind.id, most],
    );
    this.received = rows.map(recordOf);
    if (rows.length === 0) return;
    const bytes = this.received.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
    this.readMost = Math.max(1, Math.floor(bytesMax / Math.max(1, bytes / rows.length)));
  }
}

/** A row as the engine takes it. Its time is in its name, for numbers begin again on another server. Pure. */
export function recordOf({ xid, id, at, key, payload }: OutboxRow): StreamRecord & Position {
  const time = Number.isFinite(Date.parse(at)) ? new Date(at).toISOString() : '1970-01-01T00:00:00.000Z';
  const value = payload === null ? null : Buffer.from(payload, 'utf8');
  return { xid, id, at: `${xid}-${id}@${Date.parse(time)}`, headers: {}, value, key, time };
}
