import { startEmbeddedDatabase, type EmbeddedDatabase } from '@waybill/engine';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, chown, cp, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { until } from '../waiting.js';

/** The embedded PostgreSQL in a process tree of its own: it can be stopped without its goodbyes and started again on the same data. */
export class PostgresServer {
  private constructor(
    private readonly dataDir: string,
    readonly port: number,
    private running: EmbeddedDatabase,
    /** SQL as the owner, past the proxies: for looking, and for faults. */
    readonly owner: pg.Pool,
  ) {}

  static async start(dataDir: string, port: number): Promise<PostgresServer> {
    const running = await startEmbeddedDatabase({ dataDir, port, log: () => undefined });
    const owner = new pg.Pool({ connectionString: running.migrateUrl, max: 4, connectionTimeoutMillis: 5_000 });
    owner.on('error', () => undefined); // a restart ends idle connections; the next query opens one
    return new PostgresServer(dataDir, port, running, owner);
  }

  /** The application's and the owner's address, through another port when one is given. */
  urls(port = this.port): { url: string; migrateUrl: string } {
    const through = (address: string) => Object.assign(new URL(address), { port: String(port) }).href;
    return { url: through(this.running.url), migrateUrl: through(this.running.migrateUrl) };
  }

  get folder(): string {
    return this.running.folder;
  }

  async sql<T = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<T[]> {
    return (await this.owner.query(text, values)).rows as T[];
  }

  /** As `pg_ctl -m immediate restart`: no checkpoint, no goodbyes; recovery at the start. */
  async restartImmediately(): Promise<void> {
    const pid = this.pid();
    if (pid !== undefined) {
      process.kill(pid, 'SIGQUIT');
      await until('the end of PostgreSQL', 30_000, () => !existsSync(`/proc/${pid}`));
    }
    this.running = await startEmbeddedDatabase({ dataDir: this.dataDir, port: this.port, log: () => undefined });
  }

  /** Starts a server that ended by itself, as a service manager does; false when it runs. */
  async startIfDown(): Promise<boolean> {
    if (this.pid() !== undefined) return false;
    this.running = await startEmbeddedDatabase({ dataDir: this.dataDir, port: this.port, log: () => undefined });
    return true;
  }

  /** A cold backup: the server ends in good order, its data folder is copied, the server starts again. */
  async backUp(to: string): Promise<void> {
    await this.running.stop();
    await cp(join(this.folder, 'data'), to, { recursive: true, preserveTimestamps: true });
    this.running = await startEmbeddedDatabase({ dataDir: this.dataDir, port: this.port, log: () => undefined });
  }

  /** What the data folder holds now is gone; the backup stands in its place, owned as before. */
  async restore(from: string): Promise<void> {
    await this.running.stop();
    const data = join(this.folder, 'data');
    const { uid, gid } = await stat(data);
    await rm(data, { recursive: true });
    await cp(from, data, { recursive: true, preserveTimestamps: true });
    for (const name of ['', ...(await readdir(data, { recursive: true }))]) await chown(join(data, name), uid, gid);
    await chmod(data, 0o700);
    this.running = await startEmbeddedDatabase({ dataDir: this.dataDir, port: this.port, log: () => undefined });
  }

  async stop(): Promise<void> {
    await this.owner.end();
    await this.running.stop();
    // Where a disk is mounted there, only what is on it can go now.
    for (const name of await readdir(this.folder)) await rm(join(this.folder, name), { recursive: true, force: true });
    await rmdir(this.folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EBUSY') throw error;
    });
  }

  /** The last resort when the harness itself ends. */
  killNow(): void {
    const pid = this.pid();
    if (pid !== undefined) process.kill(pid, 'SIGQUIT');
  }

  private pid(): number | undefined {
    try {
      const pid = Number(readFileSync(join(this.folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
      return existsSync(`/proc/${pid}`) ? pid : undefined;
    } catch {
      return undefined;
    }
  }
}
