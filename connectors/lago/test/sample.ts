import { isJsonObject, type Json, type JsonObject } from '@waybill/sdk';

const undescribed = 'not described';

/** A value that fits a schema of an OpenAPI document: its example where there is one, else the least that its type says. */
export function sampleOf(schema: unknown, root: JsonObject, depth = 0): Json {
  if (!isJsonObject(schema) || depth > 40) return null;
  const {
    $ref,
    allOf,
    oneOf,
    anyOf,
    example,
    examples,
    enum: values,
    const: fixed,
    properties,
    items,
    format,
  } = schema as Record<string, Json | undefined>;
  if (typeof $ref === 'string') return sampleOf($ref.slice(2).split('/').reduce<unknown>((at, key) => (at as JsonObject)[key], root), root, depth + 1); // prettier-ignore
  if (fixed !== undefined) return fixed;
  const type = ([schema['type']].flat() as Json[]).find((one) => one !== 'null');
  if (Array.isArray(allOf)) {
    const parts = [...allOf, { properties, type: 'object' } as JsonObject].map((part) => sampleOf(part, root, depth + 1));
    const entries = parts.filter(isJsonObject).flatMap((part) => Object.entries(part));
    // What one part requires, another may describe.
    return Object.fromEntries([
      ...entries.filter(([, value]) => value === undescribed),
      ...entries.filter(([, value]) => value !== undescribed),
    ]);
  }
  if (isJsonObject(properties)) {
    // Some name a field as required and forget to describe it.
    const forgotten = ([schema['required'] ?? []].flat() as string[]).filter((name) => !(name in properties));
    return {
      ...Object.fromEntries(forgotten.map((name) => [name, undescribed])),
      ...Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, sampleOf(inner, root, depth + 1)])),
    };
  }
  if (type === 'array') return isJsonObject(items) ? [sampleOf(items, root, depth + 1)] : [];
  if (example !== undefined) return example;
  if (Array.isArray(examples)) return examples[0] ?? null;
  if (Array.isArray(values)) return values.find((one) => one !== null) ?? null;
  const first = [oneOf, anyOf].flat().find(isJsonObject);
  if (first) return sampleOf(first, root, depth + 1);
  switch (type) {
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'object':
      return {};
    case 'string':
      return format === 'uuid' ? '1a901a90-1a90-1a90-1a90-1a901a901a90' : format === 'date-time' ? '2026-11-27T06:00:00Z' : format === 'date' ? '2026-11-27' : format === 'uri' ? 'https://example.com' : format === 'email' ? 'a@example.com' : 'text'; // prettier-ignore
    default:
      return null;
  }
}
