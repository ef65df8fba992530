import { createInstance } from 'i18next';
import { pseudo, type Spoken } from './languages.js';
import { marked } from './pseudo.js';

/** The names between braces: a sentence asks for exactly these values. */
type Names<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Names<Rest> : never;
export type Values<Text extends string, Value> = [Names<Text>] extends [never] ? [] : [values: Record<Names<Text>, Value>];
/** The same of a sentence about a number, which is given apart. */
export type Besides<Text extends string, Value> = [Exclude<Names<Text>, 'count'>] extends [never]
  ? []
  : [values: Record<Exclude<Names<Text>, 'count'>, Value>];
export type Shown = string | number;

// The key is the English text itself, with every full stop and colon that it has. Data never becomes part of a key.
const catalogue = createInstance({
  lng: 'en',
  fallbackLng: false,
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
});
void catalogue.init();

let spoken: Spoken = 'en';

/** Speaks a language from here on. What modules have said when they loaded stays: `started.ts` asks before any of them loads. */
export async function speak(language: Spoken): Promise<void> {
  if (language === 'de') catalogue.addResourceBundle('de', 'translation', (await import('./de.json', { with: { type: 'json' } })).default);
  await catalogue.changeLanguage(language === pseudo ? 'en' : language);
  spoken = language;
  document.documentElement.lang = language;
}

export const language = (): Spoken => spoken;

/** What `Intl` is given everywhere: how the browser's own region writes the chosen language. */
export function locale(): string {
  const wanted = spoken === pseudo ? 'en' : spoken;
  return globalThis.navigator?.languages?.find((one) => one.split('-')[0] === wanted) ?? wanted;
}

export const formatNumber = (value: number): string => new Intl.NumberFormat(locale()).format(value);

/** One text in the chosen language. The first argument is the English text, written out: the catalogue is checked against the code. */
export function t<const Text extends string>(text: Text, ...[values]: Values<Text, Shown>): string {
  return say(text, values, {});
}

/** The same English word where another language needs another one; `context` says where it stands. */
export function tIn<const Text extends string>(context: string, text: Text, ...[values]: Values<Text, Shown>): string {
  return say(text, values, { context });
}

/** A sentence about a number: `counted(rows, '{{count}} row', '{{count}} rows')`. Which of both it is, the language decides. */
export function counted<const One extends string, const Other extends string>(
  count: number,
  one: One,
  other: Other,
  ...[values]: Besides<One | Other, Shown>
): string {
  return say(other, { ...values, count }, { count, defaultValue_one: one, defaultValue_other: other });
}

function say(text: string, values: Record<string, Shown> | undefined, options: object): string {
  const shown = Object.fromEntries(
    Object.entries(values ?? {}).map(([name, value]) => [name, typeof value === 'number' ? formatNumber(value) : value]),
  );
  const said = (given: Record<string, string>) => catalogue.t(text, { ...options, replace: given, nest: false });
  return spoken === pseudo ? marked(said, shown) : said(shown);
}

/** A word of a list or a state inside a sentence: English writes it small there. */
export const inSentence = (word: string): string => (spoken === 'en' ? word.toLowerCase() : word);

/** `a, b and c`. */
export const listed = (items: readonly string[], type: 'conjunction' | 'disjunction' = 'conjunction'): string =>
  new Intl.ListFormat(locale(), { type }).format(items);
