import { Inject, Injectable } from '@nestjs/common';
import type { Delivery } from '@waybill/sdk';
import { Database, type Sql, type Tx } from '../platform/database/index.js';
import { failPoint } from '../platform/failpoints/index.js';
import { newId } from '../platform/ids/index.js';
import { Doorbell } from '../platform/queue/index.js';

export interface InboxRow {
  id: string;
  connection: string;
  deliveryId: string;
  via: Delivery['via'];
  stream: string | null;
  raw: Buffer;
  runId: string | null;
  attempts: number;
}

const rowColumns = `id, connection, delivery_id as "deliveryId", via, stream, raw, run_id as "runId", attempts`;

/** Store first, think later: deliveries as raw bytes, one row per connection and delivery id, for ever. */
@Injectable()
export class InboxStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(Doorbell) private readonly bell: Doorbell,
  ) {}

  /** Stores one delivery; the answer may leave when this has returned. The same delivery again changes nothing. */
  async take(connection: string, delivery: Omit<Delivery, 'body'> & { raw: Buffer }): Promise<{ duplicate: boolean }> {
    const rows = await this.db.query(
      'insert into inbox (id, connection, delivery_id, via, stream, raw) values ($1,$2,$3,$4,$5,$6) on conflict (connection, delivery_id) do nothing returning id',
      [newId('inb'), connection, delivery.id, delivery.via, delivery.stream ?? null, delivery.raw],
    );
    await failPoint('intake.committed');
    if (rows.length > 0) this.bell.ring({ bell: 'inbox' });
    return { duplicate: rows.length === 0 };
  }

  /** A page of a poll, in the transaction that moves its cursor. Returns how many were new. */
  async takePage(tx: Tx, connection: string, deliveries: readonly Delivery[], runId: string): Promise<number> {
    if (deliveries.length === 0) return 0;
    const ordered = [...deliveries].sort((a, b) => (a.id < b.id ? -1 : 1)); // one order for all writers: no deadlock on the unique key
    const rank = new Map(deliveries.map((delivery, index) => [delivery.id, index]));
    const rows = await tx.query(
      `insert into inbox (id, connection, delivery_id, via, stream, raw, run_id, received_at)
       select id, $1, delivery_id, via, stream, raw, $2, now() + rank * interval '1 microsecond' from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[], $8::int[]) as t(id, delivery_id, via, stream, raw, rank)
       on conflict (connection, delivery_id) do nothing returning id`,
      [
        connection,
        runId,
        ordered.map(() => newId('inb')),
        ordered.map((d) => d.id),
        ordered.map((d) => d.via),
        ordered.map((d) => d.stream ?? null),
        ordered.map((d) => Buffer.from(d.body, 'utf8')),
        ordered.map((d) => rank.get(d.id)!),
      ],
    );
    if (rows.length > 0) tx.afterCommit(() => this.bell.ring({ bell: 'inbox' }));
    return rows.length;
  }

  /** New rows in the order they came, locked for this transaction; other workers skip them. */
  claimNew(tx: Tx, limit: number): Promise<InboxRow[]> {
    return tx.query<InboxRow>(`select ${rowColumns} from inbox where state = 'new' order by received_at limit $1 for update skip locked`, [
      limit,
    ]);
  }

  /** Rows that are there already and that one flow has not seen: what a backfill brings to a flow that came later. */
  unseenBy(tx: Sql, flow: string, connection: string, deliveryIds: readonly string[]): Promise<InboxRow[]> {
    return tx.query<InboxRow>(
      `select ${rowColumns} from inbox i where connection = $1 and delivery_id = any($2) and state = 'done' and not exists (select 1 from message m where m.flow = $3 and m.inbox_id = i.id) order by received_at`,
      [connection, deliveryIds, flow],
    );
  }

  async done(tx: Tx, ids: readonly string[]): Promise<void> {
    await tx.query("update inbox set state = 'done', problem = null where id = any($1)", [ids]);
  }

  async failed(tx: Tx, id: string, problem: string): Promise<void> {
    await tx.query("update inbox set state = 'failed', problem = $2 where id = $1", [id, problem.slice(0, 2000)]);
  }

  /** Counts a webhook that was refused, by day; nothing of it is kept. Names that are no connection are not counted: anybody can make them up. */
  async refuse(connection: string, code: string): Promise<void> {
    await this.db.query(
      'insert into hook_refusal (connection, code) select name, $2 from connection where name = $1 on conflict (connection, day, code) do update set count = hook_refusal.count + 1, last_at = now()',
      [connection, code],
    );
  }
}
