/**
 * How long a worker may still act for a lane, by a monotonic clock (milliseconds) that goes on while the process stands still. The database
 * decides who has the lane; this only says when to stop believing it. The margin is for the time between the last look and the wire.
 */
export class Lease {
  private deadline: number;

  /** `askedAt`: when the statement that took the lease was sent, so that we never think longer of it than the database does. */
  constructor(
    private readonly leaseMs: number,
    askedAt: number,
    private readonly nowMs: () => number,
  ) {
    this.deadline = askedAt + leaseMs - marginMs(leaseMs);
  }

  renewed(askedAt: number): void {
    this.deadline = askedAt + this.leaseMs - marginMs(this.leaseMs);
  }

  /** Somebody else may have it. */
  lost(): void {
    this.deadline = -Infinity;
  }

  readonly isOver = (): boolean => this.nowMs() >= this.deadline;
}

const marginMs = (leaseMs: number): number => leaseMs / 10;
