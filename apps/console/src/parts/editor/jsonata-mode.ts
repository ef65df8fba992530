import { LanguageSupport, StreamLanguage, type StringStream } from '@codemirror/language';

interface State {
  comment: boolean;
  /** The token before decides whether `/` divides or begins a regular expression. */
  operand: boolean;
}

/** JSONata for the editor: comments, strings, names in back quotes, regular expressions, `$functions`, words of the language. */
export const jsonataLanguage = StreamLanguage.define<State>({
  name: 'jsonata',
  startState: () => ({ comment: false, operand: false }),
  copyState: (state) => ({ ...state }),
  token: read,
  languageData: { commentTokens: { block: { open: '/*', close: '*/' } }, closeBrackets: { brackets: ['(', '[', '{', '"', "'", '`'] } },
});

function read(stream: StringStream, state: State): string | null {
  if (state.comment) {
    if (stream.skipTo('*/')) {
      stream.pos += 2;
      state.comment = false;
    } else stream.skipToEnd();
    return 'comment';
  }
  if (stream.eatSpace()) return null;
  if (stream.match('/*')) {
    state.comment = true;
    return 'comment';
  }
  const quote = stream.peek();
  if (quote === '"' || quote === "'" || quote === '`') {
    stream.next();
    let escaped = false;
    for (let char = stream.next(); char !== undefined && char !== null; char = stream.next()) {
      if (char === quote && !escaped) break;
      escaped = !escaped && char === '\\';
    }
    state.operand = true;
    return quote === '`' ? 'propertyName' : 'string';
  }
  if (!state.operand && stream.match(/^\/(?:[^/\\\n]|\\.)+\/[im]*/)) {
    state.operand = true;
    return 'regexp';
  }
  if (stream.match(/^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/)) {
    state.operand = true;
    return 'number';
  }
  if (stream.match(/^\$[\w.$]*(?=\s*\()/)) {
    state.operand = false;
    return 'variableName.function';
  }
  if (stream.match(/^\$\$?\w*/)) {
    state.operand = true;
    return 'variableName';
  }
  if (stream.match(/^(?:and|or|in|function|λ)\b/)) {
    state.operand = false;
    return 'keyword';
  }
  if (stream.match(/^(?:true|false)\b/)) {
    state.operand = true;
    return 'bool';
  }
  if (stream.match(/^null\b/)) {
    state.operand = true;
    return 'null';
  }
  if (stream.match(/^[A-Za-z_][\w]*/)) {
    state.operand = true;
    return 'propertyName';
  }
  const char = stream.next();
  state.operand = char === ')' || char === ']' || char === '}';
  return /[()[\]{}]/.test(char ?? '') ? 'bracket' : /[,;:]/.test(char ?? '') ? 'separator' : 'operator';
}

export const jsonata = (): LanguageSupport => new LanguageSupport(jsonataLanguage);
