import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { isConnectorFailure, isTransportFailure, type ConnectorContext, type ConnectorFailure, type HttpClient } from '@waybill/sdk';
import { Database } from '../../platform/database/index.js';
import { EgressClient, type Exchange } from '../../platform/egress/index.js';
import { Folders } from '../../platform/folders/index.js';
import { Problem } from '../../platform/problems/index.js';
import { knownSecrets, type Logger } from '../../platform/telemetry/index.js';
import { LOGGER } from '../../platform/tokens.js';
import type { Priority } from '../flows/priority.js';
import { trailing, type Circuit, type Outcome } from './breaker.js';
import { ConnectionStore, type OpenConnection } from './connections.store.js';
import { GateStore } from './gate.store.js';
import { limitsInForce } from './limits.js';
import { LogIn } from './log-in.js';
import { LoginStore } from './logins.store.js';
import { PermitLine } from './permit-line.store.js';
import { SharedLogIn } from './shared-log-in.js';
import { withoutSecrets } from './words.js';

/** Under what a call is made. */
export interface CallTerms {
  /** Aborted when the lease ends or the process drains. */
  signal?: AbortSignal;
  /** Asked right before the first byte leaves: true when the lease is over, and nothing may be sent any more. */
  isOver?: () => boolean;
  /** Of the flow; what competes for the calls of a connection. */
  priority?: Priority;
}

interface CallOptions extends CallTerms {
  /** Gets what happened on the wire. */
  exchanges?: Exchange[];
  /** One that `take` gave; without it the call waits for its turn. */
  permit?: Permit;
}

/** The right to make one call. Given back by the call itself, or by `giveBack` when it is not made. */
export interface Permit {
  readonly connection: string;
  /** This call finds out whether the system is back. */
  readonly probe: boolean;
  giveBack(): void;
}

/** What `take` brought: as many permits as there are, or why there is none. */
export interface Taken {
  permits: Permit[];
  /** Above zero: the connection rests so long; nobody should come back earlier. */
  restMs: number;
  why: string;
}

interface Line {
  connection: OpenConnection;
  permits: PermitLine;
  /** When the connection was changed last, as the gate says. */
  stamp: string;
  troubled: boolean;
  /** Answers since the last report, oldest first. */
  unreported: Outcome[];
  session: LogIn;
  shared: SharedLogIn;
  told: 'unknown' | 'ok' | 'failing' | 'open';
  toldAt: number;
}

/** How long a single call waits for its turn, and how long a wave does, milliseconds. */
const callPatienceMs = 5_000;
const wavePatienceMs = 200;
/** A rest may end early, by a probe or a person; nobody stays away longer than this, milliseconds. */
const askAgainMs = 60_000;
const takenAgainMs = 1_000;
/** A rest up to this long is waited for where the bell is, without a word in the messages; a longer one is told in each. A person's pause says 3,000. */
const momentMs = 2_000;
const unreportedMax = 20;

/** The connection is not called now: its circuit is open, it asked for a pause, a person paused it, or others have all its calls. Costs no attempt. */
export class ConnectionResting extends Error {
  constructor(
    readonly connection: string,
    readonly retryAfterMs: number,
    readonly why: string,
  ) {
    super(`${connection} is not called now: ${why}`);
  }
}

