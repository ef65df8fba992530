import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate, startEmbeddedDatabase } from '../src/platform/database/index.js';

export interface TestDatabase {
  /** For the application role. */
  url: string;
  /** For the owner. */
  migrateUrl: string;
}

export interface TestPostgres {
  /** A new database with the whole schema and nothing in it. */
  database(): Promise<TestDatabase>;
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL of this test file alone: the programs that the product itself embeds, data in the system's temporary folder. The schema
 * is made once and copied for each suite.
 */
export async function startTestPostgres(): Promise<TestPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'waybill-test-'));
  const server = await startEmbeddedDatabase({ dataDir, port: 0, log: () => undefined });
  await migrate(server.migrateUrl, 'waybill_app');
  let made = 0;
  return {
    async database() {
      made += 1;
      const name = `suite_${made}`;
      const admin = new pg.Client({ connectionString: at(server.migrateUrl, 'postgres') });
      await admin.connect();
      await admin.query(`create database ${name} template waybill`).finally(() => admin.end());
      return { url: at(server.url, name), migrateUrl: at(server.migrateUrl, name) };
    },
    async stop() {
      await server.stop();
      await rm(server.folder, { recursive: true, force: true });
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function at(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
