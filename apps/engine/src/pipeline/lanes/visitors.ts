/**
 * Who may visit lanes in this process. Lanes of one target take half of the workers at most, so that a target that answers slowly leaves the
 * others to everybody else; who comes too many waits in a row and is served in the order of coming. One lane at a time works on suspects, so that a worker that ends names one.
 */
export class Visitors<Lane> {
  private readonly visits = new Map<string, number>();
  private readonly waiting = new Map<string, Map<string, Lane>>();
  private suspect: string | undefined;

  constructor(
    private readonly workers: number,
    /** What two bells of a lane that stands in a row say together. */
    private readonly together: (standing: Lane, come: Lane) => Lane,
  ) {}

  /**
   * A lane whose bell came: goes to the end of its target's row, where it stands once however often it comes. Returns the lane at the head of
   * the row, which may now be visited, or undefined when the target has all its workers.
   */
  enter(target: string, key: string, lane: Lane): Lane | undefined {
    const row = this.waiting.get(target) ?? new Map<string, Lane>();
    const standing = row.get(key);
    this.waiting.set(target, row.set(key, standing === undefined ? lane : this.together(standing, lane)));
    const visits = this.visits.get(target) ?? 0;
    if (visits >= Math.max(1, Math.floor(this.workers / 2))) return undefined;
    this.visits.set(target, visits + 1);
    for (const [first, next] of row) {
      row.delete(first);
      return next;
    }
    return undefined;
  }

  /** A visit ended. Returns the head of the row, if any: its bell is to be rung again, so that somebody comes and takes whoever is first then. */
  leave(target: string): Lane | undefined {
    const visits = (this.visits.get(target) ?? 0) - 1;
    if (visits > 0) this.visits.set(target, visits);
    else this.visits.delete(target);
    const row = this.waiting.get(target);
    const [next] = row?.values() ?? [];
    if (row?.size === 0) this.waiting.delete(target);
    return next;
  }

  /** Does the lane stand in a row? */
  awaits(key: string): boolean {
    return [...this.waiting.values()].some((row) => row.has(key));
  }

  /** True when no other lane works on suspects now. */
  takeSuspects(key: string): boolean {
    if (this.suspect !== undefined) return false;
    this.suspect = key;
    return true;
  }

  leaveSuspects(key: string): void {
    if (this.suspect === key) this.suspect = undefined;
  }
}
