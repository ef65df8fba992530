import type { EvaluationItem, EvaluationResult } from './protocol.js';

const path = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*){0,9}$/;
const words = new Set(['and', 'or', 'in', 'null', 'function']);
const textMax = 10_000;

/**
 * The answer of an expression that only names a value (`id`, `customer.number`, `$revision`, `true`): reading a field needs no interpreter
 * and no process. Undefined where the language does more than read: arrays on the way, numbers, whatever is missing and must not be.
 */
export function plainAnswer({ expression, input, revision, optional }: EvaluationItem): EvaluationResult | undefined {
  if (expression === 'true' || expression === 'false') return { text: expression };
  if (expression === '$revision') return typeof revision === 'string' ? { text: JSON.stringify(revision) } : undefined;
  if (!path.test(expression)) return undefined;
  let value: unknown = input;
  for (const step of expression.split('.')) {
    if (words.has(step) || typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    if (!Object.hasOwn(value, step)) return optional ? { empty: true } : undefined;
    value = (value as Record<string, unknown>)[step];
  }
  if (typeof value === 'boolean') return { text: String(value) };
  return typeof value === 'string' && value.length <= textMax ? { text: JSON.stringify(value) } : undefined;
}
