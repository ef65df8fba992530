import { Inject, Injectable } from '@nestjs/common';
import type { Delivery } from '@waybill/sdk';
import { Database, GroupCommit, real, type Sql, type Tx } from '../platform/database/index.js';
import { failPoint } from '../platform/failpoints/index.js';
import { newId } from '../platform/ids/index.js';
import { isProblem } from '../platform/problems/index.js';
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
  /** The synthetic run that delivered it; null for everything that came in from outside. */
  syntheticRun: string | null;
}

export type NewDelivery = Omit<Delivery, 'body'> & { raw: Buffer };
type Stored = NewDelivery & { connection: string; syntheticRun?: string };

/** Whoever sends a webhook does not wait longer; what became of the statement is found by the delivery id when it comes again. */
const storedWithinMs = 8_000;
const rowColumns = `id, connection, delivery_id as "deliveryId", via, stream, raw, run_id as "runId", attempts, synthetic_run as "syntheticRun"`;

/** Store first, think later: deliveries as raw bytes, one row per connection and delivery id, for ever. */
@Injectable()
export class InboxStore {
  private readonly door = new GroupCommit<Stored, { duplicate: boolean }>({
    store: (deliveries) => this.store(deliveries),
    mayBeOneBadItem: (error) => !isProblem(error),
    itemsMax: 500,
    weigh: ({ raw }) => raw.length,
    weightMax: 8 * 1024 * 1024,
    patienceMs: 100,
    commitsMax: 4,
  });

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(Doorbell) private readonly bell: Doorbell,
  ) {}

  /** Stores one delivery; the answer may leave when this has returned. The same delivery again changes nothing. */
  take(connection: string, delivery: NewDelivery): Promise<{ duplicate: boolean }> {
    const { id, via, stream, raw } = delivery;
    return this.door.add({ id, via, ...(stream === undefined ? {} : { stream }), raw, connection });
  }

  /**
   * The same door for a delivery of our own: one of a synthetic run, which marks it and all that becomes of it. No caller of `take` can set the mark:
   * what comes in from outside goes by there.
   */
  takeSynthetic(connection: string, { id, via, stream, raw }: NewDelivery, syntheticRun: string): Promise<{ duplicate: boolean }> {
    return this.door.add({ id, via, ...(stream === undefined ? {} : { stream }), raw, connection, syntheticRun });
  }

  /** Stores deliveries of any connections in one statement, in one order for all writers, so that two of them never wait for each other. */
  private async store(deliveries: readonly Stored[]): Promise<{ duplicate: boolean }[]> {
    const first = new Map<string, { delivery: (typeof deliveries)[number]; rank: number }>();
    deliveries.forEach((delivery, rank) => {
      const name = nameOf(delivery.connection, delivery.id);
      if (!first.has(name)) first.set(name, { delivery, rank });
    });
    const ordered = [...first].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
    const rows = await this.db.query<{ connection: string; deliveryId: string }>(
      `insert into inbox (id, connection, delivery_id, via, stream, raw, received_at, synthetic_run)
       select id, connection, delivery_id, via, stream, raw, now() + rank * interval '1 microsecond', synthetic from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bytea[], $7::int[], $8::text[]) as t(id, connection, delivery_id, via, stream, raw, rank, synthetic)
       on conflict (connection, delivery_id) do nothing returning connection, delivery_id as "deliveryId"`,
      [
        ordered.map(() => newId('inb')),
        ordered.map(({ delivery }) => delivery.connection),
        ordered.map(({ delivery }) => delivery.id),
        ordered.map(({ delivery }) => delivery.via),
        ordered.map(({ delivery }) => delivery.stream ?? null),
        ordered.map(({ delivery }) => delivery.raw),
        ordered.map(({ rank }) => rank),
        ordered.map(({ delivery }) => delivery.syntheticRun ?? null),
      ],
      { answerWithinMs: storedWithinMs },
    );
    await failPoint('intake.committed');
    if (rows.length > 0) this.bell.ring({ bell: 'inbox' });
    // The first of equal deliveries stored the row; whoever brought the same at the same time brought a duplicate.
    const stored = new Set(rows.map((row) => nameOf(row.connection, row.deliveryId)));
    return deliveries.map(({ connection, id }) => ({ duplicate: !stored.delete(nameOf(connection, id)) }));
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
    return tx.query<InboxRow>(
      `select ${rowColumns} from inbox where state = 'new' and (due_at is null or due_at <= now()) order by received_at limit $1 for update skip locked`,
      [limit],
    );
  }

  /** Rows that are there already and that one flow has not seen: what a backfill brings to a flow that came later. */
  unseenBy(tx: Sql, flow: string, connection: string, deliveryIds: readonly string[]): Promise<InboxRow[]> {
    return tx.query<InboxRow>(
      `select ${rowColumns} from inbox i where connection = $1 and delivery_id = any($2) and state = 'done' and erasure is null and ${real('i')} and not exists (select 1 from message m where m.flow = $3 and m.inbox_id = i.id) order by received_at`,
      [connection, deliveryIds, flow],
    );
  }

  async done(tx: Tx, ids: readonly string[]): Promise<void> {
    await tx.query("update inbox set state = 'done', problem = null where id = any($1)", [ids]);
  }

  /** They stay new and come again: after a second, then after twice as long each time, at most a minute. */
  async putOff(tx: Tx, ids: readonly string[]): Promise<void> {
    await tx.query(
      "update inbox set attempts = attempts + 1, due_at = now() + least(60, power(2, attempts)) * interval '1 second' where id = any($1)",
      [ids],
    );
  }

  async failed(tx: Tx, id: string, problem: string): Promise<void> {
    await tx.query("update inbox set state = 'failed', problem = $2 where id = $1", [id, problem.slice(0, 2000)]);
  }
}

/** No two pairs have one name: a connection's has no space. */
const nameOf = (connection: string, deliveryId: string): string => `${connection} ${deliveryId}`;
