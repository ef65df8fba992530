import { Inject, Injectable } from '@nestjs/common';
import { hashFields } from '@waybill/sdk';
import { AuditStore } from '../governance/index.js';
import { sumsOf, type Sum } from '../pipeline/index.js';
import { Database, within, type Row, type Tx } from '../platform/database/index.js';
import type { Actor, Caller } from '../platform/http/index.js';
import { newId } from '../platform/ids/index.js';
import { isProblem, Problem } from '../platform/problems/index.js';
import { conditionOf, type Condition, type ExceptionFilter } from './filter.js';
import { isToDo, type ExceptionState } from './life.js';

export const selectionMax = 10_000;
/** A selection may be used so long after it was made. */
export const selectionMinutes = 30;
/** One that was never used is forgotten so long after its end; one that was used is kept. */
const forgottenAfterDays = 7;

/** Why something that matches is not in a selection. */
const reasons: Record<Exclude<ExceptionState, 'open' | 'in-progress'>, string> = {
  replaying: 'is being replayed',
  resolved: 'has already ended',
};

/** What a caller may use once: exactly these exceptions, whatever matches the filter by then. */
export interface Frozen {
  exceptions: string[];
  messages: string[];
  /** Messages whose exception is not to do any more: somebody ended it, or sent it again. */
  gone: ReadonlyMap<string, ExceptionState>;
  hash: string;
}

