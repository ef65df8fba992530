import { anyExceptions, type GroupFilter } from '../../api/operate.js';
import { inSentence, t } from '../../language/index.js';
import { currencyOf, currencyWord } from '../../parts/ages.js';
import { chosenOf, knownOf, saidOf } from '../../parts/chosen-filter.js';
import { ageAskedFor, amountAskedFor, comparedAmount, wordOfAge } from '../../parts/compared.js';
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
  amount?: string;
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

/** The same of a filter whose values can be left out. */
const knownNamed = (choices: readonly { value: string }[], value: string | undefined): string | undefined =>
  knownOf(value, (one) => choices.some((choice) => choice.value === one));

/** What the engine is asked for; what is not known is not asked. */
export function filterOf(search: Search): GroupFilter {
  return {
    state: search.state === '-all' ? undefined : knownNamed(states, search.state),
    category: knownOf(search.category, (one) => (categoryOrder as readonly string[]).includes(one)),
    flow: search.flow,
    legalEntity: search.entity,
    owner: search.owner,
    snoozed: known(snoozes, search.snoozed),
    due: knownNamed(dues, search.due),
    age: ageAskedFor(search.age),
    currency: currencyOf(search.currency),
    amount: amountAskedFor(search.amount),
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
  amount: undefined,
  causeKey: undefined,
  message: undefined,
};

/** What is filtered, in words, with the part of the address that says so. */
export function filtersIn(search: Search, owners: readonly { value: string; label: string }[]): { key: keyof Search; word: string }[] {
  const { state, category, due, age, currency, amount, snoozed } = filterOf(search);
  const label = (choices: readonly { value: string; label: string }[], value: string) =>
    inSentence(choices.find((choice) => choice.value === value)?.label ?? value);
  const said = (value: string, word = (one: string) => one) => saidOf(chosenOf({ value, not: true }), word);
  const words: [keyof Search, string | false | undefined][] = [
    ['q', search.q && t('text “{{q}}”', { q: search.q })],
    ['state', state && state !== 'to-do' && t('state {{state}}', { state: said(state, (one) => label(states, one)) })],
    ['category', category && t('category {{category}}', { category: said(category, (one) => inSentence(categoryWord(one))) })],
    ['flow', search.flow && t('flow {{flow}}', { flow: said(search.flow) })],
    ['entity', search.entity && t('entity {{entity}}', { entity: said(search.entity) })],
    ['owner', search.owner && t('owner {{owner}}', { owner: said(search.owner, (one) => label(owners, one)) })],
    ['due', due && said(due, (one) => label(dues, one))],
    ['age', age && t('age {{age}}', { age: inSentence(wordOfAge(age)) })],
    ['currency', currency && t('currency {{currency}}', { currency: said(currency, currencyWord) })],
    ['amount', amount && t('amount {{amount}}', { amount: comparedAmount(currency).words(amount) ?? amount })],
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
