import { Inject, Injectable } from '@nestjs/common';
import { CandidateStore, countedMax, endedSql, judge, stoppedSql, type Judged, type StopRule } from '../../catalog/index.js';
import { Database, real, type Row } from '../../platform/database/index.js';
import { engineActor } from '../../platform/http/index.js';

/** One candidate on a share, with what its messages and those of the live release beside it came to. */
interface Watched {
  id: string;
  rule: StopRule;
  candidate: Judged;
  live: Judged;
}

/** Takes back the share of a release whose messages stop more often than those of the live one beside it. By the scheduler's rounds. */
@Injectable()
export class ShareWatch {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(CandidateStore) private readonly candidates: CandidateStore,
  ) {}

  /** Judges every share once; returns how many were taken back. */
  async round(leads: () => boolean = () => true): Promise<number> {
    let stopped = 0;
    for (const { id, rule, candidate, live } of await this.watched()) {
      if (!leads()) break;
      const why = judge(candidate, live, rule);
      if (why !== undefined && (await this.candidates.stopByItself(id, why, { candidate, live }, engineActor))) stopped += 1;
    }
    return stopped;
  }

  /** Among the newest messages of the flow since the share began, by the database's clock; those that have neither ended nor stopped say nothing yet. */
  private async watched(): Promise<Watched[]> {
    const rows = await this.db.query<Row>(
      `select r.id, r.stop_points, r.stop_minimum, c.* from release r join flow f on f.name = r.flow cross join lateral (
         select count(*) filter (where m.release_id = r.id)::int as candidate, count(*) filter (where m.release_id = r.id and m.stopped)::int as candidate_stopped,
           count(*) filter (where m.release_id = f.release_id)::int as live, count(*) filter (where m.release_id = f.release_id and m.stopped)::int as live_stopped
         from (select m.release_id, ${stoppedSql} as stopped from (
           select m.* from message m where m.flow = r.flow and ${real('m')} and m.received_at >= r.under_way_since order by m.received_at desc, m.id desc limit ${countedMax}) m where ${endedSql}) m) c
       where r.state = 'share'`,
    );
    return rows.map((row) => ({
      id: row['id'] as string,
      rule: { points: row['stop_points'] as number, minimum: row['stop_minimum'] as number },
      candidate: { messages: row['candidate'] as number, exceptions: row['candidate_stopped'] as number },
      live: { messages: row['live'] as number, exceptions: row['live_stopped'] as number },
    }));
  }
}
