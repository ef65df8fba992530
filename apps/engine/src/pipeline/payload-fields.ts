/** Fields of recorded payloads: what an editor completes with. Pure. */

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

interface Counted {
  root: PayloadField['root'];
  path: string[];
  types: Map<string, number>;
  filled: number;
  example: string | null;
}

/** Counts payloads one by one, so that no more than one has to be held. */
export class PayloadFields {
  payloads = 0;
  private readonly fields = new Map<string, Counted>();
  /** Objects that stood at a path, a list's items each. */
  private readonly objects = new Map<string, number>();
  private left = false;

  add(source: unknown, enriched: unknown): void {
    this.payloads += 1;
    this.visit(source, 'source', []);
    if (enriched !== undefined && enriched !== null) this.visit(enriched, 'enriched', []);
  }

  result(): { payloads: number; fields: PayloadField[]; more: boolean } {
    const fields = [...this.fields.values()].map(({ root, path, types, filled, example }) => ({
      root,
      path,
      types: [...types].sort((a, b) => b[1] - a[1]).map(([type]) => type),
      filled,
      of: this.objects.get(keyOf(root, path.slice(0, -1))) ?? 0,
      example,
    }));
    return { payloads: this.payloads, fields, more: this.left };
  }

  private visit(value: unknown, root: PayloadField['root'], path: string[]): void {
    if (path.length > depthMax) return void (this.left = true);
    if (Array.isArray(value)) return value.forEach((item) => this.visit(item, root, path));
    if (typeof value !== 'object' || value === null) return;
    const here = keyOf(root, path);
    this.objects.set(here, (this.objects.get(here) ?? 0) + 1);
    for (const [name, inner] of Object.entries(value)) {
      const at = [...path, name];
      if (this.count(root, at, inner)) this.visit(inner, root, at);
    }
  }

  private count(root: PayloadField['root'], path: string[], value: unknown): boolean {
    const key = keyOf(root, path);
    let field = this.fields.get(key);
    if (!field) {
      if (this.fields.size >= fieldsMax) {
        this.left = true;
        return false;
      }
      field = { root, path, types: new Map(), filled: 0, example: null };
      this.fields.set(key, field);
    }
    const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
    field.types.set(type, (field.types.get(type) ?? 0) + 1);
    if (value === null) return true;
    field.filled += 1;
    // A text that is there says more than an empty one.
    if ((field.example === null || field.example === '""') && typeof value !== 'object') field.example = shortened(value);
    return true;
  }
}

const keyOf = (root: string, path: readonly string[]): string => JSON.stringify([root, ...path]);

function shortened(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > exampleMax ? `${text.slice(0, exampleMax - 1)}…` : text;
}
