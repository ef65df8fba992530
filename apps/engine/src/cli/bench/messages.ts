import { bareInsert, noopJobs } from './baselines.js';
import { openPlace } from './place.js';
import { hook, measure, round, settled, type Run } from './run.js';
import { Engines, hasRedis, openSite, type Site } from './site.js';

/** One line of a bench. `ratio` is value over the first baseline, or over what `of` names. */
export interface Measurement {
  bench: string;
  value: number;
  unit: string;
  baseline?: Record<string, number>;
  ratio?: number;
  facts?: Record<string, number | string>;
}

export interface BenchOptions {
  /** Messages of a run. */
  messages: number;
  /** Messages that lie in the database before the run `messages-at-…`; 0 leaves it out. */
  stored: number;
  /** Names of measurements; empty means all. */
  only: readonly string[];
  say: (line: string) => void;
  tell: (measurement: Measurement) => void;
}

const latencyPerSecond = 100;

/** Runs the message benches one after the other, each on a fresh database. */
export async function benchMessages(options: BenchOptions): Promise<void> {
  const wanted = (name: string) => options.only.length === 0 || options.only.includes(name);
  const redis = hasRedis();
  if (!redis) options.say('There is no redis-server on the path: the runs on Redis are left out.');
  const base: Record<string, number> = {};
  const onFresh = async (withRedis: boolean, run: (site: Site, folder: string) => Promise<void>) => {
    const { folder, remove } = await openPlace();
    const site = await openSite({ folder, redis: withRedis, say: options.say });
    try {
      await run(site, folder);
    } finally {
      await site.close();
      await remove();
    }
  };
  const throughput = (name: string, run: Omit<Run, 'count' | 'say'>, withRedis: boolean) =>
    onFresh(withRedis, async (site, folder) => {
      options.say(`${name}: ${options.messages} messages`);
      if (base[`noop-${withRedis ? 'redis' : 'postgres'}`] === undefined)
        base[`noop-${withRedis ? 'redis' : 'postgres'}`] = round(await noopJobs({ redisUrl: site.redisUrl, databaseUrl: site.migrateUrl, jobs: Math.min(10_000, options.messages) })); // prettier-ignore
      base['bare-insert'] ??= round(await bareInsert(site.migrateUrl, options.messages));
      const measured = await measure(site, folder, { ...run, count: options.messages, say: options.say });
      const baseline = { 'bare-insert': base['bare-insert'], 'bullmq-noop': base[`noop-${withRedis ? 'redis' : 'postgres'}`]! };
      base[name] = measured.perSecond;
      options.tell({
        bench: name,
        value: measured.perSecond,
        unit: 'messages/s',
        baseline,
        ratio: round(measured.perSecond / baseline['bare-insert']),
        facts: measured.facts,
      });
    });

  if (wanted('messages-postgres')) await throughput('messages-postgres', { through: 'straight', workers: 0 }, false);
  if (redis && wanted('messages-redis')) await throughput('messages-redis', { through: 'straight', workers: 0 }, true);
  if (wanted('messages-hub')) await throughput('messages-hub', { through: 'hub', workers: 0 }, redis);
  if (wanted('messages-one-worker')) await throughput('messages-one-worker', { through: 'straight', workers: 1 }, redis);
  if (wanted('messages-two-workers')) await throughput('messages-two-workers', { through: 'straight', workers: 2 }, redis);
  if (options.stored > 0 && wanted('messages-at-stored'))
    await throughput(`messages-at-${short(options.stored)}`, { through: 'straight', workers: 0, stored: options.stored }, redis);
  if (wanted('latency'))
    await onFresh(redis, async (site, folder) => {
      options.say(`latency at ${latencyPerSecond} messages a second`);
      await latency(site, folder, options.tell);
    });
}

async function latency(site: Site, folder: string, tell: BenchOptions['tell']): Promise<void> {
  const engines = await Engines.start(site, { folder, workers: 0 });
  try {
    await engines.install(site.load.target, 'straight');
    const count = latencyPerSecond * 20;
    const ask = { do: 'send-at', origin: engines.origin, path: hook, perSecond: latencyPerSecond } as const;
    await site.load.ask({ ...ask, from: 0, count: 200 });
    await site.load.ask({ ...ask, from: 200, count });
    await settled(site, 200 + count, { through: 'straight' });
    const [row] = await site.sql<{ p50: number; p99: number }>(
      "select percentile_cont(0.5) within group (order by ms) as p50, percentile_cont(0.99) within group (order by ms) as p99 from (select extract(epoch from settled_at - occurred_at)::float8 * 1000 as ms from message where flow = 'bench' and key::int >= 200) t",
    );
    for (const name of ['p50', 'p99'] as const)
      tell({ bench: `latency-${name}`, value: round(row![name]), unit: 'ms', facts: { 'messages a second': latencyPerSecond } });
  } finally {
    await engines.close();
  }
}

const short = (n: number): string => (n % 1_000_000 === 0 ? `${n / 1_000_000}m` : n % 1000 === 0 ? `${n / 1000}k` : String(n));
