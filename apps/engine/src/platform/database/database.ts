import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../problems/index.js';
import { meters } from '../telemetry/index.js';
import { PreparedStatements } from './prepared-statements.js';
import { seesEverything, type Scope } from './scope.js';
import { SteadyClient } from './steady-client.js';

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

/** SQLSTATEs of a serialization failure and a deadlock, after which the whole is simply tried again. */
const retried = new Set(['40001', '40P01']);
const triesMax = 5;
/**
 * The server is starting, stopping, full, read-only, out of connections, too slow, or gone: SQLSTATEs of the classes 08, 53, 57P and 58,
 * a statement or an idle transaction that ran out of time, and what the driver and the socket say.
 */
const unavailable =
  /^(08|53|58|57P0[1-5]|57014|25P03|25006)|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|Connection terminated|timeout exceeded|timeout expired|Query read timeout|Client has encountered a connection error|Client was closed|not queryable|Cannot use a pool after calling end/;

const waitForConnectionMs = 2_000;
const statementMsMax = 60_000;
/** A little more than the server's own limit: this one ends a statement whose server is gone without a word. */
const answerMsMax = 65_000;
const pulseMs = 1_500;

/** The role that row-level security binds. The application's own role takes it for the time of a transaction. */
export const personRole = 'waybill_person';
const takeRole = `select set_config('role', '${personRole}', true), set_config('waybill.entities', $1, true), set_config('waybill.unassigned', $2, true)`;

/** The database as one caller may see it. */
export interface ScopedDatabase extends Sql {
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

export class Database implements ScopedDatabase {
  private readonly pool: pg.Pool;
  /** One connection for the pulse, so that a full pool is not taken for a dead database. */
  private readonly aside: pg.Pool;
  private beat: Promise<Pulse> | undefined;
  private readonly prepared = new PreparedStatements();

  constructor(options: { url: string; poolMax: number; onIdleError: (error: Error) => void }) {
    const common = { connectionString: options.url, Client: SteadyClient, idleTimeoutMillis: 30_000, keepAlive: true };
    this.pool = new pg.Pool({
      ...common,
      max: options.poolMax,
      connectionTimeoutMillis: waitForConnectionMs,
      application_name: 'waybill',
      statement_timeout: statementMsMax,
      idle_in_transaction_session_timeout: statementMsMax,
      query_timeout: answerMsMax,
    });
    this.aside = new pg.Pool({
      ...common,
      max: 1,
      connectionTimeoutMillis: pulseMs,
      application_name: 'waybill-pulse',
      query_timeout: pulseMs,
    });
    this.pool.on('error', options.onIdleError);
    this.aside.on('error', options.onIdleError);
  }

  /** One statement, committed when this returns. `answerWithinMs` ends the wait for a server that says nothing; whether it did the work is then unknown. */
  async query<T = Row>(text: string, values: readonly unknown[] = [], options: { answerWithinMs?: number } = {}): Promise<T[]> {
    const { answerWithinMs } = options;
    const patience = answerWithinMs === undefined ? {} : { query_timeout: answerWithinMs };
    return this.persist(async () => (await this.pool.query({ ...this.statement(text, values), ...patience })).rows as T[]);
  }

  /** All or nothing. Serialization failures and deadlocks are tried again, five times, with a growing pause. */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.persist(() => this.once(work));
  }

  /**
   * The database as somebody with this scope sees it: every statement runs as a role that row-level security binds, with the scope told to the
   * transaction. For a scope without limits it is the database itself, and costs nothing. What runs for the engine is never scoped.
   */
  seenBy(scope: Scope): ScopedDatabase {
    if (seesEverything(scope)) return this;
    const told = [scope.entities === null ? '*' : JSON.stringify(scope.entities), String(scope.unassigned)];
    const transaction = <T>(work: (tx: Tx) => Promise<T>) =>
      this.transaction(async (tx) => {
        await tx.query(takeRole, told);
        return work(tx);
      });
    return { transaction, query: (text, values) => transaction((tx) => tx.query(text, values)) };
  }

  /** Does the database answer, and what is its time? On a connection of its own; askers at the same time share one question. Throws UNAVAILABLE. */
  pulse(): Promise<Pulse> {
    this.beat ??= this.feel().finally(() => (this.beat = undefined));
    return this.beat;
  }

  private async feel(): Promise<Pulse> {
    try {
      const { rows } = await this.aside.query<Pulse>('select clock_timestamp() as clock');
      return rows[0]!;
    } catch (error) {
      throw asProblem(error);
    }
  }

  private async once<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    const after: (() => void)[] = [];
    const tx: Tx = {
      query: async <R = Row>(text: string, values: readonly unknown[] = []) =>
        (await client.query(this.statement(text, values))).rows as R[],
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
      // A connection that is in trouble is thrown away, and the server rolls back; waiting for its rollback could take as long as the trouble.
      if (isUnavailable(error)) broken = error as Error;
      else await client.query('rollback').catch((rollback: Error) => (broken = rollback));
      throw error;
    } finally {
      client.off('error', lost);
      client.release(broken);
    }
  }

  private statement(text: string, values: readonly unknown[]): pg.QueryConfig {
    const name = values.length === 0 ? undefined : this.prepared.nameOf(text);
    return { text, values: values as unknown[], ...(name === undefined ? {} : { name }) };
  }

  /** Tries again after a conflict. The pause has chance in it, so that those who met once do not meet again. */
  private async persist<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        const outdated = isOutdatedPlan(error);
        if (!outdated && !retried.has(codeOf(error))) throw asProblem(error);
        if (attempt === triesMax) throw unavailableProblem('The database had too many changes of the same rows at once.', error);
        meters.databaseRetries.inc();
        if (outdated) this.prepared.forget();
        else await sleep(attempt * attempt * 10 * (0.5 + Math.random()));
      }
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.pool.end(), this.aside.end()]);
  }
}

export interface Pulse {
  /** The database's time. */
  clock: Date;
}

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');

/** A migration has changed the columns of a table while this process had statements on it prepared (PostgreSQL: feature_not_supported). */
const isOutdatedPlan = (error: unknown): boolean =>
  codeOf(error) === '0A000' && /cached plan must not change result type/.test((error as Error).message);

function isUnavailable(error: unknown): boolean {
  return unavailable.test(`${codeOf(error)} ${(error as Error | null)?.message ?? ''}`.trim());
}

const asProblem = (error: unknown): unknown => (isUnavailable(error) ? unavailableProblem('The database does not answer.', error) : error);

function unavailableProblem(detail: string, cause: unknown): Problem {
  const problem = new Problem('UNAVAILABLE', detail, { retryAfterSeconds: 2 });
  problem.cause = cause;
  return problem;
}
