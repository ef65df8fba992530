import { inDoubt, rejected, retryable, throttled, TransportFailure, type Receipt, type SendRequest } from '@waybill/sdk';
import type { Chance, World } from './world.js';

export interface ErpFaults {
  /** Shares of writes. */
  lostAnswer: number;
  lateCommit: number;
  reset: number;
  error500: number;
  throttle: number;
  reject: number;
  /** Shares of look-ups. */
  lookupFails: number;
}

/** How long it may work on a request that nobody waits for any more. */
export const upstreamSeconds = 300;
const timeoutMs = 30_000;

/** An ERP without a unique key: what is sent twice is booked twice. So only the engine's own discipline prevents a second document. */
export class ModelErp {
  readonly booked: { key: string; effect: string }[] = [];
  calls = 0;
  private readonly refusedOnce = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly chance: Chance,
    public faults: ErpFaults,
  ) {}

  async send(request: SendRequest): Promise<Receipt> {
    this.calls += 1;
    const draw = this.chance.next();
    const { lostAnswer, lateCommit, reset, error500, throttle, reject } = this.faults;
    const bounds = [throttle, reset, error500, reject, lostAnswer, lateCommit];
    const kind = pick(draw, bounds);
    await this.world.sleep(this.chance.between(5, 400));
    switch (kind) {
      case 0:
        throw throttled({ code: '429', message: 'slow down', retryAfterMs: this.chance.between(500, 5_000) });
      case 1:
        throw new TransportFailure({ sent: true, code: 'reset', message: 'reset before anything was done' });
      case 2: {
        const message = 'an internal error, after or before the booking';
        if (this.chance.happens(0.5)) this.book(request);
        throw inDoubt({ code: '500', message });
      }
      case 3:
        if (this.refusedOnce.has(request.key)) break;
        this.refusedOnce.add(request.key);
        throw rejected({ code: 'CLOSED', category: 'posting-rejection', message: 'the period is closed' });
      case 4:
        this.book(request);
        await this.world.sleep(timeoutMs);
        throw new TransportFailure({ sent: true, code: 'timeout', message: 'no answer' });
      case 5:
        this.world.after(this.chance.between(1, upstreamSeconds * 1000 - 1000), () => this.book(request));
        await this.world.sleep(timeoutMs);
        throw new TransportFailure({ sent: true, code: 'timeout', message: 'no answer' });
    }
    return this.book(request);
  }

  async find({ key }: SendRequest): Promise<Receipt | null> {
    await this.world.sleep(this.chance.between(5, 200));
    if (this.chance.happens(this.faults.lookupFails)) throw retryable({ code: '503', message: 'not now' });
    const at = this.booked.findIndex((document) => document.key === key);
    return at < 0 ? null : { documentId: `doc-${at}` };
  }

  private book({ key, effect }: SendRequest): Receipt {
    this.booked.push({ key, effect });
    return { documentId: `doc-${this.booked.length - 1}` };
  }
}

/** Which of the shares a draw falls into, or -1. */
function pick(draw: number, shares: readonly number[]): number {
  let sum = 0;
  return shares.findIndex((share) => draw < (sum += share));
}
