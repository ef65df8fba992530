/** The words of the pipeline, once. */
export const stages = ['accept', 'dedupe', 'enrich', 'map', 'permit', 'send', 'settle'] as const;
export type Stage = (typeof stages)[number];

export const liveStates = ['ready', 'claimed', 'in_flight', 'in_doubt', 'waiting', 'blocked', 'held', 'exception'] as const;
export const finalStates = ['posted', 'skipped', 'duplicate', 'superseded', 'resolved'] as const;
export const messageStates = [...liveStates, ...finalStates] as const;
export type MessageState = (typeof messageStates)[number];
export const isFinal = (state: MessageState): boolean => (finalStates as readonly string[]).includes(state);