/** Every call to an outside system goes through here: within the budget that all flows and processes share, and with its login kept. */
@Injectable()
export class ConnectionCalls implements OnModuleDestroy {
  private readonly lines = new Map<string, Line>();
  private readonly opening = new Map<string, Promise<Line>>();

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(ConnectionStore) private readonly connections: ConnectionStore,
    @Inject(GateStore) private readonly gate: GateStore,
    @Inject(EgressClient) private readonly egress: EgressClient,
    @Inject(Folders) private readonly folders: Folders,
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(LoginStore) private readonly logins: LoginStore,
  ) {}

  /** Nothing is called any more by this process; what it had goes to the others. */
  async leave(): Promise<void> {
    this.onModuleDestroy();
    await this.gate.leave();
  }

  onModuleDestroy(): void {
    for (const line of this.lines.values()) line.permits.close();
  }

  /** How many calls it takes at once, whether it rests and why (where that is worth telling), and whether others had all its calls lately. */
  async room(name: string): Promise<{ concurrency: number; restMs: number; why: string | undefined; tight: boolean }> {
    const line = await this.line(name);
    const { record, connector } = line.connection;
    const { concurrency } = limitsInForce(connector.limits, record.limits);
    const { restMs, why } = await this.gate.rest(name, connector.limits);
    line.permits.heard(restMs, why);
    return { concurrency, restMs, why: restMs > momentMs ? why : undefined, tight: line.permits.tight };
  }

  /**
   * Milliseconds after which it is worth bringing work to this connection, for whoever has not begun: while it rests for a moment, and while others
   * have all its calls. 0: come now. Asks the database only where somebody went away without a call lately.
   */
  async awayMs(name: string, terms: CallTerms = {}): Promise<number> {
    const { permits: line } = await this.line(name);
    const known = line.restingMs();
    if (known > 0) return known <= momentMs ? known : 0;
    if (!line.tight) return 0;
    const { permits, restMs } = await this.take(name, 1, terms);
    for (const permit of permits) permit.giveBack();
    if (permits.length > 0 || restMs > momentMs) return 0;
    return Math.max(restMs, takenAgainMs);
  }

  /**
   * Permits for a wave: at most `wanted`, at least one if there is one soon. None while the connection rests, and none while others have
   * all its calls. What is not used is given back.
   */
  async take(name: string, wanted: number, terms: CallTerms = {}, patienceMs = wavePatienceMs): Promise<Taken> {
    const line = await this.line(name);
    const { count, restMs, why, probe } = await line.permits.take(wanted, terms.priority ?? 'normal', patienceMs);
    return { permits: Array.from({ length: count }, () => permitOf(name, line.permits, probe)), restMs, why };
  }

  /** One call. Throws `ConnectionResting` when it was not made because of the connection; a call under a permit is always made. */
  async call<T>(
    name: string,
    work: (context: ConnectorContext, connection: OpenConnection) => Promise<T>,
    options: CallOptions = {},
  ): Promise<T> {
    const permit = (options.permit ?? (await this.takeOne(name, options))) as OpenPermit;
    const requests = { made: 0 };
    try {
      return await this.callUnder(permit, requests, work, options);
    } finally {
      permit.end(requests.made);
    }
  }

  /**
   * For a connection that stays open while a stream is followed: it takes no permit, because it would keep it for ever, and what it reads is
   * bounded by whoever reads. The circuit is not asked and not told; the reader has its own rests.
   */
  async stay(name: string, signal: AbortSignal): Promise<{ context: ConnectorContext; connection: OpenConnection }> {
    const connection = await this.connections.open(name);
    return {
      connection,
      context: {
        settings: connection.settings,
        http: this.egress.bind({ signal }),
        dial: this.egress.dialFor({ signal }),
        folder: this.folders.openerFor({ signal }),
        now: () => new Date(),
        signal,
        session: sessionOf(await this.line(name)),
      },
    };
  }

  /** What a stream that is followed showed: the console's word for the connection. Without an error it is well. */
  async heard(name: string, error?: Error): Promise<void> {
    const told = error && (withoutSecrets(error, (text) => knownSecrets.hide(text)) as Error);
    await this.tell(name, await this.line(name), { state: told ? 'failing' : 'ok', detail: told?.message ?? null, failures: told ? 1 : 0 });
  }

  private async takeOne(name: string, options: CallOptions): Promise<Permit> {
    const { permits, restMs, why } = await this.take(name, 1, options, callPatienceMs);
    if (!permits[0]) throw new ConnectionResting(name, restMs > 0 ? Math.min(restMs, askAgainMs) : takenAgainMs, why);
    return permits[0];
  }

  private async callUnder<T>(
    permit: Permit,
    requests: { made: number },
    work: (context: ConnectorContext, connection: OpenConnection) => Promise<T>,
    { signal = new AbortController().signal, isOver, exchanges }: CallOptions,
  ): Promise<T> {
    const name = permit.connection;
    const line = await this.line(name);
    const { connection } = line;
    let pauseMs: number | undefined;
    const http = this.egress.bind({ signal, ...(isOver ? { isOver } : {}), ...(exchanges ? { exchanges } : {}) });
    const context: ConnectorContext = {
      settings: connection.settings,
      http: watched(http, (response) => {
        requests.made += 1;
        const asked = response && connection.connector.limits.pauseMs?.(response);
        if (asked !== undefined) pauseMs = Math.max(asked, pauseMs ?? 0);
      }),
      dial: this.egress.dialFor({ signal, isOver }),
      folder: this.folders.openerFor({ signal, isOver }),
      now: () => new Date(),
      signal,
      session: sessionOf(line),
    };
    try {
      const result = await work(context, connection);
      await this.note(line, { outcome: 'answered', probe: permit.probe, pauseMs });
      return result;
    } catch (error) {
      if (isThrottled(error)) pauseMs = Math.max(error.facts.retryAfterMs ?? 1_000, pauseMs ?? 0);
      const told = withoutSecrets(error, (text) => knownSecrets.hide(text));
      await this.note(line, { outcome: outcomeOf(error), probe: permit.probe, pauseMs, error: told as Error });
      throw told;
    }
  }

  /** What a call showed. When it cannot be written, the call's end stays what it is. */
  private async note(
    line: Line,
    seen: { outcome: Outcome | undefined; probe: boolean; pauseMs: number | undefined; error?: Error },
  ): Promise<void> {
    const { name } = line.connection.record;
    try {
      if (seen.pauseMs !== undefined) {
        await this.gate.pause(name, seen.pauseMs, 'it asked to slow down');
        line.permits.forget();
      }
      await this.ended(name, line, seen);
    } catch (error) {
      this.log.warn({ event: 'gate-not-told', connection: name, error: (error as Error).message });
    }
  }

  /** An answer is kept until something fails somewhere; so calls that go well cost no statement. */
  private async ended(
    name: string,
    line: Line,
    { outcome, probe, error }: { outcome: Outcome | undefined; probe: boolean; error?: Error },
  ): Promise<void> {
    if (outcome !== undefined) line.unreported = [...line.unreported, outcome].slice(-unreportedMax);
    let circuit: Circuit | undefined;
    if (outcome !== undefined && (outcome === 'failed' || probe || line.troubled)) {
      const outcomes = line.unreported.splice(0);
      circuit = await this.gate.report(name, probe ? [outcome] : outcomes, probe);
      line.troubled = circuit.openUntil !== undefined || circuit.recent.includes('x');
      line.permits.forget();
    }
    if (outcome === 'failed') {
      const state = circuit?.openUntil === undefined ? 'failing' : 'open';
      return this.tell(name, line, { state, detail: error?.message ?? null, failures: trailing(circuit?.recent ?? '') });
    }
    if (isConnectorFailure(error) && ['unauthorized', 'misconfigured'].includes(error.facts.recovery))
      return this.tell(name, line, { state: 'failing', detail: error.message, failures: 0 });
    if (error === undefined) await this.tell(name, line, { state: 'ok', detail: null, failures: 0 });
  }

  /** The connection as it was when the gate was last asked; read once, however many calls begin meanwhile. */
  private line(name: string): Promise<Line> {
    const known = this.lines.get(name);
    if (known && known.stamp === known.connection.record.updatedAt) return Promise.resolve(known);
    const opening = this.opening.get(name) ?? this.open(name, known).finally(() => this.opening.delete(name));
    this.opening.set(name, opening);
    return opening;
  }

  private async open(name: string, known: Line | undefined): Promise<Line> {
    const connection = await this.connections.open(name);
    if (known) {
      known.connection = connection;
      known.session.forget(); // it may be of another account now
      known.shared.forget();
      known.stamp = connection.record.updatedAt;
      return known;
    }
    const line: Line = {
      connection,
      permits: new PermitLine(
        async (ask) => {
          const answer = await this.gate.exchange(name, line.connection.connector.limits, ask);
          if (!answer) throw new Problem('NOT_FOUND', `There is no connection ${name}.`);
          line.stamp = answer.stamp;
          line.troubled = answer.troubled;
          return answer;
        },
        this.gate.leaseMs,
        (error) => this.log.warn({ event: 'gate-not-asked', connection: name, error: (error as Error).message }),
      ),
      stamp: connection.record.updatedAt,
      troubled: false,
      unreported: [],
      session: new LogIn(),
      shared: new SharedLogIn(
        (ask, renew) => this.logins.current(name, ask, renew),
        () => new Date(),
      ),
      told: 'unknown',
      toldAt: 0,
    };
    this.lines.set(name, line);
    return line;
  }

  /** What the console shows: written when it changes, and a good answer at most every ten seconds. */
  private async tell(name: string, line: Line, told: { state: Line['told']; detail: string | null; failures: number }): Promise<void> {
    const now = performance.now();
    if (line.told === told.state && now - line.toldAt < 10_000) return;
    line.told = told.state;
    line.toldAt = now;
    await this.db.query(
      `insert into connection_health (connection, state, since, detail, last_success_at, failures) values ($1, $2, now(), $3, case when $2 = 'ok' then now() end, $4)
       on conflict (connection) do update set since = case when connection_health.state = excluded.state then connection_health.since else now() end, state = excluded.state, detail = excluded.detail,
         failures = excluded.failures, last_success_at = coalesce(excluded.last_success_at, connection_health.last_success_at)`,
      [name, told.state, told.detail?.slice(0, 500) ?? null, told.failures],
    );
  }
}

