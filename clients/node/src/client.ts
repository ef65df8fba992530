import { ClosedError, QueueFullError, RefusedError, UndeliveredError } from './errors.js';
import { complete, type BatchAnswer, type NewUsageEvent, type UsageEvent, type Waiting } from './event.js';
import { post, type Verdict } from './post.js';

export interface ClientOptions {
  url: string;
  apiKey: string;
  /** Of events that name none: who counts, as a URI reference that stays the same for ever, such as `/gateways/eu-1`. */
  source?: string;
  batchEventsMax?: number;
  batchBytesMax?: number;
  batchAgeMs?: number;
  queueEventsMax?: number;
  /** How long a batch is tried, from its first try on. */
  tryForMs?: number;
  timeoutMs?: number;
  /** An event that the ledger refused. Its `send` says the same. */
  onRefused?: (refused: RefusedEvent) => void;
  /** A try that failed and will be made again. */
  onRetry?: (retry: { why: string; afterMs: number; tries: number; events: number }) => void;
  fetch?: typeof fetch;
}

type Rejection = BatchAnswer['rejected'][number];
export interface StoredEvent {
  stored: true;
  event: UsageEvent;
}
/** Not in the ledger, and sending it again will not change that. */
export interface RefusedEvent extends Pick<Rejection, 'path' | 'detail' | 'problems' | 'first'> {
  stored: false;
  event: UsageEvent;
  /** Of the engine's error catalogue: `USAGE_EVENT_INVALID`, `USAGE_DATA_INVALID`, `USAGE_CONFLICT`, … */
  code: string;
}
export type SendResult = StoredEvent | RefusedEvent;

interface Item extends Waiting {
  done: (result: SendResult) => void;
  failed: (error: Error) => void;
}

const limits = { eventsMax: 1_000, bytesMax: 2_000_000 };
const pauseMs = { first: 250, most: 30_000 };
/** Statuses that speak of the body: of a batch, one event may be to blame for all. */
const ofTheBody = new Set([400, 413, 422]);

/** Sends usage in batches, each event with the same id however often it is tried. */
export class WaybillClient {
  private readonly options: Required<Omit<ClientOptions, 'source' | 'onRefused' | 'onRetry'>> & ClientOptions;
  private queue: Item[] = [];
  private queuedBytes = 0;
  /** Events that have no result yet, those under way included. */
  private open = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sending: Promise<void> | undefined;
  private flushing = false;
  private closed = false;
  private failure: Error | undefined;

  constructor(options: ClientOptions) {
    const { batchEventsMax = 200, batchBytesMax = 500_000, fetch: given = globalThis.fetch } = options;
    this.options = {
      batchAgeMs: 1_000,
      queueEventsMax: 100_000,
      tryForMs: 600_000,
      timeoutMs: 30_000,
      ...options,
      batchEventsMax: Math.min(limits.eventsMax, Math.max(1, batchEventsMax)),
      batchBytesMax: Math.min(limits.bytesMax, Math.max(1, batchBytesMax)),
      fetch: given,
    };
    new URL(options.url); // a mistake in the address is told here, not after ten minutes of tries
    if (!options.apiKey) throw new TypeError('The client needs an API key.');
  }

  /**
   * Takes events, and resolves when each has its result, in their order. Rejects when they could not be delivered or the engine takes nothing from this
   * client (`RefusedError`: the key or its rights). Need not be awaited: a failure is also told by the next `flush`.
   */
  send(events: NewUsageEvent | readonly NewUsageEvent[]): Promise<SendResult[]> {
    const given = (Array.isArray(events) ? events : [events]) as readonly NewUsageEvent[];
    if (this.closed) return quiet(Promise.reject(new ClosedError('The client is closed.')));
    if (this.open + given.length > this.options.queueEventsMax)
      return quiet(Promise.reject(new QueueFullError(`${this.open} events wait to be sent; ${this.options.queueEventsMax} may.`)));
    const { source } = this.options;
    const waiting = given.map((event) => complete(event, { source, id: () => crypto.randomUUID(), now: () => new Date() }));
    const results = waiting.map((one) => new Promise<SendResult>((done, failed) => this.add({ ...one, done, failed })));
    return quiet(Promise.all(results));
  }

  /** Sends what waits now, and returns when every event that was handed over has its result. Throws the first failure since the last flush. */
  async flush(): Promise<void> {
    this.flushing = true;
    try {
      while (this.open > 0) await this.run();
    } finally {
      this.flushing = false;
    }
    const { failure } = this;
    this.failure = undefined;
    if (failure) throw failure;
  }

