import { isJsonObject, readExact, type JsonObject } from '@waybill/sdk';

/** What an answer holds, its numbers as text; undefined when it is no JSON. */
export function parsed(text: string): unknown {
  try {
    return readExact(text);
  } catch {
    return undefined;
  }
}

export function objectOf(text: string): JsonObject | undefined {
  const value = parsed(text);
  return isJsonObject(value) ? value : undefined;
}
