import type { Consent } from './consent.js';
import type { ConnectorContext } from './context.js';
import type { ErrorRow } from './error-table.js';
import type { UsageSource } from './following.js';
import type { Json, JsonObject, JsonSchema } from './json.js';
import type { Effect } from './posting-key.js';

/** What kind of interface a stream or an operation is, and so which guarantees it gets (product requirement R55). */
export const interfaceKinds = {
  operational: 'Keeps a record in step: the newest version counts, and a repeat writes over the same record.',
  'event-notice': 'Says that something happened; may come late, twice or not at all, so a poll closes the gaps.',
  'bulk-extraction': 'Reads back what is there, in pages with a cursor and an overlap; for reconciliation and tables.',
  'financial-posting': 'Changes books: at most one effect per document, for ever; a lost answer is looked up, never sent again blindly.',
} as const;
export type InterfaceKind = keyof typeof interfaceKinds;

/** One thing that came in: a webhook body, or one element of a poll, as the exact text that the vendor sent. */
export interface Delivery {
  /** The vendor's own id of this event or record version; the same by webhook and by poll. Stored for ever, unique per connection. */
  id: string;
  body: string;
  via: 'webhook' | 'poll' | 'push';
  /** The stream it was polled for; a webhook's stream is found by `unpack`. */
  stream?: string;
}

/** One business record inside a delivery. */
export interface SourceRecord {
  stream: string;
  /** The record as JSON data; what a flow's expressions see as their input. */
  body: JsonObject;
  /**
   * Order among the versions of one record: compared as text, greater is newer. Build it of fixed-width parts,
   * for instance seconds since 1970 to 12 digits and a rank of the status.
   */
  revision: string;
  /** What this version does to the books of a target; default `create`. */
  effect?: Effect;
  /** When it happened, by the source's clock, ISO 8601 UTC. */
  occurredAt: string;
  /** True when the delivery does not hold the whole record and `complete` of the stream must fetch the rest. */
  partial?: boolean;
  /** Facts about the delivery for `$delivery` in expressions: event id, type, API version. */
  delivery?: JsonObject;
}

export interface Page {
  deliveries: Delivery[];
  /** Opaque. Committed together with the deliveries; the next poll starts from it. */
  cursor: string;
  /** More is there now: the engine asks again at once. */
  more: boolean;
}

export interface Stream {
  title: string;
  summary: string;
  kind: InterfaceKind;
  /** Checked at stage accept unless the flow names another schema. Permissive: only what mappings may rely on. */
  schema: JsonSchema;
  /** JSONata: the record's identity in its system. */
  key: string;
  /** Canonical type that this stream's records usually become. */
  becomes?: string;
  /**
   * Its records are `BookedDocument`s: the books read back, for controls. `since` and `until` are then accounting dates, both inclusive, and a page holds
   * up to `limit` documents of that range; the cursor leads to its end.
   */
  readsBack?: true;
  /** Of a stream that reads back: each document comes with its journal entry and all its lines. */
  tellsEntries?: true;
  poll?: {
    /** Seconds between polls when the connection does not say. */
    everySeconds: number;
    /**
     * Called by one process at a time, again and again while `more`. A throw commits nothing: the same cursor is read again.
     * `cursor` null means from the start, or from `since` when a backfill asks for a range (ISO 8601 dates, inclusive).
     * Read with an overlap: what was seen before is folded by the delivery id.
     */
    read(
      context: ConnectorContext,
      ask: { stream: string; cursor: string | null; limit: number; since?: string; until?: string },
    ): Promise<Page>;
  };
  /** `always`: unsigned sources, where a delivery is only a hint. `stale`: only partial records. */
  hydrate: 'never' | 'stale' | 'always';
  /** Fetches the whole record. Called at stage accept; may throw any ConnectorFailure; is repeated on retry. */
  complete?(context: ConnectorContext, record: SourceRecord): Promise<SourceRecord>;
}

