/** Whether a version of a schema may take the place of the one before, and what stands against it. Pure. */
import type { JsonSchema } from '@waybill/sdk';

/** `senders`: what fitted before may be refused. `readers`: what comes now may be what readers of the version before do not know. */
export const broken = ['senders', 'readers', 'both'] as const;
export type Broken = (typeof broken)[number];

/** As schema registries say it. Full: neither is broken. Backward: senders go on. Forward: readers go on. None: both are broken. */
export const verdicts = ['full', 'backward', 'forward', 'none'] as const;
export type Verdict = (typeof verdicts)[number];

export interface Difference {
  /** JSON pointer to the field; `*` for what stands in a list, or under any other name. */
  path: string;
  /** Null: harmless. */
  breaks: Broken | null;
  detail: string;
}

export interface Compatibility {
  verdict: Verdict;
  /** What breaks first. */
  differences: Difference[];
  /** There are more than are told. */
  more: boolean;
}

export const differencesMax = 200;
const depthMax = 20;

export function compatibility(before: JsonSchema, after: JsonSchema): Compatibility {
  const found: Difference[] = [];
  compare(before, after, '', (path, breaks, detail) => void found.push({ path, breaks, detail }), 0);
  const senders = found.some(({ breaks }) => breaks === 'senders' || breaks === 'both');
  const readers = found.some(({ breaks }) => breaks === 'readers' || breaks === 'both');
  const sorted = [...found.filter(({ breaks }) => breaks !== null), ...found.filter(({ breaks }) => breaks === null)];
  return {
    verdict: senders && readers ? 'none' : senders ? 'forward' : readers ? 'backward' : 'full',
    differences: sorted.slice(0, differencesMax),
    more: sorted.length > differencesMax,
  };
}

type Say = (path: string, breaks: Broken | null, detail: string) => void;
type Schema = Record<string, unknown>;

function compare(before: unknown, after: unknown, path: string, say: Say, depth: number): void {
  const [old, now] = [schemaOf(before), schemaOf(after)];
  if (same(old, now)) return;
  if (depth > depthMax) return say(path, 'both', `is nested more than ${depthMax} deep and differs: look at it`);
  types(old, now, path, say);
  choices(old, now, path, say);
  formats(old, now, path, say);
  for (const limit of limits) bounds(old, now, limit, path, say);
  for (const name of handled.words) if (!same(old[name], now[name])) say(path, null, `has another ${name}`);
  for (const name of new Set([...Object.keys(old), ...Object.keys(now)]))
    if (!known.has(name) && !same(old[name], now[name])) say(path, 'both', `has another ${name}, which is not compared: look at it`);
  fields(old, now, path, say, depth);
  if (old['items'] !== undefined || now['items'] !== undefined)
    compare(old['items'] ?? {}, now['items'] ?? {}, `${path}/*`, say, depth + 1);
}

function types(old: Schema, now: Schema, path: string, say: Say): void {
  const [was, is] = [typesOf(old, now), typesOf(now, old)];
  const lost = was === undefined ? is !== undefined : is !== undefined && was.some((type) => !allows(is, type));
  const won = is === undefined ? was !== undefined : was !== undefined && is.some((type) => !allows(was, type));
  if (!lost && !won) return;
  const words = `${was === undefined ? 'any type' : was.join(' or ')}, now ${is === undefined ? 'any type' : is.join(' or ')}`;
  if (lost && won) say(path, 'both', `has another type: was ${words}`);
  else if (lost) say(path, 'senders', `has a narrower type: was ${words}`);
  else say(path, 'readers', `has a wider type: was ${words}`);
}

function choices(old: Schema, now: Schema, path: string, say: Say): void {
  const [was, is] = [choicesOf(old), choicesOf(now)];
  if (!was && !is) return;
  if (!was) return say(path, 'senders', `has a list of values now: ${list(is!)}`);
  if (!is) return say(path, 'readers', `has no list of values any more: was ${list(was)}`);
  const gone = was.filter((one) => !is.some((other) => same(one, other)));
  const fresh = is.filter((one) => !was.some((other) => same(one, other)));
  if (gone.length > 0) say(path, 'senders', `does not allow ${list(gone)} any more`);
  if (fresh.length > 0) say(path, 'readers', `allows ${list(fresh)} as well`);
}

function formats(old: Schema, now: Schema, path: string, say: Say): void {
  const [was, is] = [old['format'], now['format']];
  if (!same(was, is)) {
    if (was === undefined) say(path, 'senders', `has the format ${text(is)} now`);
    else if (is === undefined) say(path, 'readers', `has the format ${text(was)} no more`);
    else say(path, 'both', `has another format: was ${text(was)}, now ${text(is)}`);
  }
  if (same(old['pattern'], now['pattern'])) return;
  if (now['pattern'] === undefined) say(path, null, 'has no pattern any more');
  else say(path, 'senders', old['pattern'] === undefined ? 'has a pattern now' : 'has another pattern');
}

