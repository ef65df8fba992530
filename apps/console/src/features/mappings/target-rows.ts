import { pointerNames, type Place, type Range, type Trace } from '@waybill/mapping-language';
import { t } from '../../language/index.js';
import { withoutPlaces } from './json-places.js';

/** A field that the mapping has to give, or may. */
export interface TargetRow {
  /** Names; lists are passed through. */
  path: string[];
  type: string;
  description: string | undefined;
  /** By its schema, wherever the object around it is. */
  required: boolean;
  status: 'fits' | 'issue' | 'missing' | 'absent' | 'engine' | 'unknown';
  /** What the schema says against it, or why its status is what it is. */
  words: string | undefined;
  /** The expression that gives it. */
  at: Range | undefined;
  reads: Place[];
  /** False: the tree does not lead to this field, only to what holds it. */
  exact: boolean;
}

export interface Coverage {
  required: { filled: number; of: number };
  optional: { filled: number; of: number };
}

export interface Misfit {
  path?: string | undefined;
  detail: string;
}

interface Schema {
  type?: unknown;
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  description?: unknown;
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
}

const rowsMax = 500;
const depthMax = 6;

/** A row for each field of the schema of the target, in its order. `output` is what the mapping makes of the sample; undefined when nothing. */
export function targetRows(
  schema: unknown,
  given: { output: unknown; misfits: readonly Misfit[]; stamps: readonly string[]; traced: Trace | undefined },
): { rows: TargetRow[]; coverage: Coverage } {
  const rows: TargetRow[] = [];
  const coverage: Coverage = { required: { filled: 0, of: 0 }, optional: { filled: 0, of: 0 } };
  const visit = (at: Schema | undefined, path: string[], around: unknown[]) => {
    if (path.length >= depthMax) return;
    const object = at?.items?.properties ? at.items : at;
    for (const [name, field] of Object.entries(object?.properties ?? {})) {
      if (rows.length >= rowsMax) return;
      const here = [...path, name];
      const required = object?.required?.includes(name) ?? false;
      const row = rowOf(here, field, required, around, given);
      rows.push(row);
      const counted = required ? coverage.required : coverage.optional;
      // What stands in an object that is not there is not missing.
      if (path.length === 0 || around.length > 0) {
        counted.of += 1;
        if (row.status === 'fits' || row.status === 'engine' || (row.status === 'issue' && filled(around, name) > 0)) counted.filled += 1;
      }
      visit(field, here, around.flatMap((one) => objectsOf(valueOf(one, name)))); // prettier-ignore
    }
  };
  visit(schema as Schema, [], given.output === undefined ? [] : objectsOf(given.output));
  return { rows, coverage };
}

function rowOf(path: string[], field: Schema, required: boolean, around: unknown[], { output, misfits, stamps, traced }: Parameters<typeof targetRows>[1]): TargetRow {
  const origin = traced?.originOf(path);
  const name = path.at(-1)!;
  const known = origin?.exact === true;
  const base = {
    path,
    type: typeOf(field),
    description: typeof field.description === 'string' ? field.description : undefined,
    required,
    at: known ? origin.trails[0]?.[0] : undefined,
    reads: known ? origin.reads : [],
    exact: known,
  };
  if (path.length === 1 && stamps.includes(name)) return { ...base, status: 'engine', words: undefined };
  const misfit = misfits.find((one) => JSON.stringify(withoutPlaces(pointerNames(one.path ?? ''))) === JSON.stringify(path));
  if (misfit) return { ...base, status: 'issue', words: misfit.detail };
  if (output === undefined) return { ...base, status: 'unknown', words: undefined };
  const there = filled(around, name);
  if (around.length > 0 && there === around.length) return { ...base, status: 'fits', words: undefined };
  if (there > 0) return { ...base, status: required ? 'missing' : 'fits', words: t('In {{there}} of {{count}}.', { there, count: around.length }) };
  if (around.length === 0 && path.length > 1) return { ...base, status: 'absent', words: undefined };
  return { ...base, status: required ? 'missing' : 'absent', words: known ? t('Nothing came of its expression with this sample.') : origin?.why === 'the expression makes no such field' ? t('The mapping does not give it.') : undefined };
} // prettier-ignore

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const valueOf = (value: unknown, name: string): unknown => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined);
const objectsOf = (value: unknown): unknown[] => (Array.isArray(value) ? value.filter(isObject) : isObject(value) ? [value] : []);
const filled = (around: readonly unknown[], name: string): number => around.filter((one) => valueOf(one, name) !== undefined).length;

function typeOf({ type, enum: one, const: only, format, items, pattern }: Schema): string {
  if (only !== undefined) return JSON.stringify(only);
  if (one) return one.map((value) => JSON.stringify(value)).join(' | ');
  const word = [type].flat().filter((each): each is string => typeof each === 'string').join(` ${t('or')} `); // prettier-ignore
  if (word === 'array') return t('list of {{type}}', { type: items ? typeOf(items) : t('anything') });
  if (word === 'string' && pattern !== undefined && new RegExp(pattern, 'u').test('-12.5') && !new RegExp(pattern, 'u').test('x'))
    return t('decimal text');
  return [word || t('anything'), format].filter(Boolean).join(', ');
}
