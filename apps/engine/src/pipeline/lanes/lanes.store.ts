import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Settings } from '../../config/index.js';
import type { Priority } from '../../catalog/index.js';
import { Database } from '../../platform/database/index.js';
import type { Ring } from '../../platform/queue/index.js';
import { SETTINGS } from '../../platform/tokens.js';

/** A lane, as its bell named it. */
export type Rung = Pick<Extract<Ring, { bell: 'lane' }>, 'flow' | 'lane' | 'epoch' | 'plain'>;

export interface Leased {
  epoch: string;
  /** It holds messages whose worker ended. */
  suspects: boolean;
  /** It holds messages in doubt whose quiet time is over. */
  doubts: boolean;
  /** A flow of higher priority has something due for the same target. */
  yields: boolean;
}

const higherThan = (priority: Priority): Priority[] => (priority === 'high' ? [] : priority === 'normal' ? ['high'] : ['high', 'normal']);

/** After so long a bell is taken for lost. */
const rungSeconds = 10;

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

  /**
   * Takes the lane. Undefined when somebody else has it, when the flow is
   * paused or gone, and when the bell is not worth a visit: one with an epoch that was visited since, or one without while another is on its
   * way. So a lane has one bell that counts, however many are rung, and takes its turn among the others.
   */
  async lease({ flow, lane, epoch }: Rung, wants: { target: string | undefined; priority: Priority }): Promise<Leased | undefined> {
    const [row] = await this.db.query<Leased>(
      `insert into lane (flow, lane, epoch, lease_until, holder) select $1, $2, 1, now() + $4 * interval '1 second', $3 from flow where name = $1 and state <> 'paused'
       on conflict (flow, lane) do update set epoch = lane.epoch + 1, lease_until = excluded.lease_until, holder = excluded.holder, rung_until = '-infinity'
         where lane.lease_until < now() and case when $5::bigint is null then lane.rung_until < now() else lane.epoch = $5 end
       returning epoch,
         exists (select 1 from message m where m.flow = $1 and m.lane = $2 and m.crashes > 0 and m.state in ('ready','in_doubt')) as suspects,
         exists (select 1 from message m where m.flow = $1 and m.lane = $2 and m.state = 'in_doubt' and m.due_at <= now()) as doubts,
         exists (select 1 from flow f join release r on r.id = f.release_id and coalesce(r.definition->>'priority', 'normal') = any($7) where f.target_connection = $6 and f.state <> 'paused'
           and exists (select 1 from message m where m.flow = f.name and m.state = 'ready' and m.due_at <= now())) as yields`,
      [flow, lane, this.holder, this.leaseSeconds, epoch ?? null, wants.target ?? null, higherThan(wants.priority)],
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

  /** `rings`: a bell will be rung for what is left. */
  async release(flow: string, lane: number, epoch: string, rings: boolean): Promise<void> {
    await this.db.query(
      `update lane set lease_until = '-infinity', rung_until = case when $4 then now() + interval '${rungSeconds} seconds' else '-infinity' end where flow = $1 and lane = $2 and epoch = $3`,
      [flow, lane, epoch, rings],
    );
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
