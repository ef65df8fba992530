/** What a person types into the filter of a list: text that rows begin with, and words such as `flow:erp-us-invoices` or `-flow:erp-us-invoices` that set a filter. Pure. */

export interface TypedWord {
  /** Before the colon, without its minus; undefined while there is none. */
  name: string | undefined;
  /** A minus stands before it: all but that. */
  not: boolean;
  /** After the colon, or the whole word without its minus. */
  rest: string;
  /** Where the word begins in the text, and where it ends. */
  from: number;
  to: number;
}

/** The words of a text in their order. */
export const wordsOf = (text: string): TypedWord[] =>
  [...text.matchAll(/[^ ]+/g)].map(({ 0: word, index: from }) => {
    const not = word.startsWith('-');
    const bare = not ? word.slice(1) : word;
    const colon = bare.indexOf(':');
    const place = { not, from, to: from + word.length };
    if (colon < 0) return { name: undefined, rest: bare, ...place };
    return { name: bare.slice(0, colon).toLowerCase(), rest: bare.slice(colon + 1), ...place };
  });

/** The word that the caret stands in or behind; undefined between words. */
export const wordAt = (text: string, caret: number): TypedWord | undefined =>
  wordsOf(text).find(({ from, to }) => from <= caret && caret <= to);

/** The text without a word, and without the space that stood around it. */
export const withoutWord = (text: string, { from, to }: Pick<TypedWord, 'from' | 'to'>): string =>
  `${text.slice(0, from).trimEnd()} ${text.slice(to).trimStart()}`.trim();

/** The text alone: words that begin with the name of a filter are for that filter, also while they are typed. */
export const textOf = (text: string, names: readonly string[]): string =>
  text
    .split(' ')
    .filter((word) => !names.some((name) => word.toLowerCase().replace(/^-/, '').startsWith(`${name}:`)))
    .join(' ')
    .trim();
