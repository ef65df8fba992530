import type { Scope } from '../platform/database/index.js';

/**
 * The life of an exception.
 *
 * open         nobody has taken it up since it stopped; it may have an owner     in-progress  its owner has taken it up
 * replaying    its message was sent again, and how that ends is not known yet    resolved     ended, for good
 *
 * A message that stops again while it is replayed brings its exception back to `open`; one that stops after its exception has ended opens
 * another. Being put off is no state: it is a time, and whoever waits for it sees the exception again by itself.
 */
export const exceptionStates = ['open', 'in-progress', 'replaying', 'resolved'] as const;
export type ExceptionState = (typeof exceptionStates)[number];

/** The one table of moves. SQL holds the same pairs in the trigger `exception_moves`; a test compares the two. */
export const exceptionMoves: Record<ExceptionState, readonly ExceptionState[]> = {
  open: ['in-progress', 'replaying', 'resolved'],
  'in-progress': ['open', 'replaying', 'resolved'],
  replaying: ['open', 'resolved'],
  resolved: [],
};

/** States in which a person is wanted. */
export const toDoStates = ['open', 'in-progress'] as const satisfies readonly ExceptionState[];
/** What a list is asked for by. */
export const statesAskedFor = ['to-do', ...exceptionStates, 'all'] as const;
export const isToDo = (state: ExceptionState): boolean => (toDoStates as readonly string[]).includes(state);

export const commentLengthMax = 2_000;
export const commentsMax = 200;
export const snoozeDaysMax = 92;
/** Entries of a history that are answered at once, the newest. */
export const historyMax = 500;

/** What people do to an exception. */
export const actKinds = [
  'assigned',
  'given-back',
  'snoozed',
  'woken',
  'commented',
  'row-drafted',
  'edit-asked',
  'edited',
  'edit-ended',
  'replayed',
  'called-back',
  'resolved',
] as const;
export type ActKind = (typeof actKinds)[number];

/** Why a snooze until then is refused, or nothing. */
export function snoozeFlaw(until: Date, now: Date): string | undefined {
  if (until <= now) return 'it is not in the future';
  if (until.getTime() - now.getTime() > snoozeDaysMax * 86_400_000) return `it is more than ${snoozeDaysMax} days away`;
  return undefined;
}

/** Does somebody with this scope see a row of these legal entities? The same as `within` says in SQL. */
export function sees(scope: Scope, entities: readonly string[]): boolean {
  if (entities.length === 0) return scope.unassigned;
  return scope.entities === null || entities.some((entity) => scope.entities!.includes(entity));
}
