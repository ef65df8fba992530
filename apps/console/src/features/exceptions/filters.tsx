import { useQuery } from '@tanstack/react-query';
import { flowsQuery } from '../../api/build.js';
import { assigneesQuery, exceptionAgeingQuery, exceptionFacet } from '../../api/operate.js';
import { useCan, useIdentity } from '../../api/session.js';
import { t } from '../../language/index.js';
import { ages, currencyWord, noCurrency } from '../../parts/ages.js';
import { FilterBar, FilterChip, FilterText, FixedFilter, type Choice, type TypedFilter } from '../../parts/filter-bar.js';
import { categoryOrder, categoryWord } from '../../parts/states.js';
import { Views } from '../../parts/views.js';
import { cleared, dues, filterOf, filtersIn, snoozes, sortOf, sorts, states, type Search } from './search.js';

const choicesOf = (choices: readonly Choice[]): Choice[] => [...choices];

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
  const flows = useQuery({ ...flowsQuery, enabled: can('flow.read') });
  const owners = useOwnerChoices();
  const ageing = useQuery(exceptionAgeingQuery({}));
  const currencies = [
    ...new Set([
      ...(ageing.data?.items ?? []).map(({ currency }) => currency ?? noCurrency),
      ...(search.currency ? [search.currency] : []),
    ]),
  ];
  const filter = filterOf(search);
  const facetOf = (field: Parameters<typeof exceptionFacet>[0]) => ({ facet: exceptionFacet(field, filter) });
  const typed: TypedFilter[] = [
    {
      name: 'state',
      label: t('State'),
      value: search.state ?? 'to-do',
      choices: choicesOf(states),
      onChange: (value) => change({ state: value === 'to-do' ? undefined : value }),
    },
    { name: 'owner', label: t('Owner'), value: search.owner, choices: owners, onChange: (owner) => change({ owner }) },
    { name: 'time', label: t('Time'), value: search.due, choices: choicesOf(dues), onChange: (due) => change({ due }), ...facetOf('due') },
    {
      name: 'age',
      label: t('Age'),
      value: search.age,
      choices: ages.map(({ value, label }) => ({ value, label })),
      onChange: (age) => change({ age }),
      ...facetOf('age'),
    },
    {
      name: 'currency',
      label: t('Currency'),
      value: search.currency,
      choices: currencies.map((value) => ({ value, label: currencyWord(value) })),
      onChange: (currency) => change({ currency }),
      ...facetOf('currency'),
    },
    {
      name: 'category',
      label: t('Category'),
      value: search.category,
      choices: categoryOrder.map((value) => ({ value, label: categoryWord(value) })),
      onChange: (category) => change({ category }),
      ...facetOf('category'),
    },
    {
      name: 'flow',
      label: t('Flow'),
      value: search.flow,
      choices: (flows.data?.items ?? []).map((flow) => ({ value: flow.name, label: flow.name })),
      onChange: (flow) => change({ flow }),
      open: true,
      ...facetOf('flow'),
    },
    {
      name: 'entity',
      label: t('Entity'),
      value: search.entity,
      choices: entities.map((entity) => ({ value: entity, label: entity })),
      onChange: (entity) => change({ entity }),
      open: true,
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