/** "All 3,412 that match", frozen where it is counted: what was shown is what is acted on. */
@Injectable()
export class SelectionStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
  ) {}

  async freeze(filter: ExceptionFilter, caller: Caller, actor: Actor) {
    const { where, values } = this.conditionOf(filter, caller);
    const id = newId('sel');
    return this.db.seenBy(caller.scope).transaction(async (tx) => {
      await tx.query(
        `delete from selection where used_at is null and expires_at < now() - interval '${forgottenAfterDays} days' and created_by_id = $1`,
        [caller.id],
      );
      const rows = await tx.query<Row>(
        `select e.id, e.message_id, e.state, e.cause_key, m.amount::text as amount_text, m.currency from exception e join message m on m.id = e.message_id where ${where} order by e.id limit ${selectionMax + 1}`,
        values,
      );
      if (rows.length > selectionMax)
        throw new Problem('SELECTION_TOO_LARGE', `More than ${selectionMax} exceptions match.`, { path: '/filter' });
      const taken = rows.filter((row) => isToDo(row['state'] as ExceptionState));
      const excluded = excludedOf(rows, filter.exceptions);
      if (taken.length === 0)
        throw new Problem('SELECTION_EMPTY', excluded.length === 0 ? 'Nothing matches.' : `All that match are left out: ${excluded.map(({ count, reason }) => `${count} ${reason}`).join(', ')}.`); // prettier-ignore
      const hash = hashOf(taken);
      await tx.query(
        `insert into selection (id, filter, records, amounts, excluded, hash, created_by, created_by_id, expires_at) values ($1,$2,$3,$4,$5,$6,$7,$8, now() + interval '${selectionMinutes} minutes')`,
        [id, JSON.stringify(filter), taken.length, JSON.stringify(sumsOf(taken)), JSON.stringify(excluded), hash, caller.name, caller.id],
      );
      await tx.query(
        'insert into selection_member (selection_id, exception_id, message_id) select $1, exception, message from unnest($2::text[], $3::text[]) as g(exception, message)',
        [id, taken.map((row) => row['id']), taken.map((row) => row['message_id'])],
      );
      await this.audit.record(tx, actor, {
        action: 'selection.made',
        object: { kind: 'selection', id },
        summary: `${actor.name} chose ${taken.length} exception${taken.length === 1 ? '' : 's'}`,
        after: { count: taken.length, hash: hash.toString('hex'), chosenBy: Object.keys(filter).sort() },
      });
      return this.read(tx, id, caller);
    });
  }

  /** The filter stands within the body, so what is wrong with it does too. */
  private conditionOf(filter: ExceptionFilter, caller: Caller): Condition {
    try {
      return conditionOf(filter, caller);
    } catch (error) {
      if (!isProblem(error) || error.more.path === undefined) throw error;
      throw new Problem(error.code, error.message, { ...error.more, path: `/filter${error.more.path}` });
    }
  }

  find(id: string, caller: Caller) {
    return this.db.seenBy(caller.scope).transaction((tx) => this.read(tx, id, caller));
  }

  /** What is in it, without using it up: for a preview. */
  async peek(tx: Tx, id: string, caller: Caller): Promise<Frozen> {
    const selection = await this.read(tx, id, caller);
    refuseUsed(selection);
    return this.members(tx, id, selection.hash, caller);
  }

  /** Uses it up, in the transaction of what is done with it. */
  async use(tx: Tx, id: string, caller: Caller, what: string): Promise<Frozen> {
    const selection = await this.read(tx, id, caller, 'for update of s');
    refuseUsed(selection);
    await tx.query('update selection set used_at = now(), used_for = $2 where id = $1', [id, what]);
    return this.members(tx, id, selection.hash, caller);
  }

  private async members(tx: Tx, id: string, hash: string, caller: Caller): Promise<Frozen> {
    const seen = within(caller.scope, 'm.legal_entities', 2);
    const rows = await tx.query<Row>(
      `select s.exception_id, s.message_id, e.state from selection_member s join message m on m.id = s.message_id join exception e on e.id = s.exception_id where s.selection_id = $1 and ${seen.where} order by s.exception_id`,
      [id, ...seen.values],
    );
    const gone = rows.filter((row) => !isToDo(row['state'] as ExceptionState));
    return {
      exceptions: rows.map((row) => row['exception_id'] as string),
      messages: rows.map((row) => row['message_id'] as string),
      gone: new Map(gone.map((row) => [row['message_id'] as string, row['state'] as ExceptionState])),
      hash,
    };
  }

  /** Of whoever made it alone. */
  private async read(tx: Tx, id: string, caller: Caller, lock = '') {
    const [row] = await tx.query<Row>(
      `select s.*, encode(s.hash, 'hex') as hash_text, s.expires_at < now() as expired from selection s where s.id = $1 and s.created_by_id = $2 ${lock}`,
      [id, caller.id],
    );
    if (!row) throw new Problem('NOT_FOUND', `There is no selection ${id}.`);
    return {
      id,
      count: row['records'] as number,
      amounts: row['amounts'] as Sum[],
      excluded: row['excluded'] as { reason: string; count: number }[],
      hash: row['hash_text'] as string,
      createdAt: (row['created_at'] as Date).toISOString(),
      expiresAt: (row['expires_at'] as Date).toISOString(),
      expired: row['expired'] as boolean,
      usedAt: (row['used_at'] as Date | null)?.toISOString() ?? null,
      usedFor: row['used_for'] as string | null,
    };
  }
}

function refuseUsed({
  id,
  usedAt,
  usedFor,
  expired,
  expiresAt,
}: {
  id: string;
  usedAt: string | null;
  usedFor: string | null;
  expired: boolean;
  expiresAt: string;
}) {
  if (usedAt !== null) throw new Problem('SELECTION_USED', `The selection ${id} was used at ${usedAt} for ${usedFor}.`);
  if (expired) throw new Problem('SELECTION_EXPIRED', `The selection ${id} could be used until ${expiresAt}.`);
}

function excludedOf(rows: readonly Row[], asked: readonly string[] | undefined): { reason: string; count: number }[] {
  const counts = new Map<string, number>();
  const add = (reason: string, count: number) => void (count > 0 && counts.set(reason, (counts.get(reason) ?? 0) + count));
  for (const [state, reason] of Object.entries(reasons)) add(reason, rows.filter((row) => row['state'] === state).length);
  if (asked) add('is not there', new Set(asked).size - rows.length);
  return [...counts].map(([reason, count]) => ({ reason, count }));
}

/** Over what a person was shown: which exceptions, of which cause, holding how much. */
const hashOf = (rows: readonly Row[]): Buffer =>
  hashFields(
    rows.flatMap((row) => ['id', 'message_id', 'cause_key', 'amount_text', 'currency'].map((name) => (row[name] as string | null) ?? '')),
  );
