import jsonata from 'jsonata';
import { MoneyError } from '@waybill/sdk/money';
import { TermsError } from './contract-terms.js';
import { DateError } from './dates.js';
import { boundName, plainJsonata } from './dialect.js';
import { failureFacts, MappingFailure } from './failure.js';
import { functionTable, refusedFunctions, type LanguageFunction } from './functions.js';
import { limits } from './limits.js';
import { findRow, type TableRows } from './tables.js';

/** What an expression is evaluated with. Everything is plain data. */
export interface Bindings {
  source?: unknown;
  enriched?: unknown;
  flow?: unknown;
  delivery?: unknown;
  revision?: string;
  /** For `$table` without a date: the document's `occurredAt`. */
  asOf: string;
  tables: Record<string, TableRows>;
  /** More names, without the `$`. */
  more?: Record<string, unknown>;
}

export interface Compiled {
  /** The value, or a throw of MappingFailure. The value may still be too large: see `output`. */
  evaluate(input: unknown, bindings: Bindings): Promise<unknown>;
}

const ownFunctions = Object.fromEntries(functionTable.map((f) => [boundName(f.name), guarded(f)]));
const refused = Object.fromEntries(
  refusedFunctions.map((name) => [
    name,
    () => {
      throw new MappingFailure({
        code: 'MAPPING_FUNCTION_REFUSED',
        category: 'transformation',
        message: `$${name} is not part of the mapping language: the same input must give the same output`,
      });
    },
  ]),
);

/** Our functions as JSONata calls them: an argument's error names the function, and the arity is the one of the signature, by which `$map` and `$reduce` pass arguments. */
function guarded({ name, signature, run }: LanguageFunction) {
  const call = (...args: unknown[]) => {
    try {
      return (run as (...args: unknown[]) => unknown)(...args);
    } catch (error) {
      if (error instanceof MoneyError || error instanceof DateError || error instanceof TermsError)
        throw new MappingFailure({ code: 'MAPPING_ARGUMENT', category: 'transformation', message: `${name}: ${error.message}` });
      throw error;
    }
  };
  const arity = signature.split(',').filter((parameter) => !parameter.includes('…')).length;
  return Object.defineProperty(call, 'length', { value: arity });
}

/** Parses once; throws MappingFailure with the position when the source is not an expression. */
export function compile(source: string): Compiled {
  let expression: jsonata.Expression;
  try {
    expression = jsonata(plainJsonata(source), { stack: limits.stack, timeout: limits.timeoutMs, sequence: limits.sequence });
  } catch (error) {
    throw new MappingFailure(failureFacts(error));
  }
  return {
    async evaluate(input, bindings) {
      try {
        return await expression.evaluate(input, frame(bindings));
      } catch (error) {
        throw new MappingFailure(failureFacts(error));
      }
    },
  };
}

function frame(bindings: Bindings): Record<string, unknown> {
  let missing: { table: string; by: Record<string, string> } | undefined;
  return {
    ...ownFunctions,
    ...refused,
    ...bindings.more,
    source: bindings.source,
    enriched: bindings.enriched,
    flow: bindings.flow,
    delivery: bindings.delivery,
    revision: bindings.revision,
    table: (name: unknown, by: unknown, asOf: unknown) => {
      const table = typeof name === 'string' ? bindings.tables[name] : undefined;
      if (!table)
        throw new MappingFailure({
          code: 'MAPPING_TABLE_UNKNOWN',
          category: 'transformation',
          message: `there is no table ${JSON.stringify(name)}`,
        });
      const wanted = keyOf(table, by);
      const row = findRow(table, wanted, typeof asOf === 'string' ? asOf : bindings.asOf);
      missing = row ? undefined : { table: table.name, by: wanted };
      return row ? { ...row.values } : undefined;
    },
    require: (value: unknown, sentence: unknown) => {
      if (value !== undefined && value !== null) return value;
      throw new MappingFailure({
        code: 'MAPPING_REQUIRED',
        category: 'master-data',
        message: typeof sentence === 'string' ? sentence : 'a value that is required is missing',
        ...(missing ? { missing } : {}),
      });
    },
    fail: (code: unknown, sentence: unknown) => {
      throw new MappingFailure({
        code: typeof code === 'string' ? code : 'MAPPING_FAILED',
        category: 'transformation',
        message: typeof sentence === 'string' ? sentence : 'the mapping gave up',
      });
    },
  };
}

function keyOf(table: TableRows, by: unknown): Record<string, string> {
  const given = (typeof by === 'object' && by !== null ? by : {}) as Record<string, unknown>;
  const unknown = Object.keys(given).find((column) => !table.key.includes(column));
  if (unknown !== undefined)
    throw new MappingFailure({
      code: 'MAPPING_TABLE_KEY',
      category: 'transformation',
      message: `table ${table.name} has no key column ${unknown}; it has ${table.key.join(', ')}`,
    });
  return Object.fromEntries(
    table.key.filter((column) => given[column] !== undefined && given[column] !== null).map((column) => [column, String(given[column])]),
  );
}

/** The value as JSON text, within the limits of size and depth. Undefined is a failure: a mapping must say something. */
export function output(value: unknown): string {
  if (value === undefined)
    throw new MappingFailure({
      code: 'MAPPING_EMPTY',
      category: 'transformation',
      message: 'the mapping gave nothing; it must give an object',
    });
  if (depthOf(value, 0) > limits.outputDepthMax)
    throw new MappingFailure({
      code: 'MAPPING_TOO_DEEP',
      category: 'transformation',
      message: `the output is deeper than ${limits.outputDepthMax} levels`,
    });
  const text = JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'function' ? undefined : inner));
  if (text === undefined)
    throw new MappingFailure({
      code: 'MAPPING_EMPTY',
      category: 'transformation',
      message: 'the mapping gave a function; it must give an object',
    });
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > limits.outputBytesMax)
    throw new MappingFailure({
      code: 'MAPPING_TOO_LARGE',
      category: 'transformation',
      message: `the output is ${bytes} bytes; ${limits.outputBytesMax} are allowed`,
    });
  return text;
}

function depthOf(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null || depth > limits.outputDepthMax) return depth;
  return Object.values(value).reduce<number>((deepest, inner) => Math.max(deepest, depthOf(inner, depth + 1)), depth + 1);
}