interface Limit {
  name: string;
  /** Which of two is the narrower. */
  narrower: 'greater' | 'less';
}
const limits: readonly Limit[] = [
  ...['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'].map((name) => ({ name, narrower: 'greater' as const })),
  ...['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'].map((name) => ({ name, narrower: 'less' as const })),
];

function bounds(old: Schema, now: Schema, { name, narrower }: Limit, path: string, say: Say): void {
  const [was, is] = [old[name], now[name]];
  if (same(was, is)) return;
  if (is === undefined) return say(path, null, `has no ${name} any more: was ${text(was)}`);
  const tight = was === undefined || (narrower === 'greater' ? Number(is) > Number(was) : Number(is) < Number(was));
  say(
    path,
    tight ? 'senders' : null,
    was === undefined ? `has a ${name} of ${text(is)} now` : `has another ${name}: was ${text(was)}, now ${text(is)}`,
  );
}

function fields(old: Schema, now: Schema, path: string, say: Say, depth: number): void {
  const [was, is] = [record(old['properties']), record(now['properties'])];
  const [needed, needs] = [names(old['required']), names(now['required'])];
  const [closed, closes] = [old['additionalProperties'] === false, now['additionalProperties'] === false];
  for (const [name, field] of was) {
    const here = `${path}/${escaped(name)}`;
    if (!is.has(name)) say(here, closes ? 'both' : 'readers', closes ? 'is removed, and no longer allowed' : 'is removed');
    else compare(field, is.get(name), here, say, depth + 1);
  }
  for (const name of is.keys())
    if (!was.has(name) && !needs.has(name)) say(`${path}/${escaped(name)}`, null, 'is added, and may be left out');
  for (const name of needs)
    if (!needed.has(name)) say(`${path}/${escaped(name)}`, 'senders', was.has(name) ? 'is required now' : 'is added, and required');
  for (const name of needed)
    if (!needs.has(name) && (is.has(name) || !was.has(name))) say(`${path}/${escaped(name)}`, 'readers', 'may be left out now');
  if (closes !== closed) {
    say(path, closes ? 'senders' : null, closes ? 'allows no other fields any more' : 'allows other fields now');
    return;
  }
  const [others, other] = [old['additionalProperties'], now['additionalProperties']];
  if (isRecord(others) || isRecord(other))
    compare(isRecord(others) ? others : {}, isRecord(other) ? other : {}, `${path}/*`, say, depth + 1);
}

const handled = { words: ['title', 'description', 'examples', 'default', 'deprecated', '$comment'] } as const;
const known = new Set<string>([
  ...['type', 'enum', 'const', 'format', 'pattern', 'properties', 'required', 'additionalProperties', 'items', '$id', '$schema'],
  ...limits.map(({ name }) => name),
  ...handled.words,
]);

const isRecord = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);
/** `true` is any value; `false` is none, which no keyword says, so it is a word of its own. */
const schemaOf = (value: unknown): Schema => (isRecord(value) ? value : value === false ? { not: {} } : {});
const record = (value: unknown): Map<string, unknown> => new Map(isRecord(value) ? Object.entries(value) : []);
const names = (value: unknown): Set<string> => new Set(Array.isArray(value) ? (value as string[]) : []);
/** Beside a schema that names its type, a list of values names its types too. */
const typesOf = (schema: Schema, beside: Schema): string[] | undefined => {
  if (schema['type'] !== undefined) return [schema['type']].flat() as string[];
  return beside['type'] === undefined
    ? undefined
    : choicesOf(schema)
        ?.map(typeOf)
        .filter((type, n, all) => all.indexOf(type) === n);
};
const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
const allows = (types: readonly string[], type: string): boolean =>
  types.includes(type) || (type === 'integer' && types.includes('number'));
const choicesOf = (schema: Schema): unknown[] | undefined =>
  'const' in schema ? [schema['const']] : Array.isArray(schema['enum']) ? (schema['enum'] as unknown[]) : undefined;
const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
const text = (value: unknown): string => JSON.stringify(value) ?? 'nothing';
const listMax = 10;
const list = (values: readonly unknown[]): string =>
  values.slice(0, listMax).map(text).join(', ') + (values.length > listMax ? ` and ${values.length - listMax} more` : ''); // prettier-ignore

/** Whatever the order of names is. */
function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one)) return Array.isArray(other) && one.length === other.length && one.every((part, n) => same(part, other[n]));
  if (!isRecord(one) || !isRecord(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]));
}
