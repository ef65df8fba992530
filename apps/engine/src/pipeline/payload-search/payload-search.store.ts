import { Inject, Injectable } from '@nestjs/common';
import { Database, type Scope, type Sql } from '../../platform/database/index.js';
import { decodeCursor, encodeCursor } from '../../platform/http/index.js';
import { conditionsOf, type MessageFilter } from '../message-filter.js';
import { MessageQueryStore } from '../messages.query.store.js';
import { UnpostedStore } from '../unposted.store.js';
import { stages, type Stage } from '../vocabulary.js';
import { batchMessages, candidatesMax, foundMax, statementMs, stepMessages, stepMs } from './limits.js';
import { spanOf, type Piece, type Span } from './payload-search.js';

export interface Wanted extends MessageFilter {
  stage?: Stage | undefined;
  cursor?: string | undefined;
}

/** What a step may do; a test gives less. */
export interface StepLimits {
  candidates: number;
  messages: number;
  found: number;
  batch: number;
}
const usual: StepLimits = { candidates: candidatesMax, messages: stepMessages, found: foundMax, batch: batchMessages };

/** Where a search stands. It begins before the newest message of its time. */
interface Stand extends Span {
  of: number;
  looked: number;
  at: string;
  id: string;
}

interface Candidates {
  where: string;
  values: readonly unknown[];
}

interface Looked {
  id: string;
  at: string;
  holds: boolean;
  /** One of its payloads is no `jsonb`. */
  unreadable: boolean;
}

/**
 * Looks through recorded payloads in steps, newest first, within what the caller sees. Payloads are text, to the last digit, and no index holds what is in them: they are
 * read one after the other, so everything about a search is bounded. What was erased is no payload any more.
 */
@Injectable()
export class PayloadSearch {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(MessageQueryStore) private readonly messages: MessageQueryStore,
    @Inject(UnpostedStore) private readonly unposted: UnpostedStore,
  ) {}

  async step(piece: Piece, { stage, cursor, ...filter }: Wanted, scope: Scope, limits = usual) {
    const until = performance.now() + stepMs;
    const before = standOf(cursor);
    const span = spanOf(before ?? filter, Date.now());
    const { where, values } = conditionsOf({ ...filter, ...span }, scope, filter.unposted ? await this.unposted.flows() : undefined);
    const candidates = { where: `${where} and m.erasure is null`, values };
    let stand = before ?? { ...span, at: span.to, id: '', looked: 0, of: await this.count(candidates, scope, limits.candidates) };
    const last = Math.min(stand.looked + limits.messages, limits.candidates);
    const found: string[] = [];
    let [unreadable, ended] = [0, false];
    while (!ended && stand.looked < last && found.length < limits.found && performance.now() < until) {
      const most = Math.min(limits.batch, last - stand.looked);
      const rows = await this.batch({ ...candidates, piece, stage, stand, most }, scope);
      ended = rows.length < most;
      for (const { id, at, holds, unreadable: odd } of rows) {
        stand = { ...stand, at, id, looked: stand.looked + 1 };
        if (odd) unreadable += 1;
        if (holds && found.push(id) === limits.found) break;
      }
    }
    const over = (ended && found.length < limits.found) || stand.looked >= limits.candidates;
    return {
      items: await this.messages.some(found, scope),
      next: over ? null : encodeCursor([stand.from, stand.to, stand.at, stand.id, String(stand.looked), String(stand.of)]),
      looked: stand.looked,
      of: Math.min(stand.of, limits.candidates),
      ofMore: stand.of > limits.candidates,
      unreadable,
      from: stand.from,
      to: stand.to,
    };
  }

  private async count({ where, values }: Candidates, scope: Scope, most: number): Promise<number> {
    const rows = await this.bounded(scope, (sql) =>
      sql.query<{ n: number }>(`select count(*)::int as n from (select 1 from message m where ${where} limit $${values.length + 1}) c`, [...values, most + 1]),
    ); // prettier-ignore
    return rows[0]!.n;
  }

  private batch({ where, values, piece, stage, stand, most }: Candidates & { piece: Piece; stage: Stage | undefined; stand: Stand; most: number }, scope: Scope): Promise<Looked[]> {
    const n = values.length;
    return this.bounded(scope, (sql) =>
      sql.query<Looked>(
        `select c.id, to_char(c.received_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, coalesce(b.holds, false) as holds, coalesce(b.unreadable, false) as unreadable
         from (select m.id, m.received_at from message m where ${where} and (m.received_at, m.id) < ($${n + 1}::timestamptz, $${n + 2}::text) order by m.received_at desc, m.id desc limit $${n + 3}) c
         cross join lateral (select bool_or(holds) as holds, bool_or(holds is null) as unreadable from (
           select payload_holds(newest.body, $${n + 4}::jsonb) as holds from (
             select distinct on (p.stage) p.body from message_body p where p.message_id = c.id and p.stage = any($${n + 5}) order by p.stage, p.seq desc) newest) h) b
         order by c.received_at desc, c.id desc`,
        [...values, stand.at, stand.id, most, piece.text, stage === undefined ? stages : [stage]],
      ),
    );
  } // prettier-ignore

  /** One statement that may not take long. */
  private bounded<T>(scope: Scope, ask: (sql: Sql) => Promise<T>): Promise<T> {
    return this.db.seenBy(scope).transaction(async (tx) => {
      await tx.query("select set_config('statement_timeout', $1, true)", [String(statementMs)]);
      return ask(tx);
    });
  }
}

function standOf(cursor: string | undefined): Stand | undefined {
  const parts = decodeCursor(cursor, ['instant', 'instant', 'instant', 'text', 'count', 'count']);
  if (parts === undefined) return undefined;
  const [from, to, at, id, looked, of] = parts as [string, string, string, string, string, string];
  return { from, to, at, id, looked: Number(looked), of: Number(of) };
}
