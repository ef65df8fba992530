import type { Scope } from '../database/index.js';

/** Who calls, as the guard found out. */
export interface Caller {
  kind: 'user' | 'api-key';
  id: string;
  name: string;
  email: string | null;
  roles: string[];
  permissions: ReadonlySet<string>;
  /** What they see of rows that belong to legal entities. */
  scope: Scope;
  /**
   * Ids of everybody that this caller counts as where two must be two: themselves; for a key also the keys before it, its service account, and
   * whoever made any of these.
   */
  hands: readonly string[];
  /** The session of a user. */
  sessionId?: string;
}

/** Who does something, for the audit log: a caller, or the engine itself. */
export interface Actor {
  kind: 'user' | 'api-key' | 'engine';
  id: string;
  name: string;
  requestId?: string;
}

export const engineActor: Actor = { kind: 'engine', id: 'engine', name: 'Waybill' };
