import { Combobox, Group, TextInput, useCombobox } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { inSentence, listed, t } from '../language/index.js';
import { chosenOf, picked, wordOf, type ChosenFilter } from './chosen-filter.js';
import { comparedOffers } from './compared.js';
import { OfferCount, OffersNote, useOffers, type Offer } from './facets.js';
import classes from './filter-bar.module.css';
import { keysAreTaken, toFirstRow } from './row-keys.js';
import { textOf, withoutWord, wordAt, wordsOf, type TypedWord } from './typed-query.js';

/** A filter that can also be typed: `flow:erp-us-invoices`, `-flow:erp-us-invoices`, `age:>24h`. */
export interface TypedFilter extends ChosenFilter {
  /** What stands before the colon. */
  name: string;
  /** Takes values that nobody offers. */
  open?: boolean;
}

/**
 * Text of a filter. Written to the address 300 ms after the last key, or with Enter; `/` comes here from anywhere on the page, and Enter leads on to the first row. Of typed filters it
 * offers names, then values with their counts; one that is chosen becomes a chip and leaves the text. A word of a filter that it does not understand stays, is not sent, and
 * it says why. Without `onChange` there are filters alone.
 */
export function FilterText({
  value,
  onChange,
  label,
  placeholder,
  typed = [],
}: {
  value?: string | undefined;
  onChange?: (value: string | undefined) => void;
  label: string;
  placeholder: string;
  typed?: readonly TypedFilter[];
}) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value ?? '');
  const [caret, setCaret] = useState(0);
  const [away, setAway] = useState(true);
  const sent = useRef(value ?? '');
  const names = typed.map(({ name }) => name).join(' ');
  useEffect(() => {
    if ((value ?? '') !== sent.current) {
      sent.current = value ?? '';
      setText(value ?? '');
    }
  }, [value]);
  const plain = textOf(text, names.split(' ').filter(Boolean));
  const send = () => {
    if (plain === sent.current.trim() || !onChange) return;
    sent.current = plain;
    onChange(plain || undefined);
  };
  useEffect(() => {
    if (plain === sent.current.trim() || !onChange) return;
    const timer = setTimeout(send, 300);
    return () => clearTimeout(timer);
    // Anew with each change of the text; `send` has no state but these.
  }, [plain, onChange]);
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
  const refused = filter && word!.not && !filter.not;
  const compared = filter?.compared && !refused ? comparedOffers(filter.compared, word!.rest) : [];
  const shown: Offer[] = filter ? (refused ? [] : [...offers, ...compared]) : namesFor(typed, word);
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
      const name = `${word?.not ? '-' : ''}${one}:`;
      write(`${text.slice(0, begun.from)}${name}${text.slice(begun.to)}`, begun.from + name.length);
      return;
    }
    const rest = withoutWord(text, word!);
    write(rest, rest.length);
    combobox.closeDropdown();
    const part = word!.not ? `-${one}` : one;
    if (!chosenOf(filter).includes(part)) filter.onChange(picked(filter, part));
  };
  const wrong = wordsOf(text)
    .map((one) => problemOf(one, { typed, here: !away && one.from === word?.from, textToo: onChange !== undefined }))
    .find((sentence) => sentence !== undefined);
  const field = (
    <TextInput
      ref={input}
      size="xs"
      className={classes.text}
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={14} />}
      value={text}
      error={wrong}
      onFocus={() => setAway(false)}
      onChange={(event) => {
        setAway(false);
        setText(event.currentTarget.value);
        setCaret(event.currentTarget.selectionStart ?? event.currentTarget.value.length);
        if (event.currentTarget.value === '') combobox.closeDropdown();
        else combobox.openDropdown();
      }}
      onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
      onBlur={() => {
        setAway(true);
        combobox.closeDropdown();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || refused || combobox.getSelectedOptionIndex() !== -1) return;
        if (filter === undefined) {
          // What is found takes the place of what stands there, and the focus stays at the first row.
          event.preventDefault();
          if (wrong !== undefined) return;
          // Not after the pause of who types on.
          send();
          toFirstRow();
          return;
        }
        if (!word?.rest) return;
        const understood = filter.compared
          ? filter.compared.words(word.rest) !== undefined
          : filter.open && shown.length === 0 && !counts.counting;
        // What is not understood is said, not sent.
        if (!understood && shown.length === 0) setAway(true);
        if (!understood || (shown.length > 0 && combobox.dropdownOpened)) return;
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
      <Combobox.Dropdown hidden={(shown.length === 0 && !filter) || (wrong !== undefined && (shown.length === 0 || !word))}>
        <Combobox.Options mah={320} style={{ overflowY: 'auto' }} aria-label={filter ? filter.label : t('Filters')}>
          {empty ? <Combobox.Empty>{nothingLike(filter, word!, typed)}</Combobox.Empty> : null}
          {shown.map((offer) => (
            <Combobox.Option key={offer.value} value={offer.value}>
              <Group gap={8} wrap="nowrap">
                {offer.label}
                <OfferCount {...offer} />
              </Group>
            </Combobox.Option>
          ))}
        </Combobox.Options>
        {filter ? <OffersNote {...counts} about={[filter.compared?.note, counts.answer && filter.facetNote]} /> : null}
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** Names that the word may become; behind a minus those of filters whose values can be left out. */
const namesFor = (typed: readonly TypedFilter[], word: TypedWord | undefined): Offer[] =>
  word?.name === undefined
    ? typed
        .filter(({ name, not }) => name.startsWith((word?.rest ?? '').toLowerCase()) && (!word?.not || not))
        .map(({ name }) => ({ value: name, label: `${word?.not ? '-' : ''}${name}:` }))
    : [];

/** What is said where a filter offers nothing for the word. */
function nothingLike(filter: TypedFilter, word: TypedWord, typed: readonly TypedFilter[]): string {
  const problem = problemOf(word, { typed, here: true, textToo: true });
  if (problem !== undefined) return problem;
  if (filter.compared) return t('Such as {{examples}}', { examples: listed(filter.compared.examples, 'disjunction') });
  if (word.rest !== '' && filter.open)
    return t('Enter: {{label}} {{typed}}', { label: filter.label, typed: wordOf(filter, `${word.not ? '-' : ''}${word.rest}`) });
  return t('No {{label}} like that', { label: inSentence(filter.label) });
}

/** Why a word is not set yet. `here`: the caret is at it, and it may become something. */
function problemOf(word: TypedWord, { typed, here, textToo }: { typed: readonly TypedFilter[]; here: boolean; textToo: boolean }): string | undefined {
  const filter = typed.find(({ name }) => name === word.name);
  const typedWord = `${word.not ? '-' : ''}${word.name === undefined ? '' : `${word.name}:`}${word.rest}`;
  if (!filter) {
    if (textToo || (here && word.name === undefined && namesFor(typed, word).length > 0)) return undefined;
    return t('“{{word}}” is no filter. There are {{names}}.', { word: typedWord, names: listed(typed.map(({ name }) => `${name}:`)) });
  }
  if (word.not && !filter.not)
    return t('“{{word}}” is not understood: a minus stands before {{names}} alone.', {
      word: typedWord,
      names: listed(typed.filter(({ not }) => not).map(({ name }) => `${name}:`), 'disjunction'),
    }); // prettier-ignore
  const { compared } = filter;
  const isChoice = filter.choices.some(({ value }) => value === word.rest);
  if (compared && !isChoice && compared.words(word.rest) === undefined && !(here && compared.isBegun(word.rest))) return compared.problem(word.rest);
  if (here) return undefined;
  return t('“{{word}}” is not set: choose what it offers, or press Enter behind it.', { word: typedWord });
} // prettier-ignore
