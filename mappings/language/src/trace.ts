import { functionTable } from './functions.js';
import { boundName } from './dialect.js';
import { parseSyntax, type Range, type Syntax, type SyntaxNode } from './syntax.js';

/**
 * Where values of an output come from, and what of the input an expression reads, by its syntax tree alone. Lists are passed through: `lines.amount`
 * is the field of every line, and places have no numbers. What a tree cannot tell is `unknown`, with the reason; nothing is guessed.
 */

/** Something that the mapping is given: a field of the record (`source`), of what was looked up (`enriched`), or a column of a table. */
export interface Place {
  root: 'source' | 'enriched' | 'flow' | 'delivery' | 'revision' | 'table';
  /** Of a table: its name, then the column. */
  path: readonly string[];
}

/** Who made an output value. */
export interface Origin {
  /** False: the tree leads to what was made as a whole and no further; `why` says what stands in the way. */
  exact: boolean;
  why?: string;
  /** How many names of the asked path the tree could follow. */
  depth: number;
  /** The expressions that may have made it, the one in the output first, then what its variables were bound to. One list for each branch. */
  trails: Range[][];
  /** What it is made of. */
  reads: Place[];
  /** What decides which branch it is, or whether there is one at all. */
  decides: Place[];
}

interface Value {
  trail: readonly Range[];
  reads: ReadonlyMap<string, Place>;
  decides: ReadonlyMap<string, Place>;
  is:
    | { kind: 'place'; place: Place }
    | { kind: 'object'; fields: ReadonlyMap<string, Value>; rest: Value | undefined; open: string | undefined }
    | { kind: 'list'; item: Value; certain: boolean }
    | { kind: 'choice'; options: readonly Value[] }
    | { kind: 'leaf'; float: boolean }
    | { kind: 'nothing' }
    | { kind: 'function'; call: (args: Value[], node: SyntaxNode) => Value }
    | { kind: 'unknown'; why: string };
}

export const placeKey = ({ root, path }: Place): string => JSON.stringify([root, ...path]);
/** As people write it: `lines.amount`, `$enriched.customer.id`. */
export const placeText = ({ root, path }: Place): string => {
  const words = path.map((name) => (/^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``));
  if (root === 'table') return `table ${path[0] ?? ''}${path.length > 1 ? ` · ${path.slice(1).join('.')}` : ''}`;
  if (root === 'source') return words.length ? words.join('.') : '$source';
  return [`$${root}`, ...words].join('.');
};

const none: ReadonlyMap<string, Place> = new Map();
const depthMax = 40;
/** Nodes that are looked at; a mapping whose functions call one another for ever ends here, as unknown. */
const nodesMax = 15_000;
const floats = new Set(['+', '-', '*', '/', '%']);
const floatFunctions = new Set(['sum', 'average', 'number', 'floor', 'ceil', 'round', 'abs', 'sqrt', 'power', 'parseInteger']);
/** Ask whether there is a value or what kind it is, and take nothing out of it. */
const touching = new Set(['exists', 'type', 'count', 'boolean', 'not']);
/** Give the items of their first argument, some of them or in another order. */
const keeping = new Set(['distinct', 'reverse', 'sort', 'filter', 'single', 'shuffle']);
const ownFunctions = new Set(functionTable.map(({ name }) => boundName(name)));

const union = (maps: readonly ReadonlyMap<string, Place>[]): ReadonlyMap<string, Place> => {
  const filled = maps.filter((map) => map.size > 0);
  if (filled.length < 2) return filled[0] ?? none;
  return new Map(filled.flatMap((map) => [...map]));
};
const one = (place: Place): ReadonlyMap<string, Place> => new Map([[placeKey(place), place]]);

class Scope {
  private readonly own = new Map<string, Value>();
  constructor(private readonly outer?: Scope) {}
  set(name: string, value: Value): void {
    this.own.set(name, value);
  }
  get(name: string): Value | undefined {
    return this.own.get(name) ?? this.outer?.get(name);
  }
}

export class Trace {
  /** Where the expression reads each place. */
  private readonly readAt = new Map<string, Range[]>();
  private readonly places = new Map<string, Place>();
  private readonly touched = new Set<string>();
  private readonly taken = new Set<string>();
  private readonly output: Value;
  private nodes = 0;
  private readonly calls: SyntaxNode[] = [];

