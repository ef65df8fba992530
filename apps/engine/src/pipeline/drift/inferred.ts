import type { JsonSchema } from '@waybill/sdk';
import { namesOf, type CountedField, type PayloadFields, type Sighting } from '../payload-fields.js';
import { nodeOf } from './schema-node.js';

/** A field counts as required when it was filled in every one of so many objects at least. */
export const requiredFrom = 20;

type Fields = Record<string, unknown>;

/**
 * A JSON Schema that the counted payloads fit: types as seen, lists by their items, formats of text where every value has one. A field that every object
 * around it fills is required, where there were enough of them. It holds no values: what may stand in a field is for a person to say. Pure.
 */
export function inferredSchema(seen: PayloadFields): JsonSchema {
  return { type: 'object', ...objectAt(seen, treeOf(seen), []) } as JsonSchema;
}

/**
 * A schema with every field that payloads have and it does not, as an optional one; all that it says already stays as it is. Where it allows no other fields, the
 * field becomes an allowed one. Fields below a reference or an alternative are left out: only a person knows where they belong. Pure.
 */
export function withSeenFields(schema: JsonSchema, seen: PayloadFields): JsonSchema {
  const tree = treeOf(seen);
  const copy = structuredClone(schema) as Fields;
  const visit = (around: Fields, path: string[]): void => {
    const properties = around['properties'];
    if (!isRecord(properties)) return;
    for (const name of tree.get(keyOf(path)) ?? []) {
      const here = [...path, name];
      const known = properties[name];
      if (known === undefined) {
        if (!nodeOf(around as JsonSchema).field(name)) properties[name] = fieldAt(seen, tree, here);
      } else if (isRecord(known)) {
        visit(known, here);
        if (isRecord(known['items'])) visit(known['items'], here);
      }
    }
  };
  visit(copy, []);
  return copy as JsonSchema;
}

/** Names of the fields at each path, in the order in which they were met. */
type Tree = ReadonlyMap<string, readonly string[]>;

function treeOf(seen: PayloadFields): Tree {
  const tree = new Map<string, string[]>();
  for (const { root, path } of seen.counted()) {
    if (root !== 'source') continue;
    const around = keyOf(path.slice(0, -1));
    tree.set(around, [...(tree.get(around) ?? []), path.at(-1)!]);
  }
  return tree;
}

function objectAt(seen: PayloadFields, tree: Tree, path: string[]): Fields {
  const names = tree.get(keyOf(path)) ?? [];
  if (names.length === 0) return {};
  const of = seen.objectsAt(path);
  const required = names.filter((name) => of >= requiredFrom && seen.field([...path, name])?.filled === of);
  return {
    properties: Object.fromEntries(names.map((name) => [name, fieldAt(seen, tree, [...path, name])])),
    ...(required.length > 0 ? { required } : {}),
  };
}

function fieldAt(seen: PayloadFields, tree: Tree, path: string[]): Fields {
  const field = seen.field(path)!;
  const types = typesOf(field.types);
  const inside = objectAt(seen, tree, path);
  const listed = types.includes('array');
  const itemTypes = typesOf(field.items);
  const items = listed
    ? { ...typed([...itemTypes, ...(inside['properties'] ? ['object'] : [])]), ...formatOf(field.items, itemTypes), ...inside }
    : {};
  return {
    ...typed(types),
    ...formatOf(field.types, types),
    ...(Object.keys(items).length > 0 ? { items } : {}),
    ...(listed && !types.includes('object') ? {} : inside),
  }; // prettier-ignore
}

/** As a JSON Schema names them: whole numbers are integers only where no other number stands there. */
function typesOf(seen: CountedField['types']): string[] {
  const names = namesOf(seen);
  const whole = seen.has('integer') && !seen.has('number');
  return names.map((name) => (name === 'number' && whole ? 'integer' : name)).sort((a, b) => Number(a === 'null') - Number(b === 'null'));
}

const typed = (types: readonly string[]): Fields => (types.length === 0 ? {} : { type: types.length === 1 ? types[0] : types });

function formatOf(seen: ReadonlyMap<string, Sighting>, types: readonly string[]): Fields {
  const format = types.includes('string') ? seen.get('string')?.format : undefined;
  return format ? { format } : {};
}

const keyOf = (path: readonly string[]): string => JSON.stringify(path);
const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
