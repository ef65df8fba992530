import { destinationFields, type Json, type JsonObject, type JsonSchema } from '@waybill/sdk';

/** Where a value leads: the origin of an address, anything else as it is written. A path is not looked at, for whoever answers at an origin sees all of it. */
function placesOf(value: Json | undefined): string[] {
  return [value].flat().flatMap((one) => {
    if (one === undefined || one === null || one === '') return [];
    const text = String(one).trim().toLowerCase();
    return [/^https?:/.test(text) && URL.canParse(text) ? new URL(text).origin : text];
  });
}

/**
 * The settings by which a connection would lead to a place where it did not lead before. One that is taken out leads to the connector's own address, or nowhere; one that
 * is entered for the first time does lead elsewhere, to wherever somebody wrote.
 */
export function movedDestinations(schema: JsonSchema, before: JsonObject, after: JsonObject): string[] {
  const properties = schema['properties'] as Record<string, { default?: Json }>;
  return destinationFields(schema).filter((field) => {
    const known = placesOf(before[field] ?? properties[field]!.default);
    return placesOf(after[field]).some((place) => !known.includes(place));
  });
}
