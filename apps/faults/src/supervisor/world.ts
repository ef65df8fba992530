import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { embeddedFolder } from '@waybill/engine';
import { FaultProxy } from '../proxy/fault-proxy.js';
import { ManagedProcess } from './managed-process.js';
import { OwnDisk } from './own-disk.js';
import { freePort } from './ports.js';
import { PostgresServer } from './postgres.js';
import { hasRedis, redisProcess } from './redis.js';

export const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');
export const builtEngine = join(repository, 'apps/engine/dist');

export interface WorldOptions {
  /** Folder of the built engine; a copy with a protection removed, for the teeth. */
  engine?: string;
  queue?: 'redis' | 'postgres';
  workers?: number;
  /** How long a lease holds; the engine reads it as WAYBILL_LEASE_SECONDS. */
  leaseSeconds: number;
  /** How long the ERP may still work on a call after its answer was lost. */
  upstreamSeconds: number;
  /** PostgreSQL's data on a disk of its own that is so large (`ownDisk`). */
  diskMb?: number;
  /** Connections of each engine process to PostgreSQL. */
  databasePool?: number;
  /** Lanes that one worker works on side by side. */
  lanes?: number;
  logLevel?: string;
  /** A server that runs already is behind the proxies of the ERP, instead of the sandbox. */
  erpPort?: number;
  /** Leaves the folder with the logs where it is. */
  keep?: boolean;
}

/** What one process of the engine has of its own. */
export interface NodeTerms {
  roles: string;
  port?: number;
  /** Folder of its build. */
  engine?: string;
  env?: Record<string, string>;
  /** Of its old space. */
  heapMb?: number;
}

/** Values that stand nowhere else, so that finding one is finding a leak. */
export interface PlantedSecrets {
  erpToken: string;
  webhookKey: string;
  apiKey: string;
  password: string;
}

/** Folders that are there while something runs, for the last resort. */
const folders = new Set<string>();

/** The folder goes with the harness, unless it is forgotten before. Returns how to forget it. */
export function removeAtExit(folder: string): () => void {
  folders.add(folder);
  return () => void folders.delete(folder);
}

/** Worlds that are open, for the last resort when the harness is told to end. */
const open = new Set<World>();

/** Servers beside them, which a signal must close too. */
const beside = new Set<{ close(): Promise<unknown> }>();

/** The server is closed when the harness is told to end, unless it is forgotten before. Returns how to forget it. */
export function closeOnSignal(server: { close(): Promise<unknown> }): () => void {
  beside.add(server);
  return () => void beside.delete(server);
}

/**
 * Everything that runs in production, as real processes on loopback: an API, workers that also schedule, PostgreSQL, Redis and an ERP.
 * The engine reaches each server through a fault proxy; the harness reaches it past the proxy.
 */
export class World {
  readonly secrets: PlantedSecrets = {
    erpToken: `erp-token-${randomBytes(12).toString('hex')}`,
    webhookKey: randomBytes(24).toString('base64'),
    apiKey: `api-key-${randomBytes(16).toString('hex')}`,
    password: `password ${randomBytes(12).toString('hex')}`,
  };
  api!: ManagedProcess;
  workers: ManagedProcess[] = [];
  sandbox!: ManagedProcess;
  redis: ManagedProcess | undefined;
  postgres!: PostgresServer;
  disk: OwnDisk | undefined;
  /** Each legal entity's books are reached by a way of their own. */
  proxies!: { postgres: FaultProxy; redis: FaultProxy | undefined; erp: Record<'US' | 'DE', FaultProxy> };
  apiUrl = '';
  erpUrl = '';
  redisPort = 0;
  private undo: (() => Promise<unknown>)[] = [];

  private constructor(
    readonly options: WorldOptions,
    readonly folder: string,
  ) {}

  static async open(options: WorldOptions): Promise<World> {
    const world = new World(options, await mkdtemp(join(tmpdir(), 'waybill-faults-')));
    open.add(world);
    try {
      await world.begin();
      return world;
    } catch (error) {
      await world.close();
      throw error;
    }
  }

  get queue(): 'redis' | 'postgres' {
    return this.redis ? 'redis' : 'postgres';
  }

  get engines(): ManagedProcess[] {
    return [this.api, ...this.workers];
  }

  get processes(): ManagedProcess[] {
    return [...this.engines, this.sandbox, ...(this.redis ? [this.redis] : [])].filter((process) => process !== undefined);
  }

  logFile(name: string): string {
    return join(this.folder, `${name}.log`);
  }

  /** Everything runs and answers: what liveness may be judged from. */
  async allUp(): Promise<void> {
    for (const proxy of this.allProxies()) proxy.heal();
    for (const process of this.processes) process.resume();
    for (const process of this.processes) await process.ready();
  }

  async close(): Promise<void> {
    for (const step of this.undo.splice(0).reverse())
      await step().catch((error: unknown) => process.stderr.write(`closing: ${String(error)}\n`));
    if (!this.options.keep) await rm(this.folder, { recursive: true, force: true });
    open.delete(this);
  }

  /** At once and without waiting, for an end of the harness that nobody planned. */
  killNow(): void {
    for (const process of this.processes) process.killNow();
    this.postgres?.killNow();
    this.disk?.unmountNow();
  }

  private allProxies(): FaultProxy[] {
    return [this.proxies.postgres, this.proxies.erp.US, this.proxies.erp.DE, ...(this.proxies.redis ? [this.proxies.redis] : [])];
  }

