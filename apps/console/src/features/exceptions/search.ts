import { anyExceptions, type Category, type GroupFilter } from '../../api/operate.js';
import { inSentence, t } from '../../language/index.js';
import { ageOf, ageWord, currencyOf, currencyWord } from '../../parts/ages.js';
import type { SetFilter } from '../../parts/situations.js';
import { categoryOrder, categoryWord } from '../../parts/states.js';

/** The address of the page: everything that is chosen stands in it. */
export interface Search {
  view?: string;
  q?: string;
  category?: string;
  flow?: string;
  entity?: string;
  owner?: string;
  state?: string;
  snoozed?: string;
  due?: string;
  age?: string;
  currency?: string;
  sort?: string;
  causeKey?: string;
  sel?: string;
  message?: string;
}

export const states = [
  { value: 'to-do', label: t('To do') },
  { value: 'open', label: t('Open') },
  { value: 'in-progress', label: t('In progress') },
  { value: 'replaying', label: t('Replaying') },
  { value: 'resolved', label: t('Resolved') },
  { value: 'all', label: t('All') },
] as const;
export const dues = [
  { value: 'breached', label: t('Over time') },
  { value: 'due-soon', label: t('Due soon') },
  { value: 'within', label: t('In time') },
] as const;
export const snoozes = [
  { value: 'only', label: t('Only snoozed') },
  { value: 'also', label: t('With snoozed') },
] as const;
export const sorts = [
  { value: 'urgent', label: t('Most urgent') },
  { value: 'oldest', label: t('Oldest') },
  { value: 'newest', label: t('Newest') },
] as const;

/** A value of the address that is one of those we know; an address may be typed by hand. */
const known = <T extends string>(choices: readonly { value: T }[], value: string | undefined): T | undefined =>
  choices.find((choice) => choice.value === value)?.value;

/** What the engine is asked for; what is not known is not asked. */
export function filterOf(search: Search): GroupFilter {
  return {
    state: known(states, search.state),
    category: categoryOrder.find((category): category is Category => category === search.category),
    flow: search.flow,
    legalEntity: search.entity,
    owner: search.owner,
    snoozed: known(snoozes, search.snoozed),
    due: known(dues, search.due),
    age: ageOf(search.age),
    currency: currencyOf(search.currency),
    causeKey: search.causeKey,
    message: search.message,
    q: search.q,
  };
}

export const sortOf = (search: Search) => known(sorts, search.sort);

/** Causes are shown together unless one of them, one message, or what has ended is asked for. */
export const isGrouped = (search: Search): boolean =>
  search.view !== 'list' &&
  !search.causeKey &&
  !search.message &&
  !search.sort &&
  [undefined, 'to-do', 'open', 'in-progress'].includes(search.state);

export const cleared: Partial<Search> = {
  q: undefined,
  category: undefined,
  flow: undefined,
  entity: undefined,
  owner: undefined,
  state: undefined,
  snoozed: undefined,
  due: undefined,
  age: undefined,
  currency: undefined,
  causeKey: undefined,
  message: undefined,
};

/** What is filtered, in words, with the part of the address that says so. */
export function filtersIn(search: Search, owners: readonly { value: string; label: string }[]): { key: keyof Search; word: string }[] {
  const { state, category, due, age, currency, snoozed } = filterOf(search);
  const label = (choices: readonly { value: string; label: string }[], value: string) =>
    inSentence(choices.find((choice) => choice.value === value)?.label ?? value);
  const words: [keyof Search, string | false | undefined][] = [
    ['q', search.q && t('text “{{q}}”', { q: search.q })],
    ['state', state && state !== 'to-do' && t('state {{state}}', { state: label(states, state) })],
    ['category', category && t('category {{category}}', { category: inSentence(categoryWord(category)) })],
    ['flow', search.flow && t('flow {{flow}}', { flow: search.flow })],
    ['entity', search.entity && t('entity {{entity}}', { entity: search.entity })],
    [
      'owner',
      search.owner &&
        t('owner {{owner}}', { owner: inSentence(owners.find(({ value }) => value === search.owner)?.label ?? search.owner) }),
    ],
    ['due', due && label(dues, due)],
    ['age', age && t('age {{age}}', { age: inSentence(ageWord(age)) })],
    ['currency', currency && t('currency {{currency}}', { currency: currencyWord(currency) })],
    ['snoozed', snoozed && label(snoozes, snoozed)],
    ['causeKey', search.causeKey && t('one root cause')],
    ['message', search.message && t('one message')],
  ];
  return words.flatMap(([key, word]) => (word ? [{ key, word }] : []));
}

/** For a list that is empty because of them: each with the way to take it away, and whether there is something without it. */
export const setFilters = (
  search: Search,
  owners: readonly { value: string; label: string }[],
  change: (next: Partial<Search>) => void,
): SetFilter[] =>
  filtersIn(search, owners).map(({ key, word }) => ({
    word,
    onRemove: () => change({ [key]: undefined }),
    without: anyExceptions(filterOf({ ...search, [key]: undefined })),
  }));
