import { Inject, Injectable } from '@nestjs/common';
import { AuditStore } from '../../governance/index.js';
import { Database } from '../../platform/database/index.js';
import { engineActor } from '../../platform/http/index.js';
import { Doorbell } from '../../platform/queue/index.js';
import { MessageStore } from '../messages.store.js';
import { mendFollowers } from '../settle/followers.store.js';
import { openException } from '../settle/people.store.js';
import { AbandonedStore } from './abandoned.store.js';

/** What a sweep found, by kind. */
export interface Swept {
  released: number;
  doubted: number;
  woken: number;
  /** Versions of documents that lay down, and that went on, late. */
  parked: number;
  freed: number;
  expired: number;
  drained: number;
  rung: number;
}

/**
 * Finds what nobody works on, by its state and never by a cursor: rows whose lease ended, rows that are due and unheard, waits that ended
 * unseen or took too long. Any node may run it; every statement is harmless when run twice.
 */
@Injectable()
export class Sweeper {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AbandonedStore) private readonly abandoned: AbandonedStore,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(Doorbell) private readonly bell: Doorbell,
    @Inject(MessageStore) private readonly messages: MessageStore,
  ) {}

  /** `leads` is asked before each piece: a scheduler that stood still does nothing before it has asked again whether it leads. */
  async sweep(leads: () => boolean = () => true): Promise<Swept> {
    const swept: Swept = { released: 0, doubted: 0, woken: 0, parked: 0, freed: 0, expired: 0, drained: 0, rung: 0 };
    const pieces: (() => Promise<Partial<Swept>>)[] = [
      () => this.abandoned.afterLease(),
      async () => ({ woken: await this.wakeMissed() }),
      () => this.db.transaction((tx) => mendFollowers(tx, this.messages)),
      async () => ({ expired: await this.expireWaits() }),
      async () => ({ drained: await this.endDrains() }),
      async () => ({ rung: await this.ringDue() }),
    ];
    for (const piece of pieces) if (leads()) Object.assign(swept, await piece());
    return swept;
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

  /** A flow that drains is paused when nothing up to its mark moves any more: what has stopped there waits for a person or for another document. */
  private async endDrains(): Promise<number> {
    return this.db.transaction(async (tx) => {
      const drained = await tx.query<{ name: string }>(
        `update flow f set state = 'paused', drain_to = null, updated_at = now() where f.state = 'draining' and not exists (
           select 1 from message m where m.flow = f.name and m.seq <= f.drain_to and (m.state in ('claimed','in_flight','in_doubt') or (m.state = 'ready' and not exists (
             select 1 from message h join release r on r.id = f.release_id where h.flow = m.flow and h.ordering_key = m.ordering_key and h.seq < m.seq
               and h.state in ('waiting','held','exception','blocked') and (h.key = m.key or r.definition->>'blocks' = 'orderingKey')))))
         returning f.name`,
      );
      for (const { name } of drained)
        await this.audit.record(tx, engineActor, {
          action: 'flow.drained',
          object: { kind: 'flow', id: name },
          summary: `The flow ${name} is drained and paused`,
        });
      return drained.length;
    });
  }

  /** Lanes whose target rests have a bell of their own. */
  private async ringDue(): Promise<number> {
    const lanes = await this.db.query<{ flow: string; lane: number; epoch: string | null }>(
      `select distinct m.flow, m.lane, l.epoch from message m join flow f on f.name = m.flow and f.state <> 'paused' left join lane l on l.flow = m.flow and l.lane = m.lane
       where m.state in ('ready','in_doubt') and m.due_at <= now() and (f.drain_to is null or m.seq <= f.drain_to)
         and (l.lease_until is null or (l.lease_until < now() and l.resting_until < now())) limit 1000`,
    );
    for (const { flow, lane, epoch } of lanes) this.bell.ring({ bell: 'lane', flow, lane, ...(epoch === null ? {} : { epoch }) });
    return lanes.length;
  }

  private async count(statement: string): Promise<number> {
    return (await this.db.query<{ n: number }>(statement))[0]!.n;
  }
}
