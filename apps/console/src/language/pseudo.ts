const accents: Record<string, string> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', A: 'Á', E: 'É', I: 'Í', O: 'Ó', U: 'Ú' };
const open = '⟦';
const close = '⟧';

/** A text between marks, with accents on its vowels, a third longer. Values stand in it as they are, so that a word nobody translated shows. */
export function marked(said: (values: Record<string, string>) => string, values: Record<string, string>): string {
  const names = Object.keys(values);
  const text = said(Object.fromEntries(names.map((name, index) => [name, hole(index)])));
  const longer = text.replace(/\p{L}+/gu, (word) => word.replace(/[aeiou]/gi, (letter) => accents[letter]!));
  const padding = '·'.repeat(Math.ceil(text.length / 3));
  return `${open}${filled(longer, (index) => values[names[index]!]!).join('')}${padding}${close}`;
}

/** Where a value goes while the text around it is worked on: no text and no value holds these. */
export const hole = (index: number): string => `\uE000${index}\uE001`;

/** The text in pieces, with what belongs into its holes. */
export const filled = <Value>(text: string, value: (index: number) => Value): (string | Value)[] =>
  text.split(/\uE000(\d+)\uE001/).map((piece, index) => (index % 2 === 0 ? piece : value(Number(piece))));
