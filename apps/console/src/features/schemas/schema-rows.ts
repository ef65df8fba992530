import { counted, t } from '../../language/index.js';
/** A JSON Schema as rows that people read: a field each, in its order, with what is inside it below it. */
export interface SchemaRow {
  /** Names; lists are passed through. */
  path: string[];
  type: string;
  required: boolean;
  /** The values that are allowed, the format, limits: what is said beside the type. */
  rules: string[];
  description: string | undefined;
}

interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  description?: string;
  required?: string[];
  properties?: Record<string, unknown>;
  additionalProperties?: unknown;
  items?: unknown;
  anyOf?: unknown[];
  oneOf?: unknown[];
  allOf?: unknown[];
  $ref?: string;
  [keyword: string]: unknown;
}

export const rowsMax = 1_000;
const depthMax = 10;
/** Lists in lists that are named. */
const listsMax = 3;

export function rowsOfSchema(schema: unknown): { rows: SchemaRow[]; more: boolean } {
  const rows: SchemaRow[] = [];
  let more = false;
  const visit = (given: unknown, path: string[]) => {
    const parts = partsOf(given, schema);
    const inList = parts.flatMap((part) => (part.items === undefined ? [] : partsOf(part.items, schema)));
    const all = [...parts, ...inList];
    const own = new Map<string, unknown[]>();
    for (const part of all)
      for (const [name, field] of Object.entries(part.properties ?? {})) own.set(name, [...(own.get(name) ?? []), field]);
    if (own.size > 0 && path.length >= depthMax) {
      more = true;
      return;
    }
    // What one alternative requires, another may leave out.
    const required = new Set(all.filter((part) => !part.alternative).flatMap((part) => part.required ?? []));
    for (const [name, fields] of own) {
      if (rows.length >= rowsMax) {
        more = true;
        return;
      }
      const field = fields.length === 1 ? fields[0] : { anyOf: fields };
      const here = [...path, name];
      const own = partsOf(field, schema);
      rows.push({ path: here, type: typeWords(own, schema), required: required.has(name), rules: rulesOf(own), description: own.find((part) => part.description)?.description }); // prettier-ignore
      visit(field, here);
    }
  };
  visit(schema, []);
  return { rows, more };
}

type Part = Schema & { alternative: boolean };

/** A schema with what it refers to and what it is combined of; each once, so that what refers to itself ends. */
function partsOf(given: unknown, root: unknown, alternative = false, met = new Set<unknown>()): Part[] {
  if (!isSchema(given) || met.has(given)) return [];
  met.add(given);
  const inner = (list: unknown, either: boolean) =>
    (Array.isArray(list) ? (list as unknown[]) : []).flatMap((part) => partsOf(part, root, alternative || either, met));
  return [
    { ...given, alternative },
    ...(typeof given.$ref === 'string' ? partsOf(found(given.$ref, root), root, alternative, met) : []),
    ...inner(given.allOf, false),
    ...inner(given.anyOf, true),
    ...inner(given.oneOf, true),
  ];
}

function typeWords(parts: readonly Part[], root: unknown, depth = 0): string {
  const words = parts.flatMap((part) => typesOf(part).map((type) => (type === 'array' ? listWords(part, root, depth) : type)));
  return [...new Set(words)].join(` ${t('or')} `) || t('any');
}

/** What a list of values allows has their types. */
function typesOf(part: Part): string[] {
  if (part.type !== undefined) return [part.type].flat();
  const values = 'const' in part ? [part.const] : Array.isArray(part.enum) ? part.enum : [];
  return values.map((value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value));
}

function listWords(part: Schema, root: unknown, depth: number): string {
  const items = partsOf(part.items, root);
  const word = items.length > 0 && depth < listsMax ? typeWords(items, root, depth + 1) : t('any');
  return word === t('any') ? t('list') : t('list of {{type}}', { type: word });
}

const limits = [
  { least: 'minLength', most: 'maxLength', words: (n: number) => counted(n, '{{count}} character', '{{count}} characters') },
  { least: 'minItems', most: 'maxItems', words: (n: number) => counted(n, '{{count}} item', '{{count}} items') },
  { least: 'minProperties', most: 'maxProperties', words: (n: number) => counted(n, '{{count}} field', '{{count}} fields') },
  { least: 'minimum', most: 'maximum', words: undefined },
] as const;
const valuesMax = 20;

function rulesOf(parts: readonly Part[]): string[] {
  const rules = parts.flatMap((part) => [
    ...('const' in part ? [JSON.stringify(part.const)] : []),
    ...(Array.isArray(part.enum) ? [valueWords(part.enum)] : []),
    ...(typeof part.format === 'string' ? [part.format] : []),
    ...(typeof part.pattern === 'string' ? [t('pattern {{pattern}}', { pattern: part.pattern })] : []),
    ...limits.flatMap(({ least, most, words }) => rangeWords(part[least], part[most], words)),
    ...(['exclusiveMinimum', 'exclusiveMaximum'] as const).flatMap((bound) =>
      part[bound] === undefined
        ? []
        : [
            bound === 'exclusiveMinimum'
              ? t('more than {{bound}}', { bound: String(part[bound]) })
              : t('less than {{bound}}', { bound: String(part[bound]) }),
          ],
    ),
    ...(part.additionalProperties === false ? [t('no other fields')] : []),
  ]);
  return [...new Set(rules)];
}

function rangeWords(least: unknown, most: unknown, words: ((n: number) => string) | undefined): string[] {
  if (least === undefined && most === undefined) return [];
  // A bound of a number is told as it is written, a number of things with its thing.
  const told = (bound: unknown) => (words && typeof bound === 'number' ? words(bound) : String(bound));
  if (least === undefined) return [t('at most {{bound}}', { bound: told(most) })];
  if (most === undefined) return [t('at least {{bound}}', { bound: told(least) })];
  return [t('{{from}} to {{to}}', { from: String(least), to: told(most) })];
}

function valueWords(values: readonly unknown[]): string {
  const shown = values.slice(0, valuesMax).map((value) => JSON.stringify(value));
  return [...shown, ...(values.length > valuesMax ? [t('{{count}} more', { count: values.length - valuesMax })] : [])].join(' | ');
}

function found(pointer: string, root: unknown): unknown {
  if (!pointer.startsWith('#')) return undefined;
  return pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((at, name) => (isSchema(at) ? at[name] : undefined), root);
}

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);
