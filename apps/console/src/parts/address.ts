/** What stands after the question mark: plain text pairs, so that `q=0012` stays `0012` and a link can be read and typed. */
export type Search = Record<string, string | undefined>;

export function parseSearch(text: string): Search {
  return Object.fromEntries(new URLSearchParams(text));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search))
    if (value !== undefined && value !== null && value !== '') params.set(key, String(value));
  const text = params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/');
  return text ? `?${text}` : '';
}

/** Keeps the named keys that are non-empty text; everything else in the address is not ours. */
export function pick<const K extends string>(search: Record<string, unknown>, keys: readonly K[]): { [P in K]?: string } {
  const out: { [P in K]?: string } = {};
  for (const key of keys) {
    const value = search[key];
    if (typeof value === 'string' && value !== '') out[key] = value;
    else if (typeof value === 'number' || typeof value === 'boolean') out[key] = String(value);
  }
  return out;
}

/** `now-24h` style or an instant, as an instant. */
export function instantOf(text: string | undefined, now: number): string | undefined {
  if (!text) return undefined;
  const relative = /^now(?:-(\d+)(m|h|d))?$/.exec(text);
  if (!relative) return Number.isNaN(Date.parse(text)) ? undefined : new Date(text).toISOString();
  const size = { m: 60_000, h: 3_600_000, d: 86_400_000 }[(relative[2] ?? 'm') as 'm' | 'h' | 'd'];
  // whole minutes, so that the same question keeps the same answer in the cache
  return new Date(Math.floor((now - Number(relative[1] ?? 0) * size) / 60_000) * 60_000).toISOString();
}
