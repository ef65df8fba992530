import type { Caller } from '../../platform/http/index.js';

/** Somebody who had a hand in what is to be approved. */
export interface Maker {
  /** Of the user or key; null where only the name was kept. */
  id: string | null;
  name: string;
  /** The end of the sentence "You …": `wrote version 3 of the mapping erp-invoice`. */
  did: string;
  /** As a caller's; none where only the name was kept. */
  hands: readonly string[];
}

/**
 * Why this caller may not approve: what they made or last edited themselves, or what was made by anybody who counts as they do. A key counts as
 * itself, as the keys it follows, as its service account, and as whoever made any of these; so nobody approves their own work through a key, nor
 * what a key of theirs made, nor with the next key what they made with the last. Undefined when they had no hand in it. `does`: what somebody else does then.
 */
export function ownPart(
  makers: readonly Maker[],
  caller: Pick<Caller, 'id' | 'name' | 'hands'>,
  does = 'approves what came of it',
): string | undefined {
  const mine = makers.find((maker) =>
    maker.id === null ? maker.name === caller.name : maker.hands.some((id) => caller.hands.includes(id)),
  );
  return mine && `${whoOf(mine, caller)} ${mine.did}, so somebody else ${does}.`;
}

function whoOf(maker: Maker, caller: Pick<Caller, 'id' | 'hands'>): string {
  if (maker.id === null || maker.id === caller.id) return 'You';
  if (caller.hands.includes(maker.id)) return 'Whoever made this key, or a key before it,';
  if (maker.hands.includes(caller.id)) return 'A key that comes from you';
  return 'A key from the same hands as this one';
}
