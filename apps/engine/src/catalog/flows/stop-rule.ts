/** When a share is taken back by itself. */
export interface StopRule {
  /** So many percentage points more of the candidate's messages stop than of the live release's beside it. */
  points: number;
  /** Messages of the candidate that must have come to an end, or stopped, before it is judged. */
  minimum: number;
}

export const usualStopRule: StopRule = { points: 5, minimum: 20 };

/** Messages that have come to an end or stopped, and those of them that stopped as an exception at least once. */
export interface Judged {
  messages: number;
  exceptions: number;
}

/**
 * Is the candidate worse than the live release beside it? Compared, because a target that is away stops the messages of both. While the live
 * release has fewer messages than the minimum it counts as one without exceptions: a single one that stopped would excuse any number.
 * Undefined: it goes on; else the sentence that says why not.
 */
export function judge(candidate: Judged, live: Judged, rule: StopRule): string | undefined {
  if (candidate.messages === 0 || candidate.messages < rule.minimum) return undefined;
  const beside = live.messages < Math.max(rule.minimum, 1) ? { messages: 1, exceptions: 0 } : live;
  // In whole numbers: exceptions / messages of one minus the same of the other, against points / 100.
  const excess = candidate.exceptions * beside.messages - beside.exceptions * candidate.messages;
  if (excess * 100 <= rule.points * candidate.messages * beside.messages) return undefined;
  return `${candidate.exceptions} of its ${candidate.messages} messages stopped (${percent(candidate)}); of the live release ${live.exceptions} of ${live.messages}${live.messages > 0 ? ` (${percent(live)})` : ''}; more than ${rule.points} percentage points apart`; // prettier-ignore
}

const percent = ({ messages, exceptions }: Judged): string => `${Math.round((1_000 * exceptions) / messages) / 10} %`;