  /** Flushes, and takes no more. */
  async close(): Promise<void> {
    this.closed = true;
    await this.flush();
  }

  private add(item: Item): void {
    this.queue.push(item);
    this.queuedBytes += item.bytes + 1;
    this.open += 1;
    const { batchEventsMax, batchBytesMax, batchAgeMs } = this.options;
    if (this.queue.length >= batchEventsMax || this.queuedBytes >= batchBytesMax) void this.run();
    else this.timer ??= setTimeout(() => void this.run(), batchAgeMs);
  }

  /** One batch after another while there is a whole one, or all that waits when asked to flush. One run at a time. */
  private run(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    return (this.sending ??= this.drain().finally(() => (this.sending = undefined)));
  }

  private async drain(): Promise<void> {
    // What is added in this turn of the program belongs to the first batch, too.
    await Promise.resolve();
    do await this.deliver(this.cut());
    while (this.queue.length > 0 && (this.flushing || this.queue.length >= this.options.batchEventsMax || this.queuedBytes >= this.options.batchBytesMax));
    if (this.queue.length > 0) this.timer ??= setTimeout(() => void this.run(), this.options.batchAgeMs);
  } // prettier-ignore

  private cut(): Item[] {
    const { batchEventsMax, batchBytesMax } = this.options;
    let bytes = 2;
    let count = 0;
    while (count < Math.min(batchEventsMax, this.queue.length)) {
      bytes += this.queue[count]!.bytes + 1;
      if (count > 0 && bytes > batchBytesMax) break;
      count += 1;
    }
    const batch = this.queue.splice(0, count);
    this.queuedBytes -= batch.reduce((sum, item) => sum + item.bytes + 1, 0);
    return batch;
  }

  private async deliver(batch: readonly Item[]): Promise<void> {
    if (batch.length === 0) return;
    const verdict = await this.tryUntil(batch);
    if (verdict.is === 'answered') return this.settle(batch, verdict.answer);
    if (verdict.is === 'refused' && ofTheBody.has(verdict.status)) {
      if (batch.length === 1) return this.end(batch[0]!, { stored: false, event: batch[0]!.event, code: verdict.code, path: verdict.path, detail: verdict.detail });
      // One event is to blame, and the others must not suffer for it.
      const middle = batch.length >> 1;
      await this.deliver(batch.slice(0, middle));
      return this.deliver(batch.slice(middle));
    }
    const events = batch.map(({ event }) => event);
    const error =
      verdict.is === 'refused'
        ? new RefusedError(verdict.status, verdict.code, verdict.detail, events)
        : new UndeliveredError(`${events.length} events could not be delivered: ${verdict.why}`, events);
    this.failure ??= error;
    for (const item of batch) {
      this.open -= 1;
      item.failed(error);
    }
  } // prettier-ignore

  private async tryUntil(batch: readonly Item[]): Promise<Verdict> {
    const { url, apiKey, timeoutMs, tryForMs, fetch, onRetry } = this.options;
    const until = performance.now() + tryForMs;
    for (let tries = 1; ; tries += 1) {
      const verdict = await post(batch, { url, apiKey, timeoutMs, fetch, now: () => new Date() });
      if (verdict.is !== 'again') return verdict;
      const pause = Math.min(pauseMs.most, pauseMs.first * 2 ** Math.min(tries - 1, 10));
      // Chance in it, so that those who were cut off together do not come back together; what the engine asks for is kept.
      const afterMs = Math.round(verdict.afterMs ?? pause * (0.5 + Math.random() / 2));
      if (performance.now() + afterMs >= until) return verdict;
      onRetry?.({ why: verdict.why, afterMs, tries, events: batch.length });
      await new Promise((done) => setTimeout(done, afterMs));
    }
  }

  private settle(batch: readonly Item[], { rejected }: BatchAnswer): void {
    const refused = new Map(rejected.map((rejection) => [rejection.index, rejection]));
    batch.forEach((item, index) => {
      const rejection = refused.get(index);
      if (!rejection) return this.end(item, { stored: true, event: item.event });
      const { code, path, detail, problems, first } = rejection;
      this.end(item, {
        stored: false,
        event: item.event,
        code,
        path,
        detail,
        ...(problems ? { problems } : {}),
        ...(first ? { first } : {}),
      });
    });
  }

  private end(item: Item, result: SendResult): void {
    this.open -= 1;
    if (!result.stored) this.options.onRefused?.(result);
    item.done(result);
  }
}

/** A promise that nobody awaits must not end the program; whoever awaits it is told all the same. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
