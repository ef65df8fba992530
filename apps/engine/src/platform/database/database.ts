import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../problems/index.js';

// Numbers that a double cannot hold stay text: bigint and numeric are never parsed.
pg.types.setTypeParser(20, (text: string) => text);
pg.types.setTypeParser(1082, (text: string) => text); // date

export type Row = Record<string, unknown>;

/** One transaction, or the pool when a single statement is enough. The only way to the database. */
export interface Sql {
  query<T = Row>(text: string, values?: readonly unknown[]): Promise<T[]>;
}

/** A transaction. Its name in signatures says: this must be committed together with what the caller does. */
export interface Tx extends Sql {
  /** Runs after the commit, in order; never when it rolls back. For doorbells and live updates. */
  afterCommit(run: () => void): void;
}

/** SQLSTATEs after which a transaction is simply tried again. */
const retried = new Set(['40001', '40P01']);
/** The server is starting, stopping, out of connections, or gone. */
const unavailable = /^(08|57P0[123]|53)|ECONNREFUSED|ECONNRESET|EPIPE|Connection terminated|not queryable|timeout exceeded/;

export class Database implements Sql {
  private readonly pool: pg.Pool;

  constructor(options: { url: string; poolMax: number; onIdleError: (error: Error) => void }) {
    this.pool = new pg.Pool({
      connectionString: options.url,
      max: options.poolMax,
      connectionTimeoutMillis: 2_000,
      idleTimeoutMillis: 30_000,
      application_name: 'waybill',
      statement_timeout: 60_000,
      idle_in_transaction_session_timeout: 60_000,
    });
    this.pool.on('error', options.onIdleError);
  }

  async query<T = Row>(text: string, values: readonly unknown[] = []): Promise<T[]> {
    try {
      const result = await this.pool.query(text, values as unknown[]);
      return result.rows as T[];
    } catch (error) {
      throw asProblem(error);
    }
  }

  /** All or nothing. Serialization failures and deadlocks are tried again, five times, with a growing pause. */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(work);
      } catch (error) {
        if (attempt < 5 && retried.has(codeOf(error))) await sleep(attempt * 20);
        else throw asProblem(error);
      }
    }
  }

  private async once<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    const after: (() => void)[] = [];
    const tx: Tx = {
      query: async <R = Row>(text: string, values: readonly unknown[] = []) => (await client.query(text, values as unknown[])).rows as R[],
      afterCommit: (run) => void after.push(run),
    };
    let broken: Error | undefined;
    // Between two statements nobody listens to a connection that is lent out; its loss would end the process. The next statement fails.
    const lost = (error: Error) => void (broken = error);
    client.on('error', lost);
    try {
      await client.query('begin');
      const result = await work(tx);
      await client.query('commit');
      for (const run of after) run();
      return result;
    } catch (error) {
      await client.query('rollback').catch((rollback: Error) => (broken = rollback));
      throw error;
    } finally {
      client.off('error', lost);
      client.release(broken);
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');

function asProblem(error: unknown): unknown {
  const text = `${codeOf(error)} ${(error as Error | null)?.message ?? ''}`.trim();
  if (!unavailable.test(text)) return error;
  const problem = new Problem('UNAVAILABLE', 'The database does not answer.', { retryAfterSeconds: 2 });
  problem.cause = error;
  return problem;
}