export interface WebhookRequest {
  /** The exact bytes. */
  body: Buffer;
  /** Lower-case names. */
  headers: Record<string, string>;
  query: Record<string, string>;
}

export type WebhookVerdict = { ok: true; deliveryId: string } | { ok: false; code: string; reason: string };

export interface Webhook {
  summary: string;
  /**
   * Pure and fast: it runs before anything is stored. Fails closed: no secret, an empty secret or an unknown algorithm
   * is `{ ok: false }`. `now` is for the tolerance only. Must not throw.
   */
  verify(request: WebhookRequest, settings: JsonObject, now: Date): WebhookVerdict;
  /**
   * For vendors that ask the address before they send to it. The text is answered as it is, with 200 and `text/plain`, and nothing is stored.
   * Undefined: this request asks nothing of the kind and goes to `verify`. Pure; must not throw, and must give back nothing that could be markup,
   * for anybody may ask.
   */
  handshake?(request: WebhookRequest): string | undefined;
}

export interface SendRequest {
  effect: Effect;
  /** The external id to write into the target, see `postingKey`. */
  key: string;
  /** What the mapping produced, checked against the operation's `input`. */
  document: JsonObject;
  /** 1 for the first send; counts on only after a definite rejection. Part of idempotency keys of vendors that replay stored failures. */
  attempt: number;
  /** For void, apply, refund and write-off: the receipt of the posting that this one acts on. */
  original?: Receipt & { key: string };
}

/** The target's answer, kept with the posting for ever. */
export interface Receipt {
  /** The document's id in the target. */
  documentId: string;
  /** The number that people know it by. */
  documentNumber?: string;
  /** A link a person can open. */
  url?: string;
  /** What the target's books say, read back where the target tells; decimal strings. */
  totals?: { currency: string; total: string; tax?: string };
  /** Anything else worth showing. */
  details?: JsonObject;
}

export type IdempotencyMode =
  /** The target has a unique field that we set; a repeat is refused or is the same document. */
  | 'unique-external-id'
  /** The target remembers a key for `keyTtlMs`: after a lost answer the same call goes again under it; later it is looked up. */
  | 'idempotency-key'
  /** Neither: the engine looks up before every send, and a repeat is found, not prevented. */
  | 'lookup-only'
  /**
   * Neither, and nothing can be looked up: after a lost answer it is sent again, and a repeat lies in the target a second time, under the same
   * id, by which whoever reads folds it. Only where `writes` is `upsert`, and never for money.
   */
  | 'at-least-once';

export interface Operation {
  title: string;
  summary: string;
  kind: InterfaceKind;
  /** Kind of document in the posting identity: `invoice`, `credit-memo`, `payment`, `journal-entry`, `customer` … */
  document: string;
  effects: readonly Effect[];
  /** What the mapping must produce. */
  input: JsonSchema;
  /** `once`: at most one document per identity, for ever. `upsert`: every newer version is written over the same record. */
  writes: 'once' | 'upsert';
  idempotency: { mode: IdempotencyMode; keyTtlMs?: number; replaysFailures?: boolean };
  /** How long the target may still work on a request after it was sent, where it may differ by the connection's settings. A look-up waits that long. */
  maxUpstreamSeconds: number | ((settings: JsonObject) => number);
  /**
   * Makes the effect and returns its receipt. Called with the intent already committed. Every throw must be a
   * ConnectorFailure or TransportFailure; anything else is taken as in doubt. A two-step operation (create, then post)
   * starts by looking for its own half-made document and goes on from there.
   */
  send(context: ConnectorContext, request: SendRequest): Promise<Receipt>;
  /**
   * Looks a document up by our key, through an interface that reads its own writes. `null` means certainly absent.
   * Mandatory unless `writes` is `upsert`. Throws like `send`; a throw is inconclusive, never an answer.
   */
  find?(context: ConnectorContext, request: SendRequest): Promise<Receipt | null>;
}

export interface Lookup {
  title: string;
  summary: string;
  /** JSON Schema of `by`. */
  by: JsonSchema;
  /** `null` when nothing matches. */
  run(context: ConnectorContext, by: JsonObject): Promise<JsonObject | null>;
}

