import 'reflect-metadata';
import { startSandbox, type Sandbox, type SandboxOptions } from '@waybill/sandbox';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { readSettings, type Settings } from '../src/config/index.js';
import { Sweeper } from '../src/pipeline/index.js';
import { Database, type Scope } from '../src/platform/database/index.js';
import { serve, type Engine } from '../src/serve.js';
import { ApiCaller } from './api-caller.js';
import { eventually } from './eventually.js';
import { startTestPostgres, type TestPostgres } from './test-postgres.js';
import { freePort, hasRedis, startTestRedis } from './test-redis.js';

export const queues = ['postgres', 'redis'] as const;
export type Queue = (typeof queues)[number];
/** Why the suite cannot run on this queue here, or nothing. */
export const missingQueue = (queue: Queue): string | undefined =>
  queue === 'redis' && !hasRedis() ? 'there is no redis-server on the path and no REDIS_URL' : undefined;

export const adminKey = 'test-bench-key-of-an-administrator';
/** Secrets that stand nowhere else, so that finding one is finding a leak. */
export const sandboxSecrets = { erpToken: 'erp-token-of-the-bench-4f1c', billingKey: 'sk_test_of_the_bench_9d2e' };
export const adminPassword = 'a password for the bench';

export interface Bench {
  api: ApiCaller;
  sandbox: Sandbox;
  engine: Engine;
  /** Of the application's own role. */
  databaseUrl: string;
  /** Of the owner of the schema. */
  migrateUrl: string;
  /** SQL as the owner of the schema: for looking, and for what only time could bring about. */
  sql<T = Record<string, unknown>>(text: string, values?: unknown[]): Promise<T[]>;
  /** One statement past every handler, with what row-level security leaves of it for a caller of this scope. */
  asPerson<T = Record<string, unknown>>(scope: Scope, text: string, values?: unknown[]): Promise<T[]>;
  /** What the scheduler does every few seconds, now. */
  sweep(): ReturnType<Sweeper['sweep']>;
  /** Ends the engine and starts it again on the same data, with other settings if any are given. */
  restart(between?: () => Promise<void>, changed?: Partial<Settings>): Promise<void>;
  stop(): Promise<void>;
}

export interface BenchOptions {
  queue?: Queue;
  /** Share of the processes: several suites of a file may stand on one server. */
  postgres?: TestPostgres;
  /** Port of a wire to the database, for the engine alone; `sql` of the bench goes straight. */
  databaseThrough?: number;
  settings?: Partial<Settings>;
  sandbox?: SandboxOptions;
}

function through(url: string, port: number | undefined): string {
  const changed = new URL(url);
  if (port !== undefined) changed.port = String(port);
  return changed.href;
}

/** A whole engine in this process, on a real PostgreSQL and a real queue, beside a sandbox. It listens on a free port of loopback. */
export async function openBench({
  queue = 'postgres',
  postgres,
  databaseThrough,
  settings: changed,
  sandbox: wanted,
}: BenchOptions = {}): Promise<Bench> {
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const server = postgres ?? (await startTestPostgres());
    if (!postgres) undo.push(() => server.stop());
    const { url, migrateUrl } = await server.database();
    const redis = queue === 'redis' ? await startTestRedis() : undefined;
    if (redis && 'skipped' in redis) throw new Error(redis.skipped);
    if (redis) undo.push(() => redis.stop());
    const dataDir = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
    undo.push(() => rm(dataDir, { recursive: true, force: true }));
    const sandbox = await startSandbox({ ...sandboxSecrets, ...wanted });
    undo.push(() => sandbox.close());
    const { settings } = readSettings({
      DATABASE_URL: through(url, databaseThrough),
      DATABASE_MIGRATE_URL: migrateUrl,
      ...(redis ? { REDIS_URL: redis.url } : {}),
      WAYBILL_PORT: String(await freePort()),
      WAYBILL_DATA_DIR: dataDir,
      WAYBILL_EGRESS_ALLOW: '127.0.0.0/8',
      WAYBILL_BOOTSTRAP_API_KEY: adminKey,
      WAYBILL_BOOTSTRAP_ADMIN_PASSWORD: adminPassword,
      WAYBILL_LOG_LEVEL: process.env['WAYBILL_LOG_LEVEL'] ?? 'silent',
      WAYBILL_CONSOLE_DIR: 'none',
      WAYBILL_DATABASE_POOL: '10',
      WAYBILL_MAPPING_CHILDREN: '1',
    });
    const all = { ...settings, ...changed };
    const owner = new pg.Pool({ connectionString: migrateUrl, max: 2 });
    owner.on('error', () => undefined); // a test may stop the server; the next question of the test fails then
    undo.push(() => owner.end());
    const bench: Bench = {
      api: undefined as never,
      engine: undefined as never,
      databaseUrl: url,
      migrateUrl,
      sandbox,
      sql: async <T>(text: string, values: unknown[] = []) => (await owner.query(text, values)).rows as T[],
      asPerson: <T>(scope: Scope, text: string, values: unknown[] = []) =>
        // A busy machine may have no connection left for two seconds; `eventually` asks again.
        eventually(() => bench.engine.app.get(Database).seenBy(scope).query<T>(text, values)),
      sweep: () => bench.engine.app.get(Sweeper).sweep(),
      async restart(between, again = {}) {
        await bench.engine.stop();
        await between?.();
        bench.engine = await serve({ ...all, ...again });
      },
      stop,
    };
    bench.engine = await serve(all);
    undo.push(() => bench.engine.stop());
    bench.api = new ApiCaller(bench.engine.url.replace('localhost', '127.0.0.1'), { authorization: `Bearer ${adminKey}` });
    return bench;
  } catch (error) {
    await stop();
    throw error;
  }
}
