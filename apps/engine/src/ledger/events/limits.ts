/** What one request, one event and one commit may hold. The reference and the tests read the same numbers. */
export const limits = {
  /** Events of a batch. */
  batchItemsMax: 1_000,
  /** Bytes of an event as canonical JSON. */
  eventBytesMax: 256 * 1024,
  /** Bytes of attributes in UTF-8. A subject is in an index, whose rows are short. */
  idBytesMax: 1_024,
  sourceBytesMax: 2_048,
  typeBytesMax: 255,
  subjectBytesMax: 1_024,
  attributeBytesMax: 4_096,
  attributeNameMax: 64,
  extensionsMax: 64,
  /** Digits of a number, and how far its exponent may go: what decimal arithmetic keeps. */
  numberCharactersMax: 100,
  exponentMax: 400,
  /** A line of NDJSON, and what one request of it may bring in the 30 s that a request may take. */
  bulkLineBytesMax: 512 * 1024,
  bulkBytesMax: 512 * 1024 * 1024,
  bulkEventsMax: 1_000_000,
  bulkAtOnceMax: 8,
  /** Rejected lines that the answer names; the others are counted. */
  bulkRejectionsMax: 1_000,
} as const;

/** How many events are looked through when schemas of types are compared with what comes in. */
export const drift = {
  /** The newest of all types, among which those of one are looked for. */
  lookedAtMax: 20_000,
  /** For the marks of a list: the same, how many of each type, of how many types. */
  marks: { lookedAtMax: 5_000, eventsMax: 50, typesMax: 200 },
  /** Events that are told of those which a schema would refuse. */
  refusedToldMax: 20,
} as const;
