/** What a flow promises: `share` percent of its documents are posted within `withinMs` of coming in. */
export interface Promised {
  withinMs: number;
  share: number;
}

/** Documents whose end is known, or whose time is over: nothing else can be judged. */
export interface Judged {
  kept: number;
  late: number;
}

export const serviceLevelStates = ['kept', 'missed', 'nothing-due'] as const;
export type ServiceLevelState = (typeof serviceLevelStates)[number];

/** The share is rounded down, so that a missed promise never reads like a kept one; the verdict is made of the counts. */
export function judge({ share }: Pick<Promised, 'share'>, { kept, late }: Judged): { state: ServiceLevelState; keptShare: number | null } {
  const due = kept + late;
  if (due === 0) return { state: 'nothing-due', keptShare: null };
  return { state: kept * 100 >= share * due ? 'kept' : 'missed', keptShare: Math.floor((kept * 10_000) / due) / 100 };
}
