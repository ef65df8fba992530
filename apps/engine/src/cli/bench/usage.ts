import pg from 'pg';
import { commitsInSlice } from '../../ledger/index.js';
import type { Measurement } from './messages.js';
import { openPlace } from './place.js';
import { processorMs } from './processor-time.js';
import { Engines, openSite, type Site } from './site.js';
import { benchEvent, benchSource, benchType } from './usage-documents.js';
import { openUsageSender } from './usage-sender.js';

export interface UsageBenchOptions {
  /** Events of a run in batches; single events are a tenth of it. */
  events: number;
  /** Events that lie in the ledger before the run `usage-batch-100-at-…`; 0 leaves it out. */
  stored: number;
  only: readonly string[];
  say: (line: string) => void;
  tell: (measurement: Measurement) => void;
}

/** Batches, and requests at a time. */
const runs = [
  { name: 'usage-batch-1', batch: 1, connections: 64 },
  { name: 'usage-batch-100', batch: 100, connections: 32 },
  { name: 'usage-batch-1000', batch: 1_000, connections: 8 },
] as const;
const round = (value: number): number => Math.round(value * 100) / 100;
const short = (n: number): string => (n % 1_000_000 === 0 ? `${n / 1_000_000}m` : n % 1000 === 0 ? `${n / 1000}k` : String(n));

/** Same rows, same columns, one table, one unique key: what PostgreSQL and the disk allow. */
export const bareUsageTable =
  'create table bench_usage (seq bigint generated always as identity, received_at timestamptz not null default now(), occurred_at timestamptz not null, source text not null, id text not null, type text not null, subject text, data jsonb, attributes jsonb, unique (source, id))';
export const bareUsageSql =
  'insert into bench_usage (occurred_at, source, id, type, subject, data, attributes) select * from unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::text[], $6::jsonb[], $7::jsonb[]) on conflict (source, id) do nothing';

export async function benchUsage(options: UsageBenchOptions): Promise<void> {
  const { say, tell, stored } = options;
  say(`the bare insert: ${bareUsageTable}; ${bareUsageSql}`);
  const wanted = (name: string) => options.only.length === 0 || options.only.includes(name);
  for (const run of runs) if (wanted(run.name)) tell(await onFresh(options, run, 0));
  if (stored > 0 && wanted('usage-batch-100-at-stored'))
    tell(await onFresh(options, { ...runs[1], name: `usage-batch-100-at-${short(stored)}` }, stored));
}

interface Run {
  name: string;
  batch: number;
  connections: number;
}

async function onFresh(options: UsageBenchOptions, run: Run, stored: number): Promise<Measurement> {
  const { folder, remove } = await openPlace();
  const site = await openSite({ folder, redis: false, say: options.say });
  try {
    const count = run.batch === 1 ? Math.max(1, Math.round(options.events / 10)) : options.events;
    options.say(`${run.name}: ${count} events`);
    const bare = round(await bareUsageInsert(site.migrateUrl, count, run.batch));
    return await measure(site, folder, { ...run, count, stored, bare, say: options.say });
  } finally {
    await site.close();
    await remove();
  }
}

async function measure(
  site: Site,
  folder: string,
  run: Run & { count: number; stored: number; bare: number; say: (line: string) => void },
): Promise<Measurement> {
  const { name, batch, connections, count, bare } = run;
  const engines = await Engines.start(site, { folder, workers: 0 });
  const sender = openUsageSender(engines.origin);
  try {
    if (run.stored > 0) await storeEvents(site, run.stored, run.say);
    const warm = Math.min(count, batch * 200);
    await sender.send({ from: 0, count: warm, batch, connections });
    const before = [await engines.processorMs(), await processorMs(site.databasePid)] as const;
    const told = await sender.send({ from: warm, count, batch, connections });
    const [now, databaseNow] = [await engines.processorMs(), await processorMs(site.databasePid)];
    await refuseWrongCount(site, warm + count + run.stored);
    const micros = (ms: number) => round((ms * 1000) / count);
    return {
      bench: name,
      value: round(count / (told.ms / 1000)),
      unit: 'events/s',
      baseline: { [`bare-insert-${batch}`]: bare },
      ratio: round(count / (told.ms / 1000) / bare),
      facts: {
        refused: told.refused,
        'engine µs/event': micros(now - before[0]),
        'database µs/event': micros(databaseNow - before[1]),
        'sender µs/event': micros(told.cpuMs),
        'memory MB': (await engines.memory()).join('+'),
      },
    };
  } finally {
    sender.close();
    await engines.close();
  }
}

