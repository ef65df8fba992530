import type { Ending } from '../journey.js';

export const verdicts = [
  'passes',
  'not-taken',
  'skipped',
  'held',
  'exception',
  'waiting',
  'duplicate',
  'superseded',
  'unanswered',
] as const;
export type Verdict = (typeof verdicts)[number];

/** How an ending reads where nothing was stored: what would be tried again is only unanswered. */
export function verdictOf(ending: Ending | undefined): Verdict {
  if (ending === undefined || ending.to === 'posted') return 'passes';
  return ending.to === 'ready' || ending.to === 'in_doubt' ? 'unanswered' : ending.to;
}

export const reasonOf = (ending: Ending | undefined): string | null =>
  ending === undefined ? null : ending.to === 'exception' ? ending.facts.cause : (ending.reason ?? null);
