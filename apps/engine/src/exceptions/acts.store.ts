import { Inject, Injectable } from '@nestjs/common';
import { within, type Row, type Scope, type Tx } from '../platform/database/index.js';
import { AuditStore } from '../governance/index.js';
import type { Actor, Caller } from '../platform/http/index.js';
import { Problem, type ProblemCode } from '../platform/problems/index.js';
import type { ActKind, ExceptionState } from './life.js';
import { SelectionStore } from './selections.store.js';

/** Who acts: what they see, and how the audit log names them. */
export interface Who {
  caller: Caller;
  actor: Actor;
}

/** What is acted on: one exception, or what somebody froze. */
export type Target = { one: string } | { selection: string };

/** An exception that is locked for the act. */
export interface Chosen {
  id: string;
  messageId: string;
  state: ExceptionState;
  title: string | null;
  entities: string[];
}

export interface Refusal {
  exceptionId: string;
  code: ProblemCode;
  reason: string;
}

export interface Acted {
  done: number;
  refused: Refusal[];
}

/** What an act is called, for the audit log. */
export interface ActWords {
  action: string;
  /** Of the sentence "Ada … 3 exceptions", with what follows. */
  did: string;
  to?: string | undefined;
  reason?: string | undefined;
  after?: unknown;
}

/** Acts of people on exceptions: what is chosen is locked, what cannot be done is refused by record, and one entry of the audit log goes with it. */
@Injectable()
export class ActStore {
  constructor(
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(SelectionStore) private readonly selections: SelectionStore,
  ) {}

  /** One exception that refuses is a problem; one of many is a line of the answer. `work` gets what is there and may still be acted on. */
  async on(
    tx: Tx,
    target: Target,
    who: Who,
    words: ActWords,
    work: (chosen: readonly Chosen[]) => Promise<readonly Refusal[]>,
  ): Promise<Acted> {
    const frozen = 'selection' in target ? await this.selections.use(tx, target.selection, who.caller, words.action) : undefined;
    const ids = 'one' in target ? [target.one] : frozen!.exceptions;
    const chosen = await this.lock(tx, ids, who.caller.scope);
    if ('one' in target && chosen.length === 0) throw new Problem('NOT_FOUND', `There is no exception ${target.one}.`);
    const refused = await work(chosen);
    if ('one' in target && refused[0]) throw new Problem(refused[0].code, refused[0].reason);
    const done = chosen.length - refused.length;
    const what = 'one' in target ? `the exception ${target.one}` : `${done} exception${done === 1 ? '' : 's'}`;
    await this.audit.record(tx, who.actor, {
      action: words.action,
      object: 'one' in target ? { kind: 'exception', id: target.one } : { kind: 'selection', id: target.selection },
      summary: `${who.actor.name} ${words.did} ${what}${words.to === undefined ? '' : ` ${words.to}`}`,
      reason: words.reason,
      after: frozen ? { ...(words.after as object), selected: ids.length, hash: frozen.hash, done, refused: refused.length } : words.after,
    });
    return { done, refused: [...refused] };
  }

  /** What people did, a line for each exception; never changed afterwards. */
  async tell(
    tx: Tx,
    ids: readonly string[],
    act: { kind: ActKind; words?: string | undefined; assignee?: string | null; until?: string | null; run?: string },
    actor: Actor,
  ): Promise<void> {
    if (ids.length === 0) return;
    await tx.query(
      `insert into exception_act (exception_id, kind, by_name, by_id, words, assignee, until, run_id) select id, $2, $3, $4, $5, $6, $7::timestamptz, $8 from unnest($1::text[]) as id`,
      [ids, act.kind, actor.name, actor.id, act.words ?? null, act.assignee ?? null, act.until ?? null, act.run ?? null],
    );
  }

  private async lock(tx: Tx, ids: readonly string[], scope: Scope): Promise<Chosen[]> {
    const seen = within(scope, 'm.legal_entities', 2);
    const rows = await tx.query<Row>(
      `select e.id, e.message_id, e.state, m.title, m.legal_entities from exception e join message m on m.id = e.message_id where e.id = any($1::text[]) and ${seen.where} order by e.id for update of e`,
      [ids, ...seen.values],
    );
    return rows.map((row) => ({
      id: row['id'] as string,
      messageId: row['message_id'] as string,
      state: row['state'] as ExceptionState,
      title: row['title'] as string | null,
      entities: row['legal_entities'] as string[],
    }));
  }
}

/** Those in which a person is wanted, and why the others refuse. */
export function stillToDo(chosen: readonly Chosen[]): { able: Chosen[]; refused: Refusal[] } {
  const able = chosen.filter(({ state }) => state === 'open' || state === 'in-progress');
  const refused = chosen.filter(({ state }) => state === 'replaying' || state === 'resolved').map(({ id, state }) => refusalOf(id, state));
  return { able, refused };
}

const refusalOf = (exceptionId: string, state: ExceptionState): Refusal =>
  state === 'replaying'
    ? { exceptionId, code: 'EXCEPTION_REPLAYING', reason: `The exception ${exceptionId} is being replayed.` }
    : { exceptionId, code: 'EXCEPTION_CLOSED', reason: `The exception ${exceptionId} has already ended.` };
