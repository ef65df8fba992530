import { Combobox, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { rich, t } from '../language/index.js';
import type { Choice, FacetAnswer, FacetQuery } from './chosen-filter.js';
import classes from './filter-bar.module.css';
import { formatCount } from './money.js';
import { At } from './time.js';

export interface Offer extends Choice {
  /** How many rows have it; undefined where that is not known. */
  count?: string;
  /** How it is typed, where its words do not say that. */
  spelling?: string;
}

export interface Offers {
  offers: Offer[];
  counting: boolean;
  answer: FacetAnswer | undefined;
}

const none: FacetQuery = () => ({
  queryKey: ['facets', 'none'],
  queryFn: () => Promise.reject(new Error('there is nothing to count')),
  staleTime: 0,
});

/** What a filter offers: counted values first, most first, then the rest of what is known. Asked for while it is open; without an answer it offers what is known. */
export function useOffers(choices: readonly Choice[], facet: FacetQuery | undefined, asked: { open: boolean; find?: string }): Offers {
  const wanted = facet !== undefined && asked.open;
  const find = asked.find?.trim() ?? '';
  const all = useQuery({ ...(facet ?? none)(), enabled: wanted });
  const beyond = wanted && find !== '' && all.data?.more === true;
  const found = useQuery({ ...(facet ?? none)(find), enabled: beyond });
  const { data: answer, isFetching } = beyond ? found : all;
  return { offers: offersOf(choices, answer, find), counting: wanted && isFetching && !answer, answer };
}

export function offersOf(choices: readonly Choice[], answer: FacetAnswer | undefined, find = ''): Offer[] {
  const counted = (answer?.items ?? []).map(({ value, count }) => ({
    value,
    label: choices.find((choice) => choice.value === value)?.label ?? value,
    count: `${formatCount(count)}${answer?.atLeast ? '+' : ''}`,
  }));
  // What is not among all values that there are is nowhere; what is not among some of them may be.
  const nowhere = answer && !answer.atLeast && !answer.more ? { count: '0' } : {};
  const others = choices.filter(({ value }) => !counted.some((offer) => offer.value === value));
  const letters = find.trim().toLowerCase();
  return [...counted, ...others.map((choice) => ({ ...choice, ...nowhere }))].filter(({ value, label }) =>
    [value, label].some((word) => word.toLowerCase().includes(letters)),
  );
}

/** What stands below the offers: where their counts come from, and what is not among them. `about`: what else has to be known of them. */
export function OffersNote({ counting, answer, about = [] }: Omit<Offers, 'offers'> & { about?: readonly (string | undefined)[] }) {
  const notes = about.filter((note) => note !== undefined);
  if (!counting && !answer && notes.length === 0) return null;
  return (
    <Combobox.Footer>
      <Text size="xs" c="dimmed" role="status">
        {counting ? t('Counting…') : null}
        {notes.map((note) => `${note} `)}
        {answer?.atLeast ? `${t('There are too many to count all of them: each count is at least that.')} ` : null}
        {answer?.more ? `${t('There are more values: type some letters of one after its name in the search field.')} ` : null}
        {answer ? <>{rich('Counted {{asOf}}', { asOf: <At at={answer.asOf} /> })}</> : null}
      </Text>
    </Combobox.Footer>
  );
}

export function OfferCount({ count, spelling }: Pick<Offer, 'count' | 'spelling'>) {
  if (spelling !== undefined) return <code className={classes.count}>{spelling}</code>;
  if (count === undefined) return null;
  return (
    <span className={classes.count} data-none={count === '0' || undefined}>
      {count}
    </span>
  );
}
