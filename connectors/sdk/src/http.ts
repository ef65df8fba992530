import type { JsonObject } from './json.js';

/**
 * The one way out. The engine gives every connector this client; it pins addresses, follows no redirect, stops at
 * `responseBytesMax` and at the deadline, obeys the connection's limits and keeps a redacted record of each exchange.
 */
export interface HttpClient {
  /**
   * Sends one request and returns whatever status came back; a status is an answer, never an error.
   * Throws `TransportFailure` when no whole answer came.
   */
  request(request: HttpRequest): Promise<HttpResponse>;
}

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute, http or https. */
  url: string;
  query?: Record<string, string | number | undefined>;
  headers?: Record<string, string>;
  /** An object is sent as `application/json`; text and bytes as they are, with the content type from `headers`. */
  body?: JsonObject | unknown[] | string | Uint8Array;
  /** Milliseconds for the whole exchange. Default 30,000. */
  timeoutMs?: number;
}

/** Whether a body goes as `application/json`. */
export const isJsonBody = (body: HttpRequest['body']): body is JsonObject | unknown[] =>
  body !== undefined && typeof body !== 'string' && !ArrayBuffer.isView(body);

export interface HttpResponse {
  status: number;
  /** Lower-case names. */
  headers: Record<string, string>;
  text: string;
}

const mark = Symbol.for('waybill.transport-failure');

/**
 * No whole answer came. `sent` decides everything on a money write: false means that not one byte of the request left
 * (refused, no name, TLS not made, blocked by the egress rules), so nothing can have happened there.
 */
export class TransportFailure extends Error {
  readonly [mark] = true;
  readonly sent: boolean;
  /** `refused | dns | tls | blocked | timeout | reset | too-large | aborted` */
  readonly code: string;
  constructor(facts: { sent: boolean; code: string; message: string }, options?: { cause?: unknown }) {
    super(facts.message, options);
    this.name = 'TransportFailure';
    this.sent = facts.sent;
    this.code = facts.code;
  }
}

export function isTransportFailure(error: unknown): error is TransportFailure {
  return typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[mark] === true;
}
