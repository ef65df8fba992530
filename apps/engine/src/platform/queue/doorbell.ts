import { failPoint } from '../failpoints/index.js';
import { meters } from '../telemetry/index.js';
import { AnswerHere } from './answer-here.js';
import { openCarrier, type Carrier, type CarrierOptions } from './carrier.js';
import { evicts } from './redis.js';
import { WaitingRings, type Ring, type TimedRing } from './rings.js';
import { within } from './within.js';

export interface DoorbellOptions extends Omit<CarrierOptions, 'answer'> {
  /** Called when the queue goes away, when it is back, and when its Redis may evict jobs: something for the log. */
  onState: (state: QueueState) => void;
}

/** `away`: rings are not taken, work goes on without them. `evicts`: the Redis may throw jobs away, which a person must mend. */
export type QueueState = { is: 'ok' } | { is: 'away'; why: string } | { is: 'evicts'; policy: string };

const ringsWaitingMax = 10_000;
const ringsPerFlush = 500;
const flushMsMax = 3_000;
const pulseEveryMs = 2_000;

/**
 * The queue is a doorbell. Losing every job in it costs time, never data: the sweeper finds due rows by their state and rings again.
 *
 * Ringing never waits: rings are gathered, one for each lane, and put into the queue with one command at a time. When a command fails or is
 * not answered in time the queue is `away` until a pulse goes through again; meanwhile a process that works answers its own rings itself,
 * and one that does not work drops them.
 */
export class Doorbell {
  private readonly waiting = new WaitingRings(ringsWaitingMax);
  private readonly here: AnswerHere | undefined;
  private carrier!: Carrier;
  private flushing = false;
  private flushed: Promise<void> | undefined;
  private closing = false;
  private current: QueueState = { is: 'ok' };
  private timer: NodeJS.Timeout | undefined;
  private attends: (ring: Ring) => boolean = () => false;
  private feeling = false;

  private constructor(
    private readonly options: DoorbellOptions,
    answer: ((ring: Ring) => Promise<void>) | undefined,
  ) {
    this.here = answer ? new AnswerHere(answer, options.concurrency, options.onError) : undefined;
  }

  static async open(options: DoorbellOptions, answer: ((ring: Ring) => Promise<void>) | undefined): Promise<Doorbell> {
    const bell = new Doorbell(options, answer);
    bell.carrier = await openCarrier({
      ...options,
      answer: answer
        ? async (ring) => {
            await answer(ring);
            await failPoint('bell.answered');
          }
        : undefined,
    });
    await bell.feel();
    bell.timer = setInterval(() => void bell.feel(), pulseEveryMs).unref();
    return bell;
  }

  /** Asked before a bell is rung: somebody here is at it already and will look again, so nothing need be carried. */
  attendedBy(attends: (ring: Ring) => boolean): void {
    this.attends = attends;
  }

  /** Best effort and never awaited by a request: what is not rung is swept. */
  ring(ring: Ring, delayMs = 0): void {
    if (this.closing) return;
    if (delayMs === 0 && this.attends(ring)) return meters.rings.inc({ end: 'attended' });
    if (this.current.is === 'away') this.withoutQueue([{ ring, delayMs }]);
    else if (!this.waiting.add(ring, delayMs)) meters.rings.inc({ end: 'dropped' });
    else if (!this.flushing) this.flushed = this.flush();
  }

  get state(): QueueState {
    return this.current;
  }

  get backend(): 'redis' | 'postgres' {
    return this.options.redisUrl ? 'redis' : 'postgres';
  }

  /** Answers nothing more; what is being answered goes on. */
  async quiet(): Promise<void> {
    await within(flushMsMax, this.carrier.quiet());
  }

  async close(): Promise<void> {
    await within(flushMsMax, this.flushed);
    this.closing = true;
    clearInterval(this.timer);
    await this.here?.stop();
    await this.carrier.close();
  }

  /** One command at a time; what is rung meanwhile goes with the next. */
  private async flush(): Promise<void> {
    this.flushing = true;
    await new Promise((turn) => setImmediate(turn)); // all that one turn of the event loop rings goes together
    while (this.waiting.size > 0 && !this.closing) {
      const rings = this.waiting.take(ringsPerFlush);
      try {
        await failPoint('bell.rings');
        if ((await within(flushMsMax, this.carrier.add(rings))) === 'late') throw new Error(`no answer within ${flushMsMax / 1000} s`);
        meters.rings.inc({ end: 'rung' }, rings.length);
      } catch (error) {
        meters.rings.inc({ end: 'failed' }, rings.length);
        this.become({ is: 'away', why: (error as Error).message });
        this.withoutQueue([...rings, ...this.waiting.take(ringsWaitingMax)]);
      }
    }
    this.flushing = false;
  }

  private withoutQueue(rings: readonly TimedRing[]): void {
    for (const { ring, delayMs } of rings) {
      // What is for later is found by the sweeper when it is due.
      const now = this.here !== undefined && delayMs === 0;
      if (now) this.here.take(ring);
      meters.rings.inc({ end: now ? 'here' : 'dropped' });
    }
  }

  /** Finds out whether the queue takes a write, and whether it keeps what it took. */
  private async feel(): Promise<void> {
    if (this.feeling || this.closing) return;
    this.feeling = true;
    let policy: string | undefined;
    try {
      const pulse = this.carrier.pulse().then((found) => void (policy = found.policy));
      if ((await within(flushMsMax, pulse)) === 'late') throw new Error(`no answer within ${flushMsMax / 1000} s`);
      this.become(evicts(policy) ? { is: 'evicts', policy } : { is: 'ok' });
    } catch (error) {
      this.become({ is: 'away', why: (error as Error).message });
    } finally {
      this.feeling = false;
    }
  }

  private become(next: QueueState): void {
    const before = this.current;
    this.current = next;
    meters.queueAway.set(next.is === 'away' ? 1 : 0);
    meters.queueEvicts.set(next.is === 'evicts' ? 1 : 0);
    if (before.is !== next.is && !this.closing) this.options.onState(next);
  }
}
