import { setTimeout as sleep } from 'node:timers/promises';
import { AuditStore } from '../../governance/index.js';
import { MeterStore, RollUp } from '../../ledger/index.js';
import { Database, migrate, startEmbeddedDatabase } from '../../platform/database/index.js';
import { engineActor } from '../../platform/http/index.js';
import type { Measurement } from './messages.js';
import { openPlace } from './place.js';

export interface RollUpBenchOptions {
  events: number;
  customers: number;
  say: (line: string) => void;
  tell: (measurement: Measurement) => void;
}

const perCommit = 1_000;
const writers = 2;
const round = (value: number): number => Math.round(value * 100) / 100;
const meters = ['sum', 'count', 'max', 'unique', 'latest'] as const;
const file = (aggregate: string): string =>
  `meter: bench-${aggregate}\nevents: [bench.call]\naggregate: ${aggregate}\n${aggregate === 'count' ? '' : 'value: /n\n'}${aggregate === 'sum' ? 'groupBy: { region: /region }\n' : ''}`;

/**
 * Five meters over many customers: how fast the roll-up counts what waits, and how long an event waits while events are written as fast as they can be, with
 * their permanent keys, by two writers.
 */
export async function benchRollUp({ events, customers, say, tell }: RollUpBenchOptions): Promise<void> {
  const { folder, remove } = await openPlace();
  const server = await startEmbeddedDatabase({ dataDir: folder, port: 0, log: () => undefined });
  await migrate(server.migrateUrl, 'waybill_app');
  const db = new Database({ url: server.url, poolMax: writers + 4, onIdleError: (error) => say(`the database was lost: ${error.message}`) });
  const rollUp = new RollUp(db);
  try {
    const store = new MeterStore(db, new AuditStore());
    for (const aggregate of meters) await store.put(`bench-${aggregate}`, { yaml: file(aggregate), activate: true }, engineActor);
    say(`${meters.length} meters, ${customers} customers, ${events} events before and ${events} while it counts`);
    const writtenAlone = await write(db, events, customers);
    const began = performance.now();
    await rollUp.runAll();
    const alone = events / ((performance.now() - began) / 1_000);
    tell({ bench: 'rollup-alone', value: round(alone), unit: 'events/s', baseline: { 'written-alone': round(writtenAlone) }, ratio: round(alone / writtenAlone) });
    const lags = await withLag(db, rollUp, () => write(db, events, customers));
    tell({
      bench: 'rollup-lag',
      value: round(lags.seconds[Math.ceil(lags.seconds.length * 0.99) - 1] ?? 0),
      unit: 's (p99)',
      facts: { 'events/s': round(lags.written), max: round(lags.seconds.at(-1) ?? 0), median: round(lags.seconds[Math.floor(lags.seconds.length / 2)] ?? 0) },
    });
    await exact(db, 2 * Math.ceil(events / perCommit) * perCommit);
  } finally {
    await db.close();
    await server.stop();
    await remove();
  }
} // prettier-ignore

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

/** The roll-up beside the writers, as the scheduler runs it; every tenth of a second, how old the oldest event is that it has not counted. */
async function withLag(db: Database, rollUp: RollUp, work: () => Promise<number>): Promise<{ written: number; seconds: number[] }> {
  const seconds: number[] = [];
  let working = true;
  const rolling = (async () => {
    while (working) await rollUp.run(() => working).then(() => sleep(200));
  })();
  const watching = (async () => {
    while (working) {
      seconds.push((await rollUp.lag()).oldestSeconds);
      await sleep(100);
    }
  })();
  const written = await work().finally(() => (working = false));
  await Promise.all([rolling, watching]);
  await rollUp.runAll();
  return { written, seconds: seconds.sort((a, b) => a - b) };
}

/** A bench of wrong numbers is worth nothing. */
async function exact(db: Database, events: number): Promise<void> {
  const rows = await db.query<{ meter: string; events: string }>(
    'select v.meter, sum(b.events) as events from usage_bucket b join usage_meter_version v on v.id = b.version group by v.meter',
  );
  const wrong = rows.find((row) => row.events !== String(events));
  if (wrong || rows.length !== meters.length) throw new Error(`${wrong?.meter ?? 'a meter'} has counted ${wrong?.events ?? 'nothing'} of ${events} events`);
} // prettier-ignore
