/** RFC 8785: members by the UTF-16 order of their names, numbers and strings as ECMAScript writes them. Everything that is hashed is in this form. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = value as Record<string, unknown>;
    const names = Object.keys(members).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(members[name])}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