  constructor(readonly syntax: Syntax) {
    const input = this.placed({ root: 'source', path: [] }, []);
    this.output = this.of(syntax.tree, input, new Scope());
    this.take(this.output);
  }

  /** Who made the value at a path of the output, such as `['lines', '0', 'amount']`. */
  originOf(path: readonly string[]): Origin {
    const names = path.filter((name) => !/^\d+$/.test(name));
    let value = this.output;
    let depth = 0;
    for (const name of names) {
      const why = whyClosed(value);
      if (why !== undefined) return originFrom(value, depth, why);
      value = this.member(itemOf(value), name, undefined);
      depth += 1;
    }
    const why = value.is.kind === 'unknown' ? value.is.why : undefined;
    return originFrom(value, depth, why);
  }

  /** Places that the expression reads, each with where it stands there. */
  reads(): { place: Place; at: Range[] }[] {
    return [...this.readAt].map(([key, at]) => ({ place: this.places.get(key)!, at }));
  }

  /** Where the expression reads exactly this place, or, where it takes a whole that holds it, where it takes that. */
  readersOf(place: Place): { exact: boolean; at: Range[] } {
    for (let length = place.path.length; length >= 0; length -= 1) {
      const holder = { root: place.root, path: place.path.slice(0, length) };
      const at = this.readAt.get(placeKey(holder));
      if (at && (length === place.path.length || this.taken.has(placeKey(holder)))) return { exact: length === place.path.length, at };
    }
    return { exact: true, at: [] };
  }

  /** Does anything of the output depend on this place, or on something inside it? */
  isUsed(place: Place): boolean {
    const key = placeKey(place);
    if (this.touched.has(key)) return true;
    for (let length = place.path.length; length >= 0; length -= 1)
      if (this.taken.has(placeKey({ root: place.root, path: place.path.slice(0, length) }))) return true;
    const inside = `${key.slice(0, -1)},`;
    for (const set of [this.touched, this.taken]) for (const other of set) if (other.startsWith(inside)) return true;
    return false;
  }

  /** What the tree says of the kind of a value: for lints. */
  kindOf(path: readonly string[]): { float: boolean; list: 'always' | 'sometimes' | 'never' | 'unknown'; at: Range | undefined } {
    let value = this.output;
    for (const name of path) {
      if (whyClosed(value) !== undefined) return { float: false, list: 'unknown', at: undefined };
      value = this.member(itemOf(value), name, undefined);
    }
    const options = flat(value);
    const lists = new Set(options.map(({ is }) => listness(is)));
    return {
      float: options.some(({ is }) => is.kind === 'leaf' && is.float),
      list: lists.size === 1 ? [...lists][0]! : lists.has('unknown') || lists.size === 0 ? 'unknown' : 'sometimes',
      at: value.trail[0] ?? options[0]?.trail[0],
    };
  }

  private of(node: SyntaxNode, ctx: Value, scope: Scope): Value {
    this.nodes += 1;
    const range = this.syntax.rangeOf(node);
    const trail = range ? [range] : [];
    if (this.nodes > nodesMax) return unknown('the expression is too entangled to follow', trail);
    let value = this.bare(node, ctx, scope, trail);
    for (const stage of (node['predicate'] as SyntaxNode[] | undefined) ?? []) value = this.staged(value, stage, scope);
    const group = node['group'] as { lhs: [SyntaxNode, SyntaxNode][] } | undefined;
    return group ? this.objectOf(group.lhs, itemOf(value), scope, trail, true) : value;
  }

