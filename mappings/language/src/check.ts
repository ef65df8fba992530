import jsonata from 'jsonata';
import { boundName, plainJsonata } from './dialect.js';
import { failureFacts } from './failure.js';
import { bindingTable, functionTable, refusedFunctions } from './functions.js';
import { limits } from './limits.js';

/** Something wrong in an expression, with the offset it is at. */
export interface ExpressionProblem {
  code: string;
  message: string;
  position?: number;
  severity: 'error' | 'warning';
}

interface Node {
  type?: string;
  value?: unknown;
  position?: number;
  [part: string]: unknown;
}

const ownNames = new Set(functionTable.map((f) => boundName(f.name)));
const given = new Set(bindingTable.map((b) => b.name.slice(1)));
const amountNames = /^(amount|total|subtotal|tax|price|unitPrice|unit_amount|fee|balance)$/i;
/** A group that repeats and is itself repeated, such as `(a+)+`: it can take for ever. */
const nestedQuantifier = /\((?:[^()\\]|\\.)*[+*}](?:[^()\\]|\\.)*\)(?:[+*]|\{\d+,\}?)/;

/** Everything that can be said without running: syntax, unknown and refused functions, floats on money, dangerous regular expressions. */
export function checkExpression(source: string): ExpressionProblem[] {
  if (source.trim() === '') return [{ code: 'MAPPING_EMPTY', message: 'there is no expression', severity: 'error' }];
  if (source.length > limits.sourceBytesMax)
    return [{ code: 'MAPPING_TOO_LARGE', message: `a mapping may have ${limits.sourceBytesMax} characters`, severity: 'error' }];
  let tree: Node;
  try {
    tree = jsonata(plainJsonata(source)).ast() as unknown as Node;
  } catch (error) {
    const { code, message, position } = failureFacts(error);
    return [{ code, message, severity: 'error', ...(position === undefined ? {} : { position }) }];
  }
  const problems: ExpressionProblem[] = [];
  walk(tree, (node) => problems.push(...problemsOf(node)));
  return problems;
}

/** Every `$name` that the expression uses as a table name in `$table("name", …)`; undefined in it means a computed name. */
export function tablesRead(source: string): string[] {
  const names = new Set<string>();
  walk(jsonata(plainJsonata(source)).ast() as unknown as Node, (node) => {
    const called = node['procedure'] as Node | undefined;
    if (node.type !== 'function' || called?.type !== 'variable' || called.value !== 'table') return;
    const first = (node['arguments'] as Node[] | undefined)?.[0];
    if (first?.type === 'string' && typeof first.value === 'string') names.add(first.value);
  });
  return [...names];
}

function problemsOf(node: Node): ExpressionProblem[] {
  const at = typeof node.position === 'number' ? { position: node.position } : {};
  if (node.type === 'function' || node.type === 'partial') {
    const called = node['procedure'] as Node | undefined;
    if (called?.type !== 'variable' || typeof called.value !== 'string') return [];
    if (refusedFunctions.includes(called.value)) {
      return [
        {
          code: 'MAPPING_FUNCTION_REFUSED',
          message: `$${called.value} is not part of the mapping language: the same input must give the same output`,
          severity: 'error',
          ...at,
        },
      ];
    }
    if (/^(money|date)_/.test(called.value) && !ownNames.has(called.value)) {
      return [
        { code: 'MAPPING_FUNCTION_UNKNOWN', message: `there is no function $${called.value.replace('_', '.')}`, severity: 'error', ...at },
      ];
    }
    return [];
  }
  if (node.type === 'variable' && (node.value === 'money' || node.value === 'date') && !given.has(String(node.value))) {
    return [
      {
        code: 'MAPPING_FUNCTION_UNKNOWN',
        message: `write the functions of $${node.value} without spaces, such as $${node.value}.${node.value === 'money' ? 'add(' : 'of('}`,
        severity: 'error',
        ...at,
      },
    ];
  }
  if (node.type === 'binary' && ['+', '-', '*', '/', '%'].includes(String(node.value)) && [node['lhs'], node['rhs']].some(isMoney)) {
    return [
      {
        code: 'MAPPING_MONEY_FLOAT',
        message: `amounts are text; use $money functions instead of ${String(node.value)}`,
        severity: 'error',
        ...at,
      },
    ];
  }
  if (node.type === 'regex' && nestedQuantifier.test(String((node.value as RegExp | undefined)?.source ?? ''))) {
    return [
      {
        code: 'MAPPING_REGEX_UNSAFE',
        message: 'a repeated group inside a repetition can take for ever; write it without one of them',
        severity: 'error',
        ...at,
      },
    ];
  }
  return [];
}

function isMoney(value: unknown): boolean {
  const node = value as Node | undefined;
  if (node?.type === 'function') {
    const called = (node['procedure'] as Node | undefined)?.value;
    return typeof called === 'string' && called.startsWith('money_') && !['money_compare', 'money_minorUnits'].includes(called);
  }
  if (node?.type !== 'path') return false;
  const last = (node['steps'] as Node[] | undefined)?.at(-1);
  return last?.type === 'name' && typeof last.value === 'string' && amountNames.test(last.value);
}

function walk(node: unknown, visit: (node: Node) => void, seen = new Set<unknown>()): void {
  if (typeof node !== 'object' || node === null || seen.has(node) || node instanceof RegExp) return;
  seen.add(node);
  if (!Array.isArray(node) && typeof (node as Node).type === 'string') visit(node as Node);
  for (const part of Object.values(node)) walk(part, visit, seen);
}

/** Names of fields that the expression reads from its own input, outside of any path: `total` in `$money.gte(total, "1")`, not `$source.total`. */
export function rootFields(source: string): string[] {
  const names = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || node instanceof RegExp) return;
    if (Array.isArray(node)) return node.forEach(visit);
    const { type, steps, value } = node as { type?: string; steps?: Node[]; value?: unknown };
    if (type === 'path' && steps && steps.length > 0) {
      const [first, ...rest] = steps;
      if (first!.type === 'name') names.add(String(first!.value));
      else visit(first);
      // Later steps have the step before as their context; only what stands in brackets could reach out, and only through variables.
      if (first!.type !== 'name' && first!.type !== 'variable') rest.forEach(visit);
      return;
    }
    if (type === 'name') names.add(String(value));
    if (type === 'wildcard' || type === 'descendant' || (type === 'variable' && value === '')) names.add('*');
    for (const [key, part] of Object.entries(node)) if (key !== 'value' || typeof part === 'object') visit(part);
  };
  visit(jsonata(plainJsonata(source)).ast());
  return [...names];
}

/**
 * The fields that an expression reads, each as the names of one path: `lines.data.id` is `['lines', 'data', 'id']`, and so is `$line.period.start` without its
 * variable. Where a path begins cannot be told from the expression alone, so these are ends of paths.
 */
export function pathsRead(source: string): string[][] {
  const found = new Map<string, string[]>();
  const add = (names: string[]) => names.length > 0 && found.set(names.join('\n'), names);
  walk(jsonata(plainJsonata(source)).ast() as unknown as Node, ({ type, steps }) => {
    if (type !== 'path') return;
    let names: string[] = [];
    for (const step of steps as Node[]) {
      if (step.type === 'name') names.push(String(step.value));
      else {
        add(names);
        names = [];
      }
    }
    add(names);
  });
  return [...found.values()];
}
