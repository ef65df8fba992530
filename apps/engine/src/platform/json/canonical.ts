import { WrittenNumber } from './exact.js';

/**
 * RFC 8785 text of a JSON value. A number that a double does not hold stands as it was written, so that two of them are equal only when their
 * digits are: the RFC would round both to one double. Pure.
 */
export function canonicalText(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) {
    let text = '[';
    for (let n = 0; n < value.length; n += 1) text += n === 0 ? canonicalText(value[n]) : `,${canonicalText(value[n])}`;
    return `${text}]`;
  }
  if (value instanceof WrittenNumber) return value.text;
  const object = value as Record<string, unknown>;
  let text = '{';
  // The default order of sort is by UTF-16 code units, which is the RFC's.
  for (const key of sorted(Object.keys(object))) text += `${text.length === 1 ? '' : ','}${quoted(key)}:${canonicalText(object[key])}`;
  return `${text}}`;
}

/** A text in JSON. Most are short and plain, and looking costs less than asking the runtime. */
export function quoted(text: string): string {
  if (text.length > 100) return JSON.stringify(text);
  for (let at = 0; at < text.length; at += 1) {
    const c = text.charCodeAt(at);
    if (c < 32 || c === 34 || c === 92 || c > 126) return JSON.stringify(text);
  }
  return `"${text}"`;
}

/** Most senders write their fields in one order; looking whether it is ours already costs less than sorting. */
export function sorted(keys: string[]): string[] {
  for (let n = 1; n < keys.length; n += 1) if (keys[n - 1]! > keys[n]!) return keys.sort();
  return keys;
}
