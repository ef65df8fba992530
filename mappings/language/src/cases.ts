import type { Bindings } from './compile.js';
import type { MappingFailureFacts } from './failure.js';
import type { TableRows } from './tables.js';

/** What a mapping has to make of one sample. Plain data, as it is stored and sent. */
export interface GoldenCase {
  id: string;
  name: string;
  tags: string[];
  input: unknown;
  enriched?: unknown;
  flow?: unknown;
  delivery?: unknown;
  revision?: string;
  /** Day that tables are read on. */
  asOf: string;
  /** Rows in the place of the tables as they are; a case of a pack brings its own. */
  tables?: TableRows[];
  expects: Expectation;
}

/** The whole output, single paths of it, or that the mapping refuses the sample. */
export type Expectation =
  | { kind: 'whole'; output: unknown }
  | { kind: 'paths'; values: { path: string; value?: unknown }[] }
  | { kind: 'failure'; category?: string; contains: string };

export interface CaseDifference {
  /** JSON pointer in the output; '' is the output as a whole. */
  path: string;
  expected?: unknown;
  got?: unknown;
  /** Said where there is no output to compare, or one where there should be none. */
  words?: string;
}

export const caseLimits = {
  /** Cases of one mapping. */
  casesMax: 200,
  /** Characters of a case's input, of what was looked up, and of what is expected, each as JSON. */
  textMax: 512 * 1024,
  pathsMax: 50,
  tagsMax: 10,
  /** Differences that are told of one case. */
  differencesMax: 50,
} as const;

/** What a case's expression is evaluated with. */
export const bindingsOf = (one: GoldenCase, tables: Record<string, TableRows>): Bindings => ({
  source: one.input,
  enriched: one.enriched,
  flow: one.flow,
  delivery: one.delivery ?? {},
  revision: one.revision ?? '0',
  asOf: one.asOf,
  tables: { ...tables, ...Object.fromEntries((one.tables ?? []).map((table) => [table.name, table])) },
});

/** Where what came out is not what the case expects; none when it holds. */
export function differencesOf(expects: Expectation, outcome: { output: unknown } | { failure: MappingFailureFacts }): CaseDifference[] {
  if (expects.kind === 'failure') {
    if ('output' in outcome) return [{ path: '', got: outcome.output, words: 'It should refuse the sample, and made an output.' }];
    const { category, message } = outcome.failure;
    if (expects.category !== undefined && expects.category !== category)
      return [{ path: '', expected: expects.category, got: category, words: 'It refuses the sample in another category.' }];
    return message.includes(expects.contains)
      ? []
      : [{ path: '', expected: expects.contains, got: message, words: 'It refuses the sample in other words.' }];
  }
  if ('failure' in outcome) return [{ path: '', words: `It made no output: ${outcome.failure.message}` }];
  const found =
    expects.kind === 'whole'
      ? differ(expects.output, outcome.output, '')
      : expects.values.flatMap(({ path, value }) => differ(value, valueAt(outcome.output, path), path));
  return found.slice(0, caseLimits.differencesMax);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function differ(expected: unknown, got: unknown, path: string): CaseDifference[] {
  if (isObject(expected) && isObject(got))
    return [...new Set([...Object.keys(expected), ...Object.keys(got)])].flatMap((name) =>
      differ(expected[name], got[name], `${path}/${escaped(name)}`),
    );
  if (Array.isArray(expected) && Array.isArray(got))
    return Array.from({ length: Math.max(expected.length, got.length) }).flatMap((_, at) => differ(expected[at], got[at], `${path}/${at}`));
  return JSON.stringify(expected) === JSON.stringify(got) ? [] : [{ path, expected, got }];
}

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** The names of a JSON pointer. */
export const pointerNames = (path: string): string[] =>
  path
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));

/** The value at a JSON pointer; undefined where there is none. */
export function valueAt(value: unknown, path: string): unknown {
  return pointerNames(path).reduce<unknown>((inner, name) => {
    if (Array.isArray(inner)) return /^\d+$/.test(name) ? (inner as unknown[])[Number(name)] : undefined;
    return isObject(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined;
  }, value);
}
