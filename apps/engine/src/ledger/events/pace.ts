/** A roll-up that has done nothing for so long, while something waited for it, is not at work: nobody waits for it. */
const atWorkSeconds = 10;
const restPerSecondMs = 1_200;
const restMsMax = 1_500;

/** How far the roll-up is behind, as the database tells. */
export interface Behind {
  /** Age of the oldest commit that it has not taken; null: it has taken all. */
  oldestSeconds: number | null;
  /** Since it last took some; null: it never has. */
  rolledSeconds: number | null;
}

/**
 * How long a commit of usage rests before it begins, so that the roll-up keeps up: longer the further it is behind. Without that, who sends as fast as they
 * can takes the processors from whoever counts, and what is shown gets older and older. Pure.
 */
export function restMs({ oldestSeconds, rolledSeconds }: Behind, freshSeconds: number): number {
  if (freshSeconds === 0 || oldestSeconds === null || Math.min(oldestSeconds, rolledSeconds ?? Infinity) > atWorkSeconds) return 0;
  const over = oldestSeconds - freshSeconds;
  return over <= 0 ? 0 : Math.min(restMsMax, Math.round(over * restPerSecondMs));
}
