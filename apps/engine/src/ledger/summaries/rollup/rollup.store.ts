import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Database, type Tx } from '../../../platform/database/index.js';
import { meters } from '../../../platform/telemetry/index.js';
import { fold, foldedVersion, type Fold, type FoldedVersion } from './fold.store.js';

/** So many events, and so many commits, are taken at once: a roll stays short, and a second of full ingest fits into one. */
const eventsMax = 100_000;
const commitsMax = 5_000;
/** One turn of the scheduler ends after so long; the next begins up to a second later. */
const turnMs = 60_000;
/** Where some has just come, more comes: it is looked for again after so long. */
const soonMs = 200;

export interface Lag {
  roll: string;
  waitingCommits: number;
  waitingEvents: number;
  oldestSeconds: number;
  meters: { meter: string; version: number; behind: number }[];
}

/**
 * The roll-up. A commit that has no roll gets the next number, and its events are folded into the buckets of every meter, in one transaction: a kill
 * leaves both or neither. The lock of the one row of `usage_rollup` makes rolls follow one another, whoever leads; a commit that appears late gets a later
 * number. A version of a meter keeps how far it has come, so a new one folds the past by the same way.
 */
@Injectable()
export class RollUp {
  constructor(@Inject(Database) private readonly db: Database) {}

  /** Rolls up what waits, for a turn. */
  async run(leads: () => boolean = () => true): Promise<void> {
    const until = performance.now() + turnMs;
    let worked = false;
    while (leads() && performance.now() < until) {
      const rolled = await this.roll();
      const caught = await this.catchUp();
      if (!rolled && !caught) {
        if (!worked) break;
        await sleep(soonMs);
      }
      worked = rolled || caught;
    }
    await this.lag();
  }

  /** Everything that is committed now. For who is about to seal, and for tests. */
  async runAll(): Promise<void> {
    while ((await this.roll()) || (await this.catchUp()));
  }

  /** One roll. False when nothing waits. */
  async roll(): Promise<boolean> {
    // Without a lock, so that an engine that nobody sends usage to writes nothing every second.
    if ((await this.db.query('select 1 as one from usage_commit where roll is null limit 1')).length === 0) return false;
    const events = await this.db.transaction(async (tx) => {
      const [{ roll: before }] = (await tx.query<{ roll: string }>('select roll from usage_rollup for update')) as [{ roll: string }];
      const ids = await this.waiting(tx);
      if (ids.length === 0) return 0;
      const roll = String(BigInt(before) + 1n);
      const taken = await tx.query<{ events: number }>(
        'update usage_commit set roll = $2 where id = any($1::bigint[]) and roll is null returning events',
        [ids, roll],
      );
      await tx.query('update usage_rollup set roll = $1, rolled_at = now()', [roll]);
      const versions = await tx.query<FoldedVersion>(
        `select ${foldedVersion} from usage_meter_version where rolls and rolled = $1 order by id for update skip locked`,
        [before],
      );
      const events = taken.reduce((sum, commit) => sum + commit.events, 0);
      await this.foldInto(tx, { versions, from: before, to: roll, events });
      return events;
    });
    if (events > 0) meters.usageRolled.inc(events);
    return events > 0;
  }

  /** A version that is behind: a new one, or one whose lock a roll met. Folds a piece of what it lacks. False when none is. */
  async catchUp(): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      const [behind] = await tx.query<FoldedVersion & { rolled: string }>(
        `select ${foldedVersion}, rolled from usage_meter_version v where rolls and rolled < (select roll from usage_rollup) order by rolled limit 1 for update skip locked`,
      );
      if (!behind) return false;
      const [{ to, events }] = (await tx.query<{ to: string; events: string }>(
        `select max(roll) as to, max(so_far) as events from (select roll, sum(sum(events)) over (order by roll) as so_far, row_number() over (order by roll) as n
           from (select roll, events from usage_commit where roll > $1 order by roll limit ${commitsMax}) c group by roll) s where so_far <= ${eventsMax} or n = 1`,
        [behind.rolled],
      )) as [{ to: string; events: string }];
      await this.foldInto(tx, { versions: [behind], from: behind.rolled, to, events: Number(events) });
      return true;
    });
  }

  /** The number of the last roll. */
  async current(): Promise<string> {
    const [row] = await this.db.query<{ roll: string }>('select roll from usage_rollup');
    return row!.roll;
  }

  /** How far it is, for the API and the metrics. */
  async lag(): Promise<Lag> {
    const [row] = await this.db.query<{ roll: string; commits: number; events: string | null; seconds: string | null }>(
      `select r.roll, count(c.id)::int as commits, sum(c.events) as events, extract(epoch from clock_timestamp() - min(c.received_at)) as seconds
       from usage_rollup r left join usage_commit c on c.roll is null group by r.roll`,
    );
    const behind = await this.db.query<{ meter: string; version: number; behind: string }>(
      'select v.meter, v.version, r.roll - v.rolled as behind from usage_meter_version v, usage_rollup r where v.rolls and v.rolled < r.roll order by 1, 2',
    );
    const oldestSeconds = Math.max(0, Number(row?.seconds ?? 0));
    meters.usageLag.set(oldestSeconds);
    return {
      roll: row!.roll,
      waitingCommits: row!.commits,
      waitingEvents: Number(row!.events ?? 0),
      oldestSeconds: Math.round(oldestSeconds * 1_000) / 1_000,
      meters: behind.map(({ meter, version, behind: rolls }) => ({ meter, version, behind: Number(rolls) })),
    };
  }

  /** The oldest commits without a roll, up to the limits, at least one. */
  private async waiting(tx: Tx): Promise<string[]> {
    const rows = await tx.query<{ id: string; events: number }>(
      `select id, events from usage_commit where roll is null order by id limit ${commitsMax}`,
    );
    let events = 0;
    const cut = rows.findIndex((row, index) => (events += row.events) > eventsMax && index > 0);
    return (cut < 0 ? rows : rows.slice(0, cut)).map(({ id }) => id);
  }

  private async foldInto(tx: Tx, what: Fold): Promise<void> {
    await fold(tx, what);
    await tx.query('update usage_meter_version set rolled = $2 where id = any($1::bigint[])', [what.versions.map(({ id }) => id), what.to]);
  }
}