/** Both kinds of login as one call sees them. */
function sessionOf(line: Line): ConnectorContext['session'] {
  const [own, shared] = [line.session.forCall(), line.shared.forCall()];
  return {
    get: own.get,
    shared: shared.shared,
    drop: () => {
      own.drop();
      shared.drop();
    },
  };
}

interface OpenPermit extends Permit {
  /** The call ended, after so many requests. Later ends change nothing. */
  end(requests: number): void;
}

function permitOf(connection: string, line: PermitLine, probe: boolean): OpenPermit {
  let open = true;
  const end = (requests: number) => {
    if (open) line.give(1, requests);
    open = false;
  };
  return { connection, probe, end, giveBack: () => end(0) };
}

/** Failures of the system itself, not of the document, count against it; what never reached it says nothing. */
function outcomeOf(error: unknown): Outcome | undefined {
  if (isTransportFailure(error)) return error.code === 'aborted' || error.code === 'blocked' ? undefined : 'failed';
  // A definite answer, even a refusal, shows that the system is there.
  if (isConnectorFailure(error)) return error.facts.recovery === 'retryable' || error.facts.recovery === 'in-doubt' ? 'failed' : 'answered';
  return undefined;
}

const isThrottled = (error: unknown): error is ConnectorFailure => isConnectorFailure(error) && error.facts.recovery === 'throttled';

/** Lets every request that left be seen, with its answer if one came. */
function watched(http: HttpClient, see: (response?: { status: number; headers: Record<string, string> }) => void): HttpClient {
  return {
    async request(request) {
      try {
        const response = await http.request(request);
        see(response);
        return response;
      } catch (error) {
        if (!isTransportFailure(error) || error.sent) see();
        throw error;
      }
    },
  };
}

export const isResting = (error: unknown): error is ConnectionResting => error instanceof ConnectionResting;