  private bare(node: SyntaxNode, ctx: Value, scope: Scope, trail: readonly Range[]): Value {
    const of = (part: string, inner = scope): Value => this.of(node[part] as SyntaxNode, ctx, inner);
    switch (node.type) {
      case 'string':
      case 'number':
      case 'value':
      case 'regex':
        return leaf([], trail);
      case 'name':
        return this.member(ctx, String(node.value), node);
      case 'variable':
        return this.variable(String(node.value), ctx, scope, trail);
      case 'path':
        return this.path(node['steps'] as SyntaxNode[], ctx, scope, trail);
      case 'block': {
        const inner = new Scope(scope);
        const values = (node['expressions'] as SyntaxNode[]).map((part) => this.of(part, ctx, inner));
        return { ...(values.at(-1) ?? nothing(trail)), ...(values.length > 0 ? {} : { trail }) };
      }
      case 'bind': {
        const name = String((node['lhs'] as SyntaxNode).value);
        const value = of('rhs');
        scope.set(name, value);
        return value;
      }
      case 'lambda':
        // JSONata wraps the last call of a function in one without arguments, to call it in a loop.
        if (node['thunk'] === true) return of('body');
        return this.lambda(node, ctx, scope, trail);
      case 'condition': {
        const test = of('condition');
        const options = [of('then'), node['else'] ? of('else') : nothing(trail)];
        const decides = union([test.reads, test.decides]);
        return choice(options, decides, trail);
      }
      case 'unary':
        if (node.value === '{') return this.objectOf(node['lhs'] as [SyntaxNode, SyntaxNode][], ctx, scope, trail, false);
        if (node.value === '[') {
          const parts = node['expressions'] as SyntaxNode[];
          const items = parts.map((part) => ({ part, value: this.of(part, ctx, scope) }));
          // An array in an array stays one; what else gives several gives them to the array that it stands in.
          return listOf(
            items.map(({ part, value }) => (part.type === 'unary' && part.value === '[' ? value : itemOf(value))),
            true,
            trail,
          );
        }
        return this.leafOf([of('expression')], trail, true);
      case 'binary': {
        const sides = [of('lhs'), of('rhs')];
        if (node.value === '..') return listOf([this.leafOf(sides, trail, true)], true, trail);
        const compares = ['=', '!=', '<', '>', '<=', '>=', 'in', 'and', 'or'].includes(String(node.value));
        return this.leafOf(sides, trail, floats.has(String(node.value)), compares);
      }
      case 'apply':
        return this.apply(node, ctx, scope, trail);
      case 'function':
        return this.call(
          node,
          (node['arguments'] as SyntaxNode[]).map((part) => this.of(part, ctx, scope)),
          ctx,
          scope,
          trail,
        );
      case 'partial': {
        const values = (node['arguments'] as SyntaxNode[])
          .filter(({ type }) => type !== 'operator')
          .map((part) => this.of(part, ctx, scope));
        return { ...this.leafOf(values, trail, false), is: { kind: 'unknown', why: 'a function with some of its arguments' } };
      }
      case 'wildcard':
      case 'descendant':
        return this.everythingOf(ctx, trail, `${String(node.value)} reads every field`);
      case 'parent':
        return unknown('it goes up to what holds the value (%)', trail, ctx);
      default:
        return unknown(`nothing is known of "${node.type ?? 'this'}"`, trail);
    }
  }

  private variable(name: string, ctx: Value, scope: Scope, trail: readonly Range[]): Value {
    if (name === '') return ctx;
    if (name === '$' || name === 'source') return this.placed({ root: 'source', path: [] }, trail);
    if (name === 'enriched' || name === 'flow' || name === 'delivery' || name === 'revision')
      return scope.get(name) ?? this.placed({ root: name, path: [] }, trail);
    const bound = scope.get(name);
    if (bound) return bound.is.kind === 'function' ? bound : { ...bound, trail: [...trail, ...bound.trail] };
    return {
      trail,
      reads: none,
      decides: none,
      is: { kind: 'function', call: (args, node) => this.builtIn(name, args, this.trailOf(node)) },
    };
  }

  private path(steps: SyntaxNode[], ctx: Value, scope: Scope, trail: readonly Range[]): Value {
    let value = ctx;
    const from = trail[0]?.from;
    let inner = scope;
    for (const [index, step] of steps.entries()) {
      if (step.type === 'sort') {
        for (const { expression } of step['terms'] as { expression: SyntaxNode }[]) this.touch(this.of(expression, itemOf(value), inner));
        continue;
      }
      const next = this.of(step, index === 0 ? ctx : itemOf(value), inner);
      value = index > 0 && value.is.kind === 'list' && next.is.kind !== 'nothing' ? listOf([itemOf(next)], false, next.trail) : next;
      const to = this.syntax.rangeOf(step)?.to;
      if (value.is.kind === 'place' && from !== undefined && to !== undefined) this.note(value.is.place, { from, to });
      for (const stage of (step['stages'] as SyntaxNode[] | undefined) ?? []) value = this.staged(value, stage, inner);
      for (const part of ['focus', 'index'] as const)
        if (typeof step[part] === 'string') {
          if (inner === scope) inner = new Scope(scope);
          inner.set(step[part], part === 'focus' ? itemOf(value) : leaf([], trail));
          // What a focus is bound to leaves the context where it was.
          if (part === 'focus') value = { ...value, is: { kind: 'unknown', why: 'a path with @ is put together by its variables' } };
        }
    }
    if (steps.some((step) => step['keepArray'] === true) && value.is.kind !== 'list') value = listOf([value], true, trail);
    return value.is.kind === 'place' && value.trail.length > 0 && trail[0] ? { ...value, trail: [trail[0], ...value.trail.slice(1)] } : { ...value, trail: trail[0] && steps.length > 1 ? [trail[0], ...value.trail] : value.trail }; // prettier-ignore
  }

