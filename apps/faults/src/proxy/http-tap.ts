import type { FaultProxy } from './fault-proxy.js';

/** When a call came, or an answer; milliseconds of the monotonic clock. */
interface Heard {
  at: number;
  /** The start line and what else came with it. */
  head: string;
}

/**
 * What goes over a proxy's lines as HTTP: calls as the engine made them, and answers as the server gave them. A chunk that begins with a start
 * line is one; a body's later chunks begin with none, and nobody pipelines.
 */
export class HttpTap {
  readonly calls: Heard[] = [];
  readonly answers: Heard[] = [];

  private constructor(private readonly proxy: FaultProxy) {}

  static on(proxy: FaultProxy): HttpTap {
    const tap = new HttpTap(proxy);
    proxy.tap = (from, chunk) => {
      const head = chunk.subarray(0, 2_000).toString('latin1');
      const begins = from === 'client' ? /^(GET|POST|PUT|PATCH|DELETE) \// : /^HTTP\/1\.1 \d/;
      if (begins.test(head)) (from === 'client' ? tap.calls : tap.answers).push({ at: performance.now(), head });
    };
    return tap;
  }

  callsBetween(from: number, to: number): number {
    return this.calls.filter(({ at }) => at >= from && at < to).length;
  }

  /**
   * Calls that were made while the server had asked for a pause: after an answer 429, and before its Retry-After was over. Whoever had the right to
   * call and had committed to it when the answer came is under way for `underwayMs`, and cannot have heard of it.
   */
  early(underwayMs: number): number {
    const pauses = this.answers.flatMap(({ at, head }) => {
      const seconds = head.startsWith('HTTP/1.1 429') ? Number(/\r\nretry-after: *(\d+)/i.exec(head)?.[1] ?? NaN) : NaN;
      return Number.isNaN(seconds) ? [] : [{ from: at + underwayMs, to: at + seconds * 1_000 }];
    });
    return this.calls.filter(({ at }) => pauses.some(({ from, to }) => at > from && at < to)).length;
  }

  close(): void {
    this.proxy.tap = undefined;
  }
}
