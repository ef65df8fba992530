import { isJsonObject, type Json, type JsonObject } from '@waybill/sdk';

/** What a payload may have filled in. */
export interface Filling {
  /** Letters and digits, another for each run. */
  run: string;
  customer: string;
  /** When the run began. */
  at: Date;
}

const values = {
  run: ({ run }: Filling) => run,
  customer: ({ customer }: Filling) => customer,
  seconds: ({ at }: Filling) => Math.floor(at.getTime() / 1000),
  today: ({ at }: Filling) => at.toISOString().slice(0, 10),
  now: ({ at }: Filling) => at.toISOString(),
} satisfies Record<string, (filling: Filling) => Json>;
export const placeholders = Object.keys(values);

const place = /\{\{\s*([^{}]*?)\s*\}\}/g;
const isKnown = (name: string): name is keyof typeof values => Object.hasOwn(values, name);

/** Fills placeholders in; a text that is one placeholder alone becomes its value, so that `{{seconds}}` is a number. */
export function fill(template: JsonObject, filling: Filling): JsonObject {
  return filled(template, filling) as JsonObject;
}

function filled(value: Json, filling: Filling): Json {
  if (Array.isArray(value)) return value.map((one) => filled(one, filling));
  if (isJsonObject(value)) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one ?? null, filling)]));
  if (typeof value !== 'string') return value;
  const alone = /^\{\{\s*(\w+)\s*\}\}$/.exec(value)?.[1];
  if (alone !== undefined && isKnown(alone)) return values[alone](filling);
  return value.replace(place, (text, name: string) => (isKnown(name) ? String(values[name](filling)) : text));
}

/** Placeholders that there are not, each with where it stands. */
export function unknownPlaceholders(value: Json, path: string): { path: string; name: string }[] {
  if (Array.isArray(value)) return value.flatMap((one, at) => unknownPlaceholders(one, `${path}/${at}`));
  if (isJsonObject(value)) return Object.entries(value).flatMap(([name, one]) => unknownPlaceholders(one ?? null, `${path}/${name}`));
  if (typeof value !== 'string') return [];
  return [...value.matchAll(place)].flatMap(([, name]) => (isKnown(name!) ? [] : [{ path, name: name! }]));
}
