import { isOfAge, noCurrency, type Age } from '../pipeline/index.js';
import { withinOne, type Scope } from '../platform/database/index.js';
import { Problem } from '../platform/problems/index.js';
import type { ClockSql, DueState } from './clock.js';
import { exceptionStates, isToDo, toDoStates, type ExceptionState } from './life.js';

/** Which exceptions: the same words for the list, for an export and for a selection. */
export interface ExceptionFilter {
  /** `to-do`: open or in progress. */
  state?: ExceptionState | 'to-do' | 'all' | undefined;
  category?: string | undefined;
  flow?: string | undefined;
  legalEntity?: string | undefined;
  causeKey?: string | undefined;
  message?: string | undefined;
  /** A user's id, `me`, or `nobody`. */
  owner?: string | undefined;
  /** Those that are put off: left out unless asked for. */
  snoozed?: 'no' | 'only' | 'also' | undefined;
  due?: DueState | undefined;
  /** Since it opened. */
  age?: Age | undefined;
  /** Of the money it holds; `none`: it holds none. */
  currency?: string | undefined;
  q?: string | undefined;
  /** Instead of any filter: these. */
  exceptions?: readonly string[] | undefined;
}

/** Instead of a user: it has no owner. */
export const nobody = 'nobody';

export interface Condition {
  where: string;
  values: unknown[];
  /** The part of it that an index finds rows by: of one cause, or of some states. Undefined: those are all, or nearly. */
  found: string | undefined;
  /** It asks for words that the message alone has; else the exception says everything by itself. */
  ofMessage: boolean;
}

const likePattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** The filter as a condition over an exception `e`, and where it is so its message `m`, within what the caller sees. */
export function conditionOf(filter: ExceptionFilter, caller: { id: string; kind: string; scope: Scope }, clock: ClockSql): Condition {
  const seen = withinOne(caller.scope, 'e.held_entity', 1);
  const parts = [seen.where];
  const values: unknown[] = [...seen.values];
  const put = (value: unknown, text: (n: string) => string) => {
    if (value === undefined) return;
    values.push(value);
    parts.push(text(`$${values.length}`));
  };
  if (filter.exceptions !== undefined) {
    put(filter.exceptions, (n) => `e.id = any(${n}::text[])`);
    return { where: parts.join(' and '), values, found: undefined, ofMessage: false };
  }
  // Words of the table of states: in the text the planner knows which partial index holds them.
  const states = statesOf(filter.state ?? 'to-do');
  const ofStates = states && `e.state in (${states.map((state) => `'${state}'`).join(', ')})`;
  if (ofStates) parts.push(ofStates);
  let found = states?.includes('resolved') ? undefined : ofStates;
  // Who asks for one message sees its exceptions, put off or not.
  const snoozed = filter.snoozed ?? (filter.message === undefined ? 'no' : 'also');
  if (snoozed === 'no') parts.push('(e.snoozed_until is null or e.snoozed_until <= now())');
  if (snoozed === 'only') parts.push('e.snoozed_until > now()');
  put(filter.category, (n) => `e.category = ${n}`);
  put(filter.flow, (n) => `e.flow = ${n}`);
  put(filter.legalEntity, (n) => `e.held_entity = ${n}`);
  put(filter.causeKey, (n) => `e.cause_key = ${n}`);
  if (filter.causeKey !== undefined && found !== undefined) found = `${found} and ${parts.at(-1)!}`;
  put(filter.message, (n) => `e.message_id = ${n}`);
  if (filter.message !== undefined) found = parts.at(-1)!;
  if (filter.owner === nobody) parts.push('e.assignee_id is null');
  else put(ownerOf(filter.owner, caller), (n) => `e.assignee_id = ${n}`);
  if (filter.age !== undefined) parts.push(isOfAge('e.opened_at', filter.age));
  if (filter.currency === noCurrency) parts.push('e.held_currency is null');
  else put(filter.currency, (n) => `e.held_currency = ${n}`);
  put(filter.due, (n) => `${clock.state('now()')} = ${n}`);
  // A message whose exception is to do is in the state `exception`, and an index holds the words of those alone.
  const stopped = states !== undefined && states.every(isToDo);
  const words = (n: string) => `m.title ilike ${n} or m.customer_folded like lower(${n}::text)`;
  put(filter.q ? likePattern(filter.q) : undefined, (n) =>
    stopped
      ? `(e.cause ilike ${n} or e.message_id in (select m.id from message m where m.state = 'exception' and (${words(n)})))`
      : `(e.cause ilike ${n} or ${words(n)})`,
  );
  return { where: parts.join(' and '), values, found: found && `${seen.where} and ${found}`, ofMessage: Boolean(filter.q) && !stopped };
}

function statesOf(state: NonNullable<ExceptionFilter['state']>): readonly ExceptionState[] | undefined {
  if (state === 'all') return undefined;
  if (state === 'to-do') return toDoStates;
  return exceptionStates.filter((known) => known === state);
}

function ownerOf(owner: string | undefined, caller: { id: string; kind: string }): string | undefined {
  if (owner !== 'me') return owner;
  if (caller.kind === 'user') return caller.id;
  throw new Problem('REQUEST_INVALID', 'A key owns no exceptions, so `owner=me` means nobody here.', {
    path: '/owner',
    remedy: 'Give the id of a user, or `nobody`.',
  });
}
