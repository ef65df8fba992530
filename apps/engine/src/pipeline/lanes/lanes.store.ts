import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Settings } from '../../config/index.js';
import { Database } from '../../platform/database/index.js';
import { SETTINGS } from '../../platform/tokens.js';

/** One worker at a time on a lane: a lease with an epoch, by the database's clock. */
@Injectable()
export class LaneStore {
  private readonly holder = randomUUID();
  private readonly leaseSeconds: number;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(SETTINGS) settings: Pick<Settings, 'leaseSeconds'>,
  ) {
    this.leaseSeconds = settings.leaseSeconds;
  }

  /** The epoch of the lease, and whether the lane holds messages whose worker ended; undefined when somebody else has it, or when the flow is paused or gone. */
  async lease(flow: string, lane: number): Promise<{ epoch: string; suspects: boolean } | undefined> {
    const [row] = await this.db.query<{ epoch: string; suspects: boolean }>(
      `insert into lane (flow, lane, epoch, lease_until, holder) select $1, $2, 1, now() + $4 * interval '1 second', $3 from flow where name = $1 and state <> 'paused'
       on conflict (flow, lane) do update set epoch = lane.epoch + 1, lease_until = excluded.lease_until, holder = excluded.holder where lane.lease_until < now()
       returning epoch, exists (select 1 from message m where m.flow = $1 and m.lane = $2 and m.crashes > 0 and m.state in ('ready','in_doubt')) as suspects`,
      [flow, lane, this.holder, this.leaseSeconds],
    );
    return row;
  }

  /** False when the lease was lost. */
  async renew(flow: string, lane: number, epoch: string): Promise<boolean> {
    const rows = await this.db.query(
      `update lane set lease_until = now() + $4 * interval '1 second' where flow = $1 and lane = $2 and epoch = $3 returning epoch`,
      [flow, lane, epoch, this.leaseSeconds],
    );
    return rows.length > 0;
  }

  async release(flow: string, lane: number, epoch: string): Promise<void> {
    await this.db.query("update lane set lease_until = '-infinity' where flow = $1 and lane = $2 and epoch = $3", [flow, lane, epoch]);
  }

  /** Releases a lane whose target rests. True when nobody rang for the end of a rest yet; one bell is enough, however many visit it meanwhile. */
  async rest(flow: string, lane: number, epoch: string, restMs: number): Promise<boolean> {
    const rows = await this.db.query<{ first: boolean }>(
      `update lane l set lease_until = '-infinity', resting_until = case when o.resting_until > now() then o.resting_until else now() + $4 * interval '1 millisecond' end
       from (select resting_until from lane where flow = $1 and lane = $2) o where l.flow = $1 and l.lane = $2 and l.epoch = $3 returning o.resting_until <= now() as first`,
      [flow, lane, epoch, Math.ceil(restMs)],
    );
    return rows[0]?.first ?? false;
  }
}