/** Fast and wrong is no result: each event is in the ledger once, and the commits say so too. */
async function refuseWrongCount(site: Site, expected: number): Promise<void> {
  const [row] = await site.sql<{ events: string; keys: string; commits: string }>(
    'select (select count(*) from usage_event) as events, (select count(*) from usage_key) as keys, (select sum(events) from usage_commit) as commits',
  );
  if ([row!.events, row!.keys, row!.commits].some((n) => Number(n) !== expected))
    throw new Error(`expected ${expected} events, the ledger has ${JSON.stringify(row)}`);
}

/** The bare insert in statements of one batch, best of 1, 2 and 4 connections. */
async function bareUsageInsert(url: string, events: number, batch: number): Promise<number> {
  const owner = new pg.Pool({ connectionString: url, max: 4 });
  const rows = Math.min(events, batch === 1 ? 20_000 : 500_000);
  let best = 0;
  for (const connections of [1, 2, 4]) {
    await owner.query(`drop table if exists bench_usage; ${bareUsageTable}`);
    let next = 0;
    const began = performance.now();
    await Promise.all(
      Array.from({ length: connections }, async () => {
        while (next < rows) {
          const from = next;
          next = Math.min(rows, from + batch);
          const made = Array.from({ length: next - from }, (_, n) => benchEvent(from + n));
          await owner.query({
            name: 'bare',
            text: bareUsageSql,
            values: [
              made.map(({ time }) => time),
              made.map(() => benchSource),
              made.map(({ id }) => id),
              made.map(() => benchType),
              made.map(({ subject }) => subject),
              made.map(({ data }) => data),
              made.map(() => '{"datacontenttype":"application/json"}'),
            ],
          });
        }
      }),
    );
    best = Math.max(best, rows / ((performance.now() - began) / 1000));
  }
  await owner.query('drop table bench_usage');
  await owner.end();
  return best;
}

const chunk = 500_000;
/** What a roll of a busy hour brings. */
const perRoll = 100_000;

/** Fills the ledger with events of the past, in commits of a hundred that were rolled up and controlled. */
async function storeEvents(site: Site, count: number, say: (line: string) => void): Promise<void> {
  // Keys in no order cost most of the time: their index is made when all are there.
  await site.sql('alter table usage_key drop constraint usage_key_pkey');
  let rolls = 0;
  for (let from = 0; from < count; from += chunk) {
    const to = Math.min(count, from + chunk);
    const range = [from, to - 1];
    await site.sql(
      `insert into usage_commit (id, events, via, by, roll) select nextval('usage_commit_id'), least(100, $2::bigint + 1 - n), 'http', 'bench', 1 + n / ${perRoll} from generate_series($1::bigint, $2::bigint, 100) n`,
      range,
    );
    rolls = 1 + Math.floor((to - 1) / perRoll);
    const [last] = await site.sql<{ id: string }>('select max(id) as id from usage_commit');
    const first = Number(last!.id) - Math.ceil((to - from) / 100) + 1;
    const seq = `(${first} + (n - $1::bigint) / 100) * 65536 + (n - $1::bigint) % 100`;
    await site.sql(
      `insert into usage_event (seq, received_at, occurred_at, source, id, type, subject, data, attributes)
       select ${seq}, now(), now() - (n % 2592000) * interval '1 second', '${benchSource}', 'stored-' || n, '${benchType}', 'customer-' || (n * 7919) % 1000,
         jsonb_build_object('region', 'eu-central-' || n % 3, 'endpoint', '/v1/orders', 'status', 200, 'requests', 1 + n % 9, 'bytes', 1000 + n % 4096), '{"datacontenttype":"application/json"}'
       from generate_series($1::bigint, $2::bigint) n`,
      range,
    );
    await site.sql(
      `insert into usage_key (key, content, seq, received_at) select sha256(('stored-' || n)::bytea), sha256(n::text::bytea), ${seq}, now() from generate_series($1::bigint, $2::bigint) n`,
      range,
    );
    if (to % (10 * chunk) === 0) say(`  ${to} events stored`);
  }
  await site.sql("set maintenance_work_mem = '512MB'; alter table usage_key add primary key (key); reset maintenance_work_mem");
  // As if each roll had been made and looked at when its events came: the control looks at them again, in turn.
  await site.sql('update usage_rollup set roll = $1, rolled_at = now()', [rolls]);
  await site.sql(
    `insert into usage_control (slice, kind, roll, facts, difference)
     select 'discovered', 'commits', $1::bigint, '{}'::jsonb, 0 union all
     select distinct 'commits:' || id / ${commitsInSlice}, 'commits', $1::bigint, '{}'::jsonb, 0 from usage_commit union all
     select 'day:' || (now() at time zone 'UTC')::date - n, 'day', $1::bigint, '{}'::jsonb, 0 from generate_series(0, 30) n
     on conflict (slice) do update set roll = excluded.roll`,
    [rolls],
  );
  await site.sql('vacuum (analyze) usage_event, usage_key, usage_commit');
}
