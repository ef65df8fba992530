import type { Dice } from '../random.js';
import { redisCommand } from '../supervisor/redis.js';
import type { World } from '../supervisor/world.js';
import { sleep } from '../waiting.js';

/** What is done to a world while a load runs, and how often. */
export interface ChaosCounts {
  workerKills: number;
  apiKills: number;
  /** A worker is held for twice its lease, then goes on. */
  pauses: number;
  flushes: number;
  redisKills: number;
  postgresRestarts: number;
  /** Random connections of the engine ended by the server. */
  backendCuts: number;
  /** Every line to PostgreSQL, Redis or the ERP reset at once. */
  resets: number;
}

type Act = keyof ChaosCounts;

export interface ChaosDone {
  kills: number;
  counts: ChaosCounts;
  /** Second and act, for the log of a run. */
  diary: string[];
}

/** Spreads the acts over the time as the dice say, and does them one after another. */
export async function makeChaos(
  world: World,
  wanted: ChaosCounts,
  overMs: number,
  dice: Dice,
  tell: (line: string) => void,
): Promise<ChaosDone> {
  const acts = (Object.entries(wanted) as [Act, number][]).flatMap(([act, times]) => Array.from({ length: times }, () => act));
  const planned = dice
    .shuffled(acts)
    .map((act) => ({ act, at: (0.03 + 0.94 * dice.next()) * overMs }))
    .sort((a, b) => a.at - b.at);
  const done: ChaosDone = {
    kills: 0,
    counts: { workerKills: 0, apiKills: 0, pauses: 0, flushes: 0, redisKills: 0, postgresRestarts: 0, backendCuts: 0, resets: 0 },
    diary: [],
  };
  const began = performance.now();
  const aside: Promise<void>[] = [];
  for (const { act, at } of planned) {
    const wait = began + at - performance.now();
    if (wait > 0) await sleep(wait);
    const what = await perform(world, act, dice, aside);
    if (what === undefined) continue;
    done.counts[act] += 1;
    if (act === 'workerKills' || act === 'apiKills') done.kills += 1;
    const line = `${Math.round((performance.now() - began) / 1_000)} s ${what}`;
    done.diary.push(line);
    tell(line);
  }
  await Promise.all(aside);
  return done;
}

/** Does one act; what was done, or nothing where it cannot be done here (no Redis, nobody to kill). */
async function perform(world: World, act: Act, dice: Dice, aside: Promise<void>[]): Promise<string | undefined> {
  switch (act) {
    case 'workerKills': {
      // One that works: a process that is still starting has nothing in its hands.
      const alive = world.workers.filter((worker) => worker.works);
      const victim = dice.pick(alive.length > 0 ? alive : world.workers);
      await victim.ready();
      await victim.kill();
      return `kill -9 ${victim.name}`;
    }
    case 'apiKills':
      await world.api.ready();
      await world.api.kill();
      return 'kill -9 api';
    case 'pauses': {
      const held = dice.pick(world.workers);
      await held.ready();
      held.pause();
      aside.push(sleep(world.options.leaseSeconds * 2_000).then(() => held.resume()));
      return `stop ${held.name} for twice its lease`;
    }
    case 'flushes':
      if (!world.redis) return undefined;
      await world.redis.ready();
      await redisCommand(world.redisPort, 'FLUSHALL');
      return 'FLUSHALL';
    case 'redisKills':
      if (!world.redis) return undefined;
      await world.redis.ready();
      await world.redis.kill();
      return 'kill -9 redis';
    case 'postgresRestarts':
      await world.postgres.restartImmediately();
      return 'immediate restart of PostgreSQL';
    case 'backendCuts': {
      const cut = await world.postgres.sql<{ pid: number }>(
        "select pid, pg_terminate_backend(pid) from pg_stat_activity where usename = 'waybill_app' order by random() limit 3",
      );
      return `pg_terminate_backend of ${cut.length}`;
    }
    case 'resets': {
      const { postgres, erp, redis } = world.proxies;
      const [name, proxy] = dice.pick([
        ['PostgreSQL', postgres] as const,
        ['the books of US', erp.US] as const,
        ['the books of DE', erp.DE] as const,
        ...(redis ? [['Redis', redis] as const] : []),
      ]);
      return `reset of ${proxy.reset()} lines to ${name}`;
    }
  }
}