export interface Limits {
  /** Calls at the same time, over all flows of the connection. An operator may set another number for a connection; so for the next two. */
  concurrency: number;
  /** Requests a second. */
  perSecond?: number;
  /** Requests in a day of UTC. */
  perDay?: number;
  /** Whose budget it is: the account's with the vendor, one company's (a realm, a tenant), one user's, or the app's over all its customers. */
  scope: 'account' | 'realm' | 'user' | 'app';
  /** Milliseconds to pause that a response asks for, if any. */
  pauseMs?(response: { status: number; headers: Record<string, string> }): number | undefined;
}

export interface CheckStep {
  name: string;
  ok: boolean;
  detail: string;
  remedy?: string;
}

export interface Connector {
  /** Lower case, `stripe`. Also the folder's name. */
  name: string;
  title: string;
  summary: string;
  /** Markdown: set-up on the vendor's side, which permissions, what is known to be odd. The reference page is made of it. */
  documentation: string;
  /** The vendor's API version that this was written against. */
  vendorApi: string;
  /** JSON Schema of a connection's settings; secret fields are made with `secret()`. Also the console's form. */
  settings: JsonSchema;
  /** The account or company that these settings lead to, as `<connector>/<account>`: `stripe/acct_1`. Names the source system and the target ledger for ever. Undefined: the connection's own name. */
  account?(settings: JsonObject): string | undefined;
  /** Where a person lets the connection in at the vendor's own page. */
  consent?: Consent;
  streams: Record<string, Stream>;
  /** Streams that feed the usage ledger, and no flow. */
  usage?: UsageSource;
  webhook?: Webhook;
  /** Pure: the records inside one delivery. An event that no stream wants gives []. Throws `rejected` for a body that makes no sense. */
  unpack?(delivery: Delivery, settings: JsonObject): SourceRecord[];
  operations: Record<string, Operation>;
  lookups: Record<string, Lookup>;
  limits: Limits;
  /** What the vendor's errors mean; also on the reference page. A connector that has it takes the setting `errors`, whose rows go before these. */
  errors?: readonly ErrorRow[];
  /** The vendor's own contract that its requests are tested against, as people know it: `Xero Accounting OpenAPI 16.1.0`. */
  contract?: string;
  /** Cheap calls that show whether the settings work: reach, sign in, rights. Never throws; a failure is a step with `ok: false`. */
  check(context: ConnectorContext): Promise<CheckStep[]>;
}

/** A connector is one value with its documentation inside. This function only gives it its type. */
export function defineConnector<const C extends Connector>(connector: C): C {
  return connector;
}

/** Marks a settings field as a secret: sealed at rest, write-only in the API and the console. */
export function secret(title: string, options: { description?: string; fromConsent?: true } = {}): JsonSchema {
  const { fromConsent, ...words } = options;
  return {
    type: 'string',
    title,
    minLength: 1,
    maxLength: 4096,
    'x-secret': true,
    ...(fromConsent ? { 'x-from-consent': true } : {}),
    ...words,
  };
}

/**
 * Names of the settings that say where calls go, and with them the connection's secrets: addresses (`format: uri`, or a pattern that begins with `^https?:`) and
 * whatever is marked with `x-destination: true`. `x-destination: false` marks an address that nothing is sent to.
 */
export function destinationFields(schema: JsonSchema): string[] {
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
  return Object.entries(properties)
    .filter(([, { format, pattern, 'x-destination': marked }]) =>
      typeof marked === 'boolean' ? marked : format === 'uri' || (typeof pattern === 'string' && pattern.startsWith('^http')),
    )
    .map(([name]) => name);
}

/** Names of the secret fields of a settings schema, for the sealing of a connection's settings. */
export function secretFields(schema: JsonSchema): string[] {
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
  return Object.entries(properties)
    .filter(([, field]) => field['x-secret'] === true)
    .map(([name]) => name);
}

export type { ConnectorContext, Json };
