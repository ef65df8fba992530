import { Button, Combobox, Group, Pill, SegmentedControl, useCombobox } from '@mantine/core';
import { IconCheck, IconChevronDown, IconX } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { t } from '../language/index.js';
import { chosenOf, picked, wordOf, type Choice, type ChosenFilter } from './chosen-filter.js';
import { comparedOffers } from './compared.js';
import { OfferCount, OffersNote, useOffers, type Offer } from './facets.js';
import classes from './filter-bar.module.css';

export type { Choice } from './chosen-filter.js';
export { FilterText, type TypedFilter } from './filter-text.js';

export function FilterBar({ children, onClear }: { children: ReactNode; onClear?: () => void }) {
  return (
    <div className={classes.bar} role="search">
      {children}
      {onClear ? (
        <Button size="xs" variant="subtle" color="gray" onClick={onClear} leftSection={<IconX size={14} />}>
          {t('Clear')}
        </Button>
      ) : null}
    </div>
  );
}

/** One filter as a chip: its name, and what it is set to. */
export function FilterChip(filter: ChosenFilter) {
  const { label, value, choices, onChange, multiple = false, facet, not = false, compared } = filter;
  const chosen = chosenOf(filter);
  const [typed, setTyped] = useState('');
  const [out, setOut] = useState(false);
  const combobox = useCombobox({
    onDropdownOpen: () => {
      setTyped('');
      setOut(not && chosen[0]?.startsWith('-') === true);
      if (compared) combobox.focusSearchInput();
    },
    onDropdownClose: () => combobox.resetSelectedOption(),
  });
  const { offers, ...counts } = useOffers(choices, facet, { open: combobox.dropdownOpened, find: compared ? typed : '' });
  const words = chosen.map((part) => wordOf(filter, part));
  const signed = (one: string) => (out ? `-${one}` : one);
  // What is set can be taken off, also where it is not offered.
  const bare = (part: string) => (not ? part.replace(/^-/, '') : part);
  const kept = chosen.filter((part) => !offers.some((offer) => offer.value === bare(part)) && typed === '');
  const shown: Offer[] = [
    ...kept.map((part) => ({ value: bare(part), label: wordOf(filter, bare(part)) })),
    ...offers,
    ...(compared ? comparedOffers(compared, typed).filter((offer) => !chosen.includes(offer.value)) : []),
  ];
  const choose = (one: string) => {
    onChange(picked({ value, multiple, not }, signed(one)));
    if (!multiple && !out) combobox.closeDropdown();
  };
  // Enter takes what is typed.
  const { selectFirstOption, resetSelectedOption } = combobox;
  useEffect(() => {
    if (typed === '') resetSelectedOption();
    else selectFirstOption();
    // Anew for what is typed; the two do not change.
  }, [typed]);
  const wrong = compared && typed !== '' && shown.length === 0 && !compared.isBegun(typed);
  return (
    <Combobox store={combobox} onOptionSubmit={choose} width={compared ? 320 : facet ? 280 : 230} position="bottom-start">
      <Combobox.Target targetType="button">
        <Button
          size="xs"
          variant="default"
          className={classes.chip}
          data-set={chosen.length > 0 || undefined}
          onClick={() => combobox.toggleDropdown()}
          rightSection={<IconChevronDown size={13} aria-hidden />}
        >
          {label}
          {words.length > 0 ? <b>: {words.length > 2 ? t('{{count}} chosen', { count: words.length }) : words.join(', ')}</b> : null}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        {not && combobox.dropdownOpened ? (
          <Combobox.Header>
            <SegmentedControl
              fullWidth
              size="xs"
              aria-label={t('{{label}}: these, or all but these', { label })}
              value={out ? 'not' : 'is'}
              onChange={(next) => setOut(next === 'not')}
              data={[
                { value: 'is', label: t('Is') },
                { value: 'not', label: t('Is not') },
              ]}
            />
          </Combobox.Header>
        ) : null}
        {compared ? (
          <Combobox.Search
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value.trim())}
            placeholder={t('Such as {{examples}}', { examples: compared.examples[0]! })}
            aria-label={label}
          />
        ) : null}
        <Combobox.Options tabIndex={0} mah={320} style={{ overflowY: 'auto' }} aria-label={label}>
          {shown.length === 0 && !counts.counting ? (
            <Combobox.Empty>{wrong ? compared.problem(typed) : t('Nothing to choose')}</Combobox.Empty>
          ) : null}
          {shown.map((choice) => (
            <Combobox.Option
              key={choice.value}
              value={choice.value}
              active={chosen.includes(signed(choice.value))}
              aria-selected={chosen.includes(signed(choice.value))}
            >
              <Group gap={8} wrap="nowrap">
                <IconCheck
                  size={14}
                  style={{ visibility: chosen.includes(signed(choice.value)) ? 'visible' : 'hidden', flex: 'none' }}
                  aria-hidden
                />
                {choice.label}
                <OfferCount {...choice} />
              </Group>
            </Combobox.Option>
          ))}
        </Combobox.Options>
        <OffersNote {...counts} about={[compared?.note, counts.answer && filter.facetNote]} />
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** A filter that came by a link and has no chooser of its own, such as one run. */
export function FixedFilter({ children, onRemove }: { children: ReactNode; onRemove: () => void }) {
  return (
    <Pill
      size="md"
      withRemoveButton
      onRemove={onRemove}
      removeButtonProps={{ 'aria-label': t('Remove this filter'), tabIndex: 0, 'aria-hidden': false }}
    >
      {children}
    </Pill>
  );
}

const ranges: Choice[] = [
  { value: 'now-1h', label: t('Last hour') },
  { value: 'now-24h', label: t('Last 24 hours') },
  { value: 'now-7d', label: t('Last 7 days') },
  { value: 'now-30d', label: t('Last 30 days') },
];

export function RangeChip({
  from,
  to,
  onChange,
  describe,
  label = t('Received'),
}: {
  label?: string;
  from: string | undefined;
  to: string | undefined;
  onChange: (from: string | undefined, to: string | undefined) => void;
  describe: (at: string) => string;
}) {
  const fixed =
    from && !from.startsWith('now')
      ? [
          {
            value: from,
            label: to ? t('{{from}} to {{to}}', { from: describe(from), to: describe(to) }) : t('Since {{from}}', { from: describe(from) }),
          },
        ]
      : [];
  return <FilterChip label={label} value={from} choices={[...ranges, ...fixed]} onChange={(value) => onChange(value, undefined)} />;
}
