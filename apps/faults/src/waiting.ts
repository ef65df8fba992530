import { setTimeout as sleep } from 'node:timers/promises';

export { sleep };

/** Asks again and again until there is a value. A failure counts as "not yet", and is what is thrown when the time is over. */
export async function until<T>(
  what: string,
  withinMs: number,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  options: { everyMs?: number; signal?: AbortSignal } = {},
): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    options.signal?.throwIfAborted();
    let failure: unknown;
    try {
      const value = await look();
      if (value !== undefined && value !== false) return value;
    } catch (error) {
      failure = error;
    }
    if (performance.now() > end)
      throw new Error(`${what} did not happen within ${Math.round(withinMs / 1000)} s${failure ? `: ${String(failure)}` : ''}`);
    await sleep(options.everyMs ?? 100, undefined, options.signal ? { signal: options.signal } : {});
  }
}
