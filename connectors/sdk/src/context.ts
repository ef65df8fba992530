import type { Dial } from './dial.js';
import type { HttpClient } from './http.js';
import type { JsonObject } from './json.js';

/** What a connector's functions get. They keep nothing between calls except through `session`. */
export interface ConnectorContext {
  /** The connection's settings, secrets included, already checked against `settings` of the definition. */
  settings: JsonObject;
  http: HttpClient;
  /** For protocols that are not HTTP. */
  dial: Dial;
  now(): Date;
  /** Aborted when the lease ends or the process drains; nothing may be sent after that. */
  signal: AbortSignal;
  /**
   * A login kept for all calls of this connection in this process. `open` runs once however many calls wait for it;
   * `drop` forgets it, so the next call logs in again. Used for session tokens and OAuth access tokens.
   */
  session: { get(open: () => Promise<string>): Promise<string>; drop(): void };
}
