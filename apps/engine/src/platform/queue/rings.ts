/**
 * What a doorbell says: there is work, and where. Never a payload, never a secret. `epoch`: rung for a lane as it was left at that epoch; when
 * somebody visited it since, the bell says nothing new. `plain`: one without an epoch came as well, and counts when that one does not.
 */
export type Ring = { bell: 'inbox' } | { bell: 'lane'; flow: string; lane: number; epoch?: string; plain?: boolean };

export interface TimedRing {
  ring: Ring;
  /** Milliseconds from now; 0 rings at once. */
  delayMs: number;
}

export const nameOf = (ring: Ring): string => (ring.bell === 'inbox' ? 'inbox' : `${ring.lane} ${ring.flow} ${ring.epoch ?? ''}`);

/**
 * Rings that wait for the queue: at most one for each lane and one for the inbox, since whoever answers one does all the work there is. A
 * ring for later waits beside one for now; of two for later the earlier stays.
 */
export class WaitingRings {
  private readonly rings = new Map<string, TimedRing>();

  constructor(private readonly most: number) {}

  get size(): number {
    return this.rings.size;
  }

  /** False when there is no room: the ring is left to the sweeper. */
  add(ring: Ring, delayMs: number): boolean {
    const name = `${delayMs > 0 ? 'later' : 'now'} ${nameOf(ring)}`;
    const waiting = this.rings.get(name);
    if (waiting) waiting.delayMs = Math.min(waiting.delayMs, delayMs);
    else if (this.rings.size >= this.most) return false;
    else this.rings.set(name, { ring, delayMs });
    return true;
  }

  /** Takes out up to this many, the oldest first. */
  take(most: number): TimedRing[] {
    const taken: TimedRing[] = [];
    for (const [name, one] of this.rings) {
      if (taken.length === most) break;
      taken.push(one);
      this.rings.delete(name);
    }
    return taken;
  }
}
