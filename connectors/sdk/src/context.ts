import type { Dial } from './dial.js';
import type { OpenFolder } from './folder.js';
import type { HttpClient } from './http.js';
import type { JsonObject } from './json.js';

/** A login that is kept for a connection, sealed at rest. */
export interface Login {
  /** What goes out with each call. */
  token: string;
  /** Not used from this instant on, ISO 8601 UTC, by our clock; undefined: until the system refuses it. */
  until?: string;
  /** What the next renewal needs, such as a rotated refresh token. Never goes out with a call. */
  renewWith?: string;
}

/** What a connector's functions get. They keep nothing between calls except through `session`. */
export interface ConnectorContext {
  /** The connection's settings, secrets included, already checked against `settings` of the definition. */
  settings: JsonObject;
  http: HttpClient;
  /** For protocols that are not HTTP. */
  dial: Dial;
  /** For files on the engine's own machine. */
  folder: OpenFolder;
  now(): Date;
  /** Aborted when the lease ends or the process drains; nothing may be sent after that. */
  signal: AbortSignal;
  /**
   * A login kept for all calls of this connection in this process. `open` runs once however many calls wait for it;
   * `drop` forgets it, so the next call logs in again. For session tokens that cost nothing to have twice.
   */
  session: {
    get(open: () => Promise<string>): Promise<string>;
    /** Forgets the token that this call was given, by `get` or by `shared`; a newer one stays. */
    drop(): void;
    /**
     * The token of the one login that all processes share. When there is none, when it is over, or when this call dropped it, `renew` runs once,
     * however many calls in however many processes wait; what it returns is stored, sealed, in the transaction that kept the others waiting. For
     * OAuth: a rotated refresh token that two processes used, or that was lost, is a dead connection. `renew` gets the login before, if it was
     * made from the same `madeFrom`, and must end within 20 seconds. Throws what `renew` throws; `retryable` when it could not be kept.
     * `madeFrom` names the settings that the login rests on (a hash of client and first token): a login of other settings is not used.
     */
    shared(madeFrom: string, renew: (before: Login | undefined) => Promise<Login>): Promise<string>;
  };
}
