import { Combobox, Group, TextInput, useCombobox } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { inSentence, t } from '../language/index.js';
import { picked, type ChosenFilter } from './chosen-filter.js';
import { OfferCount, OffersNote, useOffers, type Offer } from './facets.js';
import classes from './filter-bar.module.css';
import { keysAreTaken, toFirstRow } from './row-keys.js';
import { textOf, withoutWord, wordAt, type TypedWord } from './typed-query.js';

/** A filter that can also be typed: `flow:erp-us-invoices`. */
export interface TypedFilter extends ChosenFilter {
  /** What stands before the colon. */
  name: string;
  /** Takes values that nobody offers. */
  open?: boolean;
}

/**
 * Text of a filter. Written to the address 300 ms after the last key; `/` comes here from anywhere on the page, and Enter leads on to the first row. Of typed filters it offers names, then values with their
 * counts; one that is chosen becomes a chip and leaves the text.
 */
export function FilterText({
  value,
  onChange,
  label,
  placeholder,
  typed = [],
}: {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  label: string;
  placeholder: string;
  typed?: readonly TypedFilter[];
}) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value ?? '');
  const [caret, setCaret] = useState(0);
  const sent = useRef(value ?? '');
  const names = typed.map(({ name }) => name).join(' ');
  useEffect(() => {
    if ((value ?? '') !== sent.current) {
      sent.current = value ?? '';
      setText(value ?? '');
    }
  }, [value]);
  useEffect(() => {
    const plain = textOf(text, names.split(' ').filter(Boolean));
    if (plain === sent.current.trim()) return;
    const timer = setTimeout(() => {
      sent.current = plain;
      onChange(plain || undefined);
    }, 300);
    return () => clearTimeout(timer);
  }, [text, names, onChange]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.defaultPrevented || keysAreTaken(event.target) || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      input.current?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const word = wordAt(text, caret);
  const filter = typed.find(({ name }) => name === word?.name);
  const { offers, ...counts } = useOffers(filter?.choices ?? [], filter?.facet, {
    open: combobox.dropdownOpened && filter !== undefined,
    find: filter ? word!.rest : '',
  });
  const shown: Offer[] = filter ? offers : namesFor(typed, word);
  // What is chosen by Enter is what stands first, once a name says what is chosen among; text alone is never taken for one.
  const first = filter && shown[0]?.value;
  const { selectFirstOption, resetSelectedOption } = combobox;
  useEffect(() => {
    if (first !== undefined) selectFirstOption();
    else resetSelectedOption();
    // Anew for other offers; the two do not change.
  }, [first, word?.rest]);

  const write = (next: string, at: number) => {
    setText(next);
    setCaret(at);
    input.current?.setSelectionRange(at, at);
  };
  const take = (one: string) => {
    if (!filter) {
      const begun = word ? { from: word.from, to: word.to } : { from: text.length, to: text.length };
      const next = `${text.slice(0, begun.from)}${one}:${text.slice(begun.to)}`;
      write(next, begun.from + one.length + 1);
      return;
    }
    const rest = withoutWord(text, word!);
    write(rest, rest.length);
    combobox.closeDropdown();
    if (!filter.value?.split(',').includes(one)) filter.onChange(picked(filter, one));
  };
  const field = (
    <TextInput
      ref={input}
      size="xs"
      className={classes.text}
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={14} />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        setCaret(event.currentTarget.selectionStart ?? event.currentTarget.value.length);
        if (event.currentTarget.value === '') combobox.closeDropdown();
        else combobox.openDropdown();
      }}
      onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
      onBlur={() => combobox.closeDropdown()}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || combobox.getSelectedOptionIndex() !== -1) return;
        if (filter === undefined) {
          // What is found takes the place of what stands there, and the focus stays at the first row.
          event.preventDefault();
          toFirstRow();
          return;
        }
        if (!filter.open || shown.length > 0 || counts.counting || !word?.rest) return;
        event.preventDefault();
        take(word.rest);
      }}
    />
  );
  if (typed.length === 0) return field;
  const empty = filter && shown.length === 0 && !counts.counting;
  return (
    <Combobox store={combobox} onOptionSubmit={take} width={320} position="bottom-start">
      <Combobox.Target withExpandedAttribute>{field}</Combobox.Target>
      <Combobox.Dropdown hidden={shown.length === 0 && !filter}>
        <Combobox.Options mah={320} style={{ overflowY: 'auto' }} aria-label={filter ? filter.label : t('Filters')}>
          {empty ? (
            <Combobox.Empty>
              {filter.open && word?.rest
                ? t('Enter: {{label}} {{typed}}', { label: filter.label, typed: word.rest })
                : t('No {{label}} like that', { label: inSentence(filter.label) })}
            </Combobox.Empty>
          ) : null}
          {shown.map((offer) => (
            <Combobox.Option key={offer.value} value={offer.value}>
              <Group gap={8} wrap="nowrap">
                {offer.label}
                <OfferCount count={offer.count} />
              </Group>
            </Combobox.Option>
          ))}
        </Combobox.Options>
        {filter ? <OffersNote {...counts} /> : null}
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** Names that the word may become. */
const namesFor = (typed: readonly TypedFilter[], word: TypedWord | undefined): Offer[] =>
  word?.name === undefined
    ? typed.filter(({ name }) => name.startsWith((word?.rest ?? '').toLowerCase())).map(({ name }) => ({ value: name, label: `${name}:` }))
    : [];
