/** So many late answers in a row, on whatever input, and it is the expression. */
export const lateInARowMax = 3;
/** Then nobody waits for it for so long; after it one record tries again. */
export const stoppedMs = 30_000;
const rememberedMax = 1_000;

/**
 * Which expressions run too long on everything: each late record costs its whole time, and a batch of them would keep everybody else waiting for
 * minutes. Pure: the time is an argument, in milliseconds of a monotonic clock.
 */
export class Runaways {
  private readonly late = new Map<string, { inARow: number; until: number }>();

  /** Whether nobody is to wait for this expression now. When its time is over, the one who asks first tries it. */
  stops(expression: string, now: number): boolean {
    const seen = this.late.get(expression);
    if (seen === undefined || seen.inARow < lateInARowMax) return false;
    if (now < seen.until) return true;
    seen.until = now + stoppedMs;
    return false;
  }

  wasLate(expression: string, now: number): void {
    const inARow = (this.late.get(expression)?.inARow ?? 0) + 1;
    if (this.late.size >= rememberedMax) this.late.clear();
    this.late.set(expression, { inARow, until: now + stoppedMs });
  }

  wasInTime(expression: string): void {
    if (this.late.size > 0) this.late.delete(expression);
  }
}
