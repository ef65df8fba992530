import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './ports.js';
import { closeOnSignal, removeAtExit, repository } from './world.js';

const run = promisify(execFile);
const home = process.env['WAYBILL_ERP'] ?? resolve(repository, '../shared/erp');
const script = join(home, 'start-tryton.sh');
/** The first start ever makes all of Tryton's tables and keeps a copy; the next restore it. One at a time, so that the others find the copy. */
const startMs = 400_000;

/** Why there can be no Tryton here, if so. */
export function noTryton(): string | undefined {
  if (!existsSync(script)) return `there is no ${script}; WAYBILL_ERP names the folder of a start-tryton.sh`;
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') ? undefined : 'starting Tryton needs root on Debian';
}

/** Row of a model as its API tells it, with the tags of values taken off. */
export type TrytonRow = Record<string, unknown>;

/** A real Tryton with a database of its own, seeded with two companies. It is stopped and started like any server. */
export class TrytonServer {
  private constructor(
    readonly port: number,
    private readonly pgPort: number,
    private readonly data: string,
    private readonly forget: () => void,
  ) {}

  database = '';
  user = '';
  admin = '';
  password = '';

  static async start(): Promise<TrytonServer> {
    const data = await mkdtemp(join(tmpdir(), 'waybill-tryton-'));
    const kept = removeAtExit(data);
    const server = new TrytonServer(await freePort(), await freePort(), data, () => (kept(), left()));
    const left = closeOnSignal(server);
    try {
      await server.resume();
      return server;
    } catch (error) {
      await server.close();
      throw error;
    }
  }

  /** Starts what does not run. */
  async resume(): Promise<void> {
    const lock = join(tmpdir(), 'waybill-tryton.lock');
    // The lock is not handed on (-o): the server would hold it for as long as it runs.
    const args = ['-o', '-w', '300', lock, 'bash', script, String(this.port), this.data];
    const { stdout } = await run('flock', args, { env: { ...process.env, PGPORT: String(this.pgPort) }, timeout: startMs });
    const word = (name: string) => new RegExp(`${name}=(\\S+)`).exec(stdout)?.[1] ?? '';
    [this.database, this.user, this.admin, this.password] = [word('db'), word('user'), word('admin'), word('password')];
  }

  /** Tryton and its database. */
  async stop(): Promise<void> {
    await run('bash', [script, 'stop', this.data], { timeout: 60_000 });
  }

  async close(): Promise<void> {
    if (existsSync(join(this.data, 'env'))) await this.stop();
    await rm(this.data, { recursive: true, force: true });
    this.forget();
  }

  /** All rows of a model that the domain finds, by the API that its own users have. */
  async search(model: string, domain: unknown[], fields: string[], company: number): Promise<TrytonRow[]> {
    const found = await this.ask<TrytonRow[]>(`model.${model}.search_read`, [domain, 0, rowsMax, [['id', 'ASC']], fields, { company }]);
    return found.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])));
  }

  /** One call as its administrator would make it, to set up what an accountant sets up. */
  administer<T>(method: string, params: unknown[]): Promise<T> {
    return this.ask<T>(method, params, this.admin);
  }

  private async ask<T>(method: string, params: unknown[], user = this.user): Promise<T> {
    const response = await fetch(`http://127.0.0.1:${this.port}/${this.database}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Basic ${Buffer.from(`${user}:${this.password}`).toString('base64')}` },
      body: JSON.stringify({ id: 1, method, params }),
      signal: AbortSignal.timeout(60_000),
    });
    const { result, error } = (await response.json()) as { result?: T; error?: unknown };
    if (error !== undefined || result === undefined) throw new Error(`Tryton, ${method}: ${JSON.stringify(error).slice(0, 300)}`);
    return result;
  }
}

/** Enough for every document of a scenario. */
const rowsMax = 100_000;

/** `{"__class__":"Decimal","decimal":"12.34"}` is 12.34. */
const plain = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'decimal' in value ? (value as { decimal: string }).decimal : value;
