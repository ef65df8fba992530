import { exceptionCategories } from '@waybill/sdk';
import { amountsAskedFor, isAged, namedAmong, namedBy, noCurrency, type Named } from '../pipeline/index.js';
import { withinOne, type Scope } from '../platform/database/index.js';
import { Problem } from '../platform/problems/index.js';
import { dueState, dueStates } from './clock.js';
import { exceptionStates, isToDo, statesAskedFor, toDoStates, type ExceptionState } from './life.js';

/**
 * Which exceptions: the same words for the list, for an export and for a selection. State, category, flow, legal entity, owner, clock and currency may be what it is not:
 * `-a`, `-a,-b`.
 */
export interface ExceptionFilter {
  /** `to-do`: open or in progress, unless states are asked for or left out. */
  state?: string | undefined;
  category?: string | undefined;
  flow?: string | undefined;
  legalEntity?: string | undefined;
  causeKey?: string | undefined;
  message?: string | undefined;
  /** A user's id, `me`, or `nobody`. */
  owner?: string | undefined;
  /** Those that are put off: left out unless asked for. */
  snoozed?: 'no' | 'only' | 'also' | undefined;
  due?: string | undefined;
  /** Since it opened: a bucket of days, or `>24h`, `<15m`, `1d..7d`. */
  age?: string | undefined;
  /** Of the money it holds; `none`: it holds none. */
  currency?: string | undefined;
  /** Of the money it holds, in whatever currency: `>1000`, `<=250.50`, `1000..5000`. */
  amount?: string | undefined;
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
export function conditionOf(filter: ExceptionFilter, caller: { id: string; kind: string; scope: Scope }): Condition {
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
  const states = statesOf(filter.state);
  const ofStates = states && (states.length === 0 ? 'false' : `e.state in (${states.map((state) => `'${state}'`).join(', ')})`);
  if (ofStates) parts.push(ofStates);
  let found = states?.includes('resolved') ? undefined : ofStates;
  // Who asks for one message sees its exceptions, put off or not.
  const snoozed = filter.snoozed ?? (filter.message === undefined ? 'no' : 'also');
  if (snoozed === 'no') parts.push('(e.snoozed_until is null or e.snoozed_until <= now())');
  if (snoozed === 'only') parts.push('e.snoozed_until > now()');
  /** What has no value is none of those that are left out. */
  const putNamed = (column: string, { is, not }: Named) => {
    put(is[0], (n) => `${column} = ${n}`);
    put(not.length > 0 ? not : undefined, (n) => `(${column} = any(${n}::text[])) is not true`);
  };
  putNamed('e.category', namedAmong('category', filter.category, exceptionCategories));
  putNamed('e.flow', namedBy('flow', filter.flow));
  putNamed('e.held_entity', namedBy('legalEntity', filter.legalEntity));
  put(filter.causeKey, (n) => `e.cause_key = ${n}`);
  if (filter.causeKey !== undefined && found !== undefined) found = `${found} and ${parts.at(-1)!}`;
  put(filter.message, (n) => `e.message_id = ${n}`);
  if (filter.message !== undefined) found = parts.at(-1)!;
  const owners = namedBy('owner', filter.owner);
  const idOf = (owner: string) => ownerOf(owner, caller);
  if (owners.is[0] === nobody) parts.push('e.assignee_id is null');
  else putNamed('e.assignee_id', { is: owners.is.map(idOf), not: owners.not.filter((owner) => owner !== nobody).map(idOf) });
  if (owners.not.includes(nobody)) parts.push('e.assignee_id is not null');
  if (filter.age !== undefined) parts.push(isAged('e.opened_at', filter.age));
  const currencies = namedBy('currency', filter.currency);
  if (currencies.is[0] === noCurrency) parts.push('e.held_currency is null');
  else putNamed('e.held_currency', { is: currencies.is, not: currencies.not.filter((currency) => currency !== noCurrency) });
  if (currencies.not.includes(noCurrency)) parts.push('e.held_currency is not null');
  for (const { sign, value } of filter.amount === undefined ? [] : amountsAskedFor(filter.amount))
    put(value, (n) => `e.held_amount ${sign} ${n}::numeric`);
  putNamed(dueState('now()'), namedAmong('due', filter.due, dueStates));
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

/** Undefined: all of them. Those that are left out are left out of all, not of what is to do. */
function statesOf(text: string | undefined): readonly ExceptionState[] | undefined {
  const { is, not } = namedAmong('state', text, statesAskedFor);
  if (is[0] === 'all') return undefined;
  const out = not.flatMap(statesIn);
  if (not.length > 0) return exceptionStates.filter((state) => !out.includes(state));
  return statesIn(is[0] ?? 'to-do');
}

/** Among them are some that have ended. */
export const asksForEnded = (state: string | undefined): boolean => statesOf(state)?.includes('resolved') ?? true;

function statesIn(asked: (typeof statesAskedFor)[number]): readonly ExceptionState[] {
  if (asked === 'all') return exceptionStates;
  return asked === 'to-do' ? toDoStates : [asked];
}

function ownerOf(owner: string, caller: { id: string; kind: string }): string {
  if (owner !== 'me') return owner;
  if (caller.kind === 'user') return caller.id;
  throw new Problem('REQUEST_INVALID', 'A key owns no exceptions, so `owner=me` means nobody here.', {
    path: '/owner',
    remedy: 'Give the id of a user, or `nobody`.',
  });
}
