import type { Dice } from '../random.js';
import { redisCommand } from '../supervisor/redis.js';
import type { World } from '../supervisor/world.js';
import { sleep, until } from '../waiting.js';

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

/** How long a kill waits for enough workers to be back. */
const aliveWithinMs = 60_000;
/** On a machine that is too slow for the acts at their pace they come later, and none begins after so many times the planned time. */
const stretchMax = 1.3;

/** The same acts a minute over a shorter time. */
export const overShorterTime = (wanted: ChaosCounts, share: number): ChaosCounts =>
  Object.fromEntries(Object.entries(wanted).map(([act, times]: [string, number]) => [act, Math.max(1, Math.round(times * share))])) as Record<Act, number>; // prettier-ignore

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
    if (performance.now() - began > overMs * stretchMax) break; // the table says what was done and what was asked for
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
      // One that works: a process that is still starting has nothing in its hands. And not the last: where starting takes longer than the
      // kills are apart, they would only keep workers from starting, and nothing would be tested.
      const working = () => world.workers.filter((worker) => worker.works);
      const others = Math.min(2, world.workers.length);
      const enough = await until('workers that work', aliveWithinMs, () => working().length >= others, { everyMs: 50 }).catch(() => false);
      if (!enough) return undefined;
      const victim = dice.pick(working());
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
