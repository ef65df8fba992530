import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits for something that will become true by itself: asks again and again until `check` gives a value and does not throw.
 * The bound only ends a test that has failed; no test is about how long something takes.
 */
export async function eventually<T>(
  check: () => Promise<T | undefined | false> | T | undefined | false,
  options: { what?: string; withinMs?: number } = {},
): Promise<T> {
  const { what = 'it', withinMs = 90_000 } = options;
  const until = performance.now() + withinMs;
  for (;;) {
    let failure: unknown;
    try {
      const value = await check();
      if (value !== undefined && value !== false) return value;
    } catch (error) {
      failure = error;
    }
    if (performance.now() > until) throw failure ?? new Error(`${what} did not happen within ${withinMs / 1000} s`);
    await sleep(60);
  }
}
