import jsonata from 'jsonata';
import { plainJsonata } from './dialect.js';

/** A part of an expression, by offsets: `to` is the one after its last character. */
export interface Range {
  from: number;
  to: number;
}

/** A node of JSONata's own tree. */
export interface SyntaxNode {
  type?: string;
  value?: unknown;
  /** Offset just after the token that the node was made of. */
  position?: number;
  [part: string]: unknown;
}

export interface Token extends Range {
  kind: 'string' | 'quoted' | 'regex' | 'number' | 'variable' | 'name' | 'operator';
  text: string;
}

/** Something that can be evaluated on its own where it stands. */
export interface SubExpression extends Range {
  node: SyntaxNode;
}

const doubles = new Set(['..', ':=', '!=', '>=', '<=', '**', '~>', '?:', '??']);
const opening: Record<string, string> = { '(': ')', '[': ']', '{': '}' };
const closing = new Set(Object.values(opening));

/** The tokens as JSONata cuts them, comments left out. Offsets are those of the text as it was written. */
export function tokensOf(source: string): Token[] {
  const plain = plainJsonata(source);
  const tokens: Token[] = [];
  const add = (kind: Token['kind'], from: number, to: number) => tokens.push({ kind, from, to, text: plain.slice(from, to) });
  let at = 0;
  while (at < plain.length) {
    const rest = plain.slice(at);
    const char = plain[at]!;
    const space = /^\s+/.exec(rest);
    if (space) {
      at += space[0].length;
      continue;
    }
    if (rest.startsWith('/*')) {
      const end = plain.indexOf('*/', at + 2);
      at = end < 0 ? plain.length : end + 2;
      continue;
    }
    const from = at;
    if (char === '"' || char === "'") at = stringEnd(plain, at, char);
    else if (char === '`') at = Math.max(plain.indexOf('`', at + 1) + 1, at + 1);
    if (at > from) {
      add(char === '`' ? 'quoted' : 'string', from, at);
      continue;
    }
    if (char === '/' && beginsRegex(tokens.at(-1))) {
      at = regexEnd(plain, at);
      while (/[im]/.test(plain[at] ?? '')) at += 1;
      add('regex', from, at);
      continue;
    }
    const number = /^(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(rest);
    if (number) {
      at += number[0].length;
      add('number', from, at);
      continue;
    }
    if (doubles.has(plain.slice(at, at + 2))) {
      at += 2;
      add('operator', from, at);
      continue;
    }
    const word = /^[^\s.[\]{}(),@#;:?+\-*/%|=<>^&!~"'`\\]+/.exec(rest);
    at += word ? word[0].length : 1;
    add(word ? (word[0].startsWith('$') ? 'variable' : 'name') : 'operator', from, at);
  }
  return tokens;
}

function stringEnd(text: string, at: number, quote: string): number {
  for (let end = at + 1; end < text.length; end += 1) {
    if (text[end] === '\\') end += 1;
    else if (text[end] === quote) return end + 1;
  }
  return text.length;
}

/** As JSONata reads one: a slash inside of brackets does not end it. */
function regexEnd(text: string, at: number): number {
  let depth = 0;
  for (let end = at + 1; end < text.length; end += 1) {
    const char = text[end]!;
    if (char === '\\') end += 1;
    else if ('([{'.includes(char)) depth += 1;
    else if (')]}'.includes(char)) depth -= 1;
    else if (char === '/' && depth === 0) return end + 1;
  }
  return text.length;
}

/** A slash divides after a value and begins a regular expression elsewhere. */
function beginsRegex(before: Token | undefined): boolean {
  if (!before) return true;
  if (before.kind === 'operator') return before.text !== ')' && before.text !== ']' && before.text !== '}';
  return false;
}

/** The tree of an expression with the place of each node in the text. */
export class Syntax {
  private readonly ranges = new Map<object, [first: number, last: number] | null>();
  private parts: readonly SubExpression[] | undefined;
  private readonly byEnd: ReadonlyMap<number, number>;

  constructor(
    readonly source: string,
    readonly tree: SyntaxNode,
    readonly tokens: readonly Token[],
  ) {
    this.byEnd = new Map(tokens.map((token, index) => [token.to, index]));
  }

  /** Where a node stands, with the brackets that belong to it; undefined for one that JSONata made up. */
  rangeOf(node: SyntaxNode): Range | undefined {
    const span = this.span(node);
    return span ? { from: this.tokens[span[0]]!.from, to: this.tokens[span[1]]!.to } : undefined;
  }

  /** Everything that can be evaluated where it stands, outer ones before inner ones. A path has one for each of its beginnings. */
  subExpressions(): readonly SubExpression[] {
    return (this.parts ??= this.allParts());
  }

  private allParts(): SubExpression[] {
    const found: SubExpression[] = [];
    const add = (node: SyntaxNode, range: Range | undefined) => range && found.push({ node, ...range });
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null || value instanceof RegExp) return;
      if (Array.isArray(value)) return value.forEach(visit);
      const node = value as SyntaxNode;
      switch (node.type) {
        case 'path': {
          const steps = node['steps'] as SyntaxNode[];
          const from = this.rangeOf(node)?.from;
          for (const [index, step] of [...steps.entries()].reverse()) {
            const to = index === steps.length - 1 ? this.rangeOf(node)?.to : this.rangeOf(step)?.to;
            if (from !== undefined && to !== undefined) add(node, { from, to });
            // A first step is the beginning of the path, and a name is nothing without what stands before it.
            if (step.type !== 'name' && step.type !== 'variable') visitParts(step);
            visit(step['stages']);
          }
          visit(node['group']);
          return;
        }
        case 'lambda':
          visit(node['body']);
          return;
        case 'bind':
          visit(node['rhs']);
          return;
        case 'function':
        case 'partial':
          if (node['procedure'] && (node['procedure'] as SyntaxNode).type !== 'variable') visit(node['procedure']);
          add(node, this.rangeOf(node));
          visit(node['arguments']);
          visit(node['predicate']);
          return;
        case undefined:
        case 'operator':
        case 'filter':
        case 'sort':
        case 'transform':
          visitParts(node);
          return;
        default:
          add(node, this.rangeOf(node));
          visitParts(node);
      }
    };
    const visitParts = (node: SyntaxNode): void => {
      if (node.type === 'unary' && node.value === '{') {
        // A key is a word, not a value that anybody asks for.
        for (const [key, value] of node['lhs'] as [SyntaxNode, SyntaxNode][]) {
          if (key.type !== 'string') visit(key);
          visit(value);
        }
        return;
      }
      for (const [part, value] of Object.entries(node)) if (part !== 'value' && part !== 'slot' && part !== 'ancestor') visit(value);
    };
    visit(this.tree);
    const once = new Map(found.map((one) => [`${one.from}-${one.to}`, one]));
    return [...once.values()].sort((a, b) => a.from - b.from || b.to - a.to);
  }

  private span(node: SyntaxNode): [number, number] | null {
    const known = this.ranges.get(node);
    if (known !== undefined) return known;
    this.ranges.set(node, null); // a node that holds itself ends here
    let first = Infinity;
    let last = -1;
    const take = (span: [number, number] | null) => {
      if (!span) return;
      first = Math.min(first, span[0]);
      last = Math.max(last, span[1]);
    };
    const own = node.position === undefined ? undefined : this.byEnd.get(node.position);
    if (own !== undefined) take([own, own]);
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null || value instanceof RegExp) return;
      if (Array.isArray(value)) value.forEach(visit);
      else take(this.span(value as SyntaxNode));
    };
    for (const [part, value] of Object.entries(node)) if (part !== 'slot' && part !== 'ancestor') visit(value);
    const span = last < 0 ? null : this.balanced(node, first, last);
    this.ranges.set(node, span);
    return span;
  }

  /** JSONata keeps the place of one token of a node: what closes a bracket, or stands before it, is found in the text. */
  private balanced(node: SyntaxNode, first: number, last: number): [number, number] {
    const text = (index: number) => this.tokens[index]?.text;
    const open: string[] = [];
    let missing = 0;
    for (let at = first; at <= last; at += 1) {
      const token = this.tokens[at]!;
      if (token.kind !== 'operator') continue;
      if (opening[token.text]) open.push(opening[token.text]!);
      else if (closing.has(token.text) && open.pop() === undefined) missing += 1;
    }
    while (missing > 0 && first > 0) {
      first -= 1;
      if (this.tokens[first]!.kind !== 'operator') continue;
      if (opening[text(first)!]) missing -= 1;
      else if (closing.has(text(first)!)) missing += 1;
    }
    while (open.length > 0 && last < this.tokens.length - 1) {
      last += 1;
      const token = this.tokens[last]!;
      if (token.kind !== 'operator') continue;
      if (opening[token.text]) open.push(opening[token.text]!);
      else if (closing.has(token.text)) open.pop();
    }
    if (text(first) === '(' && (text(first - 1) === 'function' || text(first - 1) === 'λ')) first -= 1;
    if (node.type === 'number' && Number(node.value) < 0 && text(first - 1) === '-') first -= 1;
    if (node.type === 'transform') while (last < this.tokens.length - 1 && text(last) !== '|') last += 1;
    while (node['keepArray'] === true && text(last + 1) === '[' && text(last + 2) === ']') last += 2;
    while ((node['focus'] !== undefined || node['index'] !== undefined) && (text(last + 1) === '@' || text(last + 1) === '#')) last += 2;
    return [first, last];
  }
}

