/** What a reader takes at once, keeps, and how long it waits. The guide and the tests read the same numbers. */
export const limits = {
  /** Records of a batch, and their bytes: one transaction. */
  batchRecordsMax: 1_000,
  batchBytesMax: 2 * 1024 * 1024,
  /** Bytes of a record's value; and of its headers. */
  recordBytesMax: 512 * 1024,
  headerBytesMax: 64 * 1024,
  /** Of a record that was refused so much is kept; how long it was is kept always. */
  keptBytesMax: 64 * 1024,
  positionBytesMax: 64 * 1024,
  streamsOfConnectionMax: 20,
  /** Streams that one process reads. */
  readersMax: 50,
  /** How long a read waits for the first record. */
  waitMs: 1_000,
  /** A process that has not renewed for so long is taken to be gone. */
  leaseMs: 15_000,
  renewEveryMs: 4_000,
  /** The pause after a failure doubles from the first to the second. */
  pauseMsMin: 1_000,
  pauseMsMax: 60_000,
} as const;
