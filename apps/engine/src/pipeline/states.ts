import type { MessageState } from './vocabulary.js';

/**
 * The one table of moves. SQL holds the same pairs (`message_move`) and a trigger that refuses any other; a test compares the two.
 *
 * ready      due at `due_at`; a worker may claim it          claimed    a worker has it, until its lease ends
 * in_flight  the intent to call the target is committed      in_doubt   the call's end is unknown; looked up after a quiet time
 * waiting    another document must be posted first           blocked    an earlier version of the same document has stopped
 * held       somebody must approve                           exception  somebody must act
 */
export const moves: Record<MessageState, readonly MessageState[]> = {
  ready: ['claimed', 'blocked', 'exception', 'superseded'],
  claimed: ['ready', 'in_flight', 'waiting', 'blocked', 'held', 'exception', 'posted', 'skipped', 'duplicate', 'superseded'],
  in_flight: ['posted', 'in_doubt', 'ready', 'exception'],
  in_doubt: ['posted', 'ready', 'exception'],
  waiting: ['ready', 'exception', 'superseded'],
  blocked: ['ready', 'superseded'],
  held: ['ready', 'exception', 'superseded'],
  exception: ['ready', 'resolved', 'superseded'],
  posted: [],
  skipped: ['ready'],
  duplicate: [],
  superseded: [],
  resolved: ['ready'],
};

export const mayMove = (from: MessageState, to: MessageState): boolean => moves[from].includes(to);

/** States in which a message has stopped and later versions of its document wait behind it. */
export const stoppedStates = ['waiting', 'held', 'exception'] as const satisfies readonly MessageState[];
/** States out of which a void that comes first can still take a document, because nothing has left for the target. */
export const withdrawableStates = ['ready', 'waiting', 'blocked', 'held', 'exception'] as const satisfies readonly MessageState[];
