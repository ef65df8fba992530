import type { StrikeAction } from '../supervisor/strike.js';

/** How a point is struck. */
export const strikeActions = ['kill', 'throw', 'pause'] as const satisfies readonly StrikeAction[];
export type Action = (typeof strikeActions)[number];
/** What the table calls so many of them. */
export const counted = { kill: 'kills', throw: 'throws', pause: 'pauses' } as const;

export const titleOf = (action: Action, point: string): string =>
  `${action === 'kill' ? 'Killed' : action === 'throw' ? 'An error thrown' : 'Paused past the lease'} at ${point}`;
