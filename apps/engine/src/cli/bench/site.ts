import { fork, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { environmentForChildren } from '../../config/index.js';
import { startEmbeddedDatabase } from '../../platform/database/index.js';
import { hookSecret, mapping, mappingToHub } from './documents.js';
import type { Ask, Told } from './load.js';
import { processorMs } from './processor-time.js';

const here = dirname(fileURLToPath(import.meta.url));
const putTries = 20;
export const benchApiKey = 'the-api-key-of-the-bench-and-nothing-else';

/** What a run stands on: a database of its own, perhaps a Redis, and the process that sends and receives. */
export interface Site {
  url: string;
  migrateUrl: string;
  redisUrl: string | undefined;
  sql<T = Record<string, unknown>>(text: string, values?: unknown[]): Promise<T[]>;
  load: Load;
  /** Of the database's first process. */
  databasePid: number;
  close(): Promise<void>;
}

/** The sending and receiving process. */
export class Load {
  private constructor(
    private readonly child: ChildProcess,
    readonly target: string,
  ) {}

  static async start(): Promise<Load> {
    const child = fork(join(here, 'load.js'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const [told] = (await once(child, 'message')) as [{ listening: string }];
    return new Load(child, told.listening);
  }

  async ask<T extends Told>(ask: Ask): Promise<T> {
    const answer = once(this.child, 'message');
    this.child.send(ask);
    return (await answer)[0] as T;
  }

  async close(): Promise<void> {
    this.child.disconnect();
    await ended(this.child);
  }
}

export async function openSite(options: { folder: string; redis: boolean; say: (line: string) => void }): Promise<Site> {
  const database = await startEmbeddedDatabase({ dataDir: options.folder, port: 0, log: () => undefined });
  const redis = options.redis ? await startRedis() : undefined;
  const owner = new pg.Pool({ connectionString: database.migrateUrl, max: 4 });
  owner.on('error', (error) => options.say(`the database was lost: ${error.message}`));
  const load = await Load.start();
  return {
    url: database.url,
    migrateUrl: database.migrateUrl,
    redisUrl: redis?.url,
    sql: async <T>(text: string, values: unknown[] = []) => (await owner.query(text, values)).rows as T[],
    load,
    databasePid: Number((await readFile(join(database.folder, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]),
    async close() {
      await load.close();
      await owner.end();
      await redis?.stop();
      await database.stop();
    },
  };
}

export const hasRedis = (): boolean => !spawnSync('redis-server', ['--version']).error;

/** A Redis of our own, with an append-only file, as production has it. */
async function startRedis(): Promise<{ url: string; stop(): Promise<void> }> {
  const port = await freePort();
  const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--maxmemory-policy', 'noeviction'], { stdio: 'ignore' }); // prettier-ignore
  await sleep(500);
  return { url: `redis://127.0.0.1:${port}`, stop: () => end(child) };
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

interface EngineOptions {
  folder: string;
  /** 0 for one process that does everything, else so many processes of the worker role beside one that is door and scheduler. */
  workers: number;
  /** In place of `waybill`. */
  program?: string;
  env?: Record<string, string>;
}

/** The engine in one or more processes, as an operator would start it. */
export class Engines {
  private constructor(
    readonly origin: string,
    private readonly children: readonly ChildProcess[],
  ) {}

  static async start(site: Site, options: EngineOptions): Promise<Engines> {
    const begin = async (roles: string) => {
      const port = await freePort();
      const child = fork(options.program ?? join(here, '..', 'waybill.js'), ['serve'], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        env: environmentForChildren({
          DATABASE_URL: site.url,
          DATABASE_MIGRATE_URL: site.migrateUrl,
          ...(site.redisUrl === undefined ? {} : { REDIS_URL: site.redisUrl }),
          WAYBILL_PORT: String(port),
          WAYBILL_ROLES: roles,
          WAYBILL_DATA_DIR: options.folder,
          WAYBILL_EGRESS_ALLOW: '127.0.0.0/8',
          WAYBILL_BOOTSTRAP_API_KEY: benchApiKey,
          WAYBILL_BOOTSTRAP_ADMIN_PASSWORD: 'only for the bench 1234',
          WAYBILL_CONSOLE_DIR: 'none',
          WAYBILL_LOG_LEVEL: 'warn',
          ...options.env,
        }),
      });
      await Promise.race([
        once(child, 'message'),
        once(child, 'exit').then(([code]) => Promise.reject(new Error(`the engine ended with ${String(code)} while it started`))),
      ]);
      return { child, port };
    };
    // Between finding a free port and listening on it somebody else may take it.
    const surely = (roles: string) => begin(roles).catch(() => begin(roles));
    const { child: first, port } = await surely(options.workers === 0 ? 'api,worker,scheduler' : 'api,scheduler');
    const rest = [];
    for (let n = 0; n < options.workers; n += 1) rest.push((await surely('worker')).child);
    return new Engines(`http://127.0.0.1:${port}`, [first, ...rest]);
  }

  /** Flows for a run: straight from webhook to target, or in two hops through the hub. */
  async install(target: string, through: 'straight' | 'hub'): Promise<void> {
    const secrets = { signing: 'hmac', signingSecret: hookSecret };
    await this.put('connections/bench-in', { connector: 'http', settings: { system: 'bench-in', ...secrets } });
    await this.put('connections/bench-out', {
      connector: 'http',
      settings: { system: 'bench-out', baseUrl: target, requestPath: '/documents' },
      limits: { concurrency: 64 },
    });
    const out = 'to: { connection: bench-out, operation: keyed-request }';
    const permit = `permit:\n  - { rule: has-lines, when: '$count(lines) = 0', then: skip }`;
    await this.put('mappings/bench', mapping, 'application/jsonata');
    if (through === 'straight')
      return this.put('flows/bench', `flow: bench\ndescription: Webhook to target\nfrom: { connection: bench-in, stream: records }\nkey: id\nmap: bench\n${permit}\n${out}\n`, 'application/yaml'); // prettier-ignore
    await this.put('mappings/bench-to-hub', mappingToHub, 'application/jsonata');
    await this.put('mappings/bench-from-hub', '{ "reference": number, "total": total, "lines": lines.{ "text": description, "amount": amount } }', 'application/jsonata'); // prettier-ignore
    await this.put('flows/bench', `flow: bench\ndescription: Webhook to hub\nfrom: { connection: bench-in, stream: records }\nkey: id\nmap: bench-to-hub\nproduce: invoice@1\n${permit}\nto: { canonical: invoice@1 }\n`, 'application/yaml'); // prettier-ignore
    await this.put('flows/bench-out', `flow: bench-out\ndescription: Hub to target\nfrom: { canonical: invoice@1 }\nmap: bench-from-hub\n${out}\n`, 'application/yaml'); // prettier-ignore
  }

  /** Highest resident memory of each engine process, in MB. */
  async memory(): Promise<number[]> {
    const texts = await Promise.all(this.children.map((child) => readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')));
    return texts.map((text) => Math.round(Number(/VmHWM:\s+(\d+)/.exec(text)?.[1] ?? 0) / 1024));
  }

  /** Milliseconds of processor used by the engines with their mapping processes. */
  async processorMs(): Promise<number> {
    const each = await Promise.all(this.children.map((child) => processorMs(child.pid!)));
    return each.reduce((sum, ms) => sum + ms, 0);
  }

  async close(): Promise<void> {
    await Promise.all(this.children.map((child) => end(child)));
  }

  /** Asks again while a busy machine says that it cannot answer now. */
  private async put(path: string, body: unknown, type = 'application/json'): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      const response = await fetch(`${this.origin}/v1/${path}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${benchApiKey}`, 'content-type': type },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      if (response.ok) return;
      const told = await response.text();
      if (response.status !== 503 || tries === putTries) throw new Error(`PUT ${path}: ${response.status} ${told}`);
      await sleep(1_000);
    }
  }
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  await Promise.race([ended(child), sleep(35_000).then(() => child.kill('SIGKILL'))]);
}

const ended = (child: ChildProcess): Promise<unknown> =>
  child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : once(child, 'exit');
