import { setTimeout as sleep } from 'node:timers/promises';
import { AuditStore } from '../../governance/index.js';
import { MeterStore, RollUp } from '../../ledger/index.js';
import { Database, migrate, startEmbeddedDatabase } from '../../platform/database/index.js';
import { engineActor } from '../../platform/http/index.js';
import type { Measurement } from './messages.js';
import { openPlace } from './place.js';
import { Engines, openSite } from './site.js';
import { benchType } from './usage-documents.js';
import { openUsageSender } from './usage-sender.js';

export interface RollUpBenchOptions {
  /** Events that wait when the roll-up begins, and events that are sent while it counts. */
  events: number;
  customers: number;
  only: readonly string[];
  say: (line: string) => void;
  tell: (measurement: Measurement) => void;
}

const perCommit = 1_000;
const writers = 2;
/** Requests of a thousand events at a time, as in `usage-batch-1000`. */
const connections = 8;
const round = (value: number): number => Math.round(value * 100) / 100;
const meters = ['sum', 'count', 'max', 'unique', 'latest'] as const;
type Aggregate = (typeof meters)[number];
const file = (aggregate: Aggregate, type: string, values: Partial<Record<Aggregate, string>>): string =>
  `meter: bench-${aggregate}\nevents: [${type}]\naggregate: ${aggregate}\n${aggregate === 'count' ? '' : `value: ${values[aggregate] ?? '/n'}\n`}${aggregate === 'sum' ? 'groupBy: { region: /region }\n' : ''}`;

async function putMeters(db: Database, type: string, values: Partial<Record<Aggregate, string>> = {}): Promise<void> {
  const store = new MeterStore(db, new AuditStore());
  for (const aggregate of meters)
    await store.put(`bench-${aggregate}`, { yaml: file(aggregate, type, values), activate: true }, engineActor);
}

/** Five meters over many customers: how fast the roll-up counts what waits, and how long an event waits while a sender is as fast as the door lets it. */
export async function benchRollUp(options: RollUpBenchOptions): Promise<void> {
  const wanted = (name: string) => options.only.length === 0 || options.only.includes(name);
  if (wanted('rollup-alone')) await alone(options);
  if (wanted('rollup-lag')) await lag(options);
}

async function alone({ events, customers, say, tell }: RollUpBenchOptions): Promise<void> {
  const { folder, remove } = await openPlace();
  const server = await startEmbeddedDatabase({ dataDir: folder, port: 0, log: () => undefined });
  await migrate(server.migrateUrl, 'waybill_app');
  const db = new Database({
    url: server.url,
    poolMax: writers + 4,
    onIdleError: (error) => say(`the database was lost: ${error.message}`),
  });
  try {
    await putMeters(db, 'bench.call');
    say(`rollup-alone: ${meters.length} meters, ${customers} customers, ${events} events`);
    const written = await write(db, events, customers);
    const began = performance.now();
    await new RollUp(db).runAll();
    const counted = events / ((performance.now() - began) / 1_000);
    tell({
      bench: 'rollup-alone',
      value: round(counted),
      unit: 'events/s',
      baseline: { 'written-alone': round(written) },
      ratio: round(counted / written),
    });
    await exact(db, Math.ceil(events / perCommit) * perCommit);
  } finally {
    await db.close();
    await server.stop();
    await remove();
  }
}

/** The whole engine: the door takes what a sender in a process of its own can send, and the scheduler rolls it up. */
async function lag({ events, say, tell }: RollUpBenchOptions): Promise<void> {
  const { folder, remove } = await openPlace();
  const site = await openSite({ folder, redis: false, say });
  const engines = await Engines.start(site, { folder, workers: 0 });
  const db = new Database({ url: site.url, poolMax: 2, onIdleError: (error) => say(`the database was lost: ${error.message}`) });
  const sender = openUsageSender(engines.origin);
  try {
    await putMeters(db, benchType, { sum: '/requests', max: '/bytes', unique: '/bytes', latest: '/requests' });
    say(`rollup-lag: ${meters.length} meters, 1000 customers, ${events} events in batches of ${perCommit}, ${connections} at a time`);
    const [told, seconds] = await withLag(db, () => sender.send({ from: 0, count: events, batch: perCommit, connections, recent: true }));
    tell({
      bench: 'rollup-lag',
      value: round(seconds[Math.ceil(seconds.length * 0.99) - 1] ?? 0),
      unit: 's (p99)',
      facts: {
        'events/s': round(events / (told.ms / 1_000)),
        refused: told.refused,
        median: round(seconds[Math.floor(seconds.length / 2)] ?? 0),
        max: round(seconds.at(-1) ?? 0),
      },
    });
    await eventuallyExact(db, events);
  } finally {
    sender.close();
    await db.close();
    await engines.close();
    await site.close();
    await remove();
  }
}

/** Events a second that two writers commit, a thousand at a time, keys included. */
async function write(db: Database, events: number, customers: number): Promise<number> {
  const began = performance.now();
  let left = Math.ceil(events / perCommit);
  await Promise.all(
    Array.from({ length: writers }, async () => {
      while (left > 0) {
        left -= 1;
        await db.query(commit, [customers]);
      }
    }),
  );
  return events / ((performance.now() - began) / 1_000);
}

const commit = `
with made as (select nextval('usage_commit_id') as id),
booked as (insert into usage_commit (id, events, via, by) select id, ${perCommit}, 'http', 'bench' from made returning id),
given as (
  select (b.id << 16) + n as seq, 'bench-' || b.id || '-' || n as id, 'customer-' || (b.id * 7919 + n * 31) % $1::int as subject,
    now() - ((b.id * 13 + n) % 600) * interval '1 second' as at, jsonb_build_object('n', (n * 37) % 1000 + 0.25, 'region', case n % 3 when 0 then 'eu' when 1 then 'us' else 'ap' end) as data
  from booked b, generate_series(0, ${perCommit - 1}) n),
keys as (insert into usage_key (key, content, seq, received_at) select sha256(convert_to(id, 'UTF8')), sha256(convert_to(id, 'UTF8')), seq, now() from given)
insert into usage_event (seq, received_at, occurred_at, source, id, type, subject, data) select seq, now(), at, 'bench', id, 'bench.call', subject, data from given`;

/** Every tenth of a second, how old the oldest commit is that has not been counted. Sorted. */
async function withLag<T>(db: Database, work: () => Promise<T>): Promise<[T, number[]]> {
  const rollUp = new RollUp(db);
  const seconds: number[] = [];
  let working = true;
  const watching = (async () => {
    while (working) {
      seconds.push((await rollUp.lag()).oldestSeconds);
      await sleep(100);
    }
  })();
  const done = await work().finally(() => (working = false));
  await watching;
  return [done, seconds.sort((a, b) => a - b)];
}

async function eventuallyExact(db: Database, events: number): Promise<void> {
  const until = performance.now() + 120_000;
  while ((await new RollUp(db).lag()).waitingEvents > 0 && performance.now() < until) await sleep(200);
  await exact(db, events);
}

/** A bench of wrong numbers is worth nothing. */
async function exact(db: Database, events: number): Promise<void> {
  const rows = await db.query<{ meter: string; events: string }>(
    'select v.meter, sum(b.events) as events from usage_bucket b join usage_meter_version v on v.id = b.version group by v.meter',
  );
  const wrong = rows.find((row) => row.events !== String(events));
  if (wrong || rows.length !== meters.length)
    throw new Error(`${wrong?.meter ?? 'a meter'} has counted ${wrong?.events ?? 'nothing'} of ${events} events`);
}
