import { anyMessages, messageFacet, type MessageFilter } from '../../api/operate.js';
import { inSentence, t } from '../../language/index.js';
import { instantOf } from '../../parts/address.js';
import { ages, currencyOf, currencyWord, noCurrency } from '../../parts/ages.js';
import { chosenOf, knownOf, saidOf } from '../../parts/chosen-filter.js';
import { ageAskedFor, amountAskedFor, comparedAge, comparedAmount, wordOfAge } from '../../parts/compared.js';
import type { TypedFilter } from '../../parts/filter-bar.js';
import type { SetFilter } from '../../parts/situations.js';
import { messageStateOrder, messageStates } from '../../parts/states.js';

/** The address of the list: everything that is chosen stands in it. */
export interface MessageSearch {
  q?: string;
  flow?: string;
  state?: string;
  legalEntity?: string;
  from?: string;
  to?: string;
  age?: string;
  currency?: string;
  amount?: string;
  release?: string;
  posted?: string;
  unposted?: string;
  synthetic?: string;
  run?: string;
  correlation?: string;
  payload?: string;
  payloadStage?: string;
  peek?: string;
}

interface Chosen {
  search: MessageSearch;
  filter: MessageFilter;
  set: (next: Partial<MessageSearch>) => void;
}

/** What the engine is asked for. */
export function filterOf(search: MessageSearch, askedAt: number): MessageFilter {
  const {
    from,
    to,
    age,
    currency,
    amount,
    release,
    posted,
    unposted,
    synthetic,
    payload: _,
    payloadStage: __,
    peek: ___,
    ...plain
  } = search;
  return {
    ...plain,
    from: instantOf(from, askedAt),
    to: instantOf(to, askedAt),
    age: ageAskedFor(age),
    currency: currencyOf(currency),
    amount: amountAskedFor(amount),
    release: knownOf(release, (one) => /^[a-z][a-z0-9-]*@\d{1,9}$/.test(one)),
    postedSince: instantOf(posted, askedAt),
    unposted: unposted === 'true' || undefined,
    synthetic: synthetic === 'yes' ? 'yes' : undefined,
  };
}

/** Filters that are chosen or typed, with what is counted of each. */
export function typedFilters({ search, filter, set, flows }: Chosen & { flows: string[] }): TypedFilter[] {
  const facetOf = (field: Parameters<typeof messageFacet>[0]) => ({
    facet: messageFacet(field, filter),
    ...(search.payload === undefined ? {} : { facetNote: t('Counts are of the list without the search of payloads.') }),
  });
  const own = (value: string | undefined) => chosenOf({ value, not: true }).map((part) => part.replace(/^-/, ''));
  const named = (values: readonly string[], word = (value: string) => value) => values.map((value) => ({ value, label: word(value) }));
  return [
    {
      name: 'state',
      label: t('State'),
      multiple: true,
      not: true,
      value: search.state,
      choices: messageStateOrder.map((state) => ({ value: state, label: messageStates[state].word })),
      onChange: (state) => set({ state }),
      ...facetOf('state'),
    },
    {
      name: 'flow',
      label: t('Flow'),
      value: search.flow,
      choices: flows.map((name) => ({ value: name, label: name })),
      onChange: (flow) => set({ flow }),
      open: true,
      not: true,
      ...facetOf('flow'),
    },
    {
      name: 'entity',
      label: t('Entity'),
      value: search.legalEntity,
      choices: named(own(search.legalEntity)),
      onChange: (legalEntity) => set({ legalEntity }),
      open: true,
      not: true,
      ...facetOf('legalEntity'),
    },
    {
      name: 'currency',
      label: t('Currency'),
      value: filter.currency,
      choices: named([...new Set([...own(filter.currency), noCurrency])], currencyWord),
      not: true,
      onChange: (next) => set({ currency: next }),
      ...facetOf('currency'),
    },
    {
      name: 'age',
      label: t('Age'),
      value: filter.age,
      choices: ages.map(({ value, label }) => ({ value, label })),
      onChange: (next) => set({ age: next }),
      compared: comparedAge,
      ...facetOf('age'),
    },
    {
      name: 'amount',
      label: t('Amount'),
      value: filter.amount,
      choices: [],
      onChange: (amount) => set({ amount }),
      compared: comparedAmount(filter.currency),
    },
    {
      name: 'release',
      label: t('Release'),
      value: filter.release,
      choices: named(own(filter.release)),
      onChange: (release) => set({ release }),
      not: true,
      ...facetOf('release'),
    },
  ];
}

