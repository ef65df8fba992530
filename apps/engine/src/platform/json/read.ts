import { parseExact, WrittenNumber } from './exact.js';

const depthMax = 64;
const refusedWord = /__proto__|constructor|prototype/;

export interface JsonRead {
  /** A number that a double does not hold is a `WrittenNumber`. */
  value: unknown;
  /** Strings in it may hold what PostgreSQL cannot store: it was written with escapes. */
  escaped: boolean;
  /** It holds written numbers, perhaps. */
  written: boolean;
}

/**
 * Reads like `parseExact`, and refuses the same, at the speed of `JSON.parse`: one look over the text says whether anything in it needs the
 * slow way. Nesting is measured before anything is made of the text. A key that stands twice in one object is seen by counting: then the
 * text has more keys than the value. Throws `JsonRefused`. Pure.
 */
export function readJson(text: string): JsonRead {
  const { deepest, keys, plain } = scan(text);
  const escaped = text.includes('\\u');
  // An escape can spell a refused key; then every key has to be looked at.
  if (!plain || deepest > depthMax || refusedWord.test(text)) return exactly(text, escaped);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return exactly(text, escaped); // says what is wrong, and where
  }
  if (keysIn(value, escaped) !== keys) return exactly(text, escaped);
  return { value, escaped, written: false };
}

const exactly = (text: string, escaped: boolean): JsonRead => ({
  value: parseExact(text, { depthMax, inexact: (written) => new WrittenNumber(written) }),
  escaped,
  written: true,
});

/** How deep it goes, how many keys it has, and whether every number is short enough for a double. Strings are stepped over. */
function scan(text: string): { deepest: number; keys: number; plain: boolean } {
  let depth = 0;
  let deepest = 0;
  let keys = 0;
  let plain = true;
  for (let at = 0; at < text.length; at += 1) {
    const c = text.charCodeAt(at);
    if (c === 34) {
      for (at += 1; at < text.length; at += 1) {
        const inside = text.charCodeAt(at);
        if (inside === 34) break;
        if (inside === 92) at += 1;
      }
    } else if (c === 123 || c === 91) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (c === 125 || c === 93) depth -= 1;
    else if (c === 58) keys += 1;
    else if (c === 45 || (c >= 48 && c <= 57)) {
      const from = at;
      for (; at + 1 < text.length; at += 1) {
        const next = text.charCodeAt(at + 1);
        if (next === 101 || next === 69) plain = false;
        else if (next !== 46 && (next < 48 || next > 57)) break;
      }
      if (at - from >= 15) plain = false;
    }
  }
  return { deepest, keys, plain };
}

/** Keys of all objects in it; NaN, which equals nothing, when one of them is refused. */
function keysIn(value: unknown, look: boolean): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') count += keysIn(item, look);
    return count;
  }
  const object = value as Record<string, unknown>;
  for (const key of Object.keys(object)) {
    count += 1;
    if (look && refusedWord.test(key)) return NaN;
    const part = object[key];
    if (typeof part === 'object') count += keysIn(part, look);
  }
  return count;
}
