/** What orders a message: systems are kept apart, so that two of them may use one number. */
export const orderingKeyOf = (sourceSystem: string, orderBy: string): string => `${sourceSystem} ${orderBy}`;

/**
 * Synthetic documents have a source system of their own: whatever id their payload has, they never are a version of a real document, never order before
 * or behind one, and never meet its posting.
 */
export const syntheticSystem = (system: string): string => `${system}~synthetic`;
