/**
 * Text that PostgreSQL cannot store: NUL, and halves of surrogate pairs. Everything that comes in by a route's schema ends in a statement, so it is
 * refused at the door with its place; raw bodies of webhooks are kept as bytes and are not asked. Pure.
 */
export function unstorableAt(value: unknown, path = ''): string | undefined {
  if (typeof value === 'string') return isStorable(value) ? undefined : path || '/';
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, part] of Object.entries(value)) {
    if (!isStorable(name)) return path || '/';
    const found = unstorableAt(part, `${path}/${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

export const isStorable = (text: string): boolean => !text.includes('\u0000') && !/\p{Surrogate}/u.test(text);
