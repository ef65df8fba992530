/** Which value of a JSON text stands at an offset, and where a value stands. Pure; the text may be as long as an editor holds. */

export interface JsonSpot {
  /** Names and places in lists, as text. */
  path: string[];
  /** Of the value, without its name. */
  from: number;
  to: number;
  /** Where its name begins; `from` for an item of a list and for the whole. */
  nameFrom: number;
  leaf: boolean;
}

const space = /[\s]/;

/** Every value of the text in its order; none when it is not JSON. */
export function spotsOf(text: string): JsonSpot[] {
  const spots: JsonSpot[] = [];
  let at = 0;
  const skip = () => {
    while (at < text.length && space.test(text[at]!)) at += 1;
  };
  const string = (): string | undefined => {
    const from = at;
    for (at += 1; at < text.length && text[at] !== '"'; at += 1) if (text[at] === '\\') at += 1;
    at += 1;
    if (at > text.length) return undefined;
    const raw = text.slice(from, at);
    return raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1);
  };
  const value = (path: string[], nameFrom?: number): boolean => {
    skip();
    const from = at;
    const spot: JsonSpot = { path, from, to: from, nameFrom: nameFrom ?? from, leaf: false };
    spots.push(spot);
    const ended = body(path, spot);
    spot.to = at;
    return ended;
  };
  const body = (path: string[], spot: JsonSpot): boolean => {
    const char = text[at];
    if (char === '"') {
      spot.leaf = true;
      return string() !== undefined;
    }
    if (char !== '{' && char !== '[') {
      spot.leaf = true;
      const word = /^(?:true|false|null|-?\d[\d.eE+-]*)/.exec(text.slice(at, at + 400));
      at += word?.[0].length ?? 0;
      return word !== null;
    }
    const end = char === '{' ? '}' : ']';
    at += 1;
    skip();
    if (text[at] === end) {
      at += 1;
      return true;
    }
    for (let index = 0; ; index += 1) {
      skip();
      const nameFrom = at;
      let name = String(index);
      if (char === '{') {
        if (text[at] !== '"') return false;
        const read = string();
        if (read === undefined) return false;
        name = read;
        skip();
        if (text[at] !== ':') return false;
        at += 1;
      }
      if (!value([...path, name], char === '{' ? nameFrom : undefined)) return false;
      skip();
      const after = text[at];
      at += 1;
      if (after === end) return true;
      if (after !== ',') return false;
    }
  };
  try {
    if (!value([])) return [];
  } catch {
    // A string with an escape that is none.
    return [];
  }
  skip();
  return at === text.length ? spots : [];
}

/** The innermost value at an offset, its name included. */
export function spotAt(spots: readonly JsonSpot[], offset: number): JsonSpot | undefined {
  let found: JsonSpot | undefined;
  for (const spot of spots)
    if (spot.nameFrom <= offset && offset <= spot.to && (!found || spot.path.length >= found.path.length)) found = spot;
  return found;
}

/** Without places in lists, as a mapping reads. */
export const withoutPlaces = (path: readonly string[]): string[] => path.filter((name) => !/^\d+$/.test(name));

/** Values whose path, without places in lists, is this one. */
export function spotsAt(spots: readonly JsonSpot[], names: readonly string[]): JsonSpot[] {
  const key = JSON.stringify(names);
  return spots.filter(({ path }) => path.length >= names.length && JSON.stringify(withoutPlaces(path)) === key && !isItem(path));
}

const isItem = (path: readonly string[]): boolean => /^\d+$/.test(path.at(-1) ?? '');

export const pointerOf = (path: readonly string[]): string =>
  path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
