import { Button, Combobox, Group, Pill, useCombobox } from '@mantine/core';
import { IconCheck, IconChevronDown, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../language/index.js';
import { picked, type Choice, type ChosenFilter } from './chosen-filter.js';
import { OfferCount, OffersNote, useOffers } from './facets.js';
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
export function FilterChip({ label, value, choices, onChange, multiple = false, facet }: ChosenFilter) {
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const { offers, ...counts } = useOffers(choices, facet, { open: combobox.dropdownOpened });
  const chosen = value ? value.split(',') : [];
  const words = chosen.map((v) => choices.find((c) => c.value === v)?.label ?? v);
  const choose = (one: string) => {
    onChange(picked({ value, multiple }, one));
    if (!multiple) combobox.closeDropdown();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} width={facet ? 280 : 230} position="bottom-start">
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
        <Combobox.Options tabIndex={0} mah={320} style={{ overflowY: 'auto' }} aria-label={label}>
          {offers.length === 0 && !counts.counting ? <Combobox.Empty>{t('Nothing to choose')}</Combobox.Empty> : null}
          {offers.map((choice) => (
            <Combobox.Option
              key={choice.value}
              value={choice.value}
              active={chosen.includes(choice.value)}
              aria-selected={chosen.includes(choice.value)}
            >
              <Group gap={8} wrap="nowrap">
                <IconCheck
                  size={14}
                  style={{ visibility: chosen.includes(choice.value) ? 'visible' : 'hidden', flex: 'none' }}
                  aria-hidden
                />
                {choice.label}
                <OfferCount count={choice.count} />
              </Group>
            </Combobox.Option>
          ))}
        </Combobox.Options>
        <OffersNote {...counts} />
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