  private staged(value: Value, stage: SyntaxNode, scope: Scope): Value {
    const test = stage['expr'] as SyntaxNode | undefined;
    if (stage.type !== 'filter' || !test) return value;
    const asked = this.of(test, itemOf(value), scope);
    this.touch(asked);
    const kept: Value = test.type === 'number' ? itemOf(value) : value;
    const certain: Value = kept.is.kind === 'list' ? { ...kept, is: { ...kept.is, certain: false } } : kept;
    return { ...certain, decides: union([value.decides, asked.reads, asked.decides]) };
  }

  private objectOf(pairs: [SyntaxNode, SyntaxNode][], ctx: Value, scope: Scope, trail: readonly Range[], grouped: boolean): Value {
    const fields = new Map<string, Value>();
    const others: Value[] = [];
    for (const [key, part] of pairs) {
      const value = this.of(part, ctx, scope);
      if (key.type === 'string') {
        fields.set(String(key.value), value);
        continue;
      }
      const name = this.of(key, ctx, scope);
      this.touch(name);
      others.push({ ...value, decides: union([value.decides, name.reads]) });
    }
    const open = others.length > 0 ? 'a name of a field is worked out when it runs' : undefined;
    return { trail, reads: none, decides: grouped ? union([ctx.reads, ctx.decides]) : none, is: { kind: 'object', fields, rest: others.length > 0 ? choice(others, none, trail) : undefined, open } }; // prettier-ignore
  }

  private lambda(node: SyntaxNode, ctx: Value, scope: Scope, trail: readonly Range[]): Value {
    const names = (node['arguments'] as SyntaxNode[]).map(({ value }) => String(value));
    const call = (args: Value[], at: SyntaxNode): Value => {
      if (this.calls.length >= depthMax || this.calls.filter((one) => one === node).length > 1) {
        args.forEach((arg) => this.take(arg));
        return unknown('a function that calls itself', this.trailOf(at), ...args);
      }
      const inner = new Scope(scope);
      names.forEach((name, index) => inner.set(name, args[index] ?? nothing([])));
      this.calls.push(node);
      const value = this.of(node['body'] as SyntaxNode, ctx, inner);
      this.calls.pop();
      return { ...value, trail: [...this.trailOf(at), ...value.trail] };
    };
    return { trail, reads: none, decides: none, is: { kind: 'function', call } };
  }

  private apply(node: SyntaxNode, ctx: Value, scope: Scope, trail: readonly Range[]): Value {
    const given = this.of(node['lhs'] as SyntaxNode, ctx, scope);
    const by = node['rhs'] as SyntaxNode;
    if (by.type === 'function')
      return this.call(by, [given, ...(by['arguments'] as SyntaxNode[]).map((part) => this.of(part, ctx, scope))], ctx, scope, trail);
    if (by.type === 'transform') {
      this.take(given);
      for (const part of ['pattern', 'update', 'delete']) if (by[part]) this.take(this.of(by[part] as SyntaxNode, given, scope));
      return unknown('a transform (|…|…|) changed it', trail, given);
    }
    const called = this.of(by, ctx, scope);
    if (given.is.kind === 'function' || called.is.kind !== 'function') return unknown('functions put together by ~>', trail, given, called);
    return called.is.call([given], node);
  }

  private call(node: SyntaxNode, args: Value[], ctx: Value, scope: Scope, trail: readonly Range[]): Value {
    const procedure = node['procedure'] as SyntaxNode;
    const name = procedure.type === 'variable' ? String(procedure.value) : undefined;
    const bound = name === undefined ? this.of(procedure, ctx, scope) : scope.get(name);
    if (bound?.is.kind === 'function') return bound.is.call(args, node);
    if (bound || name === undefined) {
      args.forEach((arg) => this.take(arg));
      return unknown('a function that is chosen when it runs', trail, ...args, ...(bound ? [bound] : []));
    }
    return this.builtIn(name, args, trail);
  }

