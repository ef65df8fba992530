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
  /** Of a key: who made it. Who made a thing does not approve it through a key of theirs. */
  madeById?: string | null;
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