const stateWord = (state: string): string => inSentence(Object.entries(messageStates).find(([name]) => name === state)?.[1].word ?? state);
/** What a filter is set to, in a sentence. */
const said = (value: string | undefined, word = (one: string) => one, multiple = false): string =>
  saidOf(chosenOf({ value, not: true, multiple }), word);

/** Filters that are set, in words, each with the way to take it away. */
export function setFilters({ search, filter, set }: Chosen): SetFilter[] {
  const { from, to, payload } = search;
  const all: { keys: (keyof MessageSearch)[]; word: string | undefined; out: MessageFilter }[] = [
    { keys: ['q'], word: search.q ? t('text “{{q}}”', { q: search.q }) : undefined, out: { q: undefined } },
    {
      keys: ['state'],
      word: search.state ? t('state {{state}}', { state: said(search.state, stateWord, true) }) : undefined,
      out: { state: undefined },
    },
    { keys: ['flow'], word: search.flow ? t('flow {{flow}}', { flow: said(search.flow) }) : undefined, out: { flow: undefined } },
    {
      keys: ['legalEntity'],
      word: search.legalEntity ? t('entity {{legalEntity}}', { legalEntity: said(search.legalEntity) }) : undefined,
      out: { legalEntity: undefined },
    },
    { keys: ['from', 'to'], word: from || to ? t('time') : undefined, out: { from: undefined, to: undefined } },
    { keys: ['age'], word: filter.age ? t('age {{age}}', { age: inSentence(wordOfAge(filter.age)) }) : undefined, out: { age: undefined } },
    {
      keys: ['currency'],
      word: filter.currency ? t('currency {{currency}}', { currency: said(filter.currency, currencyWord) }) : undefined,
      out: { currency: undefined },
    },
    {
      keys: ['amount'],
      word: filter.amount
        ? t('amount {{amount}}', { amount: comparedAmount(filter.currency).words(filter.amount) ?? filter.amount })
        : undefined,
      out: { amount: undefined },
    },
    {
      keys: ['release'],
      word: filter.release ? t('release {{release}}', { release: said(filter.release) }) : undefined,
      out: { release: undefined },
    },
    { keys: ['posted'], word: filter.postedSince ? t('in a ledger') : undefined, out: { postedSince: undefined } },
    { keys: ['unposted'], word: filter.unposted ? t('not posted yet') : undefined, out: { unposted: undefined } },
    { keys: ['synthetic'], word: filter.synthetic ? t('synthetic') : undefined, out: { synthetic: undefined } },
    { keys: ['run'], word: search.run ? t('one run') : undefined, out: { run: undefined } },
    { keys: ['correlation'], word: search.correlation ? t('one correlation') : undefined, out: { correlation: undefined } },
    { keys: ['payload', 'payloadStage'], word: payload === undefined ? undefined : t('payload'), out: {} },
  ];
  return all.flatMap(({ keys, word, out }) =>
    word === undefined
      ? []
      : [
          {
            word,
            onRemove: () => set(Object.fromEntries(keys.map((key) => [key, undefined]))),
            // Whether a payload would be found without another filter is a search of its own.
            ...(payload === undefined || keys.includes('payload') ? { without: anyMessages({ ...filter, ...out }) } : {}),
          },
        ],
  );
}
