import { Inject, Injectable } from '@nestjs/common';
import { isConnectorFailure, isTransportFailure, type ConnectorContext, type HttpClient, type Limits } from '@waybill/sdk';
import { Database } from '../../platform/database/index.js';
import { EgressClient, Limiter, type Exchange } from '../../platform/egress/index.js';
import { afterFailure, afterSuccess, closedBreaker, mayCall, type BreakerState } from './breaker.js';
import { ConnectionStore, type OpenConnection } from './connections.store.js';

interface Line {
  limiter: Limiter;
  breaker: BreakerState;
  token: Promise<string> | undefined;
  told: 'unknown' | 'ok' | 'failing' | 'open';
  toldAt: number;
}

/** The connection is not called now: calls are paused after failures, or by a person. Costs no attempt. */
export class ConnectionResting extends Error {
  constructor(
    readonly connection: string,
    readonly retryAfterMs: number,
    readonly why: string,
  ) {
    super(`${connection} is not called now: ${why}`);
  }
}

/** Every call to an outside system goes through here: under its limits, its breaker, and with its login kept. */
@Injectable()
export class ConnectionCalls {
  private readonly lines = new Map<string, Line>();

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(ConnectionStore) private readonly connections: ConnectionStore,
    @Inject(EgressClient) private readonly egress: EgressClient,
  ) {}

  /** Slots free now, and until when the connection rests. */
  async room(name: string): Promise<{ free: number; restingMs: number; why: string }> {
    const connection = await this.connections.open(name);
    if (connection.record.state === 'paused') return { free: 0, restingMs: 15_000, why: 'a person paused it' };
    const line = this.line(connection);
    const wait = line.breaker.openUntil - performance.now();
    if (wait > 0) return { free: 0, restingMs: Math.ceil(wait), why: 'it failed several times in a row' };
    if (line.limiter.pausedMs > 0) return { free: 0, restingMs: Math.ceil(line.limiter.pausedMs), why: 'it asked to slow down' };
    // Half open: one probe, not a crowd.
    return { free: line.breaker.failures >= 5 ? Math.min(1, line.limiter.free) : line.limiter.free, restingMs: 0, why: '' };
  }

  async call<T>(
    name: string,
    work: (context: ConnectorContext, connection: OpenConnection) => Promise<T>,
    options: { signal?: AbortSignal; exchanges?: Exchange[] } = {},
  ): Promise<T> {
    const connection = await this.connections.open(name);
    if (connection.record.state === 'paused') throw new ConnectionResting(name, 15_000, 'a person paused it');
    const line = this.line(connection);
    if (!mayCall(line.breaker, performance.now()))
      throw new ConnectionResting(
        name,
        Math.max(500, line.breaker.openUntil - performance.now()),
        `it failed ${line.breaker.failures} times in a row`,
      );
    const signal = options.signal ?? new AbortController().signal;
    const http = watched(
      this.egress.bind({ signal, ...(options.exchanges ? { exchanges: options.exchanges } : {}) }),
      line,
      connection.connector.limits,
    );
    const context: ConnectorContext = {
      settings: connection.settings,
      http,
      now: () => new Date(),
      signal,
      session: {
        get: (open) => (line.token ??= open().catch((error: unknown) => {
          line.token = undefined;
          throw error;
        })),
        drop: () => void (line.token = undefined),
      },
    }; // prettier-ignore
    try {
      const result = await line.limiter.run(() => work(context, connection));
      line.breaker = afterSuccess();
      await this.tell(name, line, 'ok', null);
      return result;
    } catch (error) {
      if (countsAgainst(error)) {
        line.breaker = afterFailure(line.breaker, performance.now());
        await this.tell(name, line, mayCall(line.breaker, performance.now()) ? 'failing' : 'open', (error as Error).message);
      } else if (isConnectorFailure(error) && error.facts.recovery === 'throttled') {
        line.limiter.pause(error.facts.retryAfterMs ?? 1_000);
      } else if (isConnectorFailure(error) && ['unauthorized', 'misconfigured'].includes(error.facts.recovery)) {
        await this.tell(name, line, 'failing', error.message);
      } else {
        line.breaker = afterSuccess(); // a definite answer, even a refusal, shows that the system is there
      }
      throw error;
    }
  }

  private line({ record, connector }: OpenConnection): Line {
    let line = this.lines.get(record.name);
    if (!line) {
      line = {
        limiter: new Limiter(connector.limits.concurrency, connector.limits.perSecond),
        breaker: closedBreaker,
        token: undefined,
        told: 'unknown',
        toldAt: 0,
      };
      this.lines.set(record.name, line);
    }
    return line;
  }

  /** What the console shows: written when it changes, and a good answer at most every ten seconds. */
  private async tell(name: string, line: Line, state: Line['told'], detail: string | null): Promise<void> {
    const now = performance.now();
    if (line.told === state && now - line.toldAt < 10_000) return;
    line.told = state;
    line.toldAt = now;
    await this.db.query(
      `insert into connection_health (connection, state, since, detail, last_success_at, failures) values ($1, $2, now(), $3, case when $2 = 'ok' then now() end, $4)
       on conflict (connection) do update set since = case when connection_health.state = excluded.state then connection_health.since else now() end, state = excluded.state, detail = excluded.detail,
         failures = excluded.failures, last_success_at = coalesce(excluded.last_success_at, connection_health.last_success_at)`,
      [name, state, detail?.slice(0, 500) ?? null, line.breaker.failures],
    );
  }
}

/** Failures of the system itself, not of the document: no answer, or an answer that says "later" or "I broke". */
function countsAgainst(error: unknown): boolean {
  if (isTransportFailure(error)) return error.code !== 'aborted' && error.code !== 'blocked';
  if (!isConnectorFailure(error)) return false;
  return error.facts.recovery === 'retryable' || error.facts.recovery === 'in-doubt';
}

/** Lets the connector's limits see every answer. */
function watched(http: HttpClient, line: Line, limits: Limits): HttpClient {
  return {
    async request(request) {
      const response = await http.request(request);
      const pauseMs = limits.pauseMs?.(response);
      if (pauseMs !== undefined) line.limiter.pause(pauseMs);
      return response;
    },
  };
}

export const isResting = (error: unknown): error is ConnectionResting => error instanceof ConnectionResting;
