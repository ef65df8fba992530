/** What a person types into the filter of a list: text that rows begin with, and words such as `flow:erp-us-invoices` that set a filter. Pure. */

export interface TypedWord {
  /** Before the colon, as it stands there; undefined while there is none. */
  name: string | undefined;
  /** After the colon, or the whole word. */
  rest: string;
  /** Where the word begins in the text, and where it ends. */
  from: number;
  to: number;
}

/** The word that the caret stands in or behind; undefined between words. */
export function wordAt(text: string, caret: number): TypedWord | undefined {
  const from = text.lastIndexOf(' ', caret - 1) + 1;
  const end = text.indexOf(' ', caret);
  const to = end < 0 ? text.length : end;
  const word = text.slice(from, to);
  if (word === '') return undefined;
  const colon = word.indexOf(':');
  if (colon < 0) return { name: undefined, rest: word, from, to };
  return { name: word.slice(0, colon).toLowerCase(), rest: word.slice(colon + 1), from, to };
}

/** The text without a word, and without the space that stood around it. */
export const withoutWord = (text: string, { from, to }: Pick<TypedWord, 'from' | 'to'>): string =>
  `${text.slice(0, from).trimEnd()} ${text.slice(to).trimStart()}`.trim();

/** The text alone: words that begin with the name of a filter are for that filter, also while they are typed. */
export const textOf = (text: string, names: readonly string[]): string =>
  text
    .split(' ')
    .filter((word) => !names.some((name) => word.toLowerCase().startsWith(`${name}:`)))
    .join(' ')
    .trim();
