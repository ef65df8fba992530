import { Inject, Injectable } from '@nestjs/common';
import { Database, type Scope } from '../../../platform/database/index.js';
import { Problem } from '../../../platform/problems/index.js';

export const activityDaysMax = 62;
const dayMs = 86_400_000;

export interface ActivityFilter {
  meter: string;
  from: string;
  to: string;
  subject?: string | undefined;
}

/** When a meter counted something: its buckets by the hour, or by the day where it keeps no hours. What is not there counted nothing. */
@Injectable()
export class ActivityStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  async find({ meter, from, to, subject }: ActivityFilter, scope: Scope) {
    const days = (Date.parse(to) - Date.parse(from)) / dayMs;
    if (days <= 0 || days > activityDaysMax)
      throw new Problem('REQUEST_INVALID', `The span must be longer than nothing and at most ${activityDaysMax} days, not ${days}.`, {
        path: '/to',
      });
    const [version] = await this.db.query<{ id: string; version: number; grain: 'hour' | 'day'; zone: string }>(
      'select v.id, v.version, v.grain, v.zone from usage_meter m join usage_meter_version v on v.meter = m.name and v.version = m.active where m.name = $1',
      [meter],
    );
    if (!version) throw new Problem('NOT_FOUND', `There is no meter ${meter} with an active version.`);
    // Buckets belong to no legal entity.
    const rows = scope.unassigned
      ? await this.db.seenBy(scope).query<{ starts: Date; events: string; subjects: number }>(
          `select starts, sum(events) as events, count(distinct subject)::int as subjects from usage_bucket
           where version = $1 and starts >= $2 and starts < $3 and ($4::text is null or subject = $4) and events > 0 group by starts order by starts`,
          [version.id, from, to, subject ?? null],
        )
      : [];
    return {
      meter,
      meterVersion: version.version,
      grain: version.grain,
      timeZone: version.zone,
      items: rows.map(({ starts, events, subjects }) => ({ from: starts.toISOString(), events: Number(events), subjects })),
    };
  }
}
