import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { verifyExport, type Report } from '../src/cli/verify-audit/verify.js';
import { AuditExportStore } from '../src/governance/audit/audit-export.store.js';
import { AuditStore } from '../src/governance/audit/audit.store.js';
import { ExportRows } from '../src/governance/audit/export-rows.store.js';
import { sealKeyOf, sealLine, type SealKey } from '../src/governance/audit/seal.js';
import { SealerStore } from '../src/governance/audit/sealer.store.js';
import type { Actor } from '../src/platform/http/index.js';
import { Database, type Row, type Sql, type Tx } from '../src/platform/database/index.js';
import { eventually } from './eventually.js';
import { startTestPostgres, type TestPostgres } from './test-postgres.js';

export const person: Actor = { kind: 'user', id: 'usr_of_the_test', name: 'ada@example.com', requestId: 'req_of_the_test' };

/** An audit log in a real PostgreSQL, without the rest of the engine: the application's role writes and seals, a superuser tampers. */
export interface AuditBench {
  db: Database;
  audit: AuditStore;
  key: SealKey;
  sealer: SealerStore;
  /** A superuser, whom neither grants nor triggers hold. */
  superuser: pg.Client;
  appUrl: string;
  server: TestPostgres;
  write(count: number, of?: { action?: string }): Promise<void>;
  /** The lines that were carried outside. */
  outside(): Promise<string[]>;
  /** So many connections, open and free: a machine that is busy opens them slowly, and nobody waits for one longer than two seconds. */
  warm(connections: number): Promise<unknown>;
  stop(): Promise<void>;
}

export async function openAuditBench(): Promise<AuditBench> {
  const server = await startTestPostgres();
  const { url, migrateUrl } = await server.database();
  const db = new Database({ url, poolMax: 40, onIdleError: () => undefined });
  const superuser = new pg.Client({ connectionString: migrateUrl });
  await superuser.connect();
  const audit = new AuditStore();
  const key = sealKeyOf(randomBytes(32));
  let written = 0;
  const sealer = new SealerStore(db, key);
  await eventually(() => sealer.lead(), { what: 'the lead', withinMs: 60_000 });
  return {
    ...{ db, audit, key, superuser, server, appUrl: url },
    sealer,
    async write(count, { action = 'flow.saved' } = {}) {
      for (let n = 0; n < count; n += 1) {
        written += 1;
        const amount = `${written}.50`;
        await db.transaction((tx) =>
          audit.record(tx, person, {
            action,
            object: { kind: 'flow', id: `flow-${written}` },
            summary: `Ada saved flow-${written} – für "Müller & Søn"`,
            before: written % 3 === 0 ? null : { b: 1, a: [1.5, 'x\u2028y', null], amount },
            after: { amount, nested: { z: true, é: 'é', '\ud83d\ude00': 1e21 } },
            ...(written % 2 === 0 ? { reason: 'because' } : {}),
          }),
        );
      }
    },
    async outside() {
      const rows = await db.query<Row>('select body, signature from audit_seal order by number');
      return rows.map((row) => sealLine(row['body'] as string, row['signature'] as Buffer));
    },
    warm: (connections) =>
      eventually(() => Promise.all(Array.from({ length: connections }, () => db.query('select pg_sleep(0.5)'))), {
        what: 'the connections',
        withinMs: 60_000,
      }),
    async stop() {
      await superuser.end();
      await db.close();
      await server.stop();
    },
  };
}

/** Everything through one connection in one transaction, so that what a test does to the log can be undone at once. */
export function within(client: pg.Client): Database {
  const sql: Sql = {
    query: async <T>(text: string, values: readonly unknown[] = []) => (await client.query(text, values as unknown[])).rows as T[],
  };
  return {
    ...sql,
    transaction: <T>(work: (tx: Tx) => Promise<T>) => work({ ...sql, afterCommit: () => undefined }),
  } as unknown as Database;
}

/** Nobody seals beside these tests, so an export need not wait for it. */
class ExportAtOnce extends AuditExportStore {
  protected override untilSealed(): Promise<void> {
    return Promise.resolve();
  }
}

export async function exportOf(
  db: Database,
  key: SealKey,
  filter: Record<string, string> = {},
  format: 'jsonl' | 'csv' = 'jsonl',
): Promise<string> {
  const store = new ExportAtOnce(db, new AuditStore(), new ExportRows(db), key);
  const { text } = await store.begin(filter, format, person);
  let all = '';
  for await (const piece of text) all += piece;
  return all;
}

export const linesOf = (text: string): string[] => text.split('\n').slice(0, -1);

export const check = (text: string, given: { pins?: readonly string[]; outside?: readonly string[] } = {}): Promise<Report> =>
  verifyExport(linesOf(text), { pins: new Set(given.pins), ...(given.outside ? { outside: given.outside } : {}) });

export const sentencesOf = ({ findings }: Report): string[] => findings.found.map(({ sentence }) => sentence);
