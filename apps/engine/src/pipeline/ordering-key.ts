/** What orders a message: systems are kept apart, so that two of them may use one number. */
export const orderingKeyOf = (sourceSystem: string, orderBy: string): string => `${sourceSystem} ${orderBy}`;
