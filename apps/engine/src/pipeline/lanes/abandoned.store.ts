import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import { crashesMax } from './poison.js';

/** Rows that a worker has, with the epoch under which it has them. */
export type HeldRows = readonly { id: string; epoch: number }[];

/**
 * Seconds that a message rests which ended a worker before and does so again: 5, 10, then 20; after its last end it stops for a person at once. A worker that is ended as
 * soon as it begins would never come to the neighbours on other lanes.
 */
const restSeconds = `case when $1::int > 0 and m.crashes between 1 and ${crashesMax - 2} then 5 * power(2, m.crashes - 1) else 0 end`;
const rested = `$3::int * interval '1 millisecond' + (${restSeconds}) * interval '1 second'`;

/**
 * What becomes of rows whose worker does not end them. Claimed: nothing was sent, so they are ready again. In flight: it may have arrived, so
 * it is looked up, never sent again unseen, and not before the target can be done with it: whoever had it may have sent its first byte as late as
 * its lease allowed, however early the intent was committed. In doubt: looked up by the next worker. A crash is counted on the rows; see `poison.ts`.
 */
@Injectable()
export class AbandonedStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  /** Rows whose lease ended: their worker died or stood still. */
  async afterLease(): Promise<{ released: number; doubted: number }> {
    return this.giveUp('m.lease_until < now()', [], { crashed: true, why: 'its worker went away', afterMs: 0 });
  }

  /** Rows that a living worker gives up. */
  async byWorker(rows: HeldRows, end: { crashed: boolean; why: string; afterMs: number }): Promise<void> {
    if (rows.length === 0) return;
    const mine = '(m.id, m.epoch) in (select * from unnest($4::text[], $5::int[]))';
    await this.giveUp(mine, [rows.map((row) => row.id), rows.map((row) => row.epoch)], end);
  }

  private async giveUp(
    which: string,
    values: unknown[],
    { crashed, why, afterMs }: { crashed: boolean; why: string; afterMs: number },
  ): Promise<{ released: number; doubted: number }> {
    const count = async (statement: string) =>
      (await this.db.query<{ n: number }>(statement, [crashed ? 1 : 0, why, afterMs, ...values]))[0]!.n;
    const released = await count(
      `with moved as (update message m set state = 'ready', lease_until = null, due_at = now() + ${rested}, crashes = m.crashes + $1::int, reason = $2::text || ' before it was sent', updated_at = now() where m.state = 'claimed' and ${which} returning m.id),
       told as (insert into message_history (message_id, from_state, to_state, reason) select id, 'claimed', 'ready', $2::text || ' before it was sent' from moved) select count(*)::int as n from moved`,
    );
    const doubted = await count(
      `with moved as (update message m set state = 'in_doubt', lease_until = null, crashes = m.crashes + $1::int, due_at = greatest(now() + ${rested}, least(m.lease_until, now()) + p.quiet_ms * interval '1 millisecond'), reason = $2::text || ' while it was being posted; it will be looked up', updated_at = now()
         from posting p where p.id = m.posting_id and m.state = 'in_flight' and ${which} returning m.id, m.posting_id),
       doubted as (update posting set state = 'in_doubt' where id in (select posting_id from moved) and state = 'in_flight'),
       told as (insert into message_history (message_id, from_state, to_state, stage, reason) select id, 'in_flight', 'in_doubt', 'send', $2::text || ' while it was being posted' from moved) select count(*)::int as n from moved`,
    );
    await count(
      `with freed as (update message m set lease_until = null, crashes = m.crashes + $1::int, due_at = greatest(m.due_at, now() + ${rested}), reason = $2::text || ' while it was looked up', updated_at = now() where m.state = 'in_doubt' and m.lease_until is not null and ${which} returning m.id)
       select count(*)::int as n from freed`,
    );
    return { released, doubted };
  }
}
