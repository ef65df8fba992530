/** Reading JSON without losing digits, and refusing what JSON.parse lets through. Pure. */

export class JsonRefused extends Error {
  constructor(
    readonly code: 'BODY_NOT_JSON' | 'BODY_TOO_DEEP' | 'BODY_KEY_REFUSED',
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

const refusedKeys = new Set(['__proto__', 'constructor', 'prototype']);
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** A number whose digits a double does not hold, as it was written. */
export class WrittenNumber {
  constructor(readonly text: string) {}
}

export interface ExactOptions {
  depthMax?: number;
  /** What a number becomes that a double cannot hold exactly; its text unless told otherwise. */
  inexact?: (written: string) => unknown;
}

/**
 * Parses strictly: one value, no byte order mark, at most `depthMax` levels (64), no key twice in one object, no key that
 * reaches a prototype. A number that a double cannot hold exactly comes back as its text.
 */
export function parseExact(text: string, { depthMax = 64, inexact = (written) => written }: ExactOptions = {}): unknown {
  let at = 0;

  const fail = (code: JsonRefused['code'], message: string): never => {
    throw new JsonRefused(code, message, at);
  };
  const space = () => {
    for (; at < text.length; at += 1) {
      const c = text.charCodeAt(at);
      if (c !== 32 && c !== 10 && c !== 13 && c !== 9) return;
    }
  };
  const string = (): string => {
    const start = at;
    at += 1;
    for (; at < text.length; at += 1) {
      const c = text.charCodeAt(at);
      if (c === 34) {
        at += 1;
        try {
          return JSON.parse(text.slice(start, at)) as string;
        } catch {
          at = start;
          return fail('BODY_NOT_JSON', `a string at character ${start} is not JSON`);
        }
      }
      if (c === 92) at += 1;
    }
    return fail('BODY_NOT_JSON', 'a string does not end');
  };
  const number = (): unknown => {
    numberPattern.lastIndex = at;
    const found = numberPattern.exec(text);
    if (!found)
      return fail(
        'BODY_NOT_JSON',
        at >= text.length ? 'the text ends too soon' : `unexpected ${JSON.stringify(text[at])} at character ${at}`,
      );
    at += found[0].length;
    return isExact(found[0]) ? Number(found[0]) : inexact(found[0]);
  };
  const word = (name: string, value: null | boolean) => {
    if (!text.startsWith(name, at)) fail('BODY_NOT_JSON', `unexpected ${JSON.stringify(text[at])} at character ${at}`);
    at += name.length;
    return value;
  };
  const value = (depth: number): unknown => {
    if (depth > depthMax) fail('BODY_TOO_DEEP', `deeper than ${depthMax} levels`);
    space();
    const c = text[at];
    if (c === '{') return object(depth);
    if (c === '[') return array(depth);
    if (c === '"') return string();
    if (c === 't') return word('true', true);
    if (c === 'f') return word('false', false);
    if (c === 'n') return word('null', null);
    return number();
  };
  const object = (depth: number): Record<string, unknown> => {
    const result: Record<string, unknown> = {};
    at += 1;
    space();
    if (text[at] === '}') return (void (at += 1), result);
    for (;;) {
      space();
      if (text[at] !== '"') fail('BODY_NOT_JSON', `a key is missing at character ${at}`);
      const key = string();
      if (refusedKeys.has(key)) fail('BODY_KEY_REFUSED', `the key ${key} is not allowed`);
      if (Object.hasOwn(result, key)) fail('BODY_KEY_REFUSED', `the key ${JSON.stringify(key)} stands twice in one object`);
      space();
      if (text[at] !== ':') fail('BODY_NOT_JSON', `a colon is missing at character ${at}`);
      at += 1;
      result[key] = value(depth + 1);
      space();
      if (text[at] === ',') at += 1;
      else if (text[at] === '}') return (void (at += 1), result);
      else fail('BODY_NOT_JSON', `a comma or a closing brace is missing at character ${at}`);
    }
  };
  const array = (depth: number): unknown[] => {
    const result: unknown[] = [];
    at += 1;
    space();
    if (text[at] === ']') return (void (at += 1), result);
    for (;;) {
      result.push(value(depth + 1));
      space();
      if (text[at] === ',') at += 1;
      else if (text[at] === ']') return (void (at += 1), result);
      else fail('BODY_NOT_JSON', `a comma or a closing bracket is missing at character ${at}`);
    }
  };

  const result = value(1);
  space();
  if (at < text.length) fail('BODY_NOT_JSON', `something follows the value at character ${at}`);
  return result;
}

/** Does a double hold exactly the digits that are written? */
function isExact(written: string): boolean {
  if (written.length <= 15 && !/[eE]/.test(written)) return true;
  const value = Number(written);
  if (!Number.isFinite(value)) return false;
  if (/^-?\d+$/.test(written)) return Number.isSafeInteger(value);
  const shown = String(value);
  if (/[eE]/.test(written)) return Math.abs(value) < 1e15 && holdsDigits(written, value);
  return shown === written.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}

/** Fifteen significant digits go into a double and come out of it, unless it is so small that it has no room for them. */
function holdsDigits(written: string, value: number): boolean {
  const digits = written
    .replace(/[eE].*$/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+|0+$/g, '');
  return digits.length <= 15 && (digits === '' || Math.abs(value) > 1e-300);
}
