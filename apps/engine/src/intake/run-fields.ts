/** The filters of the list of runs whose values are counted. */
export const runFields = ['kind', 'flow', 'state', 'replayed', 'age'] as const;
export type RunField = (typeof runFields)[number];
/** Runs that are counted, the newest: the state of a replay is that of its messages. */
export const facetRunsMax = 2_000;
