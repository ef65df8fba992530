import { real, within, type Scope } from '../platform/database/index.js';
import { isId } from '../platform/ids/index.js';
import { noCurrency } from './ageing.js';
import { amountsAskedFor, isAged, namedAmong, namedBy, releasesBy, type Named } from './filter-words.js';
import { liveStates, messageStates, type MessageState } from './vocabulary.js';

/**
 * Which messages: the same words for the list, its facets and a search of payloads. Flow, state, legal entity, currency and release may be what it is not: `-a`, `-a,-b`;
 * what has no value is not any.
 */
export interface MessageFilter {
  flow?: string | undefined;
  state?: string | undefined;
  /** Flow and version: `erp-us-invoices@3`. */
  release?: string | undefined;
  key?: string | undefined;
  q?: string | undefined;
  run?: string | undefined;
  correlation?: string | undefined;
  legalEntity?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** A bucket of days, or `>24h`, `<15m`, `1d..7d`, since it was received. */
  age?: string | undefined;
  currency?: string | undefined;
  /** `>1000`, `<=250.50`, `1000..5000`: the number alone, in the currency of each. */
  amount?: string | undefined;
  /** `no`, the default: without parts of synthetic transactions; `yes`: they alone. Who names a run of them means it. */
  synthetic?: 'yes' | 'no' | undefined;
  /** On its way into books: see `UnpostedStore`. */
  postedSince?: string | undefined;
  unposted?: boolean | undefined;
}

export interface MessageConditions {
  where: string;
  values: unknown[];
  /**
   * The part of it that one index finds rows by, within the times that are asked for. Rows that it finds can be counted off without walking past others,
   * which of the whole condition nobody can say.
   */
  found: { where: string; newestFirst: boolean };
}

/** As SQL over a message `m`: it has not ended. */
export const hasNotEnded = `m.state in (${liveStates.map((state) => `'${state}'`).join(', ')})`;

/** As `message.amount_whole` is made of an amount: an index has it, which it cannot have of the amount itself (migration 0033). */
const wholeOf = (amount: string): string => `least(greatest(floor(${amount}), -9000000000000000000), 9000000000000000000)::bigint`;

/** Begins with it, as a range of bytes: an index with `text_pattern_ops` serves it whatever the plan is made for, which LIKE of a parameter is not. */
const begins = (column: string, text: string): string => `(${column} ~>=~ ${text} and ${column} ~<~ (${text} || U&'\\+10FFFF'))`;

/** As SQL: none of these, and so is what has no value. */
const noneOf = (column: string, values: string): string => `(${column} = any(${values}::text[])) is not true`;

const listed = (values: readonly string[]): readonly string[] | undefined => (values.length > 0 ? values : undefined);

type Part = keyof MessageFilter | 'scope' | 'not';

