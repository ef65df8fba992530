/** Fields of recorded payloads: what an editor completes with, and what a schema is compared with. Pure. */

export interface PayloadField {
  root: 'source' | 'enriched';
  path: string[];
  types: string[];
  filled: number;
  of: number;
  example: string | null;
}

export const payloadsMax = 200;
export const fieldsMax = 2_000;
const exampleMax = 60;
const depthMax = 20;

/** Values of one type at one path. */
export interface Sighting {
  count: number;
  /** As JSON, shortened; null where it holds other fields. */
  example: string | null;
  /** Of text: the format that every value has, as a JSON Schema names it; null where they have none in common. */
  format: string | null;
  /** Of the payloads that have it: when the first and the last came in. */
  firstAt: string;
  lastAt: string;
}

export interface CountedField {
  root: PayloadField['root'];
  path: string[];
  types: Map<string, Sighting>;
  /** What stands in a list there and is no object. */
  items: Map<string, Sighting>;
  filled: number;
  example: string | null;
}

/** Counts payloads one by one, so that no more than one has to be held. */
export class PayloadFields {
  payloads = 0;
  private readonly fields = new Map<string, CountedField>();
  /** Objects that stood at a path, a list's items each. */
  private readonly objects = new Map<string, number>();
  private left = false;
  private at = '';

  /** `at`: when it came in. */
  add(source: unknown, enriched: unknown, at = ''): void {
    this.payloads += 1;
    this.at = at;
    this.visit(source, 'source', []);
    if (enriched !== undefined && enriched !== null) this.visit(enriched, 'enriched', []);
  }

  result(): { payloads: number; fields: PayloadField[]; more: boolean } {
    const fields = [...this.fields.values()].map(({ root, path, types, filled, example }) => ({
      root,
      path,
      types: namesOf(types),
      filled,
      of: this.objectsAt(path.slice(0, -1), root),
      example,
    }));
    return { payloads: this.payloads, fields, more: this.left };
  }

  get more(): boolean {
    return this.left;
  }

  counted(): Iterable<CountedField> {
    return this.fields.values();
  }

  field(path: readonly string[], root: PayloadField['root'] = 'source'): CountedField | undefined {
    return this.fields.get(keyOf(root, path));
  }

  /** Objects that stood at a path, a list's items each. */
  objectsAt(path: readonly string[], root: PayloadField['root'] = 'source'): number {
    return this.objects.get(keyOf(root, path)) ?? 0;
  }

  private visit(value: unknown, root: PayloadField['root'], path: string[]): void {
    if (path.length > depthMax) return void (this.left = true);
    if (Array.isArray(value)) return value.forEach((item) => this.visitItem(item, root, path));
    if (typeof value !== 'object' || value === null) return;
    const here = keyOf(root, path);
    this.objects.set(here, (this.objects.get(here) ?? 0) + 1);
    for (const [name, inner] of Object.entries(value)) {
      const at = [...path, name];
      if (this.count(root, at, inner)) this.visit(inner, root, at);
    }
  }

  private visitItem(item: unknown, root: PayloadField['root'], path: string[]): void {
    const list = isObject(item) ? undefined : this.fields.get(keyOf(root, path));
    if (list) this.sight(list.items, item);
    this.visit(item, root, path);
  }

  private sight(types: Map<string, Sighting>, value: unknown): void {
    const type = typeOf(value);
    const seen = types.get(type);
    const format = formatOf(value);
    if (!seen) return void types.set(type, { count: 1, example: exampleOf(value), format, firstAt: this.at, lastAt: this.at });
    seen.count += 1;
    if (seen.format !== format) seen.format = null;
    if (this.at < seen.firstAt) seen.firstAt = this.at;
    if (this.at > seen.lastAt) seen.lastAt = this.at;
  }

  private count(root: PayloadField['root'], path: string[], value: unknown): boolean {
    const key = keyOf(root, path);
    let field = this.fields.get(key);
    if (!field) {
      if (this.fields.size >= fieldsMax) {
        this.left = true;
        return false;
      }
      field = { root, path, types: new Map(), items: new Map(), filled: 0, example: null };
      this.fields.set(key, field);
    }
    this.sight(field.types, value);
    if (value === null) return true;
    field.filled += 1;
    // A text that is there says more than an empty one.
    if (field.example === null || field.example === '""') field.example = exampleOf(value) ?? field.example;
    return true;
  }
}

/** Types as JSON names them, the most frequent first; whole numbers are numbers. */
export function namesOf(types: ReadonlyMap<string, Sighting>): string[] {
  const counts = new Map<string, number>();
  for (const [type, { count }] of types) {
    const name = type === 'integer' ? 'number' : type;
    counts.set(name, (counts.get(name) ?? 0) + count);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
}

/** As a JSON Schema names it: whole numbers are integers. */
const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
};

const formats: readonly (readonly [string, RegExp])[] = [
  ['date-time', /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/],
  ['date', /^\d{4}-\d\d-\d\d$/],
  ['uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
];
/** Formats whose texts look like nothing else. */
const formatOf = (value: unknown): string | null =>
  typeof value === 'string' && value.length <= 40 ? (formats.find(([, looks]) => looks.test(value))?.[0] ?? null) : null;

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

const keyOf = (root: string, path: readonly string[]): string => JSON.stringify([root, ...path]);

function exampleOf(value: unknown): string | null {
  if (typeof value === 'object') return null;
  const text = JSON.stringify(value) ?? '';
  return text.length > exampleMax ? `${text.slice(0, exampleMax - 1)}…` : text;
}