  private async begin(): Promise<void> {
    const { options } = this;
    const data = join(this.folder, 'data');
    if (options.diskMb !== undefined) {
      this.disk = await OwnDisk.mount(await embeddedFolder(data), options.diskMb);
      this.undo.push(() => this.disk!.unmount());
    }
    this.postgres = await PostgresServer.start(data, await freePort());
    this.undo.push(() => this.postgres.stop());
    if ((options.queue ?? 'redis') === 'redis' && hasRedis()) {
      this.redisPort = await freePort();
      this.redis = redisProcess(this.redisPort, this.logFile('redis'));
      this.undo.push(() => this.redis!.stop());
      await this.redis.start();
    }
    const erpPort = await freePort();
    this.erpUrl = `http://127.0.0.1:${erpPort}`;
    this.sandbox = this.child('sandbox', 'sandbox-child.js', [JSON.stringify({ port: erpPort, erpToken: this.secrets.erpToken })], {});
    this.undo.push(() => this.sandbox.stop());
    await this.sandbox.start();
    this.proxies = {
      postgres: await FaultProxy.before(this.postgres.port),
      redis: this.redis ? await FaultProxy.before(this.redisPort) : undefined,
      erp: { US: await FaultProxy.before(options.erpPort ?? erpPort), DE: await FaultProxy.before(options.erpPort ?? erpPort) },
    };
    for (const proxy of this.allProxies()) this.undo.push(() => proxy.close());
    const apiPort = await freePort();
    this.apiUrl = `http://127.0.0.1:${apiPort}`;
    this.api = this.engine('api', 'api', apiPort);
    // The API migrates and makes the first administrator; workers come after it.
    this.undo.push(() => this.api.stop());
    await this.api.start();
    for (let n = 1; n <= (options.workers ?? 2); n += 1) this.workers.push(this.engine(`worker-${n}`, 'worker,scheduler', 0));
    this.undo.push(() => Promise.all(this.workers.map((worker) => worker.stop())));
    await Promise.all(this.workers.map((worker) => worker.start()));
  }

  /** One more node that works and schedules, until the world closes. */
  async addWorker(): Promise<ManagedProcess> {
    const worker = this.engine(`worker-${this.workers.length + 1}`, 'worker,scheduler', 0);
    this.workers.push(worker);
    await worker.start();
    return worker;
  }

  /** A process of the engine that is not among the workers: of another build, or on terms of its own. It ends with the world at the latest. */
  node(name: string, terms: NodeTerms): ManagedProcess {
    const node = this.engine(name, terms.roles, terms.port ?? 0, terms);
    this.undo.push(() => node.stop());
    return node;
  }

  /** Such a process, started, with the address of its door. */
  async startEngine({ name, ...terms }: NodeTerms & { name: string }): Promise<{ process: ManagedProcess; url: string }> {
    const port = await freePort();
    const process = this.node(name, { ...terms, port });
    await process.start();
    return { process, url: `http://127.0.0.1:${port}` };
  }

  private engine(name: string, roles: string, port: number, terms: Omit<NodeTerms, 'roles'> = {}): ManagedProcess {
    const { url, migrateUrl } = this.postgres.urls(this.proxies.postgres.port);
    const args = [terms.engine ?? this.options.engine ?? builtEngine];
    const env = {
      DATABASE_URL: url,
      DATABASE_MIGRATE_URL: migrateUrl,
      ...(this.proxies.redis ? { REDIS_URL: `redis://127.0.0.1:${this.proxies.redis.port}` } : {}),
      WAYBILL_ROLES: roles,
      WAYBILL_PORT: String(port),
      WAYBILL_DATA_DIR: this.folder,
      WAYBILL_EGRESS_ALLOW: '127.0.0.0/8',
      WAYBILL_BOOTSTRAP_API_KEY: this.secrets.apiKey,
      WAYBILL_BOOTSTRAP_ADMIN_PASSWORD: this.secrets.password,
      WAYBILL_LEASE_SECONDS: String(this.options.leaseSeconds),
      WAYBILL_LOG_LEVEL: this.options.logLevel ?? 'info',
      WAYBILL_CONSOLE_DIR: 'none',
      WAYBILL_MAPPING_CHILDREN: '1',
      WAYBILL_DATABASE_POOL: String(this.options.databasePool ?? 12),
      ...(this.options.lanes === undefined ? {} : { WAYBILL_WORKERS: String(this.options.lanes) }),
      WAYBILL_PACKS_DIR: join(repository, 'mappings'),
      ...terms.env,
    };
    return this.child(name, 'engine-child.js', args, env, terms.heapMb === undefined ? [] : [`--max-old-space-size=${terms.heapMb}`]);
  }

  private child(
    name: string,
    file: string,
    args: readonly string[],
    env: Record<string, string>,
    flags: readonly string[] = [],
  ): ManagedProcess {
    const entry = fileURLToPath(new URL(`./${file}`, import.meta.url));
    const { PATH = '' } = process.env;
    return new ManagedProcess({
      name,
      command: process.execPath,
      args: [...flags, entry, ...args],
      env: { PATH, ...env },
      logFile: this.logFile(name),
    });
  }
}

/** Ends every open world and the servers beside them on a signal, so that nothing is left running and no folder lies around. Returns whether it was told to: what fails from then on says nothing. */
export function closeWorldsOnSignals(): () => boolean {
  let closing = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (closing) return;
      closing = true;
      process.stderr.write(`\n${signal}: closing …\n`);
      void Promise.allSettled([...open, ...beside].map((one) => one.close())).then(() => process.exit(130));
    });
  process.on('exit', () => {
    for (const world of open) world.killNow();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  return () => closing;
}
