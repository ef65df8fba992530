import { boundName } from './dialect.js';
import type { ExpressionProblem } from './check.js';
import { bindingTable, functionTable, plainFunctions, refusedFunctions } from './functions.js';
import type { Syntax, SyntaxNode } from './syntax.js';
import { placeText, trace, type Place, type Trace } from './trace.js';

/** What is known around an expression; what is left out is not looked at. */
export interface LintWorld {
  /** Is there such a field in any sample or in the schema of the source? Undefined: nothing is known about what is there. */
  knows?: (place: Place) => boolean | undefined;
  /** JSON Schema of what the mapping has to give. */
  target?: unknown;
}

export interface Lint extends ExpressionProblem {
  /** What to do instead. */
  remedy: string;
  /** Where it begins; `position` is where it ends. */
  from?: number;
  severity: 'warning';
}

const known = new Set([
  ...plainFunctions.map(({ name }) => name.slice(1)),
  ...functionTable.map(({ name }) => boundName(name)),
  ...bindingTable.map(({ name }) => name.slice(1)),
  ...refusedFunctions,
]);

/** What is probably not meant. Nothing of it stops a mapping from being saved: the author may know better. */
export function lintExpression(source: string, world: LintWorld = {}, traced: Trace | undefined = trace(source)): Lint[] {
  if (!traced) return [];
  const { syntax } = traced;
  const found: Lint[] = [];
  const add = (code: string, range: { from: number; to: number } | undefined, message: string, remedy: string) =>
    found.push({ code, message, remedy, severity: 'warning', ...(range ? { from: range.from, position: range.to } : {}) });
  const bound = boundNames(syntax.tree);
  each(syntax.tree, (node) => {
    if (node.type === 'unary' && node.value === '{') keysOf(syntax, node['lhs'] as Pair[], add);
    const procedure = node['procedure'] as SyntaxNode | undefined;
    if ((node.type === 'function' || node.type === 'partial') && procedure?.type === 'variable' && procedure.position !== undefined) {
      const name = String(procedure.value);
      if (!known.has(name) && !bound.has(name) && !/^(money|date)_/.test(name))
        add('MAPPING_FUNCTION_ABSENT', syntax.rangeOf(procedure), `the engine has no function $${name}`, 'Look for it under Functions and bindings, or write it in the mapping.'); // prettier-ignore
    }
  });
  if (world.knows) unknownPaths(traced, world.knows, add);
  if (world.target !== undefined) againstTarget(traced, world.target, add);
  const once = new Map(found.map((lint) => [`${lint.code} ${lint.position ?? ''} ${lint.message}`, lint]));
  return [...once.values()].sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
}

type Add = (code: string, range: { from: number; to: number } | undefined, message: string, remedy: string) => void;
type Pair = [SyntaxNode, SyntaxNode];

function keysOf(syntax: Syntax, pairs: Pair[], add: Add): void {
  const seen = new Set<string>();
  for (const [key] of pairs) {
    const range = syntax.rangeOf(key);
    if (key.type === 'string') {
      const name = String(key.value);
      if (seen.has(name)) add('MAPPING_KEY_TWICE', range, `the field "${name}" is given twice; JSONata refuses that when it runs`, 'Leave one of them out.'); // prettier-ignore
      seen.add(name);
      continue;
    }
    const [step, ...more] = key.type === 'path' ? (key['steps'] as SyntaxNode[]) : [];
    if (step?.type === 'name' && more.length === 0 && range && syntax.source[range.from] === '`')
      add('MAPPING_KEY_IS_FIELD', range, `\`${String(step.value)}\` in back quotes reads a field of the input; it is not the name of the new field`, `Write "${String(step.value)}" in double quotes.`); // prettier-ignore
  }
}

/** Only the first name of a path that is nowhere: what stands behind it follows from it. */
function unknownPaths(traced: Trace, knows: NonNullable<LintWorld['knows']>, add: Add): void {
  for (const { place, at } of traced.reads()) {
    if ((place.root !== 'source' && place.root !== 'enriched') || place.path.length === 0 || knows(place) !== false) continue;
    if (knows({ root: place.root, path: place.path.slice(0, -1) }) === false) continue;
    for (const range of at)
      add('MAPPING_PATH_UNKNOWN', range, `${placeText(place)} is in no recorded payload, in no sample and not in the schema of the source`, 'Correct the name, or leave it when the field comes rarely.'); // prettier-ignore
  }
}

interface Schema {
  type?: string | string[];
  pattern?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
}

/** A text that holds a decimal: the pattern says so. */
export const isDecimalSchema = (schema: Schema): boolean => {
  if (schema.type !== 'string' || schema.pattern === undefined) return false;
  const pattern = new RegExp(schema.pattern, 'u');
  return pattern.test('12.5') && pattern.test('-3') && !pattern.test('x');
};

function againstTarget(traced: Trace, target: unknown, add: Add, path: string[] = [], depth = 0): void {
  if (typeof target !== 'object' || target === null || depth > 12) return;
  const schema = target as Schema;
  const name = path.join('.');
  if (path.length > 0) {
    const { float, list, at } = traced.kindOf(path);
    if (at && float && isDecimalSchema(schema))
      add('MAPPING_FLOAT_TO_MONEY', at, `${name} is decimal text, and this works it out as a double: 1204112 * 0.0125 is 15051.400000000001`, 'Work it out with the $money functions.'); // prettier-ignore
    if (at && schema.type === 'array' && (list === 'sometimes' || list === 'never'))
      add('MAPPING_LIST_OR_ONE', at, `${name} must be a list, and where there is one item JSONata gives the item itself`, 'Put it in [ ].'); // prettier-ignore
    if (at && typeof schema.type === 'string' && schema.type !== 'array' && list === 'always')
      add('MAPPING_LIST_OR_ONE', at, `${name} must be one ${schema.type}, and this is always a list`, 'Take [ ] away, or take one of them: [0].'); // prettier-ignore
  }
  for (const [field, inner] of Object.entries(schema.properties ?? {})) againstTarget(traced, inner, add, [...path, field], depth + 1);
  if (schema.type === 'array' && schema.items?.properties)
    for (const [field, inner] of Object.entries(schema.items.properties)) againstTarget(traced, inner, add, [...path, field], depth + 1);
}

/** Every name that the expression itself binds; where it is bound is not asked. */
function boundNames(tree: SyntaxNode): Set<string> {
  const names = new Set<string>();
  each(tree, (node) => {
    if (node.type === 'bind') names.add(String((node['lhs'] as SyntaxNode).value));
    if (node.type === 'lambda') for (const { value } of node['arguments'] as SyntaxNode[]) names.add(String(value));
    for (const part of ['focus', 'index'] as const) if (typeof node[part] === 'string') names.add(node[part]);
  });
  return names;
}

function each(value: unknown, visit: (node: SyntaxNode) => void, seen = new Set<unknown>()): void {
  if (typeof value !== 'object' || value === null || value instanceof RegExp || seen.has(value)) return;
  seen.add(value);
  if (!Array.isArray(value)) visit(value as SyntaxNode);
  for (const part of Object.values(value)) each(part, visit, seen);
}
