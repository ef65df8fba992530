import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import { Doorbell } from '../../platform/queue/index.js';
import { openException } from '../settle/settle.store.js';

/**
 * Finds what nobody works on, by its state and never by a cursor: rows whose lease ended, rows that are due and unheard, waits that ended
 * unseen or took too long. Any node may run it; every statement is harmless when run twice.
 */
@Injectable()
export class Sweeper {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(Doorbell) private readonly bell: Doorbell,
  ) {}

  async sweep(): Promise<{ released: number; doubted: number; woken: number; expired: number; rung: number }> {
    const released = await this.releaseClaimed();
    const doubted = await this.doubtInFlight();
    const woken = await this.wakeMissed();
    const expired = await this.expireWaits();
    const rung = await this.ringDue();
    return { released, doubted, woken, expired, rung };
  }

  /** Claimed but never sent: another worker may have it. */
  private async releaseClaimed(): Promise<number> {
    return this
      .count(`with moved as (update message set state = 'ready', lease_until = null, due_at = now(), reason = 'its worker went away before it was sent', updated_at = now() where state = 'claimed' and lease_until < now() returning id),
      told as (insert into message_history (message_id, from_state, to_state, reason) select id, 'claimed', 'ready', 'its worker went away before it was sent' from moved) select count(*)::int as n from moved`);
  }

  /** In flight when its worker went away: it may have arrived, so it is looked up, never sent again unseen. */
  private async doubtInFlight(): Promise<number> {
    return this
      .count(`with moved as (update message m set state = 'in_doubt', lease_until = null, due_at = greatest(now(), p.sent_at + p.quiet_ms * interval '1 millisecond'), reason = 'its worker went away while it was being posted; it will be looked up', updated_at = now()
        from posting p where p.id = m.posting_id and m.state = 'in_flight' and m.lease_until < now() returning m.id, m.posting_id),
      doubted as (update posting set state = 'in_doubt' where id in (select posting_id from moved) and state = 'in_flight'),
      told as (insert into message_history (message_id, from_state, to_state, stage, reason) select id, 'in_flight', 'in_doubt', 'send', 'its worker went away while it was being posted' from moved) select count(*)::int as n from moved`);
  }

  /** A wait with an end is for another document, which must be posted; one without is for a call on the document itself, whose end it is for. */
  private async wakeMissed(): Promise<number> {
    return this
      .count(`with moved as (update message m set state = 'ready', due_at = now(), depends_on = null, reason = null, updated_at = now()
        from posting p where m.state = 'waiting' and p.external_key = m.depends_on and (p.state = 'posted' or (m.depends_until is null and p.state in ('rejected','waived'))) returning m.id, p.state as was),
      told as (insert into message_history (message_id, from_state, to_state, reason) select id, 'waiting', 'ready', case was when 'posted' then 'what it waited for is posted' else 'what it waited for has ended' end from moved) select count(*)::int as n from moved`);
  }

  private async expireWaits(): Promise<number> {
    return this.db.transaction(async (tx) => {
      const late = await tx.query<{ id: string; flow: string; reason: string; depends_on: string }>(
        "select id, flow, reason, depends_on from message where state = 'waiting' and depends_until < now() limit 100 for update skip locked",
      );
      for (const message of late) {
        await tx.query("update message set state = 'exception', updated_at = now() where id = $1", [message.id]);
        await tx.query(
          "insert into message_history (message_id, from_state, to_state, stage, reason) values ($1, 'waiting', 'exception', 'send', 'the wait was too long')",
          [message.id],
        );
        await openException(tx, message.id, message.flow, 'send', {
          category: 'master-data',
          code: 'WAIT_EXPIRED',
          cause: `It waited too long: it ${message.reason}.`,
          causeKey: `wait ${message.depends_on}`,
          remedy: 'Find out why that document is not posted; then replay.',
          fix: { kind: 'source' },
        });
      }
      return late.length;
    });
  }

  private async ringDue(): Promise<number> {
    const lanes = await this.db.query<{ flow: string; lane: number }>(
      `select distinct m.flow, m.lane from message m join flow f on f.name = m.flow and f.state = 'on' left join lane l on l.flow = m.flow and l.lane = m.lane
       where m.state in ('ready','in_doubt') and m.due_at <= now() and (l.lease_until is null or l.lease_until < now()) limit 1000`,
    );
    for (const lane of lanes) this.bell.ring({ bell: 'lane', ...lane });
    return lanes.length;
  }

  private async count(statement: string): Promise<number> {
    return (await this.db.query<{ n: number }>(statement))[0]!.n;
  }
}
