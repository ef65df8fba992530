/** RFC 3986 and RFC 2046 by their characters. Sources come again and again, so what was right once is remembered. Pure but for that. */

const reference =
  /^(?:[\w\-.~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*(?:\[[0-9A-Fa-f:.]+\](?:[\w\-.~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)?(?:#(?:[\w\-.~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)?$/;
/** A relative reference must not have a colon in its first segment: it would be a scheme. */
const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const colonFirst = /^[^/?#]*:/;
const mediaType =
  /^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}(?:[ \t]*;[ \t]*[\w!#$%&'*+.^`|~-]+=(?:[\w!#$%&'*+.^`|~-]+|"(?:[^"\\\r\n]|\\[^\r\n])*"))*$/;

const rememberedMax = 10_000;
const right = new Set<string>();

export function isUriReference(text: string): boolean {
  if (right.has(text)) return true;
  if (!reference.test(text) || (colonFirst.test(text) && !scheme.test(text))) return false;
  if (right.size >= rememberedMax) right.clear();
  right.add(text);
  return true;
}

export const isUri = (text: string): boolean => scheme.test(text) && isUriReference(text);
export const isMediaType = (text: string): boolean => mediaType.test(text);
/** JSON, by its name or its suffix; an event that says nothing of its data has JSON. */
export const isJsonType = (text: string): boolean => /^[^;]*(?:\/|\+)json[ \t]*(?:;|$)/i.test(text);
