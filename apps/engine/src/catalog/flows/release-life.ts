/**
 * The one table of moves of a release. SQL holds the same pairs (`release_move`) and a trigger that refuses any other; a test compares the two.
 *
 * draft       saved, live nowhere                            submitted    somebody else decides
 * approved    may go live, or needs no approval              shadow       maps what comes in beside the live one, and sends nothing
 * share       new messages of a share come under it          stopped      its share was taken back
 * live        new messages come under it                     superseded   another one went live
 * withdrawn   given up                                       rejected     not approved
 * rolled-back was live, and an earlier one was made live again
 */
export const releaseStates = ['draft', 'submitted', 'approved', 'shadow', 'share', 'stopped', 'live', 'superseded', 'withdrawn', 'rejected', 'rolled-back'] as const; // prettier-ignore
export type ReleaseState = (typeof releaseStates)[number];

export const releaseMoves: Record<ReleaseState, readonly ReleaseState[]> = {
  draft: ['submitted', 'approved', 'withdrawn', 'superseded'],
  submitted: ['approved', 'rejected', 'draft', 'withdrawn', 'superseded'],
  approved: ['shadow', 'share', 'live', 'draft', 'withdrawn', 'superseded'],
  shadow: ['approved', 'share', 'live', 'draft', 'withdrawn', 'superseded'],
  share: ['live', 'stopped', 'superseded'],
  stopped: ['shadow', 'share', 'draft', 'withdrawn', 'superseded'],
  live: ['superseded', 'rolled-back'],
  superseded: ['live'],
  withdrawn: [],
  rejected: [],
  'rolled-back': ['live'],
};

export const mayMove = (from: ReleaseState, to: ReleaseState): boolean => releaseMoves[from].includes(to);

/** Made on the release that is live, and may take its place. When another one goes live they are over. */
export const candidateStates = ['draft', 'submitted', 'approved', 'shadow', 'share', 'stopped'] as const satisfies readonly ReleaseState[];
/** Of which a flow has one at most. */
export const underWayStates = ['shadow', 'share'] as const satisfies readonly ReleaseState[];
/** Candidates that one flow may have. */
export const candidatesMax = 20;
