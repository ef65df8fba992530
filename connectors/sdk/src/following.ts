import type { ConnectorContext } from './context.js';
import type { JsonObject } from './json.js';

/** One record of a stream, as it lies there. */
export interface StreamRecord {
  /**
   * Names the record for ever, in at most 200 characters: partition and offset, sequence, entry id. A stream that is deleted and made anew must not
   * use a name twice, so it holds the record's time where numbers begin again.
   */
  at: string;
  /** As they came; a name that comes twice has its last value. */
  headers: Record<string, string>;
  /** Null: there is no value, only headers (a tombstone). */
  value: Buffer | null;
  /** What the source orders by, where it has that. */
  key: string | null;
  /** When it was written, ISO 8601 UTC. */
  time: string;
}

export interface StreamBatch {
  records: StreamRecord[];
  /** After the last of the records. Opaque to the engine, at most 64 kB. */
  position: string;
  /** Records that lay there behind these when they were read. Null: the system does not tell. */
  lag: number | null;
  /** Stretches that the system dropped before they were read: where, in at most 200 characters, and a sentence. */
  lost?: { at: string; detail: string }[];
}

/** A stream that is open for reading, from one position on. One reader uses it, one call at a time. */
export interface Following {
  /**
   * The next records in their order. Waits up to `waitMs` for the first of them; a batch without records means that nothing came. Gives up to
   * `recordsMax`, and ends a batch when it holds `bytesMax`; a record that is larger alone comes alone. What was fetched beyond that is kept for
   * the next call. Throws when the connection is lost and cannot be had again, or the system refuses: the reader then closes this, waits,
   * and opens again from the last position that was committed. Never skips a record, whatever is in it.
   */
  next(ask: { recordsMax: number; bytesMax: number; waitMs: number }): Promise<StreamBatch>;
  /** Lets go of everything. Called once, also after a throw; must not throw. */
  close(): Promise<void>;
}

/**
 * Streams that feed the usage ledger. The engine holds the position: it commits it in one transaction with the events, so nothing is acknowledged at the
 * source, no consumer group is joined, and whatever happens between a read and its commit is read again. At least once in; once in the ledger.
 */
export interface UsageSource {
  summary: string;
  /** How the attributes of a CloudEvent in binary mode are called in headers, and whether their values are percent-encoded. */
  attributes: { prefix: string; percentEncoded: boolean };
  /** The streams that carry usage, by the settings; at most 20, none when this connection carries none. Pure. */
  streams(settings: JsonObject): string[];
  /**
   * Called by one process at a time for a stream, which holds a lease on it; again after each failure, with a growing pause of up to a minute, and
   * when the settings change. `position` null: from where the settings say. A position that the system no longer has is no failure: begin at
   * the earliest record there is, and say in `lost` what is gone. Throws a ConnectorFailure: `unauthorized` and `misconfigured` are tried again
   * once a minute or when the connection changes, everything else sooner. Switch off every retry of a library: the engine does that.
   */
  open(context: ConnectorContext, ask: { stream: string; position: string | null }): Promise<Following>;
}