/** Undefined where the text is no expression; `checkExpression` says why. */
export function parseSyntax(source: string): Syntax | undefined {
  if (source.trim() === '') return undefined;
  try {
    return new Syntax(source, jsonata(plainJsonata(source)).ast() as unknown as SyntaxNode, tokensOf(source));
  } catch {
    return undefined;
  }
}

/** The smallest part that covers what is selected, or what a pointer is over. */
export function subExpressionAt(syntax: Syntax, from: number, to = from): SubExpression | undefined {
  return syntax
    .subExpressions()
    .filter((one) => one.from <= from && to <= one.to)
    .sort((a, b) => a.to - a.from - (b.to - b.from))[0];
}

/** Name of the function that `seeing` puts around a part; no mapping can write it, since it is no name of the language. */
export const seeingFunction = 'waybill_seen';

/** The same expression, which tells `$waybill_seen` what one part of it is whenever it is evaluated. */
export const seeing = (source: string, { from, to }: Range): string =>
  `${source.slice(0, from)}$${seeingFunction}(${source.slice(from, to)})${source.slice(to)}`;

/** Every place where a variable stands that is bound where the offset is: for a rename. Undefined where none stands, or where it is given by the engine. */
export function variableAt(syntax: Syntax, position: number): { name: string; ranges: Range[] } | undefined {
  const token = syntax.tokens.find((one) => one.kind === 'variable' && one.from <= position && position <= one.to);
  const name = token?.text.slice(1);
  if (!token || !name || name === '$') return undefined;
  const ranges = new Map<Scope, Range[]>();
  const at = (node: SyntaxNode): Range => ({ from: node.position! - String(node.value).length - 1, to: node.position! });
  let wanted: Scope | undefined;
  const note = (scope: Scope | undefined, range: Range) => {
    if (!scope) return;
    const known = ranges.get(scope) ?? [];
    if (!known.some((one) => one.from === range.from)) known.push(range);
    ranges.set(scope, known);
    if (range.from === token.from) wanted = scope;
  };
  const visit = (value: unknown, scope: Scope): void => {
    if (typeof value !== 'object' || value === null || value instanceof RegExp) return;
    if (Array.isArray(value)) return value.forEach((one) => visit(one, scope));
    const node = value as SyntaxNode;
    if (node.type === 'variable') {
      if (node.value === name) note(holderOf(scope, name), at(node));
      return visitParts(node, scope);
    }
    if (node.type === 'block') {
      const inner: Scope = { names: new Set(), outer: scope };
      return visit(node['expressions'], inner);
    }
    if (node.type === 'bind') {
      const bound = node['lhs'] as SyntaxNode;
      // A function may call itself, so its name is known inside; a value is not, but then it is no other variable of that name either.
      scope.names.add(String(bound.value));
      visit(node['rhs'], scope);
      if (bound.value === name) note(scope, at(bound));
      return;
    }
    if (node.type === 'lambda') {
      const inner: Scope = { names: new Set(), outer: scope };
      for (const parameter of node['arguments'] as SyntaxNode[]) {
        inner.names.add(String(parameter.value));
        if (parameter.value === name) note(inner, at(parameter));
      }
      return visit(node['body'], inner);
    }
    visitParts(node, scope);
  };
  const visitParts = (node: SyntaxNode, scope: Scope): void => {
    for (const [part, inner] of Object.entries(node)) if (part !== 'value') visit(inner, scope);
  };
  visit(syntax.tree, { names: new Set(), outer: undefined });
  const found = wanted && ranges.get(wanted);
  return found && { name, ranges: found.sort((a, b) => a.from - b.from) };
}

interface Scope {
  names: Set<string>;
  outer: Scope | undefined;
}

const holderOf = (scope: Scope | undefined, name: string): Scope | undefined =>
  !scope || scope.names.has(name) ? scope : holderOf(scope.outer, name);
