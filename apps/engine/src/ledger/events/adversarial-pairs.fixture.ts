import { isUriReference } from './uris.js';

/**
 * Pairs of source and id that a careless key takes for each other: separators that stand in either, lengths that look like ours, letters that
 * normalise or fold to the same, blanks at the ends, escapes of URIs. Each pair is there once; sources are URI references.
 */
export function adversarialPairs(): [source: string, id: string][] {
  const pairs = new Map<string, [string, string]>();
  const add = (source: string, id: string) =>
    void (isUriReference(source) && source !== '' && id !== '' && pairs.set(JSON.stringify([source, id]), [source, id]));
  // One text, cut in every place: with any separator, or with none, all of these are one.
  for (const separator of ['-', ':', '/', '.', ',', ';', '_', '~', '!', '+', '=', '&', '@', '$', "'", '(', '*', '1', '0', 'a'])
    for (const base of ['a', '1', 'ab', '11', 'aa', 'x1', '/a', 'a/', '4:ab']) {
      const text = Array.from({ length: 12 }, (_, n) => (n % 3 === 2 ? separator : base)).join('');
      for (let cut = 1; cut < text.length; cut += 1) {
        add(text.slice(0, cut), text.slice(cut));
        add(text.slice(0, cut), separator + text.slice(cut));
        add(text.slice(0, cut) + separator, text.slice(cut));
      }
    }
  // Lengths in front, in and behind.
  for (let n = 1; n < 400; n += 1) {
    add('/s', `${n}`);
    add(`/s${n}`, 'x');
    add('/s', `${n}:${'a'.repeat(n % 50)}`);
    add(`/s/2:/s${n}`, `1:${n}`);
    add('a'.repeat(n), 'a'.repeat(400 - n));
  }
  // Letters that are one after normalisation, case folding, trimming or decoding, and are not one here.
  const ids = ['é', 'e\u0301', 'É', 'E\u0301', 'ß', 'ss', 'SS', 'ﬁ', 'fi', 'İ', 'i\u0307', 'ı', 'i', 'I', 'K', 'K', 'Å', 'Å', 'A\u030a', '１', '1', '①', '²', '2', 'ا', 'ﺍ', '한', '한', 'a', 'а', 'a\u200b', 'a\u200d', 'a\ufeff', '\ufeffa', 'a\u00ad', ' a', 'a ', '\ta', 'a\n', 'a\r\n', 'a\u00a0', '%61', '%C3%A9', 'a%', '\\u0061', '\\', '\\\\', '"', "'", 'null', 'undefined', 'NaN', '{}', '[]', '0', '00', '-0', '+0', '1.0', '01', '\u{1f680}', '\u{1f680}\ufe0f', '\u{1f469}\u200d\u{1f680}']; // prettier-ignore
  const sources = ['/s', '/S', '/s/', '//s', '/s//', '/s/.', '/./s', '/s?', '/s#', '/s?#', '/%73', '/s%20', 'http://h', 'http://h/', 'HTTP://h', 'http://H', 'http://h:80', 'http://h:80/', 'http://h/?', 'http://h/#', 'http://h//', 'urn:a:b', 'URN:a:b', 'urn:A:b', 'urn:a:B', 'mailto:a@b', 'mailto:A@b', 's', 'S', './s', '../s', 's/', '0', '00', '1', '01', '-', '--', '~', '%7E', '%7e', 'null', 'undefined']; // prettier-ignore
  for (const source of sources) for (const id of ids) add(source, id);
  return [...pairs.values()];
}
