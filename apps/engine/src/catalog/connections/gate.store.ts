import { Inject, Injectable } from '@nestjs/common';
import type { Limits } from '@waybill/sdk';
import { randomUUID } from 'node:crypto';
import type { Settings } from '../../config/index.js';
import { Database, type Sql } from '../../platform/database/index.js';
import { SETTINGS } from '../../platform/tokens.js';
import { afterCalls, type Circuit, type Outcome } from './breaker.js';

/** What a process tells when it asks for calls: its own, as it knows them. */
export interface Ask {
  /** Calls under way. */
  running: number;
  /** Requests that ended calls made beyond the one that each had paid for; negative when they made fewer. */
  requestsOver: number;
  /** Calls wanted more: high, normal, low. */
  wanted: readonly [number, number, number];
}

export interface Answer {
  granted: readonly [number, number, number];
  /** Above zero: nobody calls it for so long, and `why` says why. */
  restMs: number;
  why: string;
  /** When its rate allows the next call. */
  againMs: number;
  /** Calls failed lately: answers are reported too. */
  troubled: boolean;
  /** The call that was granted finds out whether the system is back. */
  probe: boolean;
  /** When the connection was changed last. */
  stamp: string;
}

/** What all processes agree on before they call a connection, by the database's clock: how many calls, the pause that it asked for, the circuit. */
@Injectable()
export class GateStore {
  private readonly process = randomUUID();
  readonly leaseMs: number;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(SETTINGS) settings: Pick<Settings, 'leaseSeconds'>,
  ) {
    this.leaseMs = settings.leaseSeconds * 1_000;
  }

  /** One statement, however many calls. Undefined when the connection is gone. */
  async exchange(connection: string, usual: Limits, ask: Ask): Promise<Answer | undefined> {
    const [row] = await this.db.query<{
      granted: [number, number, number];
      rest_ms: number;
      why: string | null;
      again_ms: number;
      troubled: boolean;
      probe: boolean;
      stamp: Date;
    }>('select * from connection_exchange($1,$2,$3,$4,$5,$6,$7,$8,$9)', [
      connection,
      this.process,
      this.leaseMs,
      usual.concurrency,
      usual.perSecond ?? null,
      usual.perDay ?? null,
      ask.running,
      ask.requestsOver,
      ask.wanted,
    ]);
    if (!row) return undefined;
    const { granted, troubled, probe } = row;
    return { granted, restMs: row.rest_ms, why: row.why ?? '', againMs: row.again_ms, troubled, probe, stamp: row.stamp.toISOString() };
  }

  /** This process is going: its calls are free for others at once, not when its lease ends. */
  async leave(): Promise<void> {
    await this.db.query(
      `with gone as (delete from connection_share where process = $1)
       update connection_gate set probe_process = null, probe_until = null where probe_process = $1`,
      [this.process],
    );
  }

  /** Whether it is called at all now; changes nothing. */
  async rest(connection: string, usual: Limits): Promise<{ restMs: number; why: string }> {
    const [row] = await this.db.query<{ rest_ms: number; why: string }>('select rest_ms, why from connection_rest($1,$2)', [
      connection,
      usual.perDay ?? null,
    ]);
    return { restMs: row?.rest_ms ?? 0, why: row?.why ?? '' };
  }

  /** A pause that the system asked for, for all processes; never shortens one. */
  async pause(connection: string, ms: number, why: string): Promise<void> {
    await this.db.query(
      `update connection_gate set paused_until = greatest(paused_until, clock_timestamp() + $2 * interval '1 millisecond'), paused_why = $3 where connection = $1`,
      [connection, Math.ceil(ms), why],
    );
  }

  /** Ends a pause of the system and an open circuit: the next call finds out whether it is back. False when the connection did not rest. */
  async endRest(tx: Sql, connection: string): Promise<boolean> {
    const rows = await tx.query(
      `update connection_gate set paused_until = null, open_until = case when open_until > clock_timestamp() then clock_timestamp() else open_until end
       where connection = $1 and (paused_until > clock_timestamp() or open_until > clock_timestamp()) returning connection`,
      [connection],
    );
    return rows.length > 0;
  }

  /** What calls ended in, and the circuit after them. */
  async report(connection: string, outcomes: readonly Outcome[], probe: boolean): Promise<Circuit> {
    return this.db.transaction(async (tx) => {
      const [row] = await tx.query<{ recent: string; openings: number; open_ms: number | null; now_ms: number; held: boolean }>(
        `select recent, openings, extract(epoch from open_until)::float8 * 1000 as open_ms, extract(epoch from clock_timestamp())::float8 * 1000 as now_ms, coalesce(probe_process = $2, false) as held
         from connection_gate where connection = $1 for update`,
        [connection, this.process],
      );
      if (!row) throw new Error(`the gate of ${connection} is gone`);
      const circuit = { recent: row.recent, openings: row.openings, openUntil: row.open_ms ?? undefined };
      const after = afterCalls(circuit, outcomes, { probe: probe && row.held, nowMs: row.now_ms });
      if (after !== circuit)
        await tx.query(
          `update connection_gate set recent = $2, openings = $3, open_until = to_timestamp($4::float8 / 1000), probe_process = case when $5 then null else probe_process end, probe_until = case when $5 then null else probe_until end where connection = $1`,
          [connection, after.recent, after.openings, after.openUntil ?? null, probe && row.held],
        );
      return after;
    });
  }
}
