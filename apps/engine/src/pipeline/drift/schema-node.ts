import type { JsonSchema } from '@waybill/sdk';

/** A place of a JSON Schema as payloads are compared with it: alternatives stand side by side, and lists are passed through. Pure. */
export interface SchemaNode {
  /** Undefined: any. */
  types: ReadonlySet<string> | undefined;
  /** Of what stands in a list there; undefined: any, or no list. */
  itemTypes: ReadonlySet<string> | undefined;
  /** Does it name fields of an object, here or in the items of the list? */
  namesFields: boolean;
  /** No field is allowed that it does not name. */
  closed: boolean;
  required: ReadonlySet<string>;
  /** The named fields, in their order. */
  fields(): [string, SchemaNode][];
  /** The one of a name; undefined where others are named and it is not. Where none is named, the schema says nothing about any. */
  field(name: string): SchemaNode | undefined;
}

const depthMax = 20;
const anything: SchemaNode = { types: undefined, itemTypes: undefined, namesFields: false, closed: false, required: new Set(), fields: () => [], field: () => anything }; // prettier-ignore

export function nodeOf(schema: JsonSchema): SchemaNode {
  return node([schema], (pointer) => resolve(schema, pointer), 0);
}

/** `parts`: schemas of one place, which all say something about it. */
function node(parts: readonly unknown[], find: (pointer: string) => unknown, depth: number): SchemaNode {
  if (depth > depthMax) return anything;
  const met = new Set<unknown>();
  const all = parts.flatMap((part) => spread(part, find, met));
  const items = all.flatMap(({ schema }) => (Array.isArray(schema['items']) ? schema['items'] : schema['items'] === undefined ? [] : [schema['items']])); // prettier-ignore
  const inList = items.length > 0 ? node(items, find, depth + 1) : undefined;
  const objects = all.filter(({ schema }) => isRecord(schema['properties']) || isRecord(schema['patternProperties']));
  const others = all.flatMap(({ schema }) => (isRecord(schema['additionalProperties']) ? [schema['additionalProperties']] : []));
  const other = once(() => node(others, find, depth + 1));
  const patterns = all.some(({ schema }) => isRecord(schema['patternProperties']));
  const own = new Map<string, unknown[]>();
  for (const { schema } of objects)
    for (const [name, field] of Object.entries((schema['properties'] ?? {}) as object)) own.set(name, [...(own.get(name) ?? []), field]);
  const fields = [...own].map(([name, schemas]) => [name, once(() => node(schemas, find, depth + 1))] as const);
  const known = new Map(fields);
  const namesFields = own.size > 0 || (inList?.namesFields ?? false);
  return {
    types: typesOf(all),
    itemTypes: inList?.types,
    namesFields,
    closed: all.some(({ schema }) => schema['additionalProperties'] === false) || (own.size === 0 && (inList?.closed ?? false)),
    // What only one of several alternatives requires is not required.
    required: new Set([
      ...all.flatMap(({ schema, alternative }) =>
        alternative || !Array.isArray(schema['required']) ? [] : (schema['required'] as string[]),
      ),
      ...(inList?.required ?? []),
    ]),
    fields: () => [...fields.map(([name, field]) => [name, field()] as [string, SchemaNode]), ...(inList?.fields() ?? [])],
    field: (name) => {
      const here = known.get(name)?.() ?? (inList?.namesFields ? inList.field(name) : undefined);
      if (here) return here;
      if (others.length > 0) return other();
      return patterns || !namesFields ? anything : undefined;
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

interface Part {
  schema: Record<string, unknown>;
  /** It is one of several that a value may fit instead. */
  alternative: boolean;
}

/** A schema with what it refers to and what it is combined of; each once, so that what refers to itself ends. */
function spread(schema: unknown, find: (pointer: string) => unknown, met: Set<unknown>, alternative = false): Part[] {
  if (!isRecord(schema)) return [{ schema: {}, alternative }];
  if (met.has(schema)) return [];
  met.add(schema);
  const list = (name: string) => (Array.isArray(schema[name]) ? (schema[name] as unknown[]) : []);
  const one = (name: string) => (isRecord(schema[name]) ? [schema[name]] : []);
  const { $ref: reference } = schema;
  return [
    { schema, alternative },
    ...(typeof reference === 'string' ? spread(find(reference), find, met, alternative) : []),
    ...list('allOf').flatMap((part) => spread(part, find, met, alternative)),
    ...[...list('anyOf'), ...list('oneOf'), ...one('then'), ...one('else')].flatMap((part) => spread(part, find, met, true)),
  ];
}

/** Of parts that all hold, those of the first that says any; of alternatives, those of each; any where one of them says none. */
function typesOf(parts: readonly Part[]): Set<string> | undefined {
  const holding = parts.filter(({ alternative }) => !alternative).map(({ schema }) => ownTypes(schema)).find((types) => types !== undefined); // prettier-ignore
  if (holding) return holding;
  const alternatives = parts.filter(({ alternative }) => alternative).map(({ schema }) => ownTypes(schema));
  if (alternatives.length === 0 || alternatives.some((types) => types === undefined)) return undefined;
  return new Set(alternatives.flatMap((types) => [...types!]));
}

function ownTypes(schema: Record<string, unknown>): Set<string> | undefined {
  if (schema['type'] !== undefined) return new Set([schema['type']].flat() as string[]);
  const values = 'const' in schema ? [schema['const']] : Array.isArray(schema['enum']) ? (schema['enum'] as unknown[]) : undefined;
  return values && new Set(values.map(typeOf));
}

const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A pointer within the schema; what is elsewhere says nothing. */
function resolve(schema: JsonSchema, pointer: string): unknown {
  if (!pointer.startsWith('#')) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .slice(1)
    .map((name) => decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((at, name) => (isRecord(at) ? at[name] : undefined), schema);
}
