import type { Json, JsonObject } from '@waybill/sdk';

/** How a field differs: it has a value now, it has none any more, it has another, it has one of another type. */
export const changeShapes = ['set', 'emptied', 'changed', 'type-changed'] as const;
export type ChangeShape = (typeof changeShapes)[number];

export interface Difference {
  /** JSON pointer into the output. */
  path: string;
  /** The same with every place in a list as `*`. */
  field: string;
  shape: ChangeShape;
  before: Json | null;
  after: Json | null;
}

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const typeOf = (value: Json): string => (Array.isArray(value) ? 'list' : typeof value);
const step = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

function shapeOf(before: Json | null, after: Json | null): ChangeShape {
  if (before === null) return 'set';
  if (after === null) return 'emptied';
  return typeOf(before) === typeOf(after) ? 'changed' : 'type-changed';
}

/** Leaves in which two outputs differ; what one of them lacks counts as null. */
export function differences(before: Json | undefined, after: Json | undefined, path = '', field = ''): Difference[] {
  if (isObject(before) && isObject(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
      differences(before[name], after[name], `${path}/${step(name)}`, `${field}/${step(name)}`),
    );
  if (Array.isArray(before) && Array.isArray(after))
    return Array.from({ length: Math.max(before.length, after.length) }).flatMap((_, at) =>
      differences(before[at], after[at], `${path}/${at}`, `${field}/*`),
    );
  const [was, is] = [before ?? null, after ?? null];
  return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ path, field, shape: shapeOf(was, is), before: was, after: is }];
}
