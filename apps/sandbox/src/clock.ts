/**
 * The sandbox's own time: it runs as fast as the given one, may be moved on, and stands still while the sandbox is off.
 * `real` stays what it is; signatures are made with it, since whoever checks them has no other.
 */
export class SandboxClock {
  private offsetMs = 0;

  constructor(
    readonly real: () => Date,
    startsAt?: Date,
  ) {
    if (startsAt) this.moveTo(startsAt);
  }

  now = (): Date => new Date(this.real().getTime() + this.offsetMs);
  /** Seconds since 1970. */
  unix = (): number => Math.floor(this.now().getTime() / 1000);

  moveTo(instant: Date): void {
    if (Number.isNaN(instant.getTime())) throw new RangeError('not an instant');
    this.offsetMs = instant.getTime() - this.real().getTime();
  }
}
