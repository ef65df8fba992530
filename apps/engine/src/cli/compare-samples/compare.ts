/** What became of a field between two generations of a record. */
export interface Change {
  kind: 'gone' | 'new' | 'type' | 'moved';
  /** `lines.data[].tax_rates`; of a field that moved, where it was. */
  path: string;
  /** The types before and now, such as `string` or `null or object`. */
  before: string | undefined;
  now: string | undefined;
  /** Where a field of that name and type appeared. */
  movedTo?: string[];
  /** The mappings that read it. */
  readBy: string[];
}

/** A mapping and the ends of paths that it reads. */
export interface Reader {
  name: string;
  paths: readonly (readonly string[])[];
}

type Shape = Map<string, Set<string>>;

const depthMax = 20;

/** Every path of a sample with the types that it has there; what stands in a list is one path for all its elements. */
function shapeOf(sample: unknown, path = '', shape: Shape = new Map(), depth = 0): Shape {
  const type = sample === null ? 'null' : Array.isArray(sample) ? 'list' : typeof sample;
  if (path !== '') shape.set(path, (shape.get(path) ?? new Set()).add(type));
  if (depth >= depthMax || typeof sample !== 'object' || sample === null) return shape;
  if (Array.isArray(sample)) for (const element of sample) shapeOf(element, `${path}[]`, shape, depth + 1);
  else for (const [name, value] of Object.entries(sample)) shapeOf(value, path === '' ? name : `${path}.${name}`, shape, depth + 1);
  return shape;
}

const namesOf = (path: string): string[] => path.replaceAll('[]', '').split('.');
const parentOf = (path: string): string => path.slice(0, Math.max(0, path.endsWith('[]') ? path.length - 2 : path.lastIndexOf('.')));
const typesIn = (shape: Shape, path: string): string => [...shape.get(path)!].sort().join(' or ');

/**
 * What changed from one sample to the other. A whole that came or went is one change, not one for each of its parts; `null` is no type of its own, for a sample
 * shows one record and not what else it may hold. Pure.
 */
export function compareSamples(older: unknown, newer: unknown, readers: readonly Reader[] = []): Change[] {
  const [before, now] = [shapeOf(older), shapeOf(newer)];
  const appeared = [...now.keys()].filter((path) => !before.has(path));
  const gone = topmost(
    [...before.keys()].filter((path) => !now.has(path)),
    now,
  );
  const come = topmost(appeared, before);
  const readBy = (paths: readonly string[]) =>
    readers.filter(({ paths: read }) => paths.some((path) => isRead(path, read))).map(({ name }) => name);
  const changes: Change[] = gone.map((path) => {
    const name = namesOf(path).at(-1)!;
    const kinds = solid(before.get(path)!);
    const movedTo = appeared.filter(
      // Further down beside it: elsewhere a field of that name is another field.
      (one) => one.startsWith(parentOf(path)) && !one.endsWith('[]') && namesOf(one).at(-1) === name && kinds.length > 0 && same(solid(now.get(one)!), kinds),
    ); // prettier-ignore
    const within = [...before.keys()].filter((one) => one === path || one.startsWith(`${path}.`) || one.startsWith(`${path}[`));
    return {
      kind: movedTo.length > 0 ? 'moved' : 'gone',
      path,
      before: typesIn(before, path),
      now: undefined,
      ...(movedTo.length > 0 ? { movedTo } : {}),
      readBy: readBy(within),
    };
  });
  for (const path of before.keys()) {
    if (!now.has(path)) continue;
    const [was, is] = [solid(before.get(path)!), solid(now.get(path)!)];
    if (was.length === 0 || is.length === 0 || same(was, is)) continue;
    changes.push({ kind: 'type', path, before: typesIn(before, path), now: typesIn(now, path), readBy: readBy([path]) });
  }
  for (const path of come) changes.push({ kind: 'new', path, before: undefined, now: typesIn(now, path), readBy: readBy([path]) });
  return changes;
}

const same = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join();
const solid = (types: ReadonlySet<string>): string[] => [...types].filter((type) => type !== 'null').sort();

/** Of paths that are on one side alone, those whose parent is on both: an object or a list with something in it. */
function topmost(paths: readonly string[], other: Shape): string[] {
  return paths.filter((path) => {
    const parent = parentOf(path);
    if (parent === '') return true;
    // A list that is empty, or an object that is null, on the other side says nothing about what may be in it.
    return !path.endsWith('[]') && (other.get(parent)?.has('object') ?? false);
  });
}

/** A mapping reads a path when the path ends in what it reads, up to some step of it. */
function isRead(path: string, read: readonly (readonly string[])[]): boolean {
  const names = namesOf(path);
  return read.some((steps) =>
    steps.some((_, i) => {
      const end = steps.slice(0, i + 1);
      return end.length <= names.length && end.every((step, n) => step === names[names.length - end.length + n]);
    }),
  );
}
