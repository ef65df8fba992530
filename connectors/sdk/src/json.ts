/** JSON as data, the only thing that crosses a connector's border. Amounts are decimal strings, never numbers. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json | undefined;
}

/** A JSON Schema (draft 2020-12 keywords that ajv's default build knows). */
export type JsonSchema = { [keyword: string]: unknown };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
