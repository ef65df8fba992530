import { anyMessages, messageFacet, type MessageFilter } from '../../api/operate.js';
import { inSentence, t } from '../../language/index.js';
import { instantOf } from '../../parts/address.js';
import { ageOf, ages, ageWord, currencyOf, currencyWord, noCurrency } from '../../parts/ages.js';
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
  const { from, to, age, currency, posted, unposted, synthetic, payload: _, payloadStage: __, peek: ___, ...plain } = search;
  return {
    ...plain,
    from: instantOf(from, askedAt),
    to: instantOf(to, askedAt),
    age: ageOf(age),
    currency: currencyOf(currency),
    postedSince: instantOf(posted, askedAt),
    unposted: unposted === 'true' || undefined,
    synthetic: synthetic === 'yes' ? 'yes' : undefined,
  };
}

/** Filters that are chosen or typed, with what is counted of each. */
export function typedFilters({ search, filter, set, flows }: Chosen & { flows: string[] }): TypedFilter[] {
  // What is counted knows nothing of payloads.
  const facetOf = (field: Parameters<typeof messageFacet>[0]) =>
    search.payload === undefined ? { facet: messageFacet(field, filter) } : {};
  const own = (value: string | undefined, label = value) => (value === undefined ? [] : [{ value, label: label ?? value }]);
  return [
    {
      name: 'state',
      label: t('State'),
      multiple: true,
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
      ...facetOf('flow'),
    },
    {
      name: 'entity',
      label: t('Entity'),
      value: search.legalEntity,
      choices: own(search.legalEntity),
      onChange: (legalEntity) => set({ legalEntity }),
      open: true,
      ...facetOf('legalEntity'),
    },
    {
      name: 'currency',
      label: t('Currency'),
      value: filter.currency,
      choices: [
        ...own(filter.currency, filter.currency && currencyWord(filter.currency)),
        ...(filter.currency === noCurrency ? [] : own(noCurrency, currencyWord(noCurrency))),
      ],
      onChange: (next) => set({ currency: next }),
      ...facetOf('currency'),
    },
    {
      name: 'age',
      label: t('Age'),
      value: filter.age,
      choices: ages.map(({ value, label }) => ({ value, label })),
      onChange: (next) => set({ age: next }),
      ...facetOf('age'),
    },
  ];
}

const stateWords = (states: string): string =>
  states
    .split(',')
    .map((state) => inSentence(Object.entries(messageStates).find(([name]) => name === state)?.[1].word ?? state))
    .join(` ${t('or')} `);

/** Filters that are set, in words, each with the way to take it away. */
export function setFilters({ search, filter, set }: Chosen): SetFilter[] {
  const { from, to, payload } = search;
  const all: { keys: (keyof MessageSearch)[]; word: string | undefined; out: MessageFilter }[] = [
    { keys: ['q'], word: search.q ? t('text “{{q}}”', { q: search.q }) : undefined, out: { q: undefined } },
    {
      keys: ['state'],
      word: search.state ? t('state {{state}}', { state: stateWords(search.state) }) : undefined,
      out: { state: undefined },
    },
    { keys: ['flow'], word: search.flow ? t('flow {{flow}}', { flow: search.flow }) : undefined, out: { flow: undefined } },
    {
      keys: ['legalEntity'],
      word: search.legalEntity ? t('entity {{legalEntity}}', { legalEntity: search.legalEntity }) : undefined,
      out: { legalEntity: undefined },
    },
    { keys: ['from', 'to'], word: from || to ? t('time') : undefined, out: { from: undefined, to: undefined } },
    { keys: ['age'], word: filter.age ? t('age {{age}}', { age: inSentence(ageWord(filter.age)) }) : undefined, out: { age: undefined } },
    {
      keys: ['currency'],
      word: filter.currency ? t('currency {{currency}}', { currency: currencyWord(filter.currency) }) : undefined,
      out: { currency: undefined },
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
