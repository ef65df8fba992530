import { useQuery } from '@tanstack/react-query';
import { flowsQuery } from '../../api/build.js';
import { assigneesQuery, exceptionAgeingQuery, exceptionFacet } from '../../api/operate.js';
import { useCan, useIdentity } from '../../api/session.js';
import { t } from '../../language/index.js';
import { ages, currencyWord, noCurrency } from '../../parts/ages.js';
import { chosenOf, type FacetAnswer, type FacetQuery } from '../../parts/chosen-filter.js';
import { comparedAge, comparedAmount } from '../../parts/compared.js';
import { FilterBar, FilterChip, FilterText, FixedFilter, type Choice, type TypedFilter } from '../../parts/filter-bar.js';
import { categoryOrder, categoryWord } from '../../parts/states.js';
import { Views } from '../../parts/views.js';
import { cleared, dues, filterOf, filtersIn, snoozes, sortOf, sorts, states, type Search } from './search.js';

const choicesOf = (choices: readonly Choice[]): Choice[] => [...choices];

/** Counts of one filter as the list shows its values. */
const shownAs =
  (facet: FacetQuery, shown: (items: FacetAnswer['items']) => FacetAnswer['items']): FacetQuery =>
  (find) => {
    const { queryFn, ...asked } = facet(find);
    return {
      ...asked,
      queryKey: [...asked.queryKey, 'shown'],
      queryFn: async (context) => {
        const answer = await queryFn(context);
        return { ...answer, items: shown(answer.items) };
      },
    };
  };

/** In the order of a life; what is to do, and all, are sums of states. */
function countedStates(items: FacetAnswer['items']): FacetAnswer['items'] {
  const of = (...wanted: string[]) =>
    items.filter(({ value }) => wanted.length === 0 || wanted.includes(value)).reduce((sum, { count }) => sum + count, 0);
  return states.map(({ value }) => ({
    value,
    count: value === 'all' ? of() : value === 'to-do' ? of('open', 'in-progress') : of(value),
  }));
}

/** Whose exceptions: mine first. A key has none. */
export function useOwnerChoices(): Choice[] {
  const can = useCan();
  const me = useIdentity();
  const people = useQuery({ ...assigneesQuery, enabled: can('exception.work') });
  const others = (people.data?.items ?? []).filter(({ id }) => id !== me?.id).map(({ id, name }) => ({ value: id, label: name }));
  return [...(me?.kind === 'user' ? [{ value: 'me', label: t('Me') }] : []), { value: 'nobody', label: t('Nobody') }, ...others];
}

/** One bar for both views; every choice stands in the address. */
export function Filters({
  search,
  change,
  entities,
  sortable,
}: {
  search: Search;
  change: (next: Partial<Search>) => void;
  entities: string[];
  sortable: boolean;
}) {
  const can = useCan();
  const me = useIdentity();
  const flows = useQuery({ ...flowsQuery, enabled: can('flow.read') });
  const owners = useOwnerChoices();
  const ageing = useQuery(exceptionAgeingQuery({}));
  const filter = filterOf(search);
  const currencies = [
    ...new Set([
      ...(ageing.data?.items ?? []).map(({ currency }) => currency ?? noCurrency),
      ...chosenOf({ value: filter.currency, not: true }).map((part) => part.replace(/^-/, '')),
    ]),
  ];
  const facetOf = (field: Parameters<typeof exceptionFacet>[0]) => ({ facet: exceptionFacet(field, filter) });
  const typed: TypedFilter[] = [
    {
      name: 'state',
      label: t('State'),
      value: filter.state ?? 'to-do',
      choices: choicesOf(states),
      onChange: (value) => change({ state: value === 'to-do' || value === '-all' ? undefined : value }),
      not: true,
      facet: shownAs(exceptionFacet('state', filter), countedStates),
    },
    {
      name: 'owner',
      label: t('Owner'),
      value: search.owner,
      choices: owners,
      onChange: (owner) => change({ owner }),
      not: true,
      // Whoever looks is called so, not by an id.
      facet: shownAs(exceptionFacet('owner', filter), (items) =>
        items.map(({ value, count }) => ({ value: value === me?.id ? 'me' : value, count })),
      ),
    },
    {
      name: 'time',
      label: t('Time'),
      value: filter.due,
      choices: choicesOf(dues),
      onChange: (due) => change({ due }),
      not: true,
      ...facetOf('due'),
    },
    {
      name: 'age',
      label: t('Age'),
      value: filter.age,
      choices: ages.map(({ value, label }) => ({ value, label })),
      onChange: (age) => change({ age }),
      compared: comparedAge,
      ...facetOf('age'),
    },
    {
      name: 'currency',
      label: t('Currency'),
      value: filter.currency,
      choices: currencies.map((value) => ({ value, label: currencyWord(value) })),
      onChange: (currency) => change({ currency }),
      not: true,
      ...facetOf('currency'),
    },
    {
      name: 'amount',
      label: t('Amount'),
      value: filter.amount,
      choices: [],
      onChange: (amount) => change({ amount }),
      compared: comparedAmount(filter.currency),
    },
    {
      name: 'category',
      label: t('Category'),
      value: filter.category,
      choices: categoryOrder.map((value) => ({ value, label: categoryWord(value) })),
      onChange: (category) => change({ category }),
      not: true,
      ...facetOf('category'),
    },
    {
      name: 'flow',
      label: t('Flow'),
      value: search.flow,
      choices: (flows.data?.items ?? []).map((flow) => ({ value: flow.name, label: flow.name })),
      onChange: (flow) => change({ flow }),
      open: true,
      not: true,
      ...facetOf('flow'),
    },
    {
      name: 'entity',
      label: t('Entity'),
      value: search.entity,
      choices: entities.map((entity) => ({ value: entity, label: entity })),
      onChange: (entity) => change({ entity }),
      open: true,
      not: true,
      ...facetOf('legalEntity'),
    },
  ];
  return (
    <FilterBar onClear={filtersIn(search, owners).length > 0 ? () => change(cleared) : undefined}>
      <Views page="exceptions" search={search} />
      <FilterText
        label={t('Find exceptions')}
        placeholder={t('Document, customer, or flow: category:')}
        value={search.q}
        onChange={(q) => change({ q })}
        typed={typed}
      />
      {typed.map(({ name, open: _, ...chip }) => (
        <FilterChip key={name} {...chip} />
      ))}
      <FilterChip label={t('Snoozed')} value={search.snoozed} choices={choicesOf(snoozes)} onChange={(snoozed) => change({ snoozed })} />
      {sortable ? (
        <FilterChip label={t('Sort')} value={sortOf(search)} choices={choicesOf(sorts)} onChange={(sort) => change({ sort })} />
      ) : null}
      {search.causeKey ? <FixedFilter onRemove={() => change({ causeKey: undefined })}>{t('One root cause')}</FixedFilter> : null}
      {search.message ? <FixedFilter onRemove={() => change({ message: undefined })}>{t('One message')}</FixedFilter> : null}
    </FilterBar>
  );
}
