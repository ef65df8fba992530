import { Button, Combobox, Group, Pill, TextInput, useCombobox } from '@mantine/core';
import { IconCheck, IconChevronDown, IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { t } from '../language/index.js';
import classes from './filter-bar.module.css';
import { keysAreTaken } from './row-keys.js';

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

/** Text of a filter. Written to the address 300 ms after the last key; `/` comes here from anywhere on the page. */
export function FilterText({
  value,
  onChange,
  label,
  placeholder,
}: {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  label: string;
  placeholder: string;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value ?? '');
  const sent = useRef(value ?? '');
  useEffect(() => {
    if ((value ?? '') !== sent.current) {
      sent.current = value ?? '';
      setText(value ?? '');
    }
  }, [value]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      onChange(text.trim() || undefined);
    }, 300);
    return () => clearTimeout(timer);
  }, [text, onChange]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.defaultPrevented || keysAreTaken(event.target) || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      input.current?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <TextInput
      ref={input}
      size="xs"
      className={classes.text}
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={14} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}

export type Choice = { value: string; label: string };

/** One filter as a chip: its name, and what it is set to. */
export function FilterChip({
  label,
  value,
  choices,
  onChange,
  multiple = false,
}: {
  label: string;
  value: string | undefined;
  choices: Choice[];
  onChange: (value: string | undefined) => void;
  multiple?: boolean;
}) {
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const chosen = value ? value.split(',') : [];
  const words = chosen.map((v) => choices.find((c) => c.value === v)?.label ?? v);
  const choose = (picked: string) => {
    if (!multiple) {
      onChange(picked === value ? undefined : picked);
      combobox.closeDropdown();
      return;
    }
    const next = chosen.includes(picked) ? chosen.filter((v) => v !== picked) : [...chosen, picked];
    onChange(next.length ? next.join(',') : undefined);
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} width={230} position="bottom-start">
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
          {choices.length === 0 ? <Combobox.Empty>{t('Nothing to choose')}</Combobox.Empty> : null}
          {choices.map((choice) => (
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
              </Group>
            </Combobox.Option>
          ))}
        </Combobox.Options>
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
