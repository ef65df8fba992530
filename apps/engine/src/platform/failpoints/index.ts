/**
 * Named places in the trip at which the fault harness kills, breaks or pauses a process. Nothing that people run can arm them: there is no
 * setting for it, only a program that imports `armFailPoints`, and only the harness does.
 */
export const failPoints = [
  /** A webhook is checked; nothing is stored. */
  'intake.parsed',
  /** A webhook is stored; it is neither answered nor rung for. */
  'intake.committed',
  /** A doorbell is about to be rung. */
  'bell.rings',
  /** Messages of a lane are claimed; nothing is done with them. */
  'lane.claimed',
  /** Intents are committed; no byte has left. */
  'send.intended',
  /** A request is handed to its socket. */
  'send.first-byte',
  /** An answer is read; nobody knows of it yet. */
  'send.answered',
  /** The ends of a batch are committed. */
  'settle.committed',
  /** A doorbell's work is done; the queue does not know it yet. */
  'bell.answered',
  /** A seal and its entries are written; their transaction is not committed. */
  'seal.written',
  /** A seal is committed; no place outside has it. */
  'seal.committed',
  /** A place outside has a seal; nobody knows of it yet. */
  'seal.copied',
  /** A decision about an approval is written; it is not committed. */
  'approval.decided',
  /** It is committed; whoever decided has no answer yet. */
  'approval.committed',
  /** Records of a stream are read; nothing of them is committed. */
  'stream.read',
  /** They are committed with their position; the reader does not know it yet. */
  'stream.committed',
  /** Both sides of a control are copied; nothing is compared. */
  'control.copied',
  /** Its gaps are written; its sums are not, and the run has not ended. */
  'control.judged',
  /** The run has ended; copies of older ones are still there. */
  'control.ended',
] as const;
export type FailPoint = (typeof failPoints)[number];

let hook: ((point: FailPoint) => Promise<void> | void) | undefined;

/** For the fault harness. */
export function armFailPoints(strike: (point: FailPoint) => Promise<void> | void): void {
  hook = strike;
}

/** Does nothing unless armed. */
export function failPoint(point: FailPoint): Promise<void> | void {
  return hook?.(point);
}
