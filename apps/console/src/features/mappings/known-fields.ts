import { placeKey, type Place } from '@waybill/mapping-language';
import type { MappingFields } from '../../api/build.js';

/** What is known of a field that a mapping can read. */
export interface KnownField {
  name: string;
  types: string[];
  /** How often it was filled, of the recorded objects around it; undefined where none was recorded. */
  share: string | undefined;
  example: string | undefined;
  /** Where it is known from, the surest first. */
  from: ('sample' | 'recorded' | 'schema')[];
  description?: string;
}

/** Fields by the place of the object around them: of the sample, of recorded payloads, and of the schema of the source. */
export interface KnownFields {
  at(place: Place): KnownField[];
  /** False: nothing that is known has such a field. Undefined: nothing is known about what stands around it. */
  has(place: Place): boolean | undefined;
}

interface Schema {
  type?: unknown;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  description?: unknown;
}

const depthMax = 12;

/** Merged once for each sample; asked with every key. */
export function knownFields(sample: { input: unknown; enriched: unknown }, recorded: MappingFields | undefined): KnownFields {
  const objects = new Map<string, Map<string, KnownField>>();
  const field = (around: Place, name: string): KnownField => {
    const key = placeKey(around);
    const here = objects.get(key) ?? new Map<string, KnownField>();
    objects.set(key, here);
    const known = here.get(name) ?? { name, types: [], share: undefined, example: undefined, from: [] };
    here.set(name, known);
    return known;
  };
  const note = (known: KnownField, from: KnownField['from'][number], types: readonly string[]) => {
    if (!known.from.includes(from)) known.from.push(from);
    for (const type of types) if (!known.types.includes(type)) known.types.push(type);
  };
  const visit = (value: unknown, place: Place): void => {
    if (Array.isArray(value)) return value.forEach((item) => visit(item, place));
    if (typeof value !== 'object' || value === null || place.path.length > depthMax) return;
    for (const [name, inner] of Object.entries(value)) {
      const known = field(place, name);
      note(known, 'sample', inner === null ? [] : [Array.isArray(inner) ? 'array' : typeof inner]);
      known.example ??= exampleOf(inner);
      visit(inner, inside(place, name));
    }
  };
  visit(sample.input, { root: 'source', path: [] });
  visit(sample.enriched, { root: 'enriched', path: [] });
  for (const { root, path, types, filled, of, example } of recorded?.fields ?? []) {
    const known = field({ root, path: path.slice(0, -1) }, path.at(-1)!);
    note(known, 'recorded', types.filter((type) => type !== 'null')); // prettier-ignore
    known.share = of === 0 ? undefined : shareOf(filled, of);
    known.example ??= example ?? undefined;
  }
  const ofSchema = (schema: Schema | undefined, place: Place): void => {
    if (typeof schema !== 'object' || schema === null || place.path.length > depthMax) return;
    for (const part of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]) ofSchema(part, place);
    if (schema.items) ofSchema(schema.items, place);
    for (const [name, inner] of Object.entries(schema.properties ?? {})) {
      const known = field(place, name);
      note(known, 'schema', [inner.type].flat().filter((type): type is string => typeof type === 'string' && type !== 'null')); // prettier-ignore
      if (typeof inner.description === 'string') known.description ??= inner.description;
      ofSchema(inner, inside(place, name));
    }
  };
  ofSchema(recorded?.source?.schema as Schema | undefined, { root: 'source', path: [] });
  for (const { name, columns } of recorded?.tables ?? [])
    for (const column of columns) note(field({ root: 'table', path: [name] }, column), 'schema', ['string']);
  return {
    at: (place) => [...(objects.get(placeKey(place))?.values() ?? [])],
    has: (place) => {
      const around = objects.get(placeKey({ root: place.root, path: place.path.slice(0, -1) }));
      return around ? around.has(place.path.at(-1) ?? '') : undefined;
    },
  };
}

const inside = ({ root, path }: Place, name: string): Place => ({ root, path: [...path, name] });

function exampleOf(value: unknown): string | undefined {
  if (typeof value === 'object') return undefined;
  const text = JSON.stringify(value) ?? '';
  return text.length > 28 ? `${text.slice(0, 27)}…` : text;
}

/** In whole percent; what is not quite all or nothing never says that it is. */
export function shareOf(filled: number, of: number): string {
  const percent = Math.round((filled * 100) / of);
  return `${filled < of && percent === 100 ? '>99' : filled > 0 && percent === 0 ? '<1' : percent}%`;
}