  private builtIn(name: string, args: Value[], trail: readonly Range[]): Value {
    const [first = nothing(trail), second] = args;
    const item = itemOf(first);
    const withArgs = (fn: Value | undefined, given: Value[]): Value => {
      if (fn?.is.kind === 'function') return fn.is.call(given, nowhere);
      given.forEach((arg) => this.take(arg));
      return unknown('a function that is chosen when it runs', trail, ...given);
    };
    if (touching.has(name)) {
      args.forEach((arg) => this.touch(arg));
      return { ...leaf(args, trail), is: { kind: 'leaf', float: false } };
    }
    if (keeping.has(name)) {
      const asked = second ? withArgs(second, [item, item]) : undefined;
      if (asked) this.touch(asked);
      const decides = asked ? union([first.decides, asked.reads, asked.decides]) : first.decides;
      const kept = name === 'single' ? item : first.is.kind === 'list' ? { ...first, is: { ...first.is, certain: name !== 'filter' && first.is.certain } } : first; // prettier-ignore
      return { ...kept, decides, trail: [...trail, ...first.trail] };
    }
    switch (name) {
      case 'map':
        return listOf([withArgs(second, [item, leaf([], trail), first])], false, trail);
      case 'each':
        this.take(first);
        return { ...listOf([withArgs(second, [leaf([first], trail), leaf([first], trail)])], false, trail), decides: union([first.reads]) };
      case 'reduce': {
        const start = args[2] ?? item;
        const folded = withArgs(second, [start, item]);
        this.take(first);
        return this.leafOf([folded, first], trail, isFloat(folded));
      }
      case 'append':
        return listOf(args.map(itemOf), args.every(({ is }) => is.kind === 'list' && is.certain), trail); // prettier-ignore
      case 'merge':
        return merged(flat(item), trail);
      case 'lookup': {
        const key = second && this.constantOf(second);
        if (second) this.touch(second);
        if (key !== undefined) return { ...this.member(first, key, undefined), trail };
        const rest =
          first.is.kind === 'object'
            ? choice([...first.is.fields.values(), ...(first.is.rest ? [first.is.rest] : [])], none, trail)
            : undefined;
        if (!rest) this.take(first);
        return { ...(rest ?? unknown('the name of the field is worked out when it runs', trail, first)), trail, decides: union([first.decides, ...(second ? [second.reads] : [])]) }; // prettier-ignore
      }
      case 'require':
        if (second) this.take(second);
        return { ...first, trail: [...trail, ...first.trail] };
      case 'fail':
        args.forEach((arg) => this.take(arg));
        return nothing(trail);
      case 'table': {
        args.forEach((arg) => this.take(arg));
        const table = this.constantOf(first);
        const decides = union(args.flatMap((arg) => [deepReads(arg), arg.decides]));
        const row = table === undefined ? unknown('a table whose name is worked out when it runs', trail) : this.placed({ root: 'table', path: [table] }, trail);
        return { ...row, decides };
      } // prettier-ignore
      default: {
        const value = this.leafOf(args, trail, floatFunctions.has(name));
        const functions = args.filter(({ is }) => is.kind === 'function');
        // What a function of the mapping reads when another one calls it is read, though what comes of it is not followed.
        for (const fn of functions) if (fn.is.kind === 'function') this.take(fn.is.call([first, first, first], nowhere));
        if (ownFunctions.has(name) && name === 'money_allocate') return listOf([value], true, trail);
        if (name === 'split') return listOf([value], true, trail);
        return value;
      }
    }
  }

