/**
 * Who may visit lanes in this process. Lanes of one target take half of the workers at most, so that a target that answers slowly leaves the
 * others to everybody else; who comes too many waits in a row. One lane at a time works on suspects, so that a worker that ends names one.
 */
export class Visitors<Lane> {
  private readonly visits = new Map<string, number>();
  private readonly parked = new Map<string, Map<string, Lane>>();
  private suspect: string | undefined;

  constructor(private readonly workers: number) {}

  /** False: parked until somebody of the same target leaves. A lane waits once, however often it comes. */
  enter(target: string, key: string, lane: Lane): boolean {
    const visits = this.visits.get(target) ?? 0;
    if (visits >= Math.max(1, Math.floor(this.workers / 2))) {
      const row = this.parked.get(target) ?? new Map<string, Lane>();
      row.set(key, lane);
      this.parked.set(target, row);
      return false;
    }
    this.visits.set(target, visits + 1);
    return true;
  }

  /** The lane that waited longest, if any; its bell is to be rung. */
  leave(target: string): Lane | undefined {
    const visits = (this.visits.get(target) ?? 0) - 1;
    if (visits > 0) this.visits.set(target, visits);
    else this.visits.delete(target);
    const row = this.parked.get(target);
    const [next] = row ?? [];
    if (!next) return undefined;
    row!.delete(next[0]);
    if (row!.size === 0) this.parked.delete(target);
    return next[1];
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
