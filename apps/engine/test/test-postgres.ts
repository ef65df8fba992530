import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedDatabase } from '../src/platform/database/index.js';
import { eventually } from './eventually.js';
import { copyTemplate } from './postgres-template.js';

export interface TestDatabase {
  /** For the application role. */
  url: string;
  /** For the owner. */
  migrateUrl: string;
}

export interface TestPostgres {
  /** A new database with the whole schema and nothing in it. */
  database(): Promise<TestDatabase>;
  port: number;
  /** For the application role, in a database of its own. */
  appUrl: string;
  /** Ends the server at once, as `pg_ctl stop -m immediate` does: nothing is flushed, clients are cut off. */
  crash(): Promise<void>;
  /** The same server on the same data and port, which recovers. */
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL of this test file alone: the programs that the product itself embeds, data in the system's temporary folder. Server and schema
 * are made once and copied, for each file and again for each suite.
 */
export async function startTestPostgres(): Promise<TestPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'waybill-test-'));
  await copyTemplate(dataDir);
  let server = await startEmbeddedDatabase({ dataDir, port: 0, log: () => undefined });
  let made = 0;
  const port = Number(new URL(server.url).port);
  return {
    port,
    appUrl: server.url,
    async crash() {
      const pid = Number((await readFile(join(server.folder, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]);
      process.kill(pid, 'SIGQUIT');
      await eventually(() => !isAlive(pid), { what: 'the end of the server', withinMs: 20_000 });
    },
    async startAgain() {
      server = await startEmbeddedDatabase({ dataDir, port, log: () => undefined });
    },
    async database() {
      made += 1;
      const name = `suite_${made}`;
      const admin = new pg.Client({ connectionString: at(server.migrateUrl, 'postgres') });
      await admin.connect();
      try {
        await admin.query(`create database ${name} template waybill`);
      } finally {
        await admin.end();
      }
      return { url: at(server.url, name), migrateUrl: at(server.migrateUrl, name) };
    },
    async stop() {
      await untilAlone(at(server.migrateUrl, 'postgres'));
      await server.stop();
      await rm(server.folder, { recursive: true, force: true });
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A pool that was ended may still be saying good-bye; cut off in the middle of it, it has an error that nobody listens to any more. */
async function untilAlone(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    for (let tries = 0; tries < 20; tries += 1) {
      const { rows } = await client.query<{ n: number }>(
        "select count(*)::int as n from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
      );
      if (rows[0]!.n === 0) break;
      await new Promise((done) => setTimeout(done, 50));
    }
  } catch {
    // The test has ended the server itself.
  } finally {
    await client.end().catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function at(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
