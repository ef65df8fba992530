/**
 * In JSONata `$money.add(total)` would look for `total` inside `$money`: the part after a dot has the part before it as its context.
 * So the dot is read as part of the name: `$money.add` becomes `$money_add`, outside of strings, comments and regular expressions.
 * One character for one character: every position in an error stays true.
 */
const namespaces = ['money', 'date'] as const;
const startsNamespace = new RegExp(`^\\$(?:${namespaces.join('|')})\\.(?=[a-zA-Z])`);

export const boundName = (written: string): string => written.slice(1).replace('.', '_');

export function plainJsonata(source: string): string {
  let out = '';
  let at = 0;
  let previous = ''; // last character that was not white space: decides whether `/` divides or begins a regular expression
  while (at < source.length) {
    const char = source[at]!;
    const end = skip(source, at, previous);
    if (end > at) {
      out += source.slice(at, end);
      if (!source.startsWith('/*', at)) previous = source[end - 1]!;
      at = end;
      continue;
    }
    const found = char === '$' ? startsNamespace.exec(source.slice(at, at + 12)) : null;
    if (found) {
      out += `${found[0].slice(0, -1)}_`;
      at += found[0].length;
      previous = '_';
      continue;
    }
    out += char;
    if (!/\s/.test(char)) previous = char;
    at += 1;
  }
  return out;
}

/** The end of the string, quoted name, comment or regular expression that begins at `at`; `at` itself when none does. */
function skip(source: string, at: number, previous: string): number {
  const char = source[at]!;
  if (char === '"' || char === "'" || char === '`') return closing(source, at, char, char !== '`');
  if (char !== '/') return at;
  if (source[at + 1] === '*') {
    const end = source.indexOf('*/', at + 2);
    return end < 0 ? source.length : end + 2;
  }
  const begins = previous === '' || '([{,;:=?&|~<>+-*%!'.includes(previous);
  return begins ? closing(source, at, '/', true) : at;
}

function closing(source: string, at: number, quote: string, escapes: boolean): number {
  for (let i = at + 1; i < source.length; i += 1) {
    if (escapes && source[i] === '\\') i += 1;
    else if (source[i] === quote) return i + 1;
  }
  return source.length;
}
