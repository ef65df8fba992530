/** Who gets the calls of a connection first when flows compete for them. In order. */
export const priorities = ['high', 'normal', 'low'] as const;
export type Priority = (typeof priorities)[number];
