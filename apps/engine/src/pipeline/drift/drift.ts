/** What recorded payloads say against a JSON Schema. Pure. */
import type { JsonSchema } from '@waybill/sdk';
import { namesOf, type PayloadFields, type Sighting } from '../payload-fields.js';
import { nodeOf, type SchemaNode } from './schema-node.js';

interface Place {
  /** Names; lists are passed through. */
  path: string[];
}

/** A field that payloads have and the schema does not. */
export interface UnknownField extends Place {
  types: string[];
  filled: number;
  /** Objects around it. */
  of: number;
  example: string | null;
  firstAt: string;
  lastAt: string;
  /** The schema allows no other field there. */
  refused: boolean;
}

/** A field of the schema that no payload fills. */
export interface UnseenField extends Place {
  types: string[];
  required: boolean;
  /** Objects around it, so many times it could have been there. */
  of: number;
}

/** Values of a type that the schema does not allow there. */
export interface OtherType extends Place {
  /** The values stand in a list there. */
  inList: boolean;
  declared: string[];
  type: string;
  count: number;
  of: number;
  example: string | null;
  firstAt: string;
  lastAt: string;
}

export interface Drift {
  /** What was first seen last comes first: it is what is new. */
  unknown: UnknownField[];
  unseen: UnseenField[];
  otherTypes: OtherType[];
  /** There is more than is told. */
  more: boolean;
}

/** So many of each kind are told. */
export const toldMax = 200;

/**
 * The uppermost field is told, not each one inside it. Where a schema names no field of an object, it says nothing about them, and nothing is told.
 */
export function driftOf(schema: JsonSchema, seen: PayloadFields): Drift {
  const root = nodeOf(schema);
  const unknown: UnknownField[] = [];
  const otherTypes: OtherType[] = [];
  for (const field of seen.counted()) {
    if (field.root !== 'source') continue;
    const { path, filled, example } = field;
    const around = path.slice(0, -1).reduce<SchemaNode | undefined>((at, name) => (at ? at.field(name) : undefined), root);
    if (!around) continue;
    const of = seen.objectsAt(path.slice(0, -1));
    const node = around.field(path.at(-1)!);
    if (!node) {
      const seenAt = span([...field.types.values()]);
      unknown.push({ path, types: namesOf(field.types), filled, of, example, ...seenAt, refused: around.closed });
      continue;
    }
    otherTypes.push(...misfits(field.types, node.types).map((misfit) => ({ path, inList: false, of, ...misfit })));
    const items = [...field.items.values()].reduce((sum, { count }) => sum + count, 0);
    otherTypes.push(...misfits(field.items, node.itemTypes).map((misfit) => ({ path, inList: true, of: items, ...misfit })));
  }
  // Where not every field could be counted, nobody knows which was never there.
  const unseen = seen.more ? [] : neverFilled(root, seen);
  const all = [unknown, unseen, otherTypes];
  return {
    unknown: unknown.sort((a, b) => (a.firstAt < b.firstAt ? 1 : a.firstAt > b.firstAt ? -1 : 0)).slice(0, toldMax),
    unseen: unseen.slice(0, toldMax),
    otherTypes: otherTypes.slice(0, toldMax),
    more: seen.more || all.some(({ length }) => length > toldMax),
  };
}

function misfits(seen: ReadonlyMap<string, Sighting>, allowed: ReadonlySet<string> | undefined) {
  if (!allowed) return [];
  return [...seen].flatMap(([type, { count, example, firstAt, lastAt }]) => {
    const fits = allowed.has(type) || (type === 'integer' && allowed.has('number'));
    return fits ? [] : [{ declared: [...allowed], type, count, example, firstAt, lastAt }];
  });
}

function neverFilled(root: SchemaNode, seen: PayloadFields): UnseenField[] {
  const found: UnseenField[] = [];
  const visit = (around: SchemaNode, path: string[]) => {
    const of = seen.objectsAt(path);
    if (of === 0) return;
    for (const [name, node] of around.fields()) {
      const here = [...path, name];
      if ((seen.field(here)?.filled ?? 0) > 0) visit(node, here);
      else found.push({ path: here, types: [...(node.types ?? [])], required: around.required.has(name), of });
    }
  };
  visit(root, []);
  return found;
}

const span = (sightings: readonly Sighting[]) => ({
  firstAt: sightings.map(({ firstAt }) => firstAt).sort()[0]!,
  lastAt: sightings.map(({ lastAt }) => lastAt).sort().at(-1)!,
}); // prettier-ignore