  /** A text that stands in the expression as it is. */
  private constantOf({ trail, is, reads }: Value): string | undefined {
    const range = trail.at(-1);
    if (is.kind !== 'leaf' || reads.size > 0 || !range) return undefined;
    const text = this.syntax.source.slice(range.from, range.to);
    return /^"[^"\\]*"$|^'[^'\\]*'$/.test(text) ? text.slice(1, -1) : undefined;
  }

  private member(value: Value, name: string, node: SyntaxNode | undefined): Value {
    const { is, decides } = value;
    const trail = node ? this.trailOf(node) : [];
    switch (is.kind) {
      case 'place': {
        const place = { root: is.place.root, path: [...is.place.path, name] };
        const range = trail[0];
        if (range) this.note(place, range);
        return { trail: trail.length > 0 ? trail : value.trail, reads: one(place), decides, is: { kind: 'place', place } };
      }
      case 'object': {
        const field = is.fields.get(name);
        if (field) return field;
        return is.rest ? { ...is.rest, decides: union([is.rest.decides, decides]) } : nothing(value.trail);
      }
      case 'list': {
        const inner = this.member(is.item, name, node);
        return inner.is.kind === 'nothing'
          ? inner
          : { ...listOf([itemOf(inner)], false, inner.trail), decides: union([decides, inner.decides]) };
      }
      case 'choice': {
        const options = is.options.map((option) => this.member(option, name, node));
        // What made the whole says nothing of its field: that is in the options.
        return choice(options, decides, []);
      }
      case 'unknown':
        return { ...value, trail: trail.length > 0 ? trail : value.trail };
      case 'leaf':
      case 'function':
      case 'nothing':
        return nothing(trail);
    }
  }

  private everythingOf(ctx: Value, trail: readonly Range[], why: string): Value {
    this.take(ctx);
    return unknown(why, trail, ctx);
  }

  private leafOf(values: readonly Value[], trail: readonly Range[], float: boolean, compares = false): Value {
    values.forEach((value) => (compares ? this.touch(value) : this.take(value)));
    return { ...leaf(values, trail), is: { kind: 'leaf', float } };
  }

  private placed(place: Place, trail: readonly Range[]): Value {
    this.places.set(placeKey(place), place);
    if (place.path.length === 0 && trail[0]) this.note(place, trail[0]);
    return {
      trail,
      reads: place.path.length === 0 && place.root === 'source' ? none : one(place),
      decides: none,
      is: { kind: 'place', place },
    };
  }

  private note(place: Place, range: Range): void {
    const key = placeKey(place);
    this.places.set(key, place);
    const known = this.readAt.get(key) ?? [];
    // The same name alone and at the end of its path is one reading: the longer says more.
    const same = known.findIndex(({ to }) => to === range.to);
    if (same < 0) known.push(range);
    else if (known[same]!.from > range.from) known[same] = range;
    this.readAt.set(key, known);
  }

  private touch(value: Value): void {
    for (const { is } of flat(value)) {
      if (is.kind === 'place') this.touched.add(placeKey(is.place));
      if (is.kind === 'list') this.touch(is.item);
    }
    for (const map of [value.reads, value.decides]) for (const key of map.keys()) this.touched.add(key);
  }

  private take(value: Value, depth = 0): void {
    if (depth > depthMax) return;
    for (const key of value.decides.keys()) this.touched.add(key);
    const { is } = value;
    if (is.kind === 'place') this.taken.add(placeKey(is.place));
    else if (is.kind === 'list') this.take(is.item, depth + 1);
    else if (is.kind === 'choice') is.options.forEach((option) => this.take(option, depth + 1));
    else if (is.kind === 'object') [...is.fields.values(), ...(is.rest ? [is.rest] : [])].forEach((field) => this.take(field, depth + 1));
    else if (is.kind === 'leaf' || is.kind === 'unknown') for (const key of value.reads.keys()) this.touched.add(key);
  }

  private trailOf(node: SyntaxNode): Range[] {
    const range = this.syntax.rangeOf(node);
    return range ? [range] : [];
  }
}

const nowhere: SyntaxNode = {};

const nothing = (trail: readonly Range[]): Value => ({ trail, reads: none, decides: none, is: { kind: 'nothing' } });
const leaf = (values: readonly Value[], trail: readonly Range[]): Value => ({
  trail,
  reads: union(values.map(deepReads)),
  decides: union(values.map(({ decides }) => decides)),
  is: { kind: 'leaf', float: false },
});
const unknown = (why: string, trail: readonly Range[], ...of: Value[]): Value => ({ ...leaf(of, trail), is: { kind: 'unknown', why } });

function listOf(items: readonly Value[], certain: boolean, trail: readonly Range[]): Value {
  const item = items.length === 1 ? items[0]! : choice(items, none, trail);
  return { trail, reads: none, decides: none, is: { kind: 'list', item, certain } };
}

function choice(options: readonly Value[], decides: ReadonlyMap<string, Place>, trail: readonly Range[]): Value {
  const real = options.filter(({ is }) => is.kind !== 'nothing');
  const also = union([decides, ...options.filter(({ is }) => is.kind === 'nothing').map((option) => option.decides)]);
  if (real.length === 0) return { ...nothing(trail), decides: also };
  if (real.length === 1) return { ...real[0]!, decides: union([real[0]!.decides, also]) };
  return { trail, reads: none, decides: also, is: { kind: 'choice', options: real } };
}

