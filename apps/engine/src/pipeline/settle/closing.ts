import type { Ending, MessageRow } from '../journey.js';
import { isFinal } from '../vocabulary.js';

/** How the pipeline ends the exception of a message that was sent again: which run, which attempt, and one sentence. */
export interface Closing {
  message: string;
  run: string | null;
  /** Null where nothing was called: the hub, and whatever posts nothing. */
  attempt: number | null;
  words: string;
}

/** Pure: what closes the exception of a message that ends so, or nothing. */
export function closingOf(row: Pick<MessageRow, 'id' | 'replayed' | 'runId' | 'attempts'>, ending: Ending): Closing | undefined {
  if (!row.replayed || !isFinal(ending.to)) return undefined;
  const by = `the replay${row.runId === null ? '' : ` ${row.runId}`}`;
  const base = { message: row.id, run: row.runId };
  if (ending.to !== 'posted')
    return { ...base, attempt: null, words: `${by} posted nothing: ${'reason' in ending ? ending.reason : ending.to}` };
  if (ending.hub) return { ...base, attempt: null, words: `taken into the hub by ${by}` };
  const { documentNumber, documentId } = ending.receipt;
  return { ...base, attempt: row.attempts, words: `posted as ${documentNumber ?? documentId} by attempt ${row.attempts} of ${by}` };
}
