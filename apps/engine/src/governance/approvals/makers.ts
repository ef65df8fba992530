import type { Caller } from '../../platform/http/index.js';

/** Somebody who had a hand in what is to be approved. */
export interface Maker {
  /** Of the user or key; null where only the name was kept. */
  id: string | null;
  name: string;
  /** The end of the sentence "You …": `wrote version 3 of the mapping erp-invoice`. */
  did: string;
}

/**
 * Why this caller may not approve: what they made or last edited themselves. A key counts as itself and as whoever made it, so that nobody
 * approves their own work through a key. Undefined when they had no hand in it.
 */
export function ownPart(makers: readonly Maker[], caller: Pick<Caller, 'id' | 'name' | 'madeById'>): string | undefined {
  const mine = makers.find(({ id, name }) => (id === null ? name === caller.name : id === caller.id || id === caller.madeById));
  if (!mine) return undefined;
  const who = mine.id !== null && mine.id !== caller.id ? 'Whoever made this key' : 'You';
  return `${who} ${mine.did}, so somebody else approves what came of it.`;
}