const itemOf = (value: Value): Value =>
  value.is.kind === 'list'
    ? { ...value.is.item, decides: union([value.is.item.decides, value.decides]) }
    : value.is.kind === 'choice'
      ? { ...value, is: { kind: 'choice', options: value.is.options.map(itemOf) } }
      : value;

/** The values that a value may be, without the choices between them. */
const flat = (value: Value): Value[] => (value.is.kind === 'choice' ? value.is.options.flatMap(flat) : [value]);
const isFloat = (value: Value): boolean => flat(value).some(({ is }) => is.kind === 'leaf' && is.float);

function merged(values: readonly Value[], trail: readonly Range[]): Value {
  const fields = new Map<string, Value>();
  const rests: Value[] = [];
  let open: string | undefined;
  for (const value of values) {
    if (value.is.kind === 'object') {
      for (const [name, field] of value.is.fields)
        fields.set(name, fields.has(name) ? choice([fields.get(name)!, field], none, trail) : field);
      if (value.is.rest) rests.push(value.is.rest);
      open ??= value.is.open;
    } else if (value.is.kind !== 'nothing') {
      open = 'it is merged with something whose fields are known only when it runs';
      rests.push(value.is.kind === 'place' ? unknown(open, value.trail, value) : value);
    }
  }
  return { trail, reads: none, decides: union(values.map(({ decides }) => decides)), is: { kind: 'object', fields, rest: rests.length > 0 ? choice(rests, none, trail) : undefined, open } }; // prettier-ignore
}

/** Everything that a value is made of, its fields included. */
function deepReads(value: Value, depth = 0): ReadonlyMap<string, Place> {
  if (depth > depthMax) return value.reads;
  const { is } = value;
  const parts = is.kind === 'list' ? [is.item] : is.kind === 'choice' ? is.options : is.kind === 'object' ? [...is.fields.values(), ...(is.rest ? [is.rest] : [])] : []; // prettier-ignore
  return union([value.reads, ...parts.map((part) => deepReads(part, depth + 1))]);
}
function deepDecides(value: Value): ReadonlyMap<string, Place> {
  const { is } = value;
  const parts = is.kind === 'list' ? [is.item] : is.kind === 'choice' ? is.options : [];
  return union([value.decides, ...parts.map(deepDecides)]);
}

/** Why the fields of a value cannot be told apart; undefined where they can. */
function whyClosed({ is }: Value): string | undefined {
  if (is.kind === 'unknown') return is.why;
  if (is.kind === 'leaf' || is.kind === 'function') return 'a function made it as a whole';
  if (is.kind === 'list') return whyClosed(is.item);
  if (is.kind === 'choice') return is.options.map(whyClosed).find((why) => why !== undefined);
  return undefined;
}

function originFrom(value: Value, depth: number, why: string | undefined): Origin {
  const branches = flat(value).flatMap((option) =>
    option.is.kind === 'list' && option.is.item.is.kind === 'choice' ? flat(option.is.item) : [option],
  );
  const trails = branches.map(({ trail }) => distinct(value.is.kind === 'choice' ? [...value.trail, ...trail] : trail)).filter((trail) => trail.length > 0); // prettier-ignore
  const nothingThere = value.is.kind === 'nothing';
  return {
    exact: why === undefined && !nothingThere,
    ...(why !== undefined ? { why } : nothingThere ? { why: 'the expression makes no such field' } : {}),
    depth,
    trails,
    reads: [...deepReads(value).values()],
    decides: [...deepDecides(value).values()],
  };
}

const distinct = (trail: readonly Range[]): Range[] =>
  trail.filter((range, index) => trail.findIndex(({ from, to }) => from === range.from && to === range.to) === index).slice(0, 6);

function listness(is: Value['is']): 'always' | 'sometimes' | 'never' | 'unknown' {
  if (is.kind === 'list') return is.certain ? 'always' : 'sometimes';
  return is.kind === 'object' ? 'never' : 'unknown';
}

/** Undefined where the text is no expression. */
export function trace(source: string): Trace | undefined {
  const syntax = parseSyntax(source);
  return syntax && new Trace(syntax);
}