/** The filter as a condition over a message `m`, within what the caller sees. */
export function conditionsOf(filter: MessageFilter, scope: Scope, unposted: readonly string[] | undefined): MessageConditions {
  const seen = within(scope, 'm.legal_entities', 1);
  const values: unknown[] = [...seen.values];
  const parts: { of: Part; text: string }[] = [];
  const put = (of: Part, text: (n: string) => string, value: unknown) => {
    if (value === undefined) return;
    values.push(value);
    parts.push({ of, text: text(`$${values.length}`) });
  };
  // The same once more, in the words of the index that walks one legal entity.
  if (scope.entities !== null && !scope.unassigned)
    parts.push({
      of: 'scope',
      text: scope.entities.length === 1 ? 'm.legal_entity = ($1::text[])[1]' : 'm.legal_entity = any($1::text[])',
    });
  // What is asked for by its whole id, or by its correlation, is shown whatever it is.
  const named = (filter.q !== undefined && isId(filter.q)) || filter.correlation !== undefined;
  if (filter.synthetic === 'yes') parts.push({ of: 'synthetic', text: 'm.synthetic_run is not null' });
  else if (filter.synthetic === 'no' || !named) parts.push({ of: 'synthetic', text: real('m') });
  /** One value finds rows where an index has its column; what is not wanted never does. */
  const putNamed = (of: Part, column: string, { is, not }: Named) => {
    put(of, (n) => `${column} = ${n}`, is[0]);
    put('not', (n) => noneOf(column, n), listed(not));
  };
  const states = statesOf(filter.state);
  putNamed('flow', 'm.flow', namedBy('flow', filter.flow));
  // They are words of the table of states, and in the text the planner knows which partial index holds them.
  if (states.text !== undefined) parts.push({ of: states.wanted ? 'state' : 'not', text: states.text });
  const releases = releasesBy(filter.release);
  // A release is of one flow, and that is what an index has.
  put('flow', (n) => `m.flow = ${n}`, releases.is[0]?.split('@')[0]);
  put(
    'release',
    (n) =>
      `m.release_id = (select r.id from release r where r.flow = split_part(${n}, '@', 1) and r.version = split_part(${n}, '@', 2)::int)`,
    releases.is[0],
  );
  put(
    'not',
    (n) => `m.release_id not in (select r.id from release r where r.flow || '@' || r.version = any(${n}::text[]))`,
    listed(releases.not),
  );
  put('key', (n) => `m.key = ${n}`, filter.key);
  put('run', (n) => `m.run_id = ${n}`, filter.run);
  put('correlation', (n) => `m.correlation_id = ${n}`, filter.correlation);
  putNamed('legalEntity', 'm.legal_entity', namedBy('legalEntity', filter.legalEntity));
  put('from', (n) => `m.received_at >= ${n}`, filter.from);
  put('to', (n) => `m.received_at < ${n}`, filter.to);
  put('postedSince', (n) => `m.id in (select p.message_id from posting p where p.state = 'posted' and p.settled_at >= ${n})`, filter.postedSince); // prettier-ignore
  if (filter.age !== undefined) parts.push({ of: 'age', text: isAged('m.received_at', filter.age) });
  const currencies = namedBy('currency', filter.currency);
  if (currencies.is[0] === noCurrency) parts.push({ of: 'currency', text: 'm.currency is null' });
  else putNamed('currency', 'm.currency', { is: currencies.is, not: currencies.not.filter((currency) => currency !== noCurrency) });
  if (currencies.not.includes(noCurrency)) parts.push({ of: 'not', text: 'm.currency is not null' });
  for (const { sign, value } of filter.amount === undefined ? [] : amountsAskedFor(filter.amount)) {
    put('amount', (n) => `m.amount ${sign} ${n}::numeric`, value);
    parts.push({ of: 'amount', text: `m.amount_whole ${sign.replace(/^[<>]$/, '$&=')} ${wholeOf(`$${values.length}::numeric`)}` });
  }
  if (unposted !== undefined) parts.push({ of: 'unposted', text: hasNotEnded });
  put('unposted', (n) => `m.flow = any(${n})`, unposted);
  if (filter.q !== undefined && filter.q !== '') {
    if (isId(filter.q)) put('q', (n) => `(m.id = ${n} or m.run_id = ${n} or m.correlation_id = ${n} or m.synthetic_run = ${n})`, filter.q);
    else put('q', (n) => `(${['m.key', 'm.title', 'm.document_number'].map((column) => begins(column, `${n}::text`)).join(' or ')} or ${begins('m.customer_folded', `lower(${n}::text)`)})`, filter.q); // prettier-ignore
  }
  const index = indexOf(parts, states.list);
  const times: readonly Part[] = ['from', 'to', 'age'];
  const found = parts.filter(({ of }) => of === index || times.includes(of));
  return {
    where: [seen.where, ...parts.map(({ text }) => text)].join(' and '),
    values,
    found: {
      where: [seen.where, ...found.map(({ text }) => text)].join(' and '),
      newestFirst: index === undefined || walks.includes(index),
    },
  };
}

/** Indexes that end in the time, so that the newest are read first. */
const walks: readonly Part[] = ['flow', 'legalEntity', 'scope'];
/** What finds few rows comes first. */
const finders: readonly Part[] = ['run', 'correlation', 'key', 'q', 'state', 'unposted', ...walks];

const indexOf = (parts: readonly { of: Part }[], states: readonly MessageState[]): Part | undefined =>
  finders.find((finder) => parts.some(({ of }) => of === finder) && (finder !== 'state' || !states.includes('posted')));

/** States that one partial index holds each; most messages are posted, and no index holds those. */
const indexedStates: readonly (readonly MessageState[])[] = [
  ['in_doubt', 'waiting', 'held', 'exception'],
  ['skipped', 'duplicate', 'superseded', 'resolved', 'blocked'],
  ['ready'],
  ['claimed', 'in_flight'],
];

/** As SQL: of these states. Where several indexes hold them, each has a condition of its own, or none of the indexes would serve. */
function inStates(states: readonly MessageState[]): string {
  const isIn = (some: readonly MessageState[]) => `m.state in (${some.map((state) => `'${state}'`).join(', ')})`;
  const groups = indexedStates.map((group) => group.filter((state) => states.includes(state))).filter((group) => group.length > 0);
  if (states.length === 0) return 'false';
  return states.includes('posted') || groups.length === 1 ? isIn(states) : `(${groups.map(isIn).join(' or ')})`;
}

function statesOf(text: string | undefined): { list: readonly MessageState[]; wanted: boolean; text: string | undefined } {
  const { is, not } = namedAmong('state', text, messageStates, { several: true });
  const list = (is.length > 0 ? is : messageStates).filter((state) => !not.includes(state));
  return { list, wanted: is.length > 0, text: is.length + not.length === 0 ? undefined : inStates(list) };
} // prettier-ignore
