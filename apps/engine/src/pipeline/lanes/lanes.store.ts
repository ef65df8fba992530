import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Database } from '../../platform/database/index.js';

const laneLeaseSeconds = 60;

/** One worker at a time on a lane: a lease with an epoch, by the database's clock. */
@Injectable()
export class LaneStore {
  private readonly holder = randomUUID();

  constructor(@Inject(Database) private readonly db: Database) {}

  /** The epoch of the lease, or undefined when somebody else has it, or when the flow is paused or gone. */
  async lease(flow: string, lane: number): Promise<{ epoch: string } | undefined> {
    const [row] = await this.db.query<{ epoch: string }>(
      `insert into lane (flow, lane, epoch, lease_until, holder) select $1, $2, 1, now() + interval '${laneLeaseSeconds} seconds', $3 from flow where name = $1 and state = 'on'
       on conflict (flow, lane) do update set epoch = lane.epoch + 1, lease_until = excluded.lease_until, holder = excluded.holder where lane.lease_until < now() returning epoch`,
      [flow, lane, this.holder],
    );
    return row;
  }

  /** False when the lease was lost. */
  async renew(flow: string, lane: number, epoch: string): Promise<boolean> {
    const rows = await this.db.query(
      `update lane set lease_until = now() + interval '${laneLeaseSeconds} seconds' where flow = $1 and lane = $2 and epoch = $3 returning epoch`,
      [flow, lane, epoch],
    );
    return rows.length > 0;
  }

  async release(flow: string, lane: number, epoch: string): Promise<void> {
    await this.db.query("update lane set lease_until = '-infinity' where flow = $1 and lane = $2 and epoch = $3", [flow, lane, epoch]);
  }

  /** Is there work that a doorbell may have been rung for while the lane was held? */
  async hasDue(flow: string, lane: number): Promise<boolean> {
    const rows = await this.db.query(
      `select 1 as one from flow f where f.name = $1 and f.state = 'on' and (
         exists (select 1 from message m where m.flow = $1 and m.lane = $2 and m.state = 'ready' and m.due_at <= now()
           and not exists (select 1 from message h where h.flow = m.flow and h.ordering_key = m.ordering_key and h.seq < m.seq and h.state in ('ready','claimed','in_flight','in_doubt')))
         or exists (select 1 from message m where m.flow = $1 and m.lane = $2 and m.state = 'in_doubt' and m.due_at <= now() and (m.lease_until is null or m.lease_until < now())))`,
      [flow, lane],
    );
    return rows.length > 0;
  }
}
