import { isJsonObject, type Json } from '@waybill/sdk';

/** The value at a JSON pointer (RFC 6901), own properties only; undefined when there is none. The empty pointer is the whole. */
export function at(value: unknown, pointer: string): Json | undefined {
  let found: unknown = value;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replace(/~1/g, '/').replace(/~0/g, '~');
    if (Array.isArray(found)) found = /^(0|[1-9]\d*)$/.test(name) ? (found as unknown[])[Number(name)] : undefined;
    else if (isJsonObject(found) && Object.hasOwn(found, name)) found = found[name];
    else return undefined;
  }
  return found as Json | undefined;
}

/** Text of a plain value; undefined for an object, a list, null and nothing. */
export const plainText = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
